"""The board of a cycle: who owes a report and how far it is, filtered and sorted by links."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import BadQueryError
from cartagena.apps.portal.open_data.files import guard_text
from cartagena.apps.portal.presenters.tiles import Place, Tile, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title
from cartagena.apps.reports.api import Standing
from cartagena.engine.countries import find_country
from cartagena.engine.questionnaire import load_format
from cartagena.engine.report_rules import describe_question
from cartagena.engine.reporting_cycle import ReportingCycle

SORTS = ("received", "answered")
"""How rows may be sorted besides by name."""
GAPS = "gaps"
"""The choice of reports that lack answers, beside the states."""
CLASSES = {"in_time": "k-yes", "late": "k-late", "missing": "k-no", "not_started": "k-silent"}
COLUMNS = (
    "party", "name", "region", "obliged", "state", "received_on", "percent", "complete", "gaps",
    "enters_analysis", "identifier",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One Party on the board; `gaps` are the names of the questions that lack an answer."""

    standing: Standing
    name: str
    region: str
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class BoardWish:
    """What of a board is wished: a state (or GAPS), a region, an order. Empty: all, by name."""

    state: str = ""
    region: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Choice:
    """One link of a filter: its words, how many rows it leaves, and whether it is chosen."""

    value: str
    words: str
    count: int
    is_chosen: bool


class BoardView:
    """The standings of a cycle in one language. `states` are the words of the states that the
    reader may see, in order."""

    def __init__(
        self, reporting: ReportingCycle, standings: Sequence[Standing], language: str,
        wish: BoardWish,
    ) -> None:  # fmt: skip
        self.reporting, self.standings, self.wish = reporting, standings, wish
        self.language = language
        self.shape = load_format(reporting.cycle)
        self.regions = {place.party: region for region, places in load_places().items()
                        for place in places}  # fmt: skip
        self.all_rows = sorted(map(self._make_row, standings), key=lambda row: row.name)

    @property
    def rows(self) -> list[BoardRow]:
        """The wished rows in the wished order; what is not known comes last."""
        found = [row for row in self.all_rows if self._is_wished(row, self.wish)]
        last = dt.date.max
        if self.wish.sort == "received":
            return sorted(found, key=lambda row: row.standing.received_on or last)
        if self.wish.sort == "answered":
            return sorted(found, key=lambda row: -(row.standing.percent or 0))
        return found

    @property
    def states(self) -> list[Choice]:
        """The states that occur, each with its number of Parties."""
        said = {**state_words(), GAPS: _("received with gaps")}
        return list(self._list_choices("state", said))

    @property
    def region_choices(self) -> list[Choice]:
        """The regions, each with its number of Parties."""
        return list(self._list_choices("region", {r: group_title(r) for r in load_places()}))

    @property
    def counts(self) -> dict[str, int]:
        """How many owed a report, sent it, in time or late, complete, after the cut-off."""
        obliged = [each for each in self.standings if each.obliged]
        received = [each for each in obliged if each.state in ("in_time", "late")]
        return {
            "obliged": len(obliged),
            "received": len(received),
            "in_time": sum(each.state == "in_time" for each in received),
            "late": sum(each.state == "late" for each in received),
            "complete": sum(not each.gaps for each in received),
            "after_cut_off": sum(not each.enters_analysis for each in received),
        }

    def lay_map(self, title: str, link: Callable[[str, str], str]) -> Any:
        """The tile map; `link` gives the address of a Party's tile by its code and state."""
        known = {each.party: each for each in self.standings}
        words = state_words()
        said = {CLASSES[state]: words[state] for state in CLASSES
                if any(each.state == state for each in self.standings)}  # fmt: skip
        said["k-out"] = _("not due: no Party then")

        def tile(place: Place) -> Tile:
            each = known.get(place.party)
            state = each.state if each else ""
            kind = CLASSES[state] if state else "k-out"
            text = words[state] if state else said["k-out"]
            label = f"{_name(place.party, self.language)}: {text}"
            return Tile(place, kind, label, link(place.party, state))

        titles = {region: group_title(region) for region in load_places()}
        return lay_tiles(title, titles, tile, said.items())

    def write_csv(self) -> str:
        """The wished rows as a table."""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(COLUMNS)
        for row in self.rows:
            each = row.standing
            received = each.received_on is not None
            writer.writerow(
                (
                    each.party, guard_text(row.name), row.region, _truth(each.obliged), each.state,
                    each.received_on or "", "" if each.percent is None else each.percent,
                    _truth(not each.gaps) if received else "", " ".join(each.gaps),
                    _truth(each.enters_analysis) if received else "", each.identifier,
                )
            )  # fmt: skip
        return buffer.getvalue()

    def _make_row(self, each: Standing) -> BoardRow:
        questions = (self.shape.in_document.get(key) for key in each.gaps)
        gaps = tuple(describe_question(self.shape, q) for q in questions if q is not None)
        region = self.regions.get(each.party, "")
        return BoardRow(
            standing=each, name=_name(each.party, self.language), region=region, gaps=gaps
        )

    def _is_wished(self, row: BoardRow, wish: BoardWish) -> bool:
        state = row.standing.state
        fits = wish.state in ("", state) or (wish.state == GAPS and bool(row.gaps))
        return fits and wish.region in ("", row.region)

    def _list_choices(self, name: str, said: Mapping[str, str]) -> Iterator[Choice]:
        """The choices of one filter, counted within the others."""
        chosen = getattr(self.wish, name)
        for value, words in {"": _("all"), **said}.items():
            wish = BoardWish(**{**vars(self.wish), name: value})
            count = sum(self._is_wished(row, wish) for row in self.all_rows)
            if count or value in ("", chosen):
                yield Choice(value, words, count, value == chosen)


def read_wish(query: Mapping[str, str]) -> BoardWish:
    """What the address of a board asks for. Raises BadQueryError."""
    allowed = {"state": (*state_words(), GAPS), "region": tuple(load_places()), "sort": SORTS}
    found = {name: query.get(name, "") for name in allowed}
    for name, value in found.items():
        if value and value not in allowed[name]:
            raise BadQueryError(name, value)
    return BoardWish(**found)


def state_words() -> dict[str, str]:
    """The states of a report in words, from received to missing."""
    return {
        "in_time": _("received in time"),
        "late": _("received late"),
        "requested": _("waits for publication"),
        "returned": _("returned"),
        "draft": _("draft"),
        "not_started": _("not received yet"),
        "missing": _("missing"),
    }


def _name(code: str, language: str) -> str:
    country = find_country(code)
    return country.names.get(language) if country else code


def _truth(value: bool) -> str:
    return "true" if value else "false"
