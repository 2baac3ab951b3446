"""The cross-checks beside the record types find what they are there for."""

import datetime as dt
from typing import Any

import pytest

from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_rules import load_rules
from cartagena.engine.record_schema import list_type_ids
from tests.record_bodies import find, tell

DEC = "biosafetyDecision"
INTRODUCTION = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
SIMPLIFIED = "8979219B-330B-424F-A52C-209D4B4B65C0"
UNINTENTIONAL = "83C0DBFB-AD5C-4B88-8ECE-5365991F2956"
ILLEGAL = "3FF9FEB3-20FA-4287-B562-46635A1154A3"
UNCONDITIONAL = {"identifier": "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"}
PROHIBITION = {"identifier": "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"}
OWN = [{"identifier": "0E5A0000-0000-4000-8000-000000000010"}]


def places(problems: list[Any], severity: str = "error") -> list[str]:
    return [problem.place for problem in problems if problem.severity == severity]


def test_introduction_needs_a_risk_assessment() -> None:
    (problem,) = find(DEC, riskAssessments=None)
    assert problem.place == "riskAssessments"
    assert problem.basis == ("cpb.art15.1", "cpb.art10.1")


def test_approval_with_conditions_needs_the_conditions() -> None:
    assert places(find(DEC, conditions=None)) == ["conditions"]


def test_all_but_an_unconditional_approval_needs_reasons() -> None:
    assert places(find(DEC, decisionResult=PROHIBITION, conditions=None, reasons=None)) == [
        "reasons"
    ]
    assert find(DEC, decisionResult=UNCONDITIONAL, conditions=None, reasons=None) == []


def test_unconditional_approval_carries_no_conditions() -> None:
    assert places(find(DEC, decisionResult=UNCONDITIONAL)) == ["conditions"]


def test_amendment_names_what_it_amends_and_says_what_changed() -> None:
    assert places(find(DEC, isAmendment=True)) == ["amendedRecords", "amendmentsDetails"]
    law = find("biosafetyLaw", isAmendment=True)
    assert places(law, "warning") == ["amendedRecords", "amendmentsDetails"]


def test_decision_amends_another_than_itself() -> None:
    words = {"en": "a", "fr": "b"}
    found = find(DEC, isAmendment=True, amendedRecords=OWN, amendmentsDetails=words)
    assert places(found) == ["amendedRecords"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # received 2023-11-20, acknowledged 2024-01-15, decided 2024-06-03, told 2024-06-10
        ({"receiptAcknowledgementDate": "2023-11-19"}, ["receiptAcknowledgementDate"]),
        ({"date": "2023-11-19"}, ["date"]),
        ({"communicationDate": "2024-06-02"}, ["communicationDate"]),
        ({"receiptDate": "2024-06-11"},
         ["receiptAcknowledgementDate", "date", "communicationDate"]),
        ({"communicationDate": "2024-06-03"}, []),
    ],
)  # fmt: skip
def test_days_are_in_order(change: dict[str, Any], expected: list[str]) -> None:
    assert places(find(DEC, **change)) == expected


def test_time_limits_are_told_as_warnings() -> None:
    # 2023-11-20 + 90 days = 2024-02-18; + 270 days = 2024-08-16 (2024 is a leap year)
    assert find(DEC, receiptAcknowledgementDate="2024-02-18", communicationDate="2024-08-16") == []
    late = find(DEC, receiptAcknowledgementDate="2024-02-19", communicationDate="2024-08-17")
    assert tell(late) == [
        ("receiptAcknowledgementDate", "rule", "warning"),
        ("communicationDate", "rule", "warning"),
    ]


def test_days_that_nobody_told_are_a_warning() -> None:
    assert places(find(DEC, communicationDate=None), "warning") == ["communicationDate"]


def test_future_is_refused_only_where_the_day_is_known() -> None:
    day = dt.date(2024, 6, 9)
    assert places(find(DEC, as_of=day)) == ["communicationDate"]
    assert find(DEC) == []


def test_import_says_by_which_procedure() -> None:
    found = find(DEC, decisionTypes=[{"identifier": INTRODUCTION}])
    assert places(found) == ["decisionTypes"]


def simplified(**answers: Any) -> list[str]:
    gone = dict.fromkeys(
        ["addressesTransboundaryMovement", "exporters", "appliesToSubsequentIntroductions"]
    )
    return places(find(DEC, decisionTypes=[{"identifier": SIMPLIFIED}], **gone, **answers))


def test_simplified_procedure_is_one_of_two() -> None:
    assert simplified() == ["movementAllowedUnderA131A", "exemptedFromAIA"]
    assert simplified(exemptedFromAIA=True) == []
    assert simplified(exemptedFromAIA=False) == ["movementAllowedUnderA131A"]
    both = {"movementAllowedUnderA131A": True, "appliesToSubsequentImports": True}
    assert simplified(exemptedFromAIA=True, **both) == ["exemptedFromAIA"]


