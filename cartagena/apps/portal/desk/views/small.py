"""Small answers for the script of the form: proposals while somebody types, a fresh form token."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.guard import Desk, desk_page
from cartagena.apps.registry import api as registry
from cartagena.engine.record_checks import ANY_TYPE
from cartagena.engine.record_schema import list_type_ids

_MOST = 8


@desk_page("", methods=("GET",))
def suggest(desk: Desk) -> HttpResponse:
    """Public records of some types whose title holds what was typed: number and title of each."""
    typed = desk.request.GET.get("q", "").strip()[:100]
    types = [name for name in desk.request.GET.get("types", "").split(",") if name]
    if len(typed) < 2 or not types:
        return JsonResponse({"found": []})
    versions = registry.live_versions().filter(title__icontains=typed)
    if ANY_TYPE not in types:
        known = set(list_type_ids())
        versions = versions.filter(record__type__in=[name for name in types if name in known])
    heads = record_queries.read_heads(versions.order_by("title", "pk")[:_MOST])
    found = [{"number": head.number, "title": head.name.get(desk.language)} for head in heads]
    return JsonResponse({"found": found})


@desk_page("", methods=("GET",))
def give_token(desk: Desk) -> HttpResponse:
    """The token of a form that was open while its author signed in anew in another tab."""
    return JsonResponse({"token": get_token(desk.request)})
