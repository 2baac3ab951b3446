"""What stands in the PDF of a report: plain strings in the order of the page."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cartagena.apps.portal.presenters.report import QuestionRow, ReportView, Words
from cartagena.apps.portal.sentences import say_closed, say_sentence
from cartagena.apps.portal.typography import long_date
from cartagena.apps.reports.api import read_rules_edition
from cartagena.engine.parties import Country
from cartagena.engine.text import Text

LONG_WORD = re.compile(r"\S{30,}")
BREAKABLE = re.compile(r"(?<=[/\-_.?&=,;])|(?<=\S{40})(?=\S{20})")
BREAK = "\N{ZERO WIDTH SPACE}"

Said = dict[str, str]
"""Words with their language: {"lang": "en", "text": "..."}; empty if it is that of the page."""


def describe_report(
    report: ReportView, country: Country, language: str, address: str
) -> dict[str, Any]:
    """The content of the PDF as JSON values; every string may hold anything."""
    writer = _Writer(report, language)
    stored = report.stored
    name = country.names.get(language)
    number = stored.number
    return {
        "language": language,
        "title": clean(f"{name}: {report.shape.name.get(language)}"),
        "number": number,
        "demonstration": _("Demonstration: made-up data") if stored.demonstration else "",
        "facts": [[label, clean(text)] for label, text in writer.list_facts()],
        "changes": writer.describe_changes(),
        "sections": writer.list_sections(),
        "notes_title": _("Consistency notes"),
        "notes_intro": writer.introduce_notes(),
        "notes": writer.list_notes(),
        "cite_title": _("How to cite"),
        "cite": clean(
            f"{name}, “{report.shape.name.get(language)}”, {number}, "
            f"{long_date(stored.published_at.date())}. {address} · SHA-256 {stored.sha256}"
        ),
    }


class _Writer:
    """Brings the parts of a report into plain strings."""

    def __init__(self, report: ReportView, language: str) -> None:
        self.report, self.language = report, language
        self.several = len(report.languages) > 1

    def list_facts(self) -> list[tuple[str, str]]:
        report, stored = self.report, self.report.stored
        published = long_date(stored.published_at.date())
        if report.is_by_secretariat:
            published += f" · {_('entered by the Secretariat on behalf of the Party')}"
        received = long_date(report.received_on)
        if report.is_late is not None:
            words = _("received late") if report.is_late else _("received in time")
            received += f" · {words}"
        answered = str(report.answered)
        if report.gaps:
            answered += " · " + ngettext(
                "%(count)s question that must be answered is not",
                "%(count)s questions that must be answered are not",
                len(report.gaps),
            ) % {"count": len(report.gaps)}
        return [
            (_("Number"), stored.number),
            (_("Version"), str(stored.version)),
            (_("Published"), published),
            (_("Received"), received),
            (_("Languages"), ", ".join(code for code, _name in report.languages)),
            (_("Questions answered"), answered),
        ]

    def describe_changes(self) -> dict[str, Any]:
        counts = [f"{words}: {number}" for words, number in self.report.change_counts]
        return {"title": _("Changes since the last report"), "counts": " · ".join(counts)}

    def list_sections(self) -> list[dict[str, Any]]:
        return [
            {"title": self.say(part.label), "rows": [self.write_row(row) for row in part.rows]}
            for part in self.report.sections
        ]

    def write_row(self, row: QuestionRow) -> dict[str, Any]:
        plain = row.value or (long_date(row.day) if row.day else "")
        plain = plain or ", ".join(head.name.get(self.language) for head in row.records)
        state = ""
        if row.is_gap:
            state = _("must be answered, and is not")
        elif not row.is_answered and not row.is_heading:
            state = _("no answer")
        return {
            "number": row.number,
            "label": self.say(row.label),
            "heading": row.is_heading,
            "gap": row.is_gap,
            "state": state,
            "options": [
                {"label": self.say(option.label), "figure": clean(option.figure),
                 "words": self.write_words(option.words)}
                for option in row.options
            ],
            "words": self.write_words(row.words),
            "value": clean(plain),
            "beside": self.write_change(row),
            "explanations": [clean(each.text) for each in row.explanations],
            "explains": _("The Party explains:"),
        }  # fmt: skip

    def write_change(self, row: QuestionRow) -> str:
        change = row.change
        if change is None or change.kind == "new":
            return ""
        text = change.words
        if change.shows_before and change.options:
            before = "; ".join(option.get(self.language) for option in change.options)
            text += f" · {_('Before:')} {before}"
        return clean(text)

    def introduce_notes(self) -> str:
        edition = read_rules_edition()
        return _(
            "Made by %(count)s rules (edition %(mark)s) that compare the answers with each other, "
            "with published records and with the report before. A note is a place to look, not a "
            "judgement: both sides may be right."
        ) % {"count": edition.count, "mark": edition.mark}

    def list_notes(self) -> list[Said]:
        """The notes of the day of the publication, so that the file does not change by itself."""
        return [
            {
                "lang": "",
                "text": clean(
                    f"{say_sentence(note.name)}: {say_closed(note.finding.what)}".lstrip(": ")
                ),
            }
            for note in self.report.notes
            if note.then
        ]

    def say(self, text: Text | str) -> Said:
        """A label in the language of the page, or in the one there is."""
        if isinstance(text, str):
            return {"lang": "", "text": clean(text)}
        found = text.language_for(self.language)
        lang = "" if found == self.language else found
        return {"lang": lang, "text": clean(text.get(self.language))}

    def write_words(self, words: Words) -> list[Said]:
        return [
            {"lang": language, "text": clean(text), "mark": language if self.several else ""}
            for language, text in words
        ]


def clean(text: str) -> str:
    """A text for paper: long words may be broken, pictures are named instead of drawn, and what no
    font holds is left out."""
    if not text.isascii():
        text = "".join(map(_spell, text))
    text = "".join(each for each in text if each in "\n\t" or ord(each) >= 32)
    return LONG_WORD.sub(lambda found: _break_word(found.group()), text)


def _spell(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cn", "Co", "Cs"):
        return "\N{REPLACEMENT CHARACTER}"
    if category == "Cf" and character not in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}":
        return ""
    if ord(character) >= 0x1F000 and category.startswith("S"):
        return f"[{unicodedata.name(character, 'picture').lower()}]"
    return character


def _break_word(word: str) -> str:
    if not word.isascii():
        return word
    return BREAK.join(part for part in BREAKABLE.split(word) if part)
