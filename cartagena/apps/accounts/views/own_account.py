"""A person's own account."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cartagena.apps.accounts.forms import ProfileForm
from cartagena.apps.accounts.people import LastOfficerError, delete_own_account
from cartagena.apps.accounts.permissions import may
from cartagena.apps.accounts.presentation import get_party_name, list_type_names
from cartagena.apps.accounts.views.guard import get_user


@never_cache
@login_required
def show_profile(request: HttpRequest) -> HttpResponse:
    """Show the own account; keep a changed name or language."""
    user = get_user(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    if form.errors:
        # The page around the form shows what is kept, not what was refused.
        user.refresh_from_db()
    return render(
        request,
        "accounts/profile.html",
        {
            "form": form,
            "party_name": get_party_name(user.party),
            "type_names": list_type_names(user.record_types),
            "sees_designations": may(user, "see_designations", None),
            "sees_people": may(user, "see_people", user.party),
            "finds_people": may(user, "reset_second_factor", None),
            "has_provider": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        },
        status=400 if form.errors else 200,
    )


@never_cache
@login_required
@reauthentication_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask once more, then forget the person."""
    problem = ""
    if request.method == "POST":
        try:
            delete_own_account(get_user(request), now=timezone.now())
        except LastOfficerError as refused:
            problem = str(refused)
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("portal:home")
    context = {"problem": problem}
    return render(request, "accounts/delete.html", context, status=409 if problem else 200)
