"""The rows of a sent table in words, and the sorts in which they can be looked at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting


@dataclass(frozen=True)
class Sort:
    """Some of the rows: `code` stands in the address."""

    code: str
    words: str
    count: int


@dataclass(frozen=True)
class RowView:
    """One row: what it would do, or what became of it."""

    row: drafting.SentRow
    action: str
    outcome: str
    is_refused: bool


def list_sorts(table: drafting.SentTable, tally: drafting.Tally) -> list[Sort]:
    """All rows, and the sorts that there are rows of."""
    found = [
        Sort("told", _("with problems or warnings"), tally.with_problems),
        Sort("good", _("complete"), tally.good),
        Sort("flawed", _("something to complete"), tally.flawed),
        Sort("unchanged", _("change nothing"), tally.unchanged),
        Sort("refused", _("cannot be used"), tally.refused),
        Sort("failed", _("not carried out as wished"), tally.failed),
    ]
    return [Sort("", _("all rows"), tally.rows), *(sort for sort in found if sort.count)]


def show_rows(table: drafting.SentTable, rows: Iterable[drafting.SentRow]) -> list[RowView]:
    """The rows with words for what they do."""
    actions = {
        "": _("not looked at yet"),
        "new": _("a new record"),
        "amend": _("an amendment of"),
        "unchanged": _("nothing: the same is published"),
        "refused": _("nothing: it cannot be used"),
    }
    outcomes = {
        "": _("waits") if table.wish else "",
        "left": _("left out"),
        "drafted": _("draft made"),
        "requested": _("publication requested"),
        "published": _("published"),
        "refused": _("refused"),
    }
    return [
        RowView(row, actions[row.action], outcomes[row.outcome], row.outcome == "refused")
        for row in rows
    ]
