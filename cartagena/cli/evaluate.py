"""`cartagena evaluate`: figures of the plan, from the database or from downloaded facts."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.past_day import PastDay, refuse_future

if TYPE_CHECKING:
    from cartagena.engine.evaluate import Evaluator
    from cartagena.engine.figure import Figure
    from cartagena.engine.point import Point


@click.command()
@click.argument("indicators", nargs=-1, metavar="[INDICATOR]...")
@click.option(
    "--as-of", type=PastDay(), help="Look from this day: nothing published later is seen."
)
@click.option(
    "--point", "points", multiple=True, help="Evaluation point (baseline, midterm, ...) or a day."
)
@click.option("--cycle", help="The point that reads this reporting cycle: nr2, nr3, nr4, nr5.")
@click.option(
    "--variant",
    type=click.Choice(["strict", "inclusive"]),
    default="strict",
    show_default=True,
    help="Inclusive also counts partial answers.",
)
@click.option("--group", help="Only Parties of a region or group, such as AFR or LDC.")
@click.option(
    "--universe",
    type=click.Choice(["in_force", "reported", "answered"]),
    default="in_force",
    show_default=True,
    help="Which Parties are counted.",
)
@click.option(
    "--facts",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of downloaded facts; no database is used.",
)
@click.option("--freeze", "freeze_name", help="Evaluate a named freeze.")
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@data_option
@click.pass_context
def evaluate(
    ctx: click.Context,
    indicators: tuple[str, ...],
    as_of: dt.datetime | None,
    points: tuple[str, ...],
    cycle: str | None,
    variant: str,
    group: str | None,
    universe: str,
    folder: Path | None,
    freeze_name: str | None,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Say how far the plan has come, figure by figure.

    One figure per indicator and point. Without INDICATOR all 72. Without --point or --cycle: on
    the day of --as-of, or at every evaluation point.

    \b
    Examples:
      cartagena evaluate 1.6.1 --point final
      cartagena evaluate --as-of 2010-06-30 --json 3.1.1
      cartagena evaluate --facts ./facts 2.4.1 --group LDC --variant inclusive
    """
    if folder is not None and freeze_name is not None:
        raise click.UsageError("Give --facts or --freeze, not both.")
    if points and cycle:
        raise click.UsageError("Give --point or --cycle, not both.")
    from cartagena.engine.evaluate import UnknownNameError

    day = as_of.date() if as_of else None
    with _evaluator(folder, freeze_name, day, data_folder) as evaluator:
        try:
            chosen = _choose_points(evaluator, points, cycle, day)
            _refuse_unknown(evaluator, indicators)
            figures = [
                evaluator.figure(
                    name,
                    point,
                    variant=variant,  # type: ignore[arg-type]
                    group=group,
                    universe=universe,  # type: ignore[arg-type]
                )
                for name in (indicators or evaluator.indicators)
                for point in chosen
            ]
        except UnknownNameError as problem:
            raise click.UsageError(str(problem)) from None
        if as_json:
            click.echo(_as_json(figures, evaluator, single=len(indicators) == 1))
        else:
            _print(figures, evaluator)
    ctx.exit(0)


@contextmanager
def _evaluator(
    folder: Path | None, freeze_name: str | None, as_of: dt.date | None, data_folder: Path
) -> Iterator["Evaluator"]:
    if folder is not None:
        yield _evaluator_of_folder(folder, as_of)
        return
    with with_django(data_folder):
        yield _evaluator_of_database(freeze_name, as_of)


def _evaluator_of_folder(folder: Path, as_of: dt.date | None) -> "Evaluator":
    from cartagena.engine.declaration import DeclarationError
    from cartagena.engine.evaluate import Evaluator
    from cartagena.engine.facts import read_facts

    try:
        return Evaluator(read_facts(folder), as_of=as_of)
    except DeclarationError as problem:
        lines = "\n".join(f"  - {one}" for one in problem.problems)
        what = f"The facts in {folder} cannot be used:\n{lines}"
        raise click.ClickException(what) from None


def _evaluator_of_database(freeze_name: str | None, as_of: dt.date | None) -> "Evaluator":
    from django.utils import timezone

    from cartagena.apps.monitoring.api import (
        FreezeNotFoundError,
        current_evaluator,
        freeze_evaluator,
    )
    from cartagena.apps.registry.api import load_shipped

    load_shipped(now=timezone.now())
    if freeze_name is None:
        return current_evaluator(as_of)
    try:
        return freeze_evaluator(freeze_name)
    except FreezeNotFoundError as problem:
        raise click.UsageError(str(problem)) from None


def _choose_points(
    evaluator: "Evaluator", names: tuple[str, ...], cycle: str | None, day: dt.date | None
) -> list["Point"]:
    if names:
        found = [evaluator.point(name) for name in names]
        for point in found:
            if point not in evaluator.points:
                refuse_future(point.record_date)
        return found
    if cycle is not None:
        found = [point for point in evaluator.points if point.cycle == cycle]
        if not found:
            known = ", ".join(str(point.cycle) for point in evaluator.points)
            raise click.UsageError(f"No evaluation point reads {cycle!r}. Cycles: {known}.")
        return found
    return [evaluator.point_on(day)] if day else list(evaluator.points)


def _refuse_unknown(evaluator: "Evaluator", names: tuple[str, ...]) -> None:
    known = list(evaluator.indicators)
    unknown = [repr(name) for name in dict.fromkeys(names) if name not in known]
    if unknown:
        raise click.UsageError(
            f"There is no indicator {' or '.join(unknown)}. "
            f"Indicators run from {known[0]} to {known[-1]}."
        )


def _as_json(figures: list["Figure"], evaluator: "Evaluator", *, single: bool) -> str:
    from cartagena.engine.wording import figure_as_json

    found: list[dict[str, Any]] = [
        {"title": evaluator.indicator(figure.indicator).title, **figure_as_json(figure)}
        for figure in figures
    ]
    whole: Any = found[0] if single and len(found) == 1 else found
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _print(figures: list["Figure"], evaluator: "Evaluator") -> None:
    from cartagena.engine.wording import describe_figure

    last = None
    for figure in figures:
        if figure.indicator != last:
            last = figure.indicator
            click.echo(click.style(f"{last}  {evaluator.indicator(last).title}", bold=True))
        click.echo(f"  {figure.point}: {describe_figure(figure)}")


COMMANDS = [evaluate]
