"""What of a published version is searched: its texts by language, its codes, its facets.

Only what is published reaches this module, and of that neither notes nor addresses, telephone
numbers and personal circumstances. Terms count with their labels, references with the names of what
they refer to.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cartagena.apps.search.analyser import LANGUAGES, NEUTRAL
from cartagena.apps.search.answers import list_answers
from cartagena.engine.record_body import as_closed_text, find_value
from cartagena.engine.record_format import NOTES, Field, load_record_format
from cartagena.engine.record_schema import list_type_ids
from cartagena.engine.unique_identifier import read_unique_identifiers

FACETS = ("type", "government", "group", "lmo", "trait", "organism", "decision_kind",
          "decision_result", "year", "language", "subject")  # fmt: skip
NAMING_TYPES = ("modifiedOrganism", "organism", "dnaSequence")
"""Types whose names people look for, and which others refer to."""

NEVER_NAMED = ("contact", "focalPoint", "biosafetyExpert", "expertAssignment")
"""Whom a record refers to is not searched in it: persons are found by their own records."""

NAMED_BY = {"laboratoryDetection": "organization"}
"""Records without a title of their own, and the reference that names them in a list."""

SUBJECTS = ("subjectAreas", "cpbThematicAreas", "raSubjects", "cbdSubjects", "absSubjects")
TRAITS = "dnaSequenceTraits"
_SEARCHED_PERSONAL = frozenset(
    {"title", "firstName", "middleName", "lastName", "authors", "designation", "department",
     "profile", "professionalQualification", "name"}
)  # fmt: skip
_UNNAMED = frozenset(NEVER_NAMED)
_NEVER = frozenset({NOTES, "header", "government", "emails", "phones", "faxes", "hidden"})
_NAME_PARTS = ("firstName", "middleName", "lastName")
_TAG = re.compile(r"<[^>]{0,2000}>")
_CHARACTERS_AT_MOST = 400_000
NamedText = tuple[str, str]
"""A language (or `x`) and words."""


@dataclass(frozen=True)
class Reference:
    """What a record lends to those that refer to it."""

    type: str
    names: tuple[NamedText, ...] = ()
    unique: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    organisms: tuple[str, ...] = ()


@dataclass
class Content:
    """What is searched in one version. `questions` are what the `texts` of a report answer."""

    title: list[NamedText] = field(default_factory=list)
    texts: list[NamedText] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    labels: list[NamedText] = field(default_factory=list)
    unique: list[str] = field(default_factory=list)
    facets: dict[str, list[str]] = field(default_factory=dict)

    def add_facet(self, name: str, values: Iterable[str]) -> None:
        """Add values, each once."""
        known = self.facets.setdefault(name, [])
        known.extend(value for value in dict.fromkeys(values) if value and value not in known)


@cache
def _fields(record_type: str) -> tuple[Field, ...]:
    shape = load_record_format(record_type)
    return tuple(item for item in shape.fields if _is_searched(item))


def _is_searched(item: Field) -> bool:
    last = item.path[-1]
    return last not in _NEVER and (not item.personal or last in _SEARCHED_PERSONAL)


def is_searched(record_type: str) -> bool:
    """Whether records of a type are found at all: rows of facts and labels are not."""
    if record_type not in list_type_ids():
        return False
    return load_record_format(record_type).holds not in ("rows", "labels")


def list_references(record_type: str, body: Mapping[str, Any]) -> list[str]:
    """The identifiers of the records by whose names a body is found."""
    return [
        identifier
        for item in _fields(record_type)
        if item.type == "ref" and not (item.references and set(item.references) <= _UNNAMED)
        for identifier in _closed(body, item)
    ]


def read_reference(record_type: str, body: Mapping[str, Any]) -> Reference:
    """What a body lends to those that refer to it."""
    names = tuple(list_titles(record_type, body))
    if record_type == "modifiedOrganism":
        event = body.get("transformationEvent")
        names += ((NEUTRAL, event),) if isinstance(event, str) else ()
    return Reference(
        record_type,
        names,
        tuple(_own_unique(body)),
        tuple(value for item in _of_vocabulary(record_type, (TRAITS,))
              for value in _closed(body, item)),
        tuple(value for item in _fields(record_type) if "organism" in item.references
              for value in _closed(body, item)),
    )  # fmt: skip


def read_content(
    record_type: str, body: Mapping[str, Any], references: Mapping[str, Reference]
) -> Content:
    """What is searched in a body; `references` are those known of the records it refers to."""
    content = Content(title=list(list_titles(record_type, body)), unique=_own_unique(body))
    shape = load_record_format(record_type)
    if shape.holds == "anything":
        content.texts.extend(_list_all_words(body))
    else:
        for item in _fields(record_type):
            value = _value(body, item)
            if value is not None:
                _add(content, item, value, references)
    if shape.holds == "report":
        answers = list(list_answers(record_type, body))
        content.texts = [(answer.language, read_plain(answer.words)) for answer in answers]
        content.questions = [answer.question for answer in answers]
    _cut(content)
    _add_facets(content, record_type, body, references)
    return content


def list_titles(record_type: str, body: Mapping[str, Any]) -> Iterator[NamedText]:
    """The names of a record in its languages."""
    named = load_record_format(record_type).title
    value = body.get(named) if named else None
    if isinstance(value, str):
        yield NEUTRAL, value
    elif isinstance(value, Mapping):
        yield from _words(value)
    if not value:
        person = " ".join(
            str(body[part]) for part in _NAME_PARTS if isinstance(body.get(part), str)
        )
        if person.strip():
            yield NEUTRAL, person
        elif isinstance(found := body.get("organization"), Mapping):
            # In some types words in languages, in others a reference: its identifier is no name.
            yield from _words({key: found[key] for key in found if key in LANGUAGES})


def find_naming_reference(record_type: str, body: Mapping[str, Any]) -> str:
    """The record by whose name one without a title of its own is shown; empty when it has one."""
    return as_closed_text(body.get(NAMED_BY.get(record_type, "")))


def _add(
    content: Content,
    item: Field,
    value: Any,
    references: Mapping[str, Reference],
) -> None:
    for part in value if isinstance(value, list | tuple) else (value,):
        if item.type in ("text", "rich"):
            content.texts.extend(_words(part, is_rich=item.type == "rich"))
        elif item.type == "term" or (item.type == "string" and item.vocabulary is not None):
            content.labels.extend(_term_words(item, part))
            content.texts.extend(_custom_words(part))
        elif item.type == "string" and isinstance(part, str):
            content.texts.append((NEUTRAL, part))
        elif item.type == "ref":
            reference = references.get(as_closed_text(part))
            if reference is not None:
                content.labels.extend(reference.names)
                content.unique.extend(reference.unique)
        elif item.type == "link" and isinstance(part, Mapping):
            content.texts.extend(_link_words(part))
        elif item.type == "object" and isinstance(part, Mapping):
            for inner in item.fields:
                if _is_searched(inner) and part.get(inner.id) is not None:
                    _add(content, inner, part[inner.id], references)


def _words(value: Any, *, is_rich: bool = False) -> Iterator[NamedText]:
    """The words of a multilingual value; of a rich one without mark-up."""
    if isinstance(value, Mapping):
        for language, words in value.items():
            if isinstance(words, str) and words.strip():
                known = str(language).split("-")[0]
                plain = read_plain(words) if is_rich else words
                yield known if known in LANGUAGES else NEUTRAL, plain
    elif isinstance(value, str) and value.strip():
        yield NEUTRAL, read_plain(value) if is_rich else value


def read_plain(words: str) -> str:
    """A fragment of HTML as plain text."""
    if "<" in words:
        words = _TAG.sub(" ", words)
    return html.unescape(words) if "&" in words else words


def _term_words(item: Field, part: Any) -> Iterator[NamedText]:
    identifier = as_closed_text(part)
    if item.vocabulary is None or not identifier:
        return
    term = item.vocabulary.by_id.get(identifier)
    if term is not None and item.vocabulary.id != "yesNo":
        yield from term.label.pairs


def _custom_words(part: Any) -> Iterator[NamedText]:
    if isinstance(part, Mapping):
        for name in ("customValue", "details", "additionalInformation"):
            yield from _words(part.get(name))
        options = part.get("options")
        for option in options if isinstance(options, list) else ():
            if isinstance(option, Mapping):
                yield from _words(option.get("customValue"))


def _link_words(part: Mapping[str, Any]) -> Iterator[NamedText]:
    name, language = part.get("name"), part.get("language")
    if isinstance(name, str) and name.strip():
        yield language if language in LANGUAGES else NEUTRAL, name
    elif isinstance(name, Mapping):
        yield from _words(name)


def _list_all_words(value: Any, key: str = "") -> Iterator[NamedText]:
    """The sentences of a body whose fields are not known."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NEVER:
                yield from _list_all_words(part, name if name in LANGUAGES else key)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _list_all_words(part, key)
    elif isinstance(value, str) and " " in value.strip():
        yield key or NEUTRAL, read_plain(value)


