"""Who may open the pages of accounts; everybody else learns why not."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cartagena.apps.accounts.models import User
from cartagena.apps.accounts.permissions import PeopleAction, may

View = Callable[..., HttpResponse]


def require_right(action: PeopleAction, *, own_party: bool = False) -> Callable[[View], View]:
    """Let only those in who may do the action, for their own Party or for all of them."""

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            party = request.user.party if own_party and isinstance(request.user, User) else None
            if not may(request.user, action, party):
                return render(request, "accounts/refused.html", status=403)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def get_user(request: HttpRequest) -> User:
    """Return who is signed in, behind a view that only lets such people in."""
    assert isinstance(request.user, User)
    return request.user
