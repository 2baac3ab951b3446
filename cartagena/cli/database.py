"""`cartagena db`: the embedded PostgreSQL, for those who want to look after it themselves."""

import json
import os
import sys
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option
from cartagena.cli.exit_codes import NOT_AVAILABLE, end_not_available


@click.group()
def db() -> None:
    """Start, stop or look at the program's own PostgreSQL.

    Commands that need it start and stop it by themselves; with DATABASE_URL it is not used.
    """


@db.command()
@data_option
def start(data_folder: Path) -> None:
    """Start the server and let it run until `cartagena db stop`."""
    from cartagena.config import embedded_postgres
    from cartagena.config.postgres_binaries import DatabaseUnavailableError

    try:
        dsn = embedded_postgres.ensure_running(data_folder)
        embedded_postgres.keep_running(data_folder, keep=True)
    except DatabaseUnavailableError as problem:
        end_not_available(str(problem))
    click.echo(f"PostgreSQL runs. Its address: {dsn}")


@db.command()
@data_option
@click.option("--force", is_flag=True, help="Stop it even while a command or the portal uses it.")
def stop(data_folder: Path, force: bool) -> None:
    """Stop the server in order. Nothing is lost."""
    from cartagena.config import embedded_postgres
    from cartagena.config.postgres_binaries import DatabaseUnavailableError

    if not data_folder.exists():
        click.echo("PostgreSQL was not running.")
        return
    try:
        if embedded_postgres.is_in_use(data_folder) and not force:
            end_not_available(
                "The server is being used by `cartagena serve` or another command. "
                "End that first, or stop the server anyway with --force."
            )
        embedded_postgres.keep_running(data_folder, keep=False)
        stopped = embedded_postgres.stop(data_folder)
    except DatabaseUnavailableError as problem:
        end_not_available(str(problem))
    click.echo("PostgreSQL is stopped." if stopped else "PostgreSQL was not running.")


@db.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@click.pass_context
def status(ctx: click.Context, data_folder: Path, as_json: bool) -> None:
    """Say whether the server runs and answers.

    The exit code is 3 when it does not.
    """
    from cartagena.config import embedded_postgres

    found = embedded_postgres.get_status(data_folder)
    if as_json:
        click.echo(
            json.dumps({"pid": found.pid, "answering": found.answering, "address": found.dsn})
        )
    elif found.answering:
        click.echo(f"PostgreSQL runs (process {found.pid}). Its address: {found.dsn}")
    elif found.pid:
        click.echo(f"PostgreSQL runs (process {found.pid}) but does not answer.")
    else:
        click.echo(f"PostgreSQL does not run for {data_folder}.")
    ctx.exit(0 if found.answering else NOT_AVAILABLE)


@db.command()
@data_option
def shell(data_folder: Path) -> None:
    """Open psql on the server while it runs. Only for looking: what is published never changes."""
    from cartagena.config import embedded_postgres
    from cartagena.config.postgres_binaries import get_binary_folder

    found = embedded_postgres.get_status(data_folder)
    if not found.answering:
        end_not_available("PostgreSQL does not run. Start it with: cartagena db start")
    sys.stdout.flush()
    os.execv(get_binary_folder() / "psql", ["psql", found.dsn])  # noqa: S606 - our own program


COMMANDS = [db]
