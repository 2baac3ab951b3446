"""`cartagena messages`: the texts of the interface, for translators."""

import click

from cartagena.cli.exit_codes import PROBLEMS_FOUND


@click.group()
def messages() -> None:
    """Collect, check and compile the texts of the interface."""


@messages.command()
def update() -> None:
    """Bring the catalogues in step with the code, and compile them."""
    from cartagena.config.message_extraction import update_catalogues
    from cartagena.config.messages import compile_catalogues

    for code, missing in update_catalogues().items():
        click.echo(f"{code}: {missing} texts to translate" if missing else f"{code}: complete")
    compile_catalogues()


@messages.command(name="compile")
def compile_() -> None:
    """Compile the catalogues that changed. `cartagena serve` does this by itself."""
    from cartagena.config.messages import compile_catalogues

    for path in compile_catalogues():
        click.echo(f"Compiled {path}")


@messages.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether the catalogues are in step with the code.

    The exit code is 1 when they are not.
    """
    from cartagena.config.message_extraction import list_outdated_catalogues

    outdated = list_outdated_catalogues()
    if outdated:
        click.echo(f"Not in step with the code: {', '.join(outdated)}. Run: make messages")
        ctx.exit(PROBLEMS_FOUND)
    click.echo("The catalogues are in step with the code.")


COMMANDS = [messages]
