"""`cartagena import filled`: questionnaires that were filled in without a network, into drafts."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import PROBLEMS_FOUND
from cartagena.cli.imports import import_

if TYPE_CHECKING:
    from cartagena.apps.drafting.api import Draft
    from cartagena.apps.reports.api import Returned, UploadChange

_SHOWN = 200


@dataclass
class FilledFile:
    """What became of one file. `problems` are (place, what, remedy); `changes` and `contested` say
    what it changes, the latter where the draft was changed too since the file was made."""

    path: str
    cycle: str = ""
    party: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    contested: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    taken: bool = False


@import_.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--take", is_flag=True, help="Take the answers over into the draft.")
@click.option(
    "--contested",
    is_flag=True,
    help="With --take: also answers that were changed in the draft since the file was made.",
)
@click.option("--start", is_flag=True, help="With --take: start a draft where there is none.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
@data_option
@click.pass_context
def filled(
    ctx: click.Context,
    paths: tuple[Path, ...],
    take: bool,
    contested: bool,
    start: bool,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Read filled questionnaires back into their drafts.

    Workbooks (.xlsx), Word documents (.docx) and answer files of the page for a stick (.json). What
    each file would change is shown; nothing is written without --take. A file of which something
    cannot be understood is taken over without that, and every such place is listed.

    \b
    Examples:
      cartagena import filled nr4-KEN-en.xlsx
      cartagena import filled returned/*.docx --take
    """
    with with_django(data_folder):
        now = dt.datetime.now(dt.UTC)
        found = [_read(path, now, take=take, contested=contested, start=start) for path in paths]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            click.echo("\n".join(_tell(each, take=take)))
    if any(each.problems for each in found):
        ctx.exit(PROBLEMS_FOUND)


def _read(path: Path, now: dt.datetime, *, take: bool, contested: bool, start: bool) -> FilledFile:
    from cartagena.apps.drafting import api as drafting
    from cartagena.apps.reports import api as reports
    from cartagena.engine.sentence import Sentence

    found = FilledFile(str(path))
    with path.open("rb") as file:
        returned = reports.read_file(path.name, file)
    draft = _find_draft(found, returned, now, start=take and start)
    if draft is None:
        return found
    try:
        upload = reports.compare_file(draft, path.name, returned, actor=None, now=now)
    except reports.UploadRefusedError as refused:
        found.problems = [("", str(what), str(remedy)) for what, remedy in refused.problems]
        return found
    found.problems = [
        (str(place), str(Sentence.from_json(what)), str(Sentence.from_json(remedy)))
        for place, what, remedy in upload.problems
    ]
    changes = reports.compare_upload(upload, draft)
    found.changes = [_show(each) for each in changes if not each.is_contested]
    found.contested = [_show(each) for each in changes if each.is_contested]
    fields = [each.field for each in changes if contested or not each.is_contested]
    if take and fields:
        try:
            reports.take_over(upload, draft, fields, actor=None, revision=draft.revision, now=now)
        except (drafting.DraftStateError, drafting.NotSavableError) as problem:
            found.problems.append(("", str(problem), "Nothing of the file was taken over."))
            return found
        found.taken = True
    return found


def _find_draft(
    found: FilledFile, returned: "Returned", now: dt.datetime, *, start: bool
) -> "Draft | None":
    """The draft that a file belongs to; without one, the reason is among the problems."""
    from cartagena.apps.reports import api as reports
    from cartagena.engine.parties import find_country
    from cartagena.engine.reporting_cycle import load_reporting_cycles

    about = returned.about
    if about is None:
        found.problems = [("", str(p.what), str(p.remedy)) for p in returned.problems]
        return None
    found.cycle, found.party = about.cycle, about.government
    if about.cycle not in load_reporting_cycles() or find_country(about.government) is None:
        what = f"there is no report {about.cycle!r} of {about.government!r}"
        found.problems = [("", what, "Use a file that was made here.")]
        return None
    draft = reports.find_open_report(about.cycle, about.government, actor=None)
    if draft is None and start:
        languages = about.languages.split(",")
        draft = reports.start_report(
            about.cycle, about.government, actor=None, now=now, languages=languages
        )
    if draft is None:
        what = f"the report {about.cycle} of {about.government} is not being prepared"
        found.problems = [("", what, "Start it on the desk, or give --take --start.")]
    return draft


def _show(change: "UploadChange") -> dict[str, Any]:
    return {"field": change.field, "now": dict(change.now), "file": dict(change.after)}


def _tell(found: FilledFile, *, take: bool) -> Iterator[str]:
    """The result of one file in lines."""
    name = f"{found.path} ({found.cycle} {found.party})" if found.cycle else found.path
    yield f"{name}:"
    for place, what, remedy in found.problems[:_SHOWN]:
        yield f"  {place + ': ' if place else ''}{what}. {remedy}"
    for each in found.changes[:_SHOWN]:
        yield f"  {each['field']}: {_say(each['now'])} -> {_say(each['file'])}"
    for each in found.contested[:_SHOWN]:
        yield (
            f"  {each['field']}: {_say(each['now'])} -> {_say(each['file'])}"
            "  (changed in the draft too since the file was made)"
        )
    count = len(found.changes) + len(found.contested)
    if found.taken:
        yield f"  Taken over. {count} answers differed, {len(found.contested)} of them contested."
    elif not take and count:
        yield f"  Nothing was written. {count} answers differ; --take takes them over."
    else:
        yield "  Nothing was written."


def _say(cells: dict[str, str]) -> str:
    return (
        " · ".join(
            text if key.partition("#")[2] or "/" not in key else key.partition("/")[2]
            for key, text in cells.items()
        )
        or "–"
    )
