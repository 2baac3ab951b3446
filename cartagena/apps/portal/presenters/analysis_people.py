"""One question in one cycle, Party by Party: a map, answers, words, and links to the reports."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.open_data.analysis import judge_receipt, judge_state, list_chosen
from cartagena.apps.portal.presenters.analysis import make_address
from cartagena.apps.portal.presenters.analysis_words import (
    receipt_words,
    short_source,
    state_words,
)
from cartagena.apps.portal.presenters.tiles import Place, Tile, TileMap, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title, outcome_words
from cartagena.apps.search.api import find_texts
from cartagena.engine.analysis import WROTE, Analysis, Column
from cartagena.engine.analysis_query import Filter
from cartagena.engine.analysis_texts import list_texts
from cartagena.engine.parties import get_country
from cartagena.engine.party_set import PartySet
from cartagena.engine.questionnaire import Question
from cartagena.engine.text import Text

Said = list[tuple[str, str]]
"""What a Party wrote: (language, words), the reader's language first; empty: not told."""


@dataclass(frozen=True)
class SaidText:
    """What a Party wrote, with the language it is in; words that were looked for are marked."""

    words: SafeString
    language: str


@dataclass(frozen=True)
class PersonRow:
    """One Party: its answer, and where it stands in its report."""

    code: str
    name: str
    address: str
    answers: tuple[Text, ...]
    texts: tuple[SaidText, ...]
    state: str
    receipt: str
    report_address: str


class PeopleView:
    """The Parties of one column. `words` narrows the list to texts that hold them, as the search
    of the Clearing-House would find them: inflected, and in the script they are written in.
    """

    def __init__(self, frame: Frame, analysis: Analysis, column: Column, *, words: str) -> None:
        assert column.ref is not None
        self._frame, self._analysis, self._column = frame, analysis, column
        self.ref = column.ref
        self.words = words
        self.question: Question = column.ref.question
        self.source = short_source(column.ref.source)
        self.is_text = not self.question.is_closed
        self.shown = self._read_shown()

    def _read_shown(self) -> str:
        options = self._column.own_options
        for value in self._frame.request.GET.getlist("show"):
            asked, _colon, code = value.partition(":")
            if asked == str(self.ref) and code in options:
                return code
        return options[0]

    @property
    def shown_label(self) -> Text | None:
        return None if self.shown == WROTE else self.question.option(self.shown).label

    @property
    def options(self) -> list[tuple[Text, str, bool, int]]:
        """(label, address, whether it is shown, how many Parties chose it)."""
        query = self._analysis.query
        found = []
        for option in self.question.options:
            more = [("at", str(self.ref)), ("for", str(self._column.chosen)),
                    ("show", f"{self.ref}:{option.code}")]  # fmt: skip
            address = make_address(self._frame, "analyse_parties", query, more)
            count = self._column.list_yes(option.code).bit_count()
            found.append((option.label, address, option.code == self.shown, count))
        return found

    @property
    def narrow_address(self) -> str:
        """The tables again, of only the Parties that gave the answer shown."""
        query = self._analysis.query
        wanted = Filter(self.ref, (self.shown or "*",))
        more = [] if wanted in query.where else [("where", str(wanted))]
        return make_address(self._frame, "analyse_tables", query, more)

    @cached_property
    def map(self) -> TileMap:
        """Who gave the answer shown, who gave another, and of whom nothing is known."""
        cell = self._column.own_cell(self.shown)
        out = PartySet(self._column.roll, self._column.not_asked)
        said = {
            "k-yes": outcome_words("yes"),
            "k-no": outcome_words("no"),
            "k-unknown": outcome_words("unknown"),
            "k-out": _("not counted"),
        }
        if self.is_text:
            said = {"k-yes": _("wrote something"), "k-unknown": _("wrote nothing"),
                    "k-out": said["k-out"]}  # fmt: skip
        address, language = self._frame.linker("party"), self._frame.language

        def tile(place: Place) -> Tile:
            state = "k-out"
            if place.party in cell.yes:
                state = "k-yes"
            elif place.party in cell.no:
                state = "k-no"
            elif place.party in cell.unknown and place.party not in out:
                state = "k-unknown"
            name = get_country(place.party).names.get(language)
            return Tile(place, state, f"{name}: {said[state]}", address(place.party))

        titles = {region: group_title(region) for region in load_places()}
        return lay_tiles(_("Answers by Party"), titles, tile, said.items())

    @cached_property
    def _written(self) -> dict[str, Said]:
        """What was written, by Party."""
        column = self._column
        if not self.is_text:
            return {}
        evidence = column.reports.evidence
        counted = PartySet(column.roll, column.universe & column.reports.reported)
        found = list_texts(self._frame.evaluator, evidence, self.ref, counted)
        versions = [(each.record, each.version) for each in found]
        known = {} if self.question.type == "int" else source.list_written(versions, self.ref.key)
        language = self._frame.language
        return {
            each.party: sorted(
                known.get((each.record, each.version)) or [("", each.text)],
                key=lambda pair: pair[0] != language,
            )
            for each in found
        }

    @cached_property
    def _found(self) -> dict[str, list[str]] | None:
        """The texts that hold the words asked for, with marks; `None`: no words to look for."""
        if not self.words:
            return None
        return find_texts(self.words, self._written, self._frame.language)

    def _list_said(self, party: str) -> tuple[SaidText, ...]:
        """The words of a Party in one language: one that holds what is looked for, else the
        reader's, else the first of the report."""
        written = self._written.get(party, [])
        marked = (self._found or {}).get(party) or [str(escape(words)) for _, words in written]
        said = [
            SaidText(mark_safe(words), language)  # noqa: S308 - escaped, but for the marks
            for (language, _), words in zip(written, marked, strict=True)
        ]
        return tuple([each for each in said if "<mark>" in each.words] or said[:1])

    @cached_property
    def rows(self) -> list[PersonRow]:
        """Every Party that is counted or to which the question does not apply, by name."""
        column, found = self._column, self._found
        counted = PartySet(column.roll, column.universe | column.not_asked)
        rows = [self._make_row(party) for party in counted if found is None or party in found]
        return sorted(rows, key=lambda row: row.name)

    @property
    def with_texts(self) -> int:
        """How many Parties wrote something."""
        return len(self._written)

    def _make_row(self, party: str) -> PersonRow:
        column, frame = self._column, self._frame
        state = judge_state(column, party)
        labels = {option.code: option.label for option in self.question.options}
        report = ""
        if state in ("answered", "silent", "not_asked"):
            section = self.question.section or ""
            report = frame.link("report", party, self.ref.source, section=section)
            report += f"#{self.ref.key}"
        return PersonRow(
            code=party,
            name=get_country(party).names.get(frame.language),
            address=frame.link("party", party),
            answers=tuple(labels[code] for code in list_chosen(column, party)),
            texts=self._list_said(party),
            state=state_words(state),
            receipt=receipt_words(judge_receipt(column, party)),
            report_address=report,
        )
