"""Empty tables to fill: as CSV, and as a workbook with the lists and the help on other sheets."""

import csv
import io
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cartagena.apps.portal.desk.bulk_columns import Column, describe_kind, list_columns
from cartagena.apps.portal.desk.forms import terms
from cartagena.engine.record_format import RecordFormat

_BYTE_ORDER_MARK = "\ufeff"


def write_csv_template(shape: RecordFormat, languages: Sequence[str], language: str) -> bytes:
    """A CSV file with the head alone. The mark at its start makes spreadsheets read UTF-8."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(c.head for c in list_columns(shape, languages, language))
    return (_BYTE_ORDER_MARK + stream.getvalue()).encode()


def write_workbook_template(shape: RecordFormat, languages: Sequence[str], language: str) -> bytes:
    """A workbook: the table, what each column means, and the terms of every list."""
    stream = io.BytesIO()
    columns = list_columns(shape, languages, language)
    with Workbook(stream, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Records")[:31])
        help_sheet = book.add_worksheet(_("Help")[:31])
        list_sheet = book.add_worksheet(_("Lists")[:31])
        ranges = _write_lists(list_sheet, columns, language, bold)
        _write_table(sheet, columns, ranges, book, bold)
        _write_help(help_sheet, columns, bold)
    return stream.getvalue()


def _write_lists(
    sheet: Worksheet, columns: Sequence[Column], language: str, bold: Format
) -> dict[str, str]:
    """One column for each list; returns where its terms stand: vocabulary -> range."""
    ranges: dict[str, str] = {}
    for column in columns:
        known = column.vocabulary
        if known is None or known.id in ranges or not known.terms:
            continue
        place = len(ranges)
        sheet.write_string(0, place, known.id, bold)
        for n, term in enumerate(known.terms, start=1):
            sheet.write_string(n, place, terms.say_term(known, term.id, language))
        letter = _letter(place)
        name = sheet.get_name().replace("'", "''")
        ranges[known.id] = f"='{name}'!${letter}$2:${letter}${len(known.terms) + 1}"
        sheet.set_column(place, place, 40)
    return ranges


def _write_table(
    sheet: Worksheet,
    columns: Sequence[Column],
    ranges: dict[str, str],
    book: Workbook,
    bold: Format,
) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    for n, column in enumerate(columns):
        sheet.write_string(0, n, column.head, bold)
        sheet.set_column(n, n, 28, text)
        options = _choose_validation(column, ranges)
        if options is not None:
            sheet.data_validation(1, n, settings.TABLE_ROWS, n, options)


def _choose_validation(column: Column, ranges: dict[str, str]) -> dict[str, object] | None:
    """A list to choose from; several values and other codes are let pass with a warning."""
    if column.kind == "bool":
        return {"validate": "list", "source": ["yes", "no"], "error_type": "warning"}
    known = column.vocabulary
    if known is None or known.id not in ranges:
        return None
    return {
        "validate": "list",
        "source": ranges[known.id],
        "error_type": "information" if column.is_list or not known.complete else "warning",
    }


def _write_help(sheet: Worksheet, columns: Sequence[Column], bold: Format) -> None:
    heads = (_("Column"), _("Field"), _("What may stand there"), _("Needed"), _("Help"))
    for n, head in enumerate(heads):
        sheet.write_string(0, n, head, bold)
        sheet.set_column(n, n, 40)
    for n, column in enumerate(columns, start=1):
        needed = _("needed") if column.is_required else ""
        cells = (column.id, column.label, describe_kind(column), needed, column.help)
        for place, cell in enumerate(cells):
            sheet.write_string(n, place, cell)


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
