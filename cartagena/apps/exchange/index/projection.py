"""A record as the fields of the Clearing-House's index.

Names end in their kind: `_s` one string, `_ss` several, `_t` text, `_txt` several texts, `_dt` a
moment, `_b` true or false, `_i` a whole number, `_d` a number; `_EN_` and so on the language;
`_REL_ss` a term with all broader ones. Every closed field of a type is there under its own name;
fields.py adds the names under which clients know some of them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cartagena.apps.exchange.envelope import government_code, write_moment
from cartagena.apps.exchange.index.words import WordList
from cartagena.apps.exchange.stored import StoredVersion, public_body
from cartagena.engine.countries import Country, find_country, get_country
from cartagena.engine.parties import load_memberships
from cartagena.engine.record_body import find_closed_values, find_value
from cartagena.engine.record_format import Field, RecordFormat, load_record_format
from cartagena.engine.record_links import list_links
from cartagena.engine.record_type import load_record_types, public_number
from cartagena.engine.record_values import read_day
from cartagena.engine.text import Text
from cartagena.engine.vocabulary import Vocabulary, load_vocabulary

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
RULES = 1
"""Number of these rules; raised when they change, and every row is made anew."""

_SUMMARIES = ("summary", "description", "profile", "newsAbstract", "relevantInformation")
_REGIONS = {
    "AFR": "D50FE62D-8A5E-4407-83F8-AFCAAF708EA4",
    "AP": "5E5B7AA4-2420-4147-825B-0820F7EC5A4B",
    "CEE": "942E40CA-4C23-4D3A-A0B4-736CD0EFCD54",
    "GRULAC": "3D0CCC9A-A0A1-4399-8FA2-41D4D649DB0E",
    "WEOG": "0EC2E5AE-25F3-4D3A-B71F-8019BB62ED4B",
}
_LONGEST_TEXT = 2000


@dataclass
class Projected:
    """What the index keeps of a record."""

    fields: dict[str, Any] = field(default_factory=dict)
    words: WordList = field(default_factory=WordList)
    leads_to: list[str] = field(default_factory=list)

    def put(self, name: str, value: Any) -> None:
        """Set a field, unless there is nothing to say."""
        if value not in (None, "", [], ()):
            self.fields[name] = list(value) if isinstance(value, tuple) else value

    def put_text(self, stem: str, words: Mapping[str, str], *, exact: bool = False) -> None:
        """A text in all six languages; a missing one is answered by English, then by any."""
        if not words:
            return
        text = Text.of({k: v for k, v in words.items() if isinstance(v, str)})
        said: dict[str, list[str]] = {}
        for language in LANGUAGES:
            answer = text.get(language)
            name = f"{stem}_{language.upper()}"
            self.put(f"{name}_t", answer[:_LONGEST_TEXT])
            if exact:
                self.put(f"{name}_s", answer[:_LONGEST_TEXT])
            said.setdefault(answer, []).append(f"{name}_t")
        for answer, names in said.items():
            self.words.add(answer, names)
        for language, answer in text.pairs:
            if answer not in said:
                self.words.add(answer, [f"{stem}_{language.upper()}_t"])


def project(version: StoredVersion, revisions: Iterable[int] = ()) -> Projected:
    """The fields that follow from a live version alone; ``revisions`` are all of its record's."""
    made = Projected()
    shape, body = load_record_format(version.record_type), public_body(version.body)
    _put_identity(made, version, tuple(revisions) or (version.revision,))
    _put_type(made, shape)
    _put_place(made, version, body)
    _put_texts(made, version, shape, body)
    _put_dates(made, version)
    for each in shape.fields:
        _put_field(made, each, body)
    _put_links(made, version.record_type, body)
    return made


def _put_identity(made: Projected, version: StoredVersion, revisions: tuple[int, ...]) -> None:
    def number(revision: int) -> str:
        name, place = version.record_type, version.government
        return public_number(name, place, version.document_id, revision).lower()

    made.put("id", version.identifier)
    made.put("identifier_s", version.identifier)
    made.put("uniqueIdentifier_s", number(version.revision))
    made.put("uniqueIdentifierRevisions_ss", [number(revision) for revision in revisions])
    made.put("_revision_i", version.revision)
    made.put("_documentId_i", version.document_id)
    made.put("_state_s", "public")
    made.put("realm_ss", ["bch"])
    made.put("ownerRealm_s", "bch")
    if version.demonstration:
        made.put("demonstration_b", True)
    made.words.add(number(version.revision), ["uniqueIdentifier_t"])
    made.words.add(version.identifier)


def _put_type(made: Projected, shape: RecordFormat) -> None:
    made.put("schema_s", shape.id)
    made.put("schemaType_s", shape.kind)
    made.put("schemaSort_i", list(load_record_types()).index(shape.id))
    made.put_text("schema", dict(shape.name.pairs), exact=True)


def _put_place(made: Projected, version: StoredVersion, body: Mapping[str, Any]) -> None:
    code = government_code(version.government)
    country = get_country(version.government) if version.government and code else None
    if country is not None:
        made.put("government_s", code)
        made.put_text("government", dict(country.names.pairs), exact=True)
        made.put("grp_government_schema_s", f"{code}_{version.record_type}")
    named = find_closed_values(body, "country")
    made.put("country_s", named[0] if named else code)
    places = [*([code] if code else []), *find_closed_values(body, "countryRegions"), *named]
    found = list(dict.fromkeys(places))
    made.put("countryRegions_ss", found)
    regions = [region for place in found if (region := _region_of(place))]
    made.put("countryRegions_REL_ss", list(dict.fromkeys([*found, *regions])))


