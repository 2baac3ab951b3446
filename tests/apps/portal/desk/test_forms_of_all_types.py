"""Every record type has a form that renders, saves nothing untouched and saves what is typed."""

import datetime as dt
from collections.abc import Callable

import pytest

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.registry.api import may
from cartagena.engine.record_format import load_record_format, read_example
from tests.apps.portal.desk.browser import find_form, send
from tests.apps.portal.desk.conftest import browse
from tests.record_bodies import TYPES_WITH_FIELDS


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_form_of_a_type_renders_saves_and_comes_back(
    record_type: str, make_user: Callable[..., User]
) -> None:
    shape = load_record_format(record_type)
    people = [make_user(Role.BCH_FOCAL_POINT), make_user(Role.SECRETARIAT, None)]
    government = "KEN" if shape.kind == "national" else None
    user = next(p for p in people if may(p, "draft", record_type, government))
    example = read_example(record_type)
    draft = drafting.start_draft(
        record_type, actor=user, government=government, now=dt.datetime.now(dt.UTC), body=example
    )
    client = browse(user)
    address = f"/desk/drafts/{draft.pk}"

    page = client.get(address)
    form = find_form(page, name="draft")
    untouched = send(client, address, form, press=("desk-do", "save"))
    draft.refresh_from_db()

    assert page.status_code == 200
    assert (untouched.status_code, draft.revision) == (302, 0)
    assert {**draft.body, "header": 0} == {**example, "header": 0}

    emptied: dict[str, list[str]] = {
        name: [] for name in form.values
        if not name.startswith(("desk-", "csrf", "header.")) and not name.endswith("--as")
    }  # fmt: skip
    send(client, address, form, emptied, press=("desk-do", "save"))
    draft.refresh_from_db()
    assert set(draft.body) <= {"header", "government"}

    send(
        client, address, find_form(page, name="draft"), {"desk-revision": "1"}, ("desk-do", "save")
    )
    draft.refresh_from_db()
    assert {**draft.body, "header": 0} == {**example, "header": 0}
