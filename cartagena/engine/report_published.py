"""What a Party had published on a day, as the rules for its report read it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from cartagena.engine.declaration import Problems, build, read_yaml
from cartagena.engine.facts import Facts
from cartagena.engine.questionnaire_schema import ROOT

PUBLISHED_BY_FILE = ROOT / "published_by.yaml"


@dataclass(frozen=True)
class PublishedRecord:
    """One live record of a Party. ``values`` are its closed values: field -> what is chosen."""

    identifier: str
    type: str
    number: str = ""
    title: str = ""
    published_on: dt.date | None = None
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """The live records of one Party, and the treaties it was a Party to (``cpb``, ``nklsp``)."""

    records: Sequence[PublishedRecord] = ()
    party_to: frozenset[str] = frozenset({"cpb"})

    def of(self, record_type: str, /, **chosen: str) -> tuple[PublishedRecord, ...]:
        """The records of a type; with ``field="value"``, those where the value is chosen."""
        return tuple(
            record
            for record in self.records
            if record.type == record_type
            and all(value in record.values.get(name, ()) for name, value in chosen.items())
        )


def read_published(facts: Facts, party: str, on: dt.date) -> Published:
    """What a Party (alpha-3) had published at the end of a day, by the facts."""
    live = [
        row
        for row in facts.rows_by("record", "government").get(party, ())
        if row["published_on"] <= on and (row["until_on"] is None or row["until_on"] > on)
    ]
    records = [
        PublishedRecord(
            identifier=row["record"],
            type=row["type"],
            number=row["number"] or "",
            title=row["title"] or "",
            published_on=row["published_on"],
            values=facts.record_values.get((row["record"], row["version"]), {}),
        )
        for row in live
    ]
    status = facts.rows_by("treaty", "party").get(party, ())
    treaties = {row["treaty"] for row in status if row["in_force_on"] and row["in_force_on"] <= on}
    return Published(tuple(records), frozenset(treaties))


@dataclass(frozen=True)
class PublishedBy:
    """The records that publish what a question asks: a type, and field -> value of them."""

    concept: str
    type: str
    chosen: Mapping[str, str]


@dataclass(frozen=True)
class _Declaration:
    language: str
    items: tuple[PublishedBy, ...]


@cache
def load_published_by() -> Mapping[str, PublishedBy]:
    """Concept of a question -> the records that publish it. Raises DeclarationError."""
    problems = Problems()
    place = PUBLISHED_BY_FILE.name
    declared = build(_Declaration, read_yaml(PUBLISHED_BY_FILE), place, problems)
    problems.raise_if_any()
    assert declared is not None
    return {item.concept: item for item in declared.items}
