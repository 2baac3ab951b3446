"""The analyser over ten Parties, worked by hand.

Question Q014 of the fourth report (measures in place: one answer) and Q015 (instruments: several),
Q053 (simplified procedure used?) and what follows only after a yes to Q054: Q055, how often.

            region  since  NR3 Q154  NR3 Q070  NR4 Q137  NR4 Q015        NR4 Q054/Q055  NR4 came
    KEN     AFR     2003   true      0         true      laws, guides    true / 1+      in time
    UGA     AFR     2003   false     5-        true      laws            true / -       in time
    TGO     AFR     2003   -         -         false     none            false / -      late
    CHN     AP      2003   true      5+        true      laws, regs      true / 5+      in time
    IND     AP      2003   false     5-        no report
    NOR     WEOG    2003   true      -         -         guides          -              in time
    CHE     WEOG    2003   empty report        true      -               -              late
    MEX     GRULAC  2003   true      0         false     laws            false / -      in time
    CUB     GRULAC  2017   no Party            true      laws            -              in time
    UKR     CEE     2003   -         -         no report
    RUS     CEE     never                      true      laws            -              in time
    ECU     GRULAC  2020-2-1  joined after 2019-12-31, reported 2020-3-1: true
"""

import datetime as dt
from fractions import Fraction

import pytest

from cartagena.engine.analysis import WHOLE_GROUP, WROTE, Analysis, Column, analyse
from cartagena.engine.analysis_query import Group, read_query
from cartagena.engine.evaluate import Evaluator
from tests.hand_made import Answers, make_facts

REGIONS = {
    "KEN": "AFR", "UGA": "AFR", "TGO": "AFR", "CHN": "AP", "IND": "AP", "NOR": "WEOG",
    "CHE": "WEOG", "MEX": "GRULAC", "CUB": "GRULAC", "UKR": "CEE", "RUS": "CEE", "ECU": "GRULAC",
}  # fmt: skip
LAWS, REGS, GUIDES, NONE = (
    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations",
    "instrument.biosafetyGuidelines", "instrument.none",
)  # fmt: skip
NR3: dict[str, Answers] = {
    "KEN": {"Q154": "true", "Q070": "0"}, "UGA": {"Q154": "false", "Q070": "5-"},
    "CHN": {"Q154": "true", "Q070": "5+"}, "IND": {"Q154": "false", "Q070": "5-"},
    "NOR": {"Q154": "true"}, "CHE": {}, "MEX": {"Q154": "true", "Q070": "0"},
}  # fmt: skip
NR4: dict[str, Answers] = {
    "KEN": {"Q137": "true", "Q015": [LAWS, GUIDES], "Q054": "true", "Q055": "1+",
            "Q052": "text:Nous avons simplifié la procédure."},
    "UGA": {"Q137": "true", "Q015": LAWS, "Q054": "true"},
    "TGO": {"Q137": "false", "Q015": NONE, "Q054": "false"},
    "CHN": {"Q137": "true", "Q015": [LAWS, REGS], "Q054": "true", "Q055": "5+",
            "Q052": "text:简化程序"},
    "NOR": {"Q015": GUIDES}, "CHE": {"Q137": "true"},
    "MEX": {"Q137": "false", "Q015": LAWS, "Q054": "false"},
    "CUB": {"Q137": "true", "Q015": LAWS}, "RUS": {"Q137": "true", "Q015": LAWS},
    "ECU": {"Q137": "true"},
}  # fmt: skip
LATE = dt.date(2019, 12, 1)  # due on 2019-10-01
AFR = Group("AFR")


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    answers: dict[tuple[str, str], Answers] = {
        ("nr3", party): given for party, given in NR3.items()
    }
    answers |= {("nr4", party): given for party, given in NR4.items()}
    joined = {"CUB": dt.date(2017, 1, 1), "RUS": dt.date.max, "ECU": dt.date(2020, 2, 1)}
    published = {
        ("nr4", "TGO"): LATE, ("nr4", "CHE"): LATE, ("nr4", "ECU"): dt.date(2020, 3, 1)
    }  # fmt: skip
    return Evaluator(make_facts(REGIONS, answers, joined=joined, published=published))


def ask(evaluator: Evaluator, **values: list[str]) -> Analysis:
    groups, parties = evaluator.status.groups, evaluator.facts.roll.codes
    return analyse(evaluator, read_query(values, groups, parties))


def column(evaluator: Evaluator, question: str, **values: list[str]) -> Column:
    return ask(evaluator, q=[question], **values).questions[0].own


