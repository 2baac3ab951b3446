"""The questionnaire as a workbook: one row for each answer, its key in a hidden column."""

from collections.abc import Sized
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.utility import xl_col_to_name

from cartagena.apps.reports.offline.about import About
from cartagena.apps.reports.offline.layout import Row, label_choice, list_rows, make_title
from cartagena.engine.answer_sheet import Cells
from cartagena.engine.questionnaire import Format

SHEET, OPTIONS, ABOUT = "Report", "Options", "About"
FIRST_ROW = 5
KEY, NUMBER, LABEL, ANSWER, WORDS = range(5)
"""The columns; the words of the answers start in the last of them, one column for each language."""

LANGUAGE_NAMES = {"ar": "العربية", "en": "English", "es": "Español", "fr": "Français",
                  "ru": "Русский", "zh": "中文"}  # fmt: skip
CELL_LIMIT = 32_767
"""The longest text a cell of Excel holds."""


def form_column(languages: Sized) -> int:
    """The hidden last column, which names the form of each row: rows are copied between files."""
    return WORDS + len(languages) + 1


def write_workbook(file: BinaryIO, shape: Format, about: About, cells: Cells) -> None:
    """Write the form in ``about.language`` with the answers so far.

    What must not be touched is locked (without a password: it is a help, not a wall). Every answer
    is text, so nothing that is typed turns into a date or a formula.
    """
    with override(about.language), xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        _Writer(book, shape, about, cells).write()


class _Writer:
    def __init__(
        self, book: xlsxwriter.Workbook, shape: Format, about: About, cells: Cells
    ) -> None:
        self.shape, self.about, self.cells = shape, about, cells
        self.languages = about.languages.split(",")
        self.sheet = book.add_worksheet(SHEET)
        self.options = book.add_worksheet(OPTIONS)
        self.meta = book.add_worksheet(ABOUT)
        self.lists: dict[tuple[str, ...], str] = {}
        plain = {"text_wrap": True, "valign": "top"}
        answer = {**plain, "locked": False, "num_format": "@", "border": 1, "bg_color": "#FFFCEB"}
        self.formats = {
            name: book.add_format(kind)
            for name, kind in {
                "plain": plain,
                "bold": {**plain, "bold": True},
                "title": {"bold": True, "font_size": 16},
                "section": {"bold": True, "font_size": 13, "bg_color": "#DCE9E4"},
                "answer": answer,
                "hint": {**plain, "font_color": "#555555", "font_size": 9},
            }.items()
        }

    def write(self) -> None:
        self._write_head()
        line = FIRST_ROW
        for row in list_rows(self.shape, self.about.language, self.cells):
            self._write_row(line, row)
            line += 1
        for number, (name, text) in enumerate(self.about.as_texts().items()):
            self.meta.write_string(number, 0, name)
            self.meta.write_string(number, 1, text)
        self.options.hide()
        self.meta.hide()

    def _write_head(self) -> None:
        sheet = self.sheet
        hint_column = WORDS + len(self.languages)
        sheet.set_column(KEY, KEY, 4, None, {"hidden": True})
        sheet.set_column(NUMBER, NUMBER, 6)
        sheet.set_column(LABEL, LABEL, 60)
        sheet.set_column(ANSWER, ANSWER, 26)
        sheet.set_column(WORDS, hint_column - 1, 44)
        sheet.set_column(hint_column, hint_column, 40)
        form = form_column(self.languages)
        sheet.set_column(form, form, 4, None, {"hidden": True})
        if self.about.language == "ar":
            sheet.right_to_left()
        title = make_title(self.shape, self.about)
        sheet.write_string(0, NUMBER, title, self.formats["title"])
        sheet.write_string(
            1, NUMBER, _("Fill in the yellow cells; leave empty what you do not know.")
        )
        sheet.write_string(2, NUMBER, _("For an option that is chosen out of several, write x."))
        names = [_("No."), _("Question"), _("Answer")]
        names += [f"{_('Words')} ({LANGUAGE_NAMES[code]})" for code in self.languages]
        for column, name in enumerate([*names, _("When it is asked")], start=NUMBER):
            sheet.write_string(FIRST_ROW - 1, column, name, self.formats["bold"])
        for column, code in enumerate(self.languages, start=WORDS):
            sheet.write_string(3, column, code)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, ANSWER)
        sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True})

    def _write_row(self, line: int, row: Row) -> None:
        sheet, formats = self.sheet, self.formats
        if row.kind == "section":
            for column in range(NUMBER, WORDS + len(self.languages) + 1):
                sheet.write_blank(line, column, None, formats["section"])
            sheet.write_string(line, NUMBER, row.label, formats["section"])
            return
        strong = row.kind in ("heading", "question")
        label = f"{row.label} *" if row.mandatory else row.label
        indent = label if strong else f"    {label}"
        sheet.write_string(line, NUMBER, row.number, formats["plain"])
        sheet.write_string(line, LABEL, indent, formats["bold" if row.mandatory else "plain"])
        sheet.write_string(line, WORDS + len(self.languages), row.hint, formats["hint"])
        if row.key:
            sheet.write_string(line, KEY, row.key)
            sheet.write_string(line, form_column(self.languages), self.about.cycle)
        if row.entry != "none":
            sheet.write_string(line, ANSWER, self._show(row), formats["answer"])
        if row.entry == "choice":
            rule = {"validate": "list", "source": self._list_choices(row), "error_type": "warning"}
            sheet.data_validation(line, ANSWER, line, ANSWER, rule)
        if row.takes_words:
            for column, code in enumerate(self.languages, start=WORDS):
                words = self.cells.get(f"{row.key}#{code}", "")
                if len(words) > CELL_LIMIT:  # locked, so that it comes back as not touched
                    too_long = _("The text is too long for a cell: change it on line.")
                    sheet.write_string(line, WORDS + len(self.languages), too_long, formats["hint"])
                else:
                    sheet.write_string(line, column, words, formats["answer"])

    def _show(self, row: Row) -> str:
        found = self.cells.get(row.key, "")
        return label_choice(row.choices, found) if row.entry == "choice" and found else found

    def _list_choices(self, row: Row) -> str:
        """The range that holds the options of a row; equal lists stand there once."""
        labels = tuple(label_choice(row.choices, code) for code, _label in row.choices)
        if labels not in self.lists:
            column = len(self.lists)
            for number, label in enumerate(labels):
                self.options.write_string(number, column, label)
            name = xl_col_to_name(column, col_abs=True)
            self.lists[labels] = f"={OPTIONS}!{name}$1:{name}${len(labels)}"
        return self.lists[labels]
