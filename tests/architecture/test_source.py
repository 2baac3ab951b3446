"""House rules that a reader relies on and that no other tool checks."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 450
# Written apart, so that this file does not contain them.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME"]) + r")\b")
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "util", "helper"}


def list_modules() -> list[Path]:
    folders = ("cartagena", "tests", "benchmarks", "examples")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def list_text_files() -> list[Path]:
    """Every file of the repository that people write: those git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        paths = [ROOT / name for name in names]
    else:
        # A copy without its history.
        paths = [*list_modules(), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.*")]
    written = {".py", ".md", ".html", ".css", ".js", ".yaml", ".yml", ".toml", ".txt", ""}
    return [path for path in paths if path.suffix in written and path.is_file()]


def test_no_module_is_longer_than_people_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in list_modules()
        if "migrations" not in path.parts
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in list_modules() if path.stem in VAGUE_NAMES] == []


def test_nothing_is_left_unfinished() -> None:
    marked = [
        str(path.relative_to(ROOT))
        for path in list_text_files()
        if UNFINISHED.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert marked == []


def test_no_file_names_a_place_outside_the_repository() -> None:
    elsewhere = re.compile("/wo" + "rk/|/ro" + "ot/")
    found = [
        str(path.relative_to(ROOT))
        for path in list_text_files()
        if elsewhere.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_every_model_says_which_personal_data_it_holds() -> None:
    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("cartagena.")
        and not re.search(r"Personal data: \w", model.__doc__ or "")
    ]
    assert silent == []


@pytest.mark.django_db
def test_tables_and_models_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_make_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z]+):.*## \S", makefile, flags=re.MULTILINE))
    assert {"run", "test", "check", "fix", "bench", "docs", "messages"} <= explained
