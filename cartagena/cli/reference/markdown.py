"""Markdown for generated pages: escaping, tables, lists, anchors."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\*_<>`\[\]])")

MADE_BY = "Made by `make docs` from {source}. Do not edit: change the source and make it again."


def plain(text: str) -> str:
    """Words of a declaration, so that nothing in them is read as markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A code, key or name, shown letter by letter."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def anchor(name: str) -> str:
    """A place that can be linked to."""
    return f'<a id="{name}"></a>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. Cells are Markdown already; bars and line ends in them are made harmless."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def bullets(items: Iterable[str], depth: int = 0) -> str:
    """A list, one line an item."""
    return "\n".join(f"{'  ' * depth}- {item}" for item in items)


def page(title: str, source: str, *parts: str) -> str:
    """A whole page: title, where it comes from, the parts that are not empty."""
    kept = [f"# {title}", MADE_BY.format(source=source), *(p for p in parts if p)]
    return "\n\n".join(kept) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
