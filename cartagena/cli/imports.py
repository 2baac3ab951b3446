"""`cartagena import`: from files to published records, with every problem listed."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import EXIT_CODES_HELP, PROBLEMS_FOUND

if TYPE_CHECKING:
    from cartagena.apps.registry.api import ImportProblem, ImportResult

_SHOWN = 20

Paths = tuple[Path, ...]


@click.group("import", epilog=EXIT_CODES_HELP)
def import_() -> None:
    """Publish reports and other facts from files.

    What is wrong with one thing keeps only that thing out; every problem is listed and written to a
    file. Importing the same file again changes nothing.
    """


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all imports share."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Read and check everything, publish nothing."),
        click.option("--json", "as_json", is_flag=True, help="Print a summary for a machine."),
        click.option(
            "--errors",
            "errors_file",
            type=click.Path(dir_okay=False, path_type=Path),
            show_default="./import-problems-<time>.json",
            help="Write the problems to this file.",
        ),
        data_option,
    ):
        function = option(function)
    return function


_paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


@import_.command()
@_paths
@click.option(
    "--published-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which bare reports became public (envelopes tell it themselves).",
)
@click.option(
    "--if-second",
    type=click.Choice(["refuse", "newer", "keep"]),
    default="refuse",
    show_default=True,
    help="What to do when a Party has another report for the cycle already.",
)
@_options
@click.pass_context
def reports(
    ctx: click.Context,
    paths: Paths,
    published_on: dt.datetime | None,
    if_second: str,
    data_folder: Path,
    errors_file: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Publish national reports from files or folders.

    JSON in the Clearing-House's own form (.json: one report or a list; .jsonl: one a line, of any
    size), or a table (.csv, .xlsx) with the columns party, cycle, question, option, value.

    \b
    Examples:
      cartagena import reports reports/ --dry-run
      cartagena import reports nr4.jsonl --errors problems.json
      cartagena import reports answers.xlsx --published-on 2019-10-01
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import ImportOptions, import_reports

        now = dt.datetime.now(dt.UTC)
        day = published_on.date() if published_on else None
        if day is not None and day > now.date():
            raise click.BadParameter(f"{day} lies in the future.", param_hint="--published-on")
        options = ImportOptions(now, day, if_second, dry_run)  # type: ignore[arg-type]
        with show_progress("Reading reports", hidden=as_json) as progress:
            result = import_reports(paths, options, progress)
    _finish(ctx, result, now, errors_file, as_json)


@import_.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "address",
    metavar="ADDRESS",
    help="Fetch the records from the API at this address, for example https://api.example.org.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="With --from: only records of this type, such as biosafetyDecision. May be repeated.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    default=0.2,
    show_default=True,
    help="With --from: seconds to wait between two requests.",
)
@click.option(
    "--published-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which bare bodies became public (envelopes tell it themselves).",
)
@_options
@click.pass_context
def bch(
    ctx: click.Context,
    paths: Paths,
    address: str | None,
    types: tuple[str, ...],
    pause: float,
    published_on: dt.datetime | None,
    data_folder: Path,
    errors_file: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Publish records in the form of the Clearing-House.

    From files and folders (.json, .jsonl, also with .gz): bodies or envelopes, alone, in lists or
    one a line. Or from an address that answers as the Clearing-House does: only what is not here
    yet is fetched, politely, and a fetch that was broken off goes on where it was.

    Identifiers, numbers, revisions and dates are kept. What a format has against a record is listed
    as a warning, for its government published it so; only what cannot be identified or stored is an
    error.

    \b
    Examples:
      cartagena import bch records.jsonl.gz
      cartagena import bch dump/ --dry-run
      cartagena import bch --from https://api.example.org --type biosafetyDecision
    """
    if bool(paths) == bool(address):
        raise click.UsageError("Name files or folders, or an address with --from.")
    if types and not address:
        raise click.UsageError("--type belongs to --from: files are read whole.")
    with with_django(data_folder):
        from cartagena.apps.exchange.api import (
            FetchOptions,
            PeerError,
            RecordImportOptions,
            import_from_peer,
            import_records,
        )

        now = dt.datetime.now(dt.UTC)
        day = published_on.date() if published_on else None
        if day is not None and day > now.date():
            raise click.BadParameter(f"{day} lies in the future.", param_hint="--published-on")
        options = RecordImportOptions(now, day, dry_run)
        with show_records(hidden=as_json) as progress:
            if address:
                fetch = FetchOptions(address, types, pause, data_folder)
                try:
                    result = import_from_peer(fetch, options, progress)
                except PeerError as problem:
                    raise click.ClickException(str(problem)) from None
            else:
                result = import_records(paths, options, progress)
    _finish(ctx, result, now, errors_file, as_json)


