"""The plan as adopted: its framework, its background, its faults, and what it rests on."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.home import make_cell, tally_courses
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.words import quality_words
from cartagena.apps.portal.sentences import say_sentence
from cartagena.engine import treaty
from cartagena.engine.parties import get_country


def _open(frame: Frame, title: str, description: str, *, is_top: bool = False) -> dict[str, Any]:
    frame.title, frame.section, frame.description = title, "plan", description
    above = [] if is_top else [(_("The plan"), frame.link("plan"))]
    frame.crumbs = [*above, (title, "")]
    return {"plan": frame.evaluator.plan, "show_original": frame.request.GET.get("original") == "1"}


@page("plan.html")
def show_plan(frame: Frame) -> dict[str, Any]:
    """Vision, mission, focal areas with impacts, objectives, outcomes and indicators."""
    context = _open(
        frame,
        _("The plan"),
        _("Vision, mission, five focal areas, 23 objectives, 60 outcomes and 72 indicators."),
        is_top=True,
    )
    overview = get_overview(frame.evaluator)
    return context | {
        "areas": [
            (area, tally_courses(overview, f"{area.id}.")) for area in context["plan"].focal_areas
        ]
    }


@page("background.html")
def show_background(frame: Frame) -> dict[str, Any]:
    """What the document says around the plan."""
    context = _open(
        frame,
        _("Background of the plan"),
        _("Goals of the Convention, assumptions, resources, consultation and draft decision."),
    )
    consultation = context["plan"].background.consultation
    language = frame.language
    return context | {
        "rounds": [
            (each, [get_country(code).names.get(language) for code in each.submitters])
            for each in consultation.rounds
        ]
    }


@page("faults.html")
def show_faults(frame: Frame) -> dict[str, Any]:
    """The document's own faults: what is printed, and what is done about it."""
    return _open(
        frame,
        _("Faults of the source document"),
        _("What the plan's document gets wrong itself, kept as printed and explained."),
    )


@page("objective.html")
def show_objective(frame: Frame, identifier: str) -> dict[str, Any]:
    """One objective: outcomes, the indicators that serve them and how well."""
    plan = frame.evaluator.plan
    objective = next((each for each in plan.objectives if each.id == identifier), None)
    if objective is None:
        area = next((a for a in plan.focal_areas if identifier.startswith(a.id)), None)
        near = area.objectives if area else plan.objectives
        raise PageNotFoundError(
            _("There is no objective “%(id)s”. The plan has %(count)s, from 1.1 to 5.3.")
            % {"id": identifier[:20], "count": len(plan.objectives)},
            tuple(
                (f"{o.id} {o.title.get(frame.language)}", frame.link("objective", o.id))
                for o in near
            ),
        )
    title = f"{objective.id} {objective.title.get(frame.language)}"
    context = _open(frame, title, objective.text.get(frame.language))
    overview = get_overview(frame.evaluator)
    declared = frame.evaluator.indicators
    serving: dict[str, list[tuple[str, str]]] = {each.id: [] for each in objective.outcomes}
    for indicator in declared.values():
        for link in indicator.links:
            if link.outcome in serving:
                serving[link.outcome].append((indicator.id, quality_words(link.quality)))
    frame.made_up = overview.is_made_up(f"{identifier}.")
    ids = [each.id for each in plan.objectives]
    here = ids.index(identifier)
    return context | {
        "objective": objective,
        "area": plan.focal_area_of(identifier),
        "cells": [
            make_cell(frame, overview.rows[each.id], each.title) for each in objective.indicators
        ],
        "outcomes": [(each, serving[each.id]) for each in objective.outcomes],
        "has_links": bool(declared),
        "references": plan.programme.references_to(identifier),
        "faults": plan.faults_about(identifier),
        "adopted": plan.find_adopted(identifier),
        "previous": plan.objectives[here - 1] if here else None,
        "next": plan.objectives[here + 1] if here + 1 < len(ids) else None,
    }


@page("provisions.html")
def list_provisions(frame: Frame) -> dict[str, Any]:
    """Everything that can be cited, by treaty, decision or document."""
    context = _open(
        frame, _("Legal basis"), _("Articles, decisions and paragraphs that can be cited here.")
    )
    groups: dict[str, list[treaty.Provision]] = {}
    for provision in treaty.list_provisions():
        groups.setdefault(provision.instrument, []).append(provision)
    return context | {"groups": [(treaty.cite(name), rest) for name, rest in groups.items()]}


@page("provision.html")
def show_provision(frame: Frame, identifier: str) -> dict[str, Any]:
    """One provision, what stands below it, and the indicators that rest on it."""
    try:
        provision = treaty.cite(identifier)
    except treaty.UnknownProvisionError as problem:
        raise PageNotFoundError(
            str(problem), ((_("Legal basis"), frame.link("provisions")),)
        ) from None
    context = _open(frame, say_sentence(provision.label), provision.title)
    frame.crumbs.insert(1, (_("Legal basis"), frame.link("provisions")))
    plan = context["plan"]
    return context | {
        "provision": provision,
        "below": [p for p in treaty.list_provisions(identifier) if p.id != identifier],
        "above": treaty.find_provision(provision.parent or ""),
        "indicators": [
            (each.id, plan.indicator(each.id).title)
            for each in frame.evaluator.indicators.values()
            if any(c == identifier or c.startswith(f"{identifier}.") for c in each.legal_basis)
        ],
    }
