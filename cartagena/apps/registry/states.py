"""The life of a record as one table, and the rule that decides about a publication.

=========  =====================  ==========  ==================================================
action     from                   to          what it does
=========  =====================  ==========  ==================================================
publish    nothing, withdrawn     live        a first version, or a new one after a withdrawal
amend      live                   live        a new version; the one before ends as it begins
withdraw   live                   withdrawn   the live version ends; it stays citable
confirm    live                   live        its owner says that the live version still holds
annul      live, withdrawn        nothing     as if never public (demonstration); stays in the log
=========  =====================  ==========  ==================================================
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from cartagena.apps.registry.publication import Publication
from cartagena.engine.sentence import sentence

State = Literal["nothing", "live", "withdrawn"]

TRANSITIONS: dict[tuple[str, State], State] = {
    ("publish", "nothing"): "live",
    ("publish", "withdrawn"): "live",
    ("amend", "live"): "live",
    ("withdraw", "live"): "withdrawn",
    ("confirm", "live"): "live",
    ("annul", "live"): "nothing",
    ("annul", "withdrawn"): "nothing",
}


@dataclass(kw_only=True)
class KnownVersion:
    """A version and its public period, as known now. ``period_id`` is None until it is stored."""

    version_id: int
    number: int
    sha256: str
    revision: int | None
    demonstration: bool
    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    ending: str | None = None
    period_id: int | None = None


@dataclass(kw_only=True)
class RecordState:
    """A record with the versions that were public as far as is known now, oldest first."""

    record_id: int
    identifier: str
    type: str
    government: str | None
    document_id: int
    last_number: int = 0
    known: list[KnownVersion] = field(default_factory=list)

    @property
    def live(self) -> KnownVersion | None:
        """The version that is public now."""
        return self.known[-1] if self.known and self.known[-1].ending is None else None

    @property
    def state(self) -> State:
        """Where the record is in its life."""
        if not self.known:
            return "nothing"
        return "live" if self.live else "withdrawn"


@dataclass(frozen=True)
class Decision:
    """What to do with a publication; ``number`` names the version that already holds it."""

    action: Literal["publish", "amend", "unchanged", "refuse"]
    reason: str = ""
    number: int | None = None


def decide(state: RecordState | None, publication: Publication, sha256: str) -> Decision:
    """What becomes of a publication, given what is known of its record.

    Content that is already there, live or in the history, is unchanged. What is older than the live
    version, or than the withdrawal, is refused: history is imported oldest first.
    """
    if state is None:
        return Decision("publish")
    if (state.type, state.government) != (publication.type, publication.government):
        return Decision(
            "refuse",
            sentence(
                "The identifier belongs to a %(type)s of %(government)s. Type and government of a "
                "record never change: use another identifier.",
                type=state.type,
                government=state.government or sentence("no government"),
            ),  # fmt: skip
        )
    for version in reversed(state.known):
        if _is_the_same(version, publication, sha256):
            return Decision("unchanged", number=version.number)
    live = state.live
    if live is not None:
        return _decide_amendment(live, publication)
    last = state.known[-1] if state.known else None
    if last is not None and last.ends_at is not None and publication.published_at < last.ends_at:
        return Decision(
            "refuse",
            sentence(
                "The record was withdrawn on %(day)s. Publish it with a date after that, or leave "
                "it withdrawn.",
                day=last.ends_at.date(),
            ),
        )
    return Decision("publish")


def _is_the_same(version: KnownVersion, publication: Publication, sha256: str) -> bool:
    if version.sha256 != sha256 or version.demonstration != publication.demonstration:
        return False
    if version.ending is None:  # live: only a higher revision of the source says something new
        # One published here has no revision of a source and is cited by its number.
        known = version.revision or version.number
        return publication.revision is None or publication.revision <= known
    if publication.revision is not None and version.revision is not None:
        return publication.revision == version.revision
    return publication.published_at == version.starts_at


def _decide_amendment(live: KnownVersion, publication: Publication) -> Decision:
    if publication.published_at < live.starts_at:
        return Decision(
            "refuse",
            sentence(
                "It is older than the live version %(version)s of %(day)s. Give the newest "
                "revision, or import the history oldest first.",
                version=live.number,
                day=live.starts_at.date(),
            ),  # fmt: skip
        )
    revision, live_revision = publication.revision, live.revision
    if revision is not None and live_revision is not None and revision <= live_revision:
        told = sentence(
            "Revision %(revision)s differs from the live revision %(live)s. An amendment has a "
            "higher revision.",
            revision=revision, live=live_revision,
        )  # fmt: skip
        if revision < live_revision:
            told = sentence(
                "Revision %(revision)s is older than the live revision %(live)s. An amendment has "
                "a higher revision.",
                revision=revision, live=live_revision,
            )  # fmt: skip
        return Decision("refuse", told)
    return Decision("amend")
