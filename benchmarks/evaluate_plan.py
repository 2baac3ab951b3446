"""From answers to all figures: the engine beside one-scan DuckDB SQL and pandas.

For every scale, the same answers are put into Parquet files; then each way runs in a process of its
own, several times, and reports the median time of two steps and its peak memory:

- *build*: from all answers in memory, in the form each tool likes best, to what can be evaluated;
- *evaluate*: from that, yes and no of every recipe (all indicators, cycles and variants), among all
  Parties in force and in nine groups, and the bounds of every banded total.

The scale repeats every report 10 or 100 times, all of them live, so that every row must be read and
counted. The three results are compared before anything is printed.
"""

import argparse
import datetime as dt
import hashlib
import json
import random
import resource
import statistics
import subprocess  # noqa: S404 - the script starts itself
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cartagena.engine.condition import All, Chose, Condition, Either, Wrote
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import TABLES, Facts, empty_table, read_facts, schema_of
from cartagena.engine.measure import BandTotal
from cartagena.engine.parties import countries_table, memberships_table, treaty_table
from cartagena.engine.questionnaire import load_format
from cartagena.engine.status import SHOWN_GROUPS
from cartagena.engine.tally import BandTally, PlanTally, Tally

PUBLISHED = dt.date(2010, 10, 15)
SOURCES = ("nr2", "survey2014", "nr3", "nr4", "nr5")
WAYS = ("engine", "duckdb", "pandas")
Result = list[tuple[str, str, str, list[tuple[float, float | None]]]]


# The answers


def make_answers() -> tuple[pa.Table, pa.Table]:
    """Reports and answers of the real order of magnitude: about 115,000 answers."""
    chance = random.Random(2010)  # noqa: S311 - not a secret
    parties = countries_table().column("party").to_pylist()
    reports, answers = [], []
    for source in SOURCES:
        asked = load_format(source)
        questions = [q for q in asked.questions if q.options]
        for party in parties:
            if chance.random() > 0.72:
                continue
            record = f"{source}-{party}"
            base = {"record": record, "version": 1, "party": party, "cycle": source}
            reports.append(
                base | {"published_on": PUBLISHED, "demonstration": True, "number": record}
            )
            for question in questions:
                if chance.random() < 0.92:
                    option = chance.choice(question.options).code
                    answers.append(base | {"question": question.key, "option": option})
    return _table("report", reports), _table("answer", answers)


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = schema_of(name)
    return pa.Table.from_pylist([{f: r.get(f) for f in schema.names} for r in rows], schema=schema)


def write_scale(folder: Path, reports: pa.Table, answers: pa.Table, scale: int) -> None:
    """Facts in which every report stands ``scale`` times under different identifiers."""
    tables = {name: empty_table(name) for name in TABLES}
    tables |= {"party": countries_table(), "treaty": treaty_table()}
    tables |= {"membership": memberships_table()}
    for name, table in (("report", reports), ("answer", answers)):
        copies = []
        for copy in range(scale):
            names = [f"{record}-{copy}" for record in table.column("record").to_pylist()]
            copies.append(table.set_column(table.column_names.index("record"), "record", [names]))
        tables[name] = pa.concat_tables(copies).cast(schema_of(name))
    folder.mkdir()
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")


# The recipes, as every way sees them


def prepare(folder: Path) -> tuple[Evaluator, list[Any], list[Any]]:
    """An evaluator over facts without answers, and the recipes to evaluate."""
    facts = read_facts(folder)
    bare = Facts(facts.tables | {"answer": empty_table("answer"), "report": empty_table("report")})
    evaluator = Evaluator(bare)
    conditions, bands = [], []
    for point in evaluator.points:
        for identifier, indicator in evaluator.indicators.items():
            recipe = indicator.recipes.get(point.cycle or "")
            if recipe is None:
                continue
            for variant, condition in (("strict", recipe.strict), ("inclusive", recipe.inclusive)):
                if condition is not None:
                    conditions.append(
                        (identifier, point, variant, condition, recipe.not_applicable)
                    )
            if recipe.bands:
                same = isinstance(indicator.measure, BandTotal) and indicator.measure.same_people
                bands.append((identifier, point, recipe.bands, same))
    return evaluator, conditions, bands


