"""What published records propose for a report."""

from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_type import load_record_types
from cartagena.engine.report_proposals import list_proposals
from cartagena.engine.report_published import Published, PublishedRecord, load_published_by

LAW = PublishedRecord("EXAMPLE-LAW-1", "biosafetyLaw", "BCH-LAW-KE-1-1")
AUTHORITY = PublishedRecord("EXAMPLE-CNA-1", "authority")
CONTACT = PublishedRecord("EXAMPLE-CONTACT-1", "contact")


def propose(*records: PublishedRecord, cycle: str = "nr4") -> dict[str, str]:
    published = Published(records, frozenset({"cpb"}))
    return {p.cell: p.value for p in list_proposals(load_format(cycle), published)}


def test_published_law_proposes_that_the_laws_are_in_the_clearing_house() -> None:
    assert propose(LAW)["Q112_a"] == "true.availableOnBch"
    assert propose(LAW, cycle="nr5")["Q102_a"] == "true.availableOnBch"
    assert "Q112_a" not in propose()


def test_status_of_the_treaties_is_proposed() -> None:
    assert {key: propose()[key] for key in ("Q012_party", "Q169")} == {
        "Q012_party": "true", "Q169": "false",
    }  # fmt: skip


def test_number_of_authorities_is_proposed_but_several_leave_the_question_open() -> None:
    assert propose()["Q108"] == "false.noCna"
    assert propose(AUTHORITY)["Q108"] == "false.oneCna"
    assert "Q108" not in propose(AUTHORITY, AUTHORITY)


def test_contact_is_proposed_for_the_head() -> None:
    assert propose(CONTACT)["contact"] == "EXAMPLE-CONTACT-1"


def test_every_item_names_a_question_and_a_type_that_exist() -> None:
    concepts = {q.concept for c in ("nr2", "nr3", "nr4", "nr5")
                for q in load_format(c).in_document.values()}  # fmt: skip
    for item in load_published_by().values():
        assert item.concept in concepts
        assert item.type in load_record_types()
