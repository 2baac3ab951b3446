"""`cartagena check`: what is wrong with the settings, in plain words."""

import json
from pathlib import Path

import click

from cartagena.cli.django_setup import configure, data_option, describe_check, list_setting_problems
from cartagena.cli.exit_codes import PROBLEMS_FOUND


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@click.pass_context
def check(ctx: click.Context, data_folder: Path, as_json: bool) -> None:
    """Say what is wrong with the settings, if anything.

    \b
    Needs no database. Example:
      CARTAGENA_HTTPS=maybe cartagena check
    """
    configure(data_folder)
    errors, warnings = list_setting_problems()
    if as_json:
        found = [
            {"level": level, "id": item.id, "problem": item.msg, "hint": item.hint}
            for level, items in (("error", errors), ("warning", warnings))
            for item in items
        ]
        click.echo(json.dumps({"ok": not errors, "findings": found}))
    else:
        for word, items in (("Problem", errors), ("Warning", warnings)):
            for item in items:
                click.echo(f"{word}: {describe_check(item)}")
        if not errors:
            click.echo("The settings can be used.")
    ctx.exit(PROBLEMS_FOUND if errors else 0)


COMMANDS = [check]
