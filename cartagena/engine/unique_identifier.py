"""OECD unique identifiers of living modified organisms, however they are spelled.

An identifier such as `MON-ØØ6Ø3-6` has a code of the applicant, a code of the transformation event
and a check digit. The figure zero is written Ø, so that nobody takes it for the letter O. A stack
has one identifier for each event: `MON-ØØ6Ø3-6 × MON-ØØ81Ø-6`.

    read_unique_identifiers("mon006036").canonical  # "MON-ØØ6Ø3-6"
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cartagena.engine.record_problem import Severity
from cartagena.engine.sentence import Sentence, counted, sentence

ZERO = "Ø"
TIMES = " × "
_AS_ZERO = dict.fromkeys("Øø∅⌀", "0")
_AS_DASH = dict.fromkeys("‐‑‒–—−﹣－_.", "-")
_AS_TIMES = dict.fromkeys("×✕✖*＊хХ", "×")
_SPELLING = str.maketrans({**_AS_ZERO, **_AS_DASH, **_AS_TIMES})
_BETWEEN = re.compile(r"\s*×\s*|\s+X\s+|\s*[;,/+]\s*|\s*\n\s*")
_HYPHENATED = re.compile(r"([A-Z0-9]{2,3})-([A-Z0-9]{4,7})-([A-Z0-9])")
# An x without spaces is a sign of multiplication only after a whole identifier.
_JOINED = re.compile(_HYPHENATED.pattern + r"X(?=[A-Z0-9]{2,3}-)")
_PLAIN = re.compile(r"[A-Z0-9]{9}")
_LENGTH = 9


@dataclass(frozen=True)
class SpellingProblem:
    """One thing about the spelling of an identifier, with what to do; its last stop is left out."""

    sentence: Sentence
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.sentence}."


@dataclass(frozen=True)
class UniqueIdentifier:
    """One identifier in its parts, with the figure zero as `0`."""

    applicant: str
    event: str
    check_digit: int

    def __str__(self) -> str:
        return f"{self.applicant}-{self.event}-{self.check_digit}".replace("0", ZERO)

    @property
    def plain(self) -> str:
        """Letters and figures alone: the key under which it is searched (`MON006036`)."""
        return f"{self.applicant}{self.event}{self.check_digit}"

    @property
    def is_sound(self) -> bool:
        """Whether the check digit is right."""
        return compute_check_digit(self.applicant + self.event) == self.check_digit


@dataclass(frozen=True)
class Spelling:
    """What was read out of a text: the identifiers, and everything to say about their spelling."""

    identifiers: tuple[UniqueIdentifier, ...]
    problems: tuple[SpellingProblem, ...]

    @property
    def is_stack(self) -> bool:
        """Whether several events are named."""
        return len(self.identifiers) > 1

    @property
    def canonical(self) -> str:
        """The identifiers as they should be written, in the order given."""
        return TIMES.join(map(str, self.identifiers))

    @property
    def has_errors(self) -> bool:
        """Whether something cannot be read, or a check digit is wrong."""
        return any(problem.severity == "error" for problem in self.problems)


def compute_check_digit(code: str) -> int:
    """The check digit of applicant and event code together.

    Letters count as their place in the alphabet (A 1, Z 26), figures as themselves; the sum is
    summed digit by digit until one is left. `MONØØ6Ø3`: 13+15+14 + 0+0+6+0+3 = 51, 5+1 = 6.
    """
    letters = code.upper().translate(_SPELLING)
    total = sum(int(c) if c.isdigit() else ord(c) - 64 for c in letters if c.isalnum())
    while total > 9:
        total = sum(int(digit) for digit in str(total))
    return total


def read_unique_identifiers(text: str) -> Spelling:
    """The identifiers in a text, with everything wrong about them; never raises.

    Taken: any case, Ø or 0, with hyphens, spaces or nothing between the parts, and ×, x, commas or
    lines between the identifiers of a stack. A letter O in the place of a zero is understood where
    the check digit proves it, and told as a warning.
    """
    found: list[UniqueIdentifier] = []
    problems: list[SpellingProblem] = []
    for part in _split(text):
        identifier = _read_one(part, problems)
        if identifier is None:
            continue
        if identifier in found:
            what = sentence(
                "%(identifier)s stands twice. Write each event of a stack once",
                identifier=str(identifier),
            )
            problems.append(SpellingProblem(what))
        else:
            found.append(identifier)
    if not found and not problems:
        what = sentence("There is no identifier. Write it as MON-ØØ6Ø3-6")
        problems.append(SpellingProblem(what))
    return Spelling(tuple(found), tuple(problems))


def find_unique_identifier(text: str) -> UniqueIdentifier | None:
    """The one sound identifier that `text` spells, or None."""
    spelling = read_unique_identifiers(text)
    is_one = len(spelling.identifiers) == 1 and not spelling.has_errors
    return spelling.identifiers[0] if is_one else None


def _split(text: str) -> Iterator[str]:
    # Ø has no compatibility form, so it outlives the folding of full-width letters and figures.
    plain = unicodedata.normalize("NFKC", text).translate(_SPELLING).upper().translate(_SPELLING)
    for part in _BETWEEN.split(plain):
        rest = part.strip()
        while joined := _JOINED.match(rest):
            yield joined[0][:-1]
            rest = rest[joined.end() :]
        if rest:
            yield rest


def _read_one(part: str, problems: list[SpellingProblem]) -> UniqueIdentifier | None:
    pieces = _cut(part)
    if pieces is None:
        what = sentence(
            "%(found)s is no unique identifier. Write the code of the applicant (2 or 3 signs), of "
            "the event (5 or 6) and the check digit, as MON-ØØ6Ø3-6",
            found=repr(part),
        )
        problems.append(SpellingProblem(what))
        return None
    applicant, event, digit = pieces
    if digit == "O":
        problems.append(_letter_o(part))
        digit = "0"
    if not digit.isdigit():
        what = sentence(
            "%(found)s ends with %(sign)s. The last sign is the check digit, a figure",
            found=repr(part), sign=repr(digit),
        )  # fmt: skip
        problems.append(SpellingProblem(what))
        return None
    identifier = _settle_zeros(applicant, event, int(digit), part, problems)
    if len(identifier.plain) != _LENGTH:
        what = counted(
            "%(identifier)s has %(count)s letter or figure; identifiers have %(length)s. "
            "Compare it with the source",
            "%(identifier)s has %(count)s letters and figures; identifiers have %(length)s. "
            "Compare it with the source",
            len(identifier.plain), identifier=str(identifier), length=_LENGTH,
        )  # fmt: skip
        problems.append(SpellingProblem(what, "warning"))
    if not identifier.is_sound:
        right = compute_check_digit(applicant + event)
        what = sentence(
            "The check digit of %(identifier)s is wrong: it should be %(right)s. Compare every "
            "sign with the source; often two were swapped, or one mistyped",
            identifier=str(identifier), right=right,
        )  # fmt: skip
        problems.append(SpellingProblem(what))
    return identifier


def _cut(part: str) -> tuple[str, str, str] | None:
    hyphenated = _HYPHENATED.fullmatch(re.sub(r"\s*-\s*|\s+", "-", part))
    if hyphenated is not None:
        return hyphenated[1], hyphenated[2], hyphenated[3]
    plain = re.sub(r"[\s-]", "", part)
    if not _PLAIN.fullmatch(plain):
        return None
    # Codes of applicants are letters: two of them where the third sign is a figure.
    cut = 2 if plain[2].isdigit() else 3
    return plain[:cut], plain[cut:-1], plain[-1]


def _settle_zeros(
    applicant: str, event: str, digit: int, part: str, problems: list[SpellingProblem]
) -> UniqueIdentifier:
    """Zero or letter O: what the check digit proves; where it fits both, a zero is meant.

    Three letters O weigh as much as three zeros (45, whose digits sum to 9), so it may fit both.
    """
    written = UniqueIdentifier(applicant, event, digit)
    letters, zeros = applicant.replace("0", "O"), event.replace("O", "0")
    for other in (
        UniqueIdentifier(applicant, zeros, digit),
        written,
        UniqueIdentifier(letters, event, digit),
        UniqueIdentifier(letters, zeros, digit),
    ):
        if other.is_sound:
            if other != written:
                problems.append(_letter_o(part))
            return other
    return written


def _letter_o(part: str) -> SpellingProblem:
    what = sentence(
        "In %(found)s letter O and figure zero are mixed up. Zeros are written %(zero)s",
        found=repr(part), zero=ZERO,
    )  # fmt: skip
    return SpellingProblem(what, "warning")
