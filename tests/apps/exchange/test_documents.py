"""Documents, envelopes, countries and terms as clients of the Clearing-House read them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.apps.exchange.world import GUID, make_example, publish

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.exchange.urls")]

LAW, GONE = GUID.format(1), GUID.format(2)


@pytest.fixture
def web(tmp_path: Path) -> Client:
    law = make_example("biosafetyLaw", submittedOn="2018-01-02T00:00:00Z")
    law["body"]["notes"] = "between us"
    newer = make_example("biosafetyLaw", revision=2, submittedOn="2019-01-02T00:00:00Z")
    newer["body"]["title"] = {"en": "Newer title"}
    gone = make_example("organism", 2, deletedOn="2021-01-01T00:00:00Z")
    publish(tmp_path, law, newer, gone)
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def ask(web: Client, address: str, status: int = 200) -> Any:
    response = web.get(f"/api/v2013/{address}")
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.parametrize(
    "uid", [LAW, LAW.lower(), f"{LAW}@2", "BCH-LAW-KE-5001-2", "bch-law-ke-5001", "5001"]
)
def test_document_is_found_by_every_name_it_has(web: Client, uid: str) -> None:
    assert ask(web, f"documents/{uid}")["title"] == {"en": "Newer title"}


def test_body_comes_without_notes_and_envelope_without_people(web: Client) -> None:
    first = ask(web, f"documents/{LAW}/versions/1")
    info = ask(web, f"documents/{LAW}?info")
    both = ask(web, f"documents/{LAW}?info&body=true")

    assert "notes" not in first
    assert (info["identifier"], info["documentID"], info["type"]) == (LAW, 5001, "biosafetyLaw")
    assert (info["revision"], info["latestRevision"]) == (2, 2)
    assert info["metadata"] == {"government": "ke", "schema": "biosafetyLaw"}
    assert "author@example.org" not in str(info)
    assert "body" not in info
    assert both["body"]["title"] == {"en": "Newer title"}
    assert ask(web, f"documents/{LAW}/info") == info


def test_versions_are_listed_the_newest_first(web: Client) -> None:
    versions = ask(web, f"documents/{LAW}/versions?body=true")

    assert [version["revision"] for version in versions] == [2, 1]
    assert all("notes" not in version["body"] for version in versions)
    assert ask(web, f"documents/{LAW}/versions/1/info")["revision"] == 1


def test_withdrawn_document_is_read_only_when_asked_for(web: Client) -> None:
    problem = ask(web, f"documents/{GONE}", 404)
    assert "withdrawn on 2021-01-01" in problem["message"]

    info = ask(web, f"documents/{GONE}/info?include-deleted=true")

    assert info["deletedOn"] == "2021-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    "address",
    ["documents/x", f"documents/{GUID.format(99)}", f"documents/{LAW}/versions/9",
     f"documents/{LAW}/versions/draft", "documents/BCH-DEC-KE-5001-2", "countries/zz",
     "thesaurus/terms/none", "thesaurus/domains/none/terms", "nothing/here"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_json(web: Client, address: str) -> None:
    assert set(ask(web, address, 404)) == {"statusCode", "message", "what_to_do"}


def test_head_tells_whether_a_document_exists(web: Client) -> None:
    assert web.head(f"/api/v2013/documents/{LAW}").status_code == 200
    assert web.head(f"/api/v2013/documents/{LAW}").content == b""
    assert web.head(f"/api/v2013/documents/{GONE}").status_code == 404


def test_list_follows_filter_and_page(web: Client) -> None:
    everything = ask(web, "documents?$top=10&body=true")
    laws = ask(web, "documents?$filter=(type eq 'biosafetyLaw' and government eq 'ke')")
    none = ask(web, "documents?$filter=type eq 'biosafetyLaw' and government eq 'no'")

    assert (everything["Count"], everything["Items"][0]["identifier"]) == (1, LAW)
    assert laws["Count"] == 1
    assert none == {"Count": 0, "Items": []}
    assert ask(web, "documents?$skip=1")["Items"] == []


@pytest.mark.parametrize(
    "query",
    ["$filter=type ne 'x'", "$filter=type eq 'a' or government eq 'ke'", "$top=x", "$skip=-1",
     "collection=my"],
)  # fmt: skip
def test_list_says_what_it_cannot_read(web: Client, query: str) -> None:
    assert ask(web, f"documents?{query}", 400)["what_to_do"]


def test_countries_tell_their_treaties(web: Client) -> None:
    kenya = ask(web, "countries/KE")
    everyone = ask(web, "countries")

    assert (kenya["code"], kenya["name"]["en"]) == ("KE", "Kenya")
    assert kenya["treaties"]["XXVII8a"]["party"] == "2003-09-11"
    assert kenya in everyone
    assert ask(web, "countries/ken") == kenya


def test_terms_tell_what_is_broader_and_narrower(web: Client) -> None:
    terms = ask(web, "thesaurus/domains/DecisionTypes/terms")
    introduction = ask(web, "thesaurus/terms/E8C5A15C-A736-4fb7-A1B6-192412BE7E45")
    below = ask(web, f"thesaurus/terms/{introduction['identifier']}/narrowers?immediate=true")

    assert introduction in terms
    assert [term["identifier"] for term in below] == introduction["narrowerTerms"]
    assert all(term["broaderTerms"] == [introduction["identifier"]] for term in below)
    assert ask(web, "thesaurus/domains/decisionTypes")["termCount"] == len(terms)