def test_shares_are_of_parties_with_what_is_not_known(evaluator: Evaluator) -> None:
    cell = column(evaluator, "nr4.Q137").cell("true")

    # Parties on 2019-12-31: KEN UGA TGO CHN IND NOR CHE MEX CUB UKR = 10; ECU joined later but was
    # a Party when it reported = 11. RUS is no Party.
    assert cell.size == 11
    # Yes: KEN UGA CHN CHE CUB ECU = 6. No: TGO MEX = 2. Not known: IND UKR (no report), NOR.
    assert set(cell.yes) == {"KEN", "UGA", "CHN", "CHE", "CUB", "ECU"}
    assert set(cell.no) == {"TGO", "MEX"}
    assert set(cell.unknown) == {"IND", "UKR", "NOR"}
    assert cell.headline == Fraction(6, 8)
    assert cell.floor == Fraction(6, 11)
    assert cell.ceiling == Fraction(9, 11)
    assert cell.response == Fraction(8, 11)


def test_several_answers_of_one_party_count_it_once_in_each(evaluator: Evaluator) -> None:
    own = column(evaluator, "nr4.Q015")

    # Answered: KEN UGA TGO CHN NOR MEX CUB = 7 Parties with 9 options chosen.
    # Laws: KEN UGA CHN MEX CUB = 5 of 7 Parties; of options it would be 5 of 9.
    assert own.cell(LAWS).headline == Fraction(5, 7)
    assert own.cell(GUIDES).headline == Fraction(2, 7)
    assert own.cell(REGS).headline == Fraction(1, 7)
    assert sum(len(own.cell(option).yes) for option in (LAWS, REGS, GUIDES, NONE)) == 9


def test_non_respondents_are_named(evaluator: Evaluator) -> None:
    own = column(evaluator, "nr4.Q137")

    assert set(own.without_report()) == {"IND", "UKR"}
    assert set(own.silent()) == {"NOR"}


def test_question_that_does_not_apply_has_a_smaller_denominator(evaluator: Evaluator) -> None:
    own = column(evaluator, "nr4.Q055")
    cell = own.cell("1+")

    # Q055 is asked after a yes to Q054. TGO and MEX said no: it does not apply to them. NOR, CHE,
    # CUB and ECU left Q054 empty: whether it applies is not known, so they stay unknown.
    assert set(own.roll.from_bits(own.not_asked)) == {"TGO", "MEX"}
    assert cell.size == 11 - 2
    assert (len(cell.yes), len(cell.no)) == (1, 1)  # KEN; CHN
    assert set(cell.unknown) == {"UGA", "NOR", "CHE", "CUB", "ECU", "IND", "UKR"}


@pytest.mark.parametrize(
    ("universe", "size", "floor"),
    [
        ("parties", 11, Fraction(6, 11)),
        ("reported", 9, Fraction(6, 9)),  # all but IND and UKR
        ("answered", 8, Fraction(6, 8)),  # and NOR
    ],
)
def test_universe_says_whose_share_it_is(
    evaluator: Evaluator, universe: str, size: int, floor: Fraction
) -> None:
    cell = column(evaluator, "nr4.Q137", universe=[universe]).cell("true")

    assert (cell.size, cell.floor) == (size, floor)
    assert cell.headline == Fraction(6, 8)


def test_panel_holds_those_that_reported_in_every_cycle(evaluator: Evaluator) -> None:
    found = ask(evaluator, q=["nr4.Q137"], cycle=["nr3"], universe=["panel"]).questions[0]
    before, after = found.columns

    # NR3: KEN UGA CHN IND NOR CHE MEX. NR4: KEN UGA TGO CHN NOR CHE MEX CUB ECU. Both: 6.
    assert before.cell("true").size == after.cell("true").size == 6
    assert set(before.cell("true").yes) == {"KEN", "CHN", "NOR", "MEX"}
    assert set(after.cell("true").yes) == {"KEN", "UGA", "CHN", "CHE"}


def test_groups_overlap_and_are_counted_each_by_itself(evaluator: Evaluator) -> None:
    own = column(evaluator, "nr4.Q137", group=["AFR", "East:KEN,UGA", "Odd:KEN,RUS,ECU"])

    assert [group.name for group in own.groups] == ["all", "AFR", "East", "Odd"]
    assert len(own.cell("true", AFR).yes) == 2  # KEN UGA; TGO said no
    assert own.cell("true", AFR).headline == Fraction(2, 3)
    assert own.cell("true", Group("East", ("KEN", "UGA"))).headline == Fraction(1)
    # RUS is named in the group but is no Party, so it is not counted.
    assert set(own.cell("true", Group("Odd", ("KEN", "RUS", "ECU"))).yes) == {"KEN", "ECU"}
    assert len(own.cell("true", WHOLE_GROUP).yes) == 6


