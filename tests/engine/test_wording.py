"""Figures in words and as JSON."""

import datetime as dt
from typing import Any

import pytest

from cartagena.engine.figure import Figure
from cartagena.engine.wording import describe_figure, figure_as_json, percent


def make_figure(**values: Any) -> Figure:
    shared: dict[str, Any] = {
        "indicator": "1.6.1", "point": "final", "variant": "strict", "group": None,
        "universe": "in_force", "kind": "share", "unit": "Parties",
    }  # fmt: skip
    return Figure(**{**shared, **values})


SHARE = {"yes": 90, "no": 30, "unknown": 53, "numerator": 90, "denominator": 120}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            # 90 / 120 = 75 %; 90 / 173 = 52 %; (90 + 53) / 173 = 83 %
            SHARE,
            "90 of 120 Parties about which it is known (75 %). Nothing is known of 53 more: if all "
            "of them were a no it would be 52 %, if all were a yes 83 %.",
        ),
        (
            {"yes": 170, "no": 26, "unknown": 0, "numerator": 170, "denominator": 196},
            "170 of 196 Parties (87 %).",
        ),
        (
            {**SHARE, "group": "AFR", "demonstration": True},
            "90 of 120 Parties in AFR about which it is known (75 %). Nothing is known of 53 more: "
            "if all of them were a no it would be 52 %, if all were a yes 83 %. Made-up "
            "demonstration data entered this figure.",
        ),
        (
            {"kind": "count", "yes": 4, "no": 0, "unknown": 2, "numerator": 4},
            "4 Parties so far. Nothing is known of 2 more Parties.",
        ),
        ({"kind": "count", "unit": "events", "numerator": 1200}, "1,200 events."),
        (
            {"kind": "total", "unit": "people", "lower": 10.0, "upper": 49.0, "yes": 3, "no": 0,
             "unknown": 0},
            "Between 10 and 49 people, as reported by 3 Parties.",
        ),
        (
            {"kind": "total", "unit": "people", "lower": 10.0, "yes": 3, "no": 0, "unknown": 1},
            "At least 10 people, as reported by 3 Parties; nothing is known of 1 more.",
        ),
        (
            {"kind": "ratio", "unit": "ratio", "numerator": 3, "denominator": 2},
            "1.50: 3 for 2.",
        ),
        (
            {"kind": "milestone", "numerator": 43, "denominator": 40,
             "reached_on": dt.date(2018, 3, 5), "target_on": dt.date(2014, 9, 29)},
            "Not met: reached on 5 March 2018, after the target of 29 September 2014; instruments "
            "deposited: 43, needed: 40.",
        ),
        ({"status": "no_data", "reason": "Nothing is there."}, "No data. Nothing is there."),
    ],
)  # fmt: skip
def test_figure_is_said_in_a_sentence(values: dict[str, Any], sentence: str) -> None:
    assert describe_figure(make_figure(**values)) == sentence


def test_json_gives_shares_as_decimal_and_exactly() -> None:
    found = figure_as_json(make_figure(**SHARE))

    assert (found["headline"], found["headline_exact"]) == (0.75, "3/4")
    assert found["floor_exact"] == "90/173"
    assert found["numerator"] == 90


def test_json_of_a_figure_without_value_holds_none_and_not_zero() -> None:
    found = figure_as_json(make_figure(status="not_asked", reason="No."))

    assert found["headline"] is None
    assert found["numerator"] is None


def test_percent_never_rounds_something_to_nothing_or_to_all() -> None:
    figure = make_figure(yes=1, no=499, unknown=0, numerator=1, denominator=500)

    assert percent(figure.headline) == "0.2 %"
    assert percent(None) == "unknown"
