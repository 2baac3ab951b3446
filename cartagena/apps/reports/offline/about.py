"""What a file says about itself, so that it finds its way back to the draft it was made from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cartagena.engine.canonical import canonical_json

LAYOUT = 1
"""Number of the arrangement of the files. Raised when older files cannot be read any more."""


@dataclass(frozen=True)
class About:
    """``draft`` and ``revision`` name the state that was written out, empty and 0 for a blank form.
    ``language`` is that of the questions, ``languages`` those of the answers, parted by commas."""

    cycle: str
    government: str
    identifier: str
    language: str
    languages: str
    draft: str = ""
    revision: int = 0
    layout: int = LAYOUT

    def as_texts(self) -> dict[str, str]:
        """Name -> text, for a hidden sheet or a property of a file."""
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> "About | None":
        """What was written by :meth:`as_texts`; None when something is missing or no number."""
        try:
            canonical_json(dict(texts))  # what no database holds did not come from here
            about = cls(
                cycle=texts["cycle"],
                government=texts["government"],
                identifier=texts["identifier"],
                language=texts["language"],
                languages=texts["languages"],
                draft=texts["draft"],
                revision=int(texts["revision"]),
                layout=int(texts["layout"]),
            )
            return about if about.revision >= 0 else None
        except (KeyError, ValueError):
            return None
