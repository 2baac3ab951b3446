"""What is asked of the analyser: questions, cycles, groups, universe, filters; as data and address.

A query is written as name-value pairs, so that one short address holds all of it::

    q=nr4.Q014&cycle=nr3&group=AFR&group=East:KEN,UGA&universe=reported&where=nr4.Q016:true

`read_query` gives the query or every problem at once; `write_query` is its inverse. A group of
one's own may name its Parties in any language; it is written with their codes.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from cartagena.engine.analysis_groups import read_members
from cartagena.engine.questionnaire import Question, list_cycles, load_format
from cartagena.engine.sentence import Sentence, counted, sentence

Universe = Literal["parties", "reported", "answered", "panel"]
Timing = Literal["all", "in_time", "late"]
UNIVERSES: tuple[Universe, ...] = get_args(Universe)
TIMINGS: tuple[Timing, ...] = get_args(Timing)
WHOLE = "all"
"""The group of all Parties; always counted, never added up from other groups."""
ANY = "*"
"""Stands in a filter for any answer."""
MOST_QUESTIONS = 400
MOST_GROUPS = 24
MOST_FILTERS = 8
_NAME = re.compile(r"[^:,;<>&\x00-\x1f]{1,40}")
_PARAMETERS = (
    "q", "cycle", "group", "universe", "where", "timing", "cutoff", "links",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class QuestionRef:
    """A question by its source of answers and its key; written `nr4.Q014`."""

    source: str
    key: str

    @property
    def cycle(self) -> str:
        """The reporting cycle of the source: the survey of 2014 belongs to `nr2`."""
        return load_format(self.source).document

    @property
    def question(self) -> Question:
        """The question as asked."""
        return load_format(self.source).question(self.key)

    def __str__(self) -> str:
        return f"{self.source}.{self.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """A group to count: a declared one by its code, or one's own with its Parties."""

    name: str
    parties: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return self.name if self.parties is None else f"{self.name}:{','.join(self.parties)}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep only Parties whose answer to a question has one of the options; `*`: any answer."""

    ref: QuestionRef
    options: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.ref}:{','.join(self.options)}"


@dataclass(frozen=True, kw_only=True)
class AnalysisQuery:
    """What is asked. `cycles` are oldest first and hold at least those of the questions.

    `universe`: whom shares are of; see `analysis.Column`. `where`: all filters must hold.
    `timing`: reports of all, those received by the due day, or those received after it. `cutoff`:
    reports first received after this day stay out and are named. `proposed`: follow our own links
    where the Clearing-House has none.
    """

    questions: tuple[QuestionRef, ...]
    cycles: tuple[str, ...]
    groups: tuple[Group, ...] = (Group(WHOLE),)
    universe: Universe = "parties"
    where: tuple[Filter, ...] = ()
    timing: Timing = "all"
    cutoff: dt.date | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """One value that cannot be used: its name, what was asked, why, what exists, and which Parties
    have names like those that nobody has.
    """

    name: str
    asked: str
    why: Sentence
    known: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class BadAnalysisError(ValueError):
    """A query cannot be read; `problems` holds every reason."""

    def __init__(self, problems: Sequence[QueryProblem]) -> None:
        super().__init__("; ".join(f"{p.name}={p.asked[:60]!r}: {p.why}" for p in problems))
        self.problems = tuple(problems)


def list_main_cycles() -> tuple[str, ...]:
    """The reporting cycles, oldest first; what travels in another's document is no cycle."""
    return tuple(cycle for cycle in list_cycles() if load_format(cycle).document == cycle)


def list_askable(source: str) -> tuple[QuestionRef, ...]:
    """Every question of a source that takes an answer, in printed order."""
    asked = load_format(source).questions
    return tuple(QuestionRef(source, q.key) for q in asked if not q.is_structural)


