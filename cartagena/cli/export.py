"""`cartagena export`: what is published, as open data."""

import datetime as dt
import json
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.past_day import PastDay


@click.group()
def export() -> None:
    """Write what is published to files that anyone may use."""


@export.command("facts")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--as-of",
    type=PastDay(),
    help="Only what was public at the end of this day.",
)
@click.option("--freeze", "freeze_name", help="The facts of a named freeze.")
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@data_option
def export_facts(
    folder: Path,
    as_of: dt.datetime | None,
    freeze_name: str | None,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Write the facts to FOLDER as a Data Package.

    Parquet and CSV with a description. The figures of the portal can be computed from them
    without any database:

    \b
      cartagena export facts ./facts
      cartagena evaluate --facts ./facts 1.6.1
    """
    if as_of and freeze_name:
        raise click.UsageError("Give --as-of or --freeze, not both: a freeze has its own day.")
    with with_django(data_folder):
        from django.utils import timezone

        from cartagena.apps.monitoring.api import (
            FreezeNotFoundError,
            current_facts,
            freeze_facts,
            get_freeze,
        )
        from cartagena.apps.registry.api import get_log_head, load_shipped
        from cartagena.engine.datapackage import write_datapackage

        load_shipped(now=timezone.now())
        head = get_log_head()
        position, created = head.position, head.recorded_at or timezone.now()
        day = as_of.date() if as_of else None
        title = "Facts of the Strategic Plan of the Cartagena Protocol"
        try:
            if freeze_name:
                freeze = get_freeze(freeze_name)
                facts = freeze_facts(freeze_name)
                position, created = freeze.log_position, freeze.created_at
                title += f", frozen as {freeze_name}"
            else:
                facts = current_facts(day)
                title += f", as of {day}" if day else ""
            descriptor = write_datapackage(
                facts, folder, title=title, created=created, log_position=position
            )
        except FreezeNotFoundError as problem:
            raise click.UsageError(str(problem)) from None
        except OSError as problem:
            raise click.ClickException(f"The facts cannot be written: {problem}") from None
    if as_json:
        click.echo(json.dumps(descriptor, indent=2, ensure_ascii=False))
        return
    rows = sum(r["rows"] for r in descriptor["resources"] if r["format"] == "csv")
    click.echo(f"{rows:,} rows in {len(descriptor['resources'])} files are in {folder}.")
    if descriptor["demonstration"]:
        click.echo("They hold made-up demonstration data, marked as such.")


COMMANDS = [export]
