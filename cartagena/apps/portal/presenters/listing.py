"""All indicators in one table, and the rows of files beside a page."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.home import make_cell
from cartagena.apps.portal.presenters.overview import COURSES as ALL_COURSES
from cartagena.apps.portal.presenters.overview import Row, get_overview
from cartagena.apps.portal.presenters.words import course_words, point_title
from cartagena.engine.evaluate import Evaluator

COURSES = ALL_COURSES
MEASURED = ("asked", "part", "otherwise", "nothing")
ORDERS = ("number", "latest", "movement")
FORMATS = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"), ("Parquet", "parquet"))


def list_downloads(frame: Frame, stem: str) -> list[tuple[str, str]]:
    """(name, address) of the files that hold what a page shows."""
    date = f"?as_of={frame.as_of.isoformat()}" if frame.as_of else ""
    return [(name, f"/downloads/{stem}.{ending}{date}") for name, ending in FORMATS]


def list_rows(frame: Frame, *, area: str, course: str, grade: str, order: str) -> dict[str, Any]:
    """The table of indicators after its filters, with the links that change them."""
    evaluator = frame.evaluator
    overview = get_overview(evaluator)
    titles = {each.id: each.title for each in evaluator.plan.indicators}
    rows = []
    for row in overview.rows.values():
        measured = judge_measurability(evaluator, row.id)
        if area and not row.id.startswith(f"{area}."):
            continue
        if (course and row.course != course) or (grade and measured != grade):
            continue
        rows.append((row, measured))
    rows.sort(key=lambda pair: _order_of(pair[0], order))
    return {
        "rows": [
            {
                "cell": make_cell(frame, row, titles[row.id]),
                "area": row.id.split(".")[0],
                "views": [
                    FigureView(figure, point_title(figure.point))
                    for figure in row.figures[: len(overview.plan_points)]
                ],
                "course": course_words(row.course),
                "measured": measured_words(measured),
            }
            for row, measured in rows
        ],
        "areas": _choices(
            frame,
            "area",
            area,
            [(each.id, f"{each.id} {each.title.get(frame.language)}")
             for each in evaluator.plan.focal_areas],
        ),
        "courses": _choices(frame, "course", course, [(c, course_words(c)) for c in COURSES]),
        "grades": _choices(frame, "measured", grade, [(m, measured_words(m)) for m in MEASURED]),
        "orders": {name: frame.here(sort=name) for name in ORDERS},
        "order": order,
        "downloads": list_downloads(frame, "indicators"),
    }  # fmt: skip


def judge_measurability(evaluator: Evaluator, identifier: str) -> str:
    """Whether the reports ask the indicator, a part of it, or it is read elsewhere, or nowhere."""
    declared = evaluator.indicators.get(identifier)
    if declared is None:
        return "nothing"
    if not declared.measure.reads_reports:
        return "nothing" if type(declared.measure).__name__ == "NotApplicable" else "otherwise"
    grades = {recipe.grade for recipe in declared.recipes.values()}
    if "A" in grades:
        return "asked"
    return "part" if "B" in grades else "nothing"


def measured_words(measured: str) -> str:
    """How an indicator can be measured."""
    words = {
        "asked": _("asked in reports"),
        "part": _("a part is asked in reports"),
        "otherwise": _("records, registers or status"),
        "nothing": _("nothing asks it"),
    }
    return words[measured]


def _order_of(row: Row, order: str) -> tuple[Any, ...]:
    number = tuple(int(part) for part in row.id.split("."))
    if order == "latest":
        share = row.latest.headline if row.latest and row.latest.size else None
        return (share is None, -float(share or 0), number)
    if order == "movement":
        return (ALL_COURSES.index(row.course), number)
    return number


def _choices(
    frame: Frame, name: str, chosen: str, options: list[tuple[str, str]]
) -> list[tuple[str, str, bool]]:
    everything = (_("all"), frame.here(**{name: ""}), not chosen)
    found = [(words, frame.here(**{name: value}), value == chosen) for value, words in options]
    return [everything, *found]
