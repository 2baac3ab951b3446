"""Messages to people, in their language. They wait in the database until the job worker sends them.

How they wait: `mail_queue.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

from cartagena.apps.accounts.models import User


def send_message(
    user: User, template: str, context: Mapping[str, object], *, now: datetime
) -> None:
    """Send a person a message in the person's language; nothing to somebody who may not sign in.

    `template` names `mail/<template>.txt`: its first line is the subject, the rest the text. It is
    given the context, `person`, `site` (the portal's address, without a slash at the end) and
    `now`. Names of files end in the text as they are: nothing is escaped for HTML.
    """
    if not user.is_active:
        return
    with override(user.language):
        found: Template = get_template(f"mail/{template}.txt").template  # type: ignore[attr-defined]
        values = {**context, "person": user, "site": settings.PUBLIC_ADDRESS, "now": now}
        subject, _line, body = found.render(Context(values, autoescape=False)).partition("\n")
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[user.email]).send()


def build_link(name: str, *args: object, language: str) -> str:
    """Return the full address of a page, as a message in a language needs it."""
    with override(language):
        return settings.PUBLIC_ADDRESS + reverse(name, args=args)


def build_password_link(user: User) -> str:
    """Return the address under which this person, and nobody else, sets a new password, once."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    with override(user.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.PUBLIC_ADDRESS + path.replace("UID-KEY", quote(key))
