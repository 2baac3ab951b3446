"""The analyser's own words for codes."""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cartagena.apps.portal.presenters.words import group_title, universe_title, verdict_words
from cartagena.apps.portal.sentences import read_language, say_closed, say_sentence
from cartagena.engine.analysis_links import Counterpart
from cartagena.engine.analysis_query import WHOLE, Group, QueryProblem
from cartagena.engine.crosswalk import Window
from cartagena.engine.parties import get_country

MARKS = {
    "chosen": "",
    "equivalent": "=",
    "narrower": "⊂",
    "wider": "⊃",
    "rescaled": "≈",
    "several": "∗",
    "unmapped": "×",
}
"""One sign for each standing, always beside its words somewhere on the page."""


def short_source(source: str) -> str:
    """A source of answers in a few letters, for heads of columns."""
    return _("Survey 2014") if source == "survey2014" else source.upper()


def title_of_group(group: Group) -> str:
    """A group; one's own keeps its name."""
    if group.parties is not None:
        return group.name
    return _title_of_code(group.name, get_language() or "en")


@lru_cache(maxsize=512)
def _title_of_code(code: str, _language: str) -> str:
    """Kept, because a page names the same groups in every table."""
    return _("All Parties") if code == WHOLE else group_title(code)


def standing_words(counterpart: Counterpart) -> str:
    """How a question compares with the chosen one."""
    words = {
        "chosen": _("the question chosen"),
        "equivalent": _("same question"),
        "several": _("joined from or divided into several questions"),
        "unmapped": _("no counterpart"),
    }
    return words.get(counterpart.standing) or verdict_words(counterpart.standing)


def window_words(window: Window) -> str:
    """The times that two questions ask about."""
    times = {
        "ever": _("ever"),
        "to date": _("to date"),
        "state at reporting": _("when the report is made"),
        "in the reporting period": _("in the reporting period"),
        "current reporting period": _("in the reporting period"),
        "in the last year": _("in the last year"),
        "in the last 2 years": _("in the last two years"),
        "in the last four years": _("in the last four years"),
    }
    old, new = (times.get(asked, asked) for asked in (window.old, window.new))
    return _("Time asked about: %(old)s before, %(new)s after.") % {"old": old, "new": new}


def state_words(state: str) -> str:
    """Where a Party stands to a question."""
    words = {
        "answered": _("answered"),
        "silent": _("left empty"),
        "not_asked": _("does not apply"),
        "no_report": _("no report"),
    }
    return words[state]


def receipt_words(receipt: str | None) -> str:
    """When a report came."""
    return {"in_time": _("in time"), "late": _("late")}.get(receipt or "", "")


def universe_words(universe: str) -> str:
    """Whom the shares are of."""
    if universe == "parties":
        return universe_title("in_force")
    if universe == "panel":
        return _("Parties that reported in every cycle chosen")
    return universe_title(universe)


def timing_words(timing: str) -> str:
    """Which reports are counted."""
    words = {
        "all": _("all reports"),
        "in_time": _("reports received by the due day"),
        "late": _("reports received late"),
    }
    return words[timing]


def explain_problem(problem: QueryProblem) -> SafeString:
    """A value that cannot be used, why, and what can be."""
    names = {
        "q": _("Question"),
        "cycle": _("Cycle"),
        "group": _("Group"),
        "where": _("Only Parties that answered"),
        "cutoff": _("Cut-off"),
        "universe": _("Parties counted"),
        "timing": _("Reports"),
        "links": _("Links"),
    }
    name = names.get(problem.name, problem.name)
    asked = say_sentence(problem.asked)[:60]
    said = format_html("{} “{}”: {}", name, asked, say_closed(problem.why))
    if problem.near:
        language = read_language()
        near = ", ".join(get_country(code).names.get(language) for code in problem.near)
        said = format_html("{} {}", said, _("Did you mean: %(near)s?") % {"near": near})
    if problem.known:
        known = format_html('<bdi dir="ltr">{}</bdi>', ", ".join(problem.known[:12]))
        more = escape(_("There is: %(known)s.")) % {"known": known}
        said = format_html("{} {}", said, mark_safe(more))  # noqa: S308 - both parts are escaped
    return said
