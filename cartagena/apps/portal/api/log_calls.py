"""Calls about the publication log itself."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal.api.answering import page_of
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.shapes.envelope import Paged
from cartagena.apps.portal.api.shapes.log import RootList
from cartagena.apps.registry.api import DailyRoot, list_daily_roots

router = Router(tags=["State"])


@router.get("/log/roots", response=RootList, summary="Daily roots of the publication log")
def get_log_roots(request: HttpRequest, query: Query[Paged]) -> Any:
    """The hash of each past day's last entry. Who keeps them can prove later that no entry before
    them was changed or cut off."""
    knowledge = know(request)
    return page_of(request, knowledge, query, list_known_roots(knowledge), vars)


def list_known_roots(knowledge: Knowledge) -> list[DailyRoot]:
    """The roots of the days before today, up to the day of knowledge."""
    roots = list_daily_roots(now=dt.datetime.now(dt.UTC))
    return [root for root in roots if root.day <= knowledge.seen_from]
