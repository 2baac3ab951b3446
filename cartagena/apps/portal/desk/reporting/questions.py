"""A section of a questionnaire as its page shows it: each question with everything that helps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.portal.desk.presenters import CommentLine
from cartagena.apps.portal.presenters.words import verdict_words
from cartagena.apps.reports import api as reports
from cartagena.engine.answer_sheet import FIGURE, Cells, list_header_fields, parse_key, write_cells
from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import Format, Option, Question
from cartagena.engine.report_carry import Carried, list_carried
from cartagena.engine.report_proposals import Proposal
from cartagena.engine.report_rules import Finding
from cartagena.engine.text import Text

HEAD = "head"
"""The key of the section of the fields in the head of a report."""


@dataclass(frozen=True)
class Words:
    """A text of one language. `name` is the cell."""

    name: str
    language: str
    text: str


@dataclass(frozen=True)
class OptionView:
    """One option: the input that chooses it, and what may be written beside it."""

    code: str
    label: Text
    name: str
    is_chosen: bool
    is_exclusive: bool
    prompt: Text | None
    words: tuple[Words, ...]
    figure: tuple[str, str] | None


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """One question. `kind` is choice, marks, number, words, date, reference or heading."""

    key: str
    number: str
    label: Text
    help: Text | None
    kind: str
    is_mandatory: bool
    is_off: bool
    is_answered: bool
    hint: str
    value: str
    options: tuple[OptionView, ...] = ()
    words: tuple[Words, ...] = ()
    before: Carried | None = None
    before_verdict: str = ""
    is_unchanged: bool = False
    proposal: Proposal | None = None
    proposed: Text | str | None = None
    findings: tuple[Finding, ...] = ()
    articles: tuple[str, ...] = ()
    comments: tuple[CommentLine, ...] = ()

    @property
    def has_open_comments(self) -> bool:
        """Whether somebody said something that nobody has dealt with."""
        return any(not comment.is_resolved for comment in self.comments)

    @property
    def anchor(self) -> str:
        return f"q-{self.key}"

    @property
    def may_confirm(self) -> bool:
        """Whether the earlier answer can be taken over as it is."""
        return self.before is not None and bool(self.before.cells) and not self.is_unchanged


@dataclass
class SectionBuilder:
    """Makes the views of a section out of a draft's cells."""

    shape: Format
    body: Mapping[str, Any]
    language: str
    languages: Sequence[str]
    previous: Cells = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    proposals: Sequence[Proposal] = ()
    comments: Mapping[str, Sequence[CommentLine]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cells = write_cells(self.shape, self.body)
        self.off = switched_off(self.shape, collect_answers(flatten_body(self.shape, self.body)))
        self.carried = list_carried(self.shape.cycle, self.previous) if self.previous else {}
        self.by_question: dict[str, list[Finding]] = {}
        for finding in self.findings:
            self.by_question.setdefault(finding.questions[0], []).append(finding)
        self.proposed = {proposal.question: proposal for proposal in self.proposals}

    def list_questions(self, section: str) -> list[QuestionView]:
        """The questions of a section in printed order."""
        if section == HEAD:
            fields = [self._view_field(each) for each in list_header_fields(self.shape)]
            return fields + [self._view(question) for question in self.shape.header_questions]
        return [
            self._view(question)
            for each in (self.shape, *self.shape.carried)
            for part in each.sections
            if part.key == section
            for question in part.questions
        ]

    def _view_field(self, each: Any) -> QuestionView:
        kind = "words" if each.type == "lstring" else each.type
        words = self._list_words(each.field) if kind == "words" else ()
        value = self.cells.get(each.field, "")
        return QuestionView(
            key=each.field, number=each.number or "", label=each.label, help=None, kind=kind,
            is_mandatory=each.required, is_off=False, hint="", value=value, words=words,
            is_answered=bool(value or any(w.text for w in words)),
            proposal=self._find_proposal(each.field), proposed=self._say_proposal(each.field, None),
            findings=tuple(self.by_question.get(each.field, ())),
            comments=tuple(self.comments.get(each.field, ())),
        )  # fmt: skip

    def _view(self, question: Question) -> QuestionView:
        key = question.key
        own = {n: t for n, t in self.cells.items() if parse_key(n).field == key}
        before = self.carried.get(key)
        return QuestionView(
            key=key,
            number=question.number,
            label=question.label,
            help=question.help,
            kind=kind_of(question),
            is_mandatory=bool(question.mandatory),
            is_off=key in self.off,
            is_answered=bool(own),
            hint=reports.describe_conditions(self.shape, question, self.language),
            value=self.cells.get(key, ""),
            options=tuple(self._list_options(question)),
            words=self._list_words(key) if question.is_text else (),
            before=before,
            before_verdict=verdict_words(before.link.verdict) if before else "",
            is_unchanged=before is not None and bool(before.cells) and before.cells == own,
            proposal=self._find_proposal(key),
            proposed=self._say_proposal(key, question),
            findings=tuple(self.by_question.get(key, ())),
            articles=question.article_refs,
            comments=tuple(self.comments.get(key, ())),
        )

    def _list_options(self, question: Question) -> Iterator[OptionView]:
        for option in question.options:
            start = f"{question.key}/{option.code}"
            chosen = bool(self.cells.get(start)) or (
                not question.multiple and self.cells.get(question.key) == option.code
            )
            figure = f"{start}#{FIGURE}"
            yield OptionView(
                code=option.code,
                label=option.label,
                name=start if question.multiple else question.key,
                is_chosen=chosen,
                is_exclusive=option.exclusive,
                prompt=option.prompt,
                words=self._list_words(start) if self._takes_words(option, start) else (),
                figure=(figure, self.cells.get(figure, "")) if option.free_text == "int" else None,
            )

    def _takes_words(self, option: Option, start: str) -> bool:
        beside = any(n.startswith(f"{start}#") and not n.endswith(f"#{FIGURE}") for n in self.cells)
        return option.free_text == "lstring" or beside

    def _list_words(self, start: str) -> tuple[Words, ...]:
        used = [n.rpartition("#")[2] for n in self.cells if n.startswith(f"{start}#")]
        languages = dict.fromkeys([*self.languages, *(each for each in used if each != FIGURE)])
        return tuple(
            Words(f"{start}#{each}", each, self.cells.get(f"{start}#{each}", ""))
            for each in languages
        )

    def _find_proposal(self, key: str) -> Proposal | None:
        """What published records say, where the answer does not say so already."""
        proposal = self.proposed.get(key)
        if proposal is None or self.cells.get(proposal.cell) == proposal.value:
            return None
        return proposal

    def _say_proposal(self, key: str, question: Question | None) -> Text | str | None:
        proposal = self._find_proposal(key)
        if proposal is None:
            return None
        return question.option(proposal.value).label if question else proposal.value


def kind_of(question: Question) -> str:
    """How a question is answered, for the template that shows it."""
    if question.is_structural:
        return "heading"
    if question.is_text:
        return "words"
    if question.type == "int":
        return "number"
    return "marks" if question.multiple else "choice"


def read_sent(views: Sequence[QuestionView], sent: Mapping[str, str]) -> Cells:
    """The cells of some questions as a form sent them.

    A mark that is not sent was taken off. Any other cell that is not sent was not in the form:
    somebody else began it meanwhile, and it stays as it is.
    """
    marks = {option.name for view in views if view.kind == "marks" for option in view.options}
    return {
        name: str(sent.get(name, ""))
        for name in list_cell_names(views)
        if name in sent or name in marks
    }


def list_cell_names(views: Sequence[QuestionView]) -> Iterator[str]:
    """Every cell that the form of some questions holds."""
    for view in views:
        if view.kind in ("choice", "number", "date", "reference"):
            yield view.key
        for words in view.words:
            yield words.name
        for option in view.options:
            if view.kind == "marks":
                yield option.name
            for words in option.words:
                yield words.name
            if option.figure:
                yield option.figure[0]
