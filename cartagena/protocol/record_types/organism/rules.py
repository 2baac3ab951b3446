"""Cross-checks of organisms: the form of a scientific name."""

import re
from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_own_references, rule
from cartagena.engine.sentence import sentence

# Genus and species, hybrids with ×, ranks below the species, and a genus alone with sp. or spp.
_NAME = re.compile(
    r"×?\s?[A-Z][a-zë-]+"
    r"(\s(×\s?)?([a-zë-]+|spp?\.))?"
    r"(\s(subsp\.|ssp\.|var\.|f\.|cv\.|pv\.|bv\.|×)?\s?[a-zë-]+)*"
)
_OF_VIRUSES = ("realm", "subRealm", "virusGroup")


@rule()
def scientific_name_has_its_form(record: Record) -> Iterator[RecordProblem]:
    """Genus with a capital, species without, no author. Viruses are named otherwise."""
    name = record.value("scientificName")
    if not isinstance(name, str) or any(map(record.is_filled, _OF_VIRUSES)):
        return
    if not re.fullmatch(_NAME, name.strip()):
        what = sentence("%(name)s has not the form of a scientific name", name=repr(name))
        remedy = sentence(
            "Write genus and species, as Zea mays; author and strain have fields of their own."
        )
        yield record.warning("scientificName", what, remedy)


@rule()
def name_begins_with_its_genus(record: Record) -> Iterator[RecordProblem]:
    """Name and classification agree."""
    name, genus = record.value("scientificName"), record.value("genus")
    if not isinstance(name, str) or not isinstance(genus, str):
        return
    if not name.replace("×", "").strip().startswith(genus.strip()):
        what = sentence(
            "the name does not begin with the genus %(genus)s", genus=repr(genus.strip())
        )
        yield record.warning("genus", what, sentence("Correct one of the two."))


@rule()
def no_organism_crosses_with_itself(record: Record) -> Iterator[RecordProblem]:
    """Compatible species are other records."""
    yield from list_own_references(record, "compatibleSpecies")
