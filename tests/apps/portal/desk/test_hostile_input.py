"""Input that no form of ours would send: it is refused or kept, and never acted upon."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.forms.record_form import read_changes
from cartagena.engine.record_format import load_record_format, read_example
from tests.apps.portal.desk.browser import find_form, send
from tests.apps.portal.desk.conftest import browse
from tests.record_bodies import TYPES_WITH_FIELDS

SAVE = ("desk-do", "save")


@pytest.fixture
def draft(author: User) -> drafting.Draft:
    return drafting.start_draft(
        "biosafetyDecision",
        actor=author,
        government="KEN",
        now=dt.datetime.now(dt.UTC),
        body=read_example("biosafetyDecision"),
    )


def type_in(user: User, draft: drafting.Draft, change: Mapping[str, Any]) -> tuple[Any, Any]:
    client = browse(user)
    address = f"/desk/drafts/{draft.pk}"
    form = find_form(client.get(address), name="draft")
    answer = send(client, address, form, dict(change), SAVE)
    return answer, drafting.get_draft(draft.pk, actor=user).body


def test_scripts_in_a_text_are_kept_but_never_shown(draft: drafting.Draft, author: User) -> None:
    nasty = '<p onclick="alert(1)">Fine<script>alert(2)</script><a href="javascript:x()">y</a></p>'

    _answer, body = type_in(
        author, draft, {"conditions--en": nasty, "conditions--en--as": "html", "title--en": nasty}
    )

    assert body["conditions"]["en"] == nasty
    for page in ("", "/review", "/history", "/check"):
        shown = browse(author).get(f"/desk/drafts/{draft.pk}{page}").content.decode()
        assert "<script>alert" not in shown
        assert "<p onclick" not in shown
        assert 'href="javascript' not in shown


def test_links_that_act_are_shown_as_text(draft: drafting.Draft, author: User) -> None:
    type_in(author, draft, {"documents--0--url": "javascript:alert(1)"})

    shown = browse(author).get(f"/desk/drafts/{draft.pk}/review").content.decode()

    assert 'href="javascript' not in shown
    assert "javascript:alert(1)" in shown


def test_government_and_identifier_are_not_changed_by_a_form(
    draft: drafting.Draft, author: User
) -> None:
    before = read_example("biosafetyDecision")["header"]["schema"]

    _answer, body = type_in(
        author,
        draft,
        {
            "government": "no",
            "government--code": "no",
            "header.identifier": "STOLEN",
            "desk-shown": ["government", "header.identifier", "header", "title", "__proto__"],
            "header": '{"schema": "x"}',
        },
    )

    assert body["government"] == {"identifier": "ke"}
    assert body["header"]["schema"] == before
    assert body["header"]["identifier"] == draft.identifier


def test_wrong_day_stays_as_typed_and_is_told(draft: drafting.Draft, author: User) -> None:
    _answer, body = type_in(author, draft, {"date": "next Tuesday", "extensionPeriod": "many"})

    page = browse(author).get(f"/desk/drafts/{draft.pk}").content.decode()

    assert body["date"] == "next Tuesday"
    assert body["extensionPeriod"] == "many"
    assert 'value="next Tuesday"' in page
    assert "is no day" in page


def test_text_that_is_too_long_is_refused_and_the_draft_stays(
    draft: drafting.Draft, author: User
) -> None:
    answer, body = type_in(author, draft, {"title--en": "x" * 5_100_000})

    assert answer.status_code == 400
    assert body["title"]["en"] == "Release of maize that resists moths"


def test_revision_that_never_was_is_refused(draft: drafting.Draft, author: User) -> None:
    for revision in ("99", "-1", "x", "9" * 40):
        answer, body = type_in(author, draft, {"desk-revision": revision, "date": "2024-01-01"})

        assert answer.status_code == 400
        assert body["date"] == "2024-06-03"


NAMES = st.sampled_from(
    ["title", "title--en", "title--en--as", "date", "documents--0", "documents--0--url",
     "documents--99999999", "documents--0--json", "decisionTypes", "decisionTypes--code--0",
     "decisionTypes--custom--x--en", "geneConstructs--0--0--size", "languageRating--0--identifier",
     "currentEmployment--name--en", "desk-shown", "desk-remove", "desk-drop", "header.languages",
     "biosafety.subjects", "isAmendment", "--", "a--b--c--d--e--f--g--h--i", ""]
)  # fmt: skip


@given(
    record_type=st.sampled_from(TYPES_WITH_FIELDS),
    pairs=st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_reader_takes_anything_without_failing(
    record_type: str, pairs: list[tuple[str, str]]
) -> None:
    shape = load_record_format(record_type)
    shown = [("desk-shown", field.id) for field in shape.fields]

    changes = read_changes(shape, read_example(record_type), [*shown, *pairs])

    known = {*shape.by_id, "header.languages", "notes"}
    assert set(changes) <= known


@pytest.mark.parametrize("wish", ["add:../../x", "add:", "comment:nothing", "<script>", "save:x y"])
def test_odd_buttons_only_save(wish: str, draft: drafting.Draft, author: User) -> None:
    client = browse(author)
    address = f"/desk/drafts/{draft.pk}"
    form = find_form(client.get(address), name="draft")

    answer = send(client, address, form, press=("desk-do", wish))

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{address}")


def test_nul_in_an_address_or_a_comment_never_fails(draft: drafting.Draft, author: User) -> None:
    assert browse(author).get("/desk/records/%00").status_code == 404

    client = browse(author)
    address = f"/desk/drafts/{draft.pk}"
    form = find_form(client.get(address), name="draft")
    send(client, address, form, {"desk-comment--title": "a\0b"}, ("desk-do", "comment:title"))

    assert [comment.text for comment in drafting.list_comments(draft)] == ["ab"]
