"""National reports out of a simple table: one row for each chosen option or text.

Columns: party, cycle, question, option, value; and, where known, identifier and published_on. Rows
of one Party and cycle make one report; the survey of 2014 travels with the second report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cartagena.apps.registry.imports.documents import Document
from cartagena.apps.registry.imports.files import SourceFile
from cartagena.apps.registry.imports.limits import Limits
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.tables import read_table
from cartagena.engine.answers import Answer, build_body
from cartagena.engine.countries import Country, find_country
from cartagena.engine.questionnaire import Format, list_cycles, load_format

COLUMNS = ("party", "cycle", "question")
OPTIONAL = ("option", "value", "identifier", "published_on")

_CYCLE = re.compile(r"^(?:cpb)?nationalreport([2-5])$")


@dataclass
class _Draft:
    """A report as its rows come in. ``faults`` are problems that keep it out."""

    shape: Format
    country: Country
    place: str
    identifier: str
    published_on: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    faults: list[ImportProblem] = field(default_factory=list)


def read_report_table(
    file: SourceFile, limits: Limits
) -> Iterator[Document | ImportProblem | list[ImportProblem]]:
    """A document for each report of a table. A list of problems stands for a report kept out."""
    drafts: dict[tuple[str, str], _Draft] = {}
    for row in read_table(file, COLUMNS, OPTIONAL, limits):
        if isinstance(row, ImportProblem):
            yield row
            continue
        place, cells = row
        problem = _add_row(file.name, place, cells, drafts)
        if problem is not None:
            yield problem
    for draft in drafts.values():
        yield draft.faults or _make_document(file.name, draft)


def _add_row(
    file: str, place: str, cells: dict[str, str], drafts: dict[tuple[str, str], _Draft]
) -> ImportProblem | None:
    """Put a row into its report. A row whose report cannot be told is a problem of its own."""
    country = find_country(cells["party"]) if cells["party"] else None
    if country is None:
        what = f"no country is named {cells['party'][:60]!r}"
        return ImportProblem(file, place, what, "Write its ISO code or name.", question="party")
    cycle = _find_cycle(cells["cycle"])
    if cycle is None:
        what = f"there is no reporting cycle {cells['cycle'][:60]!r}"
        remedy = f"Use one of {', '.join(list_cycles())}."
        return ImportProblem(file, place, what, remedy, question="cycle")
    shape = load_format(load_format(cycle).document)
    draft = drafts.get((shape.cycle, country.code))
    if draft is None:
        name = f"TABLE-{shape.cycle.upper()}-{country.code}"
        draft = _Draft(shape, country, place, cells.get("identifier") or name)
        drafts[shape.cycle, country.code] = draft
    draft.published_on = draft.published_on or cells.get("published_on", "")
    fault = _add_answer(draft, cells, cycle)
    if fault is not None:
        what, remedy = fault
        draft.faults.append(
            ImportProblem(file, place, what, remedy, "error", cells["question"], draft.identifier)
        )
    return None


def _find_cycle(text: str) -> str | None:
    """``nr4``, ``NR4``, ``4`` or ``cpbNationalReport4``; ``survey2014``."""
    plain = re.sub(r"[\s_-]", "", text.casefold())
    match = _CYCLE.match(plain)
    plain = f"nr{match[1]}" if match else f"nr{plain}" if plain in "2345" else plain
    return plain if plain in list_cycles() else None


def _add_answer(draft: _Draft, cells: dict[str, str], cycle: str) -> tuple[str, str] | None:
    """Add one row's answer; what is wrong with it and the remedy, if anything."""
    key, option, value = cells["question"], cells.get("option", ""), cells.get("value", "")
    question = draft.shape.in_document.get(key)
    if question is None:
        return f"{cycle} has no question {key[:40]!r}", "Check the key and the cycle."
    if question.is_structural:
        return "a heading takes no answer", "Answer the questions below it."
    if not option and not value:
        return None  # an empty answer is silence
    if not question.is_closed:
        if option:
            return "it takes a text or a number, not an option", "Write it under value."
        if key in draft.answers:
            return "it is answered twice", "Keep one row."
        if question.type == "int" and not value.isdecimal():
            return f"{value[:40]!r} is no whole number", "Write a whole number, 0 or more."
        draft.answers[key] = value
        return None
    code, text = (option, value) if option else (value, "")
    return _add_option(draft, key, code, text)


def _add_option(draft: _Draft, key: str, code: str, text: str) -> tuple[str, str] | None:
    question = draft.shape.in_document[key]
    known = {o.code.lower(): o for o in question.options}.get(code.lower())
    if known is None:
        listed = ", ".join(o.code for o in question.options[:8])
        return f"unknown option {code[:60]!r}", f"Use one of: {listed}."
    if text and known.free_text == "int" and not text.isdecimal():
        return f"{text[:40]!r} is no whole number", "Write a whole number under value."
    chosen = draft.answers.setdefault(key, [])
    assert isinstance(chosen, list)
    if any((item if isinstance(item, str) else item[0]) == known.code for item in chosen):
        return f"the option {known.code} is chosen twice", "Keep one row."
    if chosen and not question.multiple:
        return "one answer is allowed, found a second", "Keep one row."
    chosen.append((known.code, text) if text else known.code)
    return None


def _make_document(file: str, draft: _Draft) -> Document:
    header = {
        "identifier": draft.identifier,
        "languages": ["en"],
        "government": draft.country.clearing_house_code,
    }
    content: dict[str, object] = {"body": build_body(draft.shape, draft.answers, header)}
    if draft.published_on:
        content["submittedOn"] = draft.published_on
    return Document(file, draft.place, content)
