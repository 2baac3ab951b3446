"""Designations, for the Secretariat."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cartagena.apps.accounts import designations as actions
from cartagena.apps.accounts.forms import DesignationForm, EndForm, NoteForm
from cartagena.apps.accounts.models import Designation, DesignationState
from cartagena.apps.accounts.presentation import get_party_name
from cartagena.apps.accounts.views.guard import get_user, require_right

_ROWS = 50
_STEPS: dict[str, type[Form]] = {"authenticate": NoteForm, "apply": Form, "end": EndForm}


@require_right("see_designations")
def show_designations(request: HttpRequest) -> HttpResponse:
    """List the letters, last ones first, of all Parties or one."""
    found = Designation.objects.order_by("-pk")
    party = request.GET.get("party", "").upper()[:3]
    if party:
        found = found.filter(party=party)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    rows = [(row, get_party_name(row.party)) for row in page]
    return render(
        request, "accounts/designations.html", {"page": page, "rows": rows, "party": party}
    )


@require_right("see_designations")
def enter_designation(request: HttpRequest) -> HttpResponse:
    """Enter a letter."""
    form = DesignationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = actions.enter_designation(
            form.save(commit=False), actor=get_user(request), now=timezone.now()
        )
        return redirect("accounts:designation", number=entered.pk)
    status = 400 if form.errors else 200
    return render(request, "accounts/enter_designation.html", {"form": form}, status=status)


@require_right("see_designations")
def show_designation(request: HttpRequest, number: int) -> HttpResponse:
    """Show one designation with its history, and take its next step."""
    designation = Designation.objects.filter(pk=number).select_related("account").first()
    if designation is None:
        raise Http404
    forms = {step: make(prefix=step) for step, make in _STEPS.items()}
    problem = ""
    asked = request.POST.get("step", "")
    if request.method == "POST" and asked in _STEPS:
        form = _STEPS[asked](request.POST, prefix=asked)
        forms[asked] = form
        if form.is_valid():
            try:
                _TAKE[asked](request, number, form)
            except actions.DesignationError as refused:
                problem = str(refused)
            else:
                return redirect("accounts:designation", number=number)
    states = DesignationState
    return render(
        request,
        "accounts/designation.html",
        {
            "designation": designation,
            "party_name": get_party_name(designation.party),
            "events": designation.events.all(),
            "forms": forms,
            "problem": problem,
            "may_authenticate": designation.state == states.RECEIVED,
            "may_apply": designation.state == states.AUTHENTICATED,
            "may_end": designation.state != states.ENDED,
        },
        status=409 if problem else 400 if request.method == "POST" else 200,
    )


def _authenticate(request: HttpRequest, number: int, form: Form) -> None:
    actions.authenticate_designation(
        number, actor=get_user(request), note=form.cleaned_data["note"], now=timezone.now()
    )


def _apply(request: HttpRequest, number: int, form: Form) -> None:
    applied = actions.apply_designation(number, actor=get_user(request), now=timezone.now())
    messages.success(
        request, _("In force. A message goes to %(email)s.") % {"email": applied.email}
    )


def _end(request: HttpRequest, number: int, form: Form) -> None:
    actions.end_designation(
        number,
        actor=get_user(request),
        valid_until=form.cleaned_data["valid_until"],
        note=form.cleaned_data["note"],
        now=timezone.now(),
    )


_TAKE: dict[str, Callable[[HttpRequest, int, Form], None]] = {
    "authenticate": _authenticate,
    "apply": _apply,
    "end": _end,
}
