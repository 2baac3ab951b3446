"""Start a record: the types that somebody may draft, what each is for, and the legal basis."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.views.work import list_startable
from cartagena.apps.portal.sentences import say_provision
from cartagena.engine.countries import find_country
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import RecordFormat
from cartagena.engine.record_identity import is_guid

PURPOSES = {
    "authority": gettext_noop("Who is responsible, for which LMOs, and how to reach them."),
    "biosafetyDecision": gettext_noop(
        "A final decision on an LMO, a declaration, or a notice of an unintentional or illegal "
        "movement."
    ),
    "biosafetyLaw": gettext_noop("Laws, regulations, guidelines and agreements in force."),
    "nationalRiskAssessment": gettext_noop(
        "The summary of a risk assessment behind a decision; it is never confidential."
    ),
    "biosafetyExpert": gettext_noop("A person nominated for the roster of experts."),
    "contact": gettext_noop("The address of a person or firm that other records name."),
    "countryProfile": gettext_noop("Biosafety in the country, in one text."),
    "database": gettext_noop("A national website or database on biosafety."),
    "supplementaryAuthority": gettext_noop(
        "Who is responsible for response measures under the Supplementary Protocol."
    ),
    "modifiedOrganism": gettext_noop("An LMO: its identity, parents, genes, traits, detection."),
    "dnaSequence": gettext_noop("A gene or other element that LMOs carry."),
    "organism": gettext_noop("A parent or donor organism."),
    "laboratoryDetection": gettext_noop("A laboratory that detects LMOs."),
    "organization": gettext_noop("An organization that other records name."),
    "capacityBuildingInitiative": gettext_noop("A project, course or other initiative."),
    "independentRiskAssessment": gettext_noop("A risk assessment not made for a decision."),
    "resource": gettext_noop("A publication, guide, tool or picture for the library."),
    "focalPoint": gettext_noop("A designation that arrived by letter."),
}
BASIS = {
    "authority": ("cpb.art19.1", "cpb.art19.2"),
    "biosafetyDecision": ("cpb.art10.3", "cpb.art11.1", "cpb.art20.3.d"),
    "biosafetyLaw": ("cpb.art11.5", "cpb.art20.3.a"),
    "nationalRiskAssessment": ("cpb.art15.1", "cpb.art20.3.c"),
    "focalPoint": ("cpb.art19.1",),
}


_FRESH = "desk-fresh"
"""The identifier that the next draft gets; so that a button pressed twice makes one."""

_MOMENT = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class TypeChoice:
    """One record type to choose, with what it is for and the provisions behind it."""

    shape: RecordFormat
    purpose: str
    basis: tuple[tuple[str, str], ...]


@desk_page("start.html")
def choose_type(desk: Desk) -> Answer:
    """Choose a type; the draft is made when the button is pressed."""
    startable = list_startable(desk)
    desk.name_page(_("Start a record"))
    if not desk.is_sent:
        return _show(desk, list(startable.values()))
    record_type = desk.sent("type")
    if record_type not in startable:
        shown = _show(desk, list(startable.values()))
        return {**shown, "problem": _("Choose a kind of record."), "status": 400}
    shape = startable[record_type]
    language = desk.sent("language")
    fresh = desk.sent(_FRESH).upper()
    if found := _find_just_started(desk, record_type, fresh):
        return go("draft", found.pk)
    header = {"languages": [language if language in LANGUAGES else "en"]}
    draft = drafting.start_draft(
        record_type,
        actor=desk.user,
        government=desk.user.party if shape.kind == "national" else None,
        now=desk.now,
        body={"header": {**header, "identifier": fresh} if is_guid(fresh) else header},
    )
    messages.success(desk.request, _("The draft was started. Only those who work on it see it."))
    return go("draft", draft.pk)


def _find_just_started(desk: Desk, record_type: str, identifier: str) -> "drafting.Draft | None":
    """The draft that the same press of the button has made a moment ago, or None."""
    drafts = drafting.list_drafts(desk.user).filter(
        identifier=identifier, type=record_type, created_by=desk.user,
        created_at__gt=desk.now - _MOMENT,
    )  # fmt: skip
    return drafts.first()


def _show(desk: Desk, shapes: list[RecordFormat]) -> dict[str, object]:
    groups = []
    for kind, title in (
        ("national", _("Records of your government")),
        ("reference", _("Reference records")),
        ("scbd", _("Records of the Secretariat")),
    ):
        choices = [
            TypeChoice(
                shape,
                _(PURPOSES[shape.id]) if shape.id in PURPOSES else "",
                tuple((cited, say_provision(cited)) for cited in BASIS.get(shape.id, ())),
            )
            for shape in shapes
            if shape.kind == kind
        ]
        if choices:
            groups.append((title, choices))
    country = find_country(desk.user.party) if desk.user.party else None
    return {
        "groups": groups,
        "chosen": desk.request.GET.get("type", ""),
        "country": country.names if country else None,
        "language": desk.language,
        "fresh": str(uuid.uuid4()),
    }
