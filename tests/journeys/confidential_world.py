"""What people write that is confidential or not published, at every turn of its life."""

import datetime as dt
import io
import json
import secrets
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.bulk_work import work_on
from cartagena.apps.registry import api as registry
from cartagena.apps.reports.api import (
    About,
    invite_colleague,
    receive_file,
    save_cells,
    start_report,
)
from cartagena.apps.search.api import get_index
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_format import read_example
from tests.apps.drafting.make import make_person
from tests.made_up_reports import make_empty

START = dt.datetime.now(dt.UTC) - dt.timedelta(days=9)
CONFIDENTIAL = ("relevantInformation", "relevantDocuments")


def make_word() -> str:
    """A word of letters that stands nowhere else, in one piece for every search."""
    return "zq" + "".join(secrets.choice("bcdfghjklmnpqrtvwx") for _ in range(14))


@dataclass
class World:
    """What was written: `public` words must be found, `secrets` must not."""

    folder: Path
    public: str = field(default_factory=make_word)
    secrets: dict[str, str] = field(default_factory=dict)
    records: list[dict[str, str]] = field(default_factory=list)

    def hide(self, what: str) -> str:
        """A new secret word; the test names what it was when it is found."""
        self.secrets[what] = make_word()
        return self.secrets[what]

    def find(self, text: str) -> list[str]:
        """The names of the secrets that stand in a text, however it is written."""
        plain = urllib.parse.unquote(text).casefold()
        # The first letters are enough: an index may hold beginnings and stems.
        return [what for what, word in self.secrets.items() if word[:10] in plain]


def make_world(folder: Path) -> World:
    """Let everything happen. What files there are lie in the folder."""
    made = World(folder)
    author = make_person(Role.AUTHORISED_USER)
    focal_point = make_person(Role.BCH_FOCAL_POINT)
    for person in (author, focal_point):
        person.name = f"{made.hide(f'name of the {person.role}')} Otieno"
        person.email = f"{made.hide(f'address of the {person.role}')}@example.org"
        person.save()
    registry.load_shipped(now=START)
    _publish_references()
    live = _walk_through_life(made, author, focal_point, "live")
    gone = _walk_through_life(made, author, focal_point, "withdrawn")
    _dispute(made, author, focal_point, live)
    _withdraw_what_was_to_be_disclosed(made, focal_point, gone)
    _begin_what_stays_unpublished(made, author, live)
    report = _publish_report_and_amend(made, author, focal_point)
    _send_table(made, author)
    _import_with_notes(made)
    made.records = [_name(made, identifier, report) for identifier in (live, gone)]
    get_index().keep_up()
    return made


def _day(number: int) -> dt.datetime:
    return START + dt.timedelta(days=number)


def _publish(identifier: str, record_type: str, government: str | None, body: Any) -> None:
    publication = registry.Publication(
        identifier=identifier, type=record_type, government=government, body=body,
        published_at=START,
    )  # fmt: skip
    (outcome,) = registry.publish_records([publication], actor=None, reason="", now=START)
    assert outcome.action == "published", outcome


def _publish_references() -> None:
    for name in ("contact", "organism", "dnaSequence", "modifiedOrganism", "authority",
                 "nationalRiskAssessment"):  # fmt: skip
        body = read_example(name)
        government = "KEN" if "government" in body else None
        _publish(body["header"]["identifier"], name, government, body)


