"""The Secretariat's part: what anybody proposes it publishes, what a government writes it enters.

Through the pages, as each person sees them, and without scripts.
"""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import page_cache
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import read_example
from tests.apps.drafting.make import make_database, make_person

pytestmark = pytest.mark.django_db

NOW = dt.datetime.now(dt.UTC)
PASSWORD = "a-new-long-pass-phrase"


@pytest.fixture(autouse=True)
def _empty(tmp_path: Any, settings: Any) -> None:
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()


def browse(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def step(client: Client, address: str, action: str, text: str = "") -> int:
    """Take a step of a draft as its page offers it."""
    page = read(client, f"{address}/{action}")
    revision = re.search(r'name="desk-revision" value="(\d+)"', page)
    assert revision, page
    return client.post(
        f"{address}/{action}", {"desk-revision": revision[1], "text": text}
    ).status_code


def publish_parts_of_an_lmo() -> None:
    """The public records that the example of an LMO refers to."""
    for name in ("contact", "organism", "dnaSequence"):
        body = read_example(name)
        publication = registry.Publication(
            identifier=body["header"]["identifier"], type=name, body=body, published_at=NOW,
            government="KEN" if "government" in body else None,
        )  # fmt: skip
        (outcome,) = registry.publish_records([publication], actor=None, reason="", now=NOW)
        assert outcome.action == "published"


def test_expert_proposes_an_lmo_that_the_secretariat_returns_and_then_publishes() -> None:
    publish_parts_of_an_lmo()
    expert, officer = make_person(Role.EXPERT, None), make_person(Role.SECRETARIAT, None)
    focal_point = make_person(Role.BCH_FOCAL_POINT)
    writer, secretariat = browse(expert), browse(officer)

    begun = writer.post("/desk/new", {"type": "modifiedOrganism", "language": "en"})
    assert begun.status_code == 302
    address = begun.headers["Location"]
    draft = drafting.get_draft(address.rpartition("/")[2], actor=expert)
    body = {key: value for key, value in read_example("modifiedOrganism").items()
            if key not in ("header", "government")}  # fmt: skip
    drafting.save_draft(draft.key, body, actor=expert, revision=draft.revision, now=NOW)
    assert writer.get(f"{address}/publish").status_code == 403
    assert step(writer, address, "request", "Please look.") == 302

    assert [message.to for message in mail.outbox] == [[officer.email]]
    assert browse(focal_point).get(address).status_code == 404
    assert f"/desk/drafts/{draft.key}" in read(secretariat, "/desk/")
    assert "Please look." in read(secretariat, f"{address}/review")
    assert step(secretariat, address, "return", "Say who developed it.") == 302

    assert mail.outbox[-1].to == [expert.email]
    assert "Say who developed it." in read(writer, address)
    assert step(writer, address, "request") == 302
    assert step(secretariat, address, "publish", "Checked.") == 302

    version = registry.get_version(draft.identifier)
    number = f"BCH-LMO-SCBD-{version.record.document_id}"
    assert version.title in read(Client(), f"/records/{number}").replace("&#x27;", "'")
    assert mail.outbox[-1].to == [expert.email]
    assert [e.reason for e in registry.list_log().filter(record=version.record)] == ["Checked."]
    # What is public may be proposed to be changed by others, and is still the Secretariat's.
    assert browse(focal_point).post(f"/desk/records/{draft.identifier}/withdraw").status_code == 403


def test_focal_point_designated_by_letter_publishes_what_waits() -> None:
    officer, author = make_person(Role.SECRETARIAT, None), make_person(Role.AUTHORISED_USER)
    draft = drafting.start_draft(
        "database", actor=author, government="KEN", now=NOW, body=make_database()
    )
    writer, secretariat = browse(author), browse(officer)
    address = f"/desk/drafts/{draft.key}"
    assert step(writer, address, "request") == 302
    # The Secretariat does not stand in for a government.
    assert secretariat.get(f"{address}/publish").status_code == 404
    letter = {
        "party": "KEN", "role": "bch_focal_point", "person_name": "Wanjiku Kamau",
        "email": "wanjiku@ministry.example", "letter_reference": "ENV/26/7",
        "letter_date": "2026-04-02", "received_on": "2026-04-20", "valid_from": "2026-05-01",
    }  # fmt: skip
    assert writer.post("/account/designations/new/", letter).status_code in (403, 404)
    entered = secretariat.post("/account/designations/new/", letter)
    page = entered.headers["Location"]
    # A letter that nobody has made sure of gives no rights.
    assert secretariat.post(page, {"step": "apply"}).status_code == 409
    assert not User.objects.filter(email="wanjiku@ministry.example").exists()
    genuine = {"step": "authenticate", "authenticate-note": "Note verbale 4/2026"}
    assert secretariat.post(page, genuine).status_code == 302
    assert secretariat.post(page, {"step": "apply"}).status_code == 302

    (message,) = [each for each in mail.outbox if each.to == ["wanjiku@ministry.example"]]
    link = re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", str(message.body))
    assert link
    designated = Client()
    form = designated.get(link[1]).headers["Location"]
    given = {"password1": PASSWORD, "password2": PASSWORD}
    assert designated.post(form, given).status_code == 302
    signed_in = designated.post(
        "/account/sign-in/", {"login": "wanjiku@ministry.example", "password": PASSWORD}
    )
    assert signed_in.status_code == 302
    assert address in read(designated, "/desk/")
    assert step(designated, address, "publish", "Adopted.") == 302

    version = registry.get_version(draft.identifier)
    assert version.record.government == "KEN"
    public = Client().get(f"/records/{draft.identifier}", follow=True)
    assert "Biosafety portal" in public.content.decode()
    ended = {"step": "end", "end-valid_until": NOW.date().isoformat(), "end-note": "Retired."}
    assert secretariat.post(page, ended).status_code == 302
    assert designated.post(f"/desk/records/{draft.identifier}/withdraw").status_code == 403
