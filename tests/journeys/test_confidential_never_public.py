"""What is confidential or not published can be found on no public path, whichever one tries.

Records with confidential fields, files, notes, comments and reasons are drafted, returned,
published, amended, disputed, reviewed and withdrawn as in real life; a report has comments on its
questions, files and colleagues, a table waits to be carried out. Each secret is a word that stands
nowhere else; then everything that a visitor can reach is read and searched for these words.
"""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.http.response import HttpResponseBase
from django.test import Client

from cartagena.apps.exchange.api import export_records
from cartagena.apps.portal import page_cache
from cartagena.apps.registry import api as registry
from tests.journeys.confidential_world import World, make_word, make_world
from tests.journeys.public_paths import (
    crawl,
    list_addresses,
    list_routes,
    list_unknown_routes,
    read_answer,
    read_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()
    return make_world(tmp_path)


def test_every_public_route_is_searched_for_secrets() -> None:
    assert list_unknown_routes() == [], (
        "These routes are new. If a visitor can open them, add addresses of each to ADDRESSES in "
        "tests/journeys/public_paths.py, so that they are searched for confidential content; if "
        "only people who signed in can, put them under a prefix in CLOSED."
    )
    assert len(list_routes()) > 100


def test_no_secret_stands_behind_any_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    found: list[str] = []
    public: set[str] = set()

    def look(address: str, answer: HttpResponseBase, text: str) -> None:
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        found.extend(f"{what}: {address}" for what in world.find(text))
        if world.public in text and world.public not in address:
            public.add(re.sub(r"[0-9A-F-]{36}|BCH-[\w-]+|\?.*", "#", address))

    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.INFO):
        addresses = list_addresses(world.records)
        for address in addresses:
            answer = client.get(address)
            look(address, answer, read_answer(answer))
        ours = [name[key] for name in world.records for key in ("guid", "number")]
        met = crawl(client, ["/"], ours, look)
    assert found == []
    assert world.find(caplog.text) == []
    # What is public is found the same way: so a secret would have been.
    assert {
        "/records/#", "/records/#.json", "/records/#.jsonld", "/records/#/history",
        "/records/#/changes", "/search", "/search.atom", "/new", "/new.atom",
        "/parties/KEN/records", "/downloads/search.csv", "/downloads/search.xlsx",
        "/downloads/records/biosafetyDecision.jsonl.gz", "/downloads/records/all.zip",
        "/downloads/facts.zip", "/api/v1/records#", "/api/v1/records/#", "/api/v2013/index/select#",
        "/api/v2013/documents/#",
    } - public == set()  # fmt: skip
    assert met["portal:record"] >= 2
    assert len(met) > 30


def test_confidential_file_is_answered_like_a_missing_one(world: World) -> None:
    for record in world.records:
        missing = "/files/00000000-0000-4000-8000-000000000000/file.txt"
        answers = [Client().get(path) for path in (record["secret_file"], missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        pages = [
            answer.content.decode().replace(path, "")
            for answer, path in zip(answers, (record["secret_file"], missing), strict=True)
        ]
        assert pages[0] == pages[1]


SEARCHES = (
    "/search?q={}", "/search.atom?q={}", "/search/suggest?q={}", "/api/v1/search?q={}",
    "/api/v2013/index/select?q={}&fl=*", "/api/v2013/index/select?q=text_EN_txt:{}&fl=*",
    "/downloads/search.csv?q={}", "/downloads/search.json?q={}", "/fr/search?q={}",
)  # fmt: skip


def test_search_for_a_secret_answers_as_for_a_word_that_nobody_wrote(world: World) -> None:
    client = Client()
    other = make_word()
    for template in SEARCHES:
        assert world.public not in _ask(client, template, other)
        for what, word in world.secrets.items():
            for asked, instead in ((word, other), (word[:7], other[:7])):
                assert _ask(client, template, asked) == _ask(client, template, instead), (
                    f"{template} tells something of {what}"
                )
    assert all(
        registry_number in _ask(client, "/search?q={}", world.public)
        for registry_number in (world.records[0]["number"],)
    )


def _ask(client: Client, template: str, word: str) -> str:
    """What is answered, without the word itself and without what changes from call to call."""
    content = read_answer(client.get(template.format(word)))
    body = content.split("\n\n", 1)[1].replace(word, "WORD")
    return re.sub(
        r'csrfmiddlewaretoken" value="\w+"|"QTime": ?\d+|<updated>[^<]+|"took": ?[\d.]+', "", body
    )


def test_no_secret_lies_in_files_that_are_derived_or_exported(world: World) -> None:
    client = Client()
    for address in ("/downloads/records/all.zip", "/downloads/facts.zip", "/downloads/search.xlsx",
                    "/search?q=maize"):  # fmt: skip
        read_answer(client.get(address))
    export_records(world.folder / "export.jsonl", all_versions=True)
    kept_apart = {world.folder / "files"}
    files = [
        path
        for path in world.folder.rglob("*")
        if path.is_file() and not kept_apart & set(path.parents)
    ]

    found = [
        f"{what}: {path.relative_to(world.folder)}"
        for path in files
        for text in (path.name, *read_bytes(path.read_bytes()))
        for what in world.find(text)
    ]

    assert found == []
    folders = {path.relative_to(world.folder).parts[0] for path in files}
    assert {"search", "cache", "export.jsonl"} <= folders
    assert world.public in (world.folder / "export.jsonl").read_text("utf-8")


def test_no_secret_stands_in_the_log_of_what_is_published(world: World) -> None:
    told = [
        json.dumps([entry.statement, entry.reason, entry.version and entry.version.title])
        for entry in registry.list_log()
    ]
    assert world.find("\n".join(told)) == []


def test_messages_hold_nothing_that_is_confidential(world: World) -> None:
    people = {what for what in world.secrets if what.startswith(("name of the", "address of the"))}
    # What a draft is called is told to those who work on it, unless that is confidential.
    told = {
        what for message in mail.outbox for what in world.find(f"{message.subject}\n{message.body}")
    }
    assert len(mail.outbox) > 5
    assert told - people == set()
