"""How one answer of a report is read, whatever shape it has in the document.

Shapes met in the Clearing-House: a second or third report holds `{identifier, details?}`, a
boolean, a string, or `{options: [{identifier, customValue?}]}`; a fourth or fifth
`{value, additionalInformation?}` or a list of these; texts are `{en: ..., fr: ...}`, in the fifth
report wrapped as `{value: {...}}`. All are read in every cycle: one reader, one normal form.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any, Literal

from cartagena.engine.declaration import Problem
from cartagena.engine.questionnaire import LANGUAGES, Condition, Format, Question
from cartagena.engine.sentence import Argument, Sentence, alternatives, listed, sentence

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class AnswerProblem(Problem):
    """A problem in a report. An error keeps the report out, a warning goes with it."""

    what: Sentence
    remedy: Sentence
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Choice:
    """One read value: an option with perhaps a text, or (option None) a text or number of its own.

    `text` is in `language`: the first of the report's languages that has words, else any.
    """

    option: str | None
    text: str | None = None
    language: str | None = None


Choices = tuple[Choice, ...]
_KNOWN_LANGUAGES = frozenset(LANGUAGES)
_DETAILS = ("additionalInformation", "details", "customValue")


class ValueReader:
    """Reads raw values and gathers what is wrong; `languages` are those of the report, in order."""

    def __init__(self, languages: Sequence[str] = ()) -> None:
        self.languages = tuple(languages)
        self.problems: list[AnswerProblem] = []

    def add(
        self, place: str, what: Sentence, remedy: Sentence, severity: Severity = "error"
    ) -> None:
        """Note a problem."""
        self.problems.append(AnswerProblem(place, what, remedy, severity))

    def read(self, question: Question, raw: Any, codes: Mapping[str, str]) -> Choices:
        """The answer to `question`; empty when nothing is answered. `codes`: any case -> code."""
        if raw is None:
            return ()
        if question.is_text:
            return self._read_own_text(question.key, raw)
        if question.type == "int":
            return self._read_number(question.key, raw)
        return self._read_choices(question, raw, codes)

    def _read_own_text(self, place: str, raw: Any) -> Choices:
        if isinstance(raw, Mapping) and "value" in raw:
            raw = raw["value"]
            if raw is None:
                return ()
        text, language = self.read_text(place, raw)
        return (Choice(None, text, language),) if text else ()

    def _read_number(self, place: str, raw: Any) -> Choices:
        value = raw.get("value") if isinstance(raw, Mapping) else raw
        if value is None or value == "":
            return ()
        number = _as_count(value)
        if number is None:
            what = sentence("%(found)s is no whole number", found=repr(value))
            self.add(place, what, sentence("Give a whole number, 0 or more."))
            return ()
        return (Choice(None, number),)

    def _read_choices(self, question: Question, raw: Any, codes: Mapping[str, str]) -> Choices:
        place = question.key
        details: Any = None
        if isinstance(raw, Mapping) and "options" in raw and "identifier" not in raw:
            details = find_details(raw)
            raw, place = raw["options"], f"{place}.options"
        if isinstance(raw, list | tuple):
            items = [(item, f"{place}[{n}]") for n, item in enumerate(raw)]
        else:
            items = [(raw, place)]
        found = []
        for item, where in items:
            choice = self._read_choice(question, item, where, codes)
            if choice:
                found.append(choice)
        if details is not None and found and found[0].option and not found[0].text:
            found[0] = self._add_details(question, found[0].option, details, question.key)
        return tuple(found)

    def _read_choice(
        self, question: Question, raw: Any, place: str, codes: Mapping[str, str]
    ) -> Choice | None:
        details: Any = None
        value = raw
        if isinstance(raw, Mapping):
            name = "value" if "value" in raw else "identifier"
            if name not in raw:
                what = sentence("an option is needed, found other keys")
                remedy = sentence('Write {"value": "..."} or {"identifier": "..."}.')
                self.add(place, what, remedy)
                return None
            value = raw[name]
            details = find_details(raw)
        code = _as_code(value)
        if code is None:
            if value is not None and value != "":
                found = type(value).__name__
                what = sentence("an option code is needed, found %(found)s", found=found)
                self.add(place, what, sentence("Give the code of one option as text."))
            return None
        known = codes.get(code) or codes.get(code.lower())
        if known is None:
            what = sentence("unknown option %(found)s", found=repr(code))
            self.add(place, what, use_one_of(option.code for option in question.options[:8]))
            return None
        if details is None:
            return Choice(known)
        return self._add_details(question, known, details, place)

    def _add_details(self, question: Question, code: str, details: Any, place: str) -> Choice:
        if question.option(code).free_text == "int":
            number = _as_count(details)
            if number is None:
                what = sentence("%(found)s is no whole number", found=repr(details))
                self.add(place, what, sentence("Give a whole number."))
                return Choice(code)
            return Choice(code, number)
        text, language = self.read_text(f"{place}.details", details)
        return Choice(code, text, language if text else None)

    def read_text(self, place: str, raw: Any) -> tuple[str | None, str | None]:
        """The words and their language of a plain or multilingual text; (None, None) if empty."""
        if isinstance(raw, str):
            words = raw if raw.strip() else None
            return words, (self.languages[0] if words and self.languages else None)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return str(raw), None
        if not isinstance(raw, Mapping):
            what = sentence("a text is needed, found %(found)s", found=type(raw).__name__)
            self.add(place, what, sentence('Write {"en": "..."}.'))
            return None, None
        said: dict[str, str] = {}
        for language, words in raw.items():
            if language not in _KNOWN_LANGUAGES:
                what = sentence("unknown language %(found)s", found=repr(language))
                self.add(f"{place}.{language}", what, use_one_of(LANGUAGES))
            elif not isinstance(words, str):
                what = sentence("the text is no text")
                self.add(f"{place}.{language}", what, sentence("Put the words in quotes."))
            elif not words.strip():
                what = sentence("the text is empty")
                remedy = sentence("Remove the language or write the text.")
                self.add(f"{place}.{language}", what, remedy, "warning")
            else:
                said[language] = words
        for language in (*self.languages, "en", *said):
            if language in said:
                return said[language], language
        return None, None


def use_one_of(known: Iterable[Argument]) -> Sentence:
    """The remedy that names what may stand somewhere."""
    return sentence("Use one of: %(known)s.", known=listed(known))


def find_details(raw: Mapping[str, Any]) -> Any:
    """What was written beside an option, under any of its names."""
    return next((raw[key] for key in _DETAILS if raw.get(key) is not None), None)


def _as_code(value: Any) -> str | None:
    """An option code as text: older reports hold true and false, or a year as a number."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) else None


