"""National reports on the desk: filled in without scripts, taken along, brought back, published."""

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting.api import list_comments
from cartagena.apps.registry.api import get_version
from cartagena.apps.reports.api import (
    accept_invitation,
    invite_colleague,
    list_findings,
    save_cells,
    start_report,
)
from tests.apps.reports.conftest import NOW, make_person
from tests.apps.reports.test_report_work import fill_mandatory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
HOME = "/desk/reports/nr4/KEN"


@pytest.fixture
def browser(focal_point: User) -> Client:
    client = Client()
    client.force_login(focal_point)
    return client


def read_form(page: str) -> dict[str, list[str]]:
    """The fields of the questionnaire as a browser without scripts would send them."""
    form = page[page.index('id="report"') : page.index("</form>", page.index('id="report"'))]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("radio", "checkbox") and not re.search(r"\bchecked\b", tag):
            continue
        if attributes.get("name"):
            found.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found.setdefault(name, []).append(text)
    return found


def fill(browser: Client, section: str, answers: dict[str, str], do: str = "save") -> object:
    address = f"{HOME}/sections/{section}"
    form = read_form(browser.get(address).content.decode())
    form.update({name: [value] for name, value in answers.items()})
    return browser.post(address, {**form, "desk-do": do})


def test_focal_point_starts_and_fills_in_a_section(browser: Client, focal_point: User) -> None:
    assert "Start this report" in browser.get(HOME).content.decode()
    assert browser.post(HOME).status_code == 302
    answer = fill(browser, "Article2", {"Q014": "implementation.none", "Q020#en": "Soon"}, "next")
    assert answer["Location"] == f"{HOME}/sections/Article5"
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    assert draft.body["Q014"] == {"value": "implementation.none"}
    assert draft.body["Q020"] == {"en": "Soon"}
    assert "2 questions answered" in browser.get(HOME).content.decode()


def test_sending_a_section_without_changes_changes_nothing(
    browser: Client, focal_point: User
) -> None:
    browser.post(HOME)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    cells = {"Q014": "implementation.none", "Q016": "true", "Q016/true#en": "Twice"}
    draft = save_cells(draft.key, cells, actor=focal_point, revision=0, now=NOW).draft
    for section in ("Article2", "Articles7-10", "head", "Article20", "LiabilityRedress"):
        fill(browser, section, {})
    assert start_report("nr4", "KEN", actor=focal_point, now=NOW).revision == draft.revision


def test_questions_that_are_not_asked_are_hidden_until_they_are(browser: Client) -> None:
    browser.post(HOME)
    page = browser.get(f"{HOME}/sections/Article2").content.decode()
    assert re.search(r'data-question="Q019"[^>]*hidden', page)
    fill(browser, "Article2", {"Q018": "true"})
    page = browser.get(f"{HOME}/sections/Article2").content.decode()
    assert not re.search(r'data-question="Q019"[^>]*hidden', page)


def test_answer_to_a_question_that_is_switched_off_is_kept_and_said_so(browser: Client) -> None:
    browser.post(HOME)
    fill(browser, "Article2", {"Q018": "true"})
    fill(browser, "Article2", {"Q019": "1+"})
    fill(browser, "Article2", {"Q018": "false"})
    page = browser.get(f"{HOME}/sections/Article2").content.decode()
    assert re.search(r'left-over"[^>]*data-question="Q019"|data-question="Q019"', page)
    assert "is not published" in page
    assert 'name="Q019" value="1+" checked' in page


