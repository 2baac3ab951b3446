"""How single values of a record are checked: one function for each type of field."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from cartagena.engine.declaration import describe
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import Field
from cartagena.engine.record_problem import ProblemCode, RecordProblem, Severity

IDENTIFIER = r"[A-Za-z0-9_-]{11,128}"
REFERENCE = IDENTIFIER + r"(@[1-9][0-9]{0,8})?"
SYMBOL = r"[0-9]{4}-[0-9]{3}"
URL = r"(https?://[^\s/]|/[^\s/])\S*"
FORMS = {"partial_date": r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"}
DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
WORDS = r"\S"
ELEMENT_TYPES = (
    "senseStart", "sense", "senseStop", "antisenseStart", "antisense", "antisenseStop",
)  # fmt: skip
"""The kinds of element in a gene construct, in the order in which they are drawn."""

_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(DATE)
_REFERENCES = {None: re.compile(REFERENCE), "symbol": re.compile(f"{REFERENCE}|{SYMBOL}")}
_URL = re.compile(URL)


def read_day(raw: Any) -> date | None:
    """The day that a value names as YYYY-MM-DD, or None."""
    if not isinstance(raw, str) or not _DATE.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


class ValueChecker:
    """Checks values and gathers problems; `languages` are those the record is filed in."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.problems: list[RecordProblem] = []
        self._by_type: Mapping[str, Callable[[Field, str, Any], None]] = {
            "string": self._check_string,
            "text": self._check_text,
            "rich": self._check_text,
            "term": self._check_term,
            "ref": self._check_reference,
            "link": self._check_link,
            "date": self._check_date,
            "int": self._check_number,
            "number": self._check_number,
            "bool": self._check_bool,
            "table": self._check_construct,
            "object": self._check_object,
        }

    def add(
        self,
        place: str,
        what: str,
        remedy: str,
        code: ProblemCode,
        severity: Severity = "error",
        basis: tuple[str, ...] = (),
    ) -> None:
        """Note a problem."""
        self.problems.append(RecordProblem(place, what, remedy, code, severity, basis))

    def check(self, field: Field, place: str, raw: Any) -> None:
        """Check what stands in a field: one value, or a list of them."""
        check = self._by_type[field.type]
        if not field.many:
            if isinstance(raw, list | tuple):
                what = f"one value is allowed, found a list of {len(raw)}"
                self.add(place, what, "Keep one, without the brackets.", "cardinality")
            else:
                check(field, place, raw)
            return
        if not isinstance(raw, list | tuple):
            what = f"a list is needed, found {describe(raw)}"
            self.add(place, what, "Put the value in brackets: [...].", "cardinality")
            return
        if not raw:
            self.add(place, "an empty list", "Leave the field out.", "empty")
        if field.max_items is not None and len(raw) > field.max_items:
            what = f"{len(raw)} values where {field.max_items} are allowed"
            self.add(place, what, "Remove some.", "cardinality")
        for n, item in enumerate(raw):
            if field.type in ("term", "ref") and item in raw[:n]:
                self.add(f"{place}[{n}]", "the same value stands twice", "Keep one.", "duplicate")
            check(field, f"{place}[{n}]", item)

    def _check_string(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, str):
            self._add_type(place, "text", raw, "Write the text in quotes.")
        elif not raw.strip():
            self.add(place, "the text is empty", "Write it or leave the field out.", "empty")
        elif field.vocabulary is not None:
            self._check_code(field, place, raw)
        elif field.form is not None and not re.fullmatch(FORMS[field.form], raw):
            remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD."
            self.add(place, f"{raw!r} is no date", remedy, "bad_date")

    def _check_text(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, Mapping):
            remedy = f'Write {{"{(*self.languages, "en")[0]}": "..."}}.'
            self._add_type(place, "words by language", raw, remedy)
            return
        for language, words in raw.items():
            self._check_words(field, f"{place}.{language}", language, words)
        for language in self.languages:
            if language not in raw:
                what = f"the words in {language!r} are missing, though the record is filed in it"
                remedy = f"Add them, or take {language!r} out of header.languages."
                self.add(place, what, remedy, "language_missing")
        if not raw:
            self.add(place, "a text without words", "Leave the field out.", "empty")

    def _check_words(self, field: Field, place: str, language: Any, words: Any) -> None:
        if language not in LANGUAGES:
            remedy = f"Use one of: {', '.join(LANGUAGES)}."
            self.add(place, f"unknown language {language!r}", remedy, "wrong_type")
        elif not isinstance(words, str):
            self._add_type(place, "text", words, "Write the words in quotes.")
        elif not words.strip():
            self.add(place, "the text is empty", "Write it or remove the language.", "empty")
        else:
            self._check_length(field, place, words)
            if self.languages and language not in self.languages:
                what = f"the record is not filed in {language!r}"
                remedy = f"Add {language!r} to header.languages, or remove these words."
                self.add(place, what, remedy, "language_unnamed", "warning")

    def _check_length(self, field: Field, place: str, words: str) -> None:
        """Limits of the form. What comes from elsewhere may be longer, so it is a warning."""
        if field.max_characters is None and field.max_words is None:
            return
        plain = _TAG.sub(" ", words) if field.type == "rich" else words
        for limit, length, unit in (
            (field.max_characters, len(plain.strip()), "characters"),
            (field.max_words, len(plain.split()), "words"),
        ):
            if limit is not None and length > limit:
                what = f"{length} {unit}, {limit} are asked for"
                self.add(place, what, "Shorten it.", "too_long", "warning")

    def _check_term(self, field: Field, place: str, raw: Any) -> None:
        if self._check_keys(place, raw, ["identifier"], ["customValue"], "a term"):
            self._check_code(field, f"{place}.identifier", raw["identifier"])
            if "customValue" in raw:
                self._check_text(field, f"{place}.customValue", raw["customValue"])

    def _check_code(self, field: Field, place: str, raw: Any) -> None:
        known = field.vocabulary
        if not isinstance(raw, str) or not raw.strip():
            self._add_type(place, "the code of a term", raw, "Write the code in quotes.")
        elif known is None or raw in known.by_id:
            return
        elif known.accepts(raw):
            what = f"{raw!r} is not among the terms of {known.id} known here"
            remedy = "Check it; the list is not complete here."
            self.add(place, what, remedy, "unlisted_term", "warning")
        else:
            meant = known.by_folded_id.get(raw.strip().lower())
            listed = ", ".join(list(known.by_id)[:5])
            remedy = f"Write {meant}." if meant else f"Use a term of the list: {listed}, ..."
            if known.id.startswith("countries") and not meant:
                remedy = "Write the ISO 3166 code of two small letters: ke, no; eu for the EU."
            self.add(place, f"{raw!r} is no term of {known.id}", remedy, "unknown_term")

    def _check_reference(self, field: Field, place: str, raw: Any) -> None:
        if self._check_keys(place, raw, ["identifier"], [], "a reference"):
            self._check_identifier(field, f"{place}.identifier", raw["identifier"])

    def _check_identifier(self, field: Field, place: str, raw: Any) -> None:
        form = _REFERENCES["symbol" if field.form == "symbol" else None]
        if not isinstance(raw, str) or not form.fullmatch(raw):
            what = f"{describe(raw)} is no reference"
            remedy = "Write the GUID of the record, without or with @revision."
            self.add(place, what, remedy, "bad_reference")

    def _check_link(self, field: Field, place: str, raw: Any) -> None:
        keys = ["name", "language", "tags"]
        if not self._check_keys(place, raw, ["url"], keys, "a link"):
            return
        url = raw["url"]
        if not isinstance(url, str) or not _URL.fullmatch(url):
            remedy = "Begin with https://, http:// or, for an attachment, with /."
            self.add(f"{place}.url", f"{describe(url)} is no address", remedy, "bad_link")
        if "name" in raw and not isinstance(raw["name"], str):
            self._add_type(f"{place}.name", "text", raw["name"], "Write it in quotes.")
        if "language" in raw and raw["language"] not in LANGUAGES:
            remedy = f"Use one of: {', '.join(LANGUAGES)}."
            what = f"unknown language {raw['language']!r}"
            self.add(f"{place}.language", what, remedy, "wrong_type")
        tags = raw.get("tags", [])
        if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) for tag in tags):
            self._add_type(f"{place}.tags", "a list of texts", tags, 'Write ["..."].')

    def _check_date(self, field: Field, place: str, raw: Any) -> None:
        if read_day(raw) is None:
            remedy = "Write a day that exists, as YYYY-MM-DD."
            self.add(place, f"{describe(raw)} is no day", remedy, "bad_date")

    def _check_number(self, field: Field, place: str, raw: Any) -> None:
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        if field.type == "int" and isinstance(raw, float) and not raw.is_integer():
            is_number = False
        if not is_number:
            needed = "a whole number" if field.type == "int" else "a number"
            self._add_type(place, needed, raw, "Write it in figures, without quotes.")
        elif (field.minimum is not None and raw < field.minimum) or (
            field.maximum is not None and raw > field.maximum
        ):
            allowed = " to ".join(
                str(end) for end in (field.minimum, field.maximum) if end is not None
            )
            remedy = f"Allowed: {allowed}{'' if field.maximum is not None else ' or more'}."
            self.add(place, f"{raw} is out of bounds", remedy, "out_of_bounds")

    def _check_bool(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, bool):
            self._add_type(place, "true or false", raw, "Write true or false, without quotes.")

    def _check_construct(self, field: Field, place: str, raw: Any) -> None:
        """One gene construct: an ordered list of elements."""
        if not isinstance(raw, list | tuple) or not raw:
            self._add_type(place, "a list of elements", raw, 'Write [{"type": "sense"}, ...].')
            return
        for n, element in enumerate(raw):
            here = f"{place}[{n}]"
            if not self._check_keys(here, element, ["type"], ["identifier", "size"], "an element"):
                continue
            if element["type"] not in ELEMENT_TYPES:
                remedy = f"Use one of: {', '.join(ELEMENT_TYPES)}."
                what = f"unknown kind of element {element['type']!r}"
                self.add(f"{here}.type", what, remedy, "unknown_term")
            if "identifier" in element:
                self._check_identifier(field, f"{here}.identifier", element["identifier"])
            size = element.get("size", 0)
            if isinstance(size, bool) or not isinstance(size, int | float) or size < 0:
                self._add_type(f"{here}.size", "a length in kb", size, "Write a number.")

    def _check_object(self, field: Field, place: str, raw: Any) -> None:
        required = [item.id for item in field.fields if item.required is True]
        optional = [item.id for item in field.fields]
        if self._check_keys(place, raw, required, optional, "an object") or isinstance(
            raw, Mapping
        ):
            for item in field.fields:
                if item.id in raw:
                    self.check(item, f"{place}.{item.id}", raw[item.id])

    def _check_keys(
        self, place: str, raw: Any, required: Sequence[str], optional: Sequence[str], what: str
    ) -> bool:
        """Whether `raw` is an object with all the required keys; unknown keys are noted."""
        if not isinstance(raw, Mapping):
            example = ", ".join(f'"{key}": "..."' for key in required)
            self._add_type(place, what, raw, f"Write {{{example}}}.")
            return False
        for key in raw:
            if key not in required and key not in optional:
                here = f"{place}.{key}"
                remedy = f"Known here: {', '.join(dict.fromkeys([*required, *optional]))}."
                self.add(here, f"{what} has no {key!r}", remedy, "unknown_field")
        missing = [key for key in required if key not in raw]
        for key in missing:
            self.add(f"{place}.{key}", f"{what} needs {key!r}", "Add it.", "mandatory")
        return not missing

    def _add_type(self, place: str, needed: str, raw: Any, remedy: str) -> None:
        self.add(place, f"{needed} is needed, found {describe(raw)}", remedy, "wrong_type")
