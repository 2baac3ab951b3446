"""Who owes a report of a cycle and who has sent it: in time, late, missing, complete."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cartagena.apps.accounts.api import Role
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.frame import BadQueryError, Frame, PageNotFoundError, with_query
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.report_board import BoardView, BoardWish, read_wish
from cartagena.apps.reports import api as reports
from cartagena.engine.reporting_cycle import load_reporting_cycles
from cartagena.engine.sentence import sentence


@page("report_board.html")
def show_board(frame: Frame, cycle: str) -> dict[str, Any]:
    """The board of a cycle as everybody may see it: what was received, not what is prepared."""
    board = _open_board(frame, cycle)
    title = board.reporting.name.get(frame.language)
    frame.title = _("Who has reported: %(cycle)s") % {"cycle": title}
    frame.description, frame.section = frame.title, "parties"
    frame.crumbs = [(_("Parties"), frame.link("parties")), (frame.title, "")]
    frame.made_up = any(each.demonstration for each in board.standings)

    def link(party: str, state: str) -> str:
        received = state in ("in_time", "late")
        return frame.link("report", party, cycle) if received else frame.link("party", party)

    return {
        "board": board,
        "cycle": cycle,
        "cycles": load_reporting_cycles().values(),
        "map": board.lay_map(frame.title, link),
        "file": frame.link("report_board_file", cycle, **vars(board.wish)),
    }


@page("report_board.html")
def send_board(frame: Frame, cycle: str) -> HttpResponse:
    """The rows of the board as a table."""
    return _send(_open_board(frame, cycle))


@desk_page("reporting/board.html", methods=("GET", "HEAD"))
def show_desk_board(desk: Desk, cycle: str) -> Answer:
    """The board as the Secretariat sees it: also who has a draft, and where it can enter one."""
    board = _open_desk_board(desk, cycle)
    title = board.reporting.name.get(desk.language)
    desk.name_page(title, (_("National reports"), reverse("desk:reports")))
    file = with_query(reverse("desk:report_board_file", args=[cycle]), vars(board.wish))
    return {
        "board": board,
        "cycle": cycle,
        "cycles": load_reporting_cycles().values(),
        "board_file": file,
    }


@desk_page("reporting/board.html", methods=("GET", "HEAD"))
def send_desk_board(desk: Desk, cycle: str) -> Answer:
    """The rows of the Secretariat's board as a table."""
    return _send(_open_desk_board(desk, cycle))


def _open_board(frame: Frame, cycle: str) -> BoardView:
    cycles = load_reporting_cycles()
    if cycle not in cycles:
        raise PageNotFoundError(
            _("There is no reporting cycle “%(cycle)s”. There are: %(known)s.")
            % {"cycle": cycle[:20], "known": ", ".join(cycles)},
            ((_("Parties"), frame.link("parties")),),
        )
    standings = reports.list_standings(
        cycle, today=frame.seen_from, actor=AnonymousUser(), as_of=frame.as_of
    )
    return BoardView(cycles[cycle], standings, frame.language, read_wish(frame.request.GET))


def _open_desk_board(desk: Desk, cycle: str) -> BoardView:
    if desk.user.role != Role.SECRETARIAT:
        raise PermissionDenied(
            sentence("This board is for the Secretariat; all see the public one.")
        )
    cycles = load_reporting_cycles()
    if cycle not in cycles:
        raise Http404
    standings = reports.list_standings(cycle, today=desk.today, actor=desk.user)
    try:
        wish = read_wish(desk.request.GET)
    except BadQueryError:
        wish = BoardWish()
    return BoardView(cycles[cycle], standings, desk.language, wish)


def _send(board: BoardView) -> HttpResponse:
    response = HttpResponse(board.write_csv(), content_type="text/csv; charset=utf-8")
    name = f"reports-{board.reporting.cycle}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
