"""The tables of the downloads, made from the same rows that the API answers."""

import datetime as dt
from typing import Any

from cartagena.apps.portal.open_data.figures import Row, change_row, figure_row, list_figures
from cartagena.apps.portal.open_data.method import indicator_row
from cartagena.apps.portal.open_data.parties import list_reports, list_verdicts, party_row
from cartagena.apps.portal.open_data.plan import list_sources, programme_rows
from cartagena.apps.portal.open_data.table import Kind, Table, make_table
from cartagena.engine.change import CAUSES, compare
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import VARIANTS, Variant
from cartagena.engine.indicator import Indicator
from cartagena.engine.point import Point
from cartagena.engine.treaty import TREATIES

Columns = tuple[tuple[str, Kind, str], ...]
DEMONSTRATION: Columns = (
    ("demonstration", "truth", "True where any made-up fact entered the row"),
)
FIGURE: Columns = (
    ("indicator", "text", "Number of the indicator"),
    ("point", "text", "Evaluation point: baseline, midterm, final or after"),
    ("record_date", "date", "Day for treaty status, groups and records"),
    ("variant", "text", "Reading: strict or inclusive"),
    ("group", "text", "Group counted; empty: all Parties"),
    ("universe", "text", "Parties counted: those in force"),
    ("kind", "text", "share, count, total, amount, ratio or milestone"),
    ("unit", "text", "What is counted"),
    ("status", "text", "computed, or why there is no value"),
    ("reason", "text", "The same in a sentence"),
    ("yes", "count", "Parties that meet the condition"),
    ("no", "count", "Parties known not to meet it"),
    ("unknown", "count", "Parties about which nothing is known"),
    ("size", "count", "Parties in the universe"),
    ("numerator", "count", "What the headline divides; the value of a count"),
    ("denominator", "count", "By what it is divided"),
    ("headline", "number", "Share of yes among those known"),
    ("floor", "number", "Share if every unknown Party were a no"),
    ("ceiling", "number", "Share if every unknown Party were a yes"),
    ("response", "number", "Share about which something is known"),
    ("lower", "number", "Lower bound of a total of bands"),
    ("upper", "number", "Upper bound; empty: open or none"),
    ("reached_on", "date", "Day a milestone was reached"),
    ("target_on", "date", "Day before which it was to be reached"),
    ("met", "truth", "Whether it was reached in time"),
    ("sentence", "text", "The figure in words"),
    *DEMONSTRATION,
)
VERDICT: Columns = (
    ("indicator", "text", "Number of the indicator"),
    ("point", "text", "Evaluation point"),
    ("variant", "text", "Reading: strict or inclusive"),
    ("party", "text", "ISO 3166 alpha-3 code; EUR is the European Union"),
    ("name", "text", "Name in English"),
    ("outcome", "text", "yes, no or unknown; empty: not decided Party by Party"),
    ("reported", "truth", "Whether its report of the cycle is live"),
    ("answers", "text", "Question=option codes read, separated by ; and |"),
    ("report", "text", "Public number of the report versions read"),
    ("records", "text", "Public numbers of its records that the figure counts, separated by ;"),
    *DEMONSTRATION,
)
SHARES = ("headline", "floor", "ceiling", "response")


def figures_table(evaluator: Evaluator, indicators: list[str]) -> Table:
    """Figures by point, reading and group (all Parties first)."""
    dates = {point.id: point.record_date for point in evaluator.points}
    rows = []
    for figure in list_figures(evaluator, indicators, evaluator.points):
        row = figure_row(figure)
        row |= {name: row[name] and row[name]["value"] for name in SHARES}
        rows.append({**row, "record_date": dates[figure.point]})
    return make_table("figures", "Figures by point, reading and group", FIGURE, rows)


def verdicts_table(evaluator: Evaluator, indicators: list[Indicator]) -> Table:
    """What each indicator says about each Party, by point and reading."""
    rows = [
        _flat_verdict(indicator.id, point.id, variant, row)
        for indicator in indicators
        for point in evaluator.points
        for variant in VARIANTS
        for row in list_verdicts(evaluator, indicator, point, variant)
    ]
    return make_table("parties", "Verdict on each Party", VERDICT, rows)


