"""Where every message of the program goes first: a row in the database and a job that sends it.

So a page never waits for a mail server, and what is rolled back sends nothing. The job names the
row only: jobs are logged, messages hold links that give access.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from cartagena.apps.accounts.models import OutgoingMail

KEPT = timedelta(days=7)


class QueuedMailBackend(BaseEmailBackend):
    """Django's way to send mail, put off to the job worker."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from cartagena.apps.accounts.tasks import send_mail

        for message in email_messages:
            with transaction.atomic():
                row = OutgoingMail.objects.create(
                    recipients=message.recipients(),
                    sender=message.from_email,
                    subject=" ".join(str(message.subject).split())[:500],
                    body=str(message.body),
                    created_at=timezone.now(),
                )
                send_mail.defer(mail_number=row.pk)
        return len(email_messages)


def send_outgoing(number: int) -> bool:
    """Send a waiting message now and forget it; False when it is not waiting any more."""
    with transaction.atomic():
        row = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=number).first()
        if row is None:
            return False
        connection = _open_connection()
        EmailMessage(
            row.subject, row.body, row.sender, row.recipients, connection=connection
        ).send()
        row.delete()
    return True


def forget_old_messages(now: datetime) -> int:
    """Remove messages that could not be sent for a week; return how many."""
    return OutgoingMail.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _open_connection() -> BaseEmailBackend:
    if settings.MAIL_SERVER is None:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return get_connection(backend, file_path=str(settings.DATA_FOLDER / "mail"))
    server: dict[str, Any] = settings.MAIL_SERVER
    return get_connection("django.core.mail.backends.smtp.EmailBackend", **server)
