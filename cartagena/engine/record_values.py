"""How single values of a record are checked: one function for each type of field."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from cartagena.engine.answer_values import use_one_of
from cartagena.engine.declaration import describe
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import Field
from cartagena.engine.record_problem import ProblemCode, RecordProblem, Severity
from cartagena.engine.sentence import Sentence, counted, listed, sentence

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
# Made once: they name what every value of a kind is checked to be.
_A_TERM, _A_REFERENCE, _A_LINK = sentence("a term"), sentence("a reference"), sentence("a link")


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
        what: Sentence,
        remedy: Sentence,
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
                what = counted(
                    "one value is allowed, found a list of %(count)s",
                    "one value is allowed, found a list of %(count)s",
                    len(raw),
                )
                self.add(place, what, sentence("Keep one, without the brackets."), "cardinality")
            else:
                check(field, place, raw)
            return
        if not isinstance(raw, list | tuple):
            what = sentence("a list is needed, found %(found)s", found=describe(raw))
            self.add(place, what, sentence("Put the value in brackets: [...]."), "cardinality")
            return
        if not raw:
            self.add(place, sentence("an empty list"), sentence("Leave the field out."), "empty")
        if field.max_items is not None and len(raw) > field.max_items:
            what = counted(
                "%(count)s value where %(most)s are allowed",
                "%(count)s values where %(most)s are allowed",
                len(raw), most=field.max_items,
            )  # fmt: skip
            self.add(place, what, sentence("Remove some."), "cardinality")
        for n, item in enumerate(raw):
            if field.type in ("term", "ref") and item in raw[:n]:
                self.add(
                    f"{place}[{n}]",
                    sentence("the same value stands twice"),
                    sentence("Keep one."),
                    "duplicate",
                )
            check(field, f"{place}[{n}]", item)

    def _check_string(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, str):
            self._add_type(place, sentence("text"), raw, sentence("Write the text in quotes."))
        elif not raw.strip():
            self.add(
                place,
                sentence("the text is empty"),
                sentence("Write it or leave the field out."),
                "empty",
            )
        elif field.vocabulary is not None:
            self._check_code(field, place, raw)
        elif field.form is not None and not re.fullmatch(FORMS[field.form], raw):
            remedy = sentence("Write YYYY, YYYY-MM or YYYY-MM-DD.")
            self.add(place, sentence("%(found)s is no date", found=repr(raw)), remedy, "bad_date")

    def _check_text(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, Mapping):
            first = (*self.languages, "en")[0]
            remedy = sentence('Write {"%(language)s": "..."}.', language=first)
            self._add_type(place, sentence("words by language"), raw, remedy)
            return
        for language, words in raw.items():
            self._check_words(field, f"{place}.{language}", language, words)
        for language in self.languages:
            if language not in raw:
                named = repr(language)
                what = sentence(
                    "the words in %(language)s are missing, though the record is filed in it",
                    language=named,
                )
                remedy = sentence(
                    "Add them, or take %(language)s out of header.languages.", language=named
                )
                self.add(place, what, remedy, "language_missing")
        if not raw:
            self.add(
                place, sentence("a text without words"), sentence("Leave the field out."), "empty"
            )

    def _check_words(self, field: Field, place: str, language: Any, words: Any) -> None:
        if language not in LANGUAGES:
            what = sentence("unknown language %(found)s", found=repr(language))
            self.add(place, what, use_one_of(LANGUAGES), "wrong_type")
        elif not isinstance(words, str):
            self._add_type(place, sentence("text"), words, sentence("Write the words in quotes."))
        elif not words.strip():
            self.add(
                place,
                sentence("the text is empty"),
                sentence("Write it or remove the language."),
                "empty",
            )
        else:
            self._check_length(field, place, words)
            if self.languages and language not in self.languages:
                named = repr(language)
                what = sentence("the record is not filed in %(language)s", language=named)
                remedy = sentence(
                    "Add %(language)s to header.languages, or remove these words.", language=named
                )
                self.add(place, what, remedy, "language_unnamed", "warning")

    def _check_length(self, field: Field, place: str, words: str) -> None:
        """Limits of the form. What comes from elsewhere may be longer, so it is a warning."""
        if field.max_characters is None and field.max_words is None:
            return
        plain = _TAG.sub(" ", words) if field.type == "rich" else words
        characters, words_there = len(plain.strip()), len(plain.split())
        if field.max_characters is not None and characters > field.max_characters:
            what = counted(
                "%(count)s character, %(most)s are asked for",
                "%(count)s characters, %(most)s are asked for",
                characters, most=field.max_characters,
            )  # fmt: skip
            self.add(place, what, sentence("Shorten it."), "too_long", "warning")
        if field.max_words is not None and words_there > field.max_words:
            what = counted(
                "%(count)s word, %(most)s are asked for",
                "%(count)s words, %(most)s are asked for",
                words_there, most=field.max_words,
            )  # fmt: skip
            self.add(place, what, sentence("Shorten it."), "too_long", "warning")

    def _check_term(self, field: Field, place: str, raw: Any) -> None:
        if self._check_keys(place, raw, ["identifier"], ["customValue"], _A_TERM):
            self._check_code(field, f"{place}.identifier", raw["identifier"])
            if "customValue" in raw:
                self._check_text(field, f"{place}.customValue", raw["customValue"])

    def _check_code(self, field: Field, place: str, raw: Any) -> None:
        known = field.vocabulary
        if not isinstance(raw, str) or not raw.strip():
            self._add_type(
                place, sentence("the code of a term"), raw, sentence("Write the code in quotes.")
            )
        elif known is None or raw in known.by_id:
            return
        elif known.accepts(raw):
            what = sentence(
                "%(found)s is not among the terms of %(list)s known here",
                found=repr(raw), list=known.id,
            )  # fmt: skip
            remedy = sentence("Check it; the list is not complete here.")
            self.add(place, what, remedy, "unlisted_term", "warning")
        else:
            meant = known.by_folded_id.get(raw.strip().lower())
            if meant:
                remedy = sentence("Write %(term)s.", term=meant)
            elif known.id.startswith("countries"):
                remedy = sentence(
                    "Write the ISO 3166 code of two small letters: ke, no; eu for the EU."
                )
            else:
                first = listed(list(known.by_id)[:5])
                remedy = sentence("Use a term of the list: %(terms)s, ...", terms=first)
            what = sentence("%(found)s is no term of %(list)s", found=repr(raw), list=known.id)
            self.add(place, what, remedy, "unknown_term")

    def _check_reference(self, field: Field, place: str, raw: Any) -> None:
        if self._check_keys(place, raw, ["identifier"], [], _A_REFERENCE):
            self._check_identifier(field, f"{place}.identifier", raw["identifier"])

    def _check_identifier(self, field: Field, place: str, raw: Any) -> None:
        form = _REFERENCES["symbol" if field.form == "symbol" else None]
        if not isinstance(raw, str) or not form.fullmatch(raw):
            what = sentence("%(found)s is no reference", found=describe(raw))
            remedy = sentence("Write the GUID of the record, without or with @revision.")
            self.add(place, what, remedy, "bad_reference")

    def _check_link(self, field: Field, place: str, raw: Any) -> None:
        keys = ["name", "language", "tags"]
        if not self._check_keys(place, raw, ["url"], keys, _A_LINK):
            return
        url = raw["url"]
        if not isinstance(url, str) or not _URL.fullmatch(url):
            remedy = sentence("Begin with https://, http:// or, for an attachment, with /.")
            what = sentence("%(found)s is no address", found=describe(url))
            self.add(f"{place}.url", what, remedy, "bad_link")
        if "name" in raw and not isinstance(raw["name"], str):
            self._add_type(
                f"{place}.name", sentence("text"), raw["name"], sentence("Write it in quotes.")
            )
        if "language" in raw and raw["language"] not in LANGUAGES:
            what = sentence("unknown language %(found)s", found=repr(raw["language"]))
            self.add(f"{place}.language", what, use_one_of(LANGUAGES), "wrong_type")
        tags = raw.get("tags", [])
        if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) for tag in tags):
            self._add_type(
                f"{place}.tags", sentence("a list of texts"), tags, sentence('Write ["..."].')
            )

    def _check_date(self, field: Field, place: str, raw: Any) -> None:
        if read_day(raw) is None:
            remedy = sentence("Write a day that exists, as YYYY-MM-DD.")
            self.add(
                place, sentence("%(found)s is no day", found=describe(raw)), remedy, "bad_date"
            )

    def _check_number(self, field: Field, place: str, raw: Any) -> None:
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        if field.type == "int" and isinstance(raw, float) and not raw.is_integer():
            is_number = False
        if not is_number:
            is_whole = field.type == "int"
            needed = sentence("a whole number") if is_whole else sentence("a number")
            self._add_type(place, needed, raw, sentence("Write it in figures, without quotes."))
        elif (field.minimum is not None and raw < field.minimum) or (
            field.maximum is not None and raw > field.maximum
        ):
            what = sentence("%(found)s is out of bounds", found=str(raw))
            self.add(place, what, _say_bounds(field), "out_of_bounds")

    def _check_bool(self, field: Field, place: str, raw: Any) -> None:
        if not isinstance(raw, bool):
            self._add_type(
                place,
                sentence("true or false"),
                raw,
                sentence("Write true or false, without quotes."),
            )

    def _check_construct(self, field: Field, place: str, raw: Any) -> None:
        """One gene construct: an ordered list of elements."""
        if not isinstance(raw, list | tuple) or not raw:
            self._add_type(
                place,
                sentence("a list of elements"),
                raw,
                sentence('Write [{"type": "sense"}, ...].'),
            )
            return
        for n, element in enumerate(raw):
            here = f"{place}[{n}]"
            if not self._check_keys(
                here, element, ["type"], ["identifier", "size"], sentence("an element")
            ):
                continue
            if element["type"] not in ELEMENT_TYPES:
                what = sentence("unknown kind of element %(found)s", found=repr(element["type"]))
                self.add(f"{here}.type", what, use_one_of(ELEMENT_TYPES), "unknown_term")
            if "identifier" in element:
                self._check_identifier(field, f"{here}.identifier", element["identifier"])
            size = element.get("size", 0)
            if isinstance(size, bool) or not isinstance(size, int | float) or size < 0:
                self._add_type(
                    f"{here}.size", sentence("a length in kb"), size, sentence("Write a number.")
                )

    def _check_object(self, field: Field, place: str, raw: Any) -> None:
        required = [item.id for item in field.fields if item.required is True]
        optional = [item.id for item in field.fields]
        if self._check_keys(place, raw, required, optional, sentence("an object")) or isinstance(
            raw, Mapping
        ):
            for item in field.fields:
                if item.id in raw:
                    self.check(item, f"{place}.{item.id}", raw[item.id])

    def _check_keys(
        self,
        place: str,
        raw: Any,
        required: Sequence[str],
        optional: Sequence[str],
        thing: Sentence,
    ) -> bool:
        """Whether `raw` is an object with all the required keys; unknown keys are noted."""
        if not isinstance(raw, Mapping):
            example = ", ".join(f'"{key}": "..."' for key in required)
            self._add_type(place, thing, raw, sentence("Write {%(example)s}.", example=example))
            return False
        for key in raw:
            if key not in required and key not in optional:
                here = f"{place}.{key}"
                what = sentence("%(thing)s has no %(key)s", thing=thing, key=repr(key))
                known = listed(dict.fromkeys([*required, *optional]))
                self.add(
                    here, what, sentence("Known here: %(known)s.", known=known), "unknown_field"
                )
        missing = [key for key in required if key not in raw]
        for key in missing:
            what = sentence("%(thing)s needs %(key)s", thing=thing, key=repr(key))
            self.add(f"{place}.{key}", what, sentence("Add it."), "mandatory")
        return not missing

    def _add_type(self, place: str, needed: Sentence, raw: Any, remedy: Sentence) -> None:
        what = sentence("%(needed)s is needed, found %(found)s", needed=needed, found=describe(raw))
        self.add(place, what, remedy, "wrong_type")


def _say_bounds(field: Field) -> Sentence:
    """What numbers are allowed in a field that has a bound."""
    if field.maximum is None:
        return sentence("Allowed: %(least)s or more.", least=str(field.minimum))
    if field.minimum is None:
        return sentence("Allowed: %(most)s.", most=str(field.maximum))
    return sentence(
        "Allowed: %(least)s to %(most)s.", least=str(field.minimum), most=str(field.maximum)
    )