@cache
def _region_of(place: str) -> str:
    country: Country | None = find_country(place) if len(place) == 2 else None
    return _regions_by_country().get(country.code, "") if country else ""


@cache
def _regions_by_country() -> Mapping[str, str]:
    today = dt.date.max
    return {
        each.party: _REGIONS[each.group]
        for each in load_memberships()
        if each.group in _REGIONS and each.holds(today)
    }


def _put_texts(
    made: Projected, version: StoredVersion, shape: RecordFormat, body: Mapping[str, Any]
) -> None:
    own = body.get(shape.title)
    if isinstance(own, Mapping) and own:
        made.put_text("title", own, exact=True)
    elif version.title:
        made.put_text("title", {"en": version.title}, exact=True)
    for name in _SUMMARIES:
        if isinstance(body.get(name), Mapping) and body[name]:
            made.put_text("summary", body[name])
            break


def _put_dates(made: Projected, version: StoredVersion) -> None:
    made.put("createdDate_dt", write_moment(version.created_at))
    made.put("updatedDate_dt", write_moment(version.published_at))


def _put_field(made: Projected, each: Field, body: Mapping[str, Any]) -> None:
    """One field of the format under its own name."""
    found = find_value(body, each.id)
    if found is None:
        return
    name = each.path[-1].removesuffix("_s")
    if each.is_text:
        for text in found if isinstance(found, list | tuple) else [found]:
            if isinstance(text, Mapping) and each.id not in _SUMMARIES:
                _add_words(made, name, text)
    elif each.type in ("term", "ref"):
        values = list(dict.fromkeys(find_closed_values(body, each.id)))
        if each.many:
            made.put(f"{name}_ss", values)
        elif name not in ("country", "government"):
            made.put(f"{name}_s", values[0] if values else None)
        if each.vocabulary is not None:
            _put_terms(made, each, name, values)
    else:
        _put_plain(made, each, name, found)


def _add_words(made: Projected, name: str, text: Mapping[str, Any]) -> None:
    for language, said in text.items():
        if isinstance(said, str):
            made.words.add(said, [f"{name}_{str(language).upper()}_t"])


def _put_terms(made: Projected, each: Field, name: str, values: list[str]) -> None:
    """The terms with the broader ones, and the words of their labels."""
    vocabulary = each.vocabulary
    assert vocabulary is not None
    if _has_broader(vocabulary):
        related = [code for value in values for code in list_broader(vocabulary, value)]
        made.put(f"{name}_REL_ss", list(dict.fromkeys(related)))
    if vocabulary.id not in ("countries", "languages"):
        for value in values:
            if value in vocabulary.by_id:
                made.words.add_labels(_list_labels(vocabulary, value))
    terms = made.fields.setdefault("all_terms_ss", [])
    terms.extend(value for value in values if value not in terms)
    if not terms:
        del made.fields["all_terms_ss"]


@cache
def _list_labels(vocabulary: Vocabulary, code: str) -> tuple[str, ...]:
    return tuple(label for _, label in vocabulary.by_id[code].label.pairs)


@cache
def _has_broader(vocabulary: Vocabulary) -> bool:
    return any(term.broader for term in vocabulary.terms)


def list_broader(vocabulary: Vocabulary, code: str) -> Iterator[str]:
    """A term and all broader ones."""
    seen: set[str] = set()
    current: str | None = code
    while current is not None and current not in seen:
        seen.add(current)
        yield current
        term = vocabulary.by_id.get(current)
        current = term.broader if term else None


def _put_plain(made: Projected, each: Field, name: str, found: Any) -> None:
    values = found if isinstance(found, list | tuple) else [found]
    if each.type == "bool" and isinstance(found, bool):
        made.put(f"{name}_b", found)
    elif each.type == "date" and isinstance(found, str) and read_day(found):
        made.put(f"{name}_dt", f"{found}T00:00:00.000Z")
    elif each.type in ("int", "number") and _is_number(found):
        made.put(f"{name}_{'i' if each.type == 'int' else 'd'}", found)
    elif each.type == "string":
        texts = [text for text in values if isinstance(text, str)]
        if each.many:
            made.put(f"{name}_ss", texts)
        elif texts:
            made.put(f"{name}_s", texts[0])
        for text in texts:
            made.words.add(text, [f"{name}_t"])
    elif each.type == "link":
        _put_addresses(made, values)


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


def _put_addresses(made: Projected, values: Iterable[Any]) -> None:
    urls = [v["url"] for v in values if isinstance(v, Mapping) and isinstance(v.get("url"), str)]
    known = made.fields.get("url_ss", [])
    made.put("url_ss", list(dict.fromkeys([*known, *urls])))


def _put_links(made: Projected, record_type: str, body: Mapping[str, Any]) -> None:
    links = list_links(record_type, body)
    by_field: dict[str, list[str]] = {}
    for name, identifier in links:
        by_field.setdefault(name, []).append(identifier)
    made.leads_to = list(dict.fromkeys(identifier for _, identifier in links))
    made.put("referenceRecord_ss", made.leads_to)
    made.put(
        "referenceRecord_info_ss",
        [f'{{"field":"{name}","identifiers":["' + '","'.join(ids) + '"]}'
         for name, ids in by_field.items()],
    )  # fmt: skip


def label_of(vocabulary: str, code: str) -> str:
    """The English label of a term; empty for an unknown one."""
    term = load_vocabulary(vocabulary).by_id.get(code)
    return term.label.get("en") if term else ""
