"""One made-up thing to publish, before the registry knows of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cartagena.apps.registry.demonstration.profiles import Profile

MARK = "DEMO-"
"""How the identifier of everything made up begins."""


@dataclass(frozen=True)
class Planned:
    """One version to publish. ``government`` is an alpha-3 code; empty bodies are never planned."""

    identifier: str
    type: str
    government: str | None
    title: str
    body: Mapping[str, Any]
    published_on: dt.date
    revision: int = 1
    received_on: dt.date | None = None


def plan_record(
    kind: str,
    identifier: str,
    title: str,
    published_on: dt.date,
    fields: Mapping[str, Any],
    profile: Profile | None = None,
    revision: int = 1,
) -> Planned:
    """A record in the Clearing-House's document form; national if it has a profile."""
    body: dict[str, Any] = {
        "header": {"identifier": identifier, "schema": kind, "languages": ["en"]}
    }
    if profile is not None:
        body["government"] = {"identifier": profile.iso2}
    body.update(fields)
    party = profile.party if profile else None
    return Planned(identifier, kind, party, title, body, published_on, revision)


def term(identifier: str) -> dict[str, str]:
    """A term or a reference, as documents hold it."""
    return {"identifier": identifier}


def terms(*identifiers: str) -> list[dict[str, str]]:
    """Several terms or references."""
    return [term(identifier) for identifier in identifiers]


def english(words: str) -> dict[str, str]:
    """A text in English."""
    return {"en": words}
