"""Tiles, drawings, numbers and sentences."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.utils.translation import override

from cartagena.apps.portal import typography
from cartagena.apps.portal.charts import Mark, draw_bar, draw_chart, draw_spark
from cartagena.apps.portal.presenters.figure import write_sentence, write_value
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.tiles import load_places
from cartagena.engine.figure import Figure
from cartagena.engine.parties import load_countries, members
from cartagena.engine.parties import load_memberships as memberships
from cartagena.engine.status import REGIONS
from tests.apps.portal.site.conftest import Site
from tests.apps.portal.site.sample import make_evaluator

# 121 yes, 40 no, 10 silent of 171: headline 121/161 = 75 %, floor 121/171 = 71 %,
# ceiling 131/171 = 77 %, response 161/171 = 94 %.
FIGURE = Figure(
    indicator="1.2.4", point="final", variant="strict", group=None, universe="in_force",
    kind="share", unit="percent of Parties", yes=121, no=40, unknown=10,
    numerator=121, denominator=161,
)  # fmt: skip


def test_every_country_has_one_tile_in_its_region() -> None:
    drawn = [place.party for places in load_places().values() for place in places]
    assert sorted(drawn) == sorted(country.code for country in load_countries())
    for region in REGIONS:
        here = {place.party for place in load_places()[region]}
        # The Holy See is in no regional group; its tile stands beside Italy's.
        assert here - {"VAT"} == members(memberships(), region, dt.date(2020, 1, 1))


def test_no_two_tiles_share_a_place() -> None:
    for region, places in load_places().items():
        taken = [(place.row, place.column) for place in places]
        assert len(taken) == len(set(taken)), region
        assert max(place.row for place in places) <= 10
        assert max(place.column for place in places) <= 10


def test_share_is_a_sentence_with_its_counts() -> None:
    assert write_sentence(FIGURE).replace("\N{NO-BREAK SPACE}", " ") == (
        "121 of the 161 Parties that answered (75 %) reported this. If every silent Party were a "
        "no it would be 71 % of all 171 Parties; if every one were a yes, 77 %."
    )


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, "75 %"),
        ({"kind": "count"}, "121"),
        ({"status": "not_asked"}, "–"),
        ({"kind": "total", "lower": 40.0, "upper": None}, "40+"),
        ({"kind": "total", "lower": 40.0, "upper": 90.0}, "40–90"),
        ({"kind": "amount", "lower": 4.94e6, "upper": 4.94e6}, "4.9M"),
        ({"kind": "ratio", "numerator": 1, "denominator": 4}, "0.25"),
    ],
)
def test_value_is_short(changes: dict[str, object], value: str) -> None:
    figure = replace(FIGURE, **changes)  # type: ignore[arg-type]
    assert write_value(figure).replace("\N{NO-BREAK SPACE}", " ") == value


def test_milestone_says_when_it_was_reached() -> None:
    late = replace(
        FIGURE, kind="milestone", reached_on=dt.date(2018, 3, 5), target_on=dt.date(2014, 9, 29)
    )
    assert write_value(late) == "late"
    assert write_sentence(late) == (
        "Reached on 5 March 2018; the target was before 29 September 2014."
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "–"),
        (Fraction(0), "0 %"),
        (Fraction(1, 1000), "< 1 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(999, 1000), "> 99 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_percent_never_rounds_to_none_or_all(share: Fraction | None, said: str) -> None:
    assert typography.percent(share).replace("\N{NO-BREAK SPACE}", " ") == said


def test_points_carry_their_sign() -> None:
    assert typography.points(Fraction(5, 100)) == "+5"
    assert typography.points(Fraction(-5, 100)) == "\N{MINUS SIGN}5"
    assert typography.points(Fraction(1, 1000)) == "0"


def test_days_are_written_in_the_language_of_the_page() -> None:
    day = dt.date(2010, 10, 15)
    written = {}
    for language in ("en", "zh", "fr"):
        with override(language):
            written[language] = typography.long_date(day)
    assert written == {"en": "15 October 2010", "zh": "2010年10月15日", "fr": "15 octobre 2010"}


def test_bar_is_drawn_to_scale_without_any_style() -> None:
    # 50 yes and 25 unknown of 100; headline 50 of 75 known, which is 66.7 %.
    bar = draw_bar(50, 25, 100, headline=Fraction(50, 75))
    assert '<rect class="yes" width="50%"' in bar
    assert '<rect x="50%" width="25%" height="100%" fill="url(#hatch)"/>' in bar
    assert 'x1="66.7%"' in bar
    assert "style" not in bar


def test_label_of_a_bar_is_escaped() -> None:
    assert "<b>" not in draw_bar(1, 0, 1, label='<b>"')


def test_drawings_leave_gaps_where_nothing_is_known() -> None:
    marks = [Mark(label="a", value=0.5, floor=0.4, ceiling=0.6, text="50 %"), Mark(label="b")]
    assert draw_spark(marks).count("<circle") == 1
    assert draw_chart(marks, "A movement").count("<circle") == 1
    assert 'class="path"' not in draw_chart(marks, "A movement")


def test_courses_of_all_indicators_add_up() -> None:
    overview = get_overview(make_evaluator())
    assert sum(overview.course_counts("").values()) == 72
    assert sum(sum(overview.course_counts(f"{n}.").values()) for n in range(1, 6)) == 72


def test_overview_is_made_once_for_an_evaluator() -> None:
    evaluator = make_evaluator()
    assert get_overview(evaluator) is get_overview(evaluator)


def test_style_guide_shows_all_components(site: Site, settings: Any) -> None:
    settings.CARTAGENA_STYLEGUIDE = True
    text = site.get("/styleguide").content.decode()
    for part in ("figure", "bar", "spark", "chart", "tiles", "tree", "time", "citation"):
        assert f'class="{part}' in text, part
