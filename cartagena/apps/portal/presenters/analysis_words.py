"""The analyser's own words for codes."""

from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cartagena.apps.portal.presenters.words import group_title, universe_title, verdict_words
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
    named = ", ".join(problem.named)
    said = format_html(
        "{} “{}”: {}", names.get(problem.name, problem.name), problem.asked[:60],
        _reason_words(problem.reason) % {"named": named},
    )  # fmt: skip
    if not problem.known:
        return said
    if problem.reason == "no_party":
        near = [get_country(code).names.get(get_language() or "en") for code in problem.known]
        return format_html("{} {}", said, _("Did you mean: %(near)s?") % {"near": ", ".join(near)})
    known = format_html('<bdi dir="ltr">{}</bdi>', ", ".join(problem.known[:12]))
    more = escape(_("There is: %(known)s.")) % {"known": known}
    return format_html("{} {}", said, mark_safe(more))  # noqa: S308 - both parts are escaped


def _reason_words(reason: str) -> str:
    """Why a value cannot be used; `%(named)s` stands for what the reason names."""
    words = {
        "one_value": _("One value is allowed."),
        "no_choice": _("There is no such choice."),
        "no_reference": _("Write a cycle and a question, such as nr4.Q014."),
        "no_question": _("There is no question %(named)s that takes an answer."),
        "no_cycle": _("There is no such reporting cycle."),
        "no_group": _("There is no such group. Name it and list its Parties to make it your own."),
        "bad_name": _(
            "A group of your own needs a name that no other group has, of at most 40 signs and "
            "without colon, comma, semicolon, < > and &."
        ),
        "no_members": _("List its Parties, by name or code."),
        "no_party": _("No Party has these names or codes: %(named)s."),
        "same_name": _("Two groups share this name."),
        "no_filter": _("Write the question and its options, such as nr4.Q016:true."),
        "no_day": _("Write one day as year-month-day, such as 2015-12-31."),
        "too_many": _("At most %(named)s can be asked for at once."),
    }
    return words[reason]
