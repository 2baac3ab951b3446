"""Made-up records of all types in the Clearing-House's document form, in envelopes, at random."""

import copy
import random
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from cartagena.engine.countries import load_countries
from cartagena.engine.record_format import Field, load_record_format
from cartagena.engine.record_type import load_record_types
from tests.record_bodies import TYPES_WITH_FIELDS, make_body

# Of a hundred records so many are of these types, about as in the Clearing-House; the rest is
# shared by all others.
MIX = {
    "contact": 20, "biosafetyDecision": 14, "nationalRiskAssessment": 13, "modifiedOrganism": 8,
    "resource": 10, "organism": 4, "dnaSequence": 4, "biosafetyLaw": 5, "organization": 5,
    "authority": 4, "focalPoint": 3,
}  # fmt: skip
_PATTERNS = 60
_WORDS = (
    "maize", "cotton", "soybean", "tolerance", "herbicide", "insect", "field", "trial", "import",
    "approval", "assessment", "of", "the", "risk", "to", "biological", "diversity", "and", "human",
    "health", "with", "conditions", "for", "handling", "transport", "packaging",
)  # fmt: skip


def make_envelopes(count: int, seed: int = 2000) -> Iterator[dict[str, Any]]:
    """So many records in envelopes, each with a body of its own; equal seeds give equal records."""
    chance = random.Random(seed)
    types, weights = _list_types()
    countries = [country.iso2.lower() for country in load_countries()]
    for n in range(count):
        record_type = chance.choices(types, weights)[0]
        body = copy.deepcopy(_patterns(record_type)[chance.randrange(_PATTERNS)])
        identifier = str(uuid.UUID(int=chance.getrandbits(128), version=4)).upper()
        body["header"]["identifier"] = identifier
        place = chance.choice(countries)
        national = load_record_types()[record_type].kind == "national"
        if national:
            body["government"] = {"identifier": place}
        _fill_texts(record_type, body, chance)
        moment = (
            f"{chance.randint(2004, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        )
        revision = chance.choice([1, 1, 1, 2, 3])
        yield {
            "identifier": identifier,
            "documentID": 1000 + n,
            "type": record_type,
            "owner": f"country:{place}" if national else "user:1234",
            "revision": revision,
            "latestRevision": revision,
            "realm": "BCH",
            "mediaType": "application/json",
            "charset": "utf-8",
            "metadata": {"schema": record_type, **({"government": place} if national else {})},
            "createdOn": f"{moment}T09:15:00.000Z",
            "submittedOn": f"{moment}T12:30:00.000Z",
            "updatedOn": f"{moment}T14:45:00.000Z",
            "body": body,
        }


@cache
def _list_types() -> tuple[list[str], list[float]]:
    others = [name for name in TYPES_WITH_FIELDS if name not in MIX]
    rest = (100 - sum(MIX.values())) / len(others)
    return [*MIX, *others], [*MIX.values(), *(rest for _ in others)]


@cache
def _patterns(record_type: str) -> list[dict[str, Any]]:
    chance = random.Random(record_type)
    return [make_body(load_record_format(record_type), chance) for _ in range(_PATTERNS)]


def _fill_texts(record_type: str, body: dict[str, Any], chance: random.Random) -> None:
    """Words of a usual length in the place of the pattern's."""
    for field in load_record_format(record_type).fields:
        if field.is_text and len(field.path) == 1 and isinstance(body.get(field.id), dict):
            for language in body[field.id]:
                body[field.id][language] = _make_text(field, chance)


def _make_text(field: Field, chance: random.Random) -> str:
    length = chance.randint(6, 12) if field.type == "text" else chance.randint(20, 90)
    text = " ".join(chance.choices(_WORDS, k=length)).capitalize()
    return f"<p>{text}.</p>" if field.type == "rich" else text