def test_reports_are_counted_as_share_of_reports_and_of_the_group(evaluator: Evaluator) -> None:
    (source,) = ask(evaluator, q=["nr4.Q137"], group=["AFR", "GRULAC"]).sources
    rows = {row.group.name: row for row in source.groups}

    assert (len(rows["all"].parties), len(rows["all"].reported)) == (11, 9)
    assert rows["AFR"].of_reports == Fraction(3, 9)
    assert rows["AFR"].of_group == Fraction(3, 3)
    # GRULAC: MEX CUB ECU all reported.
    assert rows["GRULAC"].of_reports == Fraction(3, 9)
    assert set(source.late) == {"TGO", "CHE", "ECU"}
    assert set(source.in_time) == {"KEN", "UGA", "CHN", "NOR", "MEX", "CUB"}
    assert set(source.joined_later) == {"ECU"}
    assert set(source.outside) == {"RUS"}
    assert set(source.missing) == {"IND", "UKR"}


def test_late_reports_can_be_left_out_and_are_named(evaluator: Evaluator) -> None:
    found = ask(evaluator, q=["nr4.Q137"], timing=["in_time"])
    cell = found.questions[0].own.cell("true")

    # Without TGO (no), CHE (yes) and ECU (yes): yes KEN UGA CHN CUB, no MEX, of 11 Parties.
    assert set(cell.yes) == {"KEN", "UGA", "CHN", "CUB"}
    assert set(cell.no) == {"MEX"}
    assert cell.size == 11
    assert set(found.sources[0].left_out) == {"TGO", "CHE", "ECU"}
    late = column(evaluator, "nr4.Q137", timing=["late"]).cell("true")
    assert (set(late.yes), set(late.no)) == ({"CHE", "ECU"}, {"TGO"})


def test_cut_off_leaves_out_what_came_after_it(evaluator: Evaluator) -> None:
    found = ask(evaluator, q=["nr4.Q137"], cutoff=["2019-12-31"])

    assert set(found.sources[0].left_out) == {"ECU"}
    assert set(found.questions[0].own.cell("true").yes) == {"KEN", "UGA", "CHN", "CHE", "CUB"}


def test_filters_keep_only_parties_that_gave_other_answers(evaluator: Evaluator) -> None:
    found = ask(evaluator, q=["nr4.Q137"], where=["nr3.Q154:true", f"Q015:{LAWS},{GUIDES}"])
    cell = found.questions[0].own.cell("true")

    # NR3 yes: KEN CHN NOR MEX; of them with laws or guidelines in NR4: all four.
    assert found.kept is not None
    assert set(found.kept) == {"KEN", "CHN", "NOR", "MEX"}
    assert (set(cell.yes), set(cell.no), set(cell.unknown)) == ({"KEN", "CHN"}, {"MEX"}, {"NOR"})
    any_answer = ask(evaluator, q=["nr4.Q137"], where=["nr4.Q055:*"])
    assert set(any_answer.kept or ()) == {"KEN", "CHN"}


def test_lost_answers_leave_the_comparison_open_instead_of_vanishing(evaluator: Evaluator) -> None:
    before, own = ask(evaluator, q=["nr4.Q055"], cycle=["nr3"]).questions[0].columns
    cell = before.cell("0")

    # NR3 Q070 -> NR4 Q055: "0" and "5+" are kept, "5-" (less than five) reaches no band.
    # NR3: KEN MEX none, CHN 5+, UGA IND less than five. Of 5 that answered 2 said none; UGA and IND
    # may have or not: between 2/5 and 4/5. 2/3 would be the share without them, unseen.
    assert (set(cell.yes), set(cell.no)) == ({"KEN", "MEX"}, {"CHN"})
    assert set(cell.undecided) == {"UGA", "IND"}
    assert set(cell.undecided) <= set(cell.unknown)
    assert cell.headline is None
    assert cell.between == (Fraction(2, 5), Fraction(4, 5))
    # No band of 2015 is surely "1 to 5".
    assert before.cell("1+").comparison == "not_comparable"
    assert before.cell("1+").size == 0
    assert [loss.option for loss in before.counterpart.losses] == ["5-"]
    # As asked, the older question has all its answers.
    assert len(before.own_cell("5-").yes) == 2
    assert own.cell("1+").comparison == "own"


def test_a_text_is_written_or_not_known_but_never_a_no(evaluator: Evaluator) -> None:
    cell = column(evaluator, "nr4.Q052").cell(WROTE)

    assert set(cell.yes) == {"KEN", "CHN"}
    assert not cell.no
    assert cell.size == 11
    assert cell.floor == Fraction(2, 11)


def test_an_earlier_day_of_knowledge_knows_fewer_reports(evaluator: Evaluator) -> None:
    early = Evaluator(evaluator.facts, as_of=dt.date(2019, 10, 31))
    cell = column(early, "nr4.Q137").cell("true")

    assert set(cell.yes) == {"KEN", "UGA", "CHN", "CUB"}
    assert cell.size == 10  # ECU is no Party yet
