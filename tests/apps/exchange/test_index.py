"""The index as clients of the Clearing-House ask it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from cartagena.apps.exchange import answering
from cartagena.apps.exchange.index import facets, follow, select
from cartagena.apps.exchange.index.follow import follow_log
from cartagena.apps.exchange.index.lucene import parse_query
from cartagena.apps.exchange.index.where import make_condition
from cartagena.apps.exchange.models import IndexRow, IndexState
from cartagena.apps.registry.api import withdraw_record
from cartagena.engine.record_type import load_record_types
from tests.apps.exchange.world import GUID, make_example, publish

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.exchange.urls")]

TYPES = (
    "organism", "dnaSequence", "modifiedOrganism", "biosafetyDecision", "nationalRiskAssessment",
    "authority", "biosafetyLaw", "resource", "contact",
)  # fmt: skip
DECISION, LMO, ORGANISM = GUID.format(10), GUID.format(5), GUID.format(3)
NUMBERS = {"organism": 3, "dnaSequence": 4, "modifiedOrganism": 5, "biosafetyDecision": 10}


@pytest.fixture
def web(tmp_path: Path) -> Client:
    documents = []
    for n, name in enumerate(TYPES, 20):
        documents.append(make_example(name, NUMBERS.get(name, n)))
    second = make_example(
        "biosafetyDecision", 11, revision=3, submittedOn="2024-02-03T00:00:00Z",
        metadata={"government": "no"},
    )  # fmt: skip
    second["body"] |= {"government": {"identifier": "no"}, "title": {"fr": "Coton à l’essai"}}
    publish(tmp_path, *documents, second)
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def ask(web: Client, query: str, status: int = 200) -> Any:
    response = web.get(f"/api/v2013/index/select?{query}")
    assert response.status_code == status, response.content
    return response.json()


def find(web: Client, q: str, *more: str) -> set[str]:
    query = "&".join([f"q={quote(q)}", "rows=100", *more])
    return {doc["id"] for doc in ask(web, query)["response"]["docs"]}


def test_everything_is_found_with_the_names_clients_know(web: Client) -> None:
    answer = ask(web, "q=*:*&fq=_state_s:public&fq=realm_ss:bch&rows=100")

    assert answer["response"]["numFound"] == len(TYPES) + 1
    assert answer["nonSupportedParams"] == []
    (doc,) = [d for d in answer["response"]["docs"] if d["id"] == DECISION]
    assert doc["identifier_s"] == DECISION
    assert doc["uniqueIdentifier_s"] == "bch-dec-ke-5010-1"
    assert doc["uniqueIdentifierRevisions_ss"] == ["bch-dec-ke-5010-1"]
    assert (doc["_revision_i"], doc["_documentId_i"]) == (1, 5010)
    assert (doc["schema_s"], doc["schemaType_s"]) == ("biosafetyDecision", "national")
    assert (doc["government_s"], doc["government_EN_s"]) == ("ke", "Kenya")
    assert doc["grp_government_schema_s"] == "ke_biosafetyDecision"
    assert "D50FE62D-8A5E-4407-83F8-AFCAAF708EA4" in doc["countryRegions_REL_ss"]
    assert doc["title_EN_t"] == "Release of maize that resists moths"
    assert doc["title_FR_t"].startswith("Libération")
    assert doc["updatedDate_dt"] == "2020-05-04T10:20:30.456Z"
    assert doc["decisionDate_dt"] == "2024-06-03T00:00:00.000Z"
    assert doc["decisionResult_s"] == "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F"
    assert "E8C5A15C-A736-4fb7-A1B6-192412BE7E45" in doc["decisionTypes_REL_ss"]
    assert (doc["scopeRelease_b"], doc["scopeTransit_b"]) == (True, False)
    assert LMO in doc["referenceRecord_ss"]
    assert "notes" not in doc


def test_decision_shows_its_organisms_genes_and_traits(web: Client) -> None:
    (doc,) = ask(web, f"q=identifier_s:{DECISION}")["response"]["docs"]

    assert doc["modifiedOrganisms_ss"] == doc["lmoIdentifiers_ss"] == [LMO]
    assert doc["lmoTraits_ss"] == ["trait-insect-resistance"]
    assert doc["lmoTransformationEvents_ss"] == ["Example 603"]
    assert doc["lmoUniqueIdentifications_ss"] == ["MON-ØØ6Ø3-6"]
    assert doc["lmoScientificNames_ss"] == ["Zea mays"]
    assert doc["geneIdentifiers_ss"] == [GUID.format(4)]


def test_change_of_an_organism_reaches_the_decisions_on_it(web: Client, tmp_path: Path) -> None:
    ask(web, "q=*:*")
    changed = make_example(
        "organism", 3, revision=2, submittedOn="2025-01-01T00:00:00Z"
    )  # fmt: skip
    changed["body"]["scientificName"] = "Zea perennis"
    publish(tmp_path, changed)

    (doc,) = ask(web, f"q=identifier_s:{DECISION}")["response"]["docs"]

    assert doc["lmoScientificNames_ss"] == ["Zea perennis"]


QUERIES: list[tuple[str, set[str]]] = [
    ("moths AND schema_s:biosafetyDecision", {DECISION, GUID.format(11)}),  # in its organism
    ('text_EN_txt:"resists moths" AND schema_s:modifiedOrganism', {LMO}),
    ('"moths resists"', set()),
    ("title_EN_t:RELEASE", {DECISION}),
    ("title_FR_t:liberation", {DECISION}),
    ("title_EN_t:rele*", {DECISION}),
    ("government_s:(ke no) AND schema_s:biosafetyDecision", {DECISION, GUID.format(11)}),
    ("schema_s:biosafetyDecision NOT government_s:no", {DECISION}),
    ("schema_s:biosafetyDecision AND -government_s:no", {DECISION}),
    ("+schema_s:biosafetyDecision +government_s:no", {GUID.format(11)}),
    ("schema_s:biosafety* && government_s:n?", {GUID.format(11)}),
    ("updatedDate_dt:[2024-01-01T00:00:00Z TO *]", {GUID.format(11)}),
    ("updatedDate_dt:{2024-02-03T00:00:00Z TO NOW}", set()),
    ("updatedDate_dt:[NOW-50YEARS/DAY TO 2019-01-01]", set()),
    ("decisionDate_dt:[2024-06-03 TO 2024-06-04] AND government_s:ke", {DECISION}),
    ("_documentId_i:[5010 TO 5010]", {DECISION}),
    ("_documentId_i:5010", {DECISION}),
    ("scopeRelease_b:true AND government_s:ke", {DECISION}),
    ("lmoIdentifiers_ss:* AND government_s:ke", {DECISION}),
    (f"lmoIdentifiers_ss:{LMO} AND government_s:no", {GUID.format(11)}),
    ("version_s:*", set()),
    ("no_such_field_s:x", set()),
    ("uniqueIdentification_t:MON006036", {LMO}),
    ("uniqueIdentification_s:MON\\-ØØ6Ø3\\-6", {LMO}),
    ('"MON-00603-6" AND schema_s:modifiedOrganism', {LMO}),
    ("uniqueIdentifier_s:bch-lmo-scbd-5005-1", {LMO}),
    ("coton", {GUID.format(11)}),
    ("l'essai AND coton", {GUID.format(11)}),
]


def test_query_language_finds_what_it_says(web: Client) -> None:
    assert {q: find(web, q) for q, _ in QUERIES} == dict(QUERIES)


UNREADABLE = [
        "q=(", "q=a%20AND", "q=%22", "q=title_EN_t:[a%20TO%20b]", "q=updatedDate_dt:[x%20TO%20*]",
        "q=_revision_i:[a%20TO%20b]", "q=a:b:c", "rows=-1", "start=x", "fl=a%27b", "wt=xml",
        "sort=%27", "sort=title%20up", "df=%00", "group=true", "q=*foo", "q=" + "(" * 60,
        "facet=true&facet.field=a%20b", "facet=true&facet.query=(", "fq=%5C", "fq=x%5E",
        "q=updatedDate_dt:[NOW-999999YEARS%20TO%20NOW]",
    ]  # fmt: skip


def test_what_cannot_be_read_is_a_clear_400(web: Client) -> None:
    for query in UNREADABLE:
        response = web.get(f"/api/v2013/index/select?{query}")

        assert response.status_code == 400, (query, response.content)
        assert set(response.json()) == {"statusCode", "message", "what_to_do"}


def test_fields_can_be_chosen_and_renamed(web: Client) -> None:
    query = f"q=identifier_s:{DECISION}&fl=rec_date:updatedDate_dt,title_*_s,score"

    (doc,) = ask(web, query)["response"]["docs"]

    assert doc["rec_date"] == "2020-05-04T10:20:30.456Z"
    assert {name for name in doc if name != "rec_date"} == {
        f"title_{language}_s" for language in ("EN", "FR", "ES", "RU", "ZH", "AR")
    }


def test_pages_cover_all_rows_in_order(web: Client) -> None:
    seen: list[str] = []
    for start in range(0, 12, 4):
        query = f"q=*:*&sort=schema_s asc,_documentId_i desc&fl=schema_s&start={start}&rows=4"
        seen += [doc["schema_s"] for doc in ask(web, query)["response"]["docs"]]

    assert len(seen) == len(TYPES) + 1
    assert seen == sorted(seen)


def test_facets_and_pivots_count(web: Client) -> None:
    query = (
        "q=schema_s:(biosafetyDecision authority)&rows=0&facet=true&facet.field=schema_s"
        "&facet.field=modifiedOrganisms_ss&facet.mincount=1&facet.limit=512"
        "&facet.pivot=schema_s,government_s&facet.query=government_s:no"
    )

    counts = ask(web, query)["facet_counts"]

    assert counts["facet_fields"]["schema_s"] == ["biosafetyDecision", 2, "authority", 1]
    assert counts["facet_fields"]["modifiedOrganisms_ss"] == [LMO, 2]
    assert counts["facet_queries"] == {"government_s:no": 1}
    (first, second) = counts["facet_pivot"]["schema_s,government_s"]
    assert (first["value"], first["count"]) == ("biosafetyDecision", 2)
    assert [(p["value"], p["count"]) for p in first["pivot"]] == [("ke", 1), ("no", 1)]
    assert second["pivot"] == [{"field": "government_s", "value": "ke", "count": 1}]


def test_groups_hold_their_first_rows(web: Client) -> None:
    query = (
        "q=schema_s:(biosafetyDecision authority)&group=true&group.field=government_s"
        "&group.ngroups=true&group.limit=1&group.sort=updatedDate_dt desc&sort=government_s asc"
        "&rows=10&fl=schema_s"
    )

    grouped = ask(web, query)["grouped"]["government_s"]

    assert (grouped["matches"], grouped["ngroups"]) == (3, 2)
    assert [group["groupValue"] for group in grouped["groups"]] == ["ke", "no"]
    assert grouped["groups"][0]["doclist"]["numFound"] == 2
    assert len(grouped["groups"][0]["doclist"]["docs"]) == 1


def test_words_asked_for_are_marked(web: Client) -> None:
    query = "q=moths&fq=schema_s:biosafetyDecision&hl=true&hl.fl=title_EN_t&hl.snippets=5"

    marked = ask(web, query)["highlighting"]

    assert marked[DECISION]["title_EN_t"] == ["Release of maize that resists <em>moths</em>"]


def test_post_takes_json_and_forms(web: Client) -> None:
    asked = {"q": "*:*", "fq": ["schema_s:biosafetyDecision", "government_s:ke"], "rows": 5,
             "facet": True, "facet.field": ["schema_s"], "made.up": 1}  # fmt: skip

    posted = web.post("/api/v2013/index", json.dumps(asked), content_type="application/json")
    form = web.post("/api/v2013/index/select", {"q": "schema_s:authority", "rows": "1"})

    assert posted.status_code == form.status_code == 200
    assert posted.json()["response"]["numFound"] == 1
    assert posted.json()["nonSupportedParams"] == ["made.up"]
    assert form.json()["response"]["numFound"] == 1


@pytest.mark.parametrize("body", ["[", "[]", '{"q": {"a": 1}}', '{"q": [["x"]]}'])
def test_posted_nonsense_is_a_400(web: Client, body: str) -> None:
    response = web.post("/api/v2013/index", body, content_type="application/json")

    assert response.status_code == 400


def test_csv_has_the_columns_asked_for(web: Client) -> None:
    response = web.get(
        "/api/v2013/index/select?q=schema_s:biosafetyDecision&fl=id:identifier_s,government_s"
        "&sort=government_s asc&wt=csv"
    )

    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.content.decode() == f"id,government_s\n{DECISION},ke\n{GUID.format(11)},no\n"


def test_withdrawn_record_is_gone_at_the_next_request(web: Client) -> None:
    assert DECISION in find(web, "*:*")

    now = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    withdraw_record(DECISION, actor=None, reason="Test.", now=now)

    assert DECISION not in find(web, "*:*")


def test_index_made_anew_equals_the_one_that_followed(web: Client, tmp_path: Path) -> None:
    ask(web, "q=*:*")
    changed = make_example("dnaSequence", 4, revision=2, submittedOn="2025-01-01T00:00:00Z")
    publish(tmp_path, changed)
    follow_log()
    followed = dict(IndexRow.objects.values_list("record_id", "fields"))

    IndexState.objects.update(rules=0)
    follow_log()

    assert dict(IndexRow.objects.values_list("record_id", "fields")) == followed


def test_index_that_is_up_to_date_costs_few_queries(
    web: Client, django_assert_max_num_queries: Any
) -> None:
    ask(web, "q=*:*")

    # Tag, positions, state, savepoint, time limit, count, rows, release.
    with django_assert_max_num_queries(11):
        ask(web, "q=moths")


def test_large_index_is_made_behind_the_answers(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(follow, "MADE_AT_A_REQUEST", 3)
    monkeypatch.setattr(follow, "follow_behind", lambda: started.append(True))

    refused = web.get("/api/v2013/index?q=*:*")
    follow.follow_log()
    answered = web.get("/api/v2013/index?q=*:*")

    assert (refused.status_code, answered.status_code, started) == (503, 200, [True])
    assert refused.headers["Retry-After"].isdecimal()


def test_an_index_of_other_rules_answers_until_the_new_one_is_made(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = find(web, "*:*")
    started: list[bool] = []
    monkeypatch.setattr(follow, "MADE_AT_A_REQUEST", 3)
    monkeypatch.setattr(follow, "follow_behind", lambda: started.append(True))
    monkeypatch.setattr(follow, "RULES", follow.RULES + 1)

    assert find(web, "*:*", "_=1") == before
    assert started == [True]


def test_who_asks_for_all_rows_never_takes_the_first_for_all(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = find(web, "*:*")
    whole = ask(web, "q=*:*&rows=1000000")
    assert len(whole["response"]["docs"]) == len(everything)

    monkeypatch.setattr(select, "MOST_ROWS", 4)
    refused = web.get("/api/v2013/index/select?q=*:*&rows=1000001")
    assert refused.status_code == 400
    assert "Page with rows=4 and start=0, 4" in refused.json()["message"]
    last = ask(web, f"q=*:*&rows=1000001&start={len(everything) - 4}")
    assert len(last["response"]["docs"]) == 4, "what is left fits"


def test_answers_are_tagged_and_open(web: Client) -> None:
    first = web.get("/api/v2013/index/select?q=maize")
    same = web.get(
        "/api/v2013/index/select?q=maize", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert same.status_code == 304
    assert web.options("/api/v2013/index").headers["Access-Control-Allow-Methods"]
    assert web.put("/api/v2013/index").status_code == 405


def test_every_type_has_a_place_in_the_index(tmp_path: Path) -> None:
    from tests.record_bodies import TYPES_WITH_FIELDS

    publish(tmp_path, *[make_example(name, n) for n, name in enumerate(TYPES_WITH_FIELDS, 1)])

    follow_log()

    rows = dict(IndexRow.objects.values_list("schema", "fields"))
    assert set(rows) == set(TYPES_WITH_FIELDS)
    for name, fields in rows.items():
        assert fields["schemaType_s"] == load_record_types()[name].kind
        assert all(fields[f"schema_{code}_t"] for code in ("EN", "FR", "AR")), name


def test_many_words_are_one_look_into_the_word_list(web: Client) -> None:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    words = [f"w{n}" for n in range(300)]
    for sign, written in (("OR", "|"), ("AND", "&")):
        condition = make_condition(parse_query(f" {sign} ".join(words), "text_EN_txt"), moment)
        assert condition.sql.count("@@") == 1
        assert condition.parameters == [f" {written} ".join(f"('{word}')" for word in words)]
        assert len(condition.words) == 300
    assert find(web, "coton OR nowhere") == find(web, "coton") != set()
    assert find(web, "coton AND nowhere") == set()


def test_time_is_limited_for_the_whole_answer_and_not_for_each_part_of_it(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each of ten statements may take a second; the answer as a whole may not.
    monkeypatch.setattr(answering, "SECONDS", 1)
    monkeypatch.setattr(facets, "_count_values", lambda *_given: _sleep(0.3))
    query = "q=*:*&facet=true" + "".join(f"&facet.field=field{n}_s" for n in range(10))

    refused = ask(web, query, 400)

    assert "longer than 1 seconds" in refused["message"]
    assert ask(web, "q=*:*&facet=true&facet.field=schema_s")["facet_counts"]


def _sleep(seconds: float) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
    return []
