"""`cartagena usage`: how often the portal is used."""

from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django


@click.group()
def usage() -> None:
    """Count the use of the portal."""


@usage.command()
@data_option
def fold(data_folder: Path) -> None:
    """Add new counts to the sums and publish months that are over.

    A worker does the same each hour. Repeating it changes nothing.

    \b
    Example:
      cartagena usage fold
    """
    with with_django(data_folder):
        from django.conf import settings
        from django.utils import timezone

        from cartagena.apps.usage.api import fold_usage

        done = fold_usage(settings.DATA_FOLDER / "usage", now=timezone.now())
    click.echo(f"{done.counts} counts added, {done.files_removed} finished files removed.")
    if done.months:
        click.echo(f"Published: {', '.join(done.months)}.")


COMMANDS = [usage]
