"""The names under which clients know some fields, and what a decision shows of its organisms."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cartagena.apps.exchange.index.projection import Projected, list_broader
from cartagena.engine.record_format import load_record_format
from cartagena.engine.unique_identifier import read_unique_identifiers

Fields = Mapping[str, Any]

# type -> (name in the index, name it is made of)
OTHER_NAMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "biosafetyDecision": (
        ("decisionDate_dt", "date_dt"), ("lmoIdentifiers_ss", "modifiedOrganisms_ss"),
    ),
    "nationalRiskAssessment": (("riskAssessmentDate_dt", "date_dt"),),
    "independentRiskAssessment": (("riskAssessmentDate_dt", "date_dt"),),
    "biosafetyLaw": (("jurisdictions_ss", "jurisdictionScope_ss"), ("type_s", "type_s")),
    "organization": (("organizationTypes_ss", "organizationType_s"),),
    "resource": (
        ("bchSubjects_ss", "subjects_ss"), ("bchRaSubjects_ss", "raSubjects_ss"),
        ("bchModifiedOrganisms_ss", "modifiedOrganisms_ss"), ("bchOrganisms_ss", "organisms_ss"),
        ("bchGenes_ss", "genes_ss"),
    ),
    "capacityBuildingInitiative": (("scope_s", "geographicScope_s"),),
}  # fmt: skip

_RELEASE = frozenset(
    {"E8C5A15C-A736-4fb7-A1B6-192412BE7E45", "A0F944AD-1578-47F4-BB71-A9805EC0EB7A",
     "47B66371-7016-4F28-B33A-0DBFF43581CA"}
)  # fmt: skip
_TRANSIT = "1B6F702C-0C68-4B53-BCA4-1DA4A25E23A8"
_CONTAINED = "D698B5F7-A434-49E2-A7FF-FE869AFBEE8D"
_USES = {
    "scopeFood_b": "91BEAF12-ABE1-4294-AD3B-507935894C78",
    "scopeFeed_b": "1D96153B-1625-44E4-AD5E-D26429044B29",
    "scopeProcessing_b": "6430E4F4-9E5F-48BE-B4ED-9E1A4FED981E",
}

# field of a decision <- (type it comes from, field there)
FROM_ORGANISMS = (
    ("lmoTraits_ss", "traits_ss"), ("lmoTraits_REL_ss", "traits_REL_ss"),
    ("lmoTechniquesUsed_ss", "techniqueUsed_ss"),
    ("lmoTransformationEvents_ss", "transformationEvent_s"),
    ("lmoUniqueIdentifications_ss", "uniqueIdentification_s"),
    ("lmoScientificNames_ss", "scientificNames_ss"),
    ("geneIdentifiers_ss", "genes_ss"),
    ("geneDonorOrganismsIdentifiers_ss", "geneDonorOrganismsIdentifiers_ss"),
    ("geneDonorOrganismsScientificNames_ss", "geneDonorOrganismsScientificNames_ss"),
)  # fmt: skip
LINKED_TYPES = frozenset({"modifiedOrganism", "dnaSequence", "organism"})
"""Types whose content shows in the rows of records that lead to them."""

SHOWN_ELSEWHERE = frozenset(
    {
        "title_EN_t", "scientificName_s", "donorOrganisms_ss",
        *(source for _, source in FROM_ORGANISMS),
    }
)  # fmt: skip
"""The fields of these types that such rows show."""

FindRow = Callable[[str], Fields | None]
"""The fields of a live record by its identifier, or None."""


def add_other_names(record_type: str, made: Projected, find: FindRow) -> None:
    """Everything that clients know under a name of its own."""
    for name, source in OTHER_NAMES.get(record_type, ()):
        value = made.fields.get(source)
        made.put(name, [value] if name.endswith("_ss") and isinstance(value, str) else value)
    special = _SPECIAL.get(record_type)
    if special:
        special(made, find)


def _decision(made: Projected, find: FindRow) -> None:
    fields = made.fields
    kinds, uses = set(fields.get("decisionTypes_ss", ())), fields.get("uses_ss", ())
    made.put("scopeRelease_b", bool(kinds & _RELEASE))
    made.put("scopeTransit_b", _TRANSIT in kinds)
    made.put("scopeContainedUse_b", _CONTAINED in kinds)
    made.put("scopeFieldTrials_b", fields.get("involvesFieldTrial_b", False))
    for name, term in _USES.items():
        made.put(name, term in uses)
    organisms = list(_find_all(fields.get("modifiedOrganisms_ss", ()), find))
    for name, source in FROM_ORGANISMS:
        made.put(name, _gather(organisms, source))
    for organism in organisms:
        made.words.add(str(organism.get("title_EN_t", "")), ["lmoNames_EN_txt"])
        for value in _gather([organism], "uniqueIdentification_s"):
            _add_identifier(made, value, ["lmoUniqueIdentifications_txt"])


def _organism_with_change(made: Projected, find: FindRow) -> None:
    fields = made.fields
    made.put("identity_s", fields.get("title_EN_s"))
    text = fields.get("uniqueIdentification_s")
    if isinstance(text, str):
        names = ["uniqueIdentificationVariants_txt", "uniqueIdentification_t"]
        variants = _add_identifier(made, text, names)
        made.put("uniqueIdentificationVariants_txt", variants)
        made.put("uniqueIdentification_t", text)
    made.put("transformationEvent_t", fields.get("transformationEvent_s"))
    traits = load_record_format("modifiedOrganism").field("traits").vocabulary
    if traits is not None:
        codes = [c for v in fields.get("traits_ss", ()) for c in list_broader(traits, v)]
        labels = [traits.by_id[c].label.get("en") for c in codes if c in traits.by_id]
        made.put("traitsHierarchy_EN_txt", list(dict.fromkeys(labels)))
    recipients = list(_find_all(fields.get("recipientOrganisms_ss", ()), find))
    made.put("scientificNames_ss", _gather(recipients, "scientificName_s"))
    for name in made.fields.get("scientificNames_ss", ()):
        made.words.add(name, ["scientificName_t"])
    genes = list(_find_all(fields.get("genes_ss", ()), find))
    donors = _gather(genes, "donorOrganisms_ss")
    made.put("geneDonorOrganismsIdentifiers_ss", donors)
    names = _gather(_find_all(donors, find), "scientificName_s")
    made.put("geneDonorOrganismsScientificNames_ss", names)


def _add_identifier(made: Projected, text: str, fields: list[str]) -> list[str]:
    """All spellings of a unique identifier, as words too."""
    spelled = [text]
    for found in read_unique_identifiers(text).identifiers:
        plain = str(found).replace("Ø", "0")
        spelled += [str(found), plain, plain.replace("-", ""), str(found).replace("Ø", "O")]
    variants = list(dict.fromkeys(spelled))
    for variant in variants:
        made.words.add(variant, fields)
    return variants


def _taxon(made: Projected, find: FindRow) -> None:
    made.put("scientificName_t", made.fields.get("scientificName_s"))


_SPECIAL: Mapping[str, Callable[[Projected, FindRow], None]] = {
    "biosafetyDecision": _decision,
    "modifiedOrganism": _organism_with_change,
    "organism": _taxon,
}


def _find_all(identifiers: Iterable[str], find: FindRow) -> Iterable[Fields]:
    return [row for identifier in identifiers if (row := find(identifier)) is not None]


def _gather(rows: Iterable[Fields], name: str) -> list[str]:
    """The values of a field over several rows, each once."""
    found: dict[str, None] = {}
    for row in rows:
        value = row.get(name)
        found.update(dict.fromkeys(value if isinstance(value, list) else [value] if value else []))
    return list(found)
