"""Downloads: the tables of the portal, and the facts themselves, as files."""

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.portal import source
from cartagena.apps.portal.api.guard import guard
from cartagena.apps.portal.api.knowledge import NOTICE, Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.conditional import make_key
from cartagena.apps.portal.frame import with_query
from cartagena.apps.portal.kept_files import get_kept_file
from cartagena.apps.portal.open_data import tables as made
from cartagena.apps.portal.open_data.analysis_file import analysis_tables, describe_analysis
from cartagena.apps.portal.open_data.analysis_query import answer_analysis
from cartagena.apps.portal.open_data.files import (
    MEDIA_TYPES,
    WRITERS,
    About,
    write_fact_csv,
    write_fact_parquet,
)
from cartagena.apps.portal.open_data.table import Table
from cartagena.engine.datapackage import CC_BY, write_datapackage
from cartagena.engine.facts import TABLES
from cartagena.engine.figure import VARIANTS

LICENCE = f"{CC_BY.title} ({CC_BY.path})"
FREE_TEXT = {"answer": ("text",), "record": ("title",), "register": ("title", "source")}
"""Columns of the facts that people wrote."""
TablesOf = Callable[[], Sequence[Table]]


def send_file(
    request: HttpRequest,
    knowledge: Knowledge,
    stem: str,
    ending: str,
    make: Callable[[Path], None],
) -> HttpResponseBase:
    """A kept file with a telling name."""
    day = knowledge.seen_from
    log = knowledge.log
    address = request.build_absolute_uri()  # files name the site they come from
    key = make_key(address, day, knowledge.as_of, log.position, log.mark)
    path = get_kept_file(f"{key}.{ending}", make)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"cartagena-{stem}-as-of-{day.isoformat()}.{ending}",
        content_type=MEDIA_TYPES[ending],
    )


def send_tables(
    request: HttpRequest, stem: str, ending: str, tables: TablesOf, about: About = ()
) -> HttpResponseBase:
    """Tables in the format asked for; ``table`` chooses which, in formats that hold only one."""
    if ending not in WRITERS:
        raise not_found("format", ending, WRITERS)
    knowledge = know(request)
    asked = request.GET.get("table", "")

    def make(path: Path) -> None:
        chosen = _choose(tables(), asked)
        WRITERS[ending](path, chosen, [*describe(request, knowledge, chosen), *about])

    if asked:
        stem = f"{stem}-{asked}"
    return send_file(request, knowledge, stem, ending, make)


def _choose(tables: Sequence[Table], asked: str) -> Sequence[Table]:
    if not asked:
        return tables
    chosen = [table for table in tables if table.name == asked]
    if not chosen:
        raise bad_value("table", asked, [table.name for table in tables])
    return chosen


def describe(request: HttpRequest, knowledge: Knowledge, tables: Sequence[Table]) -> About:
    """What stands beside the tables: origin, day, licence, demonstration, citation."""
    day = knowledge.seen_from.isoformat()
    asked = {name: request.GET.getlist(name) for name in request.GET if name != "as_of"}
    address = request.build_absolute_uri(with_query(request.path, {"as_of": day, **asked}))
    about = [
        ("Title", "; ".join(table.title for table in tables)),
        ("As of", day),
        ("Position of the publication log", str(knowledge.log.position)),
        ("Program", f"Cartagena {version('cartagena')}"),
        ("Licence", LICENCE),
        (
            "How to cite",
            f"Cartagena, {tables[0].title}, as of {day}. {address} "
            f"(publication log {knowledge.log.position}).",
        ),
    ]
    if any(_is_made_up(table) for table in tables):
        about.insert(0, ("DEMONSTRATION", NOTICE.replace("answer", "file")))
    return about


def _is_made_up(table: Table) -> bool:
    places = [n for n, column in enumerate(table.columns) if column.name == "demonstration"]
    return any(row[place] for place in places for row in table.rows)


# The files


def get_indicator(request: HttpRequest, indicator: str, ending: str) -> HttpResponseBase:
    """Figures of one indicator, and its verdict on each Party."""
    knowledge = know(request)
    declared = knowledge.indicator(indicator)
    evaluator = knowledge.evaluator
    words = ("What it measures", "Method", "Limits", "Source")
    return send_tables(
        request,
        indicator,
        ending,
        lambda: [
            made.figures_table(evaluator, [indicator]),
            made.verdicts_table(evaluator, [declared]),
        ],
        [
            ("Indicator", f"{indicator} {evaluator.plan.indicator(indicator).title.get('en')}"),
            *zip(words, declared.describe(), strict=False),
            *(("Comparability", each) for each in declared.comparability),
        ],
    )


