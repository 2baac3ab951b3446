"""What a reader is asked for besides e-mail address and password. django-allauth's form extends it.

In a module of its own: django-allauth imports it while its own forms are being made.
"""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cartagena.apps.accounts.models import User


class RegistrationForm(forms.Form):
    """The name. The rest is django-allauth's."""

    name = forms.CharField(label=_("Name"), max_length=200)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do: the adapter keeps the name."""
