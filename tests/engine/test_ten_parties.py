"""Ten Parties, worked by hand: every kind of figure of one indicator, at two points.

Indicator 1.2.4 (national coordination mechanism) reads question Q154 in the third report and Q137
in the fourth: "true" is yes, "false" is no.

            region  in force since   nr3 (mid-term)   nr4 (final)
    KEN     AFR     2003             yes              yes
    UGA     AFR     2003             no               yes
    TGO     AFR     2003             no report        no
    CHN     AP      2003             yes              yes
    IND     AP      2003             no               no report
    NOR     WEOG    2003             yes              reported, question left empty
    CHE     WEOG    2003             reported, empty  yes
    MEX     GRULAC  2003             yes              no
    CUB     GRULAC  2017             not yet a Party  yes
    UKR     CEE     2003             no report        no report
    RUS     CEE     never            -                yes (reports, but is no Party)
"""

import datetime as dt
from fractions import Fraction

import pytest

from cartagena.engine.change import compare
from cartagena.engine.evaluate import Evaluator, UnknownNameError
from cartagena.engine.explain import explain
from tests.hand_made import make_facts

REGIONS = {
    "KEN": "AFR", "UGA": "AFR", "TGO": "AFR", "CHN": "AP", "IND": "AP", "NOR": "WEOG",
    "CHE": "WEOG", "MEX": "GRULAC", "CUB": "GRULAC", "UKR": "CEE", "RUS": "CEE",
}  # fmt: skip
MIDTERM = {
    "KEN": {"Q154": "true"}, "UGA": {"Q154": "false"}, "CHN": {"Q154": "true"},
    "IND": {"Q154": "false"}, "NOR": {"Q154": "true"}, "CHE": {}, "MEX": {"Q154": "true"},
}  # fmt: skip
FINAL = {
    "KEN": {"Q137": "true"}, "UGA": {"Q137": "true"}, "TGO": {"Q137": "false"},
    "CHN": {"Q137": "true"}, "NOR": {}, "CHE": {"Q137": "true"}, "MEX": {"Q137": "false"},
    "CUB": {"Q137": "true"}, "RUS": {"Q137": "true"},
}  # fmt: skip


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    answers = {("nr3", party): given for party, given in MIDTERM.items()}
    answers |= {("nr4", party): given for party, given in FINAL.items()}
    joined = {"CUB": dt.date(2017, 1, 1), "RUS": dt.date.max}
    return Evaluator(make_facts(REGIONS, answers, joined=joined))


def test_headline_floor_ceiling_and_response_at_midterm(evaluator: Evaluator) -> None:
    figure = evaluator.figure("1.2.4", evaluator.point("midterm"))

    # Parties in force on 2015-12-31: ten less CUB (2017) = 9; RUS never was one.
    # Yes: KEN CHN NOR MEX = 4. No: UGA IND = 2. Unknown: TGO CHE UKR = 3.
    assert (figure.yes, figure.no, figure.unknown) == (4, 2, 3)
    assert figure.headline == Fraction(4, 6)
    assert figure.floor == Fraction(4, 9)  # if the three silent ones had none
    assert figure.ceiling == Fraction(7, 9)  # if all three had one
    assert figure.response == Fraction(6, 9)
    assert (figure.numerator, figure.denominator) == (4, 6)


def test_a_non_party_that_reports_is_not_counted(evaluator: Evaluator) -> None:
    figure = evaluator.figure("1.2.4", evaluator.point("final"))

    # In force on 2019-12-31: 10 (CUB now among them). Yes: KEN UGA CHN CHE CUB = 5 (RUS not).
    # No: TGO MEX = 2. Unknown: IND NOR UKR = 3.
    assert (figure.yes, figure.no, figure.unknown) == (5, 2, 3)
    assert figure.headline == Fraction(5, 7)


def test_universes_narrow_the_count(evaluator: Evaluator) -> None:
    final = evaluator.point("final")

    # Reported nr4 and in force: KEN UGA TGO CHN NOR CHE MEX CUB = 8: 5 yes, 2 no, NOR unknown.
    reported = evaluator.figure("1.2.4", final, universe="reported")
    assert (reported.yes, reported.no, reported.unknown) == (5, 2, 1)
    # Answered: the seven with yes or no.
    answered = evaluator.figure("1.2.4", final, universe="answered")
    assert (answered.yes, answered.no, answered.unknown) == (5, 2, 0)


@pytest.mark.parametrize(
    ("region", "yes", "no", "unknown"),
    [("AFR", 2, 1, 0), ("AP", 1, 0, 1), ("WEOG", 1, 0, 1), ("GRULAC", 1, 1, 0), ("CEE", 0, 0, 1)],
)
def test_regions_add_up_to_the_whole(
    evaluator: Evaluator, region: str, yes: int, no: int, unknown: int
) -> None:
    # Final: AFR KEN+ UGA+ TGO-; AP CHN+ IND?; WEOG NOR? CHE+; GRULAC MEX- CUB+; CEE UKR?.
    # Sums: yes 2+1+1+1+0 = 5, no 1+0+0+1+0 = 2, unknown 0+1+1+0+1 = 3, as in the whole.
    figure = evaluator.figure("1.2.4", evaluator.point("final"), group=region)

    assert (figure.yes, figure.no, figure.unknown) == (yes, no, unknown)


