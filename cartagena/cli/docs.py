"""`cartagena docs`: the reference pages, made from the declarations and the code."""

from pathlib import Path

import click

from cartagena.cli.exit_codes import PROBLEMS_FOUND


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/reference"),
    show_default=True,
    help="Folder to write to.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when a page is stale.")
@click.pass_context
def docs(ctx: click.Context, folder: Path, check: bool) -> None:
    """Write the pages of docs/reference.

    They are made from the declarations and the code alone; no database is needed.

    \b
    Examples:
      cartagena docs
      cartagena docs --check
    """
    from cartagena.cli.reference import list_stale_pages, make_pages

    if check:
        stale = list_stale_pages(folder)
        for name in stale:
            click.echo(f"{folder / name} is stale. Run `make docs` and commit it.", err=True)
        ctx.exit(PROBLEMS_FOUND if stale else 0)
    pages = make_pages()
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    click.echo(f"Wrote {len(pages)} pages to {folder}.")


COMMANDS = [docs]
