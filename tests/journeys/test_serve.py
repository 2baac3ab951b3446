"""`cartagena serve` as people run it: start, use, stop, start again, and what disturbs."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from cartagena.config import embedded_postgres
from tests.programs import get_environment

START_SECONDS = 120


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get_command(data_folder: Path, port: int) -> list[str]:
    command = [sys.executable, "-m", "cartagena.cli.main", "serve", "--workers", "1", "--no-demo"]
    return [*command, "--data", str(data_folder), "--port", str(port)]


@contextmanager
def serving(data_folder: Path, port: int, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        get_command(data_folder, port),
        stdout=subprocess.PIPE,
        text=True,
        env=get_environment(PYTHONUNBUFFERED="1", **variables),
    ) as process:
        try:
            assert process.stdout is not None
            lines = []
            for line in process.stdout:
                lines.append(line)
                if line.startswith("Stop with"):
                    break
            assert lines
            assert lines[-1].startswith("Stop with"), lines
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)


def fetch(port: int, path: str = "/healthz") -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
        return int(response.status)


def list_family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_portal_serves_and_stops_cleanly_when_asked(
    data_folder: Path, port: int, ask: signal.Signals
) -> None:
    with serving(data_folder, port) as process:
        assert fetch(port) == 200
        family = list_family(process.pid)
        began = time.monotonic()
        process.send_signal(ask)
        assert process.wait(30) == 0
        assert time.monotonic() - began < 10
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_second_start_is_refused_in_one_sentence_with_process_and_address(
    data_folder: Path, port: int
) -> None:
    with serving(data_folder, port) as process:
        second = subprocess.run(
            get_command(data_folder, port),
            capture_output=True,
            text=True,
            env=get_environment(),
            timeout=START_SECONDS,
            check=False,
        )
        assert second.returncode == 3
        assert second.stderr.count("\n") == 1
        assert f"process {process.pid}, http://127.0.0.1:{port}/" in second.stderr
        assert fetch(port) == 200


def test_port_used_by_something_else_gives_one_sentence(data_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            get_command(data_folder, port),
            capture_output=True,
            text=True,
            env=get_environment(),
            timeout=START_SECONDS,
            check=False,
        )
    assert done.returncode == 3
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert embedded_postgres.get_status(data_folder).pid is None


def test_after_kill_9_of_everything_the_next_start_recovers_with_the_data(
    data_folder: Path, port: int
) -> None:
    with serving(data_folder, port) as process:
        with psycopg.connect(embedded_postgres.get_dsn(data_folder)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        family = list_family(process.pid)
        assert any(member.name() == "postgres" for member in family)
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
    psutil.wait_procs(family, timeout=30)
    with serving(data_folder, port):
        assert fetch(port) == 200
        with psycopg.connect(embedded_postgres.get_dsn(data_folder)) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_web_server_ends_when_the_program_is_killed_alone(data_folder: Path, port: int) -> None:
    with serving(data_folder, port) as process:
        web = [p for p in list_family(process.pid) if "cartagena.config.web_server" in p.cmdline()]
        assert len(web) >= 2
        process.kill()
        _, alive = psutil.wait_procs(web, timeout=30)
        assert alive == []


def test_database_url_switches_to_another_server(data_folder: Path, port: int) -> None:
    elsewhere = data_folder.with_name("elsewhere")
    with (
        embedded_postgres.using_server(elsewhere) as dsn,
        serving(data_folder, port, DATABASE_URL=dsn),
    ):
        assert fetch(port) == 200
        assert not (data_folder / "postgres").exists()
        with psycopg.connect(dsn) as connection:
            found = connection.execute("SELECT to_regclass('accounts_user') IS NOT NULL")
            assert found.fetchone() == (True,)
