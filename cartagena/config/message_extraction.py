"""Finds the texts of the interface in code and templates and keeps the catalogues in step.

Needs no GNU gettext: Django turns a template into something Babel can read.
"""

import ast
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from cartagena.config import languages
from cartagena.config.messages import LOCALE_FOLDER

PACKAGE = LOCALE_FOLDER.parent
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "sentence": None,
    "counted": (1, 2),
}
# A fixed day: the catalogues change when a text does, and not otherwise.
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def extract_messages(package: Path = PACKAGE) -> Catalog:
    """Return all texts of the interface with the files they stand in."""
    template = Catalog(project="cartagena", creation_date=_DAY, revision_date=_DAY)
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        place = path.relative_to(package.parent).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is no text became X and is not indented as Python would have it.
            text = "\n".join(map(str.strip, templatize(text, origin=place).splitlines()))
        found = extract(
            "python", BytesIO(text.encode()), keywords=_KEYWORDS, comment_tags=["Note:"]
        )
        for _line, message, comments, context in found:
            template.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
        if path.suffix == ".py" and "@report_rule(" in text:
            for asks in list_rule_questions(text):
                template.add(asks, locations=[(place, 0)])
    return template


def list_rule_questions(code: str) -> list[str]:
    """What the rules of a module ask: the docstrings of its functions, each in one line."""
    return [
        " ".join((ast.get_docstring(node) or "").split())
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "report_rule"
    ]


def update_catalogues(folder: Path = LOCALE_FOLDER) -> dict[str, int]:
    """Bring every language's catalogue in step; return how many texts each lacks.

    A text that changed counts as new: nothing is guessed from a similar one.
    """
    template = extract_messages()
    missing = {}
    for code, _name in languages.NAMES:
        if code == languages.DEFAULT:
            continue
        catalogue = _merge(folder, code, template)
        path = _get_path(folder, code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_format(catalogue))
        missing[code] = sum(
            1 for message in catalogue if message.id and not _is_done(message.string)
        )
    return missing


def list_outdated_catalogues(folder: Path = LOCALE_FOLDER) -> list[str]:
    """Return the languages whose catalogue is not in step with the code."""
    template = extract_messages()
    return [
        code
        for code, _name in languages.NAMES
        if code != languages.DEFAULT
        and (
            not _get_path(folder, code).exists()
            or _get_path(folder, code).read_bytes() != _format(_merge(folder, code, template))
        )
    ]


def _get_path(folder: Path, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / "django.po"


def _merge(folder: Path, code: str, template: Catalog) -> Catalog:
    catalogue = Catalog(locale=code, project="cartagena", creation_date=_DAY, revision_date=_DAY)
    path = _get_path(folder, code)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
    kept = {(m.id, m.context): m for m in catalogue if m.id and "framework" in m.user_comments}
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for (identifier, context), message in kept.items():
        if catalogue.get(_first(identifier), context) is None:
            catalogue.add(
                identifier, message.string, user_comments=message.user_comments, context=context
            )
    catalogue.creation_date = catalogue.revision_date = _DAY
    catalogue.fuzzy = False
    catalogue.header_comment = (
        f"# Texts of the interface, language {code}. Kept in step with the code by\n"
        "# `make messages`; write translations into the msgstr lines. Texts marked `framework`\n"
        "# come from Django."
    )
    catalogue.last_translator = catalogue.language_team = "cartagena"
    catalogue.msgid_bugs_address = "cartagena"
    catalogue.version = "1"
    return catalogue


def _first(identifier: str | tuple[str, ...] | list[str]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]


def _is_done(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _format(catalogue: Catalog) -> bytes:
    output = BytesIO()
    write_po(output, catalogue, width=100, sort_output=True, include_lineno=False)
    return output.getvalue()
