"""`cartagena jobs`: what the program does beside answering pages, such as sending mail."""

import json
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import EXIT_CODES_HELP


@click.group(epilog=EXIT_CODES_HELP)
def jobs() -> None:
    """Run the jobs that wait, or say how many do.

    `cartagena serve` runs them by itself; use these where another web server is used.
    """


@jobs.command()
@data_option
@click.option("--until-idle", is_flag=True, help="End when no job waits any more.")
def run(data_folder: Path, until_idle: bool) -> None:
    """Run jobs until Ctrl-C."""
    with with_django(data_folder):
        from cartagena.config import job_worker

        job_worker.run(until_idle=until_idle)


@jobs.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def status(data_folder: Path, as_json: bool) -> None:
    """Say how many jobs wait, run and failed, by kind."""
    with with_django(data_folder):
        from django.db.models import Count
        from procrastinate.contrib.django.models import ProcrastinateJob

        rows = list(
            ProcrastinateJob.objects.values("task_name", "status")
            .annotate(number=Count("id"))
            .order_by("task_name", "status")
        )
    if as_json:
        click.echo(json.dumps(rows))
    elif not rows:
        click.echo("No job waits, runs or has failed.")
    else:
        for row in rows:
            click.echo(f"{row['number']:6,}  {row['status']:10}  {row['task_name']}")


COMMANDS = [jobs]
