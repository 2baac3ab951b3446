"""Tampering with drafts and their log is found, and where."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
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
