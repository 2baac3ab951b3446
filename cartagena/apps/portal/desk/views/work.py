"""My work: what waits for me, what I write, what I published, what must be confirmed soon."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.presenters import list_lines
from cartagena.apps.portal.desk.views.confirming import list_due
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import load_all_record_formats

_MOST = 200
_MOST_DUE = 20
_MOST_DRAFTS = 50
_EACH_PAGE = 100


@desk_page("home.html", methods=("GET", "HEAD"))
def show_work(desk: Desk) -> Answer:
    """The lists of somebody's work, each with what to do next."""
    desk.name_page(_("My work"))
    desk.frame.crumbs = []
    drafts = drafting.list_drafts(desk.user)
    asked = list(drafts.filter(state="requested")[:_MOST])
    returned = list(drafts.filter(state="returned")[:_MOST])
    written = list(drafts.filter(state="draft")[: _MOST_DRAFTS + 1])
    waiting = [draft for draft in asked if "return" in drafting.list_actions(desk.user, draft)]
    rest = [draft for draft in asked if draft not in waiting] + written[:_MOST_DRAFTS]
    return {
        "waiting": list_lines(waiting, desk.user),
        "returned": list_lines(returned, desk.user),
        "mine": list_lines((d for d in rest if d.created_by_id == desk.user.pk), desk.user),
        "others": list_lines((d for d in rest if d.created_by_id != desk.user.pk), desk.user),
        "has_more": len(written) > _MOST_DRAFTS,
        "most": _MOST_DRAFTS,
        "due": list_due(desk)[:_MOST_DUE],
        "published": _list_published(desk),
        "may_start": bool(list_startable(desk)),
    }


@desk_page("open.html", methods=("GET", "HEAD"))
def show_open(desk: Desk) -> Answer:
    """All open drafts, in pages; `?q=` finds some by their title."""
    desk.name_page(_("All open drafts"))
    sought = desk.request.GET.get("q", "").replace("\0", "").strip()[:200]
    drafts = drafting.list_drafts(desk.user)
    if sought:
        drafts = drafts.filter(title__icontains=sought)
    page = Paginator(drafts, _EACH_PAGE).get_page(desk.request.GET.get("page"))

    def link(number: int) -> str:
        return "?" + urlencode({"q": sought, "page": number} if sought else {"page": number})

    return {
        "lines": list_lines(page.object_list, desk.user),
        "total": page.paginator.count,
        "sought": sought,
        "page_number": page.number,
        "pages": page.paginator.num_pages,
        "previous": link(page.number - 1) if page.has_previous() else "",
        "next": link(page.number + 1) if page.has_next() else "",
    }


@desk_page("closed.html", methods=("GET", "HEAD"))
def show_closed(desk: Desk) -> Answer:
    """Drafts that are published or were discarded."""
    desk.name_page(_("Closed drafts"))
    drafts = drafting.list_drafts(desk.user, open_only=False)
    closed = drafts.filter(state__in=["published", "discarded"])[:_MOST]
    return {"lines": list_lines(closed, desk.user)}


def list_startable(desk: Desk) -> Mapping[str, Any]:
    """The record types that somebody may draft, with fields of their own."""
    return {
        name: shape
        for name, shape in load_all_record_formats().items()
        if shape.holds == "fields"
        and registry.may(
            desk.user, "draft", name, desk.user.party if shape.kind == "national" else None
        )
    }


def _list_published(desk: Desk) -> list[RecordHead]:
    """What this person published last, as it is public now."""
    mine = registry.list_log().filter(actor=desk.user, action__in=["publish", "amend"])
    recent = list(mine.order_by("-position").values_list("record__identifier", flat=True)[:20])
    heads = record_queries.list_heads(recent, None)
    return [heads[identifier] for identifier in dict.fromkeys(recent) if identifier in heads]