def universes(evaluator: Evaluator) -> dict[str, list[set[str]]]:
    """Per point: the Parties in force, then those in each group."""
    found = {}
    for point in evaluator.points:
        in_force = evaluator.parties(point)
        groups = [in_force & evaluator.group(group, point) for group in SHOWN_GROUPS]
        found[point.id] = [set(in_force), *map(set, groups)]
    return found


# The engine


def run_engine(folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    facts = read_facts(folder)

    def build() -> PlanTally:
        evaluator = Evaluator(facts)
        for point in evaluator.points:
            evaluator.evidence(point)
        return PlanTally(evaluator)

    def evaluate(tally: PlanTally) -> list[Tally | BandTally]:
        return tally.count()

    return build, evaluate


def result_of_engine(counted: list[Tally | BandTally]) -> Result:
    return [
        (r.indicator, r.point, "bands", [*zip(r.lower, r.upper, strict=True)])
        if isinstance(r, BandTally)
        else (r.indicator, r.point, r.variant, [*zip(r.yes, r.no, strict=True)])
        for r in counted
    ]


# DuckDB: one scan to distinct choices, then SQL whose NULL is the unknown of three-valued logic


def run_duckdb(folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    import duckdb

    evaluator, conditions, bands = prepare(folder)
    database = duckdb.connect()
    for name in ("answer", "report"):
        path = folder / f"{name}.parquet"
        database.execute(f"CREATE TABLE {name} AS FROM read_parquet('{path}')")  # noqa: S608
    database.execute("CREATE TABLE member (point TEXT, grp INT, party TEXT)")
    for point, sets in universes(evaluator).items():
        rows = [(point, n, party) for n, parties in enumerate(sets) for party in sorted(parties)]
        database.executemany("INSERT INTO member VALUES (?, ?, ?)", rows)
    statements = [_sql_of_point(evaluator, p, conditions, bands) for p in evaluator.points]

    def build() -> Any:
        database.execute(
            "CREATE OR REPLACE TABLE chosen AS SELECT DISTINCT cycle, question, option, party "
            "FROM answer JOIN report USING (record, version, party, cycle) WHERE until_on IS NULL"
        )
        return database

    def evaluate(connection: Any) -> Result:
        found: Result = []
        for labels, sql in statements:
            rows = connection.execute(sql).fetchall()
            for position, (identifier, point, variant) in enumerate(labels):
                counts = [(row[1 + 2 * position], row[2 + 2 * position]) for row in rows]
                found.append((identifier, point, variant, counts))
        return found

    return build, evaluate


def _sql_of_point(
    evaluator: Evaluator, point: Any, conditions: list[Any], bands: list[Any]
) -> tuple[list[tuple[str, str, str]], str]:
    """One statement per point: pivot the leaves, decide the recipes, count by group."""
    leaves: dict[str, str] = {}
    labels, columns = [], []
    for identifier, at, variant, condition, out in conditions:
        if at.id != point.id:
            continue
        decided = _sql_of(condition, leaves)
        kept = "TRUE" if out is None else f"NOT coalesce({_sql_of(out, leaves)}, FALSE)"
        labels.append((identifier, point.id, variant))
        columns.append(f"count(*) FILTER (WHERE ({decided}) AND {kept})")
        columns.append(f"count(*) FILTER (WHERE NOT ({decided}) AND {kept})")
    for identifier, at, questions, same_people in bands:
        if at.id == point.id:
            labels.append((identifier, point.id, "bands"))
            columns.extend(_sql_of_bands(evaluator, point, questions, same_people, leaves))
    cycles = ", ".join(f"'{source}'" for source in point.sources)
    pivot = ", ".join(f"{sql} AS {name}" for sql, name in leaves.items())
    sql = (
        f"WITH p AS (SELECT party, {pivot} FROM chosen WHERE cycle IN ({cycles}) GROUP BY party) "  # noqa: S608
        f"SELECT grp, {', '.join(columns)} FROM member LEFT JOIN p USING (party) "
        f"WHERE point = '{point.id}' GROUP BY grp ORDER BY grp"
    )
    return labels, sql


def _sql_of(condition: Condition, leaves: dict[str, str]) -> str:
    if isinstance(condition, All | Either):
        word = " AND " if isinstance(condition, All) else " OR "
        return "(" + word.join(_sql_of(part, leaves) for part in condition.conditions) + ")"
    if isinstance(condition, Wrote):
        sql = f"CASE WHEN bool_or(question = '{condition.question}') THEN TRUE END"
    elif isinstance(condition, Chose):
        options = ", ".join(f"'{option}'" for option in condition.options)
        matches = f"bool_or(option IN ({options})) FILTER (WHERE question = '{condition.question}')"
        sql = f"NOT {matches}" if condition.negated else matches
    else:
        raise TypeError(type(condition).__name__)
    leaf = leaves.setdefault(sql, f"l{len(leaves)}")
    if isinstance(condition, Chose) and condition.ruled_out_by is not None:
        gate = _sql_of(condition.ruled_out_by, leaves)
        return f"CASE WHEN {leaf} THEN TRUE WHEN {leaf} IS NOT NULL OR {gate} THEN FALSE END"
    return leaf


def _sql_of_bands(
    evaluator: Evaluator,
    point: Any,
    questions: tuple[str, ...],
    same_people: bool,
    leaves: dict[str, str],
) -> list[str]:
    lower, upper, is_open = ["0"], ["0"], ["FALSE"]
    largest = ["0"]
    for source in point.sources:
        for question in load_format(source).questions:
            if question.key not in questions:
                continue
            for option in question.options:
                bounds = evaluator.bounds(point, question.key, option.code)
                if bounds is None:
                    continue
                sql = f"bool_or(question = '{question.key}' AND option = '{option.code}')"
                leaf = leaves.setdefault(sql, f"l{len(leaves)}")
                lower.append(f"{bounds[0]} * count(*) FILTER (WHERE {leaf})")
                largest.append(f"CASE WHEN {leaf} THEN {bounds[0]} ELSE 0 END")
                if bounds[1] is None:
                    is_open.append(f"coalesce(bool_or({leaf}), FALSE)")
                else:
                    upper.append(f"{bounds[1]} * count(*) FILTER (WHERE {leaf})")
    top = f"CASE WHEN {' OR '.join(is_open)} THEN NULL ELSE {' + '.join(upper)} END"
    return [f"sum(greatest({', '.join(largest)}))" if same_people else " + ".join(lower), top]


# pandas: a boolean matrix of Parties by choices, then masks


def run_pandas(folder: Path) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    import numpy as np
    import pandas as pd

    evaluator, conditions, bands = prepare(folder)
    columns = ["record", "party", "cycle", "question", "option"]
    answers = pq.read_table(folder / "answer.parquet", columns=columns).to_pandas()
    reports = pq.read_table(folder / "report.parquet").to_pandas()
    answers = answers.astype("category")
    sets = universes(evaluator)

    def build() -> Any:
        live = reports.loc[reports["until_on"].isna(), "record"]
        rows = answers[answers["record"].isin(live)]
        rows = rows.drop(columns="record").drop_duplicates()
        matrix = pd.crosstab(rows["party"], [rows["cycle"], rows["question"], rows["option"]]) > 0
        order = list(matrix.index)
        masks = {
            point: [np.array([party in s for party in order]) for s in groups]
            for point, groups in sets.items()
        }
        arrays = {key: matrix[key].to_numpy() for key in matrix.columns}
        answered: dict[tuple[str, str], Any] = {}
        for (cycle, question, _), column in arrays.items():
            known = answered.get((cycle, question))
            answered[cycle, question] = column if known is None else known | column
        nobody = np.zeros(len(order), dtype=bool)
        return arrays, answered, masks, nobody

    def evaluate(built: Any) -> Result:
        arrays, answered, masks, nobody = built
        found: Result = []

        def decide(condition: Condition, sources: tuple[str, ...]) -> tuple[Any, Any]:
            if isinstance(condition, All | Either):
                pairs = [decide(part, sources) for part in condition.conditions]
                first, rest = pairs[0], pairs[1:]
                yes, no = first
                for more_yes, more_no in rest:
                    if isinstance(condition, All):
                        yes, no = yes & more_yes, no | more_no
                    else:
                        yes, no = yes | more_yes, no & more_no
                return yes, no
            if isinstance(condition, Wrote):
                return nobody, nobody
            assert isinstance(condition, Chose)
            chosen, known = nobody, nobody
            for source in sources:
                known = known | answered.get((source, condition.question), nobody)
                for option in condition.options:
                    chosen = chosen | arrays.get((source, condition.question, option), nobody)
            rest_ = known & ~chosen
            yes, no = (rest_, chosen) if condition.negated else (chosen, rest_)
            if condition.ruled_out_by is not None:
                no = no | (decide(condition.ruled_out_by, sources)[0] & ~yes)
            return yes, no

        for identifier, point, variant, condition, out in conditions:
            yes, no = decide(condition, point.sources)
            keep = ~decide(out, point.sources)[0] if out is not None else ~nobody
            counts = [
                (int((yes & m & keep).sum()), int((no & m & keep).sum())) for m in masks[point.id]
            ]
            found.append((identifier, point.id, variant, counts))
        for identifier, point, questions, same_people in bands:
            totals: list[tuple[float, float | None]] = []
            for mask in masks[point.id]:
                lower, upper = 0.0, 0.0
                largest = np.zeros(len(nobody))
                is_open = False
                for (cycle, question, option), column in arrays.items():
                    if cycle not in point.sources or question not in questions:
                        continue
                    bounds = evaluator.bounds(point, question, option)
                    parties = int((column & mask).sum())
                    if bounds is None or not parties:
                        continue
                    lower += bounds[0] * parties
                    largest = np.maximum(largest, (column & mask) * bounds[0])
                    is_open = is_open or bounds[1] is None
                    upper += (bounds[1] or 0) * parties
                lower = float(largest.sum()) if same_people else lower
                totals.append((lower, None if is_open else upper))
            found.append((identifier, point.id, "bands", totals))
        return found

    return build, evaluate


# Running and printing


def digest(result: Result) -> str:
    """A fingerprint of all counts, the same for equal results in any order and number type."""
    plain = sorted(
        [i, p, v, [[float(a), None if b is None else float(b)] for a, b in counts]]
        for i, p, v, counts in result
    )
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def work(way: str, folder: Path, runs: int) -> None:
    """One way in this process: prints its medians, peak memory and fingerprint as JSON."""
    runner = {"engine": run_engine, "duckdb": run_duckdb, "pandas": run_pandas}[way]
    build, evaluate = runner(folder)
    building, evaluating = [], []
    for _ in range(runs):
        start = time.perf_counter()
        built = build()
        middle = time.perf_counter()
        result = evaluate(built)
        building.append(middle - start)
        evaluating.append(time.perf_counter() - middle)
    for _ in range(4 * runs):
        start = time.perf_counter()
        evaluate(built)
        evaluating.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "build_ms": 1000 * statistics.median(building),
                "evaluate_ms": 1000 * statistics.median(evaluating),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "recipes": len(result),
                "digest": digest(result_of_engine(result) if way == "engine" else result),
            }
        )
    )


