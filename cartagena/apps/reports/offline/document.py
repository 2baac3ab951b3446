"""The questionnaire as a Word document: each answer in a control that bears its key."""

import json
from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.oxml import parse_xml
from docx.shared import Cm

from cartagena.apps.reports.offline.about import About
from cartagena.apps.reports.offline.layout import Row, label_choice, list_rows, make_title
from cartagena.apps.reports.offline.workbook import LANGUAGE_NAMES
from cartagena.engine.answer_sheet import Cells
from cartagena.engine.questionnaire import Format

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
_WIDTHS = (700, 4700, 4900)
EMPTY, CHECKED = "☐", "☒"


def write_document(file: BinaryIO, shape: Format, about: About, cells: Cells) -> None:
    """Write the form in ``about.language`` with the answers so far."""
    with override(about.language):
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.5)
        document.core_properties.title = shape.name.get(about.language)
        document.core_properties.comments = json.dumps(about.as_texts())
        document.add_heading(make_title(shape, about), level=0)
        document.add_paragraph(
            _("Fill in the fields on the right; leave as they are those you do not know.")
        )
        _Writer(document, about, cells).write(list_rows(shape, about.language, cells))
        document.save(file)


class _Writer:
    def __init__(self, document: "docx.document.Document", about: About, cells: Cells) -> None:
        self.document, self.about, self.cells = document, about, cells
        self.languages = about.languages.split(",")
        self.is_arabic = about.language == "ar"

    def write(self, rows: Iterator[Row]) -> None:
        lines: list[str] = []
        for row in rows:
            if row.kind == "section":
                self._flush(lines)
                self.document.add_heading(row.label, level=1)
            else:
                lines.append(self._write_row(row))
        self._flush(lines)

    def _flush(self, lines: list[str]) -> None:
        if not lines:
            return
        mirrored = "<w:bidiVisual/>" if self.is_arabic else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
        table = parse_xml(
            f"<w:tbl {_DECLARED}><w:tblPr>{mirrored}"
            f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
            '<w:tblBorders><w:insideH w:val="single" w:sz="4" w:color="BBBBBB"/></w:tblBorders>'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )
        # A document ends in a paragraph, and two tables need one between them.
        self.document.add_paragraph()._p.addprevious(table)
        lines.clear()

    def _write_row(self, row: Row) -> str:
        label = f"{row.label} *" if row.mandatory else row.label
        indent = "" if row.kind in ("heading", "question") else "    "
        told = [self._paragraph(self._run(f"{indent}{label}", bold=row.mandatory))]
        if row.hint:
            told.append(self._paragraph(self._run(row.hint, grey=True)))
        controls = list(self._list_controls(row)) or [self._paragraph("")]
        cells = (self._paragraph(self._run(row.number)), "".join(told), "".join(controls))
        filled = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for width, content in zip(_WIDTHS, cells, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{filled}</w:tr>"

    def _list_controls(self, row: Row) -> Iterator[str]:
        found = self.cells.get(row.key, "")
        if row.entry == "choice":
            shown = label_choice(row.choices, found) if found else ""
            items = "".join(
                f"<w:listItem w:displayText={quoteattr(label_choice(row.choices, code))} "
                f"w:value={quoteattr(code)}/>"
                for code, _label in row.choices
            )
            kind = f"<w:dropDownList>{items}</w:dropDownList>"
            yield self._paragraph(self._control(row.key, kind, shown, _("Choose")))
        elif row.entry == "mark":
            checked = "1" if found else "0"
            kind = f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'
            yield self._paragraph(self._control(row.key, kind, CHECKED if found else EMPTY, EMPTY))
        elif row.entry != "none":
            hint = _hint_of(row.entry)
            yield self._paragraph(self._control(row.key, "<w:text/>", found, hint))
        for language in self.languages if row.takes_words else ():
            key = f"{row.key}#{language}"
            hint = _hint_of_words(language)
            kind = '<w:text w:multiLine="1"/>'
            yield self._paragraph(
                self._control(key, kind, self.cells.get(key, ""), hint, language), language
            )

    def _control(self, key: str, kind: str, text: str, hint: str, language: str = "") -> str:
        placeholder = "" if text else "<w:showingPlcHdr/>"
        content = self._run(text or hint, grey=not text, arabic=language == "ar")
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(key[:60])}/><w:tag w:val={quoteattr(key)}/>"
            f"{placeholder}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def _paragraph(self, content: str, language: str = "") -> str:
        arabic = language == "ar" or (self.is_arabic and not language)
        direction = "<w:pPr><w:bidi/></w:pPr>" if arabic else ""
        return f"<w:p>{direction}{content}</w:p>"

    def _run(
        self, text: str, *, bold: bool = False, grey: bool = False, arabic: bool = False
    ) -> str:
        look = "<w:b/>" if bold else ""
        look += '<w:color w:val="666666"/>' if grey else ""
        look += "<w:rtl/>" if arabic or self.is_arabic else ""
        lines = [
            f'<w:t xml:space="preserve">{escape(_clean(line))}</w:t>' for line in text.split("\n")
        ]
        return f"<w:r><w:rPr>{look}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def list_hints(language: str) -> frozenset[str]:
    """What stands in the fields of a document in a language as long as they are empty.

    Some office programs keep the mark of an empty field when somebody writes into it, so that the
    words must tell.
    """
    with override(language):
        entries = (_hint_of("date"), _hint_of("figure"), _hint_of(""))
        return frozenset({_("Choose"), *entries, *map(_hint_of_words, LANGUAGE_NAMES)})


def _hint_of(entry: str) -> str:
    return {"date": _("year-month-day"), "figure": _("figure")}.get(entry) or _("Answer")


def _hint_of_words(language: str) -> str:
    return f"{_('Words')} ({LANGUAGE_NAMES[language]})"


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign == "\t" or sign >= " ")
