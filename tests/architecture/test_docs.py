"""The documentation is true: links lead somewhere, examples run, generated pages are fresh."""

import datetime as dt
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from cartagena.cli.main import cli
from cartagena.cli.reference import list_stale_pages, make_pages
from cartagena.engine.datapackage import write_datapackage
from cartagena.engine.facts import Facts, read_facts
from cartagena.engine.freeze import facts_hash
from cartagena.engine.parties import countries_table, memberships_table, treaty_table
from tests.worked_example import FOLDER, make_ten_parties

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
# Other commands make these two; they are checked where they are made.
NOT_MADE_HERE = {"api.md"}

# ```console and ```python are run; ```text and ```python no-run are not.
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


class Example(NamedTuple):
    page: Path
    line: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def list_pages() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def list_examples(language: str) -> list[Example]:
    return [
        Example(page, content[: found.start()].count("\n") + 1, found[2])
        for page in list_pages()
        if not page.is_relative_to(REFERENCE)
        for content in [page.read_text(encoding="utf-8")]
        for found in FENCE.finditer(content)
        if found[1] == language
    ]


def list_anchors(page: Path) -> set[str]:
    content = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = (re.sub(r"[^\w\- ]", "", text.lower()) for text in HEADING.findall(content))
    return {*ANCHOR.findall(content), *(text.strip().replace(" ", "-") for text in headings)}


def list_links(page: Path) -> Iterator[str]:
    content = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", content)):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def test_every_link_leads_somewhere() -> None:
    anchors: dict[Path, set[str]] = {}
    broken = []
    for page in list_pages():
        for link in list_links(page):
            path, _, fragment = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists():
                broken.append(f"{page.relative_to(ROOT)}: {link}")
            elif fragment and target.suffix == ".md":
                if target not in anchors:
                    anchors[target] = list_anchors(target)
                if fragment not in anchors[target]:
                    broken.append(f"{page.relative_to(ROOT)}: {link} (no such place)")
    assert broken == []


def test_every_page_is_linked_from_the_table_of_contents() -> None:
    contents = ROOT / "docs" / "README.md"
    linked = {(contents.parent / link.partition("#")[0]).resolve() for link in list_links(contents)}
    # The forms have a table of contents of their own; the tutorial links its files.
    apart = (REFERENCE / "questionnaires", ROOT / "docs" / "tutorials" / "files")
    pages = [
        page
        for page in (ROOT / "docs").rglob("*.md")
        if not any(page.is_relative_to(folder) for folder in apart)
    ]
    assert [page.name for page in pages if page not in {*linked, contents}] == []


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `docs`, and `facts`: what a fresh installation without demonstration holds."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "docs").symlink_to(ROOT / "docs")
    tables = {
        "party": countries_table(),
        "treaty": treaty_table(),
        "membership": memberships_table(),
    }
    created = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    write_datapackage(Facts(tables), folder / "facts", title="Shipped", created=created)
    return folder


@pytest.mark.parametrize("example", list_examples("console"), ids=lambda example: example.name)
def test_command_prints_what_its_page_says(
    example: Example, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)
    first, _, expected = example.text.partition("\n")
    prompt, program, command, *arguments = shlex.split(first)
    assert (prompt, program, command) == ("$", "cartagena", "evaluate"), "use `text` for others"
    if "--facts" not in arguments:
        # It speaks of the portal's database; that facts give the same is tested elsewhere.
        arguments = ["--facts", "facts", *arguments]

    done = CliRunner().invoke(cli, [command, *arguments])

    assert done.exit_code == 0, done.output
    assert done.output == expected


@pytest.mark.parametrize("example", list_examples("python"), ids=lambda example: example.name)
def test_python_example_runs(
    example: Example, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)

    exec(compile(example.text, example.name, "exec"), {"__name__": "example"})


def test_examples_are_found() -> None:
    assert len(list_examples("console")) >= 6
    assert len(list_examples("python")) >= 4


def test_reference_pages_are_fresh() -> None:
    assert list_stale_pages(REFERENCE) == [], "Run `make docs` and commit docs/reference."


def test_a_page_that_was_changed_by_hand_is_called_stale(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["docs", "--to", str(tmp_path)]).exit_code == 0
    (tmp_path / "facts.md").write_text("Something else.", encoding="utf-8")

    done = CliRunner().invoke(cli, ["docs", "--to", str(tmp_path), "--check"])

    assert done.exit_code == 1
    assert "facts.md is stale" in done.output
    assert "plan.md" not in done.output


def test_reference_holds_nothing_that_nobody_makes() -> None:
    there = {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")}
    assert there - set(make_pages()) - NOT_MADE_HERE == set()


def test_worked_example_folder_holds_the_facts_of_the_test() -> None:
    found = facts_hash(read_facts(FOLDER))
    assert found == facts_hash(make_ten_parties()), "Run `python -m tests.worked_example`."


def list_words() -> list[str]:
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return re.findall(r"^\| \*\*(.+?)\*\* \|", glossary, flags=re.MULTILINE)


def test_glossary_is_in_order_and_says_each_word_once() -> None:
    words = [word.casefold() for word in list_words()]
    assert words == sorted(set(words))


def test_glossary_gives_each_word_one_sentence_and_a_source() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in glossary.splitlines() if "| **" in line]
    assert [row for row in rows if len(row) != 3 or not row[1].endswith(".") or not row[2]] == []


def test_words_that_explanations_set_in_bold_are_in_the_glossary() -> None:
    """A bold text that ends with a full stop opens a paragraph; any other is a word we use."""
    known = {word.casefold() for word in list_words()}
    unknown = {
        f"{page.name}: {word}"
        for page in (ROOT / "docs" / "explanation").glob("*.md")
        for word in BOLD.findall(page.read_text(encoding="utf-8"))
        if not word.endswith(".")
        and not {word.casefold(), word.casefold().removesuffix("s")} & known
    }
    assert unknown == set()


def test_every_word_of_the_about_page_is_in_the_glossary() -> None:
    template = ROOT / "cartagena/apps/portal/templates/portal/about_data.html"
    terms = re.findall(r'<dt>{% translate "([^"]+)" %}', template.read_text(encoding="utf-8"))
    known = {word.casefold() for word in list_words()} | {"point", "as it stood on"}
    assert terms
    assert {t for term in terms for t in term.casefold().split(", ")} - known == set()


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=]", entry)[0] for entry in project["dependencies"]}
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)`", page, flags=re.MULTILINE)) == needed