def _cut(content: Content) -> None:
    left = _CHARACTERS_AT_MOST
    for place, (_language, words) in enumerate(content.texts):
        left -= len(words)
        if left < 0:
            del content.texts[place:]
            return


def _add_facets(
    content: Content,
    record_type: str,
    body: Mapping[str, Any],
    references: Mapping[str, Reference],
) -> None:
    content.add_facet("type", [record_type])
    content.add_facet("language", _languages(body))
    for item in _of_vocabulary(record_type, SUBJECTS):
        content.add_facet("subject", _closed(body, item))
    for item in _of_vocabulary(record_type, (TRAITS,)):
        content.add_facet("trait", _closed(body, item))
    for item in _fields(record_type):
        if item.type != "ref":
            continue
        if "modifiedOrganism" in item.references:
            named = [
                identifier
                for identifier in _closed(body, item)
                if _is_lmo(references.get(identifier), item)
            ]
            content.add_facet("lmo", named)
            for reference in filter(None, map(references.get, named)):
                content.add_facet("trait", reference.traits)
                content.add_facet("organism", reference.organisms)
        if "organism" in item.references:
            found = _closed(body, item)
            content.add_facet(
                "organism", (each for each in found if not _is_lmo(references.get(each), item))
            )
    if record_type == "biosafetyDecision":
        content.add_facet("decision_kind", _values(body.get("decisionTypes")))
        content.add_facet("decision_result", _values(body.get("decisionResult")))
    day = body.get("date")
    if isinstance(day, str) and re.match(r"[12]\d{3}", day):
        content.add_facet("year", [day[:4]])


