"""How records and their versions are named: identifiers, references, public numbers.

parse_public_number("bch-dec-cn-105-2").revision   # 2
"""

import re
from dataclasses import dataclass
from functools import cache

from cartagena.engine.countries import find_country, get_country
from cartagena.engine.record_type import load_record_types
from cartagena.engine.record_values import IDENTIFIER

SECRETARIAT = "SCBD"
_GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<prefix>[A-Z]{2,8})-(?P<code>[A-Z][A-Z0-9]{0,7})-(?P<place>[A-Z]{2}|SCBD)"
    r"-(?P<document>[1-9][0-9]{0,17})(-(?P<revision>[1-9][0-9]{0,8}))?"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


@dataclass(frozen=True)
class PublicNumber:
    """The number by which a record is cited: `BCH-DEC-CN-105-2`.

    `place` is the alpha-2 code of the government in capitals, or SCBD; `document_id` stays the
    same over all revisions. Without `revision` the number means the record as it stands.
    """

    prefix: str
    code: str
    place: str
    document_id: int
    revision: int | None = None

    def __str__(self) -> str:
        start = f"{self.prefix}-{self.code}-{self.place}-{self.document_id}"
        return start if self.revision is None else f"{start}-{self.revision}"

    @property
    def record_type(self) -> str | None:
        """The record type that numbers so, or None."""
        return _types_by_number().get((self.prefix, self.code))

    @property
    def government(self) -> str | None:
        """The alpha-3 code of the government; None for the Secretariat or an unknown country."""
        country = None if self.place == SECRETARIAT else find_country(self.place)
        return country.code if country else None


@cache
def _types_by_number() -> dict[tuple[str, str], str]:
    return {(kind.prefix, kind.code): name for name, kind in load_record_types().items()}


def find_public_number(text: str) -> PublicNumber | None:
    """The public number that `text` is, in any case and with any kind of dash; or None."""
    found = _NUMBER.fullmatch(text.strip().translate(_DASHES).upper())
    if found is None:
        return None
    revision = found["revision"]
    return PublicNumber(
        found["prefix"],
        found["code"],
        found["place"],
        int(found["document"]),
        None if revision is None else int(revision),
    )


def parse_public_number(text: str) -> PublicNumber:
    """The public number that `text` is. Raises ValueError saying what is wrong."""
    found = find_public_number(text)
    if found is None:
        raise ValueError(
            f"{text!r} is no public number. Write it as BCH-DEC-CN-105-2: prefix, type, country or "
            "SCBD, number, revision."
        )
    if found.record_type is None:
        raise ValueError(f"{text!r}: no record type is numbered {found.prefix}-{found.code}.")
    return found


def build_public_number(
    record_type: str, government: str | None, document_id: int, revision: int | None = None
) -> PublicNumber:
    """The public number of a version, or of a record when no revision is given.

    `government` is an alpha-3 code. Raises KeyError for an unknown type, ValueError for numbers
    below 1.
    """
    kind = load_record_types()[record_type]
    if document_id < 1 or (revision is not None and revision < 1):
        raise ValueError(f"Numbers begin with 1, found {document_id} and {revision}.")
    place = SECRETARIAT
    if kind.kind == "national" and government is not None and find_country(government):
        place = get_country(government).iso2
    return PublicNumber(kind.prefix, kind.code, place, document_id, revision)


def is_identifier(text: str) -> bool:
    """Whether a record may have this identifier: a GUID, or an older form that addresses bear."""
    return re.fullmatch(IDENTIFIER, text) is not None


def is_guid(text: str) -> bool:
    """Whether this is a GUID, which new records must have."""
    return _GUID.fullmatch(text) is not None


def normalize_identifier(text: str) -> str:
    """An identifier as it is stored: a GUID in capitals without braces, others as they are.

    Raises ValueError for what identifies no record.
    """
    bare = text.strip().removeprefix("{").removesuffix("}")
    if is_guid(bare):
        return bare.upper()
    if not is_identifier(bare):
        raise ValueError(
            f"{text!r} identifies no record. Give its GUID: 11 to 128 letters, digits, - or _."
        )
    return bare


def split_reference(reference: str) -> tuple[str, int | None]:
    """Identifier and revision of `GUID@3`; without a revision the newest is meant (None).

    Raises ValueError.
    """
    identifier, at, revision = reference.partition("@")
    if at and not re.fullmatch(r"[1-9][0-9]{0,8}", revision):
        raise ValueError(f"{reference!r} names no revision. Write GUID or GUID@2.")
    return normalize_identifier(identifier), int(revision) if at else None
