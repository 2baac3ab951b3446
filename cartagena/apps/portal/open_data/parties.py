"""Parties, their reports and answers, and what figures say about each, as plain values."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from cartagena.apps.portal.open_data.memory import kept_with_evaluator
from cartagena.apps.portal.open_data.method import find_question, option_rows, question_row
from cartagena.engine.evaluate import TREATY, Evaluator, source_of
from cartagena.engine.evidence import PublishedRecord, ReportReference
from cartagena.engine.explain import Reason
from cartagena.engine.figure import Variant
from cartagena.engine.indicator import Indicator
from cartagena.engine.measure import TreatyShare
from cartagena.engine.point import Point
from cartagena.engine.status import REGIONS
from cartagena.engine.treaty import TREATIES

Row = dict[str, Any]


def party_row(evaluator: Evaluator, code: str, on: dt.date) -> Row:
    """A country: names, groups of the day, what it did under each treaty."""
    bit = evaluator.facts.roll.bit(code)
    status = evaluator.status
    groups = [group for group in status.groups if status.members(group, on) & bit]
    acts = _acts_by_party(evaluator).get(code, {})
    treaties = {}
    for treaty in TREATIES:
        found = acts.get(treaty, {})
        in_force_on = found.get("in_force_on")
        treaties[treaty] = {
            **{name: found.get(name) for name in ("signed_on", "deposited_on", "in_force_on")},
            "is_party": in_force_on is not None and in_force_on <= on,
        }
    return {
        "party": code,
        "name": evaluator.facts.names.get(code, {}),
        "is_party": treaties[TREATY]["is_party"],
        "region": next((group for group in groups if group in REGIONS), None),
        "groups": groups,
        "treaties": treaties,
    }


@kept_with_evaluator
def _acts_by_party(evaluator: Evaluator) -> dict[str, dict[str, Row]]:
    """What each country did, by treaty."""
    acts: dict[str, dict[str, Row]] = {}
    for row in evaluator.facts["treaty"].to_pylist():
        acts.setdefault(row["party"], {})[row["treaty"]] = row
    return acts


def report_row(report: Mapping[str, Any]) -> Row:
    """A report version, from a row of the fact table."""
    return {
        "party": report["party"],
        "source": report["cycle"],
        "record": report["record"],
        "version": report["version"],
        "number": report["number"] or report["record"],
        "published_on": report["published_on"],
        "received_on": report["received_on"],
        "demonstration": report["demonstration"],
    }


@kept_with_evaluator
def list_reports(evaluator: Evaluator) -> list[Row]:
    """The reports live on the day of knowledge, by Party and source; not to be changed."""
    as_of = evaluator.as_of
    live = [
        report_row(row)
        for row in evaluator.facts["report"].to_pylist()
        if (row["until_on"] is None if as_of is None else _holds(row, as_of))
    ]
    return sorted(live, key=lambda row: (row["party"], row["source"], row["record"]))


def _holds(row: Mapping[str, Any], day: dt.date) -> bool:
    return row["published_on"] <= day and (row["until_on"] is None or day < row["until_on"])


def list_answers(evaluator: Evaluator, report: Row) -> list[Row]:
    """The answers of one report version, in the order of the form, each with all its options."""
    answers = evaluator.facts["answer"]
    chosen = pc.and_(
        pc.equal(answers.column("record"), report["record"]),
        pc.equal(answers.column("version"), report["version"]),
    )
    source = (report["source"],)
    found: dict[str, Row] = {}
    for row in answers.filter(chosen).to_pylist():
        if row["cycle"] != report["source"]:
            continue
        answer = found.setdefault(
            row["question"], {**question_row(row["question"], source), "codes": [], "text": None}
        )
        if row["option"] is not None:
            answer["codes"].append(row["option"])
        if row["text"] is not None:
            answer["text"] = row["text"]
    for key, answer in found.items():
        codes = tuple(answer.pop("codes"))
        answer["options"] = option_rows(find_question(key, source), codes)
    return [found[key] for key in sorted(found)]


def reference_row(reference: ReportReference | None) -> Row | None:
    """The report version an answer stands in."""
    if reference is None:
        return None
    return {
        "party": reference.party,
        "source": reference.source,
        "record": reference.record,
        "version": reference.version,
        "number": reference.number,
        "published_on": reference.published_on,
        "received_on": reference.received_on,
        "demonstration": reference.demonstration,
    }


def record_row(record: PublishedRecord) -> Row:
    """A live record version that decided."""
    return {
        "record": record.record,
        "version": record.version,
        "type": record.type,
        "number": record.number,
        "title": record.title,
        "published_on": record.published_on,
        "demonstration": record.demonstration,
    }


# What a figure says about each Party


def list_verdicts(
    evaluator: Evaluator,
    indicator: Indicator,
    point: Point,
    variant: Variant,
    only: str | None = None,
) -> Iterator[Row]:
    """For every Party counted at a point (or ``only`` one): the outcome, and the answers behind it.

    ``outcome`` is yes, no or unknown; None where the indicator is not decided Party by Party (it
    counts records or entries of a register). ``records`` are those of the Party that the figure
    counts.
    """
    counted: dict[str, list[PublishedRecord]] = {}
    for record in evaluator.counted_records(indicator.id, point, variant):
        if record.government:
            counted.setdefault(record.government, []).append(record)
    outcomes = find_outcomes(evaluator, indicator, point, variant)
    universe = evaluator.universe(indicator.id, point)
    reported = evaluator.reported(point, indicator)
    questions = _questions_read(evaluator, indicator, point, variant)
    evidence = evaluator.evidence(point)
    roll = evaluator.facts.roll
    for code in universe if only is None else {only} & set(universe):
        answers = [
            {
                **question_row(key, point.sources),
                "options": option_rows(
                    find_question(key, point.sources), evidence.answers_of(key, code)
                ),
                "wrote": bool(evidence.texts.get(key, 0) & roll.bit(code)),
            }
            for key in questions
        ]
        sources = dict.fromkeys(source_of(key, point) for key in questions)
        reports = [evidence.reports.get((source, code)) for source in sources]
        yield {
            "party": code,
            "name": evaluator.facts.names.get(code, {}).get("en", code),
            "outcome": None if outcomes is None else outcomes.get(code, "unknown"),
            "reported": code in reported,
            "answers": answers,
            "reports": [reference_row(each) for each in reports if each is not None],
            "records": [record.number for record in counted.get(code, ())],
            "demonstration": any(
                each.demonstration for each in (*reports, *counted.get(code, ())) if each
            ),
        }


def _questions_read(
    evaluator: Evaluator, indicator: Indicator, point: Point, variant: Variant
) -> tuple[str, ...]:
    if isinstance(indicator.measure, TreatyShare):
        return ()
    condition = evaluator.condition(indicator.id, point, variant)
    if condition is not None:
        return condition.questions
    recipe = indicator.recipes.get(point.cycle or "")
    return recipe.bands if recipe else ()


def tell_basis(indicator: Indicator) -> str:
    """Whether verdicts are what the figure counts, or only what reports say beside it."""
    measure = indicator.measure
    return "figure" if measure.reads_reports or measure.counts_parties else "reports"


def find_outcomes(
    evaluator: Evaluator, indicator: Indicator, point: Point, variant: Variant
) -> dict[str, str] | None:
    """Outcome by Party, without the unknown ones; None where nothing is decided Party by Party."""
    verdict = evaluator.verdict(indicator.id, point, variant)
    if verdict is None and not indicator.measure.reads_reports:
        verdict = evaluator.reported_verdict(indicator.id, point, variant)
    if verdict is not None:
        return dict.fromkeys(verdict.yes, "yes") | dict.fromkeys(verdict.no, "no")
    recipe = indicator.recipes.get(point.cycle or "")
    if recipe is not None and recipe.bands:
        evidence = evaluator.evidence(point)
        bits = 0
        for question in recipe.bands:
            bits |= evidence.answered.get(question, 0)
        return dict.fromkeys(evaluator.facts.roll.from_bits(bits), "yes")
    return None


def reason_row(reason: Reason, sources: tuple[str, ...]) -> Row:
    """An explanation as a tree of plain values with the labels of questions and options."""
    row: Row = {"operation": reason.operation, "outcome": reason.outcome, "silent": reason.silent}
    if reason.question:
        question = find_question(reason.question, sources)
        row |= {
            **question_row(reason.question, sources),
            "wanted": option_rows(question, reason.wanted),
            "answers": option_rows(question, reason.answers),
        }
    row["report"] = reference_row(reason.report)
    if reason.record_type:
        row["record_type"] = reason.record_type
        row["wanted"] = [{"code": code, "label": {}} for code in reason.wanted]
    if reason.operation in ("published", "counted"):
        row["records"] = [record_row(record) for record in reason.records]
    row["note"] = reason.note or None
    row["date"] = reason.date
    row["parts"] = [reason_row(part, sources) for part in reason.parts]
    return row


def rests_on_demonstration(row: Row) -> bool:
    """Whether a made-up report or record stands anywhere in an explanation."""
    report = row.get("report")
    return (
        bool(report and report["demonstration"])
        or any(record["demonstration"] for record in row.get("records", ()))
        or any(rests_on_demonstration(part) for part in row["parts"])
    )
