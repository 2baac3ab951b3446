"""The read API: what it answers, how it refuses, when it says that nothing has changed."""

import datetime as dt
import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cartagena.apps.portal.api.reference import make_example
from cartagena.apps.portal.api.service import make_document
from cartagena.engine.change import compare
from cartagena.engine.plan import load_plan
from tests.apps.portal.open_data.world import World, make_freeze

V1 = "/api/v1"
# Calls that read the database itself are asked with one: test_record_calls.py.
STORED = ("/analysis", "/log/roots")
PATHS = [
    path
    for path, call in make_document()["paths"].items()
    if "Records" not in call["get"]["tags"] and path not in STORED
]
EXAMPLES = [make_example(path) for path in PATHS]


def ask(web: Client, address: str, status: int = 200) -> Any:
    response = web.get(V1 + address)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"].startswith("application/json")
    return response.json()


@pytest.mark.parametrize("address", [each for each in EXAMPLES if each])
def test_every_call_answers_its_example_as_its_schema_says(web: Client, address: str) -> None:
    document = make_document()

    answer = ask(web, address.removeprefix(V1))

    path = next(path for path in document["paths"] if make_example(path) == address)
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(answer, {**schema["schema"], "components": document["components"]})
    assert answer["log_position"] == 7


def test_document_is_openapi_31_and_every_reference_in_it_resolves(web: Client) -> None:
    document = ask(web, "/openapi.json")

    names = re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(document))
    assert document["openapi"].startswith("3.1")
    assert names
    assert set(names) <= set(document["components"]["schemas"])
    ids = [each["get"]["operationId"] for each in document["paths"].values()]
    assert len(ids) == len(set(ids))
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_figure_carries_its_counts_and_shares(web: Client) -> None:
    # Ten Parties in force in AFR and elsewhere at the final point, see world.py:
    # yes 5 (KEN UGA CHN CHE CUB), no 3 (TGO MEX GHA), silent 3 (NOR IND UKR): 5/8, 5/11, 8/11.
    answer = ask(web, "/indicators/1.2.4/figures?point=final&variant=strict&group=all")

    (figure,) = answer["items"]
    assert (figure["yes"], figure["no"], figure["unknown"]) == (5, 3, 3)
    assert figure["headline"] == {"value": 0.625, "numerator": 5, "denominator": 8}
    assert figure["floor"] == {"value": 5 / 11, "numerator": 5, "denominator": 11}
    assert figure["ceiling"] == {"value": 8 / 11, "numerator": 8, "denominator": 11}
    assert figure["response"] == {"value": 8 / 11, "numerator": 8, "denominator": 11}


def test_figures_come_for_all_points_readings_and_groups_in_order(
    web: Client, world: World
) -> None:
    answer = ask(web, "/indicators/1.2.4/figures?limit=500")

    # 4 points x 2 readings x (all Parties + the 5 regions, which alone have members here)
    assert answer["total"] == len(answer["items"]) == 48
    for item in answer["items"]:
        figure = world.evaluator().figure(
            "1.2.4",
            world.evaluator().point(item["point"]),
            variant=item["variant"],
            group=item["group"],
        )
        assert (item["numerator"], item["denominator"]) == (figure.numerator, figure.denominator)
        assert item["status"] == figure.status


def test_figures_of_a_point_hold_all_indicators_in_parts(web: Client) -> None:
    seen, address = [], "/figures?point=final&variant=strict&group=all&limit=50"
    while address:
        part = ask(web, address.removeprefix(V1))
        seen += [item["indicator"] for item in part["items"]]
        address = part["next"]

    assert seen == [each.id for each in load_plan().indicators]


def test_demonstration_is_told_only_where_it_entered(web: Client) -> None:
    made_up = ask(web, "/indicators/1.2.4/figures?point=final&variant=strict&group=AFR")
    real = ask(web, "/indicators/1.2.4/figures?point=final&variant=strict&group=AP")

    assert made_up["demonstration"] is True
    assert "made-up" in made_up["notice"]
    assert real["demonstration"] is False
    assert real["notice"] is None
    assert ask(web, "/indicators/1.2.4/why/GHA")["demonstration"] is True
    assert ask(web, "/indicators/1.2.4/why/KEN")["demonstration"] is False
    assert ask(web, "/reports?party=GHA")["demonstration"] is True
    assert ask(web, "/reports?party=KEN")["demonstration"] is False


