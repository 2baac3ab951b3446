"""A record has one address; every other way to write it leads there."""

import datetime as dt

import pytest

from cartagena.apps.registry import api as registry
from tests.apps.portal.records.conftest import Reader
from tests.apps.portal.records.published import DECISION, NOW, make, publish


def where(reader: Reader, address: str) -> str:
    """Where an address leads in the end."""
    response = reader.client.get(address)
    assert response.status_code == 302, address
    return str(response.url)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "written",
    [
        "{lower}", "{identifier}", "{lower_identifier}", "{document}",
        "BCH‑DEC‑KE‑{document}", "BCH-DEC-NO-{document}",
    ],
)  # fmt: skip
def test_every_spelling_leads_to_the_public_number(reader: Reader, written: str) -> None:
    number = reader.numbers["biosafetyDecision"]
    asked = written.format(
        lower=number.lower(), identifier=DECISION, lower_identifier=DECISION.lower(),
        document=number.rpartition("-")[2],
    )  # fmt: skip
    assert where(reader, f"/records/{asked}") == f"/records/{number}"


def test_a_revision_keeps_its_own_address(reader: Reader) -> None:
    number = reader.numbers["biosafetyDecision"]
    assert where(reader, f"/records/{number.lower()}-1") == f"/records/{number}-1"
    assert reader.get(f"/records/{number}-1").status_code == 200
    assert reader.get(f"/records/{number}-2").status_code == 404


def test_language_and_day_stay_on_the_way(reader: Reader) -> None:
    number = reader.numbers["biosafetyDecision"]
    asked = f"/fr/records/{DECISION}?as_of=2025-01-01&text=fr"
    assert where(reader, asked) == f"/fr/records/{number}?as_of=2025-01-01&text=fr"


def test_addresses_of_the_present_clearing_house_lead_on(reader: Reader) -> None:
    number = reader.numbers["biosafetyDecision"]
    document = number.rpartition("-")[2]
    for address in (
        f"/database/DEC/{number}", f"/database/DEC/{number}-1", f"/en/database/DEC/{number}",
        f"/database/DEC/{number.lower()}/1", f"/database/{document}",
        f"/en/database/DEC/{DECISION}",
    ):  # fmt: skip
        revision = "-1" if address.endswith("1") and document not in address[-3:] else ""
        assert where(reader, address) == f"/records/{number}{revision}", address
    assert where(reader, f"/fr/database/DEC/{number}") == f"/fr/records/{number}"
    assert where(reader, "/countries/ke") == "/parties/KEN/records"
    assert where(reader, "/en/countries/ke") == "/parties/KEN/records"
    assert where(reader, "/registries/living-modified-organisms") == "/registries/modifiedOrganism"
    older = f"/database/record.shtml?documentid={document}"
    assert where(reader, older) == f"/records/{number}"


def test_other_pages_of_the_present_clearing_house_lead_on(reader: Reader) -> None:
    lmo = reader.numbers["modifiedOrganism"]
    assert where(reader, f"/reports/lmo/{lmo.lower()}-1/decisions") == f"/records/{lmo}-1"
    assert where(reader, "/search/national-records/decisions?x=1") == "/search"
    assert where(reader, "/fr/search/reference-records") == "/fr/search"
    assert where(reader, "/en/registries/organisms?party=KEN") == "/registries/organisms?party=KEN"


@pytest.mark.parametrize("rest", ["/evil.example", "\\evil.example", "//evil.example/x"])
def test_english_prefix_never_leads_to_another_site(reader: Reader, rest: str) -> None:
    assert where(reader, f"/en/{rest}").startswith("/evil.example")


@pytest.mark.parametrize(
    "address",
    [
        "/records/BCH-DEC-KE-999999", "/records/BCH-LAW-KE-102", "/records/nothing", "/records/0",
        "/records/BCH-DEC-KE-102-7", "/database/DEC/BCH-DEC-KE-999999", "/xx/database/DEC/1",
        "/countries/nowhere", "/parties/XXX/records", "/registries/nothing", "/database/",
        "/records/" + "9" * 30, "/records/%00", "/database/%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reader: Reader, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_a_live_report_has_its_own_page(reader: Reader) -> None:
    identifier = "REPORT-000000001"
    header = {"identifier": identifier, "schema": "cpbNationalReport4", "languages": ["en"]}
    publish(
        registry.Publication(
            identifier=identifier,
            type="cpbNationalReport4",
            government="KEN",
            body={"header": header, "government": {"identifier": "ke"}},
            published_at=dt.datetime(2019, 10, 1, tzinfo=dt.UTC),
            document_id=777,
        )
    )
    assert where(reader, "/records/BCH-NR4-KE-777") == "/parties/KEN/reports/nr4"
    assert "BCH-NR4-KE-777" in reader.read("/records/BCH-NR4-KE-777/history")

    registry.withdraw_record(identifier, actor=None, reason="Sent twice.", now=NOW)

    assert "Sent twice." in reader.read("/records/BCH-NR4-KE-777")


def test_files_of_a_record(reader: Reader) -> None:
    number = reader.numbers["biosafetyDecision"]

    body = reader.get(f"/records/{number}.json").json()  # type: ignore[attr-defined]
    about = reader.get(f"/records/{number}.jsonld").json()  # type: ignore[attr-defined]

    assert body["header"]["identifier"] == DECISION
    assert about["identifier"] == [f"{number}-1", DECISION]
    assert about["datePublished"] == "2024-07-01"
    assert {name["@language"] for name in about["name"]} == {"en", "fr"}


def test_a_file_that_did_not_change_is_not_sent_again(reader: Reader) -> None:
    address = f"/records/{reader.numbers['biosafetyLaw']}.json"
    tag = reader.get(address)["ETag"]

    again = reader.client.get(address, headers={"If-None-Match": tag})
    publish(make("biosafetyLaw", on=dt.date(2025, 1, 1), title={"en": "Another title"}))
    after = reader.client.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, after.status_code) == (304, 200)


def test_notes_are_never_shown(reader: Reader) -> None:
    publish(make("biosafetyLaw", number=950, document_id=950, notes="for our eyes only"))
    for end in ("", ".json", ".jsonld", "/history"):
        text = reader.read(f"/records/BCH-LAW-KE-950{end}")
        assert "for our eyes only" not in text
