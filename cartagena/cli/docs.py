"""`cartagena docs`: pages that are made from the code."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/reference"),
    show_default=True,
    help="Folder to write to.",
)
def docs(folder: Path) -> None:
    """Write the reference of all commands, as they explain themselves."""
    from cartagena.cli.main import cli

    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "commands.md"
    parts = ["# Commands\n\nMade by `make docs` from what each command says of itself.\n"]
    parts += list(_describe(cli, click.Context(cli, info_name="cartagena")))
    page.write_text("\n".join(parts), encoding="utf-8")
    click.echo(f"Wrote {page}")


def _describe(command: click.Command, context: click.Context) -> list[str]:
    help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    parts = [f"## `{context.command_path}`\n\n```\n{help_text}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                parts += _describe(child, click.Context(child, info_name=name, parent=context))
    return parts


COMMANDS = [docs]