def _is_lmo(reference: Reference | None, item: Field) -> bool:
    """Whether a reference leads to an LMO; of an unknown one, what the field may hold says it."""
    if reference is not None:
        return reference.type == "modifiedOrganism"
    return "organism" not in item.references


def _languages(body: Mapping[str, Any]) -> list[str]:
    header = body.get("header")
    found = header.get("languages") if isinstance(header, Mapping) else None
    return [item for item in found if item in LANGUAGES] if isinstance(found, list) else []


@cache
def _of_vocabulary(record_type: str, names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(
        item
        for item in _fields(record_type)
        if item.vocabulary is not None and not set(item.vocabulary.id.split("+")).isdisjoint(names)
    )


def _closed(body: Mapping[str, Any], item: Field) -> list[str]:
    value = _value(body, item)
    return [] if value is None else _values(value)


def _value(body: Mapping[str, Any], item: Field) -> Any:
    first = body.get(item.path[0])
    return first if first is None or len(item.path) == 1 else find_value(body, item.id)


def _values(value: Any) -> list[str]:
    many = value if isinstance(value, list | tuple) else (value,)
    return [text for part in many if (text := as_closed_text(part))]


def _own_unique(body: Mapping[str, Any]) -> list[str]:
    written = body.get("uniqueIdentification")
    if not isinstance(written, str):
        return []
    return [item.plain for item in read_unique_identifiers(written).identifiers]
