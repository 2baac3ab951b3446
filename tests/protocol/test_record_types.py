"""The record types hold what the Clearing-House stores: ids, types, lists, who publishes what."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cartagena.engine import record_format, record_schema
from cartagena.engine.declaration import DeclarationError, Problems
from cartagena.engine.flatten import flatten
from cartagena.engine.indicator import load_indicators
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.questionnaire_schema import read_declaration
from cartagena.engine.record_format import (
    Field,
    load_all_record_formats,
    load_record_format,
    read_example,
)
from cartagena.engine.record_measure import RecordSelection
from cartagena.engine.record_schema import RecordLabelsDeclaration, list_type_ids
from cartagena.engine.record_type import load_record_types
from cartagena.engine.record_validation import validate_record
from tests.record_bodies import TYPES_WITH_FIELDS

FIELDS = {
    "focalPoint": 24, "authority": 19, "supplementaryAuthority": 17, "biosafetyLaw": 22,
    "biosafetyDecision": 50, "nationalRiskAssessment": 26, "independentRiskAssessment": 20,
    "modifiedOrganism": 23, "dnaSequence": 13, "organism": 31, "laboratoryDetection": 12,
    "biosafetyExpert": 22, "expertAssignment": 5, "contact": 25, "organization": 25, "database": 6,
    "countryProfile": 2, "biosafetyNews": 7, "resource": 32, "capacityBuildingInitiative": 42,
    "submission": 9, "notification": 8, "meeting": 8, "meetingDocument": 8, "news": 8, "new": 8,
    "pressRelease": 8, "statement": 8, "cpbNationalReport5": 8, "cpbNationalReport4": 8,
    "cpbNationalReport3": 0, "cpbNationalReport2": 0, "cpbNationalReport1": 0,
    "cpbNationalReportInterim": 0,
}  # fmt: skip
OURS = {
    "treatyStatus",
    "groupMembership",
    "registerEntry",
    "usageMonth",
    "officialLabels",
    "reportExplanations",
}


def list_fields() -> list[tuple[str, Field]]:
    return [
        (name, field) for name, shape in load_all_record_formats().items() for field in shape.fields
    ]


def test_all_types_of_the_clearing_house_are_there() -> None:
    assert set(list_type_ids()) == set(FIELDS) | OURS
    assert set(load_record_types()) == set(list_type_ids())
    assert {name: len(load_record_format(name).fields) for name in FIELDS} == FIELDS
    assert sum(FIELDS.values()) == 504


def test_spellings_of_the_clearing_house_are_kept() -> None:
    ids = {f"{name}.{field.id}" for name, field in list_fields()}
    assert {
        "biosafetyDecision.otherTransboundryInformation",
        "biosafetyDecision.takenInAccordanceWithA116",
        "biosafetyDecision.exemptedFromAIA",
        "capacityBuildingInitiative.isExecutededByAgencies",
        "capacityBuildingInitiative.isCollaboratededByPartners",
        "organism._class",
        "resource.biosafety.addressModifiedOrganisms",
    } <= ids


def test_types_of_fields_are_those_of_the_source() -> None:
    counts: dict[str, int] = {}
    for _, field in list_fields():
        counts[field.type] = counts.get(field.type, 0) + 1
    assert counts == {
        "term": 96, "text": 87, "rich": 68, "string": 60, "ref": 50, "link": 47, "date": 45,
        "bool": 40, "object": 7, "int": 3, "table": 1,
    }  # fmt: skip


def test_numbers_begin_as_in_the_clearing_house() -> None:
    types = load_record_types()
    found = {name: f"{kind.prefix}-{kind.code}" for name, kind in types.items()}
    assert found["focalPoint"] == "CHM-NFP"
    assert found["modifiedOrganism"] == "BCH-LMO"
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_example_is_valid(record_type: str) -> None:
    problems = validate_record(record_type, read_example(record_type))
    assert [str(p) for p in problems if p.code != "unlisted_term"] == []


def test_every_label_belongs_to_a_field() -> None:
    known = {
        name: {
            *(field.id for field in shape.fields),
            *(f"{field.id}.{part.id}" for field in shape.fields for part in field.fields),
        }
        for name, shape in load_all_record_formats().items()
    }
    problems = Problems()
    for path in sorted(record_schema.ROOT.glob("**/labels/*.yaml")):
        read = read_declaration(RecordLabelsDeclaration, path, problems)
        assert read is not None
        owner = path.parent.parent.name
        fields = known.get(owner, set().union(*known.values()))
        unknown = {*read.fields, *read.help} - fields
        assert unknown == set(), f"{owner}/labels/{path.name}"
    assert list(problems) == []


def test_nothing_personal_or_confidential_enters_the_facts() -> None:
    for name, field in list_fields():
        if field.fact:
            assert not field.personal, (name, field.id)
            assert not field.confidential_allowed, (name, field.id)
        if field.type in ("text", "rich", "link"):
            assert field.fact in (None, "filled"), (name, field.id)
    assert load_record_format("contact").field("emails").personal
    assert load_record_format("biosafetyExpert").field("gender").personal


def test_article_21_6_is_enforced() -> None:
    """Notifier, general description, summary of the risk assessment, emergency response."""
    never = {
        (field.never_confidential, f"{name}.{field.id}")
        for name, field in list_fields()
        if field.never_confidential
    }
    assert {
        ("cpb.art21.6.a", "biosafetyDecision.exporters"),
        ("cpb.art21.6.a", "contact.address"),
        ("cpb.art21.6.b", "modifiedOrganism.description"),
        ("cpb.art21.6.c", "nationalRiskAssessment.documentsSummary"),
        ("cpb.art21.6.d", "biosafetyDecision.adverseEffectInformation"),
    } <= never
    allowed = {name for name, field in list_fields() if field.confidential_allowed}
    assert allowed == {
        "biosafetyDecision", "nationalRiskAssessment", "modifiedOrganism", "dnaSequence",
    }  # fmt: skip


def list_selections(content: Any) -> Iterator[RecordSelection]:
    if isinstance(content, RecordSelection):
        yield content
    elif dataclasses.is_dataclass(content):
        for item in dataclasses.fields(content):
            yield from list_selections(getattr(content, item.name))
    elif isinstance(content, dict):
        yield from (found for part in content.values() for found in list_selections(part))
    elif isinstance(content, tuple | list):
        yield from (found for part in content for found in list_selections(part))


def test_facts_hold_every_field_that_an_indicator_reads() -> None:
    types, read = load_record_types(), set()
    for indicator in load_indicators().values():
        own = {k: v for k, v in vars(type(indicator)).items() if not k.startswith("__")}
        for selection in list_selections(own):
            named = set(dict(selection.values))
            for entry in selection.filled:
                named |= {entry} if isinstance(entry, str) else set(entry)
            read |= {(name, field) for name in selection.types for field in named}
    missing = {
        (name, field)
        for name, field in read
        if field not in types[name].closed and field not in types[name].stated
    }
    assert missing == set()
    assert ("nationalRiskAssessment", "adverseEffectsOverallRisk") in read


def test_example_is_flattened_to_closed_values_and_what_is_filled() -> None:
    rows = flatten("nationalRiskAssessment", read_example("nationalRiskAssessment")).rows
    assert ("date", "2024-03-11") in rows
    assert ("scopes", "BEBF757E-E3CC-4913-8D9F-2D165CD63ECE") in rows
    assert ("isForCommercialUse", "false") in rows
    assert ("adverseEffects", "yes") in rows
    fields = {field for field, _ in rows}
    assert "riskManagementStrategies" not in fields  # nothing stands there
    assert not fields & {"title", "documents", "documentsSummary"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the declarations that a test may spoil."""
    copy = tmp_path / "record_types"
    shutil.copytree(record_schema.ROOT, copy)
    monkeypatch.setattr(record_schema, "ROOT", copy)
    monkeypatch.setattr(record_format, "ROOT", copy)
    for load in (load_record_format, load_record_types):
        load.cache_clear()
    yield copy
    for load in (load_record_format, load_record_types):
        load.cache_clear()


