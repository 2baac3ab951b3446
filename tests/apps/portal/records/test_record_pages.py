"""The page of one record: every type, every language, every state."""

import datetime as dt

import pytest

from cartagena.apps.registry import api as registry
from tests.apps.portal.records.conftest import Reader
from tests.apps.portal.records.published import DECISION, LMO, NOW, make, moment, publish


@pytest.mark.parametrize("prefix", ["", "/zh", "/ar", "/fr"])
def test_every_type_has_a_page_in_each_language(reader: Reader, prefix: str) -> None:
    for name, number in reader.numbers.items():
        text = reader.read(f"{prefix}/records/{number}")
        assert f">{number}-1<" in text, name


def test_a_page_shows_every_filled_field_and_no_other(reader: Reader) -> None:
    text = reader.read(f"/records/{reader.numbers['biosafetyDecision']}")
    assert "A distance of 200 m to other maize." in text
    assert "Approval with conditions" in text
    assert "Amina Odhiambo" in text
    assert "Extension in days" not in text
    assert "Jurisdictions" not in text


def test_legacy_fields_are_shown_where_they_are_filled(reader: Reader) -> None:
    old = [{"identifier": "DEBB019D-8647-40EC-8AE5-10CA88572F6E"}]
    publish(make("biosafetyDecision", number=951, document_id=951, jurisdictions=old))
    assert "Sub-national" in reader.read("/records/BCH-DEC-KE-951")


def test_the_language_of_the_words_can_be_chosen(reader: Reader) -> None:
    address = f"/records/{reader.numbers['biosafetyDecision']}"

    usual, chosen, page = (
        reader.read(address), reader.read(f"{address}?text=fr"), reader.read(f"/fr{address}")
    )  # fmt: skip

    assert "Une distance de 200 m" not in usual
    assert "Une distance de 200 m" in chosen
    assert "Une distance de 200 m" in page
    assert reader.get(f"{address}?text=zh").status_code == 400


def test_records_that_point_here_are_listed_by_type(reader: Reader) -> None:
    text = reader.read(f"/records/{reader.numbers['authority']}")
    listed = text.partition('id="referring"')[2]
    assert reader.numbers["biosafetyDecision"] in listed
    assert reader.numbers["nationalRiskAssessment"] in listed


def test_only_live_versions_point(reader: Reader) -> None:
    address = f"/records/{reader.numbers['authority']}"
    assert reader.numbers["biosafetyLaw"] in reader.read(address).partition('id="referring"')[2]
    other = [{"identifier": "0E5A0000-0000-4000-8000-000000000999"}]
    publish(make("biosafetyLaw", on=dt.date(2025, 1, 1), authorities=other))

    now = reader.read(address).partition('id="referring"')[2]
    before = reader.read(f"{address}?as_of=2024-12-01").partition('id="referring"')[2]

    assert reader.numbers["biosafetyLaw"] not in now
    assert reader.numbers["biosafetyLaw"] in before


def test_an_older_version_leads_to_the_latest(reader: Reader) -> None:
    number = reader.numbers["biosafetyLaw"]
    publish(make("biosafetyLaw", on=dt.date(2025, 1, 1), title={"en": "The Act as amended"}))

    older, latest = reader.read(f"/records/{number}-1"), reader.read(f"/records/{number}")
    then = reader.read(f"/records/{number}?as_of=2024-12-01")

    assert "This is version 1. The latest is version 2." in older
    assert "The Act as amended" in latest
    assert "This is version" not in latest
    assert "The Act as amended" not in then
    assert "This is version" not in then


def test_a_withdrawn_record_keeps_number_title_day_and_reason(reader: Reader) -> None:
    number = reader.numbers["biosafetyDecision"]
    registry.withdraw_record(DECISION, actor=None, reason="Quashed by the court.", now=NOW)

    text = reader.read(f"/records/{number}")

    assert "Withdrawn on 22 November 2026." in text
    assert "Quashed by the court." in text
    assert "Release of maize that resists moths" in text
    assert "A distance of 200 m" not in text
    assert "A distance of 200 m" in reader.read(f"/records/{number}?as_of=2026-01-01")
    for end in (".json", ".jsonld"):
        assert reader.get(f"/records/{number}{end}").status_code == 404


def test_what_was_taken_back_is_not_found(reader: Reader) -> None:
    registry.annul_records([DECISION], actor=None, reason="Never real.", now=NOW)
    assert reader.get(f"/records/{reader.numbers['biosafetyDecision']}").status_code == 404


def test_before_its_publication_a_record_is_not_there(reader: Reader) -> None:
    response = reader.get(f"/records/{reader.numbers['biosafetyLaw']}?as_of=2024-06-30")
    assert response.status_code == 404
    assert "first published on 2024-07-01" in response.content.decode()


def test_html_of_others_is_made_safe(reader: Reader) -> None:
    bad = (
        '<p onclick="x()">Hello <script>alert(1)</script><b style="color:red">you</b>'
        '<a href="javascript:alert(2)">click</a><img src=x onerror=alert(3)></p>'
    )
    publish(
        make("biosafetyLaw", number=952, document_id=952, description={"en": bad},
             title={"en": "<script>alert(4)</script>"},
             relevantDocuments=[{"url": "javascript:alert(5)", "name": "A file"}])
    )  # fmt: skip

    text = reader.read("/records/BCH-LAW-KE-952")

    assert "<b>you</b>" in text
    assert "alert(1)" not in text
    assert "onclick" not in text
    assert "onerror" not in text
    assert "style=" not in text
    assert 'href="javascript' not in text
    assert "<script>alert(4)" not in text


