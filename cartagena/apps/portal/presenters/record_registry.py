"""The lists of the Clearing-House: which there are, and what stands in a row."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.record_fields import FieldReader, Item
from cartagena.apps.portal.record_queries import LISTED, RecordHead
from cartagena.engine.countries import find_country
from cartagena.engine.record_body import says_something
from cartagena.engine.record_format import load_record_format
from cartagena.engine.text import Text

ALIASES: Mapping[str, str] = {
    "living-modified-organisms": "modifiedOrganism",
    "lmos": "modifiedOrganism",
    "genetic-elements": "dnaSequence",
    "genes": "dnaSequence",
    "organisms": "organism",
    "laboratories": "laboratoryDetection",
    "decisions": "biosafetyDecision",
    "laws": "biosafetyLaw",
}
"""Names of lists that people and the present Clearing-House use -> record type."""

GROUPS: tuple[tuple[Callable[[], str], tuple[str, ...]], ...] = (
    (
        lambda: _("Organisms and genes"),
        ("modifiedOrganism", "dnaSequence", "organism", "laboratoryDetection"),
    ),
    (
        lambda: _("Decisions and assessments"),
        ("biosafetyDecision", "nationalRiskAssessment", "independentRiskAssessment"),
    ),
    (
        lambda: _("Laws and authorities"),
        ("biosafetyLaw", "authority", "supplementaryAuthority", "focalPoint", "database"),
    ),
    (
        lambda: _("People and organizations"),
        ("biosafetyExpert", "organization", "contact"),
    ),
    (
        lambda: _("Knowledge and news"),
        ("resource", "capacityBuildingInitiative", "submission", "biosafetyNews"),
    ),
)


def registry_heads(record_type: str, is_national: bool) -> list[Text | str]:
    """The heads of the columns beside title and number."""
    shape = load_record_format(record_type)
    own: list[Text | str] = [shape.field(name).label for name in _shown(record_type)]
    return [_("Country"), *own] if is_national else own


def _shown(record_type: str) -> tuple[str, ...]:
    # A laboratory and an expert are named by what these fields refer to.
    return tuple(n for n in LISTED.get(record_type, ()) if n not in ("organization", "contact"))


def read_row(frame: Frame, head: RecordHead, is_national: bool) -> dict[str, Any]:
    """One record of a list: its head, and the cells beside it."""
    shape = load_record_format(head.type)
    reader = FieldReader(frame, {}, frame.language)
    cells: list[tuple[Item, ...]] = []
    if is_national:
        country = find_country(head.government or "")
        words = country.names.get(frame.language) if country else ""
        address = frame.link("party_records", country.code) if country else ""
        cells.append((Item(words=words, address=address),))
    for name in _shown(head.type):
        value = head.fields.get(name)
        field = shape.field(name)
        cells.append(reader.list_items(field, value) if says_something(value) else ())
    return {"head": head, "cells": cells}
