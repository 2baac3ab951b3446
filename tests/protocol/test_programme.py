"""The programme of work: printed letters kept, references judged and never repaired silently."""

import pytest

from cartagena.engine.plan import load_plan
from cartagena.engine.programme import Programme, ProgrammeItem
from cartagena.engine.treaty import find_provision

# Reference by reference: item, printed number, proposed target. Where the two agree it is right;
# 2.7 and 2.8 do not exist among the 23 objectives; the other twenty name another objective.
REFERENCES = """
standing.e 3.2 3.2
mop6.b 4.2 4.2
mop6.c 2.1 1.2
mop6.d 1.4 1.6
mop6.e 1.6 1.8
mop6.f 1.3 1.5
mop6.g 2.6 2.4
mop6.g 3.3 3.3
mop6.i 1.1 1.3
mop6.j 1.5 1.7
mop6.j 2.5 2.3
mop7.a 1.1 1.3
mop7.a 2.3 2.1
mop7.a 1.2 1.4
mop7.b 1.4 1.6
mop7.b 2.4 2.2
mop7.c 1.7 1.9
mop7.d 1.7 1.9
mop7.e 2.1 1.1
mop7.e 2.2 1.2
mop7.e 2.8 2.6
mop7.f 2.7 2.5
mop7.f 5.1 5.1
mop8.a 1.7 1.9
mop8.c 4.2 4.2
mop8.e 2.5 2.3
mop9.a 4.1 4.1
mop9.b 2.5 2.3
"""


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_plan().programme


def get_item(programme: Programme, item_id: str) -> ProgrammeItem:
    item = programme.item(item_id)
    assert isinstance(item, ProgrammeItem)
    return item


def test_programme_has_five_standing_and_twenty_five_scheduled_items(programme: Programme) -> None:
    assert len(programme.standing_items) == 5
    counts = {agenda.meeting: len(agenda.items) for agenda in programme.meetings}
    assert counts == {6: 10, 7: 7, 8: 4, 9: 2, 10: 2}
    assert len(programme.items) == 25


def test_every_agenda_opens_with_the_standing_items(programme: Programme) -> None:
    assert len(programme.agenda(8)) == 5 + 4
    assert programme.agenda(8)[:5] == programme.standing_items
    with pytest.raises(LookupError, match="no meeting 5"):
        programme.agenda(5)


def test_eighth_meeting_keeps_the_gap_at_b(programme: Programme) -> None:
    eighth = next(agenda for agenda in programme.meetings if agenda.meeting == 8)
    assert [item.printed for item in eighth.items] == ["(a)", "(c)", "(d)", "(e)"]


def test_tenth_meeting_keeps_the_gap_at_four(programme: Programme) -> None:
    points = get_item(programme, "mop10.b").points
    assert [point.printed for point in points] == ["(一)", "(二)", "(三)", "(五)", "(六)", "(七)"]


def test_references_are_those_of_the_document(programme: Programme) -> None:
    expected = [tuple(line.split()) for line in REFERENCES.split("\n") if line]
    found = [(each.item, each.printed, *each.proposed) for each in programme.references]
    assert found == expected


def test_tally_is_six_right_twenty_misdirected_two_dangling(programme: Programme) -> None:
    assert dict(programme.tally) == {"right": 6, "misdirected": 20, "dangling": 2}
    assert sum(programme.tally.values()) == 28


def test_dangling_references_are_those_to_objectives_that_do_not_exist(
    programme: Programme,
) -> None:
    dangling = [each.printed for each in programme.references if each.status == "dangling"]
    assert dangling == ["2.8", "2.7"]


def test_numbering_map_explains_all_references_but_one(programme: Programme) -> None:
    others = [each for each in programme.references if each.proposed != (each.mapped,)]
    assert [(each.item, each.mapped, each.proposed) for each in others] == [
        ("mop6.c", "1.1", ("1.2",))
    ]


def test_unsure_proposals_name_their_alternative(programme: Programme) -> None:
    unsure = [each for each in programme.references if each.cited.confidence == "unsure"]
    assert [(each.item, each.proposed, each.cited.alternatives) for each in unsure] == [
        ("mop6.c", ("1.2",), ("1.1",)),
        ("mop7.e", ("2.6",), ("2.4",)),
    ]
    assert all(each.cited.note for each in unsure)


def test_objectives_never_scheduled_depend_on_the_reading(programme: Programme) -> None:
    as_printed = programme.objectives_never_scheduled(as_printed=True)
    assert as_printed == ("1.8", "1.9", "3.1", "5.2", "5.3")
    assert programme.objectives_never_scheduled(as_printed=False) == ("3.1", "5.2", "5.3")


def test_items_without_a_reference_carry_inferred_objectives(programme: Programme) -> None:
    without = [item.id for item in programme.items_without_reference()]
    assert without == [
        *("standing.a", "standing.b", "standing.c", "standing.d"),
        *("mop6.a", "mop6.h", "mop7.g", "mop8.d", "mop10.a", "mop10.b"),
    ]
    inferred = {
        i.id: [each.objective for each in i.inferred] for i in programme.items if i.inferred
    }
    expected = {"mop6.a": ["4.1"], "mop6.h": ["1.1"], "mop7.g": ["1.7"], "mop8.d": ["4.1", "4.2"]}
    assert inferred == expected
    whole = [item.id for item in programme.items if item.concerns_whole_plan]
    assert whole == ["mop10.a", "mop10.b"]


def test_citations_resolve_to_provisions_and_keep_the_printed_form(programme: Programme) -> None:
    citations = get_item(programme, "mop6.c").citations
    assert citations[0].provisions == ("BS-III/3.6", "BS-III/3.13", "BS-III/3.15", "BS-III/3.17")
    assert citations[0].printed == "第 BS-III/3 号决定，第 6、第 13、第 15 和第 17 段"


def test_every_citation_leads_to_a_declared_provision(programme: Programme) -> None:
    cited = {p for item in programme.items for each in item.citations for p in each.provisions}
    assert len(cited) == 22
    assert all(find_provision(provision) for provision in cited)


def test_inferred_citation_is_marked(programme: Programme) -> None:
    inferred = [each for item in programme.items for each in item.citations if each.inferred]
    assert [each.provisions for each in inferred] == [("cpb.art18.2.a",)]
    assert [each.printed for each in inferred] == [""]


def test_references_to_an_objective_are_found_by_the_proposed_target(programme: Programme) -> None:
    items = [each.item for each in programme.references_to("1.9")]
    assert items == ["mop7.c", "mop7.d", "mop8.a"]
