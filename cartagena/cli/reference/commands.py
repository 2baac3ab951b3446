"""commands.md: what each command says of itself."""

from collections.abc import Iterator

import click

from cartagena.cli.reference.markdown import page

_WIDTH = 96


def make_pages() -> dict[str, str]:
    """The page of all commands."""
    from cartagena.cli.main import cli

    context = click.Context(
        cli, info_name="cartagena", terminal_width=_WIDTH, **cli.context_settings
    )
    content = page(
        "Commands",
        "what each command says of itself",
        "How the program is run and ended: [running the program](../operations/run.md). Settings: "
        "[settings](../operations/settings.md).",
        *_describe(cli, context),
    )
    return {"commands.md": content}


def _describe(command: click.Command, context: click.Context) -> Iterator[str]:
    help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"## `{context.command_path}`\n\n```text\n{help_text}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                below = click.Context(child, info_name=name, parent=context, terminal_width=_WIDTH)
                yield from _describe(child, below)
