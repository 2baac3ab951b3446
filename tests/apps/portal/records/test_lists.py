"""What a country has, what is new, statistics and registries."""

import datetime as dt
from xml.etree import ElementTree

from cartagena.apps.registry import api as registry
from tests.apps.portal.records.conftest import Reader
from tests.apps.portal.records.published import DECISION, NOW, make, publish

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_card_shows_records_and_what_is_missing(reader: Reader) -> None:
    text = reader.read("/parties/KEN/records")
    checks = text.partition('id="check-list"')[2]
    assert reader.numbers["biosafetyLaw"] in checks
    assert "Missing:" in checks
    assert "records do not tell" in checks
    assert 'id="unconfirmed"' in text


def test_a_card_counts_what_is_there(reader: Reader) -> None:
    assert "records are there for 0." in reader.read("/parties/NOR/records?as_of=2024-01-01")
    # Norway has decisions on introduction into the environment, and nothing else.
    assert "records are there for 1." in reader.read("/parties/NOR/records")


def test_laws_of_the_union_stand_under_its_members(reader: Reader) -> None:
    registry.load_shipped(now=NOW)
    publish(make("biosafetyLaw", number=960, document_id=960, government="EUR",
                 title={"en": "A directive"}))  # fmt: skip

    member, other, union = (
        reader.read(f"/parties/{code}/records") for code in ("AUT", "NOR", "EUR")
    )

    assert "A directive" in member
    assert "published by the European Union" in member
    assert "A directive" not in other
    assert "Laws of the European Union" not in union


def test_a_code_in_other_letters_leads_to_the_card(reader: Reader) -> None:
    response = reader.get("/parties/ke/records")
    assert response.status_code == 302
    assert response["Location"] == "/parties/KEN/records"


def test_the_page_of_a_party_leads_to_its_card(reader: Reader) -> None:
    assert 'href="/parties/KEN/records"' in reader.read("/parties/KEN")


def test_new_lists_what_happened_by_day(reader: Reader) -> None:
    registry.withdraw_record(DECISION, actor=None, reason="Quashed.", now=NOW)
    text = reader.read("/new")
    assert text.index("22 November 2026</time></h2>") < text.index("1 July 2024</time></h2>")
    assert "Quashed." in text
    assert f"{reader.numbers['biosafetyDecision']}-1" in text


def test_new_is_narrowed_by_kind_and_party(reader: Reader) -> None:
    text = reader.read("/new?type=biosafetyDecision&party=NOR")
    assert "2 entries of the log." in text
    assert "BCH-DEC-NO-901" in text
    assert reader.numbers["biosafetyDecision"] not in text
    assert reader.get("/new?type=nothing").status_code == 400
    assert reader.get("/new?page=0").status_code == 400


def test_new_does_not_show_what_was_taken_back(reader: Reader) -> None:
    registry.annul_records([DECISION], actor=None, reason="Never real.", now=NOW)
    assert reader.numbers["biosafetyDecision"] not in reader.read("/new")


def test_new_on_a_day_knows_nothing_of_later(reader: Reader) -> None:
    assert "Nothing was published that fits." in reader.read("/new?as_of=2020-01-01")


def test_the_feed_is_atom_with_the_same_filters(reader: Reader) -> None:
    response = reader.get("/new.atom?type=biosafetyDecision&party=NOR")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - written by us
    entries = feed.findall(f"{ATOM}entry")
    assert response["Content-Type"].startswith("application/atom+xml")
    assert len(entries) == 2
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").startswith("http://testserver/records/BCH-DEC-NO-9")
    for part in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{part}") is not None


def test_a_title_that_xml_cannot_hold_does_not_break_the_feed(reader: Reader) -> None:
    publish(make("biosafetyLaw", number=961, document_id=961, title={"en": "A \x0b & <b>"}))
    ElementTree.fromstring(reader.get("/new.atom").content)  # noqa: S314 - written by us


def test_statistics_count_records_and_not_versions(reader: Reader) -> None:
    total = len(reader.numbers) + 3
    assert f"{total} records are public." in reader.read("/statistics")
    publish(make("biosafetyLaw", on=dt.date(2025, 1, 1), title={"en": "Amended"}))
    text = reader.read("/statistics")
    assert f"{total} records are public." in text
    row = text.partition(">2025</th>")[2].partition("</tr>")[0]
    assert row == '<td class="r">0</td><td class="r">1</td>'


def test_statistics_of_a_day(reader: Reader) -> None:
    assert "0 records are public." in reader.read("/statistics?as_of=2005-01-01")


def test_registries_are_listed_by_title_with_paging(reader: Reader) -> None:
    publish(*(make("organism", number=970 + n, document_id=970 + n,
                   scientificName=f"Brassica {n:03}") for n in range(60)))  # fmt: skip

    first, second = (reader.read(f"/registries/organism?page={n}") for n in (1, 2))
    letter = reader.read("/registries/organism?letter=Z")

    assert "61 records, by title" in first
    assert "Brassica 000" in first
    assert "Zea mays" not in first
    assert "Zea mays" in second
    assert "Zea mays" in letter
    assert "Brassica 000" not in letter
    assert reader.get("/registries/organism?letter=Q").status_code == 400


def test_the_front_page_of_the_clearing_house_counts_each_type(reader: Reader) -> None:
    text = reader.read("/registries")
    assert f"{len(reader.numbers) + 3} records that countries" in text
    assert 'href="/registries/modifiedOrganism"' in text


def test_a_registry_is_narrowed_to_one_country(reader: Reader) -> None:
    text = reader.read("/registries/biosafetyDecision?party=NOR")
    assert "2 records, by title" in text
    assert "BCH-DEC-NO-901" in text
    assert "BCH-DEC-EU-903" not in text
    assert reader.get("/registries/biosafetyDecision?party=XXX").status_code == 400
