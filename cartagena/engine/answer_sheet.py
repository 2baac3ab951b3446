"""A report as cells: the one form in which a page, a workbook and a Word document hold answers.

    Q014                    the chosen option of a question with one answer, or a whole number
    Q015/instrument.none    "x" when an option out of several is chosen
    Q020#fr                 words in a language
    Q016/true#fr            words beside an option
    Q036/3B9ECE67-...#n     the figure beside an option
    stakeholders#fr, reportPeriodStartDate, contact     fields of the head of the report

`write_cells` gives the cells of a body. `read_cells` gives the changes that filled cells mean for a
body: what was not touched keeps the form it had, whatever that was. So whatever a page accepts, a
workbook accepts, and the other way round.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from cartagena.engine.answer_values import AnswerProblem, find_details, use_one_of
from cartagena.engine.questionnaire import LANGUAGES, Format, HeaderField, Option, Question
from cartagena.engine.sentence import Sentence, listed_apart, sentence

Cells = Mapping[str, str]

MARK = "x"
FIGURE = "n"
_MARKED = frozenset(
    {
        "x", "х", "✓", "✔", "☑", "☒", "√", "v", "1", "true", "yes", "y", "oui", "o", "sí", "si",
        "да", "是", "نعم",
    }
)  # fmt: skip
_UNMARKED = frozenset({"", "0", "false", "no", "n", "non", "нет", "否", "لا", "☐", "-"})
_OWN_FILE = sentence("Use the file that was made for this report.")
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NUMBERED = re.compile(r"^\s*\d+\s*[.)]\s+")


@dataclass(frozen=True)
class CellKey:
    """The parts of a key: the field (question or field of the head), an option, and what stands in
    the cell: a language, `n` for a figure, or nothing for a choice, a mark, a number or a day.
    """

    field: str
    option: str | None = None
    part: str | None = None

    def __str__(self) -> str:
        option = "" if self.option is None else f"/{self.option}"
        return f"{self.field}{option}{'' if self.part is None else f'#{self.part}'}"


def parse_key(text: str) -> CellKey:
    """The parts of a key as it is written; anything is read, known or not."""
    name, _, part = text.partition("#")
    field, slash, option = name.partition("/")
    return CellKey(field, option if slash else None, part or None)


def write_cells(shape: Format, body: Mapping[str, Any]) -> dict[str, str]:
    """The filled cells of a body, in the order of the form. Values that cannot be read as an option
    are left out; dates and figures stand as they were typed.
    """
    cells: dict[str, str] = {}
    for field in list_header_fields(shape):
        cells.update(_write_header(field, body.get(field.field)))
    for key, question in shape.in_document.items():
        raw = body.get(key)
        if raw is not None and not question.is_structural:
            cells.update(_write_answer(question, raw))
    return cells


def list_header_fields(shape: Format) -> tuple[HeaderField, ...]:
    """The fields of the head that a Party fills in: not the government, not the private notes, not
    the questions that stand there.
    """
    return tuple(
        field
        for field in shape.header
        if field.type in ("lstring", "date", "reference") and field.field not in shape.by_key
    )


def read_cells(
    shape: Format, body: Mapping[str, Any], cells: Cells
) -> tuple[dict[str, Any], list[AnswerProblem]]:
    """What filled cells change in a body: field -> new value (None: no longer answered), and what
    could not be understood, each with the key of its cell as place.

    A cell that is not given stays as it is; one that is given empty is cleared. What is not
    understood changes nothing.
    """
    before = write_cells(shape, body)
    reader = _CellReader(shape)
    given: dict[str, dict[str, str]] = {}
    for name, text in cells.items():
        if text and text == before.get(name):
            continue
        read = reader.read(name, text)
        if read is not None and _plain(before.get(name, "")) != _plain(read):
            given.setdefault(parse_key(name).field, {})[name] = read
    changes: dict[str, Any] = {}
    headers = {field.field: field for field in list_header_fields(shape)}
    for field, changed in given.items():
        kept = {name: text for name, text in before.items() if parse_key(name).field == field}
        merged = {name: text for name, text in {**kept, **changed}.items() if text}
        if field in headers:
            changes[field] = _build_header(headers[field], merged)
        else:
            changes[field] = _build_answer(shape, shape.in_document[field], merged)
    return changes, reader.problems


def find_option(question: Question, text: str) -> str | None:
    """The code of the option that a text names: its code, or its label in any language, with or
    without the number it was printed with; None when it names none or several.
    """
    wanted = _fold(text)
    codes, labels = _index(question)
    if wanted in codes:
        return codes[wanted]
    found = labels.get(wanted) or labels.get(_fold(_NUMBERED.sub("", text)))
    return next(iter(found)) if found is not None and len(found) == 1 else None


class _CellReader:
    """Brings what was typed into the form of `write_cells`; gathers what cannot be."""

    def __init__(self, shape: Format) -> None:
        self._questions = shape.in_document
        self._headers = {field.field: field for field in list_header_fields(shape)}
        self.problems: list[AnswerProblem] = []

    def read(self, name: str, text: str) -> str | None:
        key = parse_key(name)
        text = text.strip()
        if key.part is not None and key.part not in (*LANGUAGES, FIGURE):
            what = sentence("%(found)s is no language", found=repr(key.part))
            self._refuse(name, what, use_one_of(LANGUAGES))
            return None
        header = self._headers.get(key.field)
        if header is not None:
            return self._read_day(name, text) if header.type == "date" else text
        question = self._questions.get(key.field)
        if question is None or question.is_structural:
            what = sentence("the form has no question %(found)s", found=repr(key.field))
            self._refuse(name, what, _OWN_FILE)
            return None
        if key.option is not None:
            return self._read_of_option(question, key, name, text)
        if key.part is not None and question.is_closed:
            what = sentence("the question takes no words beside its answer")
            remedy = sentence("Put them where the form asks for words, and clear the cell.")
            if text:
                self._refuse(name, what, remedy)
                return None
            return ""
        if not question.is_closed:
            return _as_digits(text) if question.type == "int" else text
        return self._read_choice(question, name, text)

    def _read_day(self, name: str, text: str) -> str | None:
        found = _DAY.fullmatch(text)
        try:
            if not found:
                return datetime.fromisoformat(text).date().isoformat() if text else ""
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            what = sentence("“%(found)s” is no day", found=_cut(text))
            self._refuse(name, what, sentence("Write it as year-month-day, such as 2019-03-31."))
            return None

    def _read_choice(self, question: Question, name: str, text: str) -> str | None:
        if not text:
            return ""
        code = find_option(question, text)
        if code is not None:
            return code
        remedy = sentence(
            "Choose one of: %(labels)s. Leave it empty if there is no answer.",
            labels=listed_apart(option.label for option in question.options[:8]),
        )
        what = sentence("“%(found)s” is none of the options", found=_cut(text))
        self._refuse(name, what, remedy)
        return None

    def _read_of_option(self, question: Question, key: CellKey, name: str, text: str) -> str | None:
        codes, _labels = _index(question)
        if codes.get(_fold(key.option or "")) != key.option:
            what = sentence("the question has no option %(found)s", found=repr(key.option))
            self._refuse(name, what, _OWN_FILE)
            return None
        if key.part is not None:
            return _as_digits(text) if key.part == FIGURE else text
        if _fold(text) in _MARKED:
            return MARK
        if _fold(text) in _UNMARKED:
            return ""
        what = sentence("“%(found)s” does not say whether the option is chosen", found=_cut(text))
        remedy = sentence("Write x for an option that is chosen, nothing otherwise.")
        self._refuse(name, what, remedy)
        return None

    def _refuse(self, name: str, what: Sentence, remedy: Sentence) -> None:
        self.problems.append(AnswerProblem(name, what, remedy))


def _write_header(field: HeaderField, raw: Any) -> Iterator[tuple[str, str]]:
    if raw is None:
        return
    if field.type == "lstring":
        for language, words in read_words(raw).items():
            yield f"{field.field}#{language}", words
    elif field.type == "reference":
        items = raw if isinstance(raw, list | tuple) else (raw,)
        names = [item.get("identifier") if isinstance(item, Mapping) else item for item in items]
        if joined := " ".join(name for name in names if isinstance(name, str) and name):
            yield field.field, joined
    elif isinstance(raw, str) and raw:
        yield field.field, raw


def _write_answer(question: Question, raw: Any) -> Iterator[tuple[str, str]]:
    key = question.key
    if question.is_text:
        for language, words in read_words(raw).items():
            yield f"{key}#{language}", words
        return
    if question.type == "int":
        value = raw.get("value") if isinstance(raw, Mapping) else raw
        if value is not None and value != "":
            yield key, str(value)
        return
    for code, details in _list_choices(question, raw):
        yield (f"{key}/{code}", MARK) if question.multiple else (key, code)
        if details is None:
            continue
        if question.option(code).free_text == "int":
            yield f"{key}/{code}#{FIGURE}", str(details)
        else:
            for language, words in read_words(details).items():
                yield f"{key}/{code}#{language}", words


def _list_choices(question: Question, raw: Any) -> Iterator[tuple[str, Any]]:
    """The chosen options with what stands beside each, whatever the shape of the answer."""
    beside = None
    if isinstance(raw, Mapping) and "options" in raw and "identifier" not in raw:
        beside, raw = find_details(raw), raw["options"]
    items = raw if isinstance(raw, list | tuple) else (raw,)
    codes, _labels = _index(question)
    for item in items:
        value = item
        details = None
        if isinstance(item, Mapping):
            value = item.get("value", item.get("identifier"))
            details = find_details(item)
        text = str(value).lower() if isinstance(value, bool) else value
        code = codes.get(_fold(str(text))) if text is not None else None
        if code is not None:
            yield code, details if details is not None else beside
            beside = None


def read_words(raw: Any) -> dict[str, str]:
    """Language -> words of a text, in the order of the languages; a plain text is English."""
    if isinstance(raw, Mapping) and "value" in raw:
        raw = raw["value"]
    if isinstance(raw, str):
        return {"en": raw} if raw.strip() else {}
    if not isinstance(raw, Mapping):
        return {}
    words = {code: raw.get(code) for code in LANGUAGES}
    return {code: said for code, said in words.items() if isinstance(said, str) and said.strip()}


def _build_header(field: HeaderField, cells: Cells) -> Any:
    if field.type == "lstring":
        return _build_words(cells) or None
    text = cells.get(field.field)
    if text and field.type == "reference":
        items = [{"identifier": name} for name in re.split(r"[\s,;]+", text) if name]
        return items[0] if len(items) == 1 else items
    return text or None


def _build_words(cells: Cells) -> dict[str, str]:
    return {parse_key(name).part or "en": words for name, words in cells.items()}


def _build_answer(shape: Format, question: Question, cells: Cells) -> Any:
    if question.is_text:
        words = _build_words(cells)
        if not words:
            return None
        return {"value": words} if shape.answer_shape == "wrapped" else words
    if question.type == "int":
        text = cells.get(question.key, "")
        return {"value": int(text) if text.isdigit() else text} if text else None
    if question.multiple:
        chosen = [o for o in question.options if cells.get(f"{question.key}/{o.code}")]
    else:
        chosen = [o for o in question.options if o.code == cells.get(question.key)]
    items = [_build_choice(shape, question, option, cells) for option in chosen]
    if not items:
        return None
    if not question.multiple:
        return items[0]
    return {"options": items} if shape.answer_shape == "identifier" else items


def _build_choice(shape: Format, question: Question, option: Option, cells: Cells) -> Any:
    old = shape.answer_shape == "identifier"
    built: dict[str, Any] = {"identifier" if old else "value": option.code}
    start = f"{question.key}/{option.code}#"
    beside = {name.removeprefix(start): text for name, text in cells.items()
              if name.startswith(start) and text}  # fmt: skip
    figure = beside.pop(FIGURE, None)
    details: Any = beside
    if figure is not None:
        details = int(figure) if figure.isdigit() else figure
    if details:
        name = ("customValue" if question.multiple else "details") if old else None
        built[name or "additionalInformation"] = details
    return built


@lru_cache(maxsize=4096)
def _index(question: Question) -> tuple[Mapping[str, str], Mapping[str, frozenset[str]]]:
    """Folded code -> code, and folded label -> the codes that bear it in some language."""
    codes = {_fold(option.code): option.code for option in question.options}
    labels: dict[str, frozenset[str]] = {}
    for option in question.options:
        for _language, label in option.label.pairs:
            name = _fold(label)
            labels[name] = labels.get(name, frozenset()) | {option.code}
    return codes, labels


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _plain(text: str) -> str:
    """A text without what files change by themselves: line ends and space around it."""
    return text.replace("\r\n", "\n").strip()


def _as_digits(text: str) -> str:
    """A whole number in the digits of any script as plain digits; anything else as it was typed."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if bare and all(character.isdecimal() for character in bare):
        return str(int(bare))
    return text


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
