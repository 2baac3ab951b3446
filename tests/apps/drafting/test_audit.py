"""Tampering with drafts and their log is found, and where."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.attachments import get_path
from cartagena.cli import audit
from tests.apps.drafting.make import NOW, make_person, publish, save, start
from tests.apps.registry.test_audit import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _drafts() -> None:
    author = make_person(Role.AUTHORISED_USER)
    draft = save(start(author), author, notes="x")
    api.request_publication(draft.key, actor=author, revision=1, now=NOW)
    publish(draft, make_person())
    save(start(author), author, notes="open")


def test_untouched_drafts_are_intact() -> None:
    found = api.verify_drafts()

    assert found.findings == ()
    assert (found.entries, found.drafts) == (4, 2)


@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        (
            "UPDATE drafting_draftevent SET reason = 'y' WHERE position = 3",
            "entry 3",
            "was changed",
        ),
        (
            "UPDATE drafting_draftevent SET actor_id = 9 WHERE position = 2",
            "entry 2",
            "was changed",
        ),
        (
            "UPDATE drafting_draftevent SET statement = replace(statement, 'request', 'recall')"
            " WHERE position = 2",
            "entry 2",
            "hash does not match",
        ),
        (
            "UPDATE drafting_draftevent SET previous_hash = repeat('1', 64) WHERE position = 2",
            "entry 2",
            "does not follow",
        ),
        ("DELETE FROM drafting_draftevent WHERE position = 2", "entry 3", "2 to 2 are missing"),
        (
            "UPDATE drafting_draft SET state = 'draft' WHERE state = 'published'",
            "draft ",
            "its state is not",
        ),
        (
            """UPDATE drafting_draft SET body = jsonb_set(body, '{title,en}', '"y"')
               WHERE state = 'published'""",
            "draft ",
            "do not lead to",
        ),
        (
            """UPDATE drafting_draftsave SET changes = '{"title": ["y", "z"]}'""",
            "draft ",
            "do not lead to",
        ),
    ],
)
def test_tampering_is_found_and_located(sql: str, place: str, what: str) -> None:
    tamper(sql)

    findings = api.verify_drafts().findings

    assert any(place in f.place and what in f.what for f in findings), findings


@pytest.fixture
def attached(settings: Any, tmp_path: Path) -> api.Attachment:
    """A confidential file in the open draft."""
    settings.DATA_FOLDER = tmp_path
    person = make_person(Role.AUTHORISED_USER)
    draft = start(person)
    return api.attach_file(
        draft.key, SimpleUploadedFile("notes.txt", b"kept words"), confidential=True,
        actor=person, now=NOW,
    )  # fmt: skip


def test_untouched_files_are_intact(attached: api.Attachment) -> None:
    found = api.verify_drafts()

    assert found.findings == ()
    assert found.files == 1


def test_changed_bytes_of_a_file_are_found_on_the_disk(attached: api.Attachment) -> None:
    path = get_path(attached.sha256)
    path.chmod(0o600)
    path.write_bytes(b"kept wordz")

    (found,) = api.verify_drafts().findings

    assert found.place == f"file {attached.pk}, notes.txt"
    assert found.what == f"its bytes were changed: {path}"


def test_missing_bytes_of_a_file_are_found(attached: api.Attachment) -> None:
    get_path(attached.sha256).unlink()

    (found,) = api.verify_drafts().findings

    assert "bytes are missing" in found.what


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE drafting_attachment SET confidential = false", "whom it is for"),
        ("UPDATE drafting_attachment SET sha256 = repeat('a', 64)", "its hash"),
        ("DELETE FROM drafting_attachment", "is gone"),
        ("UPDATE drafting_attachment SET key = gen_random_uuid()", "not in the log"),
    ],
)
def test_row_of_a_file_that_was_changed_is_found(
    attached: api.Attachment, sql: str, what: str
) -> None:
    tamper(sql)

    assert [f for f in api.verify_drafts().findings if what in f.what]


def test_exchanged_entries_are_found_at_both_places() -> None:
    tamper(
        "UPDATE drafting_draftevent SET position = -position WHERE position IN (2, 3);"
        "UPDATE drafting_draftevent SET position = 5 + position WHERE position < 0"
    )

    places = {f.place for f in api.verify_drafts().findings}

    assert {"draft log entry 2", "draft log entry 3"} <= places


def test_log_of_drafts_that_was_cut_off_does_not_fit_the_drafts() -> None:
    tamper("DELETE FROM drafting_draftevent WHERE position = 4")

    assert [f for f in api.verify_drafts().findings if f.what == "it is not in the log"]


def test_changed_entry_with_a_new_hash_breaks_the_next_one() -> None:
    tamper(
        "UPDATE drafting_draftevent SET statement = statement || ' ', hash = encode(sha256("
        "convert_to(previous_hash || E'\\n' || statement || ' ', 'UTF8')), 'hex')"
        " WHERE position = 2"
    )

    assert any("entry 3" in f.place for f in api.verify_drafts().findings)


def test_command_tells_of_drafts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def with_test_database(_data_folder: Path | None = None) -> Iterator[None]:
        yield

    monkeypatch.setattr(audit, "with_django", with_test_database)
    tamper("UPDATE drafting_draftevent SET reason = 'y' WHERE position = 3")

    result = CliRunner().invoke(audit.audit, ["verify", "--json"])

    told = json.loads(result.output)
    assert not told["intact"]
    assert told["draft_entries"] == 4
    assert told["findings"][0]["place"] == "draft log entry 3"


def test_files_of_before_the_log_told_of_them_are_entered_by_the_migration(
    attached: api.Attachment,
) -> None:
    tamper("DELETE FROM drafting_draftevent WHERE action = 'attach'")
    assert [f for f in api.verify_drafts().findings if f.what == "it is not in the log"]

    migration = import_module("cartagena.apps.drafting.migrations.0005_files_stand_in_the_log")
    for _again in range(2):
        migration.enter_files(apps, None)

    assert api.verify_drafts().findings == ()
