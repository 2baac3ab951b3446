"""Where django-allauth asks us: who a new person is, how often one may try, where one goes next."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cartagena.apps.accounts import sign_in_limit
from cartagena.apps.accounts.models import Role, User
from cartagena.apps.accounts.views.too_many import show_too_many

_NAME_LENGTH = 200


def get_display_name(user: User) -> str:
    """Return how pages and messages name a person."""
    return user.name or user.email


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password: readers register themselves, everybody else is invited."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "too_many_login_attempts": _(
            "Too many wrong codes for this account. "
            "Nothing was checked this time; try again in 15 minutes."
        ),
    }

    def new_user(self, request: HttpRequest) -> User:
        return User(
            role=Role.READER,
            created_at=timezone.now(),
            language=(get_language() or "en").split("-")[0],
        )

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        if isinstance(user, User) and form.cleaned_data.get("name"):
            user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email") or ""
        address = self.get_client_ip(request)
        until = sign_in_limit.find_end_of_block(email, address, timezone.now())
        if until is not None:
            raise ImmediateHttpResponse(show_too_many(request, until))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None:
            email = credentials.get("email") or ""
            sign_in_limit.forget_failures(email, self.get_client_ip(request))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email") or ""
        sign_in_limit.record_failure(email, self.get_client_ip(request), timezone.now())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        if isinstance(user, User):
            sign_in_limit.forget_failures(user.email, self.get_client_ip(self.request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead those who work here to their desk, readers to their account."""
        if isinstance(request.user, User) and request.user.role != Role.READER:
            try:
                return reverse("desk:home")
            except NoReverseMatch:
                pass
        return reverse("accounts:profile")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("portal:home")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Accounts that come through OpenID Connect."""

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> AbstractBaseUser:
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        name = data.get("name") or " ".join(part for part in parts if part) or data.get("email")
        if isinstance(user, User):
            user.name = (name or "")[:_NAME_LENGTH]
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the person in the authenticator app and in the passkey."""

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        if isinstance(user, User):
            entity["display_name"] = get_display_name(user)
        return entity

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 - its name
    ) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})
