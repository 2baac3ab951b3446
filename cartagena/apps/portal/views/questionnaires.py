"""The report forms: what was asked in each cycle, and how each question goes on from the last."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.words import verdict_words
from cartagena.engine.crosswalk import find_previous
from cartagena.engine.questionnaire import Question, list_cycles


@page("questionnaires.html")
def list_questionnaires(frame: Frame) -> dict[str, Any]:
    """All report forms."""
    frame.title, frame.section = _("Report forms"), "data"
    frame.description = _("The questions of each reporting cycle, as adopted.")
    frame.crumbs = [(_("Data"), frame.link("data")), (frame.title, "")]
    formats = [source.get_format(cycle) for cycle in list_cycles()]
    return {
        "formats": [
            {
                "format": each,
                "questions": sum(not q.is_structural for q in each.questions),
                "faults": len(each.faults),
            }
            for each in formats
        ]
    }


@page("questionnaire.html")
def show_questionnaire(frame: Frame, cycle: str) -> dict[str, Any]:
    """One form, section by section: questions, options, conditions, crosswalk, faults."""
    if cycle not in list_cycles():
        raise PageNotFoundError(
            _("There is no report form “%(cycle)s”. There are: %(known)s.")
            % {"cycle": cycle[:20], "known": ", ".join(list_cycles())},
            ((_("Report forms"), frame.link("questionnaires")),),
        )
    format_ = source.get_format(cycle)
    name = format_.name.get(frame.language)
    frame.title, frame.section = name, "data"
    frame.description = name
    frame.crumbs = [
        (_("Data"), frame.link("data")),
        (_("Report forms"), frame.link("questionnaires")),
        (name, ""),
    ]
    read_by = _list_readers(frame, cycle)
    return {
        "format": format_,
        "sections": [
            (section, [_view(frame, cycle, q, read_by) for q in section.questions])
            for section in format_.sections
        ],
        "count": sum(not q.is_structural for q in format_.questions),
    }


def _list_readers(frame: Frame, cycle: str) -> dict[str, list[str]]:
    """Question -> the indicators that read it."""
    readers: dict[str, list[str]] = {}
    cycles = {source: p.cycle for p in frame.evaluator.points for source in p.sources}
    for indicator in frame.evaluator.indicators.values():
        recipe = indicator.recipes.get(cycles.get(cycle) or cycle)
        for key in recipe.questions if recipe else ():
            readers.setdefault(key, []).append(indicator.id)
    return readers


def _view(
    frame: Frame, cycle: str, question: Question, read_by: dict[str, list[str]]
) -> dict[str, Any]:
    link = find_previous(cycle, question.key)
    return {
        "question": question,
        "readers": read_by.get(question.key, ()),
        "conditions": [
            [(wanted.question, sorted(wanted.values or ())) for wanted in condition.any_of]
            for condition in question.conditions
        ],
        "verdict": verdict_words(link.verdict) if link else "",
        "previous": link,
    }
