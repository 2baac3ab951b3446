"""Many people save their reports while the server is killed: what was acknowledged is there."""

import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.save_reports import FIELDS, SECTION, Saver, call_self, list_lost
from cartagena.engine.questionnaire import load_format
from tests.journeys.test_serve import fetch, list_family, port, serving  # noqa: F401 - a fixture

PEOPLE = 12


def save_until_the_end(saver: Saver, ended: threading.Event) -> None:
    number = 0
    while not ended.is_set():
        saver.save(f"{saver.client['party']} {number}")
        number += 1


def test_no_acknowledged_save_is_lost_when_everything_is_killed(
    data_folder: Path,
    port: int,  # noqa: F811 - the fixture
) -> None:
    with serving(data_folder, port) as process:
        clients = call_self("prepare", data_folder, str(PEOPLE))
        savers = [Saver(port, client) for client in clients]
        ended = threading.Event()
        threads = [
            threading.Thread(target=save_until_the_end, args=(saver, ended), daemon=True)
            for saver in savers
        ]
        for thread in threads:
            thread.start()
        # Each saves over and over; a refused save would go on for ever, so it ends the test here.
        while sum(len(saver.acknowledged) for saver in savers) < 3 * PEOPLE:
            assert sum(saver.failures for saver in savers) == 0
            time.sleep(0.05)
        family = list_family(process.pid)
        database = [p for p in psutil.process_iter() if str(data_folder) in " ".join(_line(p))]
        for each in {*family, *database}:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        ended.set()
        for thread in threads:
            thread.join()
        for saver in savers:
            saver.close()
    with serving(data_folder, port):
        assert fetch(port) == 200
        assert list_lost(savers, call_self("kept", data_folder)) == []


def _line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_what_the_clients_send_is_what_the_page_sends() -> None:
    """The benchmark speaks of the section and field that exist in the form."""
    for cycle, field in FIELDS.items():
        question = load_format(cycle).question(field.partition("#")[0])
        assert (question.section, question.is_text) == (SECTION, True)
