"""The daily roots of the publication log as a text file that anybody may keep."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cartagena.apps.portal.api.knowledge import know
from cartagena.apps.portal.api.log_calls import list_known_roots
from cartagena.apps.registry.api import write_roots


def get_log_roots(request: HttpRequest) -> HttpResponseBase:
    """A line for each past day; see `cartagena audit verify --roots`."""
    knowledge = know(request)
    return HttpResponse(
        write_roots(list_known_roots(knowledge)),
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="cartagena-log-roots-as-of-'
            f'{knowledge.seen_from.isoformat()}.txt"'
        },
    )