def tell(call: Any, *arguments: Any) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        call(*arguments)
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


def test_all_problems_of_a_type_are_told_at_once(folder: Path) -> None:
    (folder / "countryProfile" / "format.yaml").write_text(
        "id: countryProfile\ncode: BCP\nkind: national\ntitle: nothing\nconditions:\n"
        '  never: [[{field: government, values: ["zz"]}]]\n'
        "fields:\n"
        "  - {id: government, type: term, cardinality: 1, vocabulary: countries, asked: if never}\n"
        "  - {id: profile, type: rich, cardinality: 1, fact: value, required: maybe}\n"
        "  - {id: contacts, type: ref, cardinality: n, references: [person], personal: true,"
        " fact: value}\n"
        "  - {id: secret, type: rich, cardinality: 1, never_confidential: cpb.art21.6.c,"
        " confidential_allowed: true}\n",
        encoding="utf-8",
    )
    place = "countryProfile/format.yaml"
    assert tell(load_record_format, "countryProfile") == [
        f"{place}: profile: 'maybe' is no condition",
        "countryProfile/labels/en.yaml: fields has no label for 'secret'",
        f"{place}: no field 'nothing'",
        f"{place}: profile: free content never enters the facts",
        f"{place}: contacts: no record type 'person'",
        f"{place}: contacts: personal data never enter the facts",
        f"{place}: secret: what is public by Article 21.6 or in the facts stays public",
        f"{place}: never: government never is 'zz'",
    ]


