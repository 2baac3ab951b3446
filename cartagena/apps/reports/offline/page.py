"""The questionnaire as a page in one file, for a stick: it runs the form's rules and saves answers.

The page brings its own style and script, because it is opened from a disk; nothing of it is served
by the portal as a page.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from cartagena.apps.reports.offline.about import LAYOUT, About
from cartagena.apps.reports.offline.checks import count_others, describe_checks, list_twins
from cartagena.apps.reports.offline.layout import Row, list_rows, make_title
from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.apps.reports.offline.workbook import LANGUAGE_NAMES
from cartagena.engine.answer_sheet import Cells
from cartagena.engine.answer_values import get_plan
from cartagena.engine.canonical import canonical_json
from cartagena.engine.questionnaire import Format
from cartagena.engine.sentence import sentence

_ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("../../static/reports/rules.js", "checks.js", "page.js")
_LARGEST = 20 << 20


def write_page(file: BinaryIO, shape: Format, about: About, cells: Cells) -> None:
    """Write the page in ``about.language`` with the answers so far."""
    with override(about.language):
        title = make_title(shape, about)
        context = {
            "about": about,
            "title": title,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "sections": list(_group(list_rows(shape, about.language, cells))),
            "languages": [(code, LANGUAGE_NAMES[code]) for code in about.languages.split(",")],
            "style": _read_asset("page.css"),
            "script": "".join(map(_read_asset, SCRIPTS)),
            "checked": len(list_twins(shape)),
            "unchecked": count_others(shape),
            "data": {**describe_rules(shape), "about": about.as_texts(), "cells": dict(cells),
                     "checks": describe_checks(shape, about.language),
                     "texts": {"wrong_file": _("This is no answer file of this report.")}},
        }  # fmt: skip
        file.write(render_to_string("reports/offline_page.html", context).encode())


def read_answer_file(file: BinaryIO) -> Returned:
    """The cells of an answer file that the page saved."""
    file.seek(0)
    content = file.read(_LARGEST + 1)
    ours = sentence("Open the page that was made here and save the answer file again.")
    if len(content) > _LARGEST:
        return refuse(sentence("the file has more than %(size)s MB", size=_LARGEST >> 20), ours)
    try:
        found = json.loads(canonical_json(json.loads(content)))
        about = About.read({str(k): str(v) for k, v in found["about"].items()})
        cells = {str(key): value for key, value in found["cells"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return refuse(sentence("it is no answer file, or it is damaged or cut off"), ours)
    if about is None or about.layout != LAYOUT:
        what = sentence("the answer file was made by another version of this program")
        return refuse(what, ours)
    returned = Returned(about)
    for key, text in cells.items():
        if isinstance(text, str):
            returned.put(key, key, text.strip())
        else:
            returned.add(key, sentence("the answer is no text"), ours)
    return returned


@cache
def _read_asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _group(rows: Iterator[Row]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows by section, each with the question it belongs to."""
    section = ""
    found: list[dict[str, Any]] = []
    for row in rows:
        if row.kind == "section":
            if found:
                yield section, found
            section, found = row.label, []
        else:
            found.append(vars(row))
    if found:
        yield section, found


def describe_rules(shape: Format) -> dict[str, Any]:
    """The conditions, exclusive options and mandatory questions, for the script of the page."""
    plan = get_plan(shape)
    gates = [
        {
            "key": gate.key,
            "parent": gate.parent,
            "conditions": [
                {
                    "rule": each.rule,
                    "any_of": [
                        {"question": r.question, "values": sorted(r.values) if r.values else None}
                        for r in each.any_of
                    ],
                }
                for each in gate.conditions
            ],
        }
        for gate in plan.gates
    ]
    exclusive = {key: sorted(codes) for key, codes in plan.exclusive.items() if codes}
    return {"gates": gates, "exclusive": exclusive, "mandatory": list(plan.mandatory)}
