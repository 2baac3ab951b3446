"""What one Party prepares is nobody else's: every address of the desk and of accounts is tried.

Somebody of Norway, in every role, asks for what belongs to Kenya; so do a reader and a visitor.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.accounts.models import Designation
from cartagena.apps.drafting import api as drafting
from cartagena.apps.registry import api as registry
from cartagena.apps.reports import api as reports
from cartagena.apps.search.api import save_search
from cartagena.engine.questionnaire import load_format
from tests.apps.drafting.make import make_database, make_person
from tests.apps.drafting.test_confidential import start_decision
from tests.journeys.public_paths import list_routes, read_answer

pytestmark = pytest.mark.django_db

WORD = "zebrafinch"
"""Stands in everything of Kenya that is not published, and nowhere else."""
REPORT = "/desk/reports/nr4/KEN"

# Addresses of Kenya's own things. Whoever is not of Kenya gets 404, 403, or 405 for a wrong method.
THINGS = {
    "desk:draft": "/desk/drafts/{draft}",
    "desk:autosave": "/desk/drafts/{draft}/autosave",
    "desk:settle": "/desk/drafts/{draft}/settle",
    "desk:check": "/desk/drafts/{draft}/check",
    "desk:review": "/desk/drafts/{draft}/review",
    "desk:files": "/desk/drafts/{draft}/files",
    "desk:history": "/desk/drafts/{draft}/history",
    "desk:request": "/desk/drafts/{draft}/request",
    "desk:recall": "/desk/drafts/{requested}/recall",
    "desk:return": "/desk/drafts/{requested}/return",
    "desk:publish": "/desk/drafts/{requested}/publish",
    "desk:discard": "/desk/drafts/{draft}/discard",
    "desk:file": "/desk/files/{file}",
    "desk:amend": "/desk/records/{record}/amend",
    "desk:withdraw": "/desk/records/{record}/withdraw",
    "desk:confirm": "/desk/records/{record}/confirm",
    "desk:claims": "/desk/records/{secret}/confidential",
    "desk:preview": "/desk/bulk/{preview}",
    "desk:problems": "/desk/bulk/{preview}/problems.csv",
    "desk:report_section": f"{REPORT}/sections/{{section}}",
    "desk:report_autosave": f"{REPORT}/sections/{{section}}/autosave",
    "desk:report_check": f"{REPORT}/check",
    "desk:report_files": f"{REPORT}/files",
    "desk:report_file": f"{REPORT}/report.xlsx",
    "desk:report_upload": f"{REPORT}/uploads/{{upload}}",
    "desk:report_colleagues": f"{REPORT}/colleagues",
    "desk:report_done": f"{REPORT}/done",
    "accounts:person": "/account/people/{person}/",
    "accounts:reset_person": "/account/people/{person}/lost/",
    "accounts:designation": "/account/designations/{designation}/",
    "mfa_remove_webauthn": "/account/second-factor/webauthn/keys/{passkey}/remove/",
    "mfa_edit_webauthn": "/account/second-factor/webauthn/keys/{passkey}/edit/",
    "portal:saved_search": "/search/saved/{search}",
    "files:file": "/files/{file}/paper.txt",
}
# Pages about Kenya that may open, but show what is public only and change nothing.
ABOUT = {
    "desk:record": "/desk/records/{record}",
    "desk:report": REPORT,
    # The link is the secret; it serves the address alone that it was sent to.
    "desk:invitation": "/desk/invitations/{invitation}",
}
# Pages about oneself.
OWN = {
    "desk:home": "/desk/", "desk:closed": "/desk/closed", "desk:start": "/desk/new",
    "desk:open": "/desk/drafts", "desk:confirm_several": "/desk/confirm",
    "desk:bulk": "/desk/bulk", "desk:reports": "/desk/reports",
    "desk:template": "/desk/types/database/template.csv",
    "desk:suggest": f"/desk/suggest?q={WORD}&types=database", "desk:token": "/desk/token",
    "desk:consistency": "/desk/consistency", "desk:consistency_file": "/desk/consistency.csv",
    "desk:report_board": "/desk/reports/nr4", "desk:report_board_file": "/desk/reports/nr4.csv",
    "accounts:profile": "/account/", "accounts:people": "/account/people/",
    "accounts:designations": "/account/designations/",
    "accounts:invite_person": "/account/people/invite/",
    "accounts:find_person": "/account/people/lost/",
    "accounts:enter_designation": "/account/designations/new/",
    "accounts:delete": "/account/delete/",
    "portal:saved_searches": "/search/saved",
}  # fmt: skip
# Signing in and out, and django-allauth's pages about one's own password, address and devices.
ELSEWHERE = ("accounts:sign_", "account_", "mfa_", "socialaccount_", "openid_connect_")
REFUSED = (403, 404, 405)
ROLES = [role for role in Role if role not in (Role.SECRETARIAT, Role.READER)]


@dataclass
class Kenya:
    """What Kenya has, and what stands in the addresses."""

    author: User
    names: dict[str, str]

    def fill(self, address: str) -> str:
        return address.format(**self.names)

    def state(self) -> list[Any]:
        """All that a stranger might have changed."""
        return [
            list(drafting.Draft.objects.order_by("key").values_list(
                "key", "state", "revision", "title", "body")),
            list(drafting.FieldComment.objects.values_list("pk")),
            list(drafting.Attachment.objects.values_list("pk")),
            list(drafting.ConfidentialPart.objects.values_list("pk", "claim", "ended_at")),
            list(reports.ReportUpload.objects.values_list("pk")),
            list(reports.SectionInvitation.objects.values_list("pk", "accepted_by", "revoked_at")),
            list(Designation.objects.values_list("pk", "state")),
            list(Authenticator.objects.values_list("pk", "data")),
            list(User.objects.filter(party="KEN").order_by("pk").values_list(
                "pk", "role", "record_types", "is_active", "password")),
            registry.log_position(),
        ]  # fmt: skip


@pytest.fixture
def kenya(tmp_path: Any, settings: Any) -> Kenya:
    settings.DATA_FOLDER = tmp_path
    registry.load_shipped(now=dt.datetime.now(dt.UTC))
    return make_kenya()


def make_kenya() -> Kenya:
    now = dt.datetime.now(dt.UTC)
    author, publisher = make_person(Role.AUTHORISED_USER), make_person(Role.BCH_FOCAL_POINT)
    drafts = {}
    for name, title in (("draft", WORD), ("requested", WORD), ("record", "A public portal")):
        drafts[name] = drafting.start_draft(
            "database", actor=author, government="KEN", now=now, body=make_database(title)
        )
    drafting.add_comment(drafts["draft"].key, "title", WORD, actor=author, now=now)
    upload = SimpleUploadedFile("paper.txt", WORD.encode())
    file = drafting.attach_file(
        drafts["draft"].key, upload, confidential=False, actor=author, now=now
    )
    drafting.request_publication(drafts["requested"].key, actor=author, revision=0, now=now)
    drafting.publish_draft(
        drafts["record"].key, actor=publisher, revision=0, reason="Public.", now=now
    )
    amendment = drafting.start_amendment(drafts["record"].identifier, actor=author, now=now)
    drafting.save_draft(
        amendment.key, {"title": {"en": WORD, "fr": WORD}}, actor=author, revision=0, now=now
    )
    return Kenya(
        author,
        {
            "draft": str(drafts["draft"].key),
            "requested": str(drafts["requested"].key),
            "file": str(file.pk),
            "record": drafts["record"].identifier,
            "secret": _publish_with_secret(author, publisher, now),
            "preview": _upload_table(author),
            "person": str(author.pk),
            "designation": str(_designate(now).pk),
            "passkey": str(_add_passkey(author).pk),
            "search": str(save_search(author, WORD, {"q": [WORD]}, "daily", now=now).pk),
            **_begin_report(author, publisher, now),
        },
    )


def _publish_with_secret(author: User, publisher: User, now: dt.datetime) -> str:
    """A published decision of which a field is kept confidential."""
    draft = start_decision(author, relevantInformation={"en": WORD})
    drafting.publish_draft(draft.key, actor=publisher, revision=1, reason="Public.", now=now)
    return draft.identifier


def _upload_table(author: User) -> str:
    """A table that was sent and not yet carried out; its preview."""
    client = sign_in(author)
    template = read_answer(client.get("/desk/types/database/template.csv")).split("\n\n", 1)[1]
    lines = template.splitlines()
    table = "\n".join([*lines, ",".join([WORD] * (lines[-1].count(",") + 1))])
    sent = {"type": "database", "file": SimpleUploadedFile("table.csv", table.encode())}
    answer = client.post("/desk/bulk", sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer.headers["Location"]).rpartition("/")[2]


def _designate(now: dt.datetime) -> Designation:
    return Designation.objects.create(
        party="KEN", role=Role.CPB_FOCAL_POINT, person_name=WORD, email=f"{WORD}@example.org",
        letter_reference=WORD, letter_date=now.date(), received_on=now.date(),
        valid_from=now.date(), created_at=now,
    )  # fmt: skip


def _add_passkey(author: User) -> Authenticator:
    data = {"name": WORD, "credential": {}}
    return Authenticator.objects.create(user=author, type=Authenticator.Type.WEBAUTHN, data=data)


def _begin_report(author: User, publisher: User, now: dt.datetime) -> dict[str, str]:
    shape = load_format("nr4")
    question = next(q for q in shape.questions if q.is_text)
    draft = reports.start_report("nr4", "KEN", actor=author, now=now)
    saved = reports.save_cells(
        draft.key, {f"{question.key}#en": WORD}, actor=author, revision=draft.revision, now=now
    )
    section = shape.sections[0].key
    _invitation, secret = reports.invite_colleague(
        saved.draft, [section], email="colleague@example.org", name=WORD, actor=publisher, now=now
    )
    upload = reports.ReportUpload.objects.create(
        draft=saved.draft,
        file_name=f"{WORD}.xlsx",
        cells={f"{question.key}#en": WORD},
        problems=[],
        base_revision=0,
        uploaded_by=author,
        uploaded_at=now,
    )
    return {"section": section, "invitation": secret, "upload": str(upload.pk)}


def sign_in(person: User) -> Client:
    """A browser of somebody without a password, who is not asked for it again on any page."""
    person.set_unusable_password()
    person.save()
    client = Client()
    client.force_login(person)
    return client


def list_tries(client: Client, address: str) -> Iterator[HttpResponseBase]:
    """The answers to looking at an address and to sending a form there."""
    yield client.get(address)
    form = {
        "desk-revision": "0", "text": "Because.", "title--en": "Taken over", "desk-do": "save",
        "desk-comment": "Hello", "step": "apply", "frequency": "never", "delete": "1",
        "reason": "Lost.",
    }  # fmt: skip
    yield client.post(address, form)


def test_every_address_of_the_desk_and_of_accounts_is_tried() -> None:
    """A new address must be named above, with what it shows."""
    known = {*THINGS, *ABOUT, *OWN}
    unknown = [
        name
        for name, pattern in list_routes().items()
        if name not in known
        and name.startswith(("desk:", "accounts:", *ELSEWHERE))
        and ("<int" in pattern or not name.startswith(ELSEWHERE))
    ]
    assert unknown == [], (
        "These addresses are new. Name each in THINGS (belongs to a Party), ABOUT (public facts "
        "of a Party) or OWN (about oneself) in tests/journeys/test_parties_are_apart.py."
    )


def test_owner_opens_what_others_are_refused(kenya: Kenya) -> None:
    """So that a refusal below is for the person and not for a wrong address."""
    client = sign_in(kenya.author)
    opened = set()
    for name, address in {**THINGS, **ABOUT}.items():
        answer = client.get(kenya.fill(address))
        read_answer(answer)
        if answer.status_code in (200, 302, 405):
            opened.add(name)
    refused = {*THINGS, *ABOUT} - opened
    # What the author may not do either: decide, manage people, read letters.
    assert refused <= {
        "desk:return", "desk:publish", "desk:withdraw", "desk:confirm", "accounts:person",
        "accounts:designation", "accounts:reset_person", "desk:report_colleagues",
    }, refused  # fmt: skip


@pytest.mark.parametrize("role", [*ROLES, Role.READER])
def test_what_belongs_to_a_party_is_refused_to_everybody_of_another(
    kenya: Kenya, role: Role
) -> None:
    client = sign_in(make_person(role, None if role == Role.READER else "NOR"))
    before = kenya.state()
    wrong = []
    for name, address in THINGS.items():
        for answer in list_tries(client, kenya.fill(address)):
            if answer.status_code not in REFUSED or WORD in read_answer(answer):
                wrong.append((name, answer.status_code))
    for name, address in {**ABOUT, **OWN}.items():
        for answer in list_tries(client, kenya.fill(address)):
            text = read_answer(answer).replace(kenya.fill(address), "")
            if answer.status_code >= 500 or WORD in text:
                wrong.append((name, answer.status_code))

    assert wrong == []
    assert kenya.state() == before


def test_secretariat_does_not_see_what_a_party_prepares(kenya: Kenya) -> None:
    client = sign_in(make_person(Role.SECRETARIAT, None))
    before = kenya.state()

    for name, address in THINGS.items():
        if name.startswith("accounts:"):
            continue
        for answer in list_tries(client, kenya.fill(address)):
            assert answer.status_code in REFUSED, (name, answer.status_code)
    assert kenya.state() == before


def test_visitor_is_asked_to_sign_in_everywhere(kenya: Kenya) -> None:
    client = Client()
    before = kenya.state()
    for name, address in {**THINGS, **ABOUT, **OWN}.items():
        if name == "files:file":
            continue
        for answer in list_tries(client, kenya.fill(address)):
            leads = answer.headers.get("Location", "")
            told = read_answer(answer).replace(kenya.fill(address), "")
            assert answer.status_code in (401, 404, 405) or (
                answer.status_code == 302 and leads.startswith("/account/sign-in/")
            ), (name, answer.status_code)
            assert WORD not in told or name in OWN, name
    assert kenya.state() == before


def list_opened(person: User, kenya: Kenya) -> set[str]:
    """The things of Kenya that open to somebody, by name."""
    client = sign_in(person)
    opened = set()
    for name, address in {**THINGS, "requested": "/desk/drafts/{requested}/review"}.items():
        answer = client.get(kenya.fill(address))
        read_answer(answer)
        if name.startswith(("desk:", "requested", "files:")) and answer.status_code == 200:
            opened.add(name)
    return opened


@pytest.mark.parametrize("role", ROLES)
def test_in_the_own_party_everybody_opens_what_the_role_gives(kenya: Kenya, role: Role) -> None:
    opened = list_opened(make_person(role), kenya)
    decided = {"desk:return", "desk:publish", "desk:discard", "desk:withdraw", "desk:confirm"}
    together = {
        "desk:draft", "desk:check", "desk:review", "desk:files", "desk:history", "desk:recall",
        "desk:file", "desk:amend", "desk:claims", "desk:report_section", "desk:report_autosave",
        "desk:report_check", "desk:report_files", "desk:report_file", "desk:report_upload",
        "desk:report_colleagues", "files:file", "requested",
    }  # fmt: skip
    expected = {
        # Who publishes need not request; the preview of a table is its author's alone.
        Role.BCH_FOCAL_POINT: together | decided,
        Role.CPB_FOCAL_POINT: together | {"desk:request"},
        Role.AUTHORISED_USER: together | {"desk:request"},
        Role.COMPETENT_AUTHORITY: together | {"desk:request"},
        Role.REVIEWER: {"requested"},
    }
    assert opened == expected.get(role, set())


def test_authorised_user_for_some_types_opens_no_other(kenya: Kenya) -> None:
    limited = make_person(Role.AUTHORISED_USER, record_types=["biosafetyDecision"])
    assert list_opened(limited, kenya) == {"desk:claims"}
