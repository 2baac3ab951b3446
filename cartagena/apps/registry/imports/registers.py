"""Entries of registers out of tables or JSON Lines: what no report and no record tells."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cartagena.apps.registry.imports.documents import Document, read_documents
from cartagena.apps.registry.imports.files import SourceFile, list_files
from cartagena.apps.registry.imports.limits import DEFAULT, Limits
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.tables import read_table
from cartagena.apps.registry.publication import Publication
from cartagena.engine.countries import find_country
from cartagena.engine.flatten import fact_rows_body

COLUMNS = ("register", "entry", "party", "from", "until", "kind", "quantity", "unit", "title",
           "source")  # fmt: skip
_REQUIRED = ("register", "entry", "from")
_OPTIONAL = tuple(name for name in COLUMNS if name not in _REQUIRED)
_REGISTER = re.compile(r"^[A-Z][A-Za-z]{2,39}$")
_ENTRY = re.compile(r"^[A-Za-z0-9_-]{1,60}$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_NUMBER = re.compile(r"^-?\d{1,15}(\.\d{1,6})?$")


def read_registers(
    paths: Sequence[Path], now: dt.datetime, result: ImportResult, limits: Limits = DEFAULT
) -> Iterator[Publication]:
    """One publication for each good entry; every problem goes to ``result``.

    The identifier is ``REG-<register>-<entry>``, so a later file amends the entry.
    """
    seen: dict[str, str] = {}
    for file in list_files(paths):
        if isinstance(file, ImportProblem):
            result.add_problems([file])
            continue
        result.files += 1
        for found in _read_entries(file, limits):
            if isinstance(found, ImportProblem):
                result.add_problems([found])
                if found.severity == "error" and found.place not in ("", "first row"):
                    result.read += 1
                    result.refused += 1
                continue
            place, cells = found
            result.read += 1
            publication = _read_entry(file.name, place, cells, seen, now, result)
            if publication is None:
                result.refused += 1
            else:
                yield publication


def _read_entries(
    file: SourceFile, limits: Limits
) -> Iterator[tuple[str, dict[str, str]] | ImportProblem]:
    if file.form == "table":
        yield from read_table(file, _REQUIRED, _OPTIONAL, limits)
        return
    for found in read_documents(file, limits):
        if isinstance(found, ImportProblem):
            yield found
        else:
            yield _read_object(found)


def _read_object(document: Document) -> tuple[str, dict[str, str]] | ImportProblem:
    """An entry as a JSON object with the names of the columns as keys."""
    cells: dict[str, str] = {}
    for name, value in document.content.items():
        if name not in COLUMNS:
            what = f"nothing reads the field {name[:60]!r}"
            known = f"Known: {', '.join(COLUMNS)}."
            return ImportProblem(document.file, document.place, what, known)
        if isinstance(value, bool | dict | list):
            what = "a text or a number is needed"
            return ImportProblem(document.file, document.place, what, "Correct it.", question=name)
        cells[name] = "" if value is None else str(value).strip()
    return document.place, cells


def _read_entry(
    file: str,
    place: str,
    cells: Mapping[str, str],
    seen: dict[str, str],
    now: dt.datetime,
    result: ImportResult,
) -> Publication | None:
    register, entry = cells.get("register", ""), cells.get("entry", "")
    identifier = f"REG-{register}-{entry}"
    problems = [
        ImportProblem(file, place, what, remedy, question=column, report=identifier)
        for column, what, remedy in _find_faults(cells, now)
    ]
    if identifier in seen:
        what = f"the entry stands in {seen[identifier]} too"
        problems.append(ImportProblem(file, place, what, "Keep one row.", report=identifier))
    seen.setdefault(identifier, f"{file}, {place}")
    result.add_problems(problems)
    if problems:
        return None
    country = find_country(cells["party"]) if cells.get("party") else None
    row: dict[str, Any] = {
        "register": register,
        "party": country.code if country else None,
        "from_on": cells.get("from"),
        "until_on": cells.get("until"),
        **{name: cells.get(name) for name in ("kind", "quantity", "unit", "title", "source")},
    }
    return Publication(
        identifier=identifier,
        type="registerEntry",
        government=country.code if country else None,
        body=fact_rows_body("registerEntry", identifier, [row]),
        published_at=now,
        title=cells.get("title") or f"{register}, entry {entry}",
    )


def _find_faults(cells: Mapping[str, str], now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """(column, what, remedy) of everything wrong in one entry."""
    if not _REGISTER.match(cells.get("register", "")):
        yield "register", "it names no register", "Write for example AdviceMechanism."
    if not _ENTRY.match(cells.get("entry", "")):
        yield "entry", "it identifies no entry", "Use 1 to 60 letters, digits, - or _."
    party = cells.get("party")
    if party and find_country(party) is None:
        yield "party", f"no country is named {party[:60]!r}", "Write its ISO code or name."
    if not cells.get("from"):
        yield "from", "the day it happened or began is missing", "Write YYYY-MM-DD."
    days: dict[str, dt.date] = {}
    for column in ("from", "until"):
        text = cells.get(column)
        if text:
            day = _read_day(text)
            if day is None:
                yield column, f"{text[:40]!r} is no day", "Write YYYY-MM-DD."
            else:
                days[column] = day
    if "from" in days and days["from"] > now.date():
        yield "from", f"{days['from']} lies in the future", "Enter what has happened."
    if len(days) == 2 and days["until"] <= days["from"]:
        yield "until", "it ends before it begins", "`until` is the first day after."
    quantity = cells.get("quantity")
    if quantity and not _NUMBER.match(quantity):
        yield "quantity", f"{quantity[:40]!r} is no number", "Write for example 1250.5."


def _read_day(text: str) -> dt.date | None:
    if not _DAY.match(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
