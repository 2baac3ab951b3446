"""Time limits of decisions: counted in days, judged only where both days are told."""

from datetime import date

from cartagena.engine.decision_timeliness import DOMESTIC_USE, INTERIM_RESULTS, list_steps

PUBLISHED = date(2024, 7, 1)


def states(published: date = PUBLISHED, **body: object) -> dict[str, tuple[str, int]]:
    return {step.code: (step.state, step.days_late) for step in list_steps(body, published)}


def test_the_last_day_of_a_limit_is_in_time() -> None:
    # 1 January + 90 days = 31 March (2023 has 28 days in February); + 270 days = 28 September.
    found = states(
        receiptDate="2023-01-01", receiptAcknowledgementDate="2023-04-01",
        communicationDate="2023-09-28",
    )  # fmt: skip
    assert found == {"acknowledgement": ("in_time", 0), "communication": ("in_time", 0)}


def test_a_day_more_is_late_by_one_day() -> None:
    found = states(
        receiptDate="2023-01-01", receiptAcknowledgementDate="2023-04-02",
        communicationDate="2023-09-30",
    )  # fmt: skip
    assert found == {"acknowledgement": ("late", 1), "communication": ("late", 2)}


def test_a_day_that_is_not_told_is_not_late() -> None:
    found = states(receiptDate="2013-01-01")
    assert found == {"acknowledgement": ("not_told", 0), "communication": ("not_told", 0)}


def test_a_request_for_information_is_no_final_decision() -> None:
    for result in INTERIM_RESULTS:
        found = states(receiptDate="2023-01-01", decisionResult={"identifier": result})
        assert list(found) == ["acknowledgement"]


def test_decisions_on_domestic_use_are_published_within_fifteen_days() -> None:
    kinds = [{"identifier": DOMESTIC_USE}]
    assert states(decisionTypes=kinds, date="2024-06-16") == {"publication": ("in_time", 0)}
    assert states(decisionTypes=kinds, date="2024-06-01") == {"publication": ("late", 15)}


def test_field_trials_are_not_under_article_11() -> None:
    kinds = [{"identifier": DOMESTIC_USE}]
    assert states(decisionTypes=kinds, date="2024-06-01", involvesFieldTrial=True) == {}


def test_a_change_is_made_known_within_thirty_days() -> None:
    assert states(isAmendment=True, date="2024-06-01") == {"change": ("in_time", 0)}
    assert states(isAmendment=True, date="2024-05-31") == {"change": ("late", 1)}


def test_a_step_cites_the_provision_that_limits_it() -> None:
    steps = list_steps({"receiptDate": "2023-01-01"}, PUBLISHED)
    assert [step.provision for step in steps] == ["cpb.art9.1", "cpb.art10.3"]
    assert steps[0].due_on == date(2023, 4, 1)


def test_a_record_without_days_has_no_steps() -> None:
    assert list_steps({}, PUBLISHED) == ()
    assert list_steps({"receiptDate": "soon"}, PUBLISHED) == ()