def movement(kind: str, type_of_movement: str, **change: Any) -> list[str]:
    gone = dict.fromkeys(
        ["addressesTransboundaryMovement", "exporters", "appliesToSubsequentIntroductions",
         "modifiedOrganisms"]
    )  # fmt: skip
    change["transboundaryMovementType"] = {"identifier": type_of_movement}
    return places(find(DEC, decisionTypes=[{"identifier": kind}], **gone, **change))


def test_notice_of_a_movement_fits_its_kind() -> None:
    unintentional = "22B915C4-193E-4087-89ED-D104EEEC4330"
    illegal = "A9A800DC-F313-4F79-B3E4-768E41088D11"
    assert movement(UNINTENTIONAL, unintentional) == []
    assert movement(UNINTENTIONAL, illegal) == ["transboundaryMovementType"]
    assert movement(ILLEGAL, illegal) == ["otherTransboundryInformation"]
    words = {"en": "Seed without papers", "fr": "Semences sans papiers"}
    assert movement(ILLEGAL, illegal, otherTransboundryInformation=words) == []


def test_unique_identifier_is_checked() -> None:
    lmo = "modifiedOrganism"
    assert places(find(lmo, uniqueIdentification="MON-ØØ6Ø3-7")) == ["uniqueIdentification"]
    spelled = find(lmo, uniqueIdentification="mon006036")
    assert [(p.severity, p.what) for p in spelled] == [
        ("warning", "the usual spelling is MON-ØØ6Ø3-6")
    ]


@pytest.mark.parametrize(
    "name",
    ["Zea mays", "Brassica napus subsp. napus", "× Triticosecale", "Escherichia coli", "Oryza sp.",
     "Mentha × piperita", "Salmonella"],
)  # fmt: skip
def test_scientific_name_is_taken(name: str) -> None:
    assert find("organism", scientificName=name, genus=None) == []


@pytest.mark.parametrize(
    "name", ["maize", "Zea mays L.", "ZEA MAYS", "Zea Mays", "maïs", "Zea may5"]
)
def test_what_is_no_scientific_name_is_a_warning(name: str) -> None:
    found = find("organism", scientificName=name, genus=None)
    assert tell(found) == [("scientificName", "rule", "warning")]


def test_virus_is_named_otherwise() -> None:
    found = find("organism", scientificName="Tobacco mosaic virus 1", genus=None, realm="Riboviria")
    assert found == []


def test_genus_and_name_agree() -> None:
    assert places(find("organism", genus="Oryza"), "warning") == ["genus"]


def test_steps_of_a_risk_assessment_are_missed() -> None:
    found = find("nationalRiskAssessment", adverseEffectsOverallRisk=None)
    assert places(found, "warning") == ["adverseEffectsOverallRisk"]
    assert places(find("nationalRiskAssessment", dateOfRaNotAvailable=True)) == ["date"]
    assert places(find("nationalRiskAssessment", date=None)) == ["date"]


def test_initiative_says_when() -> None:
    cdi = "capacityBuildingInitiative"
    assert places(find(cdi, startDate=None, endDate=None)) == [
        "startDate", "endDate", "durationPeriod", "durationText",
    ]  # fmt: skip
    assert find(cdi, startDate=None, endDate=None, durationPeriod=2, durationText="years") == []
    assert places(find(cdi, endDate="2023-12-31")) == ["endDate"]


def test_periods_of_an_expert_are_compared_as_far_as_both_go() -> None:
    def education(start: str, end: str) -> list[str]:
        found = find("biosafetyExpert", secondaryEducation={"startDate": start, "endDate": end})
        return places(found)

    assert education("2010-05", "2010") == []
    assert education("2010-05", "2009") == ["secondaryEducation.endDate"]


RULES = [(name, rule) for name in list_type_ids() for rule in load_rules(name)]


def test_rules_are_found() -> None:
    counts = {name: len(load_rules(name)) for name in list_type_ids() if load_rules(name)}
    assert counts == {
        "biosafetyDecision": 10,
        "biosafetyExpert": 1,
        "biosafetyLaw": 3,
        "capacityBuildingInitiative": 3,
        "independentRiskAssessment": 1,
        "meeting": 1,
        "modifiedOrganism": 3,
        "nationalRiskAssessment": 2,
        "notification": 1,
        "organism": 3,
        "organization": 1,
        "submission": 1,
    }


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda item: getattr(item, "name", item))
def test_rule_of_a_national_record_rests_on_a_provision(name: str, rule: Any) -> None:
    assert rule.asks.endswith(".")
    assert rule.basis or load_record_format(name).kind != "national"
