"""The pages of docs/reference. Each module makes some: a dict from file name to content.

Modules are imported when pages are made, so that other commands start quickly.
"""

from pathlib import Path


def make_pages() -> dict[str, str]:
    """All generated pages by their path inside docs/reference. Needs no database."""
    from cartagena.cli.reference import (
        commands,
        engine,
        facts,
        faults,
        indicators,
        plan,
        questionnaires,
        records,
        report_rules,
        treaty,
    )

    pages: dict[str, str] = {}
    for module in (
        indicators,
        questionnaires,
        plan,
        treaty,
        records,
        report_rules,
        faults,
        facts,
        commands,
        engine,
    ):
        pages |= module.make_pages()
    return pages


def list_stale_pages(folder: Path) -> list[str]:
    """The pages whose file is missing or differs from what would be written now."""
    return [
        name
        for name, content in make_pages().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != content
    ]
