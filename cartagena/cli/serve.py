"""`cartagena serve`: database, tables, what the product ships, and the web server, until Ctrl-C."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import click

from cartagena.cli.django_setup import (
    configure,
    data_option,
    describe_check,
    list_setting_problems,
    with_django,
)
from cartagena.cli.exit_codes import EXIT_CODES_HELP, PROBLEMS_FOUND, end_not_available

_WEB_SERVER_SECONDS = 60
_END_SECONDS = 10
# How often it is looked whether the job worker has ended by itself; then another one starts.
_LOOK_SECONDS = 10
_WILDCARD = {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not listened on


class _Ended(BaseException):
    """Somebody asked the program to end: Ctrl-C or SIGTERM."""


@click.command(epilog=EXIT_CODES_HELP)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@data_option
@click.option("--no-demo", is_flag=True, help="Load no demonstration data and accounts.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=min(os.cpu_count() or 1, 2),
    show_default="2, or 1 on one core",
    help="Processes that answer.",
)
def serve(port: int, host: str, data_folder: Path, no_demo: bool, workers: int) -> None:
    """Run the portal until Ctrl-C.

    Starts the embedded PostgreSQL unless DATABASE_URL names another one, brings the tables up to
    date, and loads what the product ships. The first start takes longer.

    \b
    Examples:
      cartagena serve
      cartagena serve --port 8001 --data /srv/cartagena --no-demo
      DATABASE_URL=postgresql://user@host/name cartagena serve
    """
    signal.signal(signal.SIGINT, _ask_to_end)
    signal.signal(signal.SIGTERM, _ask_to_end)
    data_folder = data_folder.expanduser().absolute()
    try:
        with _only_one(data_folder, host, port):
            _check_port_is_free(host, port)
            _allow_host(host)
            _name_address(host, port)
            configure(data_folder)
            _refuse_wrong_settings()
            click.echo("Starting the database ...")
            with with_django(data_folder):
                from cartagena.config.first_start import prepare

                prepare(data_folder, with_demonstration=not no_demo)
                _serve_until_asked(host, port, workers, data_folder)
    except _Ended:
        pass
    click.echo("Stopped.")


def _ask_to_end(_number: int, _frame: FrameType | None) -> None:
    # Once is enough: a second Ctrl-C must not interrupt the orderly end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Ended


@contextmanager
def _only_one(data_folder: Path, host: str, port: int) -> Iterator[None]:
    """Hold the data folder against a second `cartagena serve`, even when this one is killed."""
    path = data_folder / "locks" / "serve"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as problem:
        end_not_available(
            f"The data folder {data_folder} cannot be written: {problem.strerror}. "
            "Name another one with --data, or run as the user it belongs to."
        )
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            end_not_available(_describe_holder(path, data_folder))
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "host": host, "port": port}))
        file.flush()
        yield


def _describe_holder(path: Path, data_folder: Path) -> str:
    who = "already"
    with suppress(ValueError, KeyError):
        holder = json.loads(path.read_text(encoding="utf-8"))
        address = _format_address(holder["host"], holder["port"])
        who = f"already (process {holder['pid']}, {address})"
    return (
        f"Cartagena runs {who} with the data folder {data_folder}: use that one, end it with "
        f"Ctrl-C, or name another folder with --data."
    )


def _check_port_is_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            # Binding alone succeeds beside a server that shares its port.
            probe.listen(1)
    except socket.gaierror:
        end_not_available(f"{host!r} is not an address of this machine: choose another --host.")
    except PermissionError:
        end_not_available(
            f"Port {port} may be used by the system only: choose one above 1023 with --port."
        )
    except OSError as problem:
        end_not_available(
            f"Port {port} on {host} cannot be used ({problem.strerror}): another program may hold "
            f"it. Choose another one, for instance --port {port + 1 if port < 65535 else 8000}."
        )


def _allow_host(host: str) -> None:
    """Answer under the address that was asked for, unless a setting lists the names."""
    if host not in _WILDCARD and not os.environ.get("CARTAGENA_HOSTS"):
        name = f"[{host}]" if ":" in host else host
        os.environ["CARTAGENA_HOSTS"] = ",".join(
            dict.fromkeys(["localhost", "127.0.0.1", "[::1]", name])
        )


def _name_address(host: str, port: int) -> None:
    """Let messages lead to where this program answers, unless a setting names the address."""
    if not os.environ.get("CARTAGENA_ADDRESS"):
        reached = "localhost" if host in _WILDCARD else host
        os.environ["CARTAGENA_ADDRESS"] = _format_address(reached, port).rstrip("/")


def _refuse_wrong_settings() -> None:
    errors, warnings = list_setting_problems()
    for warning in warnings:
        click.echo(f"Warning: {describe_check(warning)}", err=True)
    if errors:
        for error in errors:
            click.echo(f"Problem: {describe_check(error)}", err=True)
        click.echo("Nothing was started.", err=True)
        sys.exit(PROBLEMS_FOUND)


def _serve_until_asked(host: str, port: int, workers: int, data_folder: Path) -> None:
    started = [_start("web_server", host, str(port), str(workers))]
    try:
        _wait_until_it_answers(started[0], host, port)
        _print_banner(host, port, data_folder)
        # Nobody waits for jobs, so they begin when pages are answered.
        started.append(_start("job_worker"))
        while (code := _wait(started[0])) is None:
            if started[1].poll() is not None:
                started[1] = _start("job_worker")
        click.echo(f"The web server ended by itself (exit code {code}).", err=True)
        sys.exit(PROBLEMS_FOUND)
    finally:
        _end(started)


def _start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    from cartagena.config.parent_process import VARIABLE

    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", f"cartagena.config.{module}", *arguments],
        env={**os.environ, VARIABLE: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        # Ctrl-C in the terminal reaches this process only, which ends the others in order.
        start_new_session=True,
    )


def _wait(web: "subprocess.Popen[bytes]") -> int | None:
    """Return the exit code, or None when it still runs after a while."""
    try:
        return web.wait(_LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _wait_until_it_answers(web: "subprocess.Popen[bytes]", host: str, port: int) -> None:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + _WEB_SERVER_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        with suppress(OSError), socket.create_connection((target, port), timeout=1) as connection:
            # A connection may wait in the queue before anybody answers: ask for a real answer.
            connection.settimeout(_WEB_SERVER_SECONDS)
            request = (
                f"GET /healthz HTTP/1.1\r\nHost: {_host_header()}\r\nConnection: close\r\n\r\n"
            )
            connection.sendall(request.encode())
            if connection.recv(12).startswith(b"HTTP/1.1"):
                return
        time.sleep(0.1)
    end_not_available("The web server did not start; the lines above say why.")


def _host_header() -> str:
    from django.conf import settings

    return str(settings.ALLOWED_HOSTS[0]).lstrip(".*") or "localhost"


def _end(started: "list[subprocess.Popen[bytes]]") -> None:
    running = [process for process in started if process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + _END_SECONDS
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
    for process in started:
        # Whatever is left of its session, workers included.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _format_address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _print_banner(host: str, port: int, data_folder: Path) -> None:
    from cartagena.config.first_start import describe_demonstration_accounts

    click.echo()
    click.echo(f"Cartagena runs on {_format_address(host, port)}")
    click.echo(f"Data folder: {data_folder}")
    for line in describe_demonstration_accounts(data_folder):
        click.echo(line)
    click.echo("Stop with Ctrl-C.")
    sys.stdout.flush()


COMMANDS = [serve]
