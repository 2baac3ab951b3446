"""The embedded PostgreSQL: one server per data folder, on a unix socket, looked after by us.

    data/
      postgres/            the cluster (PG_VERSION in it names the major version)
      postgres.log         what the server said
      run/                 the socket
      locks/               which process starts or stops the server, and who is using it

Everybody who uses the server holds a shared lock on `locks/users`; the kernel drops it when a
process dies, however it dies. Who leaves last stops the server. So a server left behind by a killed
program is used again by the next one and then stopped.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from cartagena.config.postgres_binaries import (
    MAJOR_VERSION,
    DatabaseUnavailableError,
    find_server_user,
    make_binaries_usable,
    open_way_to,
    run_postgres_program,
    start_postgres_server,
)

DATABASE = ROLE = "cartagena"
PORT = 5432
_SOCKET_NAME = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH = 107
_START_SECONDS = 120
# Servers that this process started: kept so that their end can be waited for.
_started: dict[Path, subprocess.Popen[bytes]] = {}
# A cluster that sorts by code point gives the same order on every machine; the order people
# expect in their language is made by the pages.
_INITDB = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",
    "--no-instructions",
    f"--username={ROLE}",
]


@dataclass(frozen=True)
class ServerStatus:
    """What is known of the server of a data folder: its process and whether it answers."""

    pid: int | None
    answering: bool
    dsn: str


def get_socket_folder(data_folder: Path) -> Path:
    """Return the folder of the socket: in the data folder, or a short one when that cannot be.

    A socket's path is at most 107 bytes long, and clients take a comma for the next host. The
    answer depends on nothing but the path, so that settings know it without asking a server.
    """
    own = data_folder.absolute() / "run"
    if len(os.fsencode(own / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH and "," not in str(own):
        return own
    digest = hashlib.sha256(os.fsencode(data_folder.absolute())).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"cartagena-{digest}"
    if len(os.fsencode(short / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return short
    return Path("/tmp") / short.name  # noqa: S108 - checked for its owner before use


def get_dsn(data_folder: Path, database: str = DATABASE) -> str:
    """Return the address of the data folder's server, whether it runs or not."""
    host = quote(str(get_socket_folder(data_folder)), safe="")
    return f"postgresql://{ROLE}@/{database}?host={host}&port={PORT}"


def get_status(data_folder: Path) -> ServerStatus:
    """Say whether the server of the data folder runs and answers, without changing anything."""
    pid = _find_server_pid(data_folder.absolute() / "postgres")
    answering = pid is not None and _answers(data_folder)
    return ServerStatus(pid, answering, get_dsn(data_folder))


def ensure_running(data_folder: Path, settings: dict[str, str] | None = None) -> str:
    """Start the server of the data folder unless it runs; return its address once it answers.

    `settings` are server parameters for this start, e.g. {"fsync": "off"} in tests.
    Raises DatabaseUnavailableError with a sentence for people.
    """
    data_folder = data_folder.absolute()
    with _locked(data_folder, "start"):
        if not _answers(data_folder):
            cluster = data_folder / "postgres"
            user = find_server_user(cluster)
            make_binaries_usable(user)
            _check_readable(cluster)
            _wait_or_clear(data_folder)
            if not _answers(data_folder):
                _create_cluster(cluster, user)
                _prepare_socket_folder(data_folder, user)
                _start(data_folder, user, settings or {})
        _create_database(data_folder)
    return get_dsn(data_folder)


def stop(data_folder: Path) -> bool:
    """Stop the server of the data folder, letting running transactions go; True if one ran."""
    data_folder = data_folder.absolute()
    with _locked(data_folder, "start"):
        return _stop(data_folder)


def keep_running(data_folder: Path, keep: bool) -> None:
    """Set whether the server goes on when the last process that uses it ends."""
    marker = _lock_folder(data_folder.absolute()) / "keep"
    if keep:
        marker.touch()
    else:
        marker.unlink(missing_ok=True)


def is_in_use(data_folder: Path) -> bool:
    """Say whether a process is using the server through `using_server`."""
    with (_lock_folder(data_folder.absolute()) / "users").open("a") as users:
        return not _is_last_user(users)


@contextmanager
def using_server(data_folder: Path, settings: dict[str, str] | None = None) -> Iterator[str]:
    """Use the server: start it when needed, and stop it at the end if nobody else is using it."""
    data_folder = data_folder.absolute()
    users = (_lock_folder(data_folder) / "users").open("a")
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield ensure_running(data_folder, settings)
    finally:
        with _locked(data_folder, "start"):
            if _is_last_user(users) and not (data_folder / "locks" / "keep").exists():
                _stop(data_folder)
        users.close()


