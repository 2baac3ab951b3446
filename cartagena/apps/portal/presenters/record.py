"""One record as a page shows it: which version, its dates, its languages, what points to it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.presenters.record_fields import FieldReader, FieldView
from cartagena.apps.portal.record_queries import (
    RecordAddress,
    RecordEvent,
    RecordHead,
    StoredRecord,
    VersionHead,
    end_of,
)
from cartagena.engine.countries import Country, find_country, get_country
from cartagena.engine.record_confirmation import Standing, find_confirmation_due, find_standing
from cartagena.engine.record_format import RecordFormat, load_record_format
from cartagena.engine.record_links import list_links
from cartagena.engine.text import Text

EACH_TYPE = 12
"""So many records of each type are named among those that refer to one."""

MOST_REFERRING = 200
"""So many of one type, when a reader asks for more of it."""

NAMED_BY = {"laboratoryDetection": "organization", "biosafetyExpert": "contact"}
"""Records without a title of their own, and the reference that names them."""


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Until when the owner must confirm a record, and how that stands on the day."""

    confirmed_on: dt.date | None
    due_on: dt.date
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class ReferringGroup:
    """The records of one type that refer to a record: how many, and the newest of them."""

    type: str
    name: Text
    count: int
    heads: tuple[RecordHead, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.heads)


