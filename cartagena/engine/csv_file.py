"""How a CSV file of facts is read: strictly, with the place of every problem."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cartagena.engine.declaration import Problems


def read_rows(
    path: Path, columns: Sequence[str], problems: Problems, optional: Sequence[str] = ()
) -> list[tuple[str, dict[str, str]]]:
    """The rows of a small CSV file (UTF-8), each with its place (`status.csv:7`).

    `columns` must all be there, `optional` may be, in any order. What is wrong goes to `problems`;
    a row with too many or too few cells is left out. Cells come without spaces around them.
    """
    rows: list[tuple[str, dict[str, str]]] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(str(path), f"not readable ({error})", "Give a CSV file in UTF-8.")
        return rows
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if _check_header(reader.fieldnames or (), columns, optional, path, problems):
            for row in reader:
                place = f"{path.name}:{reader.line_num}"
                if None in row or None in row.values():
                    count = len(reader.fieldnames or ())
                    problems.add(place, "too many or too few cells", f"Write {count} cells.")
                else:
                    rows.append((place, {name: cell.strip() for name, cell in row.items()}))
    except csv.Error as error:
        place = f"{path.name}:{reader.line_num}"
        problems.add(place, f"not readable as CSV ({error})", "Correct the line.")
    return rows


def _check_header(
    header: Sequence[str],
    columns: Sequence[str],
    optional: Sequence[str],
    path: Path,
    problems: Problems,
) -> bool:
    wrong = (set(header) - {*columns, *optional}) | (set(columns) - set(header))
    if wrong or len(header) != len(set(header)):
        names = ", ".join(sorted(wrong)) or "one stands twice"
        remedy = f"The first line reads {','.join((*columns, *optional))}."
        problems.add(path.name, f"columns unknown or missing: {names}", remedy)
        return False
    return True


def parse_date(text: str, place: str, problems: Problems) -> date | None:
    """The day a cell holds as YYYY-MM-DD, None for an empty cell; else a problem."""
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    problems.add(place, f"{text!r} is no day", "Write YYYY-MM-DD, or leave the cell empty.")
    return None
