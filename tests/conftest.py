"""The database of a test run, and what every test may use.

One embedded server per run, in a folder of its own under the temporary folder. It starts when the
first test needs the database, is shared by all processes of the run, and is removed at the end.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.utils import translation

from cartagena.config import embedded_postgres
from cartagena.config.messages import compile_catalogues
from tests.settings import TEST_DATA

_PREFIX = "cartagena-tests-"
# Tests never need their data after a power cut. A test's data is one transaction that is never
# committed: autovacuum sees empty tables, says so to the planner, and queries take minutes.
_QUICK = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
}  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Compile the message catalogues; sweep what killed runs left behind."""
    if _is_worker(config):
        return
    compile_catalogues()
    for folder in Path(TEST_DATA).parent.glob(f"{_PREFIX}*"):
        pid = folder.name.removeprefix(_PREFIX)
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            _remove_server(folder)
    # The server outlives the processes that share it: the first that is done must not own it.
    if config.getoption("numprocesses", None) and not os.environ.get("DATABASE_URL"):
        _start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and remove the server of this run, once all its processes have ended."""
    if not _is_worker(config):
        _remove_server(Path(TEST_DATA))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests in a browser where there is none; in CI that is a failure instead."""
    browser = [item for item in items if item.get_closest_marker("browser")]
    if not browser or find_chromium():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("Chromium is missing: in CI no test is left out.")
    config.hook.pytest_deselected(items=browser)
    items[:] = [item for item in items if item not in browser]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were left out and what to do about it."""
    if not find_chromium():
        terminalreporter.write_line(
            "Not run: the tests in a browser (marked `browser`), because Chromium is missing. "
            "On Debian: apt install chromium"
        )


def find_chromium() -> str | None:
    """Return the Chromium that tests in a browser use, or None."""
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start the server before the test database is made; pytest-django calls this by its name."""
    if not os.environ.get("DATABASE_URL"):
        _start_server()


@pytest.fixture(autouse=True)
def _in_no_language() -> Iterator[None]:
    """What a page of one test was read in says nothing to the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A data folder that does not exist yet; its server is stopped at the end.

    Not under pytest's own folder, which every run closes to others: a server has its own user.
    """
    parent = Path(tempfile.mkdtemp(prefix="cartagena-folder-"))
    yield parent / "data"
    embedded_postgres.stop(parent / "data")
    shutil.rmtree(parent)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _start_server() -> None:
    """Start it, and keep it when a command that a test runs was the last to use it."""
    embedded_postgres.keep_running(Path(TEST_DATA), keep=True)
    embedded_postgres.ensure_running(Path(TEST_DATA), _QUICK)


def _remove_server(folder: Path) -> None:
    if folder.exists():
        with suppress(embedded_postgres.DatabaseUnavailableError):
            embedded_postgres.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
