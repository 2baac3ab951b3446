"""The decorator of every view of the portal: makes the frame, renders, and helps when it cannot."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cartagena.apps.portal.frame import BadQueryError, Frame, PageNotFoundError, read_as_of
from cartagena.engine.evaluate import UnknownNameError

Context = Mapping[str, Any]
READING = ("GET", "HEAD")


def page(
    template: str,
) -> Callable[[Callable[..., Context | HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view out of a function `(frame, ...) -> context` that fills the frame's title too.

    What does not exist is answered with 404 and what does exist, a query value that cannot be used
    with 400 and one that can.
    """

    def decorate(view: Callable[..., Context | HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # it never writes, so there is nothing to protect
        @wraps(view)
        def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
            today = dt.datetime.now(dt.UTC).date()
            if request.method not in READING:
                return refuse_method(request, today)
            try:
                frame = Frame(request, today, read_as_of(request, today))
                context = view(frame, *args, **kwargs)
                if isinstance(context, HttpResponse):  # the way to another address
                    return context
            except BadQueryError as problem:
                return render_problem(request, today, 400, _explain_query(problem, today))
            except PageNotFoundError as problem:
                return render_problem(request, today, 404, str(problem), problem.links)
            except UnknownNameError as problem:
                return render_problem(request, today, 404, str(problem))
            _add_home(frame)
            return render(
                request, f"portal/{template}", {"frame": frame, **context}, status=frame.status
            )

        return wrapped

    return decorate


def refuse_method(request: HttpRequest, today: dt.date) -> HttpResponse:
    """The answer of a page that is only for reading to who sends something."""
    response = render_problem(request, today, 405, _("Nothing was sent or changed."))
    response["Allow"] = ", ".join(READING)
    return response


def _add_home(frame: Frame) -> None:
    if frame.crumbs:
        frame.crumbs.insert(0, (_("Home"), frame.link("home")))


def _explain_query(problem: BadQueryError, today: dt.date) -> str:
    name, asked = problem.args
    if name == "as_of":
        return _(
            "“%(asked)s” is not a date this page can be seen from. Write a day between 1992-06-05 "
            "and today (%(today)s) as year-month-day, for example as_of=2015-12-31."
        ) % {"asked": asked[:40], "today": today.isoformat()}
    return _("“%(asked)s” cannot be used for “%(name)s”. Use one of the choices on the page.") % {
        "asked": asked[:40], "name": name,
    }  # fmt: skip


def render_problem(
    request: HttpRequest,
    today: dt.date,
    status: int,
    message: str,
    links: tuple[tuple[str, str], ...] = (),
    title: str = "",
) -> HttpResponse:
    """A page that says what happened and where to go on, with the given status."""
    titles = {
        400: _("This address cannot be read"),
        403: _("The form was not accepted"),
        404: _("There is no such page"),
        405: _("This page is only for reading"),
        500: _("Something went wrong here"),
    }
    frame = Frame(request, today, title=title or titles[status])
    frame.__dict__["position"] = None
    context = {"frame": frame, "message": message, "links": links, "status": status}
    return render(request, "portal/problem.html", context, status=status)
