"""How the fields of a record type are parted into sections: each begins with a field.

A type that is not listed has one section, and a second one from its further information on.
"""

from collections.abc import Iterator

from django.utils.translation import gettext, gettext_noop

from cartagena.engine.record_format import Field, RecordFormat

_CONTACT = (gettext_noop("Address"), ("address", "addressType", "addressLine1"))
_FURTHER = (
    gettext_noop("Further information"),
    ("relevantInformation", "additionalInformation"),
)
_NOTICES = (gettext_noop("Notices to other organizations"), ("isForCommercialUse",))
_DOCUMENTS = (gettext_noop("Documents"), ("documents",))
_ASSESSMENT = (
    (gettext_noop("The organism and the uses"), ("modifiedOrganisms",)),
    (gettext_noop("Documents and summary"), ("documents",)),
    (gettext_noop("Assessment by step"), ("adverseEffects",)),
    _NOTICES,
    (gettext_noop("Confirmation"), ("expires",)),
    _FURTHER,
)
_START = gettext_noop("The record")

SECTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "biosafetyDecision": (
        (gettext_noop("The decision"), ("authorities",)),
        (gettext_noop("Request and dates"), ("addressesTransboundaryMovement",)),
        (gettext_noop("What it applies to"), ("appliesToTransboundaryMovement",)),
        (gettext_noop("Result, conditions and reasons"), ("decisionResult",)),
        (gettext_noop("Simplified procedure"), ("movementAllowedUnderA131A",)),
        (gettext_noop("Unintentional or illegal movement"), ("transboundaryMovementType",)),
        _NOTICES,
        (gettext_noop("LMOs and risk assessments"), ("modifiedOrganisms",)),
        _DOCUMENTS,
        _FURTHER,
    ),
    "nationalRiskAssessment": _ASSESSMENT,
    "independentRiskAssessment": _ASSESSMENT,
    "modifiedOrganism": (
        (gettext_noop("Parents and origin"), ("recipientOrganisms",)),
        (gettext_noop("The modification"), ("vector",)),
        (gettext_noop("Traits and uses"), ("traits",)),
        (gettext_noop("Detection"), ("detectionMethod",)),
        _FURTHER,
    ),
    "organism": (
        (gettext_noop("Names and strains"), ("scientificNameSynonyms",)),
        (gettext_noop("Origin and habitat"), ("domestication",)),
        (gettext_noop("Relations and uses"), ("compatibleSpecies",)),
        _FURTHER,
    ),
    "biosafetyLaw": (
        (gettext_noop("Kind and subjects"), ("type",)),
        _DOCUMENTS,
        (gettext_noop("Related records"), ("relatedRecords",)),
        _FURTHER,
    ),
    "capacityBuildingInitiative": (
        (gettext_noop("Where and when"), ("geographicScope",)),
        (gettext_noop("Who takes part"), ("isProjectProgramme",)),
        (gettext_noop("Contents"), ("description",)),
        (gettext_noop("Funding"), ("fundingSourceTypes",)),
        (gettext_noop("Results"), ("resultsAchievements",)),
        _FURTHER,
    ),
    "biosafetyExpert": (
        (gettext_noop("Employment"), ("currentEmployment",)),
        (gettext_noop("Education"), ("primaryEducation",)),
        (gettext_noop("Expertise"), ("expertise",)),
        (gettext_noop("Languages"), ("motherTongue",)),
        _FURTHER,
    ),
    "resource": (
        (gettext_noop("Contents"), ("summary",)),
        (gettext_noop("Biosafety subjects"), ("biosafety.subjects",)),
        (gettext_noop("Other subjects"), ("nagoya.subjects",)),
        _FURTHER,
    ),
}
_ANY = (_CONTACT, _FURTHER)


def split_sections(shape: RecordFormat) -> Iterator[tuple[str, list[Field]]]:
    """The sections of a type with their fields, in the order of the declaration."""
    starts = {
        field: title for title, fields in SECTIONS.get(shape.id, _ANY) for field in fields
    }  # fmt: skip
    title, fields = _START, list[Field]()
    for field in shape.fields:
        if field.id in starts:
            if fields:
                yield gettext(title), fields
            title, fields = starts[field.id], []
        fields.append(field)
    if fields:
        yield gettext(title), fields
