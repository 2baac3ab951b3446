"""Two people in one section, and a form that was open too long: nobody's answer is lost unseen."""

import pytest
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.reports.api import save_cells, start_report
from tests.apps.portal.reporting.test_report_pages import HOME, browser, read_form  # noqa: F401
from tests.apps.reports.conftest import NOW, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
SECTION = f"{HOME}/sections/Article2"
AUTOSAVE = f"{SECTION}/autosave"


@pytest.fixture
def form(browser: Client) -> dict[str, list[str]]:  # noqa: F811 - the fixture
    """What the page of a section would send, when nobody has answered anything."""
    browser.post(HOME)
    return read_form(browser.get(SECTION).content.decode())


def find_body(person: User) -> dict[str, object]:
    return start_report("nr4", "KEN", actor=person, now=NOW).body


def answer_meanwhile(focal_point: User, cells: dict[str, str]) -> User:
    colleague = make_person(Role.CPB_FOCAL_POINT, "KEN")
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    save_cells(draft.key, cells, actor=colleague, revision=draft.revision, now=NOW)
    return colleague


def test_page_is_told_what_others_answered_before_it_goes_on_from_their_revision(
    browser: Client,  # noqa: F811 - the fixture
    focal_point: User,
    form: dict[str, list[str]],
) -> None:
    answer_meanwhile(focal_point, {"Q018": "true", "Q020#en": "Theirs"})
    told = browser.post(AUTOSAVE, {**form, "Q014": "implementation.none"}).json()
    assert told["theirs"] == {"Q018": "true", "Q020#en": "Theirs"}
    # A page that shows it goes on: nothing is taken away.
    form |= {"Q014": ["implementation.none"], "Q018": ["true"], "Q020#en": ["Theirs"]}
    form |= {"desk-revision": [str(told["revision"])], "Q016": ["true"]}
    assert browser.post(AUTOSAVE, form).json()["theirs"] == {}
    body = find_body(focal_point)
    assert (body["Q014"], body["Q018"]) == ({"value": "implementation.none"}, {"value": "true"})
    assert body["Q016"] == {"value": "true"}


def test_look_at_a_section_is_a_sign_of_life_and_changes_nothing(
    browser: Client,  # noqa: F811 - the fixture
    focal_point: User,
    form: dict[str, list[str]],
) -> None:
    colleague = answer_meanwhile(focal_point, {"Q018": "true"})
    other = Client()
    other.force_login(colleague)
    told = other.get(AUTOSAVE, {"desk-revision": "0"}).json()
    assert told["theirs"] == {"Q018": "true"}
    told = browser.get(AUTOSAVE, {"desk-revision": "1"}).json()
    assert told == {"revision": 1, "theirs": {}, "present": [colleague.name]}


def test_text_in_a_language_that_the_form_did_not_have_stays(
    browser: Client,  # noqa: F811 - the fixture
    focal_point: User,
    form: dict[str, list[str]],
) -> None:
    answer_meanwhile(focal_point, {"Q020#fr": "En français"})
    sent = {**form, "Q018": "true", "desk-revision": "1"}
    assert browser.post(AUTOSAVE, sent).status_code == 200
    assert find_body(focal_point)["Q020"] == {"fr": "En français"}


def test_form_that_was_sent_after_the_session_had_ended_is_shown_and_can_be_sent_again(
    form: dict[str, list[str]], focal_point: User
) -> None:
    visitor = Client(enforce_csrf_checks=True)
    refused = visitor.post(SECTION, {**form, "Q020#en": "An hour of work"})
    assert refused.status_code in (401, 403)
    signed_out = Client().post(SECTION, {**form, "Q020#en": "An hour of work"})
    assert signed_out.status_code == 401
    assert "An hour of work" in signed_out.content.decode()
    # Signed in again in another tab, the form bears the token of before.
    visitor.force_login(focal_point)
    again = visitor.post(
        SECTION, {**form, "Q020#en": "An hour of work"}, headers={"Origin": "http://testserver"}
    )
    assert again.status_code == 403
    page = again.content.decode()
    assert "An hour of work" in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = {**form, "Q020#en": "An hour of work", "csrfmiddlewaretoken": token}
    assert visitor.post(SECTION, sent).status_code == 302
    assert find_body(focal_point)["Q020"] == {"en": "An hour of work"}


def test_form_sent_twice_is_saved_once(
    browser: Client,  # noqa: F811 - the fixture
    focal_point: User,
    form: dict[str, list[str]],
) -> None:
    for _twice in range(2):
        assert browser.post(SECTION, {**form, "Q018": "true"}).status_code == 302
    assert start_report("nr4", "KEN", actor=focal_point, now=NOW).revision == 1


def test_copy_of_a_form_that_arrived_is_not_offered_again(
    browser: Client,  # noqa: F811 - the fixture
    form: dict[str, list[str]],
) -> None:
    [name] = form["desk-form"]
    assert f'data-received="{name}"' not in browser.get(SECTION).content.decode()
    browser.post(SECTION, {**form, "Q018": "true", "desk-do": "next"})
    assert f'data-received="{name}"' in browser.get(SECTION).content.decode()
