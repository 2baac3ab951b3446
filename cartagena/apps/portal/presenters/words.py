"""The portal's own words for codes: one name per thing, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def group_title(code: str) -> str:
    """A region or group."""
    titles = {
        "AFR": _("Africa"),
        "AP": _("Asia and the Pacific"),
        "CEE": _("Central and Eastern Europe"),
        "GRULAC": _("Latin America and the Caribbean"),
        "WEOG": _("Western Europe and others"),
        "LDC": _("Least developed countries"),
        "SIDS": _("Small island developing States"),
        "LLDC": _("Landlocked developing countries"),
        "EIT": _("Economies in transition"),
        "DEVELOPING": _("Developing countries"),
        "DEVELOPED": _("Developed countries"),
        "EU": _("Member States of the European Union"),
    }
    return titles.get(code, code)


def point_title(point_id: str) -> str:
    """An evaluation point; a day stays as it is."""
    titles = {
        "baseline": _("Baseline"),
        "midterm": _("Mid-term"),
        "final": _("Final"),
        "after": _("After the plan"),
    }
    return titles.get(point_id, point_id)


def outcome_words(outcome: str) -> str:
    """What is known of one Party."""
    words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
    return words[outcome]


def time_words(code: str) -> str:
    """How Parties stand to the time limit of an indicator."""
    words = {
        "in_time": _("In place in time"),
        "late": _("In place, but late"),
        "date_unknown": _("In place, year not known"),
        "not_in_place": _("Not in place, the limit has passed"),
        "not_yet_due": _("Not in place, the limit lies ahead"),
        "unknown": _("Not known"),
    }
    return words[code]


def course_words(course: str) -> str:
    """Where an indicator moved."""
    words = {
        "up": pgettext("indicators", "moving up"),
        "steady": pgettext("indicators", "steady"),
        "down": pgettext("indicators", "moving down"),
        "unmeasured": pgettext("indicators", "no figures to compare"),
    }
    return words[course]


def variant_title(variant: str) -> str:
    """A reading of the answers."""
    return _("Inclusive") if variant == "inclusive" else _("Strict")


def universe_title(universe: str) -> str:
    """Whom a figure counts."""
    titles = {
        "in_force": _("All Parties on the date"),
        "reported": _("Parties that reported"),
        "answered": _("Parties that answered"),
    }
    return titles.get(universe, universe)


def treaty_title(treaty: str) -> str:
    """A treaty by its code."""
    titles = {
        "cbd": _("Convention on Biological Diversity"),
        "cpb": _("Cartagena Protocol on Biosafety"),
        "np": _("Nagoya Protocol"),
        "nklsp": _("Nagoya – Kuala Lumpur Supplementary Protocol"),
    }
    return titles.get(treaty, treaty)


def cause_words(cause: str) -> str:
    """Why a Party counts otherwise at the later point."""
    words = {
        "changed_answer": _("Changed its answer"),
        "reworded": _("Changed its answer, but the question was re-worded"),
        "same": _("Same answer both times"),
        "newly_answered": _("Answered for the first time"),
        "not_answered_again": _("Reported again without answering this"),
        "newly_reported": _("Reported for the first time"),
        "not_reported_again": _("Did not report again"),
        "new_party": _("New Party"),
        "never_known": _("Nothing known at either point"),
    }
    return words[cause]


def quality_words(quality: str) -> str:
    """How well an indicator speaks to an outcome."""
    words = {
        "direct": _("speaks to it directly"),
        "partial": _("speaks to a part of it"),
        "proxy": _("stands in for it"),
    }
    return words[quality]


def grade_words(grade: str) -> str:
    """How a reporting cycle answers an indicator."""
    words = {
        "A": _("the form asks it"),
        "B": _("the form asks a part of it, or something near"),
        "C": _("the form does not ask it"),
    }
    return words[grade]


def verdict_words(verdict: str) -> str:
    """How a question continues one of the cycle before."""
    words = {
        "equivalent": _("same question"),
        "narrower": _("narrower than before"),
        "wider": _("wider than before"),
        "rescaled": _("other scale of answers"),
        "re-scaled": _("other scale of answers"),
        "new": _("new question"),
        "dropped": _("no longer asked"),
    }
    return words.get(verdict, verdict)


def reference_words(status: str) -> str:
    """Whether a printed reference leads where it should."""
    words = {
        "right": _("right"),
        "misdirected": _("points to another objective"),
        "dangling": _("points to none"),
    }
    return words[status]


def unit_words(unit: str) -> str:
    """What a number counts; a share, a ratio and a date need no word."""
    words = {
        "Parties": pgettext("unit", "Parties"),
        "USD": pgettext("unit", "US dollars"),
        "records": pgettext("unit", "records"),
        "mechanisms": pgettext("unit", "mechanisms"),
        "requests": pgettext("unit", "requests"),
        "actions": pgettext("unit", "actions"),
        "people": pgettext("unit", "people"),
        "laboratories": pgettext("unit", "laboratories"),
        "instruments": pgettext("unit", "instruments"),
        "visits": pgettext("unit", "visits"),
        "searches": pgettext("unit", "searches"),
        "institutions": pgettext("unit", "institutions"),
        "materials": pgettext("unit", "materials"),
        "relationships": pgettext("unit", "relationships"),
        "reports": pgettext("unit", "reports"),
        "publications": pgettext("unit", "publications"),
        "governments": pgettext("unit", "Governments"),
        "events": pgettext("unit", "events"),
        "participants": pgettext("unit", "participants"),
        "activities": pgettext("unit", "activities"),
        "ratio": "",
        "date": "",
    }
    return words.get(unit, unit)


def source_words(source: str) -> str:
    """Where an indicator is read."""
    words = {
        "report": _("national reports"),
        "survey": _("the survey of 2014"),
        "records": _("records of the Clearing-House"),
        "treaty": _("treaty status"),
        "register": _("registers of the Secretariat"),
        "usage": _("usage counts"),
        "forum": _("on-line discussions"),
    }
    return words.get(source, source)
