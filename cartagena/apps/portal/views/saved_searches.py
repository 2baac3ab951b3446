"""The searches a person keeps: list, save, change how often a message comes, delete."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cartagena.apps.accounts.api import User
from cartagena.apps.portal.account_frame import AccountFrame
from cartagena.apps.search import api as searching
from cartagena.apps.search.api import SavedSearch

NAME_AT_MOST = 120


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def list_saved(request: HttpRequest) -> HttpResponse:
    """The searches of the person signed in; POST keeps another."""
    assert isinstance(request.user, User)
    problem = _save(request, request.user) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return HttpResponseRedirect(reverse("portal:saved_searches"))
    frame = AccountFrame(request, dt.datetime.now(dt.UTC).date())
    frame.title, frame.section = _("Saved searches"), "registries"
    frame.crumbs = [
        (_("Home"), frame.link("home")),
        (_("Search"), frame.link("search")),
        (frame.title, ""),
    ]
    # What is to be saved came with the address of the search page.
    given = request.POST.get("query", "") if problem else request.GET.urlencode()
    context = {
        "frame": frame,
        "problem": problem,
        "searches": list(searching.list_searches(request.user)),
        "frequencies": SavedSearch.Frequency.choices,
        "query": given,
        "name": request.POST.get("name", "") or QueryDict(given).get("q", ""),
        "address": frame.link("search"),
    }
    return render(request, "portal/search/saved.html", context, status=400 if problem else 200)


def _save(request: HttpRequest, owner: User) -> str:
    """Keep what was sent; what is wrong with it in a sentence, or nothing."""
    name = " ".join(request.POST.get("name", "").replace("\0", " ").split())
    frequency = request.POST.get("frequency", "")
    if not 1 <= len(name) <= NAME_AT_MOST:
        return _("Give the search a name of at most %(count)s characters.") % {
            "count": NAME_AT_MOST
        }
    if frequency not in SavedSearch.Frequency.values:
        return _("Choose how often a message tells what is new.")
    values = dict(QueryDict(request.POST.get("query", "")[:4_000]).lists())
    now = dt.datetime.now(dt.UTC)
    try:
        searching.save_search(owner, name, values, frequency, now=now)
    except searching.TooManySearchesError:
        return _("You keep as many searches as one may. Delete one first.")
    messages.success(request, _("The search is saved."))
    return ""


@login_required
@require_POST
def change_saved(request: HttpRequest, number: int) -> HttpResponse:
    """Change how often a message comes, or delete the search."""
    assert isinstance(request.user, User)
    search = searching.list_searches(request.user).filter(id=number).first()
    if search is None:
        raise Http404
    frequency = request.POST.get("frequency", "")
    if "delete" in request.POST:
        search.delete()
        messages.success(request, _("The search is deleted."))
    elif frequency in SavedSearch.Frequency.values:
        search.frequency = frequency
        search.save(update_fields=["frequency"])
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("portal:saved_searches"))
