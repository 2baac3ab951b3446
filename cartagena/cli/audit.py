"""`cartagena audit`: whether what is published was tampered with."""

import json
import re
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import PROBLEMS_FOUND


@click.group()
def audit() -> None:
    """Check the publication log."""


@audit.command()
@click.option(
    "--expect",
    metavar="POSITION:HASH",
    help="An entry noted at an earlier time; it must still be there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@data_option
@click.pass_context
def verify(ctx: click.Context, expect: str | None, as_json: bool, data_folder: Path) -> None:
    """Check the chain of the log and every version.

    Says where anything was changed.

    Note the hash it prints and keep it elsewhere: with --expect you can prove later that nothing
    before it was changed or cut off.
    """
    expected = None
    if expect is not None:
        match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", expect)
        if match is None:
            raise click.UsageError("--expect is POSITION:HASH, as this command prints it.")
        expected = (int(match[1]), match[2])
    with with_django(data_folder):
        from cartagena.apps.registry.api import verify_log

        found = verify_log(expected)
    if as_json:
        content = {
            "intact": not found.findings,
            "entries": found.entries,
            "versions": found.versions,
            "head": f"{found.entries}:{found.head}",
            "findings": [{"place": f.place, "what": f.what} for f in found.findings],
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        for finding in found.findings:
            click.echo(f"{finding.place}: {finding.what}.")
        state = "Not intact" if found.findings else "Intact"
        click.echo(f"{state}: {found.entries} log entries, {found.versions} versions.")
        click.echo(f"Last entry: {found.entries}:{found.head}")
    ctx.exit(PROBLEMS_FOUND if found.findings else 0)


COMMANDS = [audit]