class _Reader:
    """Reads one query and gathers its problems."""

    def __init__(
        self, values: Mapping[str, Sequence[str]], groups: Collection[str], parties: Collection[str]
    ) -> None:
        self.values = values
        self.groups, self.parties = groups, parties
        self.problems: list[QueryProblem] = []

    def add(
        self,
        name: str,
        asked: str,
        why: Sentence,
        known: Iterable[str] = (),
        near: tuple[str, ...] = (),
    ) -> None:
        self.problems.append(QueryProblem(name, asked, why, tuple(known), near))

    def given(self, name: str) -> list[str]:
        """The values of a name without the empty ones, each once."""
        stripped = (value.strip() for value in self.values.get(name, ()))
        return list(dict.fromkeys(value for value in stripped if value))

    def read_one(self, name: str, known: Sequence[str]) -> str:
        """A single value out of a few; the first is the default."""
        found = self.given(name)
        if not found:
            return known[0]
        if len(found) > 1:
            self.add(name, ", ".join(found)[:60], sentence("one value is allowed"), known)
        elif found[0] not in known:
            self.add(name, found[0], sentence("there is no such choice"), known)
        return found[0]

    def read_ref(self, name: str, text: str, default: str | None = None) -> QuestionRef | None:
        source, dot, key = text.rpartition(".")
        if not dot:
            source = default or ""
        if source not in list_cycles():
            why = sentence("write a cycle and a question, such as nr4.Q014")
            self.add(name, text, why, list_cycles())
            return None
        question = load_format(source).by_key.get(key)
        if question is None or question.is_structural:
            why = sentence(
                "%(cycle)s has no question %(key)s that takes an answer", cycle=source, key=key[:40]
            )
            self.add(name, text, why)
            return None
        return QuestionRef(source, key)

    def read_group(self, text: str) -> Group | None:
        name, colon, listed = text.partition(":")
        name = name.strip()
        if not colon:
            if name != WHOLE and name not in self.groups:
                why = sentence("there is no such group; your own is written Name:KEN,UGA")
                self.add("group", text, why, (WHOLE, *self.groups))
                return None
            return Group(name)
        members = read_members(listed, self.parties)
        if not _NAME.fullmatch(name) or name == WHOLE or name in self.groups:
            why = sentence(
                "a group of your own needs a name that no other group has, of at most 40 signs and "
                "without colon, comma, semicolon, < > and &"
            )
            self.add("group", name, why)
        elif members.unknown:
            named = ", ".join(members.unknown)
            why = sentence("no Party has these names or codes: %(named)s", named=named)
            self.add("group", name, why, near=members.near)
        elif not members.codes:
            self.add("group", name, sentence("list its Parties, by name or code"))
        else:
            return Group(name, members.codes)
        return None

    def read_filter(self, text: str, default: str | None) -> Filter | None:
        asked, colon, listed = text.partition(":")
        ref = self.read_ref("where", asked, default)
        if ref is None:
            return None
        codes = tuple(dict.fromkeys(c.strip() for c in listed.split(",") if c.strip()))
        known = (*(option.code for option in ref.question.options), ANY)
        if not colon or not codes or set(codes) - set(known):
            why = sentence("write the question and its options, such as Q016:true")
            self.add("where", text, why, known)
            return None
        return Filter(ref, codes)

    def read_cutoff(self) -> dt.date | None:
        found = self.given("cutoff")
        if not found:
            return None
        try:
            day = dt.date.fromisoformat(found[0])
        except ValueError:
            day = None
        if day is None or len(found) > 1 or len(found[0]) != len("2015-12-31"):
            why = sentence("write one day as year-month-day, such as 2015-12-31")
            self.add("cutoff", found[0], why)
        return day

    def limit(self, name: str, most: int) -> list[str]:
        found = self.given(name)
        if len(found) > most:
            told = counted("%(count)s value", "%(count)s values", len(found))
            why = counted(
                "at most %(count)s can be asked for at once",
                "at most %(count)s can be asked for at once",
                most,
            )
            self.add(name, told, why)
        return found[:most]


def read_query(
    values: Mapping[str, Sequence[str]], groups: Collection[str], parties: Collection[str]
) -> AnalysisQuery:
    """The query of name-value pairs; names it does not know are left to others.

    `groups` and `parties` are the codes that exist. Without `group` only the whole is counted.
    Raises BadAnalysisError with every problem.
    """
    reader = _Reader(values, groups, parties)
    questions = [reader.read_ref("q", text) for text in reader.limit("q", MOST_QUESTIONS)]
    refs = tuple(dict.fromkeys(ref for ref in questions if ref))
    main = list_main_cycles()
    asked = reader.given("cycle")
    for cycle in asked:
        if cycle not in main:
            reader.add("cycle", cycle, sentence("there is no such reporting cycle"), main)
    wanted = {*asked, *(ref.cycle for ref in refs)}
    given = [reader.read_group(text) for text in reader.limit("group", MOST_GROUPS)]
    chosen = dict.fromkeys([Group(WHOLE), *(group for group in given if group)])
    names = [group.name for group in chosen]
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.add("group", name, sentence("two groups share this name"))
    default = refs[0].source if refs else None
    filters = [reader.read_filter(text, default) for text in reader.limit("where", MOST_FILTERS)]
    universe = reader.read_one("universe", UNIVERSES)
    timing = reader.read_one("timing", TIMINGS)
    links = reader.read_one("links", ("declared", "proposed"))
    cutoff = reader.read_cutoff()
    if reader.problems:
        raise BadAnalysisError(reader.problems)
    return AnalysisQuery(
        questions=refs,
        cycles=tuple(cycle for cycle in main if cycle in wanted),
        groups=tuple(chosen),
        universe=cast(Universe, universe),
        where=tuple(each for each in filters if each),
        timing=cast(Timing, timing),
        cutoff=cutoff,
        proposed=links == "proposed",
    )


def write_query(query: AnalysisQuery) -> list[tuple[str, str]]:
    """The name-value pairs of a query, as short as they can be; `read_query` reads them back."""
    of_questions = {ref.cycle for ref in query.questions}
    pairs = [("q", str(ref)) for ref in query.questions]
    pairs += [("cycle", cycle) for cycle in query.cycles if cycle not in of_questions]
    pairs += [("group", str(group)) for group in query.groups if group.name != WHOLE]
    pairs += [("where", str(each)) for each in query.where]
    if query.universe != UNIVERSES[0]:
        pairs.append(("universe", query.universe))
    if query.timing != TIMINGS[0]:
        pairs.append(("timing", query.timing))
    if query.cutoff is not None:
        pairs.append(("cutoff", query.cutoff.isoformat()))
    if query.proposed:
        pairs.append(("links", "proposed"))
    return pairs


def list_parameters() -> tuple[str, ...]:
    """The names that a query may hold."""
    return _PARAMETERS
