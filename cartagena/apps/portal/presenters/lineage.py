"""Why a figure says what it says of one Party, as sentences with links."""

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.words import outcome_words
from cartagena.apps.portal.typography import long_date
from cartagena.engine.evidence import PublishedRecord, ReportReference
from cartagena.engine.explain import Reason, explain
from cartagena.engine.figure import Variant
from cartagena.engine.point import Point
from cartagena.engine.questionnaire import Question
from cartagena.engine.text import Text


@dataclass(frozen=True, kw_only=True)
class ReasonView:
    """One node of the tree: what it asks, what came out, and where the answer stands."""

    outcome: str
    outcome_words: str
    sentence: str
    is_leaf: bool
    question: Question | None = None
    question_title: str = ""
    question_address: str = ""
    wanted: tuple[Text, ...] = ()
    answers: tuple[Text, ...] = ()
    report: ReportReference | None = None
    report_address: str = ""
    records: tuple[PublishedRecord, ...] = ()
    parts: tuple["ReasonView", ...] = ()

    @property
    def is_made_up(self) -> bool:
        """Whether a made-up report or record stands anywhere below."""
        own = bool(self.report and self.report.demonstration)
        return (
            own
            or any(r.demonstration for r in self.records)
            or any(part.is_made_up for part in self.parts)
        )


def explain_party(
    frame: Frame, identifier: str, party: str, point: Point, variant: Variant
) -> ReasonView:
    """The tree of reasons for one Party."""
    return _view(frame, explain(frame.evaluator, identifier, party, point, variant), party)


def _view(frame: Frame, reason: Reason, party: str) -> ReasonView:
    asked = source.get_format(reason.source) if reason.source else None
    question = asked.by_key.get(reason.question) if asked else None
    address = title = ""
    if question is not None:
        address = frame.link("questionnaire", reason.source) + f"#{question.key}"
        language = question.label.language_for(frame.language)
        label = question.label.get(frame.language)
        title = format_html(
            escape(_("Question %(number)s: %(label)s")) % {"number": "{}", "label": "{}"},
            question.number or question.key,
            format_html('<bdi lang="{}">{}</bdi>', language, label),
        )
    report_address = ""
    if reason.report is not None:
        report_address = frame.link("report", party, reason.report.source) + f"#{reason.question}"
    return ReasonView(
        outcome=reason.outcome,
        outcome_words=outcome_words(reason.outcome),
        sentence=_write(reason),
        is_leaf=reason.operation not in ("all", "any", "bands"),
        question=question,
        question_title=title,
        question_address=address,
        wanted=_label(question, reason.wanted),
        answers=_label(question, reason.answers),
        report=reason.report,
        report_address=report_address,
        records=reason.records,
        parts=tuple(_view(frame, part, party) for part in reason.parts),
    )


def _label(question: Question | None, codes: tuple[str, ...]) -> tuple[Text, ...]:
    known = {option.code: option.label for option in question.options} if question else {}
    return tuple(known.get(code, Text.of({"en": code})) for code in codes)


def _write(reason: Reason) -> str:
    if reason.operation == "all":
        return _("All of these must hold:")
    if reason.operation == "any":
        return _("At least one of these must hold:")
    if reason.operation == "bands":
        return _("The bands chosen here are added up:")
    if reason.operation == "status":
        if reason.outcome == "yes":
            return _("The treaty is in force for it since %(day)s.") % {
                "day": long_date(reason.date)
            }
        return _("The treaty is not in force for it on this date.")
    if reason.operation == "received":
        return _write_received(reason)
    if reason.operation == "registered":
        if reason.outcome == "yes":
            return _("It stands in the register.")
        return _("It does not stand in the register.")
    if reason.operation == "published":
        if reason.outcome == "yes":
            return _("It has published such a record: %(type)s.") % {"type": reason.record_type}
        if reason.silent:
            return _(
                "No Party has published a record of this type: %(type)s. Nothing is known."
            ) % {"type": reason.record_type}
        return _("It has no such record: %(type)s.") % {"type": reason.record_type}
    if reason.operation == "counted":
        return _write_counted(reason)
    if reason.silent and reason.report is None:
        return _("No report of this cycle is published, so nothing is known.")
    if reason.silent and reason.outcome == "no":
        return _("Not answered, but another answer rules it out:")
    if reason.silent:
        return _("Its report leaves this question empty, so nothing is known.")
    if reason.operation == "wrote":
        return _("It wrote an answer.")
    return {
        "yes": _("Its answer counts as yes."),
        "no": _("Its answer counts as no."),
        "unknown": _("Its answer decides nothing."),
    }[reason.outcome]


def _write_counted(reason: Reason) -> str:
    if reason.silent:
        return _("No record is counted, of this Party or of any other.")
    if not reason.records:
        return _("No record of this Party is counted.")
    number = len(reason.records)
    told = ngettext(
        "%(number)s record of this Party is counted:",
        "%(number)s records of this Party are counted:",
        number,
    )
    return told % {"number": number}


def _write_received(reason: Reason) -> str:
    if reason.date is None:
        return _("No report of this cycle is published, so nothing was received.")
    return _("Its report was first received on %(day)s.") % {"day": long_date(reason.date)}
