"""The embedded server: used by several, left behind, killed, in places that are hard to reach."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from cartagena.config import embedded_postgres
from cartagena.config.embedded_postgres import (
    ensure_running,
    get_socket_folder,
    get_status,
    stop,
    using_server,
)
from cartagena.config.postgres_binaries import DatabaseUnavailableError


def write(dsn: str, text: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (text text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [text])


def read(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM kept ORDER BY text")]


def kill_server(data_folder: Path) -> None:
    """End the server and all its processes as a power cut would."""
    server = psutil.Process(get_status(data_folder).pid)
    family = [*server.children(recursive=True), server]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    started = embedded_postgres._started.pop(data_folder / "postgres", None)
    if started is not None:
        started.wait()
    psutil.wait_procs(family, timeout=30)


def test_server_listens_on_no_network_port_and_sorts_by_code_point(data_folder: Path) -> None:
    with using_server(data_folder) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        rows = connection.execute("SELECT v FROM (VALUES ('b'),('a'),('B'),('é')) t(v) ORDER BY v")
        assert [row[0] for row in rows] == ["B", "a", "b", "é"]
        assert connection.execute("SELECT upper('é'), lower('Ñ')").fetchone() == ("É", "ñ")
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_second_start_keeps_the_data(data_folder: Path) -> None:
    with using_server(data_folder) as dsn:
        write(dsn, "first")
    assert get_status(data_folder).pid is None
    with using_server(data_folder) as dsn:
        assert read(dsn) == ["first"]


def test_data_survives_kill_9_of_the_server(data_folder: Path) -> None:
    write(ensure_running(data_folder), "before")
    kill_server(data_folder)
    assert (data_folder / "postgres" / "postmaster.pid").exists()
    assert (get_socket_folder(data_folder) / ".s.PGSQL.5432").exists()
    assert read(ensure_running(data_folder)) == ["before"]


def test_stale_process_number_that_now_belongs_to_somebody_else_is_not_believed(
    data_folder: Path,
) -> None:
    write(ensure_running(data_folder), "before")
    kill_server(data_folder)
    pid_file = data_folder / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    assert get_status(data_folder).pid is None
    assert read(ensure_running(data_folder)) == ["before"]


def test_server_left_by_a_killed_program_is_used_again_and_then_stopped(data_folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path;"
        "from cartagena.config.embedded_postgres import using_server\n"
        "with using_server(Path(sys.argv[1])):\n    print('ready', flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, data_folder], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGKILL)
    left = get_status(data_folder)
    assert left.answering
    with using_server(data_folder):
        assert get_status(data_folder).pid == left.pid
    assert get_status(data_folder).pid is None


def test_server_goes_on_while_anybody_uses_it(data_folder: Path) -> None:
    with using_server(data_folder):
        pid = get_status(data_folder).pid
        with using_server(data_folder):
            assert get_status(data_folder).pid == pid
        assert get_status(data_folder).answering
    assert get_status(data_folder).pid is None


def test_two_starts_at_once_share_one_server(data_folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from cartagena.config.embedded_postgres import ensure_running, get_status;"
        "ensure_running(Path(sys.argv[1])); print(get_status(Path(sys.argv[1])).pid)"
    )
    command = [sys.executable, "-c", program, str(data_folder)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    pids = {child.communicate(timeout=120)[0] for child in children}
    assert len(pids) == 1
    assert [child.returncode for child in children] == [0, 0]


@pytest.mark.parametrize("name", ["a b'c\"d$e,f", "中文" * 20, "x" * 120])
def test_data_folder_may_have_any_name_and_depth(data_folder: Path, name: str) -> None:
    folder = data_folder.parent / name / "data"
    with using_server(folder) as dsn:
        write(dsn, "here")
        assert read(dsn) == ["here"]
    socket = get_socket_folder(folder) / ".s.PGSQL.5432"
    assert len(os.fsencode(socket)) <= 107


def test_other_major_version_is_refused_in_one_sentence_and_nothing_is_changed(
    data_folder: Path,
) -> None:
    cluster = data_folder / "postgres"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(DatabaseUnavailableError, match=r"made by PostgreSQL 15.*backup") as caught:
        ensure_running(data_folder)
    assert "\n" not in str(caught.value)
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_initialisation_that_was_cut_off_starts_afresh(data_folder: Path) -> None:
    draft = data_folder / "postgres.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert ensure_running(data_folder)
    assert not draft.exists()


def test_starting_and_stopping_take_seconds(data_folder: Path) -> None:
    ensure_running(data_folder)
    stop(data_folder)
    took = []
    for _again in range(3):  # a busy machine may be slow once, not three times
        began = time.monotonic()
        ensure_running(data_folder)
        stop(data_folder)
        took.append(time.monotonic() - began)
        if took[-1] < 10:
            return
    raise AssertionError(took)
