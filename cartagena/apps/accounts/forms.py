"""Forms of the accounts pages."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cartagena.apps.accounts import sign_in_limit


class SignInForm(AuthenticationForm):
    """E-mail address and password, with the limit on tries."""

    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together."),
        "inactive": _("This account is closed. Ask the Secretariat."),
        "blocked": _(
            "Too many failed tries with this e-mail address from here. "
            "Nothing was checked this time; try again in 15 minutes."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Check the limit first, then the password; count a failure."""
        email = self.cleaned_data.get("username") or ""
        # Behind a proxy this is the proxy's address: the limit then is one per account.
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        now = timezone.now()
        if sign_in_limit.is_blocked(email, address, now):
            raise ValidationError(self.error_messages["blocked"], code="blocked")
        try:
            cleaned = super().clean()
        except ValidationError:
            sign_in_limit.record_failure(email, address, now)
            raise
        sign_in_limit.forget_failures(email, address)
        return cleaned
