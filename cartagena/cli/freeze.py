"""`cartagena freeze`: named sets of facts that never change."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import PROBLEMS_FOUND

if TYPE_CHECKING:
    from cartagena.apps.monitoring.models import Freeze

_json_option = click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")


@click.group()
def freeze() -> None:
    """Make, list, show and check freezes of the facts.

    A freeze holds the facts an evaluation rests on, for ever.
    """


@freeze.command()
@click.argument("name")
@click.option(
    "--cut-off",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    help="The last day whose publications are held.",
)
@click.option("--exclude", multiple=True, metavar="ID", help="Leave this record out.")
@click.option(
    "--reason", "reasons", multiple=True, help="Why: one for each --exclude, or one for all."
)
@click.option("--note", default="", help="What the freeze is for.")
@_json_option
@data_option
def create(
    name: str,
    cut_off: dt.datetime,
    exclude: tuple[str, ...],
    reasons: tuple[str, ...],
    note: str,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Freeze under NAME what was public at the end of a day.

    \b
    Example:
      cartagena freeze create review-2020 --cut-off 2019-12-31 \\
        --exclude REPORT-1 --reason "Withdrawn by letter of the Party."
    """
    if len(reasons) == 1:
        reasons = reasons * len(exclude)
    if len(reasons) != len(exclude):
        raise click.UsageError("Give one --reason for each --exclude, or one for all of them.")
    with with_django(data_folder):
        from django.utils import timezone

        from cartagena.apps.monitoring.api import FreezeRefusedError, create_freeze, get_freeze
        from cartagena.apps.registry.api import load_shipped

        load_shipped(now=timezone.now())
        try:
            create_freeze(
                name,
                cut_off=cut_off.date(),
                now=timezone.now(),
                reason=note,
                exclude=dict(zip(exclude, reasons, strict=True)),
            )
        except FreezeRefusedError as problem:
            raise click.ClickException(str(problem)) from None
        _print(_describe(get_freeze(name)), as_json)


@freeze.command("list")
@_json_option
@data_option
def list_all(as_json: bool, data_folder: Path) -> None:
    """List all freezes, newest first."""
    with with_django(data_folder):
        from cartagena.apps.monitoring.api import list_freezes

        found = [_describe(one) for one in list_freezes()]
    if as_json:
        click.echo(json.dumps(found, indent=2))
    elif not found:
        click.echo("No freeze is made yet.")
    for one in [] if as_json else found:
        click.echo(f"{one['name']}  cut-off {one['cut_off']}, {one['included']} versions")


@freeze.command()
@click.argument("name")
@_json_option
@data_option
def show(name: str, as_json: bool, data_folder: Path) -> None:
    """Show what the freeze NAME holds and leaves out, and why."""
    with with_django(data_folder):
        from cartagena.apps.monitoring.api import list_left_out

        found = _get(name)
        described = _describe(found)
        described["left_out"] = [
            {
                "record": item.version.record.identifier,
                "version": item.version.number,
                "reason": item.reason,
            }
            for item in list_left_out(found)
        ]
    _print(described, as_json)


@freeze.command()
@click.argument("name")
@_json_option
@data_option
@click.pass_context
def verify(ctx: click.Context, name: str, as_json: bool, data_folder: Path) -> None:
    """Compute the hash of the freeze NAME again.

    From the stored versions: nothing may have changed since it was made.
    """
    with with_django(data_folder):
        from cartagena.apps.monitoring.api import verify_freeze

        check = verify_freeze(_get(name).name)
    if as_json:
        click.echo(json.dumps({**vars(check), "intact": check.is_intact}, indent=2))
    elif check.is_intact:
        click.echo(f"The freeze {name} is as it was made: {check.found}")
    else:
        click.echo(f"The freeze {name} was changed: its hash is {check.found}, ", nl=False)
        click.echo(f"it was {check.expected}. Run `cartagena audit verify` to see where.")
    ctx.exit(0 if check.is_intact else PROBLEMS_FOUND)


def _get(name: str) -> "Freeze":
    from cartagena.apps.monitoring.api import FreezeNotFoundError, get_freeze

    try:
        return get_freeze(name)
    except FreezeNotFoundError as problem:
        raise click.UsageError(str(problem)) from None


def _describe(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "cut_off": found.cut_off.isoformat(),
        "created_at": found.created_at.isoformat(),
        "note": found.reason,
        "facts_sha256": found.facts_sha256,
        "log_position": found.log_position,
        "included": found.included,
        "excluded": found.excluded,
    }


def _print(described: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(described, indent=2, ensure_ascii=False))
        return
    left_out = described.pop("left_out", [])
    click.echo(
        "{name}: what was public on {cut_off}. {included} versions, {excluded} left out.\n"
        "Made {created_at} at position {log_position} of the log. Hash {facts_sha256}".format(
            **described
        )
    )
    if described["note"]:
        click.echo(described["note"])
    for item in left_out:
        click.echo(f"  left out: {item['record']}, version {item['version']}: {item['reason']}")


COMMANDS = [freeze]