def test_two_people_in_one_section_keep_both_their_answers(
    browser: Client, focal_point: User
) -> None:
    browser.post(HOME)
    form = read_form(browser.get(f"{HOME}/sections/Article2").content.decode())
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    colleague = make_person(Role.CPB_FOCAL_POINT, "KEN")
    save_cells(draft.key, {"Q014": "implementation.none", "Q018": "false"}, actor=colleague,
               revision=0, now=NOW)  # fmt: skip
    form |= {"Q018": ["true"], "Q016": ["true"], "desk-do": ["save"]}
    answer = browser.post(f"{HOME}/sections/Article2", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else answered the same questions meanwhile" in page
    body = start_report("nr4", "KEN", actor=focal_point, now=NOW).body
    # Theirs stays where both answered; what only one of the two answered is there too.
    assert body["Q018"] == {"value": "false"}
    assert body["Q014"] == {"value": "implementation.none"}
    assert body["Q016"] == {"value": "true"}


def test_autosave_answers_with_the_revision_and_what_is_wrong(browser: Client) -> None:
    browser.post(HOME)
    form = read_form(browser.get(f"{HOME}/sections/Article2").content.decode())
    address = f"{HOME}/sections/Article2/autosave"
    told = browser.post(address, {**form, "Q018": "true"}).json()
    assert told["revision"] == 1
    assert told["problems"] == []
    told = browser.post(address, {**form, "desk-revision": "1", "Q018": "perhaps"}).json()
    assert "“perhaps” is none of the options" in told["problems"][0][1]
    assert Client().post(address, form).status_code == 401


def test_workbook_goes_out_and_comes_back(browser: Client, focal_point: User) -> None:
    browser.post(HOME)
    fill(browser, "Article2", {"Q018": "true"})
    out = browser.get(f"{HOME}/report.xlsx?language=fr")
    book = openpyxl.load_workbook(io.BytesIO(out.content))
    sheet = book["Report"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "Q023":
            sheet.cell(row, 4).value = "false"
    saved = io.BytesIO()
    book.save(saved)
    file = SimpleUploadedFile("nr4.xlsx", saved.getvalue())
    answer = browser.post(f"{HOME}/files", {"file": file})
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "1 answer would change" in page
    assert "Q023" not in start_report("nr4", "KEN", actor=focal_point, now=NOW).body
    browser.post(answer["Location"], {"take": ["Q023"], "desk-revision": "1"})
    body = start_report("nr4", "KEN", actor=focal_point, now=NOW).body
    assert body["Q023"] == {"value": "false"}


@pytest.mark.parametrize("form", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_every_file_can_be_taken_in_every_language(
    browser: Client, form: str, language: str
) -> None:
    browser.post(HOME)
    answer = browser.get(f"{HOME}/report.{form}?language={language}")
    assert answer.status_code == 200
    assert f"nr4-KEN-{language}.{form}" in answer["Content-Disposition"]


def test_wrong_file_is_answered_with_a_sentence(browser: Client) -> None:
    browser.post(HOME)
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    answer = browser.post(f"{HOME}/files", {"file": file})
    assert answer.status_code == 400
    assert "are not read" in answer.content.decode()
    assert browser.post(f"{HOME}/files", {}).status_code == 400


def test_report_is_checked_explained_and_published(browser: Client, focal_point: User) -> None:
    browser.post(HOME)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    fill_mandatory(draft.key, focal_point)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    cells = {"Q012_party": "false", "Q014": "implementation.fullInPlace", "Q169": "false"}
    save_cells(draft.key, cells, actor=focal_point, revision=draft.revision, now=NOW)
    page = browser.get(f"{HOME}/check").content.decode()
    assert "keeps the report from being published" in page
    assert "no law, regulation or guideline is published" in page
    fill(browser, "General", {"Q012_party": "true"})
    form = {"explain-laws_in_place_are_published/Q014": "It is in print."}
    assert browser.post(f"{HOME}/check", form).status_code == 302
    assert "It is in print." in browser.get(f"{HOME}/check").content.decode()
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    assert not [f for f in list_findings(draft, today=NOW.date()) if f.level == "error"]
    step = f"/desk/drafts/{draft.pk}/publish"
    assert browser.get(step).status_code == 200
    browser.post(step, {"desk-revision": draft.revision, "text": ""})
    assert get_version(draft.identifier).number == 1
    board = Client().get("/reports/nr4").content.decode()
    assert "received late" in board


def test_colleague_takes_up_an_invitation_and_changes_only_what_was_asked(browser: Client) -> None:
    browser.post(HOME)
    form = {"name": "Customs", "email": "reader.none@example.org", "section": ["Article18"]}
    page = browser.post(f"{HOME}/colleagues", form).content.decode()
    address = re.search(r"http://testserver(/desk/invitations/[\w-]+)", page)
    assert address is not None
    colleague = make_person(Role.READER, None)
    guest = Client()
    guest.force_login(colleague)
    assert "asks you to fill in" in guest.get(address[1]).content.decode()
    assert guest.post(address[1])["Location"] == HOME
    fill(guest, "Article18", {"Q102": "true"})
    assert "to read" in guest.get(HOME).content.decode()
    form_of_other = read_form(guest.get(f"{HOME}/sections/Article2").content.decode())
    refused = guest.post(f"{HOME}/sections/Article2", {**form_of_other, "Q018": "true"})
    assert refused.status_code == 403
    guest.post(f"{HOME}/done")
    assert "ready" in browser.get(f"{HOME}/colleagues").content.decode()


def test_people_comment_on_a_question_and_mark_it_as_dealt_with(
    browser: Client, focal_point: User
) -> None:
    browser.post(HOME)
    said = {"desk-comment--Q018": "Is the post filled?", "Q014": "implementation.none"}
    fill(browser, "Article2", said, "comment:Q018")
    page = browser.get(f"{HOME}/sections/Article2").content.decode()
    assert "Is the post filled?" in page
    # What was answered beside it is saved too.
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    assert draft.body["Q014"] == {"value": "implementation.none"}
    [comment] = list_comments(draft)
    assert comment.field == "Q018"
    colleague = Client()
    colleague.force_login(make_person(Role.CPB_FOCAL_POINT, "KEN"))
    answer = colleague.post(f"{HOME}/sections/Article2", {"desk-resolve": str(comment.pk)})
    assert answer["Location"] == f"{HOME}/sections/Article2#q-Q018"
    assert "dealt with" in browser.get(f"{HOME}/sections/Article2").content.decode()
    assert start_report("nr4", "KEN", actor=focal_point, now=NOW).revision == draft.revision


def test_who_was_asked_for_another_section_comments_without_changing_it(
    browser: Client, focal_point: User
) -> None:
    browser.post(HOME)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    guest = make_person(Role.READER, None)
    _invitation, secret = invite_colleague(
        draft, ["Article18"], email=guest.email, name="C", actor=focal_point, now=NOW
    )
    accept_invitation(secret, actor=guest, now=NOW)
    client = Client()
    client.force_login(guest)
    sent = {"desk-comment--Q018": "We pay one post.", "Q018": "true", "desk-do": "comment:Q018"}
    assert client.post(f"{HOME}/sections/Article2", sent).status_code == 302
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    assert [c.text for c in list_comments(draft)] == ["We pay one post."]
    assert "Q018" not in draft.body


def test_file_that_an_answer_names_is_published_with_the_report(
    browser: Client, focal_point: User, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = tmp_path
    browser.post(HOME)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    sent = SimpleUploadedFile("the law.txt", b"Article 1")
    assert browser.post(f"/desk/drafts/{draft.pk}/files", {"file": sent}).status_code == 302
    listed = browser.get(f"/desk/drafts/{draft.pk}/files").content.decode()
    address = re.search(r"/files/[0-9a-f-]{36}/[^<]*", listed)
    assert address is not None
    assert Client().get(address[0]).status_code == 404
    fill_mandatory(draft.key, focal_point)
    fill(browser, "General", {"Q012_party": "true"})
    fill(browser, "LiabilityRedress", {"Q169": "false"})
    fill(browser, "Article2", {"Q020#en": f"See {address[0]} and https://example.org/a."})
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    step = f"/desk/drafts/{draft.pk}/publish"
    assert browser.post(step, {"desk-revision": draft.revision, "text": ""}).status_code == 302
    page = Client().get("/parties/KEN/reports/nr4?view=all").content.decode()
    assert f'<a href="{address[0]}" rel="nofollow noopener">' in page
    assert '<a href="https://example.org/a" rel="nofollow noopener">' in page
    assert b"".join(Client().get(address[0]).streaming_content) == b"Article 1"


def test_report_of_another_party_is_not_to_be_seen(browser: Client) -> None:
    browser.post(HOME)
    foreign = Client()
    foreign.force_login(make_person(Role.BCH_FOCAL_POINT, "NOR"))
    for page in ("sections/Article2", "check", "files", "colleagues", "report.xlsx"):
        assert foreign.get(f"{HOME}/{page}").status_code == 404
    assert "No report is being prepared" in foreign.get(HOME).content.decode()
    assert Client().get(HOME).status_code == 302


@pytest.mark.parametrize("path", ["nr9/KEN", "nr4/XXX", "nr4/ken", "nr4/KEN/sections/Article99"])
def test_report_that_does_not_exist_is_not_found(browser: Client, path: str) -> None:
    browser.post(HOME)
    assert browser.get(f"/desk/reports/{path}").status_code == 404


def test_section_page_asks_few_queries(
    browser: Client, django_assert_max_num_queries: object
) -> None:
    browser.post(HOME)
    browser.get(f"{HOME}/sections/Article20")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        browser.get(f"{HOME}/sections/Article20")
