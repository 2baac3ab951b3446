"""What the documentation says of pages, buttons, commands and targets is there by that name.

What needs the portal to run is not run here: that an address answers, that a button does what a
guide says. The journeys do that.
"""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve

from cartagena.cli.main import cli
from tests.architecture.test_docs import FENCE, ROOT, list_pages, list_words

CODE = re.compile(r"`([^`\n]+)`")
ADDRESS = re.compile(r"(?:http://127\.0\.0\.1:8000|(?<![\w.:/=>}*…-]))(/[a-z][\w./{}<>-]*)")
# Set apart, in one paragraph; a name may go on in the next line.
_WORDS = r"((?:[^*\n]|\n(?!\n))+)"
BOLD = re.compile(rf"\*\*{_WORDS}\*\*")
ITALIC = re.compile(rf"(?<![*\w])\*(?! ){_WORDS}\*(?![*\w])")
OPENS_AN_ITEM = re.compile(r"^ *(?:-|\d+\.) +\*\*[^*\n]+\*\*", re.MULTILINE)
# What begins with a slash and is no page: folders, and what the addresses below them begin with.
FOLDERS = ("/srv/", "/proc")
BEGINNINGS = {"/api/v1", "/api/v2013", "/downloads"}
GUIDES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    ROOT / "docs" / "tutorials" / "first-hour.md",
]


def list_code(page: Path) -> Iterator[str]:
    """Each block and each span of code, lines that go on put together."""
    content = page.read_text(encoding="utf-8")
    yield from (found[2].replace("\\\n", " ") for found in FENCE.finditer(content))
    yield from CODE.findall(FENCE.sub("", content))


def list_addresses(page: Path) -> set[str]:
    content = page.read_text(encoding="utf-8")
    links = re.findall(r"<(http://127\.0\.0\.1:8000/[^>]*)>", content)
    found = {a for code in [*list_code(page), *links] for a in ADDRESS.findall(code)}
    return {address.rstrip(".") for address in found if not address.startswith(FOLDERS)}


def leads_somewhere(address: str) -> bool:
    # What stands for a name, such as <type> or {id}, may be any name.
    path = re.sub(r"<\w+>|\{\w+\}", "x", address)
    try:
        resolve(path)
    except Resolver404:
        return path.rstrip("/") in BEGINNINGS
    return True


def test_every_address_of_a_page_is_one_of_the_portal() -> None:
    wrong = [
        f"{page.relative_to(ROOT)}: {address}"
        for page in list_pages()
        if page.parent.name != "reference"
        for address in sorted(list_addresses(page))
        if not leads_somewhere(address)
    ]
    assert wrong == []


def test_addresses_are_found_and_wrong_ones_noticed() -> None:
    found = {address for page in list_pages() for address in list_addresses(page)}

    assert {"/analyse", "/desk/consistency", "/indicators/1.2.4/why/NOR", "/healthz"} <= found
    assert not leads_somewhere("/desk/consistence")


@cache
def list_texts() -> frozenset[str]:
    """The texts of the interface; what is put into them is written as three dots."""
    path = ROOT / "cartagena" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        texts = [message.id for message in read_po(file, locale="fr") if message.id]
    one = [text if isinstance(text, str) else text[0] for text in texts]
    return frozenset(re.sub(r"%\(\w+\)s", "...", text).rstrip(":") for text in one)


def list_names(page: Path) -> Iterator[str]:
    """What a guide sets in bold or italics: names of pages, buttons and parts of pages.

    Not: a bold text that opens an item of a list, one that is a sentence, words of the glossary.
    """
    content = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    known = {word.casefold() for word in list_words()}
    for text in [*BOLD.findall(OPENS_AN_ITEM.sub("", content)), *ITALIC.findall(content)]:
        for name in " ".join(text.split()).split(" → "):
            if name.casefold() not in known and not re.search(r"(?<!\.\.)\.$", name):
                yield name


def test_every_name_of_a_page_or_button_is_the_one_the_portal_shows() -> None:
    wrong = [
        f"{page.name}: {name}"
        for page in GUIDES
        for name in list_names(page)
        if name not in list_texts()
    ]
    assert wrong == []


def test_names_of_pages_and_buttons_are_found() -> None:
    found = {name for page in GUIDES for name in list_names(page)}

    assert {"Start this report", "My work", "People who act for ...", "Indicators"} <= found


def find_wrong_words(words: list[str]) -> list[str]:
    """What of a command line the program does not know: commands and options."""
    command: click.Command = cli
    wrong = []
    for word in words:
        if word.startswith("--"):
            options = {name for option in command.params for name in option.opts}
            if word.partition("=")[0] not in options | {"--help"}:
                wrong.append(f"{command.name} {word}")
        elif isinstance(command, click.Group) and word != "...":
            # `register|treaty` names both.
            context = click.Context(command)
            found = [command.get_command(context, name) for name in word.split("|")]
            if None in found:
                return [*wrong, f"{command.name} {word}"]
            command = found[0] or command
    return wrong


def list_command_lines(page: Path) -> Iterator[list[str]]:
    for code in list_code(page):
        for line in code.splitlines():
            found = re.match(r" *(?:\$ +)?(?:\.venv/bin/)?cartagena +(?=[a-z])(.*)", line)
            if found:
                yield shlex.split(found[1].partition("  ")[0], comments=True)


def test_every_command_and_option_is_known_to_the_program() -> None:
    wrong = [
        f"{page.relative_to(ROOT)}: {word}"
        for page in list_pages()
        if page.parent.name != "reference"
        for words in list_command_lines(page)
        for word in find_wrong_words(words)
    ]
    assert wrong == []


def test_commands_are_found_and_wrong_ones_noticed() -> None:
    found = [words[0] for page in list_pages() for words in list_command_lines(page)]

    assert {"evaluate", "import", "freeze", "demo", "accounts"} <= set(found)
    assert find_wrong_words(["import", "report", "x"]) == ["import report"]
    assert find_wrong_words(["import", "reports", "x", "--dryrun"]) == ["reports --dryrun"]


def test_every_target_of_make_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {
        target
        for page in list_pages()
        for code in list_code(page)
        for target in re.findall(r"^ *(?:\$ +)?make ([a-z]+)", code, flags=re.MULTILINE)
    }
    assert {"run", "test", "docs"} <= named
    assert named - targets == set()
