"""Until when a record counts as up to date: its owner must confirm or amend it by then.

The cycles are those of the Clearing-House: a year for authorities, laboratories and databases, two
years for laws, decisions and risk assessments whose owner chose it, four for experts (BS-IV/4).
"""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import load_record_format

GRACE_MONTHS = 3
"""After the due day the owner has so long before the record is shown as not confirmed."""

Standing = Literal["no_cycle", "confirmed", "due", "not_confirmed"]


def add_months(day: date, months: int) -> date:
    """The same day of a later month; at the end of a shorter month, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def find_confirmation_due(
    record_type: str, body: Mapping[str, Any], confirmed_on: date
) -> date | None:
    """The day by which a record must be confirmed; None when it never must.

    `confirmed_on` is the day of its last publication or confirmation.
    """
    shape = load_record_format(record_type)
    if shape.confirm_after is None:
        return None
    if shape.confirm_only_if and find_value(body, shape.confirm_only_if) is not True:
        return None
    return add_months(confirmed_on, shape.confirm_after)


def find_standing(
    record_type: str, body: Mapping[str, Any], confirmed_on: date, as_of: date
) -> Standing:
    """Whether a record is confirmed on a day; the due day itself is still in time.

    A record that is not confirmed stays public; it is only shown as such.
    """
    due = find_confirmation_due(record_type, body, confirmed_on)
    if due is None:
        return "no_cycle"
    if as_of <= due:
        return "confirmed"
    return "due" if as_of <= add_months(due, GRACE_MONTHS) else "not_confirmed"
