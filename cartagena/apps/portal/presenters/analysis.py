"""Tables of the analyser for readers: options over cycles, groups, who reported, every Party."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from babel.lists import format_list
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cartagena.apps.portal.charts import Mark, draw_chart
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.analysis_words import (
    MARKS,
    short_source,
    standing_words,
    title_of_group,
    window_words,
)
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.typography import DASH, percent
from cartagena.engine.analysis import (
    WROTE,
    Analysis,
    Cell,
    Column,
    QuestionAnalysis,
    SourceReports,
)
from cartagena.engine.analysis_query import AnalysisQuery, Group, QuestionRef, write_query
from cartagena.engine.crosswalk import Loss
from cartagena.engine.figure import Figure
from cartagena.engine.parties import get_country
from cartagena.engine.party_set import PartySet
from cartagena.engine.questionnaire import Question, load_format
from cartagena.engine.text import Text

Pairs = Sequence[tuple[str, str]]
KEPT = ("freeze",)
"""Query values of the page that are no part of the question asked."""


def make_address(frame: Frame, name: str, query: AnalysisQuery, more: Pairs = ()) -> str:
    """The address of a page of the analyser for a query, with date and freeze kept."""
    pairs = [*write_query(query), *more]
    pairs += [(name, frame.request.GET[name]) for name in KEPT if frame.request.GET.get(name)]
    return join_address(frame.link(name), pairs)


def join_address(address: str, pairs: Pairs) -> str:
    """An address with further query values; what is safe to read stays readable."""
    if not pairs:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs, safe=':,*')}"


@dataclass(frozen=True)
class CellView:
    """A cell with its figure; `head` is the column it stands in."""

    cell: Cell
    view: FigureView
    is_text: bool

    @property
    def is_comparable(self) -> bool:
        return self.cell.comparison != "not_comparable"

    @property
    def share(self) -> str:
        """The share of those that answered, as bounds where answers are lost in the comparison;
        of texts the share of the universe that wrote."""
        if self.is_text:
            return percent(self.cell.floor)
        if not self.cell.undecided or self.cell.between is None:
            return percent(self.cell.headline)
        least, most = self.cell.between
        return f"{percent(least)} {DASH} {percent(most)}"

    @property
    def undecided(self) -> int:
        return len(self.cell.undecided)

    @property
    def mark(self) -> Mark:
        """One place of the drawing; no point where the share is only known between bounds."""
        label = self.view.point_title
        if not self.is_comparable or not self.cell.size:
            return Mark(label=label)
        value = self.cell.floor if self.is_text else self.cell.headline
        floor, ceiling = self.cell.floor, None if self.is_text else self.cell.ceiling
        return Mark(label=label, text=percent(value), value=value, floor=floor, ceiling=ceiling)

    @property
    def of_group(self) -> object:
        """The share of all Parties of the group."""
        return self.cell.floor

    @property
    def yes(self) -> int:
        return len(self.cell.yes)

    @property
    def unknown(self) -> int:
        return len(self.cell.unknown)


def view_cell(cell: Cell, ref: QuestionRef | None, source: str, option: str) -> CellView:
    """A cell as a figure that the portal's components can draw."""
    is_text = option == WROTE
    yes, known = len(cell.yes), cell.known
    figure = Figure(
        indicator=str(ref or ""),
        point=source,
        variant="strict",
        group=None,
        universe="in_force",
        kind="count" if is_text else "share",
        unit="Parties",
        status="not_applicable" if cell.comparison == "not_comparable" else "computed",
        yes=yes,
        no=len(cell.no),
        unknown=len(cell.unknown),
        numerator=yes,
        denominator=None if is_text or cell.undecided else known,
    )
    return CellView(cell, FigureView(figure, short_source(source)), is_text)


@dataclass(frozen=True)
class LossView:
    """An answer that is lost between two cycles, in words."""

    old: Question
    old_source: str
    option: Text
    new: Question
    new_source: str


def view_loss(loss: Loss) -> LossView:
    """A loss with the words of its questions."""
    old_source, old = _find_old(loss)
    new = load_format(loss.new_cycle).question(loss.new)
    return LossView(
        old, short_source(old_source), old.option(loss.option).label,
        new, short_source(loss.new_cycle),
    )  # fmt: skip


def _find_old(loss: Loss) -> tuple[str, Question]:
    asked = load_format(loss.old_cycle).in_document[loss.old]
    return asked.cycle, asked