def test_unknown_key_is_refused(folder: Path) -> None:
    path = folder / "database" / "format.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert tell(load_record_types) == [
        "database/format.yaml: colour: Extra inputs are not permitted"
    ]


def test_two_types_never_share_a_number(folder: Path) -> None:
    path = folder / "database" / "format.yaml"
    text = path.read_text(encoding="utf-8").replace("code: NDB", "code: LAW")
    path.write_text(text, encoding="utf-8")
    assert tell(load_record_types) == [
        "database/format.yaml: code: BCH-LAW is the number of biosafetyLaw too"
    ]


def test_another_language_is_a_file_beside(folder: Path) -> None:
    (folder / "database" / "labels" / "fr.yaml").write_text(
        "language: fr\nname: Site national\nfields: {title: Nom du site}\n", encoding="utf-8"
    )
    shape = load_record_format("database")
    assert shape.name.get("fr") == "Site national"
    assert shape.field("title").label.get("fr") == "Nom du site"
    # Words that types share have their own file; what neither has is in English.
    assert shape.field("government").label.get("fr") == "Pays"
    (folder / "labels" / "fr.yaml").unlink()
    load_record_format.cache_clear()
    shared = load_record_format("database").field("relevantInformation").help
    assert shared is not None
    assert shared.get("fr") == "Do not write here what must stay confidential."


def test_names_of_all_types_are_in_six_languages() -> None:
    missing = {
        (name, language)
        for name, shape in load_all_record_formats().items()
        for language in ("ar", "en", "es", "fr", "ru", "zh")
        if language not in shape.name
    }
    assert missing == set()


@pytest.mark.parametrize("record_type", list(load_all_record_formats()))
def test_labels_and_help_are_there_in_six_languages(record_type: str) -> None:
    shape = load_all_record_formats()[record_type]
    waiting = [("", field) for field in shape.fields]
    lacking = []
    while waiting:
        place, field = waiting.pop()
        texts = (field.label, field.help) if field.help else (field.label,)
        lacking += [f"{place}{field.id}" for text in texts if len(text.pairs) < len(LANGUAGES)]
        waiting += [(f"{place}{field.id}.", inner) for inner in field.fields]

    assert lacking == []
    assert len(shape.name.pairs) == len(LANGUAGES)
