"""Files of a draft: sent, named in a field, and open to everybody only once they are published."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.conftest import browse

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>"
    b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def start(user: User) -> drafting.Draft:
    body = {**read_example("database"), "websites": []}
    return drafting.start_draft(
        "database", actor=user, government="KEN", now=dt.datetime.now(dt.UTC), body=body
    )


def read(client: Client, address: str) -> bytes:
    """The bytes of a file, which is always to be saved and never shown."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    content = answer.getvalue()
    return bytes(content)


def test_file_is_named_in_its_field_and_public_once_published(
    focal_point: User, stranger: User
) -> None:
    draft = start(focal_point)
    client = browse(focal_point)
    page = f"/desk/drafts/{draft.pk}/files"

    file = SimpleUploadedFile("The law.pdf", PDF)
    assert client.post(page, {"file": file, "field": "websites"}).status_code == 302
    draft = drafting.get_draft(draft.pk, actor=focal_point)
    (link,) = draft.body["websites"]

    assert read(client, link["url"]) == PDF
    assert Client().get(link["url"]).status_code == 404
    assert browse(stranger).get(link["url"]).status_code == 404
    client.post(
        f"/desk/drafts/{draft.pk}/publish", {"desk-revision": str(draft.revision), "text": ""}
    )
    assert read(Client(), link["url"]) == PDF


def test_confidential_file_is_never_public(focal_point: User) -> None:
    draft = start(focal_point)
    client = browse(focal_point)
    sent = {"file": SimpleUploadedFile("secret.pdf", PDF), "field": "", "confidential": "yes"}
    client.post(f"/desk/drafts/{draft.pk}/files", sent)

    (found,) = drafting.list_attachments(draft, actor=focal_point)

    assert found.confidential
    assert Client().get(found.address).status_code == 404


def test_file_that_is_not_taken_is_refused_with_the_reason(focal_point: User) -> None:
    draft = start(focal_point)
    file = SimpleUploadedFile("picture.svg", b"<svg onload='x'/>")

    answer = browse(focal_point).post(f"/desk/drafts/{draft.pk}/files", {"file": file})

    assert answer.status_code == 400
    assert "SVG" in answer.content.decode()


def publish_file(user: User) -> str:
    """The address of a file of a published record."""
    draft = start(user)
    client = browse(user)
    file = SimpleUploadedFile("law.pdf", PDF)
    client.post(f"/desk/drafts/{draft.pk}/files", {"file": file, "field": "websites"})
    draft = drafting.get_draft(draft.pk, actor=user)
    drafting.publish_draft(
        draft.pk, actor=user, revision=draft.revision, reason="", now=dt.datetime.now(dt.UTC)
    )
    return str(draft.body["websites"][0]["url"])


def test_file_can_do_nothing_in_a_browser(focal_point: User) -> None:
    answer = Client().get(publish_file(focal_point))

    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "'self'" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Content-Length"] == str(len(PDF))


def test_file_that_is_held_already_is_not_sent_again(focal_point: User) -> None:
    address = publish_file(focal_point)
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(PDF))

    again = Client().get(address, headers={"If-None-Match": head["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-3", PDF[:4], "0-3"),
        ("bytes=10-", PDF[10:], f"10-{len(PDF) - 1}"),
        ("bytes=-5", PDF[-5:], f"{len(PDF) - 5}-{len(PDF) - 1}"),
        ("bytes=0-99999", PDF, f"0-{len(PDF) - 1}"),
    ],
)
def test_rest_of_a_file_can_be_asked_for(
    focal_point: User, asked: str, part: bytes, said: str
) -> None:
    answer = Client().get(publish_file(focal_point), headers={"Range": asked})

    assert (answer.status_code, answer.getvalue()) == (206, part)
    assert answer["Content-Range"] == f"bytes {said}/{len(PDF)}"
    assert answer["Content-Length"] == str(len(part))


def test_part_that_is_not_there_or_is_of_another_file_is_not_sent(focal_point: User) -> None:
    address = publish_file(focal_point)
    assert Client().get(address, headers={"Range": "bytes=99999-"}).status_code == 416
    for wrong in ("bytes=9-3", "bytes=-", "lines=1-2", "bytes=0-1,4-5"):
        whole = Client().get(address, headers={"Range": wrong})
        assert (whole.status_code, whole.getvalue()) == (200, PDF)
    other = Client().get(address, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (other.status_code, other.getvalue()) == (200, PDF)


def test_missing_file_and_hidden_file_get_the_same_answer(focal_point: User) -> None:
    draft = start(focal_point)
    sent = {"file": SimpleUploadedFile("secret.pdf", PDF), "field": "", "confidential": "yes"}
    browse(focal_point).post(f"/desk/drafts/{draft.pk}/files", sent)
    (hidden,) = drafting.list_attachments(draft, actor=focal_point)
    missing = f"/files/00000000-0000-4000-8000-000000000000/{hidden.filename}"

    answers = [Client().get(address) for address in (hidden.address, missing)]

    pages = [
        answer.content.decode().replace(address, "")
        for answer, address in zip(answers, (hidden.address, missing), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert pages[0] == pages[1]
    assert hidden.filename not in pages[0]
