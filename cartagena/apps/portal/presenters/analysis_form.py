"""The form of the analyser: what can be chosen, with what was chosen or typed still in it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import count, zip_longest

from django.http import QueryDict
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.analysis_words import (
    short_source,
    timing_words,
    universe_words,
)
from cartagena.apps.portal.presenters.words import group_title
from cartagena.engine.analysis_query import TIMINGS, UNIVERSES, WHOLE, list_main_cycles
from cartagena.engine.parties import find_country
from cartagena.engine.questionnaire import Question, Section, list_cycles
from cartagena.engine.status import REGIONS

GROUP_ORDER = (
    *REGIONS, "LDC", "SIDS", "LLDC", "EIT", "DEVELOPING", "DEVELOPED", "EU",
)  # fmt: skip
FREE_LINES = 2
"""So many empty lines for filters are offered."""
NAME, MEMBERS = "group_name", "group_parties"
"""The form's two fields of a group of one's own; the address has them as one."""
_CODES = re.compile(r"\s*[A-Za-z]{3}(?:\s*,\s*[A-Za-z]{3})*\s*")
_NOT_IN_NAMES = re.compile(r"[\s:,;<>&]+")
Pairs = list[tuple[str, str]]


def gather_values(get: QueryDict) -> dict[str, list[str]]:
    """The query values with each pair of fields of a group of one's own put together.

    A group without a name gets one.
    """
    values = {name: get.getlist(name) for name in get}
    typed = _list_typed(values.pop(NAME, []), values.pop(MEMBERS, []))
    groups = values.get("group", [])
    taken = {group.partition(":")[0].strip() for group in groups} | {name for name, _ in typed}
    for name, members in typed:
        name = name or _find_free(taken)
        taken.add(name)
        groups = [*groups, f"{name}:{members}"]
    return {**values, "group": groups} if typed else values


def _list_typed(names: list[str], members: list[str]) -> Pairs:
    pairs = zip_longest(names, members, fillvalue="")
    typed = [(_NOT_IN_NAMES.sub(" ", name).strip(), listed.strip()) for name, listed in pairs]
    return [pair for pair in typed if any(pair)]


def _find_free(taken: set[str]) -> str:
    names = (_("My group %(number)s") % {"number": number} for number in count(1))
    return next(name for name in names if name not in taken)


@dataclass(frozen=True)
class SectionChoice:
    """A part of the form with its questions, each with whether it is chosen."""

    section: Section
    questions: tuple[tuple[Question, str, bool], ...]

    @property
    def chosen(self) -> int:
        return sum(is_chosen for *_, is_chosen in self.questions)


class FormView:
    """What the form shows. Reads the query values as they are: wrong ones stay to be corrected."""

    def __init__(self, frame: Frame, listed: str) -> None:
        self._frame = frame
        self._get = frame.request.GET
        self.listed = listed

    def _given(self, name: str) -> list[str]:
        return [value for value in self._get.getlist(name) if value.strip()][:400]

    @property
    def sources(self) -> list[tuple[str, str, bool]]:
        """The sources whose questions can be listed, newest first."""
        found = [(each, short_source(each), each == self.listed) for each in list_cycles()]
        return found[::-1]

    @cached_property
    def sections(self) -> list[SectionChoice]:
        """The questions of the listed source that take an answer, by section."""
        chosen = set(self._given("q"))
        found = []
        for section in source.get_format(self.listed).sections:
            rows = tuple(
                (question, f"{self.listed}.{question.key}",
                 f"{self.listed}.{question.key}" in chosen)
                for question in section.questions
                if not question.is_structural
            )  # fmt: skip
            if rows:
                found.append(SectionChoice(section, rows))
        return found

    @property
    def name(self) -> object:
        """The name of the listed form."""
        return source.get_format(self.listed).name

    @property
    def elsewhere(self) -> list[str]:
        """Questions chosen from other forms; they stay chosen."""
        return [each for each in self._given("q") if not each.startswith(f"{self.listed}.")]

    @property
    def cycles(self) -> list[tuple[str, str, bool]]:
        chosen = self._given("cycle")
        return [(each, short_source(each), each in chosen) for each in list_main_cycles()]

    @property
    def groups(self) -> list[tuple[str, str, bool]]:
        """The declared groups that have members."""
        there = self._frame.evaluator.status.groups
        order = [
            *(g for g in GROUP_ORDER if g in there),
            *(g for g in there if g not in GROUP_ORDER),
        ]
        chosen = self._given("group")
        return [(code, group_title(code), code in chosen) for code in order]

    @property
    def own_groups(self) -> Pairs:
        """The name and the Parties of each group of one's own, a Party a line; one to fill in."""
        known = {WHOLE, *self._frame.evaluator.status.groups}
        given = (g.partition(":") for g in self._given("group") if g.strip() not in known)
        typed = _list_typed(self._get.getlist(NAME), self._get.getlist(MEMBERS))
        return [*((n, self._name_members(listed)) for n, _colon, listed in given), *typed, ("", "")]

    def _name_members(self, listed: str) -> str:
        """Codes as names in the reader's language; what is no code stays as it was written."""
        if not _CODES.fullmatch(listed):
            return listed
        codes = [code.strip() for code in listed.split(",")]
        found = [(code, find_country(code)) for code in codes]
        language = self._frame.language
        return "\n".join(each.names.get(language) if each else code for code, each in found)

    @property
    def filters(self) -> list[str]:
        """Filters, and an empty line for one more."""
        return [*self._given("where"), *[""] * FREE_LINES]

    @property
    def universes(self) -> list[tuple[str, str, bool]]:
        chosen = self._get.get("universe") or UNIVERSES[0]
        return [(each, universe_words(each), each == chosen) for each in UNIVERSES]

    @property
    def timings(self) -> list[tuple[str, str, bool]]:
        chosen = self._get.get("timing") or TIMINGS[0]
        return [(each, timing_words(each), each == chosen) for each in TIMINGS]

    @property
    def cutoff(self) -> str:
        return self._get.get("cutoff", "")

    @property
    def proposed(self) -> bool:
        return self._get.get("links") == "proposed"

    @property
    def freeze(self) -> str:
        return self._get.get("freeze", "")

    @property
    def as_of(self) -> str:
        return self._frame.as_of.isoformat() if self._frame.as_of else ""
