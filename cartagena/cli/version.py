"""`cartagena version`."""

import json
import platform
from importlib.metadata import version as get_version

import click

from cartagena.config.postgres_binaries import MAJOR_VERSION


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def version(as_json: bool) -> None:
    """Print the versions of the program and of what it stands on."""
    versions = {
        "cartagena": get_version("cartagena"),
        "python": platform.python_version(),
        "django": get_version("django"),
        "embedded_postgresql": str(MAJOR_VERSION),
    }
    if as_json:
        click.echo(json.dumps(versions))
        return
    for name, number in versions.items():
        click.echo(f"{name.replace('_', ' ')} {number}")


COMMANDS = [version]
