"""The rows of a sent table that have problems, as a table that can be corrected and sent again."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.bulk_read import PROBLEMS, ROW
from cartagena.apps.portal.open_data.files import guard_text
from cartagena.apps.portal.sentences import say_closed

_BYTE_ORDER_MARK = "\ufeff"


def say_problem(problem: tuple[str, str, str, bool]) -> str:
    """One problem as a sentence."""
    place, what, remedy, is_error = problem
    words = f"{place}: {what}" if place else what
    words = " ".join(say_closed(part) for part in (words, remedy) if part)
    return words if is_error else f"{_('warning')}: {words}"


def write_csv_problems(table: drafting.SentTable) -> bytes:
    """As CSV. Cells stand as they were sent, so that what is sent again is the same."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in _list_rows(table):
        writer.writerow(row)
    return (_BYTE_ORDER_MARK + stream.getvalue()).encode()


def write_workbook_problems(table: drafting.SentTable) -> bytes:
    """As a workbook: every cell is text, none is ever a formula."""
    stream = io.BytesIO()
    with Workbook(stream, {"constant_memory": True}) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Records")[:31])
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 1, 60, text)
        for n, cells in enumerate(_list_rows(table)):
            for place, cell in enumerate(cells):
                sheet.write_string(n, place, cell, text if n else bold)
    return stream.getvalue()


def _list_rows(table: drafting.SentTable) -> Iterable[list[str]]:
    """The head as it was sent with two columns in front, and each row with its problems."""
    read = [(n, column) for n, column in enumerate(table.columns) if column]
    heads = [table.heads[n] for n, _column in read]
    yield [f"{_('Row')} [{ROW}]", f"{_('Problems')} [{PROBLEMS}]", *heads]
    for row in drafting.list_sent_rows(table, "told").iterator(chunk_size=500):
        told = "\n".join(say_problem(problem) for problem in row.problems)
        cells = [row.cells.get(column, "") for _n, column in read]
        yield [row.place, guard_text(told), *cells]
