"""One made-up thing to publish, before the registry knows of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartagena.apps.registry.demonstration.profiles import Profile

MARK = "DEMO-"
"""How the identifier of everything made up begins."""

OTHER = "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"
"""The term that the Clearing-House's lists share for what they do not name."""


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
    languages: Sequence[str] = ("en",),
) -> Planned:
    """A record in the Clearing-House's document form; national if it has a profile."""
    body: dict[str, Any] = {
        "header": {"identifier": identifier, "schema": kind, "languages": list(languages)}
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


def other(words: Mapping[str, str]) -> dict[str, Any]:
    """What a list does not name, in words."""
    return {"identifier": OTHER, "customValue": dict(words)}


def link(path: str, name: str, language: str = "en") -> dict[str, str]:
    """A link to a file that does not exist: addresses under `.invalid` lead nowhere by design."""
    return {
        "url": f"https://files.demonstration.invalid/{path}",
        "name": name,
        "language": language,
    }


def english(words: str) -> dict[str, str]:
    """A text in English."""
    return {"en": words}
