"""The page for somebody who tried too often: when to try again."""

import math
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

# django-allauth counts by the minute and does not tell when one is over.
_BY_THE_MINUTE = timedelta(minutes=1)


@never_cache
def show_too_many(request: HttpRequest, until: datetime | None = None) -> HttpResponse:
    """429: nothing was checked or changed, and when it will be again."""
    now = timezone.now()
    until = until or now + _BY_THE_MINUTE
    seconds = max(1, math.ceil((until - now).total_seconds()))
    context = {"minutes": math.ceil(seconds / 60), "until": until}
    response = render(request, "accounts/too_many.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
