"""`cartagena audit roots`: the daily roots of the publication log."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cartagena.cli.django_setup import data_option, with_django

if TYPE_CHECKING:
    from cartagena.apps.registry.api import DailyRoot


@click.command("roots")
@data_option
def print_roots(data_folder: Path) -> None:
    """Print the root of each past day.

    The root is the hash of the last log entry of the day.

    Save what it prints and keep it elsewhere; `cartagena audit verify --roots FILE` checks it
    later and says where the log was changed. The portal offers the same file for everybody.

    \b
    Example:
      cartagena audit roots > roots.txt
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import list_daily_roots, write_roots

        click.echo(write_roots(list_daily_roots(now=datetime.now(UTC))), nl=False)


def read_roots_file(path: Path) -> "list[DailyRoot]":
    """The roots in a file; a usage error says what is wrong. Called where Django is set up."""
    from cartagena.apps.registry.api import UnreadableRootsError, read_roots

    try:
        return read_roots(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableRootsError) as problem:
        raise click.UsageError(f"{path} is no file of roots: {problem}.") from None
