"""What is kept confidential of a record, and the steps of each claim, for who may read it."""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.desk.showing import Shower
from cartagena.apps.portal.desk.views.records import describe_record
from cartagena.apps.portal.sentences import say_error
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import load_record_format


def say_claim(state: str) -> str:
    """How a claim stands, in words."""
    return {
        "claimed": _("Claimed"),
        "accepted": _("Accepted"),
        "disputed": _("Disputed"),
        "upheld": _("Upheld"),
        "refused": _("Refused; a review can be asked for"),
        "review": _("Under review"),
        "releasable": _("May be disclosed by an amendment"),
        "ended": _("Ended: published, taken out, or followed by another value"),
        "withdrawn": _("Withdrawn; an amendment may publish the value"),
    }.get(state, state)


def _say_steps() -> dict[str, tuple[str, str]]:
    """Step -> what its button says, and what it does."""
    return {
        "accept": (_("Accept the claim"), _("The Party agrees that this is confidential.")),
        "dispute": (
            _("Dispute the claim"),
            _("You think that this does not qualify. The value stays protected."),
        ),
        "answer": (_("Answer"), _("What you say to the dispute or the review; nothing changes.")),
        "uphold": (_("Uphold the claim"), _("The Party finds that this is confidential.")),
        "refuse": (
            _("Refuse the claim"),
            _(
                "The Party finds that this is not confidential. The value stays protected; whoever "
                "claimed it is told and can ask for a review."
            ),
        ),
        "review": (
            _("Ask for a review"),
            _("The Party looks at its decision again before anything is disclosed."),
        ),
        "disclose": (
            _("Allow disclosure"),
            _(
                "The last step: the notifier has been informed and heard, and no review is open. "
                "Nothing is disclosed by it; the next amendment may hold the value."
            ),
        ),
        "withdraw": (
            _("Withdraw the claim"),
            _("The claim is given up. The next amendment may hold the value."),
        ),
    }


@desk_page("claims.html")
def show_claims(desk: Desk, identifier: str) -> Answer:
    """Each claim with its value, its history and what may be done; takes one step."""
    parts = drafting.list_confidential_parts(identifier, actor=desk.user)
    if not parts:
        raise registry.RecordNotFoundError
    problem, status, asked = "", 200, -1
    if desk.is_sent:
        asked = desk.number("claim")
        if asked not in {part.pk for part in parts}:
            raise registry.RecordNotFoundError
        try:
            drafting.take_claim_step(
                asked, desk.sent("step"), actor=desk.user, reason=desk.sent("text"), now=desk.now
            )
        except drafting.ReasonMissingError:
            problem, status = _("Write the reason first; nothing was done yet."), 400
        except drafting.DraftStateError as refused:
            problem, status = say_error(refused), 409
        except drafting.ClaimNotFoundError:
            raise registry.RecordNotFoundError from None
        else:
            messages.success(desk.request, _("Done, and told to those concerned."))
            return go("claims", identifier, anchor=f"claim-{asked}")
    told = describe_record(desk, identifier)
    crumb = (str(told["title"]), presenters.record_address(identifier))
    desk.name_page(_("What is confidential"), crumb)
    return {
        **told,
        "claims": [_describe(desk, part) for part in parts],
        "problem": problem,
        "asked": asked,
        "text": desk.sent("text"),
        "status": status,
    }


def _describe(desk: Desk, part: "drafting.ConfidentialPart") -> dict[str, Any]:
    field = load_record_format(part.type).by_id.get(part.field)
    names = RecordNames(desk.user, desk.language, (part.type, {part.field: part.value}))
    steps = _say_steps()
    return {
        "number": part.pk,
        "label": field.label.get(desk.language) if field else part.field,
        "state": say_claim(part.claim),
        "reason": part.reason,
        "since": part.claimed_at,
        "by": presenters.say_person(presenters.find_person(part, "claimed_by"), desk.user),
        "value": Shower(desk.language, names).show(field, part.value),
        "events": [
            {
                "at": event.at,
                "by": presenters.say_person(presenters.find_person(event, "actor"), desk.user),
                "what": steps["answer"][0]
                if event.before == event.after
                else say_claim(event.after),
                "reason": event.reason,
            }
            for event in drafting.list_claim_events(part)
        ],
        "steps": [
            (step, *steps[step]) for step in drafting.list_claim_steps(part, actor=desk.user)
        ],
    }