def test_confirmation_that_is_due_is_said(reader: Reader) -> None:
    text = reader.read(f"/records/{reader.numbers['authority']}")
    assert "was due on 1 July 2025" in text
    assert "not confirmed" in text


def test_confirming_moves_the_due_day(reader: Reader) -> None:
    identifier = registry.find_record(document_id=101).identifier
    when = moment(dt.date(2026, 11, 1))
    registry.confirm_records([identifier], actor=None, reason="Still holds.", now=when)

    text = reader.read(f"/records/{reader.numbers['authority']}")

    assert "due by 22 November 2027" in text or "due by 1 November 2027" in text
    assert "Still holds." in reader.read(f"/records/{reader.numbers['authority']}/history")


def test_an_lmo_shows_what_the_world_decided(reader: Reader) -> None:
    number = reader.numbers["modifiedOrganism"]
    text = reader.read(f"/records/{number}")
    world = text.partition('id="world"')[2]
    assert "4 decisions by 3 governments." in world
    assert '<li class="c1 ' in world
    assert 'title="Norway: prohibited"' in world
    assert 'title="Kenya: approved with conditions"' in world
    assert 'title="European Union: approved"' in world
    assert 'title="Brazil: no decision published"' in world
    for anchor in ("d-NOR", "d-KEN", "d-EUR"):
        assert f'href="#{anchor}"' in world
        assert f'id="{anchor}"' in world


def test_an_lmo_says_whether_its_check_digit_is_right(reader: Reader) -> None:
    publish(
        make("modifiedOrganism", number=953, document_id=953, uniqueIdentification="MON-00603-7")
    )
    assert "check digit right" in reader.read(f"/records/{reader.numbers['modifiedOrganism']}")
    assert "check digit wrong" in reader.read("/records/BCH-LMO-SCBD-953")


def test_an_lmo_names_genes_donors_laboratories_and_relatives(reader: Reader) -> None:
    stack = "MON-ØØ6Ø3-6 × MON-ØØ81Ø-6"
    own = [{"identifier": LMO}]
    publish(
        make("modifiedOrganism", number=954, document_id=954, uniqueIdentification=stack,
             identity={"en": "A stack"}),
        make("modifiedOrganism", number=955, document_id=955, recipientOrganisms=own,
             hasUniqueIdentification=False, uniqueIdentification=None, identity={"en": "A child"}),
    )  # fmt: skip

    text = reader.read(f"/records/{reader.numbers['modifiedOrganism']}")
    child = reader.read("/records/BCH-LMO-SCBD-955")

    assert "A stack" in text.partition("LMOs that share its event")[2]
    assert "A child" in text.partition("LMOs made from it")[2]
    assert "Zea mays" in text.partition("Genes and where they come from")[2]
    assert "Example Institute" in text.partition("Laboratories that detect")[2]
    assert reader.numbers["modifiedOrganism"] in child.partition("Made from these LMOs")[2]


def test_a_decision_says_whether_it_was_in_time(reader: Reader) -> None:
    publish(
        make("biosafetyDecision", number=956, document_id=956, receiptDate="2023-01-01",
             receiptAcknowledgementDate="2023-04-11", communicationDate=None)
    )  # fmt: skip
    text = reader.read("/records/BCH-DEC-KE-956")
    assert "late by 10 days" in text
    assert "not told" in text
    assert "in time, after 56 days" in reader.read(
        f"/records/{reader.numbers['biosafetyDecision']}"
    )


def test_a_decision_names_what_it_changes_and_what_changes_it(reader: Reader) -> None:
    amended = [{"identifier": DECISION}]
    publish(
        make("biosafetyDecision", number=957, document_id=957, isAmendment=True,
             amendedRecords=amended, amendmentsDetails={"en": "<p>More distance.</p>"})
    )  # fmt: skip
    first = reader.read(f"/records/{reader.numbers['biosafetyDecision']}")
    second = reader.read("/records/BCH-DEC-KE-957")
    assert "BCH-DEC-KE-957" in first.partition("Changed by these decisions")[2]
    assert reader.numbers["biosafetyDecision"] in second.partition("Changes these decisions")[2]


def test_an_assessment_names_the_decisions_that_rely_on_it(reader: Reader) -> None:
    text = reader.read(f"/records/{reader.numbers['nationalRiskAssessment']}")
    listed = text.partition("Decisions that rely on it")[2]
    assert reader.numbers["biosafetyDecision"] in listed
    assert "BCH-DEC-NO-901" not in listed


def test_all_records_that_point_here_can_be_read(reader: Reader) -> None:
    publish(*(make("biosafetyDecision", number=2000 + n, document_id=2000 + n,
                   title={"en": f"Further decision {n}"}) for n in range(20)))  # fmt: skip
    address = f"/records/{reader.numbers['authority']}"

    some, every = reader.read(address), reader.read(f"{address}?referring=biosafetyDecision")

    assert some.count("Further decision") < 20
    assert "referring=biosafetyDecision#referring" in some
    assert every.count("Further decision") == 20
    assert reader.get(f"{address}?referring=nothing").status_code == 400
