"""facts.md: the tables of the open data."""

from cartagena.cli.reference.markdown import anchor, code, page, plain, table
from cartagena.engine.facts import TABLES

_TYPES = {
    "string": "text",
    "date32[day]": "day",
    "bool": "truth value",
    "int64": "whole number",
    "double": "number",
}


def make_pages() -> dict[str, str]:
    """The page of all fact tables."""
    parts = []
    for name, columns in TABLES.items():
        rows = [
            [
                code(column.name),
                _TYPES[str(column.type)],
                "yes" if column.required else "may be empty",
                plain(column.meaning),
            ]
            for column in columns
        ]
        parts.append(f"{anchor(name)}\n## {code(name)}")
        parts.append(table(["Column", "Type", "Filled", "Meaning"], rows))
    content = page(
        "Facts",
        "`cartagena/engine/facts.py`",
        "Facts are what is published, flattened and dated: the only input of the engine, and the "
        "open data that anyone may download. Days are days of UTC. Columns named `until_on` and "
        "`superseded_on` are exclusive. An empty cell means not known or not ended; it never means "
        "zero and never means no.",
        *parts,
    )
    return {"facts.md": content}
