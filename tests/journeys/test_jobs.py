"""The job worker beside the web server: a message asked for on a page arrives, and nobody waits."""

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from .test_serve import port, serving  # noqa: F401 - `port` is a fixture

PATIENCE_SECONDS = 60


def wait_for(find: Callable[[], object], what: str) -> object:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = find()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen in {PATIENCE_SECONDS} seconds")


def find_workers(parent: int) -> list[psutil.Process]:
    children = psutil.Process(parent).children()
    return [child for child in children if "cartagena.config.job_worker" in child.cmdline()]


def test_message_asked_for_on_a_page_is_sent_by_the_worker_also_after_it_was_killed(
    data_folder: Path,
    port: int,  # noqa: F811 - the fixture
) -> None:
    base = f"http://127.0.0.1:{port}/account"
    with serving(data_folder, port) as process:
        [worker] = wait_for(lambda: find_workers(process.pid), "the worker")  # type: ignore[misc]
        worker.kill()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = browser.open(f"{base}/password/reset/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "email": "nobody@party.example"}
        browser.open(f"{base}/password/reset/", urllib.parse.urlencode(form).encode())
        sent = data_folder / "mail"
        [message] = wait_for(lambda: list(sent.glob("*.log")), "the message")  # type: ignore[misc]
        assert "To: nobody@party.example" in message.read_text(encoding="utf-8")
        assert len(find_workers(process.pid)) == 1
