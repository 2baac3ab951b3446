"""National reports as documents: checked, flattened into rows, and built from answers.

A body has the Clearing-House's own form: `header` (identifier, schema, languages), `government`
(`{"identifier": "ke"}`), dates, and one field per question. `validate_body` finds every problem,
`flatten_body` gives the rows of the fact table `answer`, `build_body` is its inverse.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cartagena.engine.answer_values import (
    AnswerProblem,
    Choice,
    Choices,
    Plan,
    ValueReader,
    find_switched_off,
    get_plan,
    use_one_of,
)
from cartagena.engine.questionnaire import LANGUAGES, Format, Question
from cartagena.engine.sentence import Sentence, counted, listed, sentence

__all__ = [
    "AnswerProblem",
    "AnswerRow",
    "Answers",
    "Choice",
    "build_body",
    "collect_answers",
    "flatten_body",
    "read_value",
    "split_sources",
    "switched_off",
    "validate_body",
]

Answer = str | int | Sequence[str | tuple[str, str]]
Answers = Mapping[str, Answer]
"""Question -> a text, a number, or the chosen codes; a code with its text is a pair."""

NOT_ANSWERED = sentence("a mandatory question is not answered")

_IDENTIFIER = re.compile(r"^[A-Za-z0-9_-]{11,128}$")
_QUESTION = re.compile(r"^[QS]\d{3}(_\w+)?$")
_COUNTRY = re.compile(r"^[a-z]{2}$")
_COMMON_FIELDS = frozenset(
    {
        "header",
        "government",
        "contact",
        "stakeholders",
        "date",
        "reportPeriodStartDate",
        "reportPeriodEndDate",
        "notes",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class AnswerRow:
    """One chosen option or one text, as in the fact table `answer`.

    A closed answer has one row per option; what was written beside an option stands in that row's
    `text`. A text or number has one row with `option` None: the words in the first of the report's
    languages that has any (the body keeps the others), named in `language`.
    """

    question: str
    option: str | None
    text: str | None = None
    language: str | None = None


def validate_body(shape: Format, body: Any) -> list[AnswerProblem]:
    """Everything wrong in one report, in the order of the document; warnings included.

    Missing mandatory answers, empty texts and fields that nobody reads are warnings: an old report
    must not be refused for them. Whether the government is a Party is not known here.
    """
    if not isinstance(body, Mapping):
        found = type(body).__name__
        what = sentence("a report is a JSON object, found %(found)s", found=found)
        return [AnswerProblem("$", what, sentence("Give one report as {...}."))]
    plan = get_plan(shape)
    reader = ValueReader(_read_languages(body))
    _check_header(shape, body, reader)
    _check_fields(shape, body, reader)
    answers = _read_answers(shape, body, plan, reader)
    _check_choices(plan, answers, reader)
    off = find_switched_off(plan, answers)
    for key in answers:
        if key in off:
            what = sentence("the question is not asked: %(why)s", why=off[key])
            reader.add(key, what, sentence("Remove the answer."))
    for key in plan.mandatory:
        if key not in answers and key not in off:
            remedy = sentence("Answer it; silence counts as unknown.")
            reader.add(key, NOT_ANSWERED, remedy, "warning")
    return reader.problems


def _read_languages(body: Mapping[str, Any]) -> tuple[str, ...]:
    header = body.get("header")
    found = header.get("languages") if isinstance(header, Mapping) else None
    if not isinstance(found, list | tuple):
        return ()
    return tuple(language for language in found if language in LANGUAGES)


def _check_header(shape: Format, body: Mapping[str, Any], reader: ValueReader) -> None:
    header = body.get("header")
    if not isinstance(header, Mapping):
        remedy = sentence("Add {identifier, schema, languages}.")
        reader.add("header", sentence("the report has no header"), remedy)
    else:
        identifier = header.get("identifier")
        if not isinstance(identifier, str) or not _IDENTIFIER.match(identifier):
            what = sentence("%(found)s identifies no record", found=repr(identifier))
            remedy = sentence("Give the record's GUID: 11 to 128 letters, digits, - or _.")
            reader.add("header.identifier", what, remedy)
        if header.get("schema") != shape.schema:
            what = sentence(
                "the schema is %(found)s, not %(wanted)s",
                found=repr(header.get("schema")), wanted=repr(shape.schema),
            )  # fmt: skip
            remedy = sentence("Read it with the format of its own cycle.")
            reader.add("header.schema", what, remedy)
        _check_languages(header.get("languages"), reader)
    government = body.get("government")
    code = government.get("identifier") if isinstance(government, Mapping) else government
    if not isinstance(code, str) or not _COUNTRY.match(code):
        what = sentence("%(found)s names no government", found=repr(code))
        remedy = sentence(
            'Write {"identifier": "ke"}: the ISO code of two small letters, eu for the EU.'
        )
        reader.add("government", what, remedy)


def _check_languages(languages: Any, reader: ValueReader) -> None:
    place = "header.languages"
    if not isinstance(languages, list | tuple) or not languages:
        what = sentence("no language is named")
        reader.add(place, what, sentence('Write for example ["en"].'))
        return
    for language in languages:
        if language not in LANGUAGES:
            what = sentence("unknown language %(found)s", found=repr(language))
            reader.add(place, what, use_one_of(LANGUAGES))


def _check_fields(shape: Format, body: Mapping[str, Any], reader: ValueReader) -> None:
    """Header fields by type; the dates must be in order. Questions are read elsewhere."""
    types = {field.field: field.type for field in shape.header}
    for name in ("date", "reportPeriodStartDate", "reportPeriodEndDate"):
        types.setdefault(name, "date")
    dates: dict[str, date] = {}
    for name, kind in types.items():
        raw = body.get(name)
        if raw is None:
            continue
        if kind == "date":
            found = _read_date(raw)
            if found is None:
                what = sentence("%(found)s is no date", found=repr(raw))
                reader.add(name, what, sentence("Write YYYY-MM-DD."))
            else:
                dates[name] = found
        elif kind == "lstring" and name not in shape.by_key:
            reader.read_text(name, raw)
    start, end = dates.get("reportPeriodStartDate"), dates.get("reportPeriodEndDate")
    if start and end and end < start:
        what = sentence("the reporting period ends before it begins")
        reader.add("reportPeriodEndDate", what, sentence("Correct one of the two dates."))
    for field in shape.header:
        if field.required and field.field != "government" and body.get(field.field) is None:
            what = sentence("a required field is missing")
            reader.add(field.field, what, sentence("Add it."), "warning")


def _read_date(raw: Any) -> date | None:
    if not isinstance(raw, str):
        return None
    try:
        return date.fromisoformat(raw) if len(raw) == 10 else datetime.fromisoformat(raw).date()
    except ValueError:
        return None


def _read_answers(
    shape: Format, body: Mapping[str, Any], plan: Plan, reader: ValueReader
) -> dict[str, Choices]:
    """Question -> what was answered, in the order of the format; unknown fields are problems."""
    known_fields = _COMMON_FIELDS | {field.field for field in shape.header}
    for key in body:
        if key in plan.questions or key in known_fields:
            continue
        if _QUESTION.match(str(key)):
            what = sentence("%(cycle)s has no question %(key)s", cycle=shape.cycle, key=str(key))
            reader.add(str(key), what, sentence("Check the key and the cycle of the report."))
        else:
            what = sentence("unknown field")
            remedy = sentence("Nothing reads it; remove it or correct its name.")
            reader.add(str(key), what, remedy, "error" if shape.header else "warning")
    answers: dict[str, Choices] = {}
    for key, question in plan.questions.items():
        raw = body.get(key)
        if raw is None:
            continue
        if question.is_structural:
            what = sentence("a heading takes no answer")
            reader.add(key, what, sentence("Answer the questions below it."))
            continue
        choices = reader.read(question, raw, plan.codes[key])
        if choices:
            answers[key] = choices
    return answers


def _check_choices(plan: Plan, answers: Mapping[str, Choices], reader: ValueReader) -> None:
    """One answer where one is allowed, no exclusive option with others, no option twice."""
    for key, choices in answers.items():
        if len(choices) < 2:
            continue
        codes = [choice.option for choice in choices]
        if not plan.questions[key].multiple:
            what = counted(
                "one answer is allowed, found %(count)s: %(codes)s",
                "one answer is allowed, found %(count)s: %(codes)s",
                len(codes), codes=listed(map(str, codes)),
            )  # fmt: skip
            reader.add(key, what, sentence("Keep one."))
        elif len(set(codes)) < len(codes):
            reader.add(key, sentence("an option is chosen twice"), sentence("Keep it once."))
        for code in plan.exclusive[key].intersection(codes):
            what = sentence("%(code)s cannot go with other options", code=code)
            reader.add(key, what, sentence("Keep it alone or remove it."))


def flatten_body(shape: Format, body: Mapping[str, Any]) -> list[AnswerRow]:
    """The rows of one report in the order of the format, carried sources included.

    What cannot be read is left out: validate first. See AnswerRow for what a row holds.
    """
    plan = get_plan(shape)
    reader = ValueReader(_read_languages(body))
    return [
        AnswerRow(key, choice.option, choice.text, choice.language)
        for key, choices in _read_answers(shape, body, plan, reader).items()
        for choice in choices
    ]


def split_sources(
    rows: Iterable[AnswerRow], shape: Format | None = None
) -> dict[str, list[AnswerRow]]:
    """Source -> its rows. Without a format, S keys belong to survey2014 and the rest to nr2."""
    found: dict[str, list[AnswerRow]] = {}
    for row in rows:
        if shape is not None:
            source = shape.in_document[row.question].cycle
        else:
            source = "survey2014" if row.question.startswith("S") else "nr2"
        found.setdefault(source, []).append(row)
    return found


def read_value(question: Question, raw: Any, languages: Sequence[str] = ()) -> Choices:
    """One raw value in normal form: `true` becomes the code "true", an old wrapper falls away.

    Raises ValueError with every problem of the value.
    """
    reader = ValueReader(languages)
    codes = {o.code.lower(): o.code for o in question.options}
    choices = reader.read(question, raw, {**codes, **{o.code: o.code for o in question.options}})
    errors = [str(problem) for problem in reader.problems if problem.severity == "error"]
    if errors:
        raise ValueError("; ".join(errors))
    return choices


def switched_off(shape: Format, answers: Answers) -> dict[str, Sentence]:
    """Question -> why it is not asked, given the other answers. Headings are among the keys."""
    return find_switched_off(get_plan(shape), {k: _as_choices(v) for k, v in answers.items() if v})


def _as_choices(answer: Answer) -> Choices:
    if isinstance(answer, str | int):
        return (Choice(None, str(answer)),)
    return tuple(Choice(item) if isinstance(item, str) else Choice(*item) for item in answer)


def collect_answers(rows: Iterable[AnswerRow]) -> dict[str, Answer]:
    """The rows of one report as answers: the form that `build_body` takes."""
    found: dict[str, Answer] = {}
    for row in rows:
        if row.option is None:
            found[row.question] = row.text or ""
        else:
            item = row.option if row.text is None else (row.option, row.text)
            chosen = found.setdefault(row.question, [])
            assert isinstance(chosen, list)
            chosen.append(item)
    return found


def build_body(shape: Format, answers: Answers, header: Mapping[str, Any]) -> dict[str, Any]:
    """A report in the Clearing-House's form from answers.

    `header` has `identifier`, `languages` and `government` (two small letters), and may have
    further fields of the report (`stakeholders`, `reportPeriodStartDate`, ...), taken as they are.
    Texts are written in the first language. Raises KeyError for a question or option that does not
    exist.
    """
    languages = list(header["languages"])
    body: dict[str, Any] = {
        "header": {
            "identifier": header["identifier"],
            "schema": shape.schema,
            "languages": languages,
        },
        "government": {"identifier": header["government"]},
    }
    own = {"identifier", "languages", "government"}
    body.update({name: value for name, value in header.items() if name not in own})
    questions = shape.in_document
    unknown = [key for key in answers if key not in questions]
    if unknown:
        raise KeyError(f"{shape.cycle} has no question {', '.join(unknown)}")
    for key, question in questions.items():
        answer = answers.get(key)
        if answer is not None and answer != "" and answer != []:
            body[key] = _build_answer(shape, question, answer, languages[0])
    return body


def _build_answer(shape: Format, question: Question, answer: Answer, language: str) -> Any:
    if question.is_text:
        words = {language: str(answer)}
        return {"value": words} if shape.answer_shape == "wrapped" else words
    if question.type == "int":
        return {"value": int(str(answer))}
    if isinstance(answer, str | int):
        raise TypeError(f"{question.key} is answered with a list of option codes")
    items = [_build_choice(shape, question, choice, language) for choice in _as_choices(answer)]
    if not question.multiple and len(items) == 1:
        return items[0]
    return {"options": items} if shape.answer_shape == "identifier" else items


def _build_choice(shape: Format, question: Question, choice: Choice, language: str) -> Any:
    code = choice.option or ""
    option = question.option(code)
    old = shape.answer_shape == "identifier"
    built: dict[str, Any] = {"identifier" if old else "value": code}
    if choice.text is not None:
        details: Any = {language: choice.text}
        if option.free_text == "int":
            details = int(choice.text)
        name = ("customValue" if question.multiple else "details") if old else None
        built[name or "additionalInformation"] = details
    return built
