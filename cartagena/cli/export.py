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


@export.command("bch")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Only records of this type, such as biosafetyDecision. May be repeated.",
)
@click.option(
    "--out",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A file (.jsonl or .jsonl.gz), or a folder that gets a file for each type.",
)
@click.option(
    "--all-versions",
    is_flag=True,
    help="Also earlier versions and withdrawn records, not only what is live.",
)
@click.option(
    "--with-notes",
    is_flag=True,
    help="Also the internal notes of records, which are not public. Keep such a file to yourself.",
)
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@data_option
def export_bch(
    types: tuple[str, ...],
    out: Path,
    all_versions: bool,
    with_notes: bool,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Write records in the form of the Clearing-House.

    One envelope with its body a line. `cartagena import bch` reads them back: nothing is lost.

    \b
    Examples:
      cartagena export bch --out records.jsonl.gz
      cartagena export bch --type biosafetyDecision --type authority --out records/
    """
    with with_django(data_folder):
        from cartagena.apps.exchange.api import export_records, list_exchanged_types

        unknown = [name for name in types if name not in list_exchanged_types()]
        if unknown:
            known = ", ".join(list_exchanged_types())
            raise click.UsageError(f"There is no type {', '.join(unknown)}. Known: {known}.")
        try:
            counts = export_records(out, types, all_versions=all_versions, with_notes=with_notes)
        except OSError as problem:
            raise click.ClickException(f"The records cannot be written: {problem}") from None
    if as_json:
        click.echo(json.dumps({"out": str(out), "types": counts}))
        return
    total = sum(counts.values())
    click.echo(f"{total:,} records of {len(counts)} types are in {out}.")


COMMANDS = [export]