def _as_count(value: Any) -> str | None:
    """A whole number of 0 or more as text, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value) if value >= 0 else None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return str(int(value))
    return None


@dataclass(frozen=True, slots=True)
class Gate:
    """What switches one question off: a heading that is off, or a condition that does not hold.

    `words` are those of the conditions, one for one.
    """

    key: str
    parent: str | None
    conditions: tuple[Condition, ...]
    words: tuple[Sentence, ...]


class Plan:
    """What is worked out once per format so that thousands of reports are read quickly."""

    def __init__(self, shape: Format) -> None:
        self.questions = shape.in_document
        self.codes = {key: _index_codes(question) for key, question in self.questions.items()}
        self.exclusive = {
            key: frozenset(option.code for option in question.options if option.exclusive)
            for key, question in self.questions.items()
        }
        self.gates = tuple(
            Gate(
                key, question.parent, question.conditions, tuple(map(_explain, question.conditions))
            )
            for key, question in self.questions.items()
            if question.conditions or question.parent
        )
        self.mandatory = tuple(
            key
            for key, question in self.questions.items()
            if question.mandatory and not question.is_structural and question.section
        )


def _index_codes(question: Question) -> Mapping[str, str]:
    lower = {option.code.lower(): option.code for option in question.options}
    return {**lower, **{option.code: option.code for option in question.options}}


@lru_cache(maxsize=64)
def get_plan(shape: Format) -> Plan:
    """The plan of a format, worked out once."""
    return Plan(shape)


def find_switched_off(plan: Plan, answers: Mapping[str, Choices]) -> dict[str, Sentence]:
    """Question -> why it is not asked. An answer that is itself switched off opens nothing.

    Conditions only look back (a test holds it), so that one pass in printed order is enough.
    """
    off: dict[str, Sentence] = {}
    for gate in plan.gates:
        if gate.parent in off:
            off[gate.key] = off[gate.parent]
            continue
        for condition, words in zip(gate.conditions, gate.words, strict=True):
            if not _holds(condition, answers, off):
                off[gate.key] = words
                break
    return off


def _holds(
    condition: Condition, answers: Mapping[str, Choices], off: Mapping[str, Sentence]
) -> bool:
    for requirement in condition.any_of:
        given = answers.get(requirement.question, ())
        if not given or requirement.question in off:
            continue
        values = requirement.values
        if values is None:
            return True
        if condition.rule == "@hasValuesExcept":
            if not any(choice.option in values for choice in given):
                return True
        elif condition.rule == "@hasAdditionalValues":
            if any(choice.option in values and choice.text for choice in given):
                return True
        elif any(choice.option in values for choice in given):
            return True
    return False


def _explain(condition: Condition) -> Sentence:
    """The condition in words: "asked only if Q071_a is true, or Q071_b is true"."""
    parts: list[Sentence] = []
    for requirement in condition.any_of:
        said = {
            "question": requirement.question,
            "codes": alternatives(sorted(requirement.values or ())),
        }
        if requirement.values is None:
            part = sentence("%(question)s is answered", question=requirement.question)
        elif condition.rule == "@hasValuesExcept":
            part = sentence("%(question)s is answered with anything but %(codes)s", **said)
        elif condition.rule == "@hasAdditionalValues":
            part = sentence("%(question)s gives a figure for %(codes)s", **said)
        else:
            part = sentence("%(question)s is %(codes)s", **said)
        parts.append(part)
    known = reduce(lambda a, b: sentence("%(before)s, or %(last)s", before=a, last=b), parts)
    return sentence("asked only if %(conditions)s", conditions=known)
