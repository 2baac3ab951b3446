"""The people who act for a Party, for its BCH focal point."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cartagena.apps.accounts import people as actions
from cartagena.apps.accounts.forms import InvitationForm, RecordTypesForm
from cartagena.apps.accounts.models import Role, User
from cartagena.apps.accounts.permissions import may, may_reset
from cartagena.apps.accounts.presentation import get_party_name, list_type_names
from cartagena.apps.accounts.views.guard import get_user, require_right


@require_right("see_people", own_party=True)
def show_people(request: HttpRequest) -> HttpResponse:
    """List who acts for the own Party."""
    user = get_user(request)
    assert user.party is not None
    manages = may(user, "manage_person", user.party)
    rows = [
        {
            "person": person,
            "types": list_type_names(person.record_types),
            "is_managed": manages and person.role == Role.AUTHORISED_USER,
            "may_reset": may_reset(user, person),
        }
        for person in actions.list_people(user.party)
    ]
    context = {"rows": rows, "party_name": get_party_name(user.party), "manages": manages}
    return render(request, "accounts/people.html", context)


@require_right("manage_person", own_party=True)
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite an authorised user."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.invite_person(
                actor=get_user(request), now=timezone.now(), **form.cleaned_data
            )
        except actions.NotInvitableError as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("A message goes to %(email)s.") % {"email": person.email})
            return redirect("accounts:people")
    status = 400 if form.errors else 200
    return render(request, "accounts/invite.html", {"form": form}, status=status)


@require_right("manage_person", own_party=True)
def show_person(request: HttpRequest, number: int) -> HttpResponse:
    """Limit an authorised user to some types of record, or end the right to act for the Party."""
    user = get_user(request)
    person = User.objects.filter(pk=number, party=user.party, role=Role.AUTHORISED_USER).first()
    if person is None:
        raise Http404
    form = RecordTypesForm(request.POST or None, initial={"record_types": person.record_types})
    if request.method == "POST":
        if request.POST.get("step") == "close":
            actions.close_person(number, actor=user, now=timezone.now())
            return redirect("accounts:people")
        if form.is_valid():
            types = form.cleaned_data["record_types"]
            actions.limit_person(number, actor=user, record_types=types, now=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("accounts:people")
    status = 400 if form.errors else 200
    return render(request, "accounts/person.html", {"form": form, "person": person}, status=status)
