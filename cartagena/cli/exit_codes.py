"""How commands end, for people and for scripts."""

from typing import NoReturn

import click

OK = 0
PROBLEMS_FOUND = 1
WRONG_USAGE = 2
NOT_AVAILABLE = 3

EXIT_CODES_HELP = f"""\b
Exit codes:
  {OK}  done, nothing wrong
  {PROBLEMS_FOUND}  done or refused, problems were found and listed
  {WRONG_USAGE}  wrong usage: unknown command, option or value
  {NOT_AVAILABLE}  busy or not available: already running, port taken, no database"""


class NotAvailable(click.ClickException):  # noqa: N818 - named by what it says
    """Something a command needs is busy or missing."""

    exit_code = NOT_AVAILABLE


def end_not_available(sentence: str) -> NoReturn:
    """End the command because something it needs is busy or missing; one sentence says what."""
    raise NotAvailable(sentence)