@dataclass(frozen=True)
class ColumnView:
    """The head of a column: what is asked there and how it compares."""

    column: Column
    address: str
    people_address: str

    @property
    def source(self) -> str:
        return short_source(self.column.ref.source if self.column.ref else self.column.cycle)

    @property
    def is_chosen(self) -> bool:
        return self.column.counterpart.standing == "chosen"

    @property
    def standing(self) -> str:
        return standing_words(self.column.counterpart)

    @property
    def mark(self) -> str:
        return MARKS[self.column.counterpart.standing]

    @property
    def question(self) -> Question | None:
        return self.column.question

    @property
    def losses(self) -> list[LossView]:
        return [view_loss(loss) for loss in self.column.counterpart.losses]

    @property
    def notes(self) -> list[str]:
        """What the links say of the difference, in English as they are declared."""
        return list(dict.fromkeys(link.note for link in self.column.counterpart.links if link.note))

    @property
    def windows(self) -> list[str]:
        """Where a step asks about another time than before, in the reader's language."""
        links = self.column.counterpart.links
        return list(dict.fromkeys(window_words(link.window) for link in links if link.window))

    @property
    def is_proposed(self) -> bool:
        return self.column.counterpart.is_proposed

    @property
    def ends_in(self) -> str:
        ends = self.column.counterpart.ends_in
        return short_source(ends) if ends else ""

    @property
    def size(self) -> int:
        return self.column.universe.bit_count()

    @property
    def answered(self) -> int:
        return self.column.answered.bit_count()

    @property
    def silent(self) -> int:
        return len(self.column.silent())

    @property
    def not_asked(self) -> int:
        return self.column.not_asked.bit_count()


@dataclass(frozen=True)
class OptionRow:
    """One option over the cycles."""

    code: str
    label: Text | None
    cells: tuple[CellView, ...]
    own: CellView
    address: str
    is_shown: bool


@dataclass(frozen=True)
class GroupRow:
    """One group: the option that is shown, over the cycles."""

    title: str
    cell: CellView
    others: tuple[CellView, ...]
    is_total: bool


class QuestionView:
    """One question of a result page. `shown` is the option that groups and map are about."""

    def __init__(self, frame: Frame, analysis: Analysis, analysed: QuestionAnalysis) -> None:
        self._frame, self._analysis, self._analysed = frame, analysis, analysed
        self.ref, self.question = analysed.ref, analysed.question
        self.source = short_source(self.ref.source)
        self.section = _find_section(self.ref)
        self.is_text = analysed.options == (WROTE,)
        self.shown = self._read_shown()
        self.column = ColumnViewMaker(frame, analysis.query).make(analysed.own)
        self.columns = [
            ColumnViewMaker(frame, analysis.query).make(column) for column in analysed.columns
        ]

    def _read_shown(self) -> str:
        """The option asked for with `show`, else the first."""
        wanted = f"{self.ref}:"
        for value in self._frame.request.GET.getlist("show"):
            code = value.removeprefix(wanted)
            if value.startswith(wanted) and code in self._analysed.options:
                return code
        return self._analysed.options[0]

    @property
    def name(self) -> str:
        return str(self.ref)

    @property
    def has_cycles(self) -> bool:
        return len(self.columns) > 1

    @property
    def shown_label(self) -> Text | None:
        return self._label(self.shown)

    def _label(self, code: str) -> Text | None:
        return None if code == WROTE else self.question.option(code).label

    def _show_address(self, code: str) -> str:
        more = [("show", f"{self.ref}:{code}")] if code != WROTE else []
        others = [
            ("show", value)
            for value in self._frame.request.GET.getlist("show")
            if not value.startswith(f"{self.ref}:")
        ]
        address = make_address(
            self._frame, "analyse_tables", self._analysis.query, [*others[:20], *more]
        )
        return f"{address}#{self.ref}"

    def _view(self, column: Column, option: str, group: Group) -> CellView:
        source = column.ref.source if column.ref else column.cycle
        return view_cell(column.cell(option, group), column.ref, source, option)

    @cached_property
    def rows(self) -> list[OptionRow]:
        """Options by cycles, of the whole."""
        whole = self._analysis.query.groups[0]
        return [
            OptionRow(
                code=code,
                label=self._label(code),
                cells=tuple(self._view(c, code, whole) for c in self._analysed.columns),
                own=self._view(self._analysed.own, code, whole),
                address=self._show_address(code),
                is_shown=code == self.shown,
            )
            for code in self._analysed.options
        ]

    @cached_property
    def group_rows(self) -> list[GroupRow]:
        """The option that is shown, by group: as asked, and what stands for it elsewhere."""
        others = [c for c in self._analysed.columns if c is not self._analysed.own]
        return [
            GroupRow(
                title=title_of_group(group),
                cell=self._view(self._analysed.own, self.shown, group),
                others=tuple(self._view(column, self.shown, group) for column in others),
                is_total=not place,
            )
            for place, group in enumerate(self._analysis.query.groups)
        ]

    @property
    def sentence(self) -> str:
        """The option that is shown, with its counts and bounds; of texts the table says enough."""
        shown = self.group_rows[0].cell
        return "" if self.is_text or not shown.cell.size else shown.view.sentence

    @property
    def response(self) -> object:
        """The share of the universe that answered."""
        return self.group_rows[0].cell.cell.response

    @property
    def has_losses(self) -> bool:
        """Whether a column loses answers on the way, which must not be missed."""
        return any(column.counterpart.losses for column in self._analysed.columns)

    @property
    def other_columns(self) -> list[ColumnView]:
        return [each for each in self.columns if not each.is_chosen]

    @property
    def group_titles(self) -> list[str]:
        return [title_of_group(group) for group in self._analysis.query.groups]

    @cached_property
    def full_rows(self) -> list[tuple[Text | None, list[CellView]]]:
        """Every option by every group, as asked."""
        groups = self._analysis.query.groups
        return [
            (self._label(code), [self._view(self._analysed.own, code, g) for g in groups])
            for code in self._analysed.options
        ]

    @property
    def chart(self) -> str:
        """The option that is shown over the cycles as a drawing; empty if there is no movement."""
        shown = next(row for row in self.rows if row.is_shown)
        marks = [cell.mark for cell in shown.cells]
        if sum(mark.ceiling is not None or mark.value is not None for mark in marks) < 2:
            return ""
        return draw_chart(marks, f"{self.source} {self.question.number}")

    @property
    def has_undecided(self) -> bool:
        """Whether a share is only known between bounds because answers are lost."""
        return any(cell.undecided for row in self.rows for cell in row.cells)


