"""The programme of work: what each meeting looks at, and what no meeting looks at."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.words import reference_words
from cartagena.apps.portal.sentences import say_provision


@page("programme.html")
def show_programme(frame: Frame) -> dict[str, Any]:
    """Meetings, items, printed and proposed references with their status."""
    frame.title, frame.section = _("Programme of work"), "programme"
    frame.description = _("What each meeting of the Parties looks at from 2012 to 2020.")
    frame.crumbs = [(frame.title, "")]
    plan = frame.evaluator.plan
    programme = plan.programme
    references: dict[str, list[dict[str, Any]]] = {}
    for reference in programme.references:
        references.setdefault(reference.item, []).append(
            {
                "printed": reference.printed,
                "proposed": reference.proposed,
                "status": reference.status,
                "words": reference_words(reference.status),
                "note": reference.cited.note,
            }
        )

    def item(each: Any) -> dict[str, Any]:
        citations = [
            (provision, say_provision(provision))
            for citation in getattr(each, "citations", ())
            for provision in citation.provisions
        ]
        return {
            "item": each,
            "title": getattr(each, "title", None),
            "references": references.get(each.id, []),
            "citations": citations,
            "inferred": getattr(each, "inferred", ()),
            "points": getattr(each, "points", ()),
            "faults": plan.faults_about(each.id),
        }

    return {
        "programme": programme,
        "show_original": frame.request.GET.get("original") == "1",
        "tally": programme.tally,
        "standing": [item(each) for each in programme.standing_items],
        "meetings": [
            (plan.meeting(agenda.meeting), [item(each) for each in agenda.items])
            for agenda in programme.meetings
        ],
        "never_printed": _find(plan, programme.objectives_never_scheduled(as_printed=True)),
        "never_proposed": _find(plan, programme.objectives_never_scheduled(as_printed=False)),
    }


def _find(plan: Any, ids: tuple[str, ...]) -> list[Any]:
    return [plan.objective(each) for each in ids]