def get_indicators(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The catalogue of indicators, and all figures."""
    evaluator = know(request).evaluator
    return send_tables(
        request,
        "indicators",
        ending,
        lambda: [
            made.indicators_table(evaluator),
            made.figures_table(evaluator, list(evaluator.indicators)),
        ],
    )


def get_figures(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All figures."""
    evaluator = know(request).evaluator
    return send_tables(
        request,
        "figures",
        ending,
        lambda: [made.figures_table(evaluator, list(evaluator.indicators))],
    )


def get_parties(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Countries and Parties on the day."""
    knowledge = know(request)
    return send_tables(
        request,
        "parties",
        ending,
        lambda: [made.parties_table(knowledge.evaluator, knowledge.seen_from)],
    )


def get_party(request: HttpRequest, party: str, ending: str) -> HttpResponseBase:
    """What all indicators say about one Party."""
    knowledge = know(request)
    knowledge.party(party)
    return send_tables(
        request, party, ending, lambda: [made.party_table(knowledge.evaluator, party)]
    )


def get_programme(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The programme of work, and its references to objectives."""
    evaluator = know(request).evaluator
    return send_tables(request, "programme", ending, lambda: made.programme_tables(evaluator))


def get_comparison(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The change of every indicator between two points, and of each Party."""
    knowledge = know(request)
    before = knowledge.point(request.GET.get("from") or "baseline", "from")
    after = knowledge.point(request.GET.get("to") or "final", "to")
    asked = request.GET.get("variant") or "strict"
    variant = next((each for each in VARIANTS if each == asked), None)
    if variant is None:
        raise bad_value("variant", asked, VARIANTS)
    return send_tables(
        request,
        f"compare-{before.id}-{after.id}",
        ending,
        lambda: made.change_tables(knowledge.evaluator, before, after, variant),
    )


def get_analysis(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What the analyser shows: answers in Parties, the cycles compared, who reported, losses."""
    knowledge, analysis = answer_analysis(request)
    evaluator, log = knowledge.evaluator, knowledge.log.position
    host, day = request.get_host(), knowledge.seen_from.isoformat()
    freeze = request.GET.get("freeze", "")
    seen = f"freeze {freeze}" if freeze else f"as of {day}, publication log {log}"
    origin = f"Cartagena, {host}, {seen}"
    return send_tables(
        request,
        "analysis",
        ending,
        lambda: analysis_tables(evaluator, analysis, evaluator.facts.names, origin),
        describe_analysis(analysis, freeze),
    )


def get_facts(request: HttpRequest) -> HttpResponseBase:
    """All facts as they were public on the day: a Data Package."""
    knowledge = know(request)

    def make(path: Path) -> None:
        folder = path.parent / "facts"
        write_datapackage(
            monitoring.current_facts(knowledge.as_of),
            folder,
            title=f"Cartagena: facts as of {knowledge.seen_from.isoformat()}",
            created=source.get_log_head().recorded_at or dt.datetime.now(dt.UTC),
            log_position=knowledge.log.position,
        )
        _pack(folder, path)

    return send_file(request, knowledge, "facts", "zip", make)


def _pack(folder: Path, path: Path) -> None:
    """A folder as a zip; equal folders give equal files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(str(file.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
                is_packed = file.suffix == ".parquet"
                entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with file.open("rb") as plain, archive.open(entry, "w") as packed:
                    shutil.copyfileobj(plain, packed)


def get_fact_table(request: HttpRequest, table: str, ending: str) -> HttpResponseBase:
    """One table of the facts as they were public on the day."""
    if table not in TABLES:
        raise not_found("table of facts", table, TABLES)
    if ending not in ("csv", "parquet"):
        raise not_found("format", ending, ("csv", "parquet"))
    knowledge = know(request)

    def make(path: Path) -> None:
        facts = monitoring.current_facts(knowledge.as_of)
        if ending == "csv":
            write_fact_csv(path, facts[table], FREE_TEXT.get(table, ()))
        else:
            write_fact_parquet(path, facts[table])

    return send_file(request, knowledge, f"facts-{table}", ending, make)


def refuse(request: HttpRequest, **_asked: Any) -> HttpResponseBase:
    """Anything else."""
    raise ApiError(
        404,
        f"There is no file {request.path[:100]!r}.",
        "The page /data lists all downloads.",
        ["indicators", "indicators/1.6.1", "figures", "parties", "parties/KEN", "programme",
         "compare", "facts.zip", "facts/answer"],
    )  # fmt: skip


def download(view: Callable[..., HttpResponseBase], *parameters: str) -> Any:
    """The guard of the API for a file: only reading, known parameters, tags, JSON errors."""
    return guard(view, frozenset({"as_of", *parameters}))