def _is_last_user(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_folder(data_folder: Path) -> Path:
    folder = data_folder / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DatabaseUnavailableError(
            f"The data folder {data_folder} cannot be written: {problem.strerror}. "
            "Name another one with --data, or run as the user it belongs to."
        ) from None
    return folder


@contextmanager
def _locked(data_folder: Path, name: str) -> Iterator[None]:
    path = _lock_folder(data_folder) / name
    try:
        file = path.open("a")
    except PermissionError:
        raise DatabaseUnavailableError(
            f"The data folder {data_folder} belongs to another user. Run as that user, or name "
            "another folder with --data."
        ) from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _answers(data_folder: Path) -> bool:
    try:
        with psycopg.connect(get_dsn(data_folder, "postgres"), connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


def _find_server_pid(cluster: Path) -> int | None:
    """Return the server's process number, or None when the number is stale or now another's."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        command = psutil.Process(pid).cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    is_ours = any(Path(part).name == "postgres" for part in command[:1]) and str(cluster) in command
    return pid if is_ours else None


def _check_readable(cluster: Path) -> None:
    version_file = cluster / "PG_VERSION"
    try:
        if not version_file.exists():
            return
        found = version_file.read_text().strip()
    except PermissionError:
        raise DatabaseUnavailableError(
            f"The database in {cluster} belongs to another user. Run as that user, or name "
            "another data folder with --data."
        ) from None
    if found != str(MAJOR_VERSION):
        raise DatabaseUnavailableError(
            f"The database in {cluster} was made by PostgreSQL {found}, this program brings "
            f"PostgreSQL {MAJOR_VERSION}, and the two cannot read each other's files. Take a "
            "backup with the program version that made it (docs/operations/backup.md) and restore "
            "it into a new data folder; nothing was changed."
        )


def _wait_or_clear(data_folder: Path) -> None:
    """Let a server that is just starting answer; clear what a killed one left behind."""
    cluster = data_folder / "postgres"
    deadline = time.monotonic() + _START_SECONDS
    while _find_server_pid(cluster) is not None:
        if _answers(data_folder):
            return
        if time.monotonic() > deadline:
            raise DatabaseUnavailableError(
                f"A PostgreSQL server of {cluster} runs (process {_find_server_pid(cluster)}) but "
                f"does not answer. Stop it (cartagena db stop) and start again; its log is "
                f"{data_folder / 'postgres.log'}."
            )
        time.sleep(0.1)
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
        (get_socket_folder(data_folder) / name).unlink(missing_ok=True)


def _create_cluster(cluster: Path, user: pwd.struct_passwd | None) -> None:
    """Make an empty cluster. It appears under its name only when complete."""
    if (cluster / "PG_VERSION").exists():
        return
    draft = cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if user is not None:
        open_way_to(draft)
        os.chown(draft, user.pw_uid, user.pw_gid)
    try:
        run_postgres_program("initdb", [*_INITDB, "-D", draft], user)
    except subprocess.CalledProcessError as problem:
        raise DatabaseUnavailableError(
            f"PostgreSQL could not make a database in {cluster}: {problem.output.strip()}"
        ) from None
    draft.rename(cluster)


def _prepare_socket_folder(data_folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make the socket's folder, closed to everybody but the server's user (and root)."""
    folder = get_socket_folder(data_folder)
    folder.mkdir(mode=0o700, exist_ok=True)
    uid = user.pw_uid if user else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid not in {uid, os.geteuid()}:
        raise DatabaseUnavailableError(
            f"The folder {folder}, meant for the database's socket, belongs to somebody else. "
            "Remove it, or name a data folder with a shorter path."
        )
    if user is not None:
        open_way_to(folder)
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _start(data_folder: Path, user: pwd.struct_passwd | None, settings: dict[str, str]) -> None:
    """Start the server itself: pg_ctl would hand our paths to a shell."""
    cluster, log = data_folder / "postgres", data_folder / "postgres.log"
    log.touch(mode=0o600)
    if user is not None:
        os.chown(log, user.pw_uid, user.pw_gid)
    socket_folder = str(get_socket_folder(data_folder)).replace('"', '""')
    parameters = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket_folder}"',
        "port": str(PORT),
        "timezone": "UTC",
        **settings,
    }
    arguments = ["-D", str(cluster), *(f"--{name}={value}" for name, value in parameters.items())]
    for _attempt in range(3):
        if user is not None:
            open_way_to(cluster)
        process = start_postgres_server(arguments, log, user)
        _started[cluster] = process
        deadline = time.monotonic() + _START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if _answers(data_folder):
                return
            time.sleep(0.05)
        if process.poll() is None:
            _stop(data_folder)
            break
        # Processes of a server killed a moment ago may still hold its shared memory.
        time.sleep(1)
    lines = log.read_text(errors="replace").splitlines()[-5:]
    raise DatabaseUnavailableError(
        f"PostgreSQL did not start in {cluster}. Its last words (all in {log}): "
        + " | ".join(lines)
    )


def _create_database(data_folder: Path) -> None:
    with psycopg.connect(get_dsn(data_folder, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _stop(data_folder: Path) -> bool:
    """Stop the server: first ending its sessions in order, after a while at once."""
    cluster = data_folder / "postgres"
    pid = _find_server_pid(cluster)
    if pid is None:
        return False
    server = psutil.Process(pid)
    for ask, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
        with suppress(psutil.NoSuchProcess):
            server.send_signal(ask)
        with suppress(psutil.TimeoutExpired):
            _wait_for_end(cluster, server, patience)
            with suppress(OSError):
                get_socket_folder(data_folder).rmdir()
            return True
    raise DatabaseUnavailableError(
        f"The PostgreSQL server of {cluster} (process {pid}) does not stop."
    )


def _wait_for_end(cluster: Path, server: psutil.Process, patience: float) -> None:
    ours = _started.get(cluster)
    if ours is not None and ours.pid == server.pid:
        with suppress(subprocess.TimeoutExpired):
            ours.wait(patience)
            del _started[cluster]
            return
        raise psutil.TimeoutExpired(patience)
    server.wait(patience)
