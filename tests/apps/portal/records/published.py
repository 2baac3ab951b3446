"""Records for these tests: the examples of all types, which refer to each other, and some more."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cartagena.apps.registry import api as registry
from cartagena.engine.countries import get_country
from cartagena.engine.record_format import load_all_record_formats, read_example
from tests.record_bodies import TYPES_WITH_FIELDS

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FIRST = dt.date(2024, 7, 1)
GUID = "0E5A0000-0000-4000-8000-{:012d}"
ORGANISM, GENE, LMO, AUTHORITY, ASSESSMENT, DECISION = (GUID.format(n) for n in (3, 4, 5, 6, 8, 10))
APPROVED = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
PROHIBITED = "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"
MORE = "8D91ACEE-C6B3-4204-8FE6-00AE424013FF"


def moment(day: dt.date) -> dt.datetime:
    """Noon of a day, UTC."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def make(record_type: str, *, number: int | None = None, **change: Any) -> registry.Publication:
    """The example of a type as it is published; `change` exchanges fields, None takes one away.

    `on`, `government` and `document_id` say when, whose and under which number.
    """
    on = change.pop("on", FIRST)
    kind = load_all_record_formats()[record_type].kind
    government = change.pop("government", "KEN" if kind == "national" else None)
    document_id = change.pop("document_id", None)
    body = {**read_example(record_type), **change}
    body = {key: value for key, value in body.items() if value is not None}
    header = dict(body["header"])
    if number is not None:
        header["identifier"] = GUID.format(number)
    body["header"] = header
    if "government" in body and government is not None:
        body["government"] = {"identifier": get_country(government).iso2.lower()}
    return registry.Publication(
        identifier=header["identifier"],
        type=record_type,
        government=government,
        body=body,
        published_at=moment(on),
        document_id=document_id,
    )


def publish(*publications: registry.Publication) -> None:
    """Publish as the program itself; nothing may be refused."""
    outcomes = registry.publish_records(publications, actor=None, reason="Test.", now=NOW)
    assert [o.reason for o in outcomes if o.action == "refused"] == []


def publish_examples() -> Mapping[str, str]:
    """The example of every type with fields; returns type -> public number.

    The document numbers run from 101 in the order of the types.
    """
    numbers = {}
    publications = []
    for document_id, name in enumerate(TYPES_WITH_FIELDS, start=101):
        publications.append(make(name, document_id=document_id))
        shape = load_all_record_formats()[name]
        place = "KE" if shape.kind == "national" else "SCBD"
        numbers[name] = f"{shape.prefix}-{shape.code}-{place}-{document_id}"
    publish(*publications)
    return numbers


def publish_decisions() -> None:
    """Further decisions on the LMO: Norway asked and then prohibited, the EU approved."""
    result = {"conditions": None, "riskAssessments": None}
    publish(
        make("biosafetyDecision", number=901, government="NOR", document_id=901,
             date="2023-05-05", decisionResult={"identifier": MORE}, **result),
        make("biosafetyDecision", number=902, government="NOR", document_id=902,
             date="2024-01-10", decisionResult={"identifier": PROHIBITED}, **result),
        make("biosafetyDecision", number=903, government="EUR", document_id=903,
             date="2022-02-02", decisionResult={"identifier": APPROVED}, **result),
    )  # fmt: skip
