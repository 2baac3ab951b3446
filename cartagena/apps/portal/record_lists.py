"""Lists and counts of the published records that pages show.

Every list takes ``as_of``, a day: what was public at its end (None: now). A list costs one query.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Left, RowNumber, Upper

from cartagena.apps.portal.record_reads import EVENTS, RecordEvent, as_event, end_of
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import load_all_record_formats, load_record_format
from cartagena.engine.record_identity import build_public_number
from cartagena.engine.text import Text


@dataclass(frozen=True, kw_only=True)
class RecordHead:
    """What a list shows of a record. `title` is empty when the record names itself nowhere;
    `fields` are the further fields that were asked for, as the body has them."""

    identifier: str
    type: str
    government: str | None
    number: str
    revision: int
    title: Text
    published_on: dt.date
    demonstration: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def type_name(self) -> Text:
        """What kind of record it is."""
        return load_record_format(self.type).name

    @property
    def name(self) -> Text:
        """Its title or, where it has none, its kind."""
        return self.title or self.type_name


def list_heads(
    identifiers: Iterable[str], as_of: dt.date | None, *fields: str
) -> dict[str, RecordHead]:
    """Identifier -> head, of the records public then; without a query when none is asked for."""
    asked = set(identifiers)
    if not asked:
        return {}
    versions = registry.live_versions(as_of).filter(record__identifier__in=asked)
    return {head.identifier: head for head in read_heads(versions, *fields)}


def list_by_type(
    types: Collection[str],
    as_of: dt.date | None,
    *fields: str,
    government: str | None = None,
) -> list[RecordHead]:
    """The records of some types, of a government where one is named; newest first."""
    versions = registry.live_versions(as_of).filter(record__type__in=types)
    if government is not None:
        versions = versions.filter(record__government=government)
    return read_heads(versions.order_by("-published_at", "-pk"), *fields)


def list_pointing(
    targets: Collection[str],
    as_of: dt.date | None,
    *fields: str,
    types: Collection[str],
    through: Collection[str] | None = None,
    most: int | None = None,
) -> list[RecordHead]:
    """The records of some types that refer to one of the targets, through any field or only
    through some; newest first, and no more than so many."""
    links = registry.live_links(as_of).filter(target__in=targets)
    if through is not None:
        links = links.filter(field__in=through)
    versions = registry.live_versions(as_of).filter(
        pk__in=links.values("version_id"), record__type__in=types
    )
    return read_heads(versions.order_by("-published_at", "-pk")[:most], *fields)


def list_targets(
    identifiers: Collection[str], through: str, as_of: dt.date | None
) -> dict[str, list[str]]:
    """Identifier -> what it refers to through a field."""
    rows = (
        registry.live_links(as_of)
        .filter(version__record__identifier__in=identifiers, field=through)
        .order_by("pk")
        .values_list("version__record__identifier", "target")
    )
    found: dict[str, list[str]] = {}
    for identifier, target in rows:
        found.setdefault(identifier, []).append(target)
    return found


def list_referring(
    target: str, as_of: dt.date | None, *, each: int, without: Collection[str] = ()
) -> tuple[dict[str, int], dict[str, list[RecordHead]]]:
    """How many records of each type refer to one, and of each type the newest; some types may be
    left out. Three queries."""
    pointing = registry.live_links(as_of).filter(target=target).values("version_id")
    versions = registry.live_versions(as_of).filter(pk__in=pointing)
    if without:
        versions = versions.exclude(record__type__in=without)
    counts = {
        row["record__type"]: row["n"]
        for row in versions.order_by("record__type").values("record__type").annotate(n=Count("pk"))
    }
    if not counts:
        return {}, {}
    newest = versions.annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("record__type")],
            order_by=[F("published_at").desc(), F("pk").desc()],
        )
    ).filter(place__lte=each)
    # Numbers first: the titles of all that point here would be read for the window otherwise.
    chosen = registry.live_versions(as_of).filter(pk__in=list(newest.values_list("pk", flat=True)))
    found: dict[str, list[RecordHead]] = {}
    for head in read_heads(chosen.order_by("-published_at", "-pk")):
        found.setdefault(head.type, []).append(head)
    return counts, found


def list_registry(
    record_type: str,
    as_of: dt.date | None,
    *,
    letter: str,
    government: str | None,
    start: int,
    rows: int,
) -> tuple[int, list[RecordHead]]:
    """How many records of a type there are, and some of them by title; of one government, or with
    a title that begins with a letter, where these are given."""
    versions = registry.live_versions(as_of).filter(record__type=record_type)
    if government is not None:
        versions = versions.filter(record__government=government)
    if letter:
        versions = versions.filter(title__istartswith=letter)
    ordered = versions.order_by("title", "record__document_id")
    return versions.count(), read_heads(ordered[start : start + rows], *LISTED.get(record_type, ()))


def list_letters(record_type: str, as_of: dt.date | None) -> list[str]:
    """The first letters of the titles of a type, in capitals, sorted."""
    versions = registry.live_versions(as_of).filter(record__type=record_type).exclude(title="")
    letters = versions.order_by().values_list(Upper(Left("title", 1)), flat=True).distinct()
    return sorted(letter for letter in letters if letter.isalpha())


def has_demonstration() -> bool:
    """Whether anything made up is among the records."""
    return registry.has_demonstration()


LISTED: Mapping[str, tuple[str, ...]] = {
    "modifiedOrganism": ("uniqueIdentification", "traits"),
    "dnaSequence": ("abbreviation", "family"),
    "organism": ("commonNames", "organismType"),
    "laboratoryDetection": ("organization", "services"),
    "organization": ("country",),
    "biosafetyExpert": ("contact", "expertise"),
}
"""Fields shown beside the title in the lists of a type."""


def read_heads(versions: QuerySet[Any], *fields: str) -> list[RecordHead]:
    """The heads of some versions, in their order, with further fields. One query."""
    wanted = {f"f_{n}": F(f"body__{name.replace('.', '__')}") for n, name in enumerate(fields)}
    titles = {f"t_{name}": F(f"body__{name}") for name in _title_fields()}
    rows = versions.values(
        "number", "source_revision", "title", "published_at", "demonstration",
        "record__identifier", "record__type", "record__government", "record__document_id",
        **wanted, **titles,
    )  # fmt: skip
    return [_as_head(row, fields) for row in rows]


@cache
def _title_fields() -> tuple[str, ...]:
    declared = {shape.title for shape in load_all_record_formats().values()} - {""}
    return (*sorted(declared), "firstName", "lastName", "transformationEvent")


def _as_head(row: Mapping[str, Any], fields: tuple[str, ...]) -> RecordHead:
    revision = row["source_revision"] or row["number"]
    record_type, government = row["record__type"], row["record__government"]
    document_id = row["record__document_id"]
    return RecordHead(
        identifier=row["record__identifier"],
        type=record_type,
        government=government,
        number=str(build_public_number(record_type, government, document_id)),
        revision=revision,
        title=_title(record_type, row),
        published_on=row["published_at"].date(),
        demonstration=row["demonstration"],
        fields={name: row[f"f_{n}"] for n, name in enumerate(fields)},
    )


def _title(record_type: str, row: Mapping[str, Any]) -> Text:
    """The title in all languages of the record, else what the registry was told, else the name."""
    name = load_record_format(record_type).title
    said = row[f"t_{name}"] if name else None
    if isinstance(said, Mapping):
        words = {lang: word for lang, word in said.items() if isinstance(word, str)}
        if found := Text.of(words):
            return found
    for plain in (said, row["title"], _person(row), row["t_transformationEvent"]):
        if isinstance(plain, str) and plain:
            return Text.of({"en": plain})
    return Text.of({})


def _person(row: Mapping[str, Any]) -> str:
    names = (row["t_firstName"], row["t_lastName"])
    return " ".join(name for name in names if isinstance(name, str) and name)


# The log and counts.


def list_news(
    as_of: dt.date | None, *, types: Collection[str], government: str | None, start: int, rows: int
) -> tuple[int, list[tuple[RecordEvent, RecordHead]]]:
    """What was published, amended, withdrawn or confirmed, newest first: how many in all, and
    some of them with the title the record then had. Three queries."""
    log = registry.list_log().filter(action__in=EVENTS, record__type__in=types)
    if government is not None:
        log = log.filter(record__government=government)
    if as_of is not None:
        log = log.filter(effective_at__lt=end_of(as_of))
    log = log.filter(record_id__in=registry.known_periods().values("record_id"))
    entries = list(
        log.select_related(None)
        .order_by("-effective_at", "-position")
        .values(
            "position", "action", "effective_at", "reason", "actor__role", "record__identifier",
            "record__type", "record__government", "record__document_id", "version__number",
            "version__source_revision", "version__title", "version__demonstration",
        )[start : start + rows]
    )  # fmt: skip
    return log.count(), [(as_event(row), _as_news_head(row)) for row in entries]


def _as_news_head(row: Mapping[str, Any]) -> RecordHead:
    title = row["version__title"] or ""
    number = row["version__number"] or 1
    return RecordHead(
        identifier=row["record__identifier"],
        type=row["record__type"],
        government=row["record__government"],
        number=str(
            build_public_number(
                row["record__type"], row["record__government"], row["record__document_id"]
            )
        ),
        revision=row["version__source_revision"] or number,
        title=Text.of({"en": title}),
        published_on=row["effective_at"].date(),
        demonstration=bool(row["version__demonstration"]),
    )


def count_live(as_of: dt.date | None) -> list[tuple[str, str | None, int]]:
    """(type, government, how many records) of all that is public then. One query."""
    rows = (
        registry.live_versions(as_of)
        .order_by("record__type", "record__government")
        .values_list("record__type", "record__government")
        .annotate(n=Count("pk"))
    )
    return [(record_type, government, n) for record_type, government, n in rows]


def count_by_year(as_of: dt.date | None, types: Collection[str]) -> list[tuple[int, int, int]]:
    """(year, new records, amended ones) of publication, whether still public or not. One query."""
    periods = registry.known_periods().filter(record__type__in=types)
    if as_of is not None:
        periods = periods.filter(starts_at__lt=end_of(as_of))
    rows = (
        periods.order_by("starts_at__year")
        .values_list("starts_at__year")
        .annotate(new=Count("pk", filter=Q(version__number=1)), all=Count("pk"))
    )
    return [(year, new, every - new) for year, new, every in rows]


def list_laboratories_of(place: str, as_of: dt.date | None) -> list[RecordHead]:
    """The laboratories whose organization has its address in a country (alpha-2, lower case)."""
    organizations = registry.live_versions(as_of).filter(
        record__type="organization", body__country__identifier=place
    )
    named = organizations.order_by().values("record__identifier")
    links = registry.live_links(as_of).filter(field="organization", target__in=named)
    versions = registry.live_versions(as_of).filter(
        record__type="laboratoryDetection", pk__in=links.values("version_id")
    )
    return read_heads(versions, "organization")


def find_by_unique_identifier(
    spellings: Collection[str],
    as_of: dt.date | None,
    own: str,
) -> list[RecordHead]:
    """The LMOs, besides one's own, whose unique identifier holds one of these spellings."""
    wanted = Q()
    for spelling in spellings:
        wanted |= Q(body__uniqueIdentification__icontains=spelling)
    if not wanted:
        return []
    versions = registry.live_versions(as_of).filter(wanted, record__type="modifiedOrganism")
    return read_heads(versions.exclude(record__identifier=own), "uniqueIdentification")
