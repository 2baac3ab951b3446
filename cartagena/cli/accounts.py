"""`cartagena accounts`: the first accounts, made by whoever runs the server."""

import datetime as dt
import json
import sys
from pathlib import Path

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import EXIT_CODES_HELP, PROBLEMS_FOUND

_ROLES = (
    "secretariat", "bch_focal_point", "cpb_focal_point", "authorised_user", "competent_authority",
    "article_17_contact", "reviewer", "expert", "reader",
)  # fmt: skip


@click.group(epilog=EXIT_CODES_HELP)
def accounts() -> None:
    """Make the first accounts, and list them.

    Everybody else comes in through the portal: governments by letters that the Secretariat enters,
    authorised users by their focal point, readers by themselves.
    """


@accounts.command()
@data_option
@click.option("--email", required=True, help="E-mail address, used to sign in.")
@click.option("--name", required=True, help="Name of the person.")
@click.option(
    "--role", type=click.Choice(_ROLES), default="secretariat", show_default=True, help="Role."
)
@click.option("--party", help="Three-letter code of the government the person acts for.")
@click.password_option(help="Asked for when not given. [at least 8 characters]")
def create(
    data_folder: Path, email: str, name: str, role: str, party: str | None, password: str
) -> None:
    """Make an account.

    \b
    Example:
      cartagena accounts create --email officer@example.org --name "Ada Officer"
    """
    with with_django(data_folder):
        from django.core.exceptions import ValidationError

        from cartagena.apps.accounts.api import Role, create_user

        try:
            user = create_user(
                email=email,
                name=name,
                password=password,
                now=dt.datetime.now(dt.UTC),
                role=Role(role),
                party=party.upper() if party else None,
            )
        except ValidationError as problem:
            for field, messages in problem.message_dict.items():
                for message in messages:
                    click.echo(f"Problem: {field}: {message}", err=True)
            click.echo("Nothing was made.", err=True)
            sys.exit(PROBLEMS_FOUND)
        click.echo(f"Made account {user.pk}: {user} ({role}).")


@accounts.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
def list_accounts(data_folder: Path, as_json: bool) -> None:
    """List all accounts with role and Party."""
    with with_django(data_folder):
        from cartagena.apps.accounts.api import User

        rows = list(
            User.objects.order_by("pk").values(
                "id", "email", "name", "role", "party", "is_active", "demonstration"
            )
        )
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        closed = "" if row["is_active"] else "  closed"
        click.echo(
            f"{row['id']:5}  {row['role']:20}  {row['party'] or '-':3}  {row['email']}{closed}"
        )


@accounts.command("reset-second-factor")
@data_option
@click.option("--email", required=True, help="E-mail address of the account.")
@click.option("--reason", required=True, help="What was lost, and how you made sure who asked.")
def reset_second_factor(data_folder: Path, email: str, reason: str) -> None:
    """Open the account of somebody who lost every second factor.

    For the last officer of the Secretariat: everybody else asks the focal point of the Party or the
    Secretariat, on the portal. Passkeys, authenticator app, recovery codes and password stop
    working, sessions end, and a link to set a new password is sent to the address.

    \b
    Example:
      cartagena accounts reset-second-factor --email officer@example.org \\
        --reason "Lost the telephone; came to the office."
    """
    with with_django(data_folder):
        from cartagena.apps.accounts import api as people

        try:
            person = people.User.objects.get_by_natural_key(email)
            people.reset_second_factor(
                person.pk, actor=None, reason=reason, now=dt.datetime.now(dt.UTC)
            )
        except people.User.DoesNotExist:
            click.echo(
                f"There is no account with the address {email}. Nothing was changed.", err=True
            )
            sys.exit(PROBLEMS_FOUND)
        except people.ReasonMissingError as problem:
            raise click.UsageError(f"{problem} Nothing was changed.") from None
        click.echo(f"Opened account {person.pk}. A message goes to {person.email}.")


COMMANDS = [accounts]
