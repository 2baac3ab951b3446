"""Treaty status and groups out of tables with the columns of the files that the program ships."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cartagena.apps.registry.imports.files import SourceFile, list_files
from cartagena.apps.registry.imports.limits import DEFAULT, Limits
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.tables import read_table
from cartagena.apps.registry.publication import Publication
from cartagena.apps.registry.shipped import list_publications
from cartagena.engine.declaration import DeclarationError
from cartagena.engine.parties import read_memberships, read_treaty_actions

Kind = Literal["treaty", "groups"]


@dataclass(frozen=True)
class _Form:
    """How one kind of table is read: its columns, its loader, and the record it becomes."""

    record_type: str
    columns: tuple[str, ...]
    optional: tuple[str, ...]
    load: Callable[[Path], Sequence[Any]]
    key: tuple[str, ...]


_FORMS: Mapping[Kind, _Form] = {
    "treaty": _Form(
        "treatyStatus",
        ("party", "treaty", "signed_on", "instrument", "deposited_on", "in_force_on", "source"),
        ("doubt",),
        read_treaty_actions,
        ("treaty",),
    ),
    "groups": _Form(
        "groupMembership",
        ("party", "group", "from_on", "until_on", "source"),
        (),
        read_memberships,
        ("group", "from_on"),
    ),
}


def read_status_tables(
    kind: Kind,
    paths: Sequence[Path],
    live: Mapping[str, Sequence[Mapping[str, str]]],
    now: dt.datetime,
    result: ImportResult,
    limits: Limits = DEFAULT,
) -> list[Publication]:
    """The new state of each country that a table names; every problem goes to ``result``.

    ``live``: country -> the rows that are public now. A row of a table takes the place of the row
    with the same treaty (or group and first day); all other rows of the country stay. A country
    with a wrong row is left as it is.
    """
    form = _FORMS[kind]
    rows: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    for file in list_files(paths):
        if isinstance(file, ImportProblem):
            result.add_problems([file])
            continue
        result.files += 1
        for found in _read_rows(file, form, limits):
            if isinstance(found, ImportProblem):
                result.add_problems([found])
            else:
                place, row = found
                rows.setdefault(row["party"], []).append((file.name, place, row))
    publications: list[Publication] = []
    for party, of_party in sorted(rows.items()):
        result.read += 1
        problems = list(_find_twice(of_party, form))
        merged = _merge(live.get(party, ()), [row for _, _, row in of_party], form)
        loaded, wrong = _load(merged, of_party, form)
        result.add_problems([*problems, *wrong])
        if problems or wrong:
            result.refused += 1
            continue
        publications += list_publications(form.record_type, loaded, now)
    return publications


def _read_rows(
    file: SourceFile, form: _Form, limits: Limits
) -> Iterator[tuple[str, dict[str, str]] | ImportProblem]:
    if file.form != "table":
        what = "it is no table"
        yield ImportProblem(file.name, "", what, "Give a .csv or .xlsx file.")
        return
    for found in read_table(file, form.columns, form.optional, limits):
        if isinstance(found, ImportProblem):
            yield found
            continue
        place, row = found
        columns = (*form.columns, *form.optional)
        yield place, {name: row.get(name, "") for name in columns}


def _find_twice(
    rows: Iterable[tuple[str, str, dict[str, str]]], form: _Form
) -> Iterator[ImportProblem]:
    seen: dict[tuple[str, ...], str] = {}
    for file, place, row in rows:
        key = tuple(row[name] for name in form.key)
        if key in seen:
            what = f"{row['party']} and {' and '.join(filter(None, key))} stand in {seen[key]} too"
            yield ImportProblem(file, place, what, "Keep one row.", report=row["party"])
        seen.setdefault(key, f"{file}, {place}")


def _merge(
    live: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, str]], form: _Form
) -> list[dict[str, str]]:
    """The rows that are public now, with those of the table in their places."""
    merged: dict[tuple[str, ...], dict[str, str]] = {}
    for row in (*live, *rows):
        full = {name: row.get(name, "") or "" for name in (*form.columns, *form.optional)}
        merged[tuple(full[name] for name in form.key)] = full
    return list(merged.values())


def _load(
    merged: Sequence[Mapping[str, str]],
    rows: Sequence[tuple[str, str, dict[str, str]]],
    form: _Form,
) -> tuple[Sequence[Any], list[ImportProblem]]:
    """One country's rows through the loader of the shipped files, which checks them all."""
    columns = (*form.columns, *form.optional)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(merged)
        try:
            return form.load(path), []
        except DeclarationError as error:
            file, place, row = rows[0]
            party = row["party"]
            return (), [
                ImportProblem(
                    file,
                    _find_place(problem.place, merged, rows, form) or place,
                    problem.what.rstrip("."),
                    problem.remedy,
                    report=party,
                )
                for problem in error.problems
            ]


def _find_place(
    place: str,
    merged: Sequence[Mapping[str, str]],
    rows: Sequence[tuple[str, str, dict[str, str]]],
    form: _Form,
) -> str:
    """The place in the user's file of line n of what the loader read (the header is line 1)."""
    line = place.rpartition(":")[2]
    number = int(line) - 2 if line.isdecimal() else -1
    if not 0 <= number < len(merged):
        return ""
    key = [merged[number][name] for name in form.key]
    return next((at for _, at, row in rows if [row[name] for name in form.key] == key), "")
