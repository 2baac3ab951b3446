"""Opening the account of somebody who lost every second factor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cartagena.apps.accounts import lost_factor as actions
from cartagena.apps.accounts.forms import FindPersonForm, ResetForm
from cartagena.apps.accounts.models import User
from cartagena.apps.accounts.permissions import may, may_reset
from cartagena.apps.accounts.presentation import get_party_name
from cartagena.apps.accounts.views.guard import get_user, require_right


@require_right("reset_second_factor")
def find_person(request: HttpRequest) -> HttpResponse:
    """Find the account of an address; for the Secretariat, which sees no list of people."""
    form = FindPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.find_person(form.cleaned_data["email"], actor=get_user(request))
        if person is not None:
            return redirect("accounts:reset_person", number=person.pk)
        form.add_error(
            "email",
            _(
                "No account with this address can be opened by you. Those who act for a Party ask "
                "its BCH national focal point."
            ),
        )
    status = 400 if form.errors else 200
    return render(request, "accounts/find_person.html", {"form": form}, status=status)


@require_right("reset_second_factor", own_party=True)
def reset_person(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the reason, then take second factors and password from the account."""
    user = get_user(request)
    person = User.objects.filter(pk=number).first()
    if person is None or not may_reset(user, person):
        raise Http404
    form = ResetForm(request.POST or None)
    everybody = (
        "accounts:find_person" if may(user, "reset_second_factor", None) else "accounts:people"
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reset_second_factor(number, actor=user, reason=reason, now=timezone.now())
        messages.success(request, _("A message goes to %(email)s.") % {"email": person.email})
        return redirect(everybody)
    context = {
        "form": form,
        "person": person,
        "party_name": get_party_name(person.party),
        "has_factor": actions.has_second_factor(person),
        "resets": actions.list_resets(person),
        "back": reverse(everybody),
    }
    status = 400 if form.errors else 200
    return render(request, "accounts/reset_person.html", context, status=status)
