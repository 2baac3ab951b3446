"""`cartagena search`: the search index, for those who want to look after it themselves."""

import json
import sys
import time
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import EXIT_CODES_HELP, end_not_available


@click.group()
def search() -> None:
    """Look at the search index, or build it again.

    The index follows the publication log by itself; it is built again by itself when it is missing,
    damaged or made by another version of the program.
    """


@search.command(epilog=EXIT_CODES_HELP)
@data_option
@click.option("--quiet", is_flag=True, help="Show no progress.")
def rebuild(data_folder: Path, quiet: bool) -> None:
    """Build the index again from what is published. Searching goes on meanwhile."""
    with with_django(data_folder):
        from cartagena.apps.search.api import get_index

        began = time.monotonic()

        def tell(done: int, total: int) -> None:
            if not quiet and sys.stderr.isatty():
                click.echo(f"\r{done} of {total} records", nl=done >= total, err=True)

        index = get_index()
        if not index.rebuild(tell):
            end_not_available("Another process is building the index. Wait until it has ended.")
        finder = index.find_finder()
        size = finder.size if finder else 0
        seconds = time.monotonic() - began
    click.echo(f"The search index holds {size} versions. It took {seconds:.1f} s.")


@search.command(epilog=EXIT_CODES_HELP)
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def status(data_folder: Path, as_json: bool) -> None:
    """Say how far the index is in the publication log."""
    with with_django(data_folder):
        from cartagena.apps.registry.api import log_position
        from cartagena.apps.search.api import get_index

        index = get_index()
        usable = index.refresh()
        finder = index.find_finder()
        found = {
            "usable": usable,
            "position": index.state.position,
            "log": log_position(),
            "versions": finder.size if finder else 0,
        }
    if as_json:
        click.echo(json.dumps(found))
    elif usable:
        click.echo(
            f"The search index holds {found['versions']} versions and is at position "
            f"{found['position']} of {found['log']} of the publication log."
        )
    else:
        click.echo("There is no usable search index. Build it with: cartagena search rebuild")


COMMANDS = [search]
