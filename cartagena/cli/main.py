"""The command `cartagena`. Each module of this folder that has `COMMANDS` adds its own to it.

Modules import Django and the engine inside their functions only: `cartagena evaluate` needs no
Django, and help is quick.
"""

import pkgutil
import signal
import sys
from importlib import import_module
from types import FrameType

import click

import cartagena.cli
from cartagena.cli.exit_codes import EXIT_CODES_HELP

_EPILOG = f"""\b
Examples:
  cartagena serve --port 8001          run the portal on http://127.0.0.1:8001
  cartagena check                      say what is wrong with the settings, if anything
  cartagena COMMAND --help             options and examples of one command

{EXIT_CODES_HELP}"""


class _Commands(click.Group):
    """Finds the commands of all modules of this folder when the first one is asked for."""

    def _load(self) -> None:
        if self.commands:
            return
        for module in pkgutil.iter_modules(cartagena.cli.__path__, "cartagena.cli."):
            if module.name != __name__:
                for command in getattr(import_module(module.name), "COMMANDS", ()):
                    self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._load()
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def cli() -> None:
    """Run the Strategic Plan of the Cartagena Protocol on Biosafety: publish, compute, explain."""
    # A polite end request unwinds like Ctrl-C does, so that a database started for it is stopped.
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    cli()
