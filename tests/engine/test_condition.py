"""What each kind of condition says about answers, gates, texts, records and silence."""

import datetime as dt

import pytest

from cartagena.engine.condition import (
    Basis,
    Condition,
    all_of,
    answer,
    any_of,
    each_of,
    published,
)
from cartagena.engine.evidence import AnswerGrid, Evidence, PublishedRecords
from cartagena.engine.facts import Facts
from tests.hand_made import make_facts

REGIONS = {"KEN": "AFR", "MEX": "GRULAC", "NOR": "WEOG", "UGA": "AFR"}


def outcomes(condition: Condition, facts: Facts) -> dict[str, str]:
    evidence = AnswerGrid(facts).at(None).get("nr4", Evidence(roll=facts.roll))
    basis = Basis(evidence, PublishedRecords(facts, None), 0, dt.date(2019, 12, 31))
    verdict = condition.verdict(basis)
    return {
        party: "yes" if party in facts.roll.from_bits(verdict.yes)
        else "no" if party in facts.roll.from_bits(verdict.no) else "unknown"
        for party in facts.roll.codes
    }  # fmt: skip


@pytest.fixture
def facts() -> Facts:
    return make_facts(
        REGIONS,
        {
            ("nr4", "KEN"): {"Q015": ["law", "guideline"], "Q042": "true", "Q166": "text:We did"},
            ("nr4", "MEX"): {"Q015": ["law"], "Q042": "false"},
            ("nr4", "NOR"): {"Q015": ["none"]},
        },
    )


def test_an_answer_among_several_counts(facts: Facts) -> None:
    found = outcomes(answer("Q015").any("guideline"), facts)

    assert found == {"KEN": "yes", "MEX": "no", "NOR": "no", "UGA": "unknown"}


def test_other_than_needs_an_answer(facts: Facts) -> None:
    found = outcomes(answer("Q015").other_than("none"), facts)

    assert found == {"KEN": "yes", "MEX": "yes", "NOR": "no", "UGA": "unknown"}


def test_all_is_no_as_soon_as_one_part_is(facts: Facts) -> None:
    found = outcomes(all_of(answer("Q015").any("law"), answer("Q042").any("true")), facts)

    # NOR left Q042 empty, but its answer to Q015 already says no.
    assert found == {"KEN": "yes", "MEX": "no", "NOR": "no", "UGA": "unknown"}


def test_any_stays_unknown_while_one_part_is(facts: Facts) -> None:
    found = outcomes(any_of(answer("Q015").any("guideline"), answer("Q042").any("true")), facts)

    assert found == {"KEN": "yes", "MEX": "no", "NOR": "unknown", "UGA": "unknown"}


def test_an_empty_text_is_silence_and_never_a_no(facts: Facts) -> None:
    condition = answer("Q166").written

    assert outcomes(condition, facts)["KEN"] == "yes"
    assert outcomes(condition, facts)["MEX"] == "unknown"
    assert not condition.can_refuse


def test_a_gate_makes_a_no_only_where_the_recipe_says_so(facts: Facts) -> None:
    silent = answer("Q042").any("true")
    gated = silent.no_if(answer("Q015").any("none"))

    assert outcomes(silent, facts)["NOR"] == "unknown"
    assert outcomes(gated, facts)["NOR"] == "no"
    assert outcomes(gated, facts)["KEN"] == "yes"
    assert gated.questions == ("Q042", "Q015")


def test_each_of_asks_every_letter(facts: Facts) -> None:
    condition = each_of("ab", "Q112", "true.availableOnBch")

    assert condition.questions == ("Q112_a", "Q112_b")


def test_a_record_that_is_not_there_is_a_no_once_the_store_is_filled(facts: Facts) -> None:
    record = {
        "record": "FP-1", "version": 1, "type": "focalPoint", "government": "KEN",
        "first_published_on": dt.date(2005, 1, 1), "published_on": dt.date(2005, 1, 1),
        "demonstration": False,
    }  # fmt: skip
    value = {"record": "FP-1", "version": 1, "field": "categories", "value": "CPB-FP1"}
    condition = published("focalPoint", categories="CPB-FP1")
    filled = make_facts(REGIONS, {}, extra={"record": [record], "record_value": [value]})

    assert outcomes(condition, filled) == {"KEN": "yes", "MEX": "no", "NOR": "no", "UGA": "no"}
    assert set(outcomes(condition, facts).values()) == {"unknown"}


def test_a_condition_needs_parts() -> None:
    with pytest.raises(ValueError, match="at least one"):
        all_of()
