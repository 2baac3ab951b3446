"""Made-up use of the Clearing-House, month by month: visits by country, searches, downloads."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from cartagena.apps.registry.demonstration.draws import draw
from cartagena.apps.registry.demonstration.planned import MARK, Planned
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles
from cartagena.engine.flatten import fact_rows_body

_YEARS = range(2009, 2026)
_NAMED = 48
"""So many countries are counted apart; visits from all others have no country."""


def plan_usage() -> Iterator[Planned]:
    """One record for each month."""
    for year in _YEARS:
        for month in range(1, 13):
            yield _plan_month(dt.date(year, month, 1))


def _plan_month(month: dt.date) -> Planned:
    season = 0.8 if month.month in (7, 8, 12) else 1.0
    growth = 1.0 + 0.11 * (month.year - _YEARS[0])
    rows: list[dict[str, object]] = []
    total = 0
    for profile in _list_visitors():
        noise = 0.75 + 0.5 * draw("visits", month, profile.party)
        visits = int(90 * (0.3 + profile.strength) * growth * season * noise)
        total += visits
        rows.append(_row(month, profile.party, "visit", visits))
    rows.append(_row(month, None, "visit", int(total * 0.45)))
    rows.append(_row(month, None, "search", int(total * (1.6 + 0.3 * draw("searches", month)))))
    rows.append(_row(month, None, "download", int(total * (0.5 + 0.2 * draw("taken", month)))))
    identifier = f"{MARK}USE-{month:%Y-%m}"
    following = (month + dt.timedelta(32)).replace(day=5)
    body = fact_rows_body("usageMonth", identifier, rows)
    return Planned(identifier, "usageMonth", None, f"Use in {month:%Y-%m}", body, following)


@cache
def _list_visitors() -> tuple[Profile, ...]:
    by_lot = sorted(list_profiles(), key=lambda profile: draw("visitor", profile.party))
    return tuple(sorted(by_lot[:_NAMED], key=lambda profile: profile.party))


def _row(month: dt.date, country: str | None, kind: str, quantity: int) -> dict[str, object]:
    return {"month": month, "country": country, "kind": kind, "quantity": quantity}
