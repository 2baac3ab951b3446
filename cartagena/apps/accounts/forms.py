"""Forms of the accounts pages. Signing in, passwords and second factors are django-allauth's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cartagena.apps.accounts.designations import DESIGNATED_ROLES
from cartagena.apps.accounts.models import Designation, User
from cartagena.apps.accounts.presentation import list_party_choices, list_type_choices


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may change of the own account."""

    class Meta:
        model = User
        fields = ("name", "language")


class DesignationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A letter of designation as it came in."""

    party = forms.ChoiceField(label=_("Party"))
    role = forms.ChoiceField(label=_("Role"))

    class Meta:
        model = Designation
        fields = (
            "party",
            "role",
            "person_name",
            "email",
            "responsibility",
            "letter_reference",
            "letter_date",
            "received_on",
            "valid_from",
        )
        widgets = {
            "responsibility": forms.Textarea(attrs={"rows": 3}),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("letter_date", "received_on", "valid_from")
            },
        }
        help_texts = {
            "responsibility": _(
                "Of a competent authority where there are several: which organisms."
            )
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [("", ""), *((known.value, known.label) for known in DESIGNATED_ROLES)]
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        party.choices = [("", ""), *list_party_choices()]


class NoteForm(forms.Form):
    """Why, or how it was made sure."""

    note = forms.CharField(
        label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResetForm(forms.Form):
    """Why a second factor is taken from an account."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was lost, and how you made sure who asked: a call to a known number."),
    )


class FindPersonForm(forms.Form):
    """Whose account is looked for."""

    email = forms.EmailField(label=_("E-mail address"))


class EndForm(NoteForm):
    """The end of a designation."""

    valid_until = forms.DateField(
        label=_("In force until"), widget=forms.DateInput(attrs={"type": "date"})
    )


class RecordTypesForm(forms.Form):
    """Which types of record an authorised user may draft; none ticked means all."""

    record_types = forms.MultipleChoiceField(
        label=_("Types of record"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        types = self.fields["record_types"]
        assert isinstance(types, forms.MultipleChoiceField)
        types.choices = list_type_choices()


class InvitationForm(RecordTypesForm):
    """A new national authorised user."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("name", "email", "record_types")