def _walk_through_life(made: World, author: User, focal_point: User, which: str) -> str:
    """Draft, comment, request, return, correct, publish, amend; returns the identifier."""
    body = read_example("biosafetyDecision")
    body = {
        **body,
        "header": {"languages": ["en"]},
        "title": {"en": f"Release of {made.public} maize"},
        "conditions": {"en": "<p>A distance of 200 m.</p>"},
        "reasons": {"en": f"<p>Because of {made.public}.</p>"},
        "relevantInformation": {"en": f"<p>{made.hide(f'first value, {which}')} tonnes</p>"},
        "notes": made.hide(f"notes, {which}"),
    }
    draft = drafting.start_draft(
        "biosafetyDecision", actor=author, government="KEN", now=_day(1), body=body
    )
    reasons = {name: made.hide(f"reason for {name}, {which}") for name in CONFIDENTIAL}
    links = {}
    for confidential in (True, False):
        upload = SimpleUploadedFile(
            f"{made.hide(f'name of file, {which}') if confidential else made.public}.txt",
            (made.hide(f"content of file, {which}") if confidential else made.public).encode(),
        )
        links[confidential] = drafting.attach_file(
            draft.key, upload, confidential=confidential, actor=author, now=_day(1)
        )
    changes = {
        "relevantDocuments": [{"url": links[True].address, "name": links[True].filename}],
        "documents": [{"url": links[False].address, "name": links[False].filename}],
    }
    draft = drafting.save_draft(
        draft.key, changes, actor=author, revision=0, now=_day(1), confidential=reasons
    )
    drafting.add_comment(
        draft.key, "reasons", made.hide(f"comment, {which}"), actor=focal_point, now=_day(1)
    )
    draft = _request(draft, author, made.hide(f"note to the focal point, {which}"))
    draft = drafting.return_draft(
        draft.key, actor=focal_point, reason=made.hide(f"why returned, {which}"), now=_day(2)
    )
    draft = _request(draft, author, "")
    _publish_draft(draft, focal_point, 3)
    amendment = drafting.start_amendment(draft.identifier, actor=author, now=_day(4))
    value = {"en": f"<p>{made.hide(f'second value, {which}')} tonnes</p>"}
    amendment = drafting.save_draft(
        amendment.key,
        {"relevantInformation": value, "title": {"en": f"Release of {made.public} maize, later"}},
        actor=author,
        revision=amendment.revision,
        now=_day(4),
    )
    _publish_draft(_request(amendment, author, ""), focal_point, 5)
    return str(draft.identifier)


def _request(draft: "drafting.Draft", author: User, note: str) -> "drafting.Draft":
    return drafting.request_publication(
        draft.key, actor=author, revision=draft.revision, now=_day(2), note=note
    )


def _publish_draft(draft: "drafting.Draft", actor: User, day: int) -> None:
    drafting.publish_draft(
        draft.key, actor=actor, revision=draft.revision, reason="Adopted.", now=_day(day)
    )


def _dispute(made: World, author: User, focal_point: User, identifier: str) -> None:
    """One claim is before a review, the other was upheld; every step has its reason."""
    steps = {
        "relevantInformation": ("dispute", "answer", "refuse", "review", "answer"),
        "relevantDocuments": ("accept", "dispute", "uphold"),
    }
    for part in drafting.list_confidential_parts(identifier, actor=author):
        for step in steps[part.field]:
            actor = author if step in ("answer", "review") else focal_point
            _take_step(made, part, step, actor)


def _withdraw_what_was_to_be_disclosed(made: World, focal_point: User, identifier: str) -> None:
    """An amendment is begun that may disclose, then the record goes, with one claim in dispute."""
    parts = drafting.list_confidential_parts(identifier, actor=focal_point)
    for part in parts:
        _take_step(made, part, "dispute", focal_point)
    for step in ("refuse", "disclose"):
        (part,) = (each for each in parts if each.field == "relevantInformation")
        _take_step(made, part, step, focal_point)
    begun = drafting.start_amendment(identifier, actor=focal_point, now=_day(6))
    drafting.withdraw_published(identifier, actor=focal_point, reason="Replaced.", now=_day(6))
    with pytest.raises(drafting.NotPublishableError):
        _publish_draft(begun, focal_point, 7)


def _take_step(made: World, part: "drafting.ConfidentialPart", step: str, actor: User) -> None:
    reason = made.hide(f"why {step}, {part.identifier} {part.field}, {len(made.secrets)}")
    drafting.take_claim_step(part.pk, step, actor=actor, reason=reason, now=_day(5))


