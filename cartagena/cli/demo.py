"""`cartagena demo`: made-up data that shows the program, put in and taken out."""

import datetime as dt
import json
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.imports import show_progress


@click.group()
def demo() -> None:
    """Load, remove or look at the demonstration data.

    All of it is made up and marked so wherever it is shown. Treaty status and groups are real.
    """


@demo.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def load(data_folder: Path, as_json: bool) -> None:
    """Publish made-up reports, records, registers and usage.

    Loading again changes nothing. Where a real report is public, none is put beside it.
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import load_demonstration

        with show_progress("Loading the demonstration", hidden=as_json) as progress:
            now = dt.datetime.now(dt.UTC)
            done = load_demonstration(now=now, progress=progress, even_if_removed=True)
    if as_json:
        counts = {"published": done.published, "amended": done.amended}
        click.echo(json.dumps({**counts, "unchanged": done.unchanged, "refused": done.refused}))
    elif done.published or done.amended:
        versions = done.published + done.amended
        click.echo(f"Loaded: {done.published:,} made-up records in {versions:,} versions.")
    else:
        click.echo("The demonstration is loaded already.")
    for reason in done.reasons:
        click.echo(f"Left out: {reason}", err=True)


@demo.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def remove(data_folder: Path, as_json: bool) -> None:
    """Take everything made up back, as if it had never been public.

    Real records stay. The log keeps that the demonstration existed; it can be loaded again.
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import remove_demonstration

        with show_progress("Removing the demonstration", hidden=as_json) as progress:
            removed = remove_demonstration(now=dt.datetime.now(dt.UTC), progress=progress)
    if as_json:
        click.echo(json.dumps({"removed": removed}))
    elif removed:
        click.echo(f"Removed: {removed:,} made-up records. Only real data is shown now.")
    else:
        click.echo("No demonstration was loaded.")


@demo.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def status(data_folder: Path, as_json: bool) -> None:
    """Say how much made-up data is shown."""
    with with_django(data_folder):
        from cartagena.apps.registry.api import get_demonstration_status

        found = get_demonstration_status()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "records": found.records,
                    "by_type": found.by_type,
                    "is_current": found.is_current,
                }
            )
        )
    elif not found.records:
        click.echo("No demonstration is loaded. Load it with `cartagena demo load`.")
    else:
        click.echo(f"{found.records:,} made-up records are shown:")
        for record_type, count in found.by_type.items():
            click.echo(f"  {count:6,}  {record_type}")
        if not found.is_current:
            click.echo("They are of another release or were loaded in part: `cartagena demo load`.")


COMMANDS = [demo]
