"""The crosswalk links each question to the cycle before and says what is lost."""

import pytest

from cartagena.engine.crosswalk import (
    combine,
    compose,
    find_previous,
    find_verdict,
    load_crosswalk,
)
from cartagena.engine.questionnaire import load_format

LOSSY = {
    "nr3": "Q103 Q164 Q166 Q173",
    "nr4": "Q019 Q034 Q037 Q041 Q043 Q046 Q047 Q055 Q058 Q077 Q089 Q134 Q145 Q159 Q165",
    "nr5": "Q021 Q047 Q082 Q084 Q086 Q115 Q128",
}


@pytest.mark.parametrize(("cycle", "mapped"), [("nr3", 184), ("nr4", 163), ("nr5", 179)])
def test_every_mapping_of_the_clearing_house_is_there(cycle: str, mapped: int) -> None:
    # 185 entries in the fifth report's file, of which 6 are broken
    assert sum(not link.proposed for link in load_crosswalk(cycle).links) == mapped


@pytest.mark.parametrize(("cycle", "count"), [("nr3", 4), ("nr4", 15), ("nr5", 7)])
def test_lossy_questions_are_counted_and_listed(cycle: str, count: int) -> None:
    lossy = load_crosswalk(cycle).lossy

    assert len(lossy) == count
    assert sorted(link.new[0] for link in lossy) == LOSSY[cycle].split()
    assert all(link.verdict in ("rescaled", "narrower") for link in lossy)


@pytest.mark.parametrize("cycle", ["nr3", "nr4", "nr5"])
def test_every_answerable_question_is_linked_new_or_dropped(cycle: str) -> None:
    walk = load_crosswalk(cycle)
    linked = {key for link in walk.links for key in link.new}
    answerable = {q.key for q in load_format(cycle).questions if not q.is_structural}

    assert answerable == (linked & answerable) | set(walk.new)
    assert not linked & set(walk.new)


@pytest.mark.parametrize("cycle", ["nr3", "nr4", "nr5"])
def test_equivalent_links_lose_nothing_and_share_their_concept(cycle: str) -> None:
    walk = load_crosswalk(cycle)
    form = load_format(cycle)

    for link in walk.links:
        if link.verdict != "equivalent":
            continue
        old = load_format(walk.find_source(link.old[0])).question(link.old[0])
        assert not link.losses
        assert link.window is None
        assert old.concept == form.question(link.new[0]).concept


@pytest.mark.parametrize("cycle", ["nr3", "nr4", "nr5"])
def test_questions_that_are_not_equivalent_have_concepts_of_their_own(cycle: str) -> None:
    walk = load_crosswalk(cycle)
    form = load_format(cycle)

    for link in walk.links:
        if link.verdict != "equivalent" and not link.proposed:
            old = load_format(walk.find_source(link.old[0])).question(link.old[0])
            assert old.concept != form.question(link.new[0]).concept, link.new


def test_broken_mappings_of_the_source_are_listed() -> None:
    faults = {fault.new: fault.old for fault in load_crosswalk("nr5").faults}

    for new, old in [("Q001", "Q001"), ("Q002", "Q009"), ("Q003", "Q010"), ("Q004", "Q011")]:
        assert faults[new] == old
    assert faults["Q005"] == "Q012"
    assert faults["Q006"] == "Q013"


def test_four_cycles_compose_to_the_right_question() -> None:
    # The present analyser compares NR5 Q014 with NR3 Q014; the chain is
    # NR5 Q014 -> NR4 Q021 -> NR3 Q022 -> NR2 Q022.
    traced = compose("nr5", "nr2").traces["Q014"]

    assert traced.targets == (("nr2", "Q022"),)
    assert traced.verdict == "equivalent"


def test_proposed_links_are_followed_only_on_wish() -> None:
    # NR5 Q159 (Party to the Supplementary Protocol) -> NR4 Q169 is proposed, -> NR3 Q198 mapped.
    assert "Q159" not in compose("nr5", "nr3").traces
    traced = compose("nr5", "nr3", proposed=True).traces["Q159"]

    assert traced.targets == (("nr3", "Q198"),)
    assert [link.proposed for link in traced.links] == [True, False]
    assert traced.verdict == "narrower"


def test_composition_names_a_question_for_every_mapped_key() -> None:
    composed = compose("nr5", "nr2")
    answerable = [q for q in load_format("nr5").by_key.values() if not q.is_structural]

    assert composed.steps == ("nr5", "nr4", "nr3", "nr2")
    assert len(composed.traces) + len(composed.broken) == len(answerable)
    for trace in composed.traces.values():
        assert trace.targets
        for source, key in trace.targets:
            assert key in load_format(source).by_key


def test_composition_of_one_step_is_the_crosswalk() -> None:
    composed = compose("nr5", "nr4")

    assert len(composed.traces) == 179
    assert len({loss.new for trace in composed.traces.values() for loss in trace.losses}) == 7


def test_values_and_losses_add_up_over_the_steps() -> None:
    # NR2 Q075 (none, less than 5, more than 5) -> NR3 Q070 same -> NR4 Q055 (0, 1+, 5+): "5-" lost
    # -> NR5 Q047 (1+, 5+): "0" lost as well; only "5+" arrives.
    trace = compose("nr5", "nr2").traces["Q047"]

    assert trace.targets == (("nr2", "Q075"),)
    assert trace.values == {"0": None, "5-": None, "5+": "5+"}
    assert {(loss.new_cycle, loss.option) for loss in trace.losses} == {
        ("nr4", "5-"),
        ("nr5", "0"),
    }
    assert trace.verdict == "rescaled"


def test_survey_questions_are_found_as_a_source_of_their_own() -> None:
    trace = compose("nr4", "nr2").traces["Q167"]

    assert trace.targets == (("survey2014", "S006"),)
    assert trace.values is not None
    assert trace.values["USD5000000+"] == "USD500000+"


def test_time_window_makes_a_question_narrower() -> None:
    link = find_previous("nr4", "Q029")

    assert link is not None
    assert link.verdict == "narrower"
    assert link.window is not None
    assert (link.window.old, link.window.new) == ("ever", "current reporting period")


def test_code_with_another_meaning_is_mapped_by_meaning() -> None:
    link = find_previous("nr4", "Q132")

    assert link is not None
    training = "68250AA6-75F1-470D-A8E7-85ECDF703D00"
    assert link.map_option(training) == "BB3CA716-E122-4445-9FAD-9F6B440363BD"


def test_question_without_predecessor_has_none() -> None:
    assert find_previous("nr5", "Q134") is None
    assert find_previous("nr2", "Q015") is None


def test_verdict_between_distant_cycles() -> None:
    assert find_verdict("nr2", "Q015", "nr5", "Q007") == "equivalent"
    assert find_verdict("survey2014", "S006", "nr4", "Q167") == "rescaled"
    assert find_verdict("nr2", "Q016", "nr5", "Q007") is None


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("equivalent", "equivalent"), "equivalent"),
        (("equivalent", "narrower"), "narrower"),
        (("narrower", "wider"), "rescaled"),
        (("wider", "rescaled"), "rescaled"),
    ],
)
def test_verdicts_combine(verdicts, expected) -> None:
    assert combine(verdicts) == expected


def test_older_cycle_cannot_be_composed_towards_a_newer() -> None:
    with pytest.raises(KeyError, match="nr2 has no crosswalk"):
        compose("nr3", "nr5")
