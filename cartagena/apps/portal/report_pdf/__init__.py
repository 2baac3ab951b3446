"""A published report as a PDF, made by typst without any help of the system but its fonts.

Everything that people wrote goes in as data and is never read as markup. The same content gives the
same file, so it is made once and kept.
"""

import datetime as dt
import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import typst

from cartagena.apps.portal.kept_files import get_kept_file
from cartagena.apps.portal.presenters.report import ReportView
from cartagena.apps.portal.report_pdf.content import describe_report
from cartagena.apps.portal.report_pdf.fonts import FontMissingError, choose_fonts, load_fonts
from cartagena.engine.parties import Country

__all__ = ["FontMissingError", "make_pdf"]

TEMPLATE = Path(__file__).with_name("template.typ")


def make_pdf(report: ReportView, country: Country, language: str, address: str) -> bytes:
    """The PDF of a report with its form in a language; `address` is that of its page.

    Raises FontMissingError when no font of this machine holds the words: nothing is shown as boxes.
    """
    content = describe_report(report, country, language, address)
    content["fonts"] = choose_fonts(content, language)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    template = TEMPLATE.read_text(encoding="utf-8")
    key = hashlib.sha256("\n".join((version("typst"), template, text)).encode()).hexdigest()[:32]

    def make(path: Path) -> None:
        typst.compile(
            TEMPLATE,
            output=path,
            root=TEMPLATE.parent,
            font_paths=load_fonts(),
            format="pdf",
            sys_inputs={"content": text},
            timestamp=_stamp(report.stored.published_at),
        )

    return get_kept_file(f"{key}.pdf", make).read_bytes()


def _stamp(moment: dt.datetime) -> int:
    """The time in the file: that of the publication, so that a file made again is the same."""
    return int(moment.timestamp())