class OpenRecord:
    """A record as it is asked for: at a revision, on a day, in a language."""

    def __init__(self, frame: Frame, address: RecordAddress) -> None:
        self.frame = frame
        self.address = address
        self.stored: StoredRecord = source.records.load_record(address)
        self.shape: RecordFormat = load_record_format(address.type)
        self.public = [self._as_then(v) for v in self.stored.versions if self._begun(v)]
        if not self.public:
            raise self._explain_absence()
        self.latest = self.public[-1]
        self.version = self._choose()

    def _begun(self, version: VersionHead) -> bool:
        as_of = self.frame.as_of
        return as_of is None or version.starts_at < end_of(as_of)

    def _as_then(self, version: VersionHead) -> VersionHead:
        """The version as it was known on the day: what ended later had not ended."""
        ends, as_of = version.ends_at, self.frame.as_of
        if ends is None or as_of is None or ends < end_of(as_of):
            return version
        return replace(version, ends_at=None, ending=None)

    def _choose(self) -> VersionHead:
        asked = self.address.revision
        if asked is None:
            return self.latest
        for version in reversed(self.public):
            if version.revision == asked:
                return version
        latest = self.stored.number()
        raise PageNotFoundError(
            _("%(number)s has no version %(revision)s that was public on this date.")
            % {"number": latest, "revision": asked},
            ((latest, self.frame.link("record", latest)),),
        )

    def _explain_absence(self) -> PageNotFoundError:
        if not self.stored.versions:
            return PageNotFoundError(_("There is no such record."))
        number = self.stored.number()
        first = self.stored.versions[0].starts_at.date()
        address = self.frame.link("record", number, as_of="")
        return PageNotFoundError(
            _("%(number)s was not public on this date. It was first published on %(day)s.")
            % {"number": number, "day": first.isoformat()},
            ((_("As it is today"), address),),
        )

    @property
    def state(self) -> Literal["live", "older", "withdrawn"]:
        """Whether what was asked for is the latest version, an older one, or withdrawn."""
        if self.is_withdrawn:
            return "withdrawn"
        return "live" if self.version is self.latest else "older"

    @property
    def is_withdrawn(self) -> bool:
        """Whether the record is no longer public on the day."""
        return self.latest.ending == "withdrawn"

    @property
    def number(self) -> str:
        return self.stored.number()

    @property
    def full_number(self) -> str:
        return self.stored.number(self.version.revision)

    @property
    def country(self) -> Country | None:
        code = self.stored.government
        return get_country(code) if code and find_country(code) else None

    @property
    def seen_alive_on(self) -> dt.date | None:
        """The last day at whose end the shown version was public; None for less than a day."""
        version = self.version
        if version.ends_at is None:
            return None
        last = version.ends_at.date() - dt.timedelta(days=1)
        return last if last >= version.starts_at.date() else None

    @cached_property
    def body(self) -> dict[str, Any]:
        return source.records.load_body(self.stored, self.version.number)

    @cached_property
    def events(self) -> tuple[RecordEvent, ...]:
        """What the log tells of the record, newest first."""
        return source.records.list_events(self.stored.identifier, self.frame.as_of)

    @property
    def withdrawal(self) -> RecordEvent | None:
        return next((event for event in self.events if event.action == "withdraw"), None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the record is written in, in the order of the site."""
        known = [code for code, _name in settings.LANGUAGES]
        codes = [code.split("-")[0] for code in known]
        return tuple(code for code in codes if code in self.version.languages)

    @cached_property
    def language(self) -> str:
        """The language its words are shown in: the one asked for, else the page's, else another."""
        mine = self.languages
        page = self.frame.language
        usual = page if page in mine or not mine else "en" if "en" in mine else mine[0]
        return self.frame.choose("text", mine, default=usual)

    @property
    def language_choices(self) -> list[tuple[str, str, bool]]:
        """(name, address, whether it is shown) of the languages it can be read in."""
        names = {code.split("-")[0]: str(name) for code, name in settings.LANGUAGES}
        return [
            (names[code], self.frame.here(text=code), code == self.language)
            for code in self.languages
        ]

    @cached_property
    def title(self) -> Text:
        """Its title in the languages of the record, else the name of its kind."""
        said = self.body.get(self.shape.title) if self.shape.title else None
        if isinstance(said, Mapping):
            words = {k: v for k, v in said.items() if isinstance(v, str)}
            if found := Text.of(words):
                return found
        plain = said if isinstance(said, str) and said else self.version.title
        if plain:
            return Text.of({"en": plain})
        persons = (self.body.get("firstName"), self.body.get("lastName"))
        name = " ".join(word for word in persons if isinstance(word, str) and word)
        if name:
            return Text.of({"en": name})
        through = NAMED_BY.get(self.stored.type)
        targets = [t for field, t in self.links if field == through]
        named = next((self.heads[t].name for t in targets if t in self.heads), None)
        return named or self.shape.name

    @property
    def heading(self) -> str:
        """The title in the language shown."""
        return self.title.get(self.language)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        return list_links(self.stored.type, self.body)

    @cached_property
    def heads(self) -> dict[str, RecordHead]:
        """The records that it refers to, with their names."""
        found = source.records.list_heads((target for _field, target in self.links), self._as_of)
        return name_heads(found, self._as_of)

    @property
    def _as_of(self) -> dt.date | None:
        return self.frame.as_of

    @cached_property
    def fields(self) -> tuple[FieldView, ...]:
        """Its filled fields in the order of the form."""
        return self.reader.list_fields(self.shape, self.body)

    @cached_property
    def reader(self) -> FieldReader:
        return FieldReader(self.frame, self.heads, self.language)

    @property
    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
        """Columns and rows, where the record holds rows of facts."""
        rows = self.body.get("rows")
        if self.shape.holds != "rows" or not isinstance(rows, list) or not rows:
            return None
        columns = tuple(dict.fromkeys(key for row in rows for key in row))
        return columns, tuple(tuple(str(row.get(c, "")) for c in columns) for row in rows)

    def list_referring(self, *, without: Collection[str]) -> tuple[ReferringGroup, ...]:
        """What refers to it, by type; some types may be left out."""
        counts, heads = source.records.list_referring(
            self.stored.identifier, self._as_of, each=EACH_TYPE, without=without
        )
        chosen = self.frame.choose("referring", counts, default="")
        if chosen:
            own = (self.stored.identifier,)
            heads[chosen] = source.records.list_pointing(
                own, self._as_of, types=(chosen,), most=MOST_REFERRING
            )
        every = name_heads({h.identifier: h for some in heads.values() for h in some}, self._as_of)
        return tuple(
            ReferringGroup(
                type=name,
                name=load_record_format(name).name,
                count=counts[name],
                heads=tuple(every[head.identifier] for head in heads[name]),
            )
            for name in counts
        )

    @property
    def first_published_on(self) -> dt.date:
        return self.public[0].starts_at.date()

    @property
    def confirmation(self) -> Confirmation | None:
        """How its confirmation stands; None when it needs none or is not public."""
        if self.state != "live" or self.shape.confirm_after is None:
            return None
        published = self.version.starts_at.date()
        confirmed = next((e.on for e in self.events if e.action == "confirm"), None)
        since = max(published, confirmed) if confirmed else published
        due = find_confirmation_due(self.stored.type, self.body, since)
        if due is None:
            return None
        standing = find_standing(self.stored.type, self.body, since, self.frame.seen_from)
        return Confirmation(
            confirmed_on=confirmed if confirmed and confirmed >= published else None,
            due_on=due,
            standing=standing,
        )


def name_heads(heads: Mapping[str, RecordHead], as_of: dt.date | None) -> dict[str, RecordHead]:
    """The heads, those without a title named by the organization or contact they refer to.

    Two queries for each such type among them, none otherwise.
    """
    found = dict(heads)
    for record_type, through in NAMED_BY.items():
        nameless = [h.identifier for h in heads.values() if h.type == record_type and not h.title]
        if not nameless:
            continue
        targets = source.records.list_targets(nameless, through, as_of)
        named = source.records.list_heads((t for some in targets.values() for t in some), as_of)
        for identifier, some in targets.items():
            titles = [named[t].title for t in some if t in named and named[t].title]
            if titles:
                found[identifier] = replace(found[identifier], title=titles[0])
    return found


def name_all(heads: Sequence[RecordHead], as_of: dt.date | None) -> list[RecordHead]:
    """A list of heads, named as in `name_heads`."""
    named = name_heads({head.identifier: head for head in heads}, as_of)
    return [named[head.identifier] for head in heads]


def describe_as_linked_data(
    record: OpenRecord, address: str, version_address: str
) -> dict[str, Any]:
    """The record in the words of schema.org, for programs that read JSON-LD."""
    kinds = {
        "biosafetyLaw": "Legislation",
        "nationalRiskAssessment": "Report",
        "independentRiskAssessment": "Report",
        "contact": "ContactPoint",
        "focalPoint": "ContactPoint",
        "authority": "GovernmentOrganization",
        "supplementaryAuthority": "GovernmentOrganization",
        "organization": "Organization",
        "organism": "Taxon",
        "database": "WebSite",
    }
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kinds.get(record.stored.type, "CreativeWork"),
        "@id": version_address,
        "url": version_address,
        "sameAs": address,
        "identifier": [record.full_number, record.stored.identifier],
        "additionalType": record.stored.type,
        "name": [{"@value": words, "@language": lang} for lang, words in record.title.pairs],
        "version": record.version.revision,
        "datePublished": record.first_published_on.isoformat(),
        "dateModified": record.version.starts_at.date().isoformat(),
        "inLanguage": list(record.languages),
    }
    if record.country is not None:
        about["spatialCoverage"] = {
            "@type": "Country",
            "name": record.country.names.get("en"),
            "identifier": record.country.code,
        }
    if record.is_withdrawn:
        about["creativeWorkStatus"] = "withdrawn"
    return about