class ColumnViewMaker:
    """Makes heads of columns with their links."""

    def __init__(self, frame: Frame, query: AnalysisQuery) -> None:
        self._frame, self._query = frame, query

    def make(self, column: Column) -> ColumnView:
        """One head."""
        ref = column.ref
        if ref is None:
            return ColumnView(column, "", "")
        more = [("at", str(ref)), ("for", str(column.chosen))]
        address = self._frame.link("questionnaire", ref.source) + f"#{ref.key}"
        people = make_address(self._frame, "analyse_parties", self._query, more)
        return ColumnView(column, address, people)


def _find_section(ref: QuestionRef) -> Text | None:
    key = ref.question.section
    sections = load_format(ref.source).sections
    return next((section.label for section in sections if section.key == key), None)


@dataclass(frozen=True)
class ReportsView:
    """Who reported to one source: the table of official documents, and the Parties by name."""

    source: str
    reports: SourceReports
    rows: tuple[tuple[str, int, int, object, object, bool], ...]
    named: tuple[tuple[str, tuple[int, SafeString]], ...]


def view_reports(frame: Frame, reports: SourceReports, words: dict[str, str]) -> ReportsView:
    """The reports of a source; `words` names the sets of Parties that are listed."""
    rows = tuple(
        (title_of_group(each.group), len(each.parties), len(each.reported), each.of_reports,
         each.of_group, not place)
        for place, each in enumerate(reports.groups)
    )  # fmt: skip
    named = tuple(
        (title, list_parties(frame, found))
        for name, title in words.items()
        if (found := getattr(reports, name))
    )
    return ReportsView(short_source(reports.source), reports, rows, named)


def list_names(codes: Iterable[str], language: str) -> str:
    """The names of Parties in one line, sorted."""
    return format_list(
        sorted(get_country(code).names.get(language) for code in codes), locale=language
    )


def list_parties(frame: Frame, parties: PartySet) -> tuple[int, SafeString]:
    """How many Parties they are, and their names as a list of links.

    Made here and not in the template: a page names some hundreds.
    """
    address, language = frame.linker("party"), frame.language
    names = sorted((get_country(code).names.get(language), code) for code in parties)
    items = format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((address(code), name) for name, code in names)
    )
    return len(names), items
