"""Records must be confirmed in the cycle of their type; months end where they end."""

import datetime as dt

import pytest

from cartagena.engine.record_confirmation import (
    add_months,
    find_confirmation_due,
    find_standing,
)

DAY = dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 72, "2030-02-28"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_month_ends_where_it_ends(day: str, months: int, expected: str) -> None:
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("record_type", "body", "expected"),
    [
        ("authority", {}, dt.date(2025, 2, 28)),
        ("laboratoryDetection", {}, dt.date(2025, 2, 28)),
        ("biosafetyExpert", {}, dt.date(2028, 2, 29)),
        ("biosafetyDecision", {"expires": True}, dt.date(2026, 2, 28)),
        ("biosafetyDecision", {"expires": False}, None),
        ("biosafetyDecision", {}, None),
        ("modifiedOrganism", {"expires": True}, None),
    ],
)
def test_due_day_follows_from_type_and_owner(
    record_type: str, body: dict[str, bool], expected: dt.date | None
) -> None:
    assert find_confirmation_due(record_type, body, DAY) == expected


def test_record_is_due_for_three_months_before_it_is_shown_as_not_confirmed() -> None:
    # confirmed 2024-02-29, due 2025-02-28, three months more: 2025-05-28
    days = ["2025-02-28", "2025-03-01", "2025-05-28", "2025-05-29"]
    found = [find_standing("authority", {}, DAY, dt.date.fromisoformat(day)) for day in days]
    assert found == ["confirmed", "due", "due", "not_confirmed"]
    assert find_standing("modifiedOrganism", {}, DAY, dt.date(2099, 1, 1)) == "no_cycle"
