"""Gives a command Django and a database: a server that runs, or one started for the command."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartagena.cli.exit_codes import end_not_available

if TYPE_CHECKING:
    from django.core.checks import CheckMessage

# Any number that nobody else uses as an advisory lock: who holds it changes the tables.
_MIGRATION_LOCK = 2010_10_15


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--data`, the folder that holds the database and everything else that is kept."""
    return click.option(
        "--data",
        "data_folder",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="CARTAGENA_DATA",
        default=Path("data"),
        show_default="./data",
        help="Folder that holds the database and everything else that is kept.",
    )(function)


def configure(data_folder: Path | None = None) -> None:
    """Set Django up without touching a database. A command calls this before it imports models."""
    if data_folder is not None:
        os.environ["CARTAGENA_DATA"] = str(data_folder.expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cartagena.config.settings")
    import django

    try:
        django.setup()
    except OSError as problem:
        end_not_available(
            f"The data folder cannot be used: {problem.strerror}: {problem.filename}. "
            "Name another one with --data, or run as the user it belongs to."
        )


@contextmanager
def with_django(data_folder: Path | None = None) -> Iterator[None]:
    """Set Django up with a database whose tables are up to date, for the length of the block.

    Attaches to the embedded server when it runs; otherwise starts it, and stops it at the end when
    nobody else is using it by then. With DATABASE_URL that database is used. Ends the command
    with one sentence when no database can be had.
    """
    configure(data_folder)
    from django.conf import settings
    from django.db import connections

    from cartagena.config.embedded_postgres import using_server
    from cartagena.config.postgres_binaries import DatabaseUnavailableError

    try:
        if settings.USES_EMBEDDED_DATABASE:
            with using_server(settings.DATA_FOLDER):
                try:
                    migrate()
                    yield
                finally:
                    connections.close_all()
        else:
            _check_connection()
            migrate()
            yield
    except DatabaseUnavailableError as problem:
        end_not_available(str(problem))


def migrate() -> None:
    """Bring the tables up to date. Two processes that start together take turns."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])


def list_setting_problems() -> tuple[list["CheckMessage"], list["CheckMessage"]]:
    """Return what Django's system checks find: what stops the program, and what only warns."""
    from django.core.checks import ERROR, run_checks

    messages = [message for message in run_checks() if not message.is_silenced()]
    serious = [message for message in messages if message.is_serious(ERROR)]
    return serious, [message for message in messages if message not in serious]


def describe_check(message: "CheckMessage") -> str:
    """Return a finding in words: what, then what to do."""
    hint = f"\n    {message.hint}" if message.hint else ""
    return f"{message.msg} [{message.id}]{hint}"


def _check_connection() -> None:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        reason = " ".join(str(problem).split())
        end_not_available(
            f"The database named by DATABASE_URL does not answer: {reason}. "
            "Check the address and that the server runs."
        )
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    if version < 150000:
        end_not_available(
            f"The database named by DATABASE_URL is PostgreSQL {version // 10000}; "
            "15 or later is needed."
        )
