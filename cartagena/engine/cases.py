"""Worked cases: small casts of Parties with answers, and the figure worked out by hand.

Every indicator's folder holds ``cases.yaml``: a list of cases that people can check with a pencil.
Tables are written with bars; a case says only what it needs::

    - name: a Party that left the question empty is unknown, not a no
      cycle: nr2
      parties: |
        party | in_force_from
        KEN   | 2003-09-11
        TGO   | 2004-09-30
      answers: |
        party | question | option
        KEN   | Q148     | true
      expect: {yes: [KEN], no: [], unknown: [TGO], headline: 1/1, floor: 1/2, ceiling: 2/2}

Reports not listed in ``reports`` came in on the day they were due. ``figure: reported`` asks for
what Parties reported beside an indicator that is measured otherwise.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from cartagena.engine.declaration import DeclarationError, Problems, build, read_yaml
from cartagena.engine.evaluate import Evaluator, source_of
from cartagena.engine.facts import Facts, schema_of
from cartagena.engine.figure import UniverseName, Variant
from cartagena.engine.point import Point
from cartagena.engine.questionnaire import load_format
from cartagena.engine.status import TreatyStatus
from cartagena.engine.verdict import make_verdict

CaseCycle = Literal["nr2", "nr3", "nr4", "nr5"]
SURVEY_DAY = dt.date(2014, 3, 31)
ALWAYS = dt.date(2003, 9, 11)

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "parties": ("party", "in_force_from"),
    "answers": ("party", "question", "option", "text"),
    "reports": ("party", "source", "version", "published_on", "received_on", "until_on"),
    "treaty": ("party", "treaty", "deposited_on", "in_force_on"),
    "groups": ("party", "group", "from_on", "until_on"),
    "records": ("record", "type", "government", "published_on", "until_on", "values"),
    "register": ("register", "entry", "party", "from_on", "until_on", "kind", "quantity"),
    "usage": ("month", "country", "kind", "quantity"),
}
"""The columns each table of a case may have, the first of them always."""

Row = dict[str, str]
Expected = str | int | float | bool | dt.date | None


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What a case expects; only what is written is compared.

    ``yes``, ``no`` and ``unknown`` are Parties by name, or a number of them where no condition on
    Parties can be asked. Shares are fractions in text. A missing upper end is written ``null``.
    """

    expected: Mapping[str, Any]

    KEYS = (
        "yes", "no", "unknown", "not_applicable", "headline", "floor", "ceiling", "response",
        "numerator", "denominator", "lower", "upper", "status", "reached_on", "met",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _CaseFile:
    """The keys of one case as they stand in the file."""

    name: str
    cycle: CaseCycle
    parties: str
    expect: Mapping[str, Any]
    variant: Variant = "strict"
    figure: Literal["own", "reported"] = "own"
    group: str | None = None
    universe: UniverseName = "in_force"
    as_of: dt.date | None = None
    on: dt.date | None = None
    answers: str = ""
    reports: str = ""
    treaty: str = ""
    groups: str = ""
    records: str = ""
    register: str = ""
    usage: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One worked case of an indicator. ``on`` sets another record date than the point's own."""

    indicator: str
    name: str
    cycle: CaseCycle
    expect: Expectation
    variant: Variant = "strict"
    figure: Literal["own", "reported"] = "own"
    group: str | None = None
    universe: UniverseName = "in_force"
    as_of: dt.date | None = None
    on: dt.date | None = None
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def load_cases(folder: Path) -> tuple[Case, ...]:
    """The cases of the indicator in ``folder``; every problem of the file is raised together."""
    path = folder / "cases.yaml"
    indicator = ".".join(folder.name.removeprefix("i").split("_")[:3])
    problems = Problems()
    raw = read_yaml(path)
    if not isinstance(raw, list):
        problems.add(str(path), "a list of cases is needed", "Begin every case with `- name:`.")
        raw = []
    cases = [_read_case(entry, indicator, f"{path} case {n}", problems)
             for n, entry in enumerate(raw, 1)]  # fmt: skip
    problems.raise_if_any()
    return tuple(case for case in cases if case is not None)


def _read_case(raw: Any, indicator: str, place: str, problems: Problems) -> Case | None:
    read = build(_CaseFile, raw, place, problems)
    if read is None:
        return None
    for key in read.expect:
        if key not in Expectation.KEYS:
            problems.add(
                f"{place} expect", f"unknown key {key!r}", f"Known: {', '.join(Expectation.KEYS)}."
            )
    tables = {
        name: tuple(_read_table(getattr(read, name), name, place, problems)) for name in COLUMNS
    }
    return Case(
        indicator=indicator,
        name=read.name,
        cycle=read.cycle,
        expect=Expectation(expected=read.expect),
        variant=read.variant,
        figure=read.figure,
        group=read.group,
        universe=read.universe,
        as_of=read.as_of,
        on=read.on,
        tables=tables,
    )


def _read_table(text: str, name: str, place: str, problems: Problems) -> Iterator[Row]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return
    header = [cell.strip() for cell in lines[0].split("|")]
    for column in header:
        if column not in COLUMNS[name]:
            problems.add(
                f"{place} {name}",
                f"unknown column {column!r}",
                f"Known: {', '.join(COLUMNS[name])}.",
            )
    if COLUMNS[name][0] not in header:
        problems.add(f"{place} {name}", f"no column {COLUMNS[name][0]}", "Add it.")
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(header):
            problems.add(f"{place} {name}", f"{line.strip()!r} has {len(cells)} cells",
                         f"Give it {len(header)}.")  # fmt: skip
        yield dict(zip(header, cells, strict=False))


def facts_of(case: Case) -> Facts:
    """The fact tables a case describes."""
    cast = dict.fromkeys(row["party"] for row in case.tables["parties"])
    cast |= dict.fromkeys(row["party"] for row in case.tables["treaty"])
    cast |= dict.fromkeys(
        row["government"] for row in case.tables["records"] if row.get("government")
    )
    cast |= dict.fromkeys(row["country"] for row in case.tables["usage"] if row.get("country"))
    reports = list(_list_reports(case))
    return Facts(
        {
            "party": _table("party", [{"party": code, "iso2": code[:2]} for code in cast]),
            "treaty": _table("treaty", list(_list_treaty(case))),
            "membership": _table("membership", [
                {"party": r["party"], "group": r["group"],
                 "from_on": _day(r.get("from_on")), "until_on": _day(r.get("until_on"))}
                for r in case.tables["groups"]
            ]),
            "report": _table("report", reports),
            "answer": _table("answer", list(_list_answers(case))),
            "record": _table("record", list(_list_records(case))),
            "record_value": _table("record_value", list(_list_values(case))),
            "register": _table("register", list(_list_entries(case))),
            "usage": _table("usage", [
                {"month": _day(r["month"]), "country": r.get("country") or None,
                 "kind": r["kind"], "quantity": int(r["quantity"]), "demonstration": False}
                for r in case.tables["usage"]
            ]),
        }
    )  # fmt: skip


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    schema = schema_of(name)
    filled = [{column: row.get(column) for column in schema.names} for row in rows]
    return pa.Table.from_pylist(filled, schema=schema)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _list_treaty(case: Case) -> Iterator[dict[str, object]]:
    for row in case.tables["parties"]:
        if row.get("in_force_from"):
            yield {
                "party": row["party"], "treaty": "cpb", "in_force_on": _day(row["in_force_from"])
            }  # fmt: skip
    for row in case.tables["treaty"]:
        yield {
            "party": row["party"], "treaty": row["treaty"],
            "deposited_on": _day(row.get("deposited_on")),
            "in_force_on": _day(row.get("in_force_on")),
        }  # fmt: skip


def _source(case: Case, question: str) -> str:
    return source_of(question, _point(case, None))


def _due(source: str) -> dt.date:
    return load_format(source).deadline or SURVEY_DAY


def _list_reports(case: Case) -> Iterator[dict[str, object]]:
    """The reports that are listed, and one for each other Party that answered a source.

    Answers belong to the version that is live, the one without a last day; else to version 1.
    """
    listed = case.tables["reports"]
    known = {(row["party"], row["source"]) for row in listed}
    answered = dict.fromkeys(
        (row["party"], _source(case, row["question"])) for row in case.tables["answers"]
    )
    silent = [{"party": p, "source": s} for p, s in answered if (p, s) not in known]
    for row in [*silent, *listed]:
        source = row["source"]
        yield {
            "party": row["party"], "cycle": source, "record": f"{source}-{row['party']}",
            "version": int(row.get("version") or 1),
            "published_on": _day(row.get("published_on")) or _due(source),
            "received_on": _day(row.get("received_on")), "until_on": _day(row.get("until_on")),
            "demonstration": False,
        }  # fmt: skip


def _live_version(case: Case, party: str, source: str) -> int:
    for row in case.tables["reports"]:
        if (row["party"], row["source"]) == (party, source) and not row.get("until_on"):
            return int(row.get("version") or 1)
    return 1


def _list_answers(case: Case) -> Iterator[dict[str, object]]:
    for row in case.tables["answers"]:
        source = _source(case, row["question"])
        yield {
            "record": f"{source}-{row['party']}",
            "version": _live_version(case, row["party"], source), "party": row["party"],
            "cycle": source, "question": row["question"],
            "option": row.get("option") or None, "text": row.get("text") or None,
        }  # fmt: skip


def _list_records(case: Case) -> Iterator[dict[str, object]]:
    for row in case.tables["records"]:
        published = _day(row.get("published_on")) or ALWAYS
        yield {
            "record": row["record"], "version": 1, "type": row["type"],
            "government": row.get("government") or None, "first_published_on": published,
            "published_on": published, "until_on": _day(row.get("until_on")),
            "demonstration": False,
        }  # fmt: skip


def _list_values(case: Case) -> Iterator[dict[str, object]]:
    """``field=value`` pairs, separated by semicolons; a field may come several times."""
    for row in case.tables["records"]:
        for pair in filter(None, (pair.strip() for pair in row.get("values", "").split(";"))):
            name, _, value = pair.partition("=")
            yield {"record": row["record"], "version": 1, "field": name, "value": value}


def _list_entries(case: Case) -> Iterator[dict[str, object]]:
    for row in case.tables["register"]:
        yield {
            "register": row["register"], "entry": row["entry"], "version": 1,
            "party": row.get("party") or None, "from_on": _day(row.get("from_on")),
            "until_on": _day(row.get("until_on")), "kind": row.get("kind") or None,
            "quantity": float(row["quantity"]) if row.get("quantity") else None,
            "published_on": _day(row.get("from_on")) or ALWAYS, "demonstration": False,
        }  # fmt: skip


def _point(case: Case, evaluator: Evaluator | None) -> Point:
    sources = ("nr2", "survey2014") if case.cycle == "nr2" else (case.cycle,)
    if evaluator is None:
        return Point(id=case.cycle, title="", cycle=case.cycle, sources=sources, record_date=ALWAYS)
    point = next(point for point in evaluator.points if point.cycle == case.cycle)
    return replace(point, record_date=case.on or point.record_date)


def run_case(case: Case) -> list[str]:
    """What differs between a case's expectation and what the engine says; empty when all agrees."""
    evaluator = Evaluator(facts_of(case), as_of=case.as_of)
    point = _point(case, evaluator)
    calculate = evaluator.figure if case.figure == "own" else evaluator.reported_figure
    figure = calculate(
        case.indicator, point, variant=case.variant, group=case.group, universe=case.universe
    )
    parties = _sort_parties(case, evaluator, point)
    differences = []
    for key, wanted in case.expect.expected.items():
        found: object
        if isinstance(wanted, list):
            found, wanted = parties.get(key), sorted(wanted)
        elif key in ("lower", "upper"):
            found = getattr(figure, key)
            wanted = None if wanted is None else float(wanted)
        else:
            found = getattr(figure, key)
            wanted = _convert(wanted)
        if found != wanted:
            differences.append(f"{key}: the case says {wanted}, the engine {found}")
    return differences


def _convert(wanted: Expected) -> Expected | Fraction:
    """A fraction out of text such as ``2/3``; everything else as it is."""
    if isinstance(wanted, str) and "/" in wanted:
        return Fraction(wanted)
    return wanted


def _sort_parties(case: Case, evaluator: Evaluator, point: Point) -> dict[str, list[str]]:
    """The Parties of the universe by verdict; empty where nothing is asked of Parties."""
    indicator = evaluator.indicator(case.indicator)
    recipe = indicator.recipes[case.cycle]
    condition = evaluator.condition(case.indicator, point, case.variant)
    if case.figure == "reported":
        condition = recipe.condition(case.variant)
    if condition is None:
        return {}
    roll, basis = evaluator.facts.roll, evaluator.basis(point)
    verdict = make_verdict(roll, condition.verdict(basis))
    universe = roll.from_bits(TreatyStatus(evaluator.facts).in_force("cpb", point.record_date))
    if case.group:
        universe &= evaluator.group(case.group, point)
    out = roll.from_bits(0)
    if recipe.not_applicable is not None:
        out = make_verdict(roll, recipe.not_applicable.verdict(basis)).yes & universe
    universe -= out
    return {
        "yes": sorted(verdict.yes & universe),
        "no": sorted(verdict.no & universe),
        "unknown": sorted(verdict.unknown(universe)),
        "not_applicable": sorted(out),
    }


def list_case_folders(plan: str = "cpb_2011_2020") -> tuple[Path, ...]:
    """The folders of all indicators of a plan, in the order of their names."""
    root = Path(__file__).parent.parent / "protocol" / "plans" / plan / "indicators"
    folders = tuple(sorted(path.parent for path in root.glob("*/indicator.py")))
    if not folders:
        problems = Problems()
        problems.add(str(root), "no indicator is declared", "Check the name of the plan.")
        raise DeclarationError(problems)
    return folders
