"""One published report as its page, its PDF and its files show it: sections, questions, answers."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cartagena.apps.portal.presenters.report_changes import (
    ORDER,
    Change,
    change_words,
    list_changes,
)
from cartagena.apps.portal.record_lists import RecordHead
from cartagena.apps.portal.report_reads import Explanation, ReportEvent, StoredReport
from cartagena.engine.answer_sheet import (
    FIGURE,
    CellKey,
    list_header_fields,
    parse_key,
    write_cells,
)
from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import Format, HeaderField, Question, load_format
from cartagena.engine.report_rules import Finding, describe_question
from cartagena.engine.reporting_cycle import load_reporting_cycles
from cartagena.engine.text import Text

HEAD = "head"
FORMAT = "format"
SECRETARIAT = "secretariat"
LANGUAGES = tuple((code.split("-")[0], str(name)) for code, name in settings.LANGUAGES)

Words = tuple[tuple[str, str], ...]
"""(language, words); the language is empty where the report does not say it."""


@dataclass(frozen=True, kw_only=True)
class ChosenOption:
    """An option that was chosen, with what was written beside it."""

    code: str
    label: Text
    words: Words = ()
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """One question with the Party's answer.

    `name` is its number with that of its parent, "112 (f)". `value` is a number or what could not
    be read otherwise; a day and records of the head stand in `day` and `records`.
    `is_gap`: it must be answered and is not. `notes` are those of the rules, `explanations` those
    of the Party.
    """

    key: str
    number: str
    label: Text
    name: str = ""
    question: Question | None = None
    is_heading: bool = False
    is_gap: bool = False
    options: tuple[ChosenOption, ...] = ()
    words: Words = ()
    value: str = ""
    day: dt.date | None = None
    records: tuple[RecordHead, ...] = ()
    change: Change | None = None
    explanations: tuple[Explanation, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.options or self.words or self.value or self.day or self.records)


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section of a report without the questions that are not asked."""

    key: str
    label: Text | str
    rows: tuple[QuestionRow, ...]

    @property
    def answered(self) -> int:
        return sum(row.is_answered for row in self.rows)

    @property
    def gaps(self) -> int:
        return sum(row.is_gap for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.change is not None and row.change.kind == "changed" for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note of the rules: where it leads, and whether it was found on the report's own day, on the
    day the page is seen from, or on both."""

    finding: Finding
    key: str
    name: str
    then: bool
    now: bool
    explanation: str
    explained_version: int | None
    records: tuple[RecordHead, ...]


class ReportView:
    """A published report in one language. `shape` is its form with the official wording."""

    def __init__(
        self, row: Mapping[str, Any], stored: StoredReport, shape: Format, received_on: dt.date
    ) -> None:
        self.row, self.stored, self.shape = row, stored, shape
        self.cycle = str(row["cycle"])
        self.received_on = received_on
        self.reporting = load_reporting_cycles().get(shape.document)

    @cached_property
    def cells(self) -> dict[str, str]:
        """The filled cells of the document, by name."""
        return write_cells(self.document, self.stored.body)

    @property
    def document(self) -> Format:
        """The form of the document that holds the report: the second carries the survey of 2014."""
        return self.shape if self.shape.document == self.cycle else load_format(self.shape.document)

    @cached_property
    def off(self) -> frozenset[str]:
        """The questions that are not asked, given the other answers."""
        answers = collect_answers(flatten_body(self.document, self.stored.body))
        return frozenset(switched_off(self.document, answers))

    @cached_property
    def changes(self) -> dict[str, Change]:
        """Question -> how its answer stands to the report before; empty without one."""
        if self.stored.previous is None:
            return {}
        asked = {key: q for key, q in self.shape.by_key.items() if key not in self.off}
        return list_changes(self.cycle, asked, self.cells, self.stored.previous)

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        """The head, where it says something, and the sections of the form."""
        head = (*self._list_head(), *map(self._make_row, self.shape.header_questions))
        parts = [SectionView(key=HEAD, label=_("About this report"), rows=head)] if head else []
        for section in self.shape.sections:
            asked = [q for q in section.questions if q.key not in self.off]
            rows = tuple(self._make_row(q) for q in _drop_bare_headings(asked))
            if rows:
                parts.append(SectionView(key=section.key, label=section.label, rows=rows))
        return tuple(parts)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @cached_property
    def gaps(self) -> tuple[QuestionRow, ...]:
        """The questions that must be answered and are not."""
        return tuple(row for part in self.sections for row in part.rows if row.is_gap)

    @cached_property
    def changed(self) -> tuple[QuestionRow, ...]:
        """The questions with another choice than before."""
        return tuple(
            row
            for part in self.sections
            for row in part.rows
            if row.change is not None and row.change.kind == "changed" and row.options
        )

    @cached_property
    def change_counts(self) -> list[tuple[str, int]]:
        """(words, number of questions) of each way to stand to the report before."""
        kinds = [change.kind for change in self.changes.values()]
        return [(change_words(kind), kinds.count(kind)) for kind in ORDER if kind in kinds]

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What the rules note about the answers of this cycle, in the order of the form."""
        then = {f.key: f for f in self._list_findings(self.stored.findings_then)}
        now = {f.key: f for f in self._list_findings(self.stored.findings_now)}
        said = {
            f"{each.rule}/{each.questions[0] if each.questions else ''}": each
            for each in self.stored.explanations
        }
        order = {key: place for place, key in enumerate(self.shape.by_key)}
        found = [
            self._make_note(finding, key in then, key in now, said.get(key))
            for key, finding in {**now, **then}.items()
        ]
        return tuple(sorted(found, key=lambda note: order.get(note.key, -1)))

    @property
    def event(self) -> ReportEvent | None:
        """The entry of the log with which this version was published."""
        return next(
            (e for e in self.stored.events
             if e.version == self.stored.version and e.action in ("publish", "amend")), None,
        )  # fmt: skip

    @property
    def is_by_secretariat(self) -> bool:
        """Whether the Secretariat entered this version on behalf of the Party."""
        return self.event is not None and self.event.role == SECRETARIAT

    @property
    def is_late(self) -> bool | None:
        """Whether it came after the due day; None where no day is known."""
        if self.reporting is None:
            return None
        return self.reporting.classify(self.received_on) == "late"

    @property
    def enters_analysis(self) -> bool:
        return self.reporting is not None and self.reporting.enters_analysis(self.received_on)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """(code, name) of the languages it is written in."""
        return [(code, name) for code, name in LANGUAGES if code in self.stored.languages]

    def _list_findings(self, findings: tuple[Finding, ...]) -> Iterator[Finding]:
        """The findings of rules about questions of this cycle: gaps are marked where they are, and
        advice is for the Party alone."""
        for finding in findings:
            mine = not finding.questions or finding.questions[0] in self.shape.by_key
            if finding.kind != FORMAT and finding.level != "advice" and mine:
                yield finding

    def _make_note(self, finding: Finding, then: bool, now: bool, said: Explanation | None) -> Note:
        key = finding.questions[0] if finding.questions else ""
        question = self.shape.by_key.get(key)
        heads = [self.stored.heads.get(record) for record in finding.records]
        return Note(
            finding=finding,
            key=key,
            name=describe_question(self.shape, question) if question else "",
            then=then,
            now=now,
            explanation=said.text if said else "",
            explained_version=said.version if said else None,
            records=tuple(head for head in heads if head is not None),
        )

    @cached_property
    def _by_field(self) -> dict[str, list[tuple[CellKey, str]]]:
        found: dict[str, list[tuple[CellKey, str]]] = {}
        for name, text in self.cells.items():
            key = parse_key(name)
            found.setdefault(key.field, []).append((key, text))
        return found

    def _list_head(self) -> Iterator[QuestionRow]:
        for field in list_header_fields(self.shape):
            cells = self._by_field.get(field.field)
            if cells:
                yield self._make_head_row(field, cells)

    def _make_head_row(self, field: HeaderField, cells: list[tuple[CellKey, str]]) -> QuestionRow:
        row = {"key": field.field, "number": field.number or "", "label": field.label}
        if field.type == "lstring":
            return QuestionRow(**row, words=_words(cells))  # type: ignore[arg-type]
        text = cells[0][1]
        if field.type == "reference":
            found = [self.stored.heads.get(name) for name in text.split()]
            heads = tuple(head for head in found if head is not None)
            return QuestionRow(**row, records=heads, value="" if heads else text)  # type: ignore[arg-type]
        try:
            return QuestionRow(**row, day=dt.date.fromisoformat(text[:10]))  # type: ignore[arg-type]
        except ValueError:
            return QuestionRow(**row, value=text)  # type: ignore[arg-type]

    def _make_row(self, question: Question) -> QuestionRow:
        cells = self._by_field.get(question.key, [])
        key = question.key
        return QuestionRow(
            key=key,
            number=question.number,
            label=question.label,
            name=question_name(self.shape, question),
            question=question,
            is_heading=question.is_structural,
            is_gap=bool(question.mandatory and not cells and not question.is_structural),
            options=tuple(_list_chosen(question, cells)) if question.is_closed else (),
            words=_words(cells) if question.is_text else (),
            value=cells[0][1] if cells and not question.is_closed and not question.is_text else "",
            change=self.changes.get(key),
            explanations=tuple(e for e in self.stored.explanations if key in e.questions[:1]),
            notes=tuple(note.finding for note in self.notes if note.key == key),
        )


def question_name(shape: Format, question: Question) -> str:
    """The number of a question with that of its parent: "112 (f)"."""
    parent = shape.by_key.get(question.parent or "")
    if parent is not None and parent.number and question.number != parent.number:
        return f"{parent.number} ({question.number})" if question.number else parent.number
    return question.number or question.key


def _drop_bare_headings(questions: list[Question]) -> Iterator[Question]:
    """Without the headings under which nothing is asked now."""
    parents = {question.parent for question in questions}
    for question in questions:
        if not question.is_structural or question.key in parents:
            yield question


def _list_chosen(question: Question, cells: list[tuple[CellKey, str]]) -> Iterator[ChosenOption]:
    by_option: dict[str, list[tuple[CellKey, str]]] = {}
    for key, text in cells:
        by_option.setdefault(text if key.option is None else key.option, []).append((key, text))
    for option in question.options:
        if option.code in by_option:
            mine = by_option[option.code]
            yield ChosenOption(
                code=option.code,
                label=option.label,
                words=_words(mine),
                figure=next((text for key, text in mine if key.part == FIGURE), ""),
            )


def _words(cells: list[tuple[CellKey, str]]) -> Words:
    return tuple((key.part, text) for key, text in cells if key.part not in (None, FIGURE))
