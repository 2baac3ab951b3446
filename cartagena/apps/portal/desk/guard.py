"""What every view of the desk has around it: sign-in, the frame, errors that people can act on."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.account_frame import AccountFrame
from cartagena.apps.portal.desk import resend
from cartagena.apps.portal.sentences import say_error
from cartagena.apps.registry import api as registry

Answer = HttpResponseBase | Mapping[str, Any]


@dataclass
class Desk:
    """One request of somebody who is signed in: who, when, and the frame of the page."""

    request: HttpRequest
    user: User
    now: dt.datetime
    frame: AccountFrame

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @cached_property
    def language(self) -> str:
        return (get_language() or "en").split("-")[0]

    @property
    def is_sent(self) -> bool:
        return self.request.method == "POST"

    def sent(self, name: str) -> str:
        """What was sent under a name, trimmed; empty without it.

        Without NUL, which no browser types and the database does not take.
        """
        return str(self.request.POST.get(name, "")).replace("\0", "").strip()

    def number(self, name: str) -> int:
        """The whole number sent under a name; -1 for anything else."""
        text = self.sent(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def name_page(self, title: str, *crumbs: tuple[str, str]) -> None:
        """Give the page its title and the way up, which begins with the desk."""
        self.frame.title = title
        self.frame.crumbs = [(_("My work"), reverse("desk:home")), *crumbs]


def go(name: str, *args: object, anchor: str = "", query: str = "") -> HttpResponseRedirect:
    """Lead on to a page of the desk after something was done."""
    address = reverse(f"desk:{name}", args=args)
    return HttpResponseRedirect(
        address + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")
    )


def desk_page(
    template: str, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponseBase]]:
    """Make a view out of `(desk, ...) -> context or response`, for people who are signed in."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not isinstance(request.user, User):
                return _ask_to_sign_in(request)
            now = dt.datetime.now(dt.UTC)
            frame = AccountFrame(request, now.date(), section="desk")
            desk = Desk(request, request.user, now, frame)
            answer = _answer(desk, view, *args, **kwargs)
            if isinstance(answer, HttpResponseBase):
                return answer
            context = {"frame": frame, "desk": desk, **answer}
            status = int(answer.get("status", 200))
            return render(request, f"portal/desk/{template}", context, status=status)

        return wrapped

    return decorate


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return resend.show_signed_out(request)
    return redirect(f"{reverse('accounts:sign_in')}?{_next(request)}")


def _next(request: HttpRequest) -> str:
    return urlencode({"next": request.get_full_path()})


def _answer(desk: Desk, view: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    try:
        if any("\0" in str(part) for part in kwargs.values()):
            raise registry.RecordNotFoundError  # the database takes no such text
        return view(desk, *args, **kwargs)
    except drafting.DraftNotFoundError:
        message = _("There is no such draft, or it is not for this account.")
        return explain(desk, 404, _("There is no such page"), message)
    except (
        registry.RecordNotFoundError,
        drafting.AttachmentNotFoundError,
        drafting.TableNotFoundError,
    ):
        message = _("There is no such record or file, or it is not for this account.")
        return explain(desk, 404, _("There is no such page"), message)
    except PermissionDenied as problem:
        message = say_error(problem) or _(
            "This account may not do that. Nothing was changed. What it may do, its pages offer."
        )
        return explain(desk, 403, _("Not allowed"), message)
    except (drafting.DraftStateError, drafting.EditConflictError) as problem:
        return explain(desk, 409, _("This was not done"), say_error(problem))
    except drafting.NotSavableError as problem:
        return explain(desk, 400, _("This was not saved"), say_error(problem))


def explain(desk: Desk, status: int, title: str, message: str) -> HttpResponse:
    """A page that says what happened and leads back to the desk."""
    desk.name_page(title)
    context = {"frame": desk.frame, "message": message}
    return render(desk.request, "portal/desk/problem.html", context, status=status)


def is_key(text: str) -> bool:
    """Whether this can be the key of a draft."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
