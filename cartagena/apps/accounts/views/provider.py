"""Going to the OpenID Connect provider and coming back, also when it does not answer."""

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

_log = logging.getLogger(__name__)


def go_to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider's page to sign in."""
    return _explain_failure(views.login, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider answered."""
    return _explain_failure(views.callback, request, provider_id)


def _explain_failure(
    view: Callable[[HttpRequest, str], HttpResponse], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        return view(request, provider_id)
    except RequestException:
        pass
    except (AttributeError, LookupError, TypeError, ValueError):
        # What came is no answer of OpenID Connect; whoever runs the portal must see which.
        _log.exception("The OpenID Connect provider answered something that cannot be read.")
    return render(request, "accounts/provider_down.html", status=503)
