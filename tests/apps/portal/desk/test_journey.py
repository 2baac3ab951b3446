"""The story of one decision, from the first draft to its withdrawal, without scripts."""

import datetime as dt
from typing import Any

from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.registry.api import get_version, list_versions
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.browser import find_form, read_forms, send
from tests.apps.portal.desk.conftest import browse

TITLE = "Release of maize that resists moths"


def open_draft(client: Client) -> str:
    page = client.get("/desk/new")
    form = find_form(page, has="language")
    answer = send(client, "/desk/new", form, {"type": "biosafetyDecision"})
    assert answer.status_code == 302
    return str(answer.url)


def type_in(client: Client, address: str, change: dict[str, Any], press: str = "save") -> Any:
    form = find_form(client.get(address), name="draft")
    return send(client, address, form, change, ("desk-do", press))


DECISION: dict[str, Any] = {
    "isAmendment": "no",
    "authorities--0": "BCH-CNA-KE-{authority}",
    "title--en": TITLE,
    "date": "2024/6/3",
    "decisionTypes": [
        "E8C5A15C-A736-4fb7-A1B6-192412BE7E45", "A0F944AD-1578-47F4-BB71-A9805EC0EB7A"
    ],
    "receiptDate": "2023-11-20",
    "modifiedOrganisms--0": "mon00603-6",
    "riskAssessments--0": "{assessment}",
    "documents--0--url": "https://example.org/decision.pdf",
    "documents--0--name": "Decision",
    "expires": "yes",
}  # fmt: skip


def fill(client: Client, address: str) -> None:
    """Two steps, as without scripts: what the kind of decision asks appears after saving."""
    example = read_example("biosafetyDecision")
    first = {
        **DECISION,
        "authorities--0": example["authorities"][0]["identifier"],
        "riskAssessments--0": example["riskAssessments"][0]["identifier"],
    }
    answer = type_in(client, address, first)
    assert answer.status_code == 302
    type_in(
        client,
        address,
        {
            "addressesTransboundaryMovement": "yes",
            "exporters--0": example["exporters"][0]["identifier"],
            "importers--0": example["importers"][0]["identifier"],
            "appliesToSubsequentIntroductions": "no",
            "decisionResult": "3B9ECE67-B35C-40FF-8C06-4EA5FF762899",
        },
    )


def test_decision_from_draft_to_withdrawal(
    author: User, focal_point: User, stranger: User, references: None
) -> None:
    writer, publisher, foreigner = browse(author), browse(focal_point), browse(stranger)
    address = open_draft(writer)
    key = address.rpartition("/")[2]

    # An incomplete draft says all that is missing, each with the way to its field.
    check = writer.get(f"{address}/check").content.decode()
    assert f'href="{address}#f-title"' in check
    assert f'href="{address}#f-documents"' in check
    refused = writer.post(f"{address}/request", {"desk-revision": "0"})
    assert refused.status_code == 409

    fill(writer, address)
    draft = drafting.get_draft(key, actor=author)
    assert draft.body["date"] == "2024-06-03"
    lmo = read_example("modifiedOrganism")["header"]["identifier"]
    assert draft.body["modifiedOrganisms"] == [{"identifier": lmo}]
    assert "Maize that resists moths" in writer.get(address).content.decode()
    problems = drafting.check_draft(draft, today=dt.date(2024, 6, 20))
    assert [str(p) for p in problems if p.severity == "error"] == []

    # Requested, seen by the focal point alone, returned with a comment on a field.
    asked = writer.get(f"{address}/request")
    sent = send(
        writer,
        f"{address}/request",
        find_form(asked, has="desk-revision"),
        {"text": "Please look."},
    )
    assert sent.status_code == 302
    assert foreigner.get(address).status_code == 404
    assert foreigner.get(f"{address}/review").status_code == 404
    work = publisher.get("/desk/").content.decode()
    assert TITLE in work
    assert f"/desk/drafts/{key}" in work
    review = publisher.get(f"{address}/review")
    assert "Please look." in review.content.decode()
    form = next(f for f in read_forms(review) if ("desk-do", "return") in f.buttons)
    on = send(
        publisher, f"{address}/review", form,
        {"desk-comment--title": "Name the event."}, ("desk-do", "return"),
    )  # fmt: skip
    assert on.url == f"{address}/return"
    without_reason = publisher.post(f"{address}/return", {"text": " "})
    assert without_reason.status_code == 409
    assert publisher.post(f"{address}/return", {"text": "See the title."}).status_code == 302

    # The author reads why, corrects, asks again.
    page = writer.get(address).content.decode()
    assert "See the title." in page
    assert "Name the event." in page
    type_in(writer, address, {"title--en": f"{TITLE}, example 603"})
    revision = drafting.get_draft(key, actor=author).revision
    writer.post(f"{address}/request", {"desk-revision": str(revision), "text": ""})

    # Published once, however often the button is pressed.
    for _press in range(2):
        done = publisher.post(
            f"{address}/publish", {"desk-revision": str(revision), "text": "Decided."}
        )
        assert done.status_code == 302
    identifier = draft.identifier
    assert list_versions(identifier).count() == 1
    assert get_version(identifier).title == f"{TITLE}, example 603"

    # Amended: what changes is shown against what is published.
    amendment = publisher.post(f"/desk/records/{identifier}/amend")["Location"]
    assert publisher.post(f"/desk/records/{identifier}/amend")["Location"] == amendment
    type_in(publisher, amendment, {"date": "2024-06-04"})
    compared = publisher.get(f"{amendment}/review").content.decode()
    assert "2024-06-03" in compared
    assert "2024-06-04" in compared
    revision = drafting.get_draft(amendment.rpartition("/")[2], actor=focal_point).revision
    publisher.post(f"{amendment}/publish", {"desk-revision": str(revision), "text": "Wrong day."})
    assert get_version(identifier).number == 2

    # Withdrawn only with a reason, and not by another Party.
    record = f"/desk/records/{identifier}"
    assert foreigner.post(f"{record}/withdraw", {"text": "No."}).status_code == 403
    assert publisher.post(f"{record}/withdraw", {"text": ""}).status_code == 400
    assert publisher.post(f"{record}/withdraw", {"text": "Replaced."}).status_code == 302
    assert "Not public now" in publisher.get(record).content.decode()
    assert publisher.post(f"{record}/withdraw", {"text": "Again."}).status_code == 302