@contextmanager
def show_records(*, hidden: bool) -> Iterator[Callable[[int, int, int], None]]:
    """A line with share, count and rate that is written over; nothing where nobody looks."""
    import sys
    import time

    if hidden or not sys.stderr.isatty():
        yield lambda done, total, records: None
        return
    began = time.monotonic()

    def show(done: int, total: int, records: int) -> None:
        share = f"{done / total:4.0%}, " if total else ""
        rate = records / max(time.monotonic() - began, 0.001)
        line = f"\rReading records: {share}{records:,} ({rate:,.0f} a second) "
        click.echo(line, nl=False, err=True)

    yield show
    click.echo(err=True)


@import_.command()
@_paths
@_options
@click.pass_context
def treaty(ctx: click.Context, /, paths: Paths, **options: Any) -> None:
    """Publish changes of treaty status from a table.

    Columns: party, treaty, signed_on, instrument, deposited_on, in_force_on, source. A row takes
    the place of the row of that Party and treaty; everything else stays.

    \b
    Example:
      cartagena import treaty new-parties.csv
    """
    _import_status(ctx, "treaty", paths, **options)


@import_.command()
@_paths
@_options
@click.pass_context
def groups(ctx: click.Context, /, paths: Paths, **options: Any) -> None:
    """Publish changes in groups of countries from a table.

    Columns: party, group, from_on, until_on, source. A row takes the place of the row of that
    country, group and first day; everything else stays.

    \b
    Example:
      cartagena import groups ldc-2027.csv
    """
    _import_status(ctx, "groups", paths, **options)


def _import_status(
    ctx: click.Context,
    kind: str,
    paths: Paths,
    data_folder: Path,
    errors_file: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    with with_django(data_folder):
        from cartagena.apps.registry.api import import_status, load_shipped

        now = dt.datetime.now(dt.UTC)
        if not dry_run:
            load_shipped(now=now)
        result = import_status(kind, list(paths), now=now, dry_run=dry_run)  # type: ignore[arg-type]
    _finish(ctx, result, now, errors_file, as_json)


@import_.command()
@_paths
@_options
@click.pass_context
def register(
    ctx: click.Context,
    paths: Paths,
    data_folder: Path,
    errors_file: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Publish entries of registers from tables or JSON Lines.

    Columns: register, entry, party, from, until, kind, quantity, unit, title, source. The register
    and the entry identify it: a later file amends the entry.

    \b
    Example:
      cartagena import register advice.csv
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import import_registers

        now = dt.datetime.now(dt.UTC)
        result = import_registers(list(paths), now=now, dry_run=dry_run)
    _finish(ctx, result, now, errors_file, as_json)


@import_.command()
@click.argument("path", type=click.Path(path_type=Path))
@_options
@click.pass_context
def labels(
    ctx: click.Context,
    path: Path,
    data_folder: Path,
    errors_file: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Publish the official wording of the report formats.

    In up to six languages. The file is JSON in the Clearing-House's form: report (NR4), label
    key, language, text.

    \b
    Example:
      cartagena import labels labels.json
    """
    with with_django(data_folder):
        from cartagena.apps.registry.api import import_labels

        now = dt.datetime.now(dt.UTC)
        result = import_labels(path, now=now, dry_run=dry_run)
    _finish(ctx, result, now, errors_file, as_json)


@contextmanager
def show_progress(label: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; nothing where nobody looks."""
    import sys

    if hidden or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done - bar.pos, 0))

        yield show


def _finish(
    ctx: click.Context,
    result: "ImportResult",
    now: dt.datetime,
    errors_file: Path | None,
    as_json: bool,
) -> None:
    """Tell what became of it, write the problems, and end with the right code."""
    written = None
    if result.problems or errors_file is not None:
        written = errors_file or Path(f"import-problems-{now:%Y%m%d-%H%M%S}.json")
        try:
            _write_problems(written, result)
        except OSError as error:
            click.echo(f"The problems could not be written to {written}: {error}.", err=True)
            written = None
    if as_json:
        summary = {**result.as_summary(), "errors_file": str(written) if written else None}
        click.echo(json.dumps(summary))
    else:
        click.echo(result.describe())
        _show_problems(result.problems)
        if written and result.problems:
            click.echo(f"All problems are in {written}.")
    ctx.exit(PROBLEMS_FOUND if result.errors else 0)


def _write_problems(path: Path, result: "ImportResult") -> None:
    content = {
        "summary": result.as_summary(),
        "problems": [problem.as_row() for problem in result.problems],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text.encode("utf-8", "backslashreplace").decode("utf-8"), encoding="utf-8")


def _show_problems(problems: "list[ImportProblem]") -> None:
    """The first of them, errors before warnings."""
    ordered = sorted(problems, key=lambda problem: problem.severity)
    for problem in ordered[:_SHOWN]:
        word = "Error" if problem.severity == "error" else "Warning"
        click.echo(f"  {word}: {problem}".encode("utf-8", "backslashreplace").decode())
    if len(problems) > _SHOWN:
        click.echo(f"  … and {len(problems) - _SHOWN:,} more.")


COMMANDS = [import_]
