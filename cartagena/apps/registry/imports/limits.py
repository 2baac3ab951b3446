"""How much an import takes in at once. What is larger is refused before it is read."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, texts in characters.

    ``document``: a JSON file that is one document or one list. ``line``: one line of JSON Lines.
    ``table``: a CSV or XLSX file; ``unpacked``: an XLSX file once unpacked. ``problems``: how many
    problems of one report are listed.
    """

    document: int = 64 * MEGABYTE
    line: int = 8 * MEGABYTE
    table: int = 64 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    text: int = 200_000
    depth: int = 24
    problems: int = 200


DEFAULT = Limits()


def describe_size(size: int) -> str:
    """A size in words: ``2,048 MB``."""
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"
