"""Messages: in the person's language, waiting in the database, sent by a job."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from cartagena.apps.accounts import mail_queue
from cartagena.apps.accounts.api import Role, build_link, send_message
from cartagena.apps.accounts.models import OutgoingMail
from cartagena.apps.accounts.tasks import send_mail

from .conftest import MakeUser

pytestmark = pytest.mark.django_db
NOW = datetime(2012, 5, 1, tzinfo=UTC)


@pytest.fixture
def queued(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The program's own way to send, into files of a folder."""
    settings.EMAIL_BACKEND = "cartagena.apps.accounts.mail_queue.QueuedMailBackend"
    settings.DATA_FOLDER = tmp_path
    settings.MAIL_SERVER = None
    return tmp_path / "mail"


def send_one(subject: str = "Subject") -> None:
    EmailMessage(subject, "Text with /password/reset/key/secret", to=["a@b.example"]).send()


def test_message_waits_with_a_job_that_holds_none_of_its_text(queued: Path) -> None:
    send_one()
    waiting = OutgoingMail.objects.get()
    job = ProcrastinateJob.objects.get()
    assert job.task_name == "accounts.send_mail"
    assert job.args == {"mail_number": waiting.pk}
    assert not queued.exists()


def test_job_sends_the_message_once_and_forgets_it(queued: Path) -> None:
    send_one()
    number = OutgoingMail.objects.get().pk
    send_mail(mail_number=number)
    send_mail(mail_number=number)
    [file] = queued.iterdir()
    assert "To: a@b.example" in file.read_text()
    assert not OutgoingMail.objects.exists()


def test_what_is_rolled_back_sends_nothing(queued: Path) -> None:
    with transaction.atomic():
        send_one()
        assert OutgoingMail.objects.exists()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_message_stays_when_the_server_refuses(queued: Path, settings: Settings) -> None:
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": 9, "timeout": 1}
    send_one()
    number = OutgoingMail.objects.get().pk
    with pytest.raises(OSError, match="refused"):
        mail_queue.send_outgoing(number)
    assert OutgoingMail.objects.filter(pk=number).exists()
    assert mail_queue.forget_old_messages(datetime.now(UTC)) == 0
    assert mail_queue.forget_old_messages(datetime.now(UTC) + timedelta(days=8)) == 1


def test_subject_cannot_add_headers(make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    user.name = "X"
    by = make_user(Role.BCH_FOCAL_POINT, "KEN")
    context = {"by": by, "party": "KEN\nBcc: all@world.example", "link": ""}
    send_message(user, "invited", context, now=NOW)
    assert mail.outbox[0].subject == "You may draft records for KEN"
    assert mail.outbox[0].recipients() == [user.email]


def test_names_stand_in_messages_as_they_are(make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    user.name = "D'Ivoire & Söhne"
    by = make_user(Role.BCH_FOCAL_POINT, "KEN")
    send_message(user, "invited", {"by": by, "party": "KEN", "link": ""}, now=NOW)
    assert "Dear D'Ivoire & Söhne," in mail.outbox[0].body


def test_links_in_messages_lead_to_the_language_of_the_person(make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    user.language = "fr"
    by = make_user(Role.BCH_FOCAL_POINT, "KEN")
    send_message(user, "invited", {"by": by, "party": "KEN", "link": ""}, now=NOW)
    assert "http://localhost:8000/fr/account/sign-in/" in mail.outbox[0].body
    assert build_link("portal:plan", language="ar") == "http://localhost:8000/ar/plan"


def test_nothing_is_sent_to_a_closed_account(make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    user.is_active = False
    send_message(user, "invited", {"by": user, "party": "KEN", "link": ""}, now=NOW)
    assert mail.outbox == []