def _begin_what_stays_unpublished(made: World, author: User, identifier: str) -> None:
    """An open amendment, a new draft and a discarded one, with words of their own."""
    amendment = drafting.start_amendment(identifier, actor=author, now=_day(7))
    title = {"en": f"Release, {made.hide('title of an open amendment')}"}
    drafting.save_draft(
        amendment.key, {"title": title}, actor=author, revision=amendment.revision, now=_day(7)
    )
    for what in ("open", "discarded"):
        body = {
            "header": {"languages": ["en"]},
            "title": {"en": made.hide(f"title of the draft that is {what}")},
        }
        draft = drafting.start_draft(
            "biosafetyLaw", actor=author, government="KEN", now=_day(7), body=body
        )
        upload = SimpleUploadedFile(
            f"{made.hide(f'file of the draft that is {what}')}.txt",
            made.hide(f"content of a file of the draft that is {what}").encode(),
        )
        drafting.attach_file(draft.key, upload, confidential=False, actor=author, now=_day(7))
        if what == "discarded":
            drafting.discard_draft(draft.key, actor=author, now=_day(7))


def _publish_report_and_amend(made: World, author: User, focal_point: User) -> str:
    """A public report, and an open amendment of it with all that people work with."""
    shape = load_format("nr4")
    question = next(q for q in shape.questions if q.is_text)
    body = make_empty(shape, ["en"])
    body["header"]["identifier"] = identifier = "5E5A0000-0000-4000-8000-000000000001"
    _publish(identifier, shape.schema, "KEN", body)
    draft = start_report("nr4", "KEN", actor=author, now=_day(7))
    cells = {f"{question.key}#en": made.hide("answer that is not published")}
    saved = save_cells(draft.key, cells, actor=author, revision=draft.revision, now=_day(7))
    assert saved.changes
    drafting.add_comment(
        draft.key, question.key, made.hide("comment on a question"), actor=author, now=_day(7)
    )
    upload = SimpleUploadedFile(
        f"{made.hide('name of a file of a report')}.txt",
        made.hide("content of a file of a report").encode(),
    )
    file = drafting.attach_file(draft.key, upload, confidential=False, actor=author, now=_day(7))
    linked = {f"{question.key}#en": f"{made.hide('answer with a file')} {file.address}"}
    revision = saved.draft.revision
    saved = save_cells(draft.key, linked, actor=author, revision=revision, now=_day(7))
    invite_colleague(
        saved.draft, [load_format("nr4").sections[0].key], name=made.hide("name of a colleague"),
        email=f"{made.hide('address of a colleague')}@example.org", actor=focal_point, now=_day(7),
    )  # fmt: skip
    content = {"about": _describe_report(saved.draft), "cells": {
        f"{question.key}#en": made.hide("answer in a file that came back")}}  # fmt: skip
    receive_file(
        saved.draft, f"{made.hide('name of a file that came back')}.json",
        io.BytesIO(json.dumps(content).encode()), actor=author, now=_day(7),
    )  # fmt: skip
    return identifier


def _describe_report(draft: "drafting.Draft") -> dict[str, str]:
    about = About("nr4", "KEN", draft.identifier, "en", "en", str(draft.pk), draft.revision)
    return about.as_texts()


def _send_table(made: World, author: User) -> None:
    """A table of records that nobody has accepted yet."""
    table = drafting.SentTable(
        author=author, type="database", filename=f"{made.hide('name of a table')}.csv",
        sha256="0" * 64, language="en", heads=["Title"], columns=["title.en"],
        sent_at=dt.datetime.now(dt.UTC), moved_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    drafting.keep_table(table, [("row 2", {"title.en": made.hide("cell of a table")})])
    assert work_on(table, seconds=9)


def _import_with_notes(made: World) -> None:
    """A record that came with notes: they are kept, and are nobody's business."""
    body = {**read_example("database"), "notes": made.hide("notes of an imported record")}
    _publish(body["header"]["identifier"], "database", "KEN", body)


def _name(made: World, identifier: str, report: str) -> dict[str, str]:
    version = registry.get_version(identifier)
    links = registry.get_version(identifier).body["documents"]
    hidden = drafting.Attachment.objects.get(identifier=identifier, confidential=True)
    return {
        "guid": identifier,
        "number": f"BCH-DEC-KE-{version.record.document_id}",
        "report": report,
        "public": made.public,
        "public_file": links[0]["url"],
        "secret_file": f"/files/{hidden.pk}/file.txt",
        "vocabulary": "BCH-DECISION-RESULT",
        "today": dt.datetime.now(dt.UTC).date().isoformat(),
    }
