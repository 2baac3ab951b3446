"""A chain of log entries: each hash covers its statement and all that went before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cartagena.engine.canonical import hash_text

FIRST_HASH = "0" * 64


@dataclass(frozen=True)
class Finding:
    """One sign of tampering: where, and what does not fit."""

    place: str
    what: str


class ChainedEntry(Protocol):
    """What a chain needs to know of an entry."""

    position: int
    statement: str
    previous_hash: str
    hash: str


def chain_hash(previous_hash: str, statement: str) -> str:
    """The hash of an entry: it covers the statement and all that went before."""
    return hash_text(f"{previous_hash}\n{statement}")


def write_moment(moment: dt.datetime) -> str:
    """A moment in UTC to the microsecond, always in the same form."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def check_chain(entries: Iterable[tuple[ChainedEntry, str, str]], name: str) -> Iterator[Finding]:
    """What does not fit in a chain of entries, in the order of their positions.

    Each comes with the statement that its row amounts to, and with what it speaks of; `name` is
    how an entry of this log is called.
    """
    previous, position = FIRST_HASH, 0
    for entry, expected, subject in entries:
        place = f"{name} {entry.position}"
        position += 1
        if entry.position != position:
            yield Finding(place, f"entries {position} to {entry.position - 1} are missing")
            position = entry.position
        if entry.previous_hash != previous:
            yield Finding(place, "it does not follow from the entry before it")
        if entry.hash != chain_hash(entry.previous_hash, entry.statement):
            yield Finding(place, "its statement was changed: the hash does not match")
        if entry.statement != expected:
            yield Finding(place, f"what it says of {subject} was changed")
        previous = entry.hash