def _flat_verdict(indicator: str, point: str, variant: str, row: dict[str, Any]) -> dict[str, Any]:
    answers = []
    for answer in row["answers"]:
        codes = [option["code"] for option in answer["options"]]
        if answer["wrote"]:
            codes.append("(text)")
        if codes:
            answers.append(f"{answer['question']}={'|'.join(codes)}")
    return {
        **row,
        "indicator": indicator,
        "point": point,
        "variant": variant,
        "answers": "; ".join(answers),
        "report": "; ".join(each["number"] for each in row["reports"]),
        "records": "; ".join(row["records"]),
    }


INDICATOR: Columns = (
    ("id", "text", "Number of the indicator"),
    ("objective", "text", "Operational objective"),
    ("title", "text", "As the plan words it, in English (our translation)"),
    ("title_zh", "text", "As the plan words it, in Chinese (the original read)"),
    ("short_title", "text", "Short title"),
    ("unit", "text", "What is counted"),
    ("direction", "text", "up, yes or neutral"),
    ("kind", "text", "share, count, total, amount, ratio or milestone"),
    ("measure", "text", "Kind of measure"),
    ("sources", "text", "What it is read from"),
    ("grades", "text", "By cycle: A asked, B in part or by proxy, C not asked"),
    ("legal_basis", "text", "Provisions it rests on"),
)


def indicators_table(evaluator: Evaluator) -> Table:
    """The catalogue of indicators."""
    rows = []
    for indicator in evaluator.indicators.values():
        row = indicator_row(indicator)
        rows.append(
            row
            | {
                "title": row["title"].get("en", ""),
                "title_zh": row["title"].get("zh", ""),
                "sources": "; ".join(row["sources"]),
                "grades": "; ".join(f"{cycle}={grade}" for cycle, grade in row["grades"].items()),
                "legal_basis": "; ".join(indicator.legal_basis),
            }
        )
    return make_table("indicators", "Indicators", INDICATOR, rows)


def parties_table(evaluator: Evaluator, on: dt.date) -> Table:
    """Countries with treaty dates, groups of the day, and live reports."""
    sources = list_sources(evaluator.plan)
    dates: Columns = tuple(
        (f"{treaty}_{what}", "date", f"{treaty}: {what.replace('_', ' ')}")
        for treaty in TREATIES
        for what in ("signed_on", "deposited_on", "in_force_on")
    )
    languages: Columns = tuple(
        (f"name_{language}", "text", f"Name ({language})")
        for language in ("en", "fr", "es", "ru", "zh", "ar")
    )
    reports: Columns = tuple(
        (f"{source}_published_on", "date", f"Day the live report {source} became public")
        for source in sources
    )
    columns: Columns = (
        ("party", "text", "ISO 3166 alpha-3 code; EUR is the European Union"),
        *languages,
        ("is_party", "truth", "Whether the Protocol is in force for it on the day"),
        ("region", "text", "United Nations region"),
        ("groups", "text", "All groups of the day"),
        *dates,
        *reports,
        ("demonstration", "truth", "True where a report counted here is made up"),
    )
    live: dict[str, dict[str, Any]] = {}
    for report in list_reports(evaluator):
        of_party = live.setdefault(report["party"], {"demonstration": False})
        of_party[f"{report['source']}_published_on"] = report["published_on"]
        of_party["demonstration"] |= report["demonstration"]
    rows = []
    for code in evaluator.facts.roll.codes:
        row = party_row(evaluator, code, on)
        flat = {
            f"{treaty}_{what}": day
            for treaty, dates_of in row["treaties"].items()
            for what, day in dates_of.items()
        }
        names = {f"name_{language}": name for language, name in row["name"].items()}
        groups = {"groups": "; ".join(row["groups"]), "demonstration": False}
        rows.append({**row, **names, **flat, **groups, **live.get(code, {})})
    return make_table("parties", f"Countries and Parties on {on}", columns, rows)


def party_table(evaluator: Evaluator, code: str) -> Table:
    """What every indicator says about one Party, by point and reading."""
    whole = [
        _flat_verdict(indicator.id, point.id, variant, row)
        for indicator in evaluator.indicators.values()
        for point in evaluator.points
        for variant in VARIANTS
        for row in list_verdicts(evaluator, indicator, point, variant, only=code)
    ]
    return make_table("verdicts", f"What the indicators say about {code}", VERDICT, whole)


