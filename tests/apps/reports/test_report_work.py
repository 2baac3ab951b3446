"""Work on a national report: cells, colleagues, explanations, publication, the board."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting.api import (
    EditConflictError,
    NotPublishableError,
    discard_draft,
    publish_draft,
    request_publication,
    restore_save,
    save_draft,
)
from cartagena.apps.monitoring.api import current_facts
from cartagena.apps.registry.api import get_version
from cartagena.apps.reports.api import (
    EXPLANATIONS,
    InvitationError,
    NotExplainableError,
    accept_invitation,
    explain_finding,
    invite_colleague,
    list_explained,
    list_explanations,
    list_findings,
    list_standings,
    save_cells,
    send_reminders,
    start_report,
)
from cartagena.apps.reports.models import ReminderSent
from cartagena.engine.answers import NOT_ANSWERED
from cartagena.engine.questionnaire import load_format
from cartagena.engine.report_rules import Finding, load_report_rules
from tests.apps.reports.conftest import NOW, make_person

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def fill_mandatory(draft_key: object, actor: User, cycle: str = "nr4") -> None:
    """Answer every mandatory question with its last option, until nothing more is asked."""
    draft = start_report(cycle, "KEN", actor=actor, now=NOW)
    for _round in range(8):
        found = list_findings(draft, today=TODAY)
        missing = [f.questions[0] for f in found if f.what == NOT_ANSWERED]
        if not missing:
            return
        cells = {}
        for key in missing:
            question = load_format(cycle).question(key)
            if question.is_text:
                cells[f"{key}#en"] = "Said in words."
            elif question.multiple:
                cells[f"{key}/{question.options[-1].code}"] = "x"
            else:
                cells[key] = question.options[-1].code
        saved = save_cells(draft.key, cells, actor=actor, revision=draft.revision, now=NOW)
        draft = saved.draft


def test_report_is_one_draft_for_all_who_work_on_it(focal_point: User) -> None:
    colleague = make_person(Role.CPB_FOCAL_POINT, "KEN")
    mine = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    theirs = start_report("nr4", "KEN", actor=colleague, now=NOW)
    assert mine.key == theirs.key
    with pytest.raises(PermissionDenied):
        start_report("nr4", "KEN", actor=make_person(Role.BCH_FOCAL_POINT, "NOR"), now=NOW)


def test_two_people_fill_in_different_questions_without_losing_any(focal_point: User) -> None:
    colleague = make_person(Role.CPB_FOCAL_POINT, "KEN")
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    save_cells(draft.key, {"Q014": "implementation.none"}, actor=focal_point, revision=0, now=NOW)
    saved = save_cells(draft.key, {"Q018": "Yes"}, actor=colleague, revision=0, now=NOW)
    assert saved.draft.body["Q014"] == {"value": "implementation.none"}
    assert saved.draft.body["Q018"] == {"value": "true"}
    with pytest.raises(EditConflictError) as conflict:
        save_cells(draft.key, {"Q014": "implementation.fullInPlace"}, actor=colleague, revision=0,
                   now=NOW)  # fmt: skip
    assert set(conflict.value.fields) == {"Q014"}


def test_what_cannot_be_read_is_told_and_the_rest_is_saved(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    saved = save_cells(draft.key, {"Q014": "N/A", "Q018": "no"}, actor=focal_point, revision=0,
                       now=NOW)  # fmt: skip
    assert [problem.place for problem in saved.problems] == ["Q014"]
    assert saved.draft.body["Q018"] == {"value": "false"}


def test_colleague_changes_the_sections_of_the_invitation_alone(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    reader = make_person(Role.READER, None, "customs")
    _invitation, secret = invite_colleague(
        draft, ["Article18"], email=reader.email, name="Customs", actor=focal_point, now=NOW
    )
    opened = accept_invitation(secret, actor=reader, now=NOW)
    assert (reader.role, reader.party) == (Role.AUTHORISED_USER, "KEN")
    save_cells(opened.key, {"Q102": "true"}, actor=reader, revision=0, now=NOW)
    with pytest.raises(PermissionDenied):
        save_cells(opened.key, {"Q014": "implementation.none"}, actor=reader, revision=1, now=NOW)


def test_colleague_reaches_no_other_section_in_a_roundabout_way(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    save_cells(draft.key, {"Q014": "implementation.none"}, actor=focal_point, revision=0, now=NOW)
    reader = make_person(Role.READER, None, "customs")
    _invitation, secret = invite_colleague(
        draft, ["Article18"], email=reader.email, name="Customs", actor=focal_point, now=NOW
    )
    accept_invitation(secret, actor=reader, now=NOW)
    with pytest.raises(PermissionDenied):
        restore_save(draft.key, 0, actor=reader, now=NOW)
    with pytest.raises(PermissionDenied):
        save_draft(draft.key, {"Q020": {"en": "x"}}, actor=reader, revision=1, now=NOW)
    with pytest.raises(PermissionDenied):
        save_cells(draft.key, {}, actor=reader, revision=1, now=NOW, languages=["fr"])
    for step in (request_publication, discard_draft):
        given = {"revision": 1} if step is request_publication else {}
        with pytest.raises(PermissionDenied):
            step(draft.key, actor=reader, now=NOW, **given)
    browser = Client()
    browser.force_login(reader)
    address = f"/desk/drafts/{draft.key}/history"
    assert browser.post(address, {"desk-restore": "0"}).status_code == 403
    body = start_report("nr4", "KEN", actor=focal_point, now=NOW).body
    assert body["Q014"] == {"value": "implementation.none"}
    assert body["header"]["languages"] == ["en"]
    # The own section is open in every way.
    save_draft(draft.key, {"Q102": {"value": "true"}}, actor=reader, revision=1, now=NOW)


@pytest.mark.parametrize("lost", ["role", "party", "account", "report"])
def test_invitation_gives_no_right_that_who_invited_has_no_more(
    focal_point: User, lost: str
) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    # The outgoing focal point asks a second address of the same person.
    reader = make_person(Role.READER, None, "customs")
    _invitation, secret = invite_colleague(
        draft, ["Article18"], email=reader.email, name="Customs", actor=focal_point, now=NOW
    )
    changes = {"role": {"role": Role.READER, "party": None}, "party": {"party": "NOR"},
               "account": {"is_active": False}}  # fmt: skip
    if lost == "report":
        discard_draft(draft.key, actor=focal_point, now=NOW)
    else:
        User.objects.filter(pk=focal_point.pk).update(**changes[lost])
    with pytest.raises(InvitationError, match="not valid any more"):
        accept_invitation(secret, actor=reader, now=NOW)
    reader.refresh_from_db()
    assert (reader.role, reader.party) == (Role.READER, None)


def test_number_of_a_comment_in_other_digits_is_no_number(focal_point: User) -> None:
    start_report("nr4", "KEN", actor=focal_point, now=NOW)
    browser = Client()
    browser.force_login(focal_point)
    address = "/desk/reports/nr4/KEN/sections/Article18"
    assert browser.post(address, {"desk-resolve": "²"}).status_code < 500


def test_invitation_is_for_one_person_and_ends(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    _invitation, secret = invite_colleague(
        draft, ["Article18"], email="customs@example.org", name="C", actor=focal_point, now=NOW
    )
    for person in (make_person(Role.READER, None, "other"), make_person(Role.SECRETARIAT, None)):
        with pytest.raises(InvitationError):
            accept_invitation(secret, actor=person, now=NOW)
    late = NOW + dt.timedelta(days=61)
    with pytest.raises(InvitationError, match="not valid any more"):
        accept_invitation(secret, actor=focal_point, now=late)


@pytest.mark.usefixtures("shipped")
def test_contradiction_is_explained_and_the_explanation_travels(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    fill_mandatory(draft.key, focal_point)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    cells = {"Q014": "implementation.fullInPlace", "Q012_party": "false", "Q169": "false"}
    draft = save_cells(draft.key, cells, actor=focal_point, revision=draft.revision, now=NOW).draft
    findings = {f.rule: f for f in list_findings(draft, today=TODAY)}
    # Kenya is a Party, so the depositary contradicts; and no law is published.
    status, law = findings["party_to_the_protocol_says_so"], findings["laws_in_place_are_published"]
    assert (status.level, law.level) == ("error", "warning")
    with pytest.raises(NotPublishableError) as refused:
        publish_draft(draft.key, actor=focal_point, revision=draft.revision, reason="", now=NOW)
    assert [p.place for p in refused.value.problems if p.severity == "error"] == ["Q012_party"]
    # One is repaired, the other explained.
    draft = save_cells(draft.key, {"Q012_party": "true"}, actor=focal_point,
                       revision=draft.revision, now=NOW).draft  # fmt: skip
    explain_finding(draft, law, "The law is in print.", actor=focal_point, now=NOW)
    publish_draft(draft.key, actor=focal_point, revision=draft.revision, reason="", now=NOW)
    said = get_version(f"{EXPLANATIONS}-{draft.identifier}").body["explanations"]
    assert [(each["rule"], each["explanation"]) for each in said] == [
        ("laws_in_place_are_published", "The law is in print.")
    ]


def test_what_must_be_corrected_cannot_be_explained_away(focal_point: User) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    approval = "Q036/3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
    cells = {"Q033": "true", approval: "x", f"{approval}#n": "about half"}
    draft = save_cells(draft.key, cells, actor=focal_point, revision=0, now=NOW).draft
    [blocker] = [f for f in list_findings(draft, today=TODAY) if f.level == "blocker"]
    with pytest.raises(NotExplainableError):
        explain_finding(draft, blocker, "We do not know.", actor=focal_point, now=NOW)


@pytest.mark.usefixtures("shipped")
def test_answers_that_are_switched_off_stay_in_the_draft_and_are_never_published(
    focal_point: User,
) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    fill_mandatory(draft.key, focal_point)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    cells = {"Q018": "true", "Q019": "1+"}
    draft = save_cells(draft.key, cells, actor=focal_point, revision=draft.revision, now=NOW).draft
    draft = save_cells(draft.key, {"Q018": "false", "Q012_party": "true"}, actor=focal_point,
                       revision=draft.revision, now=NOW).draft  # fmt: skip
    assert "Q019" in draft.body
    for finding in list_findings(draft, today=TODAY):
        if finding.level == "error":
            explain_finding(draft, finding, "Known.", actor=focal_point, now=NOW)
    publish_draft(draft.key, actor=focal_point, revision=draft.revision, reason="", now=NOW)
    assert "Q019" not in get_version(draft.identifier).body
    answered = {row["question"] for row in current_facts().rows("answer")}
    assert "Q018" in answered
    assert "Q019" not in answered


@pytest.mark.usefixtures("shipped")
def test_board_turns_from_not_started_to_received(focal_point: User, secretary: User) -> None:
    def stand(actor: User | None, today: dt.date = TODAY) -> object:
        [found] = [s for s in list_standings("nr5", today=today, actor=actor) if s.party == "KEN"]
        return found

    assert stand(focal_point).state == "not_started"
    assert stand(focal_point, dt.date(2026, 3, 1)).state == "missing"
    draft = start_report("nr5", "KEN", actor=focal_point, now=NOW)
    assert (stand(focal_point).state, stand(focal_point).percent) == ("draft", 0)
    # The Secretariat sees that there is a draft, not what is in it; others see neither.
    assert (stand(secretary).state, stand(secretary).percent) == ("draft", None)
    assert stand(make_person(Role.BCH_FOCAL_POINT, "NOR")).state == "not_started"
    fill_mandatory(draft.key, focal_point, "nr5")
    draft = start_report("nr5", "KEN", actor=focal_point, now=NOW)
    assert stand(focal_point).percent == 100
    for finding in list_findings(draft, today=TODAY):
        if finding.level == "error":
            explain_finding(draft, finding, "Known.", actor=focal_point, now=NOW)
    publish_draft(draft.key, actor=focal_point, revision=draft.revision, reason="", now=NOW)
    received = stand(secretary)
    assert (received.state, received.gaps, received.is_complete) == ("in_time", (), True)
    assert received.enters_analysis


@pytest.mark.usefixtures("shipped")
def test_parties_that_owe_a_report_are_reminded_once(focal_point: User) -> None:
    # A month before 28 February 2026 is 28 January.
    day = dt.datetime(2026, 1, 28, 6, 0, tzinfo=dt.UTC)
    assert send_reminders(now=day) == 1
    assert send_reminders(now=day) == 0
    assert send_reminders(now=day + dt.timedelta(days=1)) == 0
    assert list(ReminderSent.objects.values_list("party", "cycle")) == [("KEN", "nr5")]


@pytest.mark.usefixtures("shipped")
def test_reminders_come_five_times_and_name_report_and_country_in_the_readers_language(
    focal_point: User, mailoutbox: list[EmailMessage]
) -> None:
    # 12, 6, 3 and 1 months and a week before 28 February 2026.
    days = ("2025-02-28", "2025-08-28", "2025-11-28", "2026-01-28", "2026-02-21")
    languages = ("fr", "es", "ru", "zh", "ar")
    for day, language in zip(days, languages, strict=True):
        User.objects.filter(pk=focal_point.pk).update(language=language)
        before = dt.datetime.fromisoformat(f"{day}T06:00:00+00:00") - dt.timedelta(days=1)
        assert send_reminders(now=before) == 0
        assert send_reminders(now=before + dt.timedelta(days=1)) == 1
    said = dict(zip(languages, mailoutbox, strict=True))
    assert said["fr"].subject == "Cinquième rapport national : échéance dans 365 jours"
    assert "肯尼亚" in said["zh"].body
    for language, mail in said.items():
        assert load_format("nr5").name.get(language) in mail.body
        assert f"/{language}/desk/reports/nr5/KEN" in mail.body
        assert "national report" not in mail.body


@pytest.mark.usefixtures("shipped")
def test_explanation_to_an_older_version_of_a_rule_counts_again_once_it_is_confirmed(
    focal_point: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    cells = {"Q012_party": "false"}
    draft = save_cells(draft.key, cells, actor=focal_point, revision=0, now=NOW).draft
    rule = "party_to_the_protocol_says_so"

    def find_status() -> Finding:
        return next(f for f in list_findings(draft, today=TODAY) if f.rule == rule)

    explain_finding(draft, find_status(), "Our deposit was late.", actor=focal_point, now=NOW)
    assert find_status().key in list_explained([find_status()], list_explanations(draft.identifier))
    changed = tuple(
        replace(each, version=each.version + 1) if each.name == rule else each
        for each in load_report_rules()
    )
    monkeypatch.setattr("cartagena.engine.report_rules.load_report_rules", lambda: changed)
    explained = list_explanations(draft.identifier)
    assert explained[find_status().key].text == "Our deposit was late."  # the words are kept
    assert list_explained([find_status()], explained) == frozenset()
    with pytest.raises(NotPublishableError) as refused:
        publish_draft(draft.key, actor=focal_point, revision=draft.revision, reason="", now=NOW)
    assert "Q012_party" in {p.place for p in refused.value.problems if p.severity == "error"}
    page = Client()
    page.force_login(focal_point)
    address = "/desk/reports/nr4/KEN/check"
    assert "The rule has changed since you wrote" in page.get(address).content.decode()
    sent = {f"explain-{find_status().key}": "Our deposit was late."}
    page.post(address, sent)
    assert list_explained([find_status()], list_explanations(draft.identifier)) == frozenset()
    page.post(address, {**sent, f"confirm-{find_status().key}": "x"})
    assert list_explained([find_status()], list_explanations(draft.identifier))
