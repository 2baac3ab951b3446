"""What the checks tell is said in all languages: every rule, every problem, every sentence."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.extract import extract
from django.utils import translation

from cartagena.apps.portal.sentences import say_provision
from cartagena.config import languages
from cartagena.config.message_extraction import PACKAGE, extract_messages, list_rule_questions
from cartagena.engine.answers import validate_body
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_format import Field, load_record_format, read_example
from cartagena.engine.record_problem import ProblemCode
from cartagena.engine.record_rules import Record, Rule, load_rules
from cartagena.engine.record_schema import list_type_ids
from cartagena.engine.record_validation import validate_record
from cartagena.engine.report_rules import ReportRule, load_report_rules
from cartagena.engine.sentence import Sentence
from cartagena.engine.text import Text
from cartagena.engine.unique_identifier import read_unique_identifiers
from tests.engine.test_report_rules import CYCLES, make_report
from tests.record_bodies import TYPES_WITH_FIELDS

OTHERS = [code for code, _name in languages.NAMES if code != languages.DEFAULT]
PLACE = re.compile(r"%\((\w+)\)s")


def assert_said_in_all_languages(said: Sentence) -> None:
    """It differs from the English in each language, and every argument stands in it."""
    assert isinstance(said, Sentence), f"not a sentence but a plain text: {said!r}"
    for code in OTHERS:
        with translation.override(code):
            words = said.render(translation, code)
            arguments = [
                value.render(translation, code) if isinstance(value, Sentence)
                else value.get(code) if isinstance(value, Text) else str(value)
                for name, value in said.arguments.items() if name != "count"
            ]  # fmt: skip
        assert words != str(said), f"{code}: {said}"
        assert "%(" not in words
        assert [value for value in arguments if value not in words] == [], f"{code}: {words}"


@pytest.mark.parametrize("rule", load_report_rules(), ids=lambda rule: rule.name)
def test_finding_of_each_report_rule_is_said_in_all_languages(rule: ReportRule) -> None:
    reports = [
        make_report(cycle, rule.fails) for cycle in CYCLES if rule.applies_to(load_format(cycle))
    ]
    found = [finding for report in reports if report for finding in rule.run(report)]
    assert found
    for said in (rule.asks, rule.reason, *(s for f in found for s in (f.what, f.remedy))):
        assert_said_in_all_languages(said)


WRONG_ANSWERS: dict[str, Any] = {
    "government": {"identifier": "KEN"},
    "reportPeriodEndDate": "2015-13-01",
    "Q999": {"value": "true"},
    "colour": "green",
    "Q014": {"value": "maybe"},
    "Q017": [{"value": "true"}, {"value": "false"}],
    "Q018": {"answer": "true"},
    "Q019": {"value": ["x"]},
    "Q020": {"de": "Text", "en": 7, "fr": ""},
    "Q015": [{"value": "instrument.none"}, {"value": "instrument.none"}],
    "Q016": {"value": "true", "additionalInformation": 7.5},
    "Q021": ["no text"],
    "Q030": {"value": "true"},
    "Q032": {"value": "true"},
    "Q036": {"value": "3B9ECE67-B35C-40FF-8C06-4EA5FF762899", "additionalInformation": "some"},
}


def list_format_problems() -> Iterator[Sentence]:
    """Problems of all kinds in reports: bodies that are wrong in many ways."""
    several = {"Q008": [{"value": "instrument.none"}, {"value": "instrument.biosafetyGuidelines"}]}
    headers: list[Any] = [
        None, {}, {"identifier": "x", "schema": "cpbNationalReport9", "languages": ["en", "de"]},
    ]  # fmt: skip
    period = {"reportPeriodStartDate": "2019-01-01", "reportPeriodEndDate": "2015-12-31"}
    for cycle in CYCLES:
        shape = load_format(cycle)
        numbers = {q.key: "many" for q in shape.in_document.values() if q.type == "int"}
        bodies = [{**WRONG_ANSWERS, "header": header} for header in headers]
        for body in (*bodies, {"header": {}, **several, **period, **numbers}, [], "text"):
            for problem in validate_body(shape, body):
                yield problem.what
                yield problem.remedy


def test_problems_of_the_format_are_said_in_all_languages() -> None:
    met = {said.template: said for said in list_format_problems()}
    for said in met.values():
        assert_said_in_all_languages(said)
    written = list_written("engine/answers.py") | list_written("engine/answer_values.py")
    parts = {template for template in written if template.startswith(("%(question)s", "%(before)"))}
    assert written - set(met) - parts - {"asked only if %(conditions)s"} == set()


def list_wrong_values(field: Field) -> list[Any]:
    """Values that are wrong in one way or another for most fields."""
    wrong: list[Any] = [
        None, 5, -5, 1e12, "", "x", [], {}, True, [5], ["x", "x"], {"identifier": "x", "more": 1},
        [{"identifier": "x"}] * 2, {"xx": "a"}, {"en": ""}, {"en": 5}, {"ru": "слова " * 400},
        "2020-13-01", {"url": "x", "name": 5, "language": "xx", "tags": 5}, [{"url": "x"}],
        [{}] * 9, [[]], [[{"type": "x", "size": "x", "identifier": "x"}]],
    ]  # fmt: skip
    return wrong


@cache
def find_record_problems() -> tuple[Any, ...]:
    """One problem for each sentence that bodies of all types bring about."""
    met: dict[Any, Any] = {}
    for name in TYPES_WITH_FIELDS:
        example = read_example(name)
        bodies: list[Any] = [
            "text", {}, {**example, "colour": 1, "notes": 5}, {**example, "notes": None},
            {**example, "header": {"identifier": 5, "schema": 5, "languages": ["xx", "en", "en"],
                                   "more": 5}},
        ]  # fmt: skip
        for field in load_record_format(name).fields:
            for value in list_wrong_values(field):
                if len(field.path) == 1:
                    bodies.append({**example, field.id: value})
                else:
                    inside = example.get(field.path[0]) or {}
                    bodies.append({**example, field.path[0]: {**inside, field.path[1]: value}})
            bodies.append({key: said for key, said in example.items() if key != field.path[0]})
        for body in bodies:
            for problem in validate_record(name, body):
                met.setdefault((problem.what.template, problem.remedy.template), problem)
    return tuple(met.values())


def test_problems_of_records_are_said_in_all_languages() -> None:
    found = find_record_problems()
    codes = set(ProblemCode.__args__)  # type: ignore[attr-defined]
    assert {problem.code for problem in found} == codes
    for problem in found:
        assert_said_in_all_languages(problem.what)
        assert_said_in_all_languages(problem.remedy)


OWN = "0E5A0000-0000-4000-8000-000000000010"
DEC, INTRODUCTION = "biosafetyDecision", "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
SIMPLIFIED = [{"identifier": "8979219B-330B-424F-A52C-209D4B4B65C0"}]
DOMESTIC_USE = [{"identifier": "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"}]
ILLEGAL = {"identifier": "A9A800DC-F313-4F79-B3E4-768E41088D11"}
FUTURE = {"date": "2999-01-01"}
BACKWARDS = {"startDate": "2024-05-02", "endDate": "2024-05-01"}
FAILS: dict[tuple[str, str], dict[str, Any]] = {
    (DEC, "steps_follow_each_other"): {"communicationDate": "2024-06-02"},
    (DEC, "nothing_is_decided_in_the_future"): {"communicationDate": "2999-01-01"},
    (DEC, "receipt_is_acknowledged_in_time"): {"receiptAcknowledgementDate": "2024-02-19"},
    (DEC, "decision_is_communicated_in_time"): {"communicationDate": "2024-08-17"},
    (DEC, "days_of_the_procedure_are_told"): {"communicationDate": None},
    (DEC, "import_says_by_which_procedure"): {"decisionTypes": [{"identifier": INTRODUCTION}]},
    (DEC, "field_trials_are_no_domestic_use"): {"involvesFieldTrial": True,
                                                "decisionTypes": DOMESTIC_USE},
    (DEC, "simplified_procedure_says_which"): {"decisionTypes": SIMPLIFIED,
                                               "exemptedFromAIA": False},
    (DEC, "type_of_movement_fits_the_kind"): {"transboundaryMovementType": ILLEGAL},
    (DEC, "no_decision_changes_itself"): {},
    ("biosafetyExpert", "periods_end_after_they_begin"): {
        "secondaryEducation": {"startDate": "2010-05", "endDate": "2009"}},
    ("biosafetyLaw", "amendment_names_what_it_amends"): {"isAmendment": True},
    ("biosafetyLaw", "no_law_refers_to_itself"): {},
    ("biosafetyLaw", "sub_national_jurisdiction_is_named"): {
        "jurisdiction": {"identifier": "DEBB019D-8647-40EC-8AE5-10CA88572F6E"}},
    ("capacityBuildingInitiative", "initiative_ends_after_it_begins"): BACKWARDS,
    ("capacityBuildingInitiative", "length_is_said_once"): {"durationPeriod": 2},
    ("capacityBuildingInitiative", "no_initiative_is_part_of_itself"): {},
    ("independentRiskAssessment", "nothing_is_assessed_in_the_future"): FUTURE,
    ("meeting", "meeting_ends_after_it_begins"): BACKWARDS,
    ("modifiedOrganism", "unique_identifier_is_sound"): {"uniqueIdentification": "MON-ØØ6Ø3-7"},
    ("modifiedOrganism", "unique_identifier_is_spelled_as_usual"): {
        "uniqueIdentification": "mon006036"},
    ("modifiedOrganism", "no_organism_comes_from_itself"): {},
    ("nationalRiskAssessment", "steps_are_told"): {"adverseEffectsOverallRisk": None},
    ("nationalRiskAssessment", "nothing_is_assessed_in_the_future"): FUTURE,
    ("notification", "replies_are_due_after_the_notification"): {
        "date": "2024-05-02", "deadline": "2024-05-01"},
    ("organism", "scientific_name_has_its_form"): {"scientificName": "maize"},
    ("organism", "name_begins_with_its_genus"): {"genus": "Oryza"},
    ("organism", "no_organism_crosses_with_itself"): {},
    ("organization", "no_organization_is_linked_to_itself"): {},
    ("submission", "nothing_is_received_in_the_future"): FUTURE,
}  # fmt: skip
"""What makes the example of a type fail each of its rules; nothing: it refers to itself."""

RULES = [(name, rule) for name in list_type_ids() for rule in load_rules(name)]


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda item: getattr(item, "name", item))
def test_finding_of_each_cross_check_is_said_in_all_languages(name: str, rule: Rule) -> None:
    change = FAILS[name, rule.name]
    body = {**read_example(name), **change}
    if not change:
        body = {**body, "header": {**body["header"], "identifier": OWN}}
        own = ("amendedRecords", "relatedRecords", "broaderProjects", "recipientOrganisms",
               "compatibleSpecies", "linkedOrganizations")  # fmt: skip
        body.update({field: [{"identifier": OWN}] for field in own})
    record = Record(load_record_format(name), body, dt.date(2026, 1, 31), rule.basis)
    found = list(rule.check(record))
    assert found
    for problem in found:
        assert_said_in_all_languages(problem.what)
        assert_said_in_all_languages(problem.remedy)


@pytest.mark.parametrize(
    "spelled",
    ["", "maize", "MON-ØØ6Ø3-X", "MON-ØØ6Ø3-7", "MON-ØØ6Ø3-6 × MON-ØØ6Ø3-6", "MON-OO6O3-6",
     "MON-ØØ6-6"],
)  # fmt: skip
def test_spelling_of_an_identifier_is_judged_in_all_languages(spelled: str) -> None:
    found = read_unique_identifiers(spelled).problems
    assert found
    for problem in found:
        assert_said_in_all_languages(problem.sentence)
        assert str(problem).endswith(".")


def list_written(path: str) -> set[str]:
    """The templates of the sentences that a module writes."""
    with (PACKAGE / path).open("rb") as code:
        found = extract("python", code, keywords={"sentence": None, "counted": (1, 2)})
        return {said if isinstance(said, str) else said[0] for _n, said, _c, _x in found}


@cache
def list_sentences() -> list[tuple[str, ...]]:
    """All sentences of the code, those for numbers with their plural; and what rules ask."""
    found: set[tuple[str, ...]] = set()
    for path in PACKAGE.rglob("*.py"):
        with path.open("rb") as code:
            for _n, said, _c, _x in extract(
                "python", code, keywords={"sentence": None, "counted": (1, 2)}
            ):
                found.add((said,) if isinstance(said, str) else tuple(said))
    found.update((str(rule.asks),) for rule in load_report_rules())
    return sorted(found)


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_has_a_translation_with_the_same_places(code: str) -> None:
    untranslated, misplaced = [], []
    with translation.override(code):
        for said in list_sentences():
            if len(said) == 1:
                forms = {translation.gettext(said[0])}
            else:
                forms = {translation.ngettext(*said, n) for n in (0, 1, 2, 3, 5, 11, 21, 100)}
            if forms & set(said) and not is_alike(said[0]):
                untranslated.append(said[0])
            places = set(PLACE.findall(said[0]))
            # A form for one or two may say the number in a word.
            misplaced += [f for f in forms if (places ^ set(PLACE.findall(f))) - {"count"}]
    assert untranslated == []
    assert misplaced == []


def is_alike(template: str) -> bool:
    """Whether a template may be the same in other languages: places and signs, names of files."""
    return not re.search(r"[a-z]{4}", PLACE.sub("", template)) or template in ALIKE


ALIKE = {"Convention", "question %(number)s", "question %(parent)s (%(number)s)", "true or false"}


def test_what_a_rule_asks_is_collected_from_its_docstring() -> None:
    code = '@report_rule("error")\ndef rule(report):\n    """It is\n    so."""\ndef other(): "Not"'
    assert list_rule_questions(code) == ["It is so."]
    collected = {message.id for message in extract_messages() if message.id}
    assert {str(rule.asks) for rule in load_report_rules()} <= collected


def find_bare_texts(code: str) -> list[str]:
    """Where a module tells what is wrong or what to do by a plain text instead of a sentence."""
    tree = ast.parse(code)
    told: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            told += [node.value] if names & {"what", "remedy", "reason"} else []
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            told += [k.value for k in node.keywords if k.arg in ("what", "remedy", "reason")]
            told += node.args[1:3] if name in TELLING else []
    return [ast.unparse(text) for text in told if is_bare(text)]


TELLING = {
    "error", "warning", "add", "Finding", "RecordProblem", "AnswerProblem", "_problem", "_refuse",
}  # fmt: skip


def is_bare(text: ast.expr) -> bool:
    return isinstance(text, ast.JoinedStr | ast.BinOp) or (
        isinstance(text, ast.Constant) and isinstance(text.value, str)
    )


RULE_FILES = [
    *PACKAGE.glob("protocol/report_rules/*.py"),
    *PACKAGE.glob("protocol/record_types/*/rules.py"),
    *(PACKAGE / f"engine/{name}.py" for name in (
        "answers", "answer_values", "answer_sheet", "record_rules", "record_values",
        "record_validation")),
    *PACKAGE.glob("apps/reports/offline/*.py"),
    PACKAGE / "apps/drafting/checks.py",
    PACKAGE / "apps/drafting/references.py",
]  # fmt: skip


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_check_tells_a_text_that_cannot_be_translated(path: Any) -> None:
    assert find_bare_texts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'what = f"{number} are missing"',
        'yield report.find("nr2.q015", what=what, remedy="Correct it.")',
        'yield record.error("date", f"{day} is late", sentence("Correct it."))',
        'yield Finding((key,), what, "Correct it.")',
    ],
)
def test_text_that_cannot_be_translated_is_noticed(code: str) -> None:
    assert len(find_bare_texts(code)) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Protocol, Article 20.3 (d)"),
        ("fr", "Protocole, article 20.3 (d)"),
        ("zh-hans", "《议定书》第20.3 (d)条"),
        ("ar", "البروتوكول، المادة \u206820.3 (d)\u2069"),
    ],
)
def test_a_provision_is_called_in_the_readers_language(code: str, said: str) -> None:
    with translation.override(code):
        assert say_provision("cpb.art20.3.d") == said
