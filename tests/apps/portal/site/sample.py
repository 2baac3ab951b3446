"""Made-up reports over the shipped treaty status: what the pages show in these tests.

Deterministic: every answer follows from a running number, so that a page is the same on every run.
"""

import datetime as dt
import itertools
from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from cartagena.apps.portal.report_reads import StoredReport
from cartagena.engine.answers import build_body
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts, schema_of
from cartagena.engine.parties import countries_table, memberships_table, treaty_table
from cartagena.engine.questionnaire import load_format

REPORTED = {
    "nr2": dt.date(2011, 9, 20),
    "survey2014": dt.date(2014, 3, 1),
    "nr3": dt.date(2015, 11, 20),
    "nr4": dt.date(2019, 9, 15),
}


def _list_parties() -> list[str]:
    rows = treaty_table().to_pylist()
    return sorted(r["party"] for r in rows if r["treaty"] == "cpb" and r["in_force_on"])


def make_facts(*, reports: bool = True) -> Facts:
    """Shipped status and groups; with `reports`, four of five Parties report in each cycle."""
    tables = {
        "party": countries_table(), "treaty": treaty_table(), "membership": memberships_table()
    }  # fmt: skip
    if not reports:
        return Facts(tables)
    report_rows, answer_rows = [], []
    for (cycle, day), party in itertools.product(REPORTED.items(), _list_parties()):
        turn = sum(map(ord, party)) + len(cycle) * 7 + day.year
        if turn % 5 == 0:
            continue
        record = f"{cycle}-{party}"
        report_rows.append(
            {
                "party": party, "cycle": cycle, "record": record, "version": 1,
                "published_on": day, "received_on": day, "demonstration": True,
                "number": f"DEMO-{record}",
            }
        )  # fmt: skip
        for place, question in enumerate(load_format(cycle).questions):
            if question.options and (turn + place) % 9:
                pick = question.options[(turn * (place + 3)) % len(question.options)]
                answer_rows.append(
                    {
                        "record": record, "version": 1, "party": party, "cycle": cycle,
                        "question": question.key, "option": pick.code,
                    }
                )  # fmt: skip
            elif question.is_text and (turn + place) % 4 == 0:
                answer_rows.append(
                    {
                        "record": record, "version": 1, "party": party, "cycle": cycle,
                        "question": question.key, "text": "Details in words.",
                    }
                )  # fmt: skip
    tables["report"] = pa.Table.from_pylist(report_rows, schema=schema_of("report"))
    tables["answer"] = pa.Table.from_pylist(answer_rows, schema=schema_of("answer"))
    return Facts(tables)


@cache
def make_evaluator(as_of: dt.date | None = None, *, reports: bool = True) -> Evaluator:
    """An evaluator over the sample on a day."""
    return Evaluator(make_facts(reports=reports), as_of=as_of)


def load_sample_report(
    facts: Facts, row: Mapping[str, Any], *, as_of: dt.date | None, seen_from: dt.date
) -> StoredReport:
    """A report of the sample as its page reads it, in place of the stored version."""
    shape = load_format(row["cycle"])
    answers: dict[str, Any] = {}
    for answer in facts.rows_by("answer", "record")[row["record"]]:
        if answer["option"] is not None:
            answers.setdefault(answer["question"], []).append(answer["option"])
        else:
            answers[answer["question"]] = answer["text"]
    header = {"identifier": row["record"], "languages": ["en"], "government": "ke"}
    at = dt.datetime.combine(row["published_on"], dt.time(12), dt.UTC)
    return StoredReport(
        identifier=row["record"], version=row["version"], number=row["number"],
        body=build_body(shape, answers, header), sha256="0" * 64, languages=("en",),
        published_at=at, recorded_at=at, demonstration=True,
    )  # fmt: skip
