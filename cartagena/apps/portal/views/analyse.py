"""The analyser: choose questions, cycles and groups; counts of Parties; every Party with its words.

Each page is a function of its address, which holds the whole question asked.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import BadQueryError, Frame
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import analysis as shown
from cartagena.apps.portal.presenters.analysis_form import NAME, FormView, gather_values
from cartagena.apps.portal.presenters.analysis_overview import list_overview
from cartagena.apps.portal.presenters.analysis_people import PeopleView
from cartagena.apps.portal.presenters.analysis_words import (
    explain_problem,
    short_source,
    timing_words,
    universe_words,
)
from cartagena.apps.portal.presenters.listing import FORMATS
from cartagena.engine.analysis import Analysis, analyse
from cartagena.engine.analysis_query import (
    AnalysisQuery,
    BadAnalysisError,
    Filter,
    list_main_cycles,
    read_query,
    write_query,
)
from cartagena.engine.questionnaire import list_cycles
from cartagena.engine.status import REGIONS

FIELDS = {"q": "#questions", "cycle": "#cycles", "group": "#groups", "where": "#where-1",
          "universe": "#universe", "timing": "#timing", "cutoff": "#cutoff"}  # fmt: skip
"""Where on the form a value is corrected."""
QUESTIONS_ON_A_PAGE = 6
MOST_WORDS = 200


def open_analyser(frame: Frame, title: str) -> None:
    """What all pages of the analyser have in common; the facts of a freeze where one is named."""
    frame.title, frame.section = title, "data"
    frame.description = _("Answers of national reports by question, cycle and group, in Parties.")
    frame.crumbs = [(_("Data"), frame.link("data"))]
    if frame.request.resolver_match and frame.request.resolver_match.url_name != "analyse":
        frame.crumbs.append((_("Analyse the reports"), frame.link("analyse")))
    frame.crumbs.append((title, ""))
    freeze = frame.request.GET.get("freeze", "")
    if freeze:
        try:
            frame.__dict__["evaluator"] = source.get_freeze_evaluator(freeze)
        except LookupError:
            raise BadQueryError("freeze", freeze) from None


def read_asked(frame: Frame) -> AnalysisQuery:
    """The query of the address. Raises BadAnalysisError with every problem."""
    evaluator = frame.evaluator
    values = gather_values(frame.request.GET)
    return read_query(values, evaluator.status.groups, evaluator.facts.roll.codes)


def _refuse(frame: Frame, refused: BadAnalysisError) -> dict[str, Any]:
    """The form again, with every problem and all that was chosen."""
    frame.status = 400
    problems = [(explain_problem(each), FIELDS.get(each.name, "")) for each in refused.problems]
    return {"problems": problems, "form": FormView(frame, _choose_listed(frame))}


def _choose_listed(frame: Frame) -> str:
    """The form whose questions are listed: as asked, that of the chosen question, or a recent one
    that many Parties answered."""
    asked = frame.request.GET.get("form", "")
    if asked and asked not in list_cycles():
        raise BadQueryError("form", asked)
    first = frame.request.GET.get("q", "").partition(".")[0]
    if asked or first in list_cycles():
        return asked or first
    newest = list_main_cycles()[-1]
    for point in reversed(frame.evaluator.points):
        if point.cycle and len(frame.evaluator.reported(point)):
            return point.cycle
    return newest


@page("analyse/choose.html")
def choose(frame: Frame) -> dict[str, Any]:
    """The form: questions by section, cycles, groups, whom the shares are of, filters."""
    open_analyser(frame, _("Analyse the reports"))
    listed = _choose_listed(frame)
    return {
        "form": FormView(frame, listed),
        "overview": frame.link("analyse_overview", form=listed),
    }


@page("analyse/tables.html")
def show_tables(frame: Frame) -> dict[str, Any] | HttpResponse:
    """The answer: each question over the cycles and by group, and who reported.

    The form leads on to the short address that is kept and passed on.
    """
    open_analyser(frame, _("Answers by question and group"))
    try:
        query = read_asked(frame)
    except BadAnalysisError as refused:
        return _refuse(frame, refused)
    if NAME in frame.request.GET:
        return HttpResponseRedirect(shown.make_address(frame, "analyse_tables", query))
    start = _read_start(frame, len(query.questions))
    part = query.questions[start : start + QUESTIONS_ON_A_PAGE]
    analysis = analyse(frame.evaluator, _with_questions(query, part))
    frame.made_up = frame.made_up or analysis.is_made_up or _has_made_up(analysis)
    questions = [shown.QuestionView(frame, analysis, each) for each in analysis.questions]
    if len(query.questions) == 1:
        frame.title = f"{questions[0].source} {questions[0].question.number}"
        frame.crumbs[-1] = (frame.title, "")
    return {
        "analysis": analysis,
        "questions": questions,
        "only": questions[0] if len(questions) == 1 else None,
        "people": _show_people(frame, analysis),
        "reports": _show_reports(frame, analysis),
        "steps": _list_steps(frame, query, start),
        "total": len(query.questions),
        **describe_query(frame, query, analysis),
    }


def _show_people(frame: Frame, analysis: Analysis) -> PeopleView | None:
    """The map belongs to a single question; with several it would be repeated on one page."""
    if len(analysis.questions) != 1:
        return None
    return PeopleView(frame, analysis, analysis.questions[0].own, words="")


def _has_made_up(analysis: Analysis) -> bool:
    return any(c.reports.evidence.demonstration for q in analysis.questions for c in q.columns)


def _with_questions(query: AnalysisQuery, part: Iterable[Any]) -> AnalysisQuery:
    return AnalysisQuery(**{**_fields(query), "questions": tuple(part)})


def _fields(query: AnalysisQuery) -> dict[str, Any]:
    return {name: getattr(query, name) for name in query.__dataclass_fields__}


def _read_start(frame: Frame, total: int) -> int:
    asked = frame.request.GET.get("start", "") or "0"
    if not asked.isascii() or not asked.isdigit() or len(asked) > 4 or int(asked) >= max(total, 1):
        raise BadQueryError("start", asked)
    return int(asked)


def _list_steps(frame: Frame, query: AnalysisQuery, start: int) -> list[tuple[str, str, bool]]:
    """Links to the parts of a long choice of questions."""
    total = len(query.questions)
    if total <= QUESTIONS_ON_A_PAGE:
        return []
    found = []
    for first in range(0, total, QUESTIONS_ON_A_PAGE):
        last = min(first + QUESTIONS_ON_A_PAGE, total)
        words = f"{first + 1}–{last}"
        address = shown.make_address(frame, "analyse_tables", query, [("start", str(first))])
        found.append((words, address, first == start))
    return found


def describe_query(frame: Frame, query: AnalysisQuery, analysis: Analysis) -> dict[str, Any]:
    """What was asked in words, with links to change it, take it away and cite it."""
    pairs = write_query(query)
    if frame.as_of:
        pairs.append(("as_of", frame.as_of.isoformat()))
    pairs += [(name, frame.request.GET[name]) for name in shown.KEPT if frame.request.GET.get(name)]
    return {
        "query": query,
        "universe": universe_words(query.universe),
        "timing": timing_words(query.timing),
        "cycles": [short_source(cycle) for cycle in query.cycles],
        "own_groups": [
            (group.name, shown.list_names(group.parties, frame.language))
            for group in query.groups
            if group.parties is not None
        ],
        "filters": [(each, _label_filter(each), _without(frame, query, each))
                    for each in query.where],
        "change": shown.make_address(frame, "analyse", query),
        "downloads": [
            (name, shown.join_address(f"/downloads/analysis.{ending}", pairs))
            for name, ending in FORMATS
        ],
        "api": shown.join_address("/api/v1/analysis", pairs),
        "freeze": frame.request.GET.get("freeze", ""),
    }  # fmt: skip


def _label_filter(wanted: Filter) -> list[Any]:
    known = {option.code: option.label for option in wanted.ref.question.options}
    return [known[code] for code in wanted.options if code in known]


def _without(frame: Frame, query: AnalysisQuery, gone: Filter) -> str:
    kept = tuple(each for each in query.where if each != gone)
    less = AnalysisQuery(**{**_fields(query), "where": kept})
    return shown.make_address(frame, "analyse_tables", less)


def _show_reports(frame: Frame, analysis: Analysis) -> list[shown.ReportsView]:
    words = {
        "late": _("Received after the due day"),
        "left_out": _("Received, but left out by the cut-off or the choice of reports"),
        "joined_later": _("Became Parties after the day of the cycle and reported; counted"),
        "outside": _("Reported without being Parties; not counted"),
        "missing": _("Without a report that is counted"),
    }
    return [shown.view_reports(frame, each, words) for each in analysis.sources]


@page("analyse/parties.html")
def show_parties(frame: Frame) -> dict[str, Any]:
    """One question in one cycle: the map of an option, every Party, its words, a search in them."""
    open_analyser(frame, _("Every Party's answer"))
    try:
        query = read_asked(frame)
    except BadAnalysisError as refused:
        return _refuse(frame, refused)
    analysis = analyse(frame.evaluator, query)
    columns = {
        (str(column.chosen), str(column.ref)): column
        for each in analysis.questions
        for column in each.columns
        if column.ref
    }
    if not columns:
        raise BadQueryError("q", frame.request.GET.get("q", ""))
    first = str(analysis.questions[0].ref)
    at = frame.request.GET.get("at", "") or frame.request.GET.get("for", "") or first
    chosen = frame.request.GET.get("for", "") or (first if (first, at) in columns else at)
    column = columns.get((chosen, at))
    if column is None:
        raise BadQueryError("at", at)
    words = frame.request.GET.get("words", "").strip()[:MOST_WORDS]
    frame.made_up = bool(column.reports.evidence.demonstration)
    people = PeopleView(frame, analysis, column, words=words)
    frame.title = _("Every Party's answer: %(source)s %(number)s") % {
        "source": people.source, "number": people.question.number,
    }  # fmt: skip
    frame.crumbs[-1] = (frame.title, "")
    back = shown.make_address(frame, "analyse_tables", query)
    return {"people": people, "back": back, **describe_query(frame, query, analysis)}


@page("analyse/overview.html")
def show_overview(frame: Frame) -> dict[str, Any]:
    """All questions of one form at once."""
    open_analyser(frame, _("All questions at once"))
    listed = _choose_listed(frame)
    try:
        query = read_asked(frame)
    except BadAnalysisError as refused:
        return _refuse(frame, refused)
    if not frame.request.GET.getlist("group"):
        evaluator = frame.evaluator
        known = [region for region in REGIONS if region in evaluator.status.groups]
        values = {**dict(frame.request.GET.lists()), "group": known}
        query = read_query(values, evaluator.status.groups, evaluator.facts.roll.codes)
    return list_overview(frame, query, listed)