ITEM: Columns = (
    ("id", "text", "Item, such as mop6.a"),
    ("meeting", "count", "Meeting of the Parties; empty: standing item"),
    ("printed", "text", "Letter as printed"),
    ("title_en", "text", "Title in English (our translation)"),
    ("text_en", "text", "Text in English (our translation)"),
    ("title_zh", "text", "Title in Chinese"),
    ("text_zh", "text", "Text in Chinese"),
    ("provisions", "text", "Articles and decisions cited"),
)
REFERENCE: Columns = (
    ("item", "text", "Item of the programme of work"),
    ("printed", "text", "Objective as printed"),
    ("proposed", "text", "Objectives the item is about: a proposal"),
    ("status", "text", "right, misdirected or dangling"),
    ("confidence", "text", "likely or unsure"),
)


def programme_tables(evaluator: Evaluator) -> list[Table]:
    """Items of the programme of work, and their references to objectives."""
    rows = programme_rows(evaluator.plan)
    items = [
        {
            **row,
            **{f"title_{lang}": row["title"].get(lang) for lang in ("en", "zh")},
            **{f"text_{lang}": row["text"].get(lang) for lang in ("en", "zh")},
            "provisions": "; ".join(each["id"] for each in row["provisions"]),
        }
        for row in rows
    ]
    references = [
        {**each, "proposed": "; ".join(each["proposed"])}
        for row in rows
        for each in row["references"]
    ]
    return [
        make_table("items", "Programme of work", ITEM, items),
        make_table("references", "References to objectives", REFERENCE, references),
    ]


SIDES = ("before", "after", "panel_before", "panel_after")
OF_SIDE: Columns = (
    ("status", "text", "Whether there is a value"),
    ("numerator", "count", "What the headline divides"),
    ("denominator", "count", "By what it is divided"),
    ("headline", "number", "Share of yes among those known"),
)
SIDE: Columns = tuple(
    (f"{side}_{what}", kind, f"{meaning} ({side.replace('_', ', ')})")
    for side in SIDES
    for what, kind, meaning in OF_SIDE
)
CAUSE: Columns = tuple(
    (cause, "count", f"Parties by cause: {cause.replace('_', ' ')}") for cause in CAUSES
)
CHANGE: Columns = (
    ("indicator", "text", "Number of the indicator"),
    ("from", "text", "First point"),
    ("to", "text", "Second point"),
    ("variant", "text", "Reading: strict or inclusive"),
    *SIDE,
    ("cross_section_change", "number", "Difference of the headlines; 0.05 is five points"),
    ("panel_change", "number", "Difference for Parties that reported both times"),
    ("composition_drives", "truth", "Whether who reports moved the figure"),
    ("comparable", "truth", "Whether all questions read are equivalent"),
    *CAUSE,
    *DEMONSTRATION,
)
MOVEMENT: Columns = (
    ("indicator", "text", "Number of the indicator"),
    ("party", "text", "ISO 3166 alpha-3 code; EUR is the European Union"),
    ("before", "text", "Outcome at the first point"),
    ("after", "text", "Outcome at the second point"),
    ("cause", "text", "Cause of the difference"),
    *DEMONSTRATION,
)


def change_tables(
    evaluator: Evaluator, before: Point, after: Point, variant: Variant
) -> list[Table]:
    """The change of every indicator between two points, and of every Party."""
    changes: list[Row] = []
    movements: list[Row] = []
    for indicator in evaluator.indicators:
        row = change_row(compare(evaluator, indicator, before, after, variant))
        flat = {"from": before.id, "to": after.id, **row, **row["causes"]}
        for side in SIDES:
            figure = row[side]
            share = figure["headline"]
            flat |= {f"{side}_{w}": figure[w] for w in ("status", "numerator", "denominator")}
            flat[f"{side}_headline"] = share and share["value"]
        changes.append(flat)
        about = {"indicator": indicator, "demonstration": row["demonstration"]}
        movements.extend({**movement, **about} for movement in row["movements"])
    return [
        make_table("changes", f"Change from {before.id} to {after.id}", CHANGE, changes),
        make_table("movements", "Each Party between the points", MOVEMENT, movements),
    ]