def main() -> None:
    """Run all ways at all scales and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--scales", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        work(options.way, options.folder, options.runs)
        return
    reports, answers = make_answers()
    head = f"{'answers':>12} {'way':<8} {'build ms':>10} {'evaluate ms':>12} {'peak MB':>9}"
    print(head + "   against the engine: build, evaluate")
    with tempfile.TemporaryDirectory() as temporary:
        for scale in options.scales:
            folder = Path(temporary) / str(scale)
            write_scale(folder, reports, answers, scale)
            compare_ways(folder, answers.num_rows * scale, options.runs if scale < 100 else 3)


def compare_ways(folder: Path, rows: int, runs: int) -> None:
    """Run the three ways on one folder and print a line each; stops if they disagree."""
    measured = {}
    for way in WAYS:
        command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
        done = subprocess.run(  # noqa: S603 - itself
            [*command, "--runs", str(runs)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{way} failed:\n{done.stderr}")
        measured[way] = json.loads(done.stdout.splitlines()[-1])
    if len({m["digest"] for m in measured.values()}) != 1:
        sys.exit(f"The ways disagree: { {w: m['digest'][:12] for w, m in measured.items()} }")
    engine = measured["engine"]
    for way, m in measured.items():
        ratios = [m[key] / engine[key] for key in ("build_ms", "evaluate_ms")]
        print(
            f"{rows:>12,} {way:<8} {m['build_ms']:>10.1f} {m['evaluate_ms']:>12.2f} "
            f"{m['peak_mb']:>9.0f}   {ratios[0]:.1f} x, {ratios[1]:.1f} x",
            flush=True,
        )


if __name__ == "__main__":
    main()