def test_a_region_of_silence_has_no_value(evaluator: Evaluator) -> None:
    figure = evaluator.figure("1.2.4", evaluator.point("final"), group="CEE")

    assert figure.status == "no_data"
    assert figure.headline is None
    assert figure.ceiling == 1


def test_the_panel_holds_those_that_reported_both_times(evaluator: Evaluator) -> None:
    change = compare(evaluator, "1.2.4", evaluator.point("midterm"), evaluator.point("final"))

    # Reported nr3: KEN UGA CHN IND NOR CHE MEX; nr4: KEN UGA TGO CHN NOR CHE MEX CUB.
    # Both: KEN UGA CHN NOR CHE MEX.
    assert set(change.panel) == {"KEN", "UGA", "CHN", "NOR", "CHE", "MEX"}
    # Panel before: yes KEN CHN NOR MEX, no UGA, unknown CHE -> 4/5.
    # Panel after:  yes KEN UGA CHN CHE, no MEX, unknown NOR -> 4/5.
    assert change.panel_before.headline == Fraction(4, 5)
    assert change.panel_after.headline == Fraction(4, 5)
    assert change.of_panel == 0
    # Cross-section: 5/7 - 4/6 = 15/21 - 14/21 = 1/21.
    assert change.cross_section == Fraction(1, 21)
    assert not change.composition_drives  # 1/21 is less than five points


def test_the_cause_of_each_partys_movement_is_named(evaluator: Evaluator) -> None:
    change = compare(evaluator, "1.2.4", evaluator.point("midterm"), evaluator.point("final"))
    causes = {m.party: m.cause for m in change.movements}

    assert causes == {
        "KEN": "same",
        "CHN": "same",
        "UGA": "changed_answer",
        "MEX": "changed_answer",
        "TGO": "newly_reported",
        "CHE": "newly_answered",
        "IND": "not_reported_again",
        "NOR": "not_answered_again",
        "CUB": "new_party",
        "UKR": "never_known",
    }


def test_an_explanation_ends_at_the_answer_and_its_report(evaluator: Evaluator) -> None:
    reason = explain(evaluator, "1.2.4", "MEX", evaluator.point("final"))

    assert (reason.operation, reason.outcome) == ("chose", "no")
    assert (reason.source, reason.question) == ("nr4", "Q137")
    assert (reason.wanted, reason.answers) == (("true",), ("false",))
    assert reason.report is not None
    assert (reason.report.record, reason.report.version) == ("nr4-MEX", 1)


def test_silence_is_explained_as_silence(evaluator: Evaluator) -> None:
    reason = explain(evaluator, "1.2.4", "UKR", evaluator.point("final"))

    assert (reason.outcome, reason.silent, reason.report) == ("unknown", True, None)


def test_what_was_published_later_is_not_seen_earlier() -> None:
    answers = {("nr3", "KEN"): {"Q154": "true"}, ("nr3", "UGA"): {"Q154": "true"}}
    late = {("nr3", "UGA"): dt.date(2018, 3, 1)}
    facts = make_facts({"KEN": "AFR", "UGA": "AFR"}, answers, published=late)

    # On 2016-06-30 only KEN's report was public; on 2019-06-30 both were.
    early = Evaluator(facts, as_of=dt.date(2016, 6, 30))
    later = Evaluator(facts, as_of=dt.date(2019, 6, 30))
    assert early.figure("1.2.4", early.point("midterm")).yes == 1
    assert later.figure("1.2.4", later.point("midterm")).yes == 2


def test_a_point_after_the_day_one_looks_from_has_no_value_yet(evaluator: Evaluator) -> None:
    early = Evaluator(evaluator.facts, as_of=dt.date(2016, 6, 30))

    figure = early.figure("1.2.4", early.point("final"))

    assert figure.status == "not_yet"
    assert "2019-12-31" in figure.reason


def test_day_before_the_convention_cannot_be_evaluated(evaluator: Evaluator) -> None:
    with pytest.raises(UnknownNameError, match="1992-06-05"):
        evaluator.point("0001-01-01")


def test_days_asked_for_do_not_fill_the_memory(evaluator: Evaluator) -> None:
    for number in range(200):
        point = evaluator.point_on(dt.date(2019, 1, 1) + dt.timedelta(days=number))
        evaluator.figure("1.2.4", point)
    for kept in (evaluator._evidence, evaluator._sources, evaluator._records):
        assert len(kept) <= 64
    # 5 of 7 about which it is known, as in the table above
    figure = evaluator.figure("1.2.4", evaluator.point("final"))
    assert (figure.yes, figure.no) == (5, 2)