def test_long_answer_comes_packed_to_those_who_can_unpack_it(web: Client) -> None:
    address = f"{V1}/indicators/1.2.4/parties"
    plain = web.get(address)
    packed = web.get(address, headers={"Accept-Encoding": "br, gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 3
    assert "Accept-Encoding" in plain["Vary"]
    assert packed["Vary"] == plain["Vary"]
    held = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert packed["ETag"] != plain["ETag"]
    assert web.get(address, headers=held).status_code == 304


def test_verdicts_name_answers_and_reports(web: Client) -> None:
    answer = ask(web, "/indicators/1.2.4/parties?point=final")

    outcomes = {item["party"]: item["outcome"] for item in answer["items"]}
    assert "RUS" not in outcomes
    assert {party for party, outcome in outcomes.items() if outcome == "yes"} == {
        "KEN", "UGA", "CHN", "CHE", "CUB",
    }  # fmt: skip
    assert {p for p, outcome in outcomes.items() if outcome == "unknown"} == {"NOR", "IND", "UKR"}
    (kenya,) = [item for item in answer["items"] if item["party"] == "KEN"]
    assert kenya["answers"][0]["question"] == "Q137"
    assert kenya["answers"][0]["options"][0]["code"] == "true"
    assert kenya["reports"][0]["record"] == "nr4-KEN"


def test_verdicts_can_be_narrowed_to_a_group(web: Client) -> None:
    answer = ask(web, "/indicators/1.2.4/parties?point=final&group=AFR")

    assert [item["party"] for item in answer["items"]] == ["GHA", "KEN", "TGO", "UGA"]


def test_why_leads_to_the_answer_and_the_report_version(web: Client) -> None:
    answer = ask(web, "/indicators/1.2.4/why/TGO?point=final")

    leaves = list(_leaves(answer["reason"]))
    assert answer["reason"]["outcome"] == "no"
    assert any(
        leaf["question"] == "Q137"
        and leaf["report"]["record"] == "nr4-TGO"
        and [option["code"] for option in leaf["answers"]] == ["false"]
        for leaf in leaves
    )


def _leaves(reason: dict[str, Any]) -> Any:
    if not reason["parts"]:
        yield reason
    for part in reason["parts"]:
        yield from _leaves(part)


def test_change_equals_the_engine(web: Client, world: World) -> None:
    evaluator = world.evaluator()
    change = compare(evaluator, "1.2.4", evaluator.point("midterm"), evaluator.point("final"))

    answer = ask(web, "/indicators/1.2.4/change?from=midterm&to=final")

    assert answer["cross_section_change"] == pytest.approx(float(change.cross_section or 0))
    assert answer["panel_change"] == pytest.approx(float(change.of_panel or 0))
    assert answer["panel"] == list(change.panel)
    assert {m["party"]: m["cause"] for m in answer["movements"]} == {
        m.party: m.cause for m in change.movements
    }


def test_day_of_knowledge_hides_what_came_later(web: Client) -> None:
    before = ask(web, "/reports?as_of=2016-01-01")
    now = ask(web, "/reports")

    assert {item["source"] for item in before["items"]} == {"nr3"}
    assert now["total"] == 7 + 9  # third and fourth reports, the made-up one among the latter
    final = ask(web, "/indicators/1.2.4/figures?point=final&group=all&as_of=2016-01-01")
    assert {item["status"] for item in final["items"]} == {"not_yet"}


def test_parties_to_a_treaty_are_those_on_the_day(web: Client) -> None:
    early = ask(web, "/treaties/cpb/parties?on=2010-06-30")
    late = ask(web, "/treaties/cpb/parties?on=2018-01-01")

    assert early["total"] == 10
    assert late["total"] == 11
    assert late["by_region"] == {"AFR": 4, "AP": 2, "CEE": 1, "GRULAC": 2, "WEOG": 2}


def test_report_lists_each_question_once_with_all_its_options(web: Client) -> None:
    answer = ask(web, "/reports/nr4-KEN")

    given = {item["question"]: item for item in answer["items"]}
    assert [option["code"] for option in given["Q137"]["options"]] == ["true"]
    assert given["Q014"]["text"] == "=1+1"


def test_recipe_is_told_as_data_and_in_words(web: Client) -> None:
    answer = ask(web, "/indicators/1.2.4")

    (recipe,) = [each for each in answer["recipes"] if each["cycle"] == "nr4"]
    assert "Q137" in recipe["questions"]
    assert recipe["strict"]["words"].startswith("A Party counts if ")
    assert answer["legal_basis"][0]["label"]


@pytest.mark.parametrize(
    ("address", "status", "known"),
    [
        ("/nothing", 404, "/plan"),
        ("/indicators/9.9.9", 404, "1.1.1"),
        ("/indicators/9.9.9/figures", 404, "1.1.1"),
        ("/indicators/9.9.9/parties", 404, "1.1.1"),
        ("/indicators/9.9.9/change", 404, "1.1.1"),
        ("/indicators/9.9.9/why/KEN", 404, "1.1.1"),
        ("/indicators/1.2.4/why/ken", 404, "KEN"),
        ("/indicators/1.2.4/figures?point=never", 400, "final"),
        ("/indicators/1.2.4/figures?variant=loose", 400, "strict"),
        ("/indicators/1.2.4/figures?group=XXX", 400, "AFR"),
        ("/indicators/1.2.4/figures?universe=panel", 400, "in_force"),
        ("/indicators/1.2.4/parties?point=never", 400, "final"),
        ("/indicators/1.2.4/change?from=never", 400, "baseline"),
        ("/indicators/1.2.4/change?to=never", 400, "baseline"),
        ("/figures?objective=9.9", 404, "1.1"),
        ("/figures?gruop=AFR", 400, "group"),
        ("/figures?point=0001-01-01", 400, "final"),
        ("/figures?point=9999-12-31", 400, "final"),
        ("/focal-areas/9", 404, "1"),
        ("/objectives/9.9", 404, "1.1"),
        ("/parties/KENYA", 404, "KEN"),
        ("/parties?group=XXX", 400, "AFR"),
        ("/reports?party=ken", 404, "KEN"),
        ("/reports?source=nr9", 400, "nr4"),
        ("/treaties/xyz/parties", 404, "cpb"),
        ("/treaties/cpb/parties?by=signature", 400, "deposit"),
        ("/groups/XXX", 404, "AFR"),
        ("/provisions/cpb.art999", 404, "cpb.art20"),
        ("/provisions?under=nowhere", 404, "cpb.art20"),
        ("/questionnaires/nr9", 404, "nr4"),
        ("/crosswalks/nr2", 404, "nr4"),
        ("/freezes/nothing", 404, "mop8"),
    ],
)
def test_errors_name_what_exists(web: Client, address: str, status: int, known: str) -> None:
    answer = ask(web, address, status)

    assert set(answer) == {"error", "what_to_do", "known"}
    assert known in answer["known"]


@pytest.mark.parametrize(
    "address",
    [
        "/plan?as_of=20151231",
        "/plan?as_of=2015-13-01",
        "/plan?as_of=2999-01-01",
        "/parties?limit=0",
        "/parties?offset=-1",
        "/parties?on=yesterday",
        "/parties?on=1",
    ],
)
def test_values_out_of_bounds_are_refused_in_a_sentence(web: Client, address: str) -> None:
    answer = ask(web, address, 400)

    assert len(answer["error"]) > 20
    assert answer["what_to_do"]


def test_unknown_report_is_refused(web: Client) -> None:
    assert "No report" in ask(web, "/reports/nothing", 404)["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(web: Client, method: str) -> None:
    response = getattr(web, method)(f"{V1}/plan")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "reading" in response.json()["error"]


def test_any_site_may_read(web: Client) -> None:
    for response in (web.get(f"{V1}/plan"), web.get(f"{V1}/nothing"), web.options(f"{V1}/plan")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert web.options(f"{V1}/plan").status_code == 204


def test_head_tells_the_length_without_the_body(web: Client) -> None:
    whole = web.get(f"{V1}/plan")

    response = web.head(f"{V1}/plan")

    assert response.content == b""
    assert response.headers["Content-Length"] == str(len(whole.content))
    assert response.headers["ETag"] == whole.headers["ETag"]


def test_any_tag_does_not_make_an_answer_of_nothing(web: Client) -> None:
    assert web.get(f"{V1}/indicators/9.9.9", headers={"if-none-match": "*"}).status_code == 404


def test_tag_holds_until_the_log_moves(web: Client, world: World) -> None:
    tag = web.get(f"{V1}/figures").headers["ETag"]

    same = web.get(f"{V1}/figures", headers={"If-None-Match": f'"other", W/{tag}'})
    world.position += 1
    try:
        moved = web.get(f"{V1}/figures", headers={"If-None-Match": tag})
    finally:
        world.position -= 1

    assert same.status_code == 304
    assert same.content == b""
    assert same.headers["ETag"] == tag
    assert moved.status_code == 200
    assert moved.headers["ETag"] != tag


def test_tag_of_freezes_moves_when_one_is_made(web: Client, world: World) -> None:
    tag = web.get(f"{V1}/freezes").headers["ETag"]
    same = web.get(f"{V1}/freezes", headers={"If-None-Match": tag})
    world.freezes.append(make_freeze("mop10", dt.date(2020, 1, 1)))
    try:
        more = web.get(f"{V1}/freezes", headers={"If-None-Match": tag})
    finally:
        world.freezes.pop()

    assert same.status_code == 304
    assert [item["name"] for item in more.json()["items"]] == ["mop8", "mop10"]


def test_freeze_is_hidden_before_it_was_made(web: Client) -> None:
    assert ask(web, "/freezes?as_of=2016-01-31")["total"] == 0
    assert ask(web, "/freezes/mop8?as_of=2016-02-01")["included"] == 1000


def test_answers_are_the_same_bytes_each_time(web: Client) -> None:
    address = f"{V1}/indicators/1.2.4/figures?limit=500"

    assert web.get(address).content == web.get(address).content


def test_fault_of_ours_is_json_too(
    web: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(as_of: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("cartagena.apps.portal.source.get_evaluator", fail)

    answer = ask(web, "/plan", 500)

    assert "fault is ours" in answer["error"]
    assert "broken" not in answer["error"]
    assert "broken" in caplog.text


def test_reference_page_shows_every_call_without_scripts(web: Client) -> None:
    response = web.get("/api/")

    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>" not in page
    assert page.count("<script") <= 1  # the portal's own, which no page needs
    assert "//" not in "".join(re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]*)"', page)[1:])
    for path in make_document()["paths"]:
        assert f"GET {V1}{path}" in page


@pytest.fixture(scope="module")
def contract(world: World) -> Iterator[Any]:
    """The document with the program behind it; what Django's own test client keeps off too (the
    care for database connections around a request) is kept off here."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", PATHS)
def test_contract_holds_for_whatever_is_asked(
    contract: Any, path: str, mode: GenerationMode
) -> None:
    """Right values get what the document says, wrong ones a 4xx that it says too, none a 500."""

    @given(case=contract[path]["GET"].as_strategy(generation_mode=mode))
    @settings(
        max_examples=6, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask_anything(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "as_of" in case.query:
            case.query["as_of"] = "2020-01-01"  # most days are before 1992 or have not come
        # A schema cannot say which groups and points there are: unknown ones are a 400.
        case.call_and_validate(
            headers={"Host": "localhost", "Accept-Encoding": "identity"},
            excluded_checks=[positive_data_acceptance],
        )

    ask_anything()
