"""Organisms, genes and living modified organisms of the demonstration.

Names of species and genes are real, so that pages look as they will; the modified organisms are
made up and have no unique identifiers.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from cartagena.apps.registry.demonstration.draws import happens, pick
from cartagena.apps.registry.demonstration.planned import (
    Planned,
    link,
    other,
    plan_record,
    term,
    terms,
)
from cartagena.apps.registry.demonstration.profiles import list_profiles
from cartagena.apps.registry.demonstration.words import (
    SIX,
    Words,
    pick_main,
    say,
    say_rich,
    word,
)

LMOS = 60
FIRST_LMO_ON = dt.date(2004, 2, 1)
DAYS_BETWEEN = 90
_OPENED = dt.date(2004, 1, 12)
PROTEIN = "1ECB698D-3F3D-41BC-BEBD-DD5C734BCDCF"

CROPS = ("maize", "soybean", "cotton", "rapeseed", "potato", "rice", "sugar beet", "tomato")
_SPECIES = {
    "maize": "Zea mays", "soybean": "Glycine max", "cotton": "Gossypium hirsutum",
    "rapeseed": "Brassica napus", "potato": "Solanum tuberosum", "rice": "Oryza sativa",
    "sugar beet": "Beta vulgaris", "tomato": "Solanum lycopersicum",
}  # fmt: skip
_DONORS = (
    "Bacillus thuringiensis", "Agrobacterium tumefaciens", "Streptomyces viridochromogenes",
    "Streptomyces hygroscopicus", "Bacillus subtilis", "Solanum stoloniferum", "Hordeum vulgare",
    "Bacillus amyloliquefaciens", "Escherichia coli",
)  # fmt: skip
TRAITS = ("insects", "herbicide", "drought", "virus", "fungi", "oil", "ripening", "sterility")

# Name, abbreviation, donor, trait.
_GENES = (
    ("Insecticidal crystal protein Cry1Ab", "cry1Ab", "Bacillus thuringiensis", "insects"),
    ("Insecticidal crystal protein Cry3A", "cry3A", "Bacillus thuringiensis", "insects"),
    ("5-enolpyruvylshikimate-3-phosphate synthase", "cp4 epsps", "Agrobacterium tumefaciens",
     "herbicide"),
    ("Phosphinothricin N-acetyltransferase", "pat", "Streptomyces viridochromogenes", "herbicide"),
    ("Phosphinothricin N-acetyltransferase of S. hygroscopicus", "bar",
     "Streptomyces hygroscopicus", "herbicide"),
    ("Cold shock protein B", "cspB", "Bacillus subtilis", "drought"),
    ("Resistance gene to potato virus Y", "Ry", "Solanum stoloniferum", "virus"),
    ("Chitinase", "chi", "Hordeum vulgare", "fungi"),
    ("Omega-6 desaturase", "FAD2", "Glycine max", "oil"),
    ("Polygalacturonase", "PG", "Solanum lycopersicum", "ripening"),
    ("Ribonuclease", "barnase", "Bacillus amyloliquefaciens", "sterility"),
    ("Neomycin phosphotransferase II", "nptII", "Escherichia coli", "marker"),
)  # fmt: skip


def plan_biology() -> Iterator[Planned]:
    """Organisms, then genes, then modified organisms."""
    for name in (*_SPECIES.values(), *_DONORS):
        yield _plan_organism(name)
    for n in range(len(_GENES)):
        yield _plan_gene(n)
    for n in range(1, LMOS + 1):
        yield _plan_lmo(n)


def list_gene_ids(trait: str) -> list[str]:
    """The identifiers of the genes behind a trait."""
    return [_name_gene(n) for n, gene in enumerate(_GENES) if gene[3] == trait]


def name_lmo(n: int) -> str:
    """The identifier of a modified organism."""
    return f"DEMO-LMO-{n:04}"


def crop_of(n: int) -> Words:
    """What the n-th modified organism is."""
    return word(CROPS[n % len(CROPS)])


def trait_of(n: int) -> str:
    """What it can do that it could not before."""
    return TRAITS[(n + n // len(CROPS)) % len(TRAITS)]


def _name_organism(name: str) -> str:
    return f"DEMO-ORGA-{name.replace(' ', '-')}"


def _name_gene(n: int) -> str:
    return f"DEMO-GENE-{n + 1:02}"


def _plan_organism(name: str) -> Planned:
    genus, _, species = name.partition(" ")
    common = next((crop for crop, latin in _SPECIES.items() if latin == name), None)
    fields: dict[str, Any] = {
        "scientificName": name,
        "genus": genus,
        "species": species,
        "relevantInformation": say_rich(SIX, "made_up"),
    }
    if common:
        fields["commonNames"] = [say(SIX, common)]
    return plan_record("organism", _name_organism(name), name, _OPENED, fields, languages=SIX)


def _plan_gene(n: int) -> Planned:
    name, short, donor, trait = _GENES[n]
    fields = {
        # Names of genes are the same in all languages.
        "name": dict.fromkeys(SIX, name),
        "abbreviation": dict.fromkeys(SIX, short),
        "family": term(PROTEIN),
        "isSynthetic": False,
        "donorOrganisms": terms(_name_organism(donor)),
        "proteinName": dict.fromkeys(SIX, name),
        "traits": [other(say(SIX, trait))],
        "relevantInformation": say_rich(SIX, "made_up"),
    }
    day = _OPENED + dt.timedelta(n)
    return plan_record("dnaSequence", _name_gene(n), name, day, fields, languages=SIX)


def _plan_lmo(n: int) -> Planned:
    trait = trait_of(n)
    parts: dict[str, Words | str | int] = {"crop": crop_of(n), "trait": word(trait), "n": n}
    identity = say(SIX, "lmo", **parts)
    technique = "agrobacterium" if happens(0.6, "technique", n) else "bombardment"
    genes = list_gene_ids(trait)
    marker = list_gene_ids("marker") if happens(0.5, "marker", n) else []
    developer = pick([p for p in list_profiles() if p.strength > 0.7], "developer", n)
    traits = [trait, *(["marker"] if marker else [])]
    fields: dict[str, Any] = {
        "identity": identity,
        "transformationEvent": f"DEMO-{n:04}",
        "hasUniqueIdentification": False,
        "developers": terms(f"DEMO-CON-{developer.party}-1"),
        "description": say_rich(SIX, "lmo_description", **parts),
        "recipientOrganisms": terms(_name_organism(_SPECIES[CROPS[n % len(CROPS)]])),
        "vector": say(SIX, "plasmid"),
        "techniqueUsed": [other(say(SIX, technique))],
        "genes": terms(*genes, *marker),
        "geneConstructs": [_draw_construct(gene) for gene in (*genes, *marker)],
        "traits": [other(say(SIX, name)) for name in traits],
        "detectionMethod": say_rich(SIX, "detectionMethod"),
        "detectionMethodLinks": [link(f"lmo-{n}-detection.pdf", "Detection method")],
    }
    if n > 8 and n % 6 == 0:
        # A stack: its parents are two earlier ones.
        fields["linkedModifiedOrganisms"] = terms(name_lmo(n - 8), name_lmo(n - 5))
    day = FIRST_LMO_ON + dt.timedelta(DAYS_BETWEEN * n)
    return plan_record(
        "modifiedOrganism", name_lmo(n), pick_main(identity), day, fields, languages=SIX
    )


def _draw_construct(gene: str) -> list[dict[str, Any]]:
    return [
        {"type": "senseStart", "size": 0.8},
        {"type": "sense", "identifier": gene, "size": 1.5},
        {"type": "senseStop", "size": 0.3},
    ]
