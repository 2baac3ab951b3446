"""Random reports, and the analyser's counts over them by plain loops, knowing nothing of bits."""

import datetime as dt
import itertools
from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any

from cartagena.engine.analysis import WROTE, Column
from cartagena.engine.analysis_query import AnalysisQuery, Group, QuestionRef, list_askable
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from cartagena.engine.questionnaire import Condition, list_cycles, load_format
from tests.hand_made import PUBLISHED, make_facts

REGIONS = {
    "KEN": "AFR", "UGA": "AFR", "TGO": "AFR", "NAM": "AFR", "CHN": "AP", "IND": "AP", "JPN": "AP",
    "NOR": "WEOG", "CHE": "WEOG", "MEX": "GRULAC", "CUB": "GRULAC", "UKR": "CEE", "RUS": "CEE",
}  # fmt: skip
JOINED = {"CUB": dt.date(2017, 1, 1), "JPN": dt.date(2016, 2, 1), "RUS": dt.date.max}
CYCLE_DAYS = {
    "nr2": dt.date(2011, 12, 31), "nr3": dt.date(2015, 12, 31), "nr4": dt.date(2019, 12, 31),
    "nr5": dt.date(2025, 12, 31),
}  # fmt: skip


MEMBERSHIPS: list[dict[str, object]] = [
    {"party": "KEN", "group": "LDC", "until_on": dt.date(2014, 6, 1)},
    {"party": "UGA", "group": "LDC"},
    {"party": "TGO", "group": "LDC", "from_on": dt.date(2015, 12, 31)},
    {"party": "NOR", "group": "LDC", "from_on": dt.date(2016, 1, 1), "until_on": dt.date.max},
    {"party": "RUS", "group": "LDC"},
]
"""A group that overlaps the regions and changes from cycle to cycle."""


@cache
def make_world(seed: int, as_of: dt.date | None = None) -> Evaluator:
    """What is known of the random reports on a day."""
    return Evaluator(make_random_facts(seed), as_of=as_of)


@cache
def make_random_facts(seed: int) -> Facts:
    """Random reports: some late, some corrected later, some withdrawn, some of no Parties."""
    chance = Random(seed)
    answers, published = {}, {}
    for source, party in itertools.product(list_cycles(), REGIONS):
        if chance.random() < 0.25:
            continue
        answers[source, party] = {
            ref.key: _make_answer(chance, ref)
            for ref in list_askable(source)
            if chance.random() < 0.7
        }
        late = dt.timedelta(days=chance.choice([-40, 0, 90, 200]))
        published[source, party] = PUBLISHED[source] + late
    tables = make_facts(
        REGIONS, answers, joined=JOINED, published=published, extra={"membership": MEMBERSHIPS}
    ).tables
    return _correct_some(Facts(tables), chance)


def _make_answer(chance: Random, ref: QuestionRef) -> str | list[str]:
    options = [option.code for option in ref.question.options]
    if not options:
        return f"text:{ref.key} in words"
    if ref.question.multiple:
        return chance.sample(options, chance.randint(1, min(3, len(options))))
    return chance.choice(options)


def _correct_some(facts: Facts, chance: Random) -> Facts:
    """A second version of some reports with half of the answers; every ninth report is gone."""
    reports, answers = facts["report"].to_pylist(), facts["answer"].to_pylist()
    by_record: dict[str, list[dict[str, object]]] = {}
    for row in answers:
        by_record.setdefault(str(row["record"]), []).append(row)
    for place, row in enumerate(list(reports)):
        if place % 9 == 4:
            row["until_on"] = row["published_on"] + dt.timedelta(days=30)
        elif place % 3 == chance.randint(0, 2):
            day = row["published_on"] + dt.timedelta(days=60)
            row["until_on"] = day
            reports.append(
                row | {"version": 2, "published_on": day, "received_on": day, "until_on": None}
            )
            old = by_record.get(row["record"], [])
            answers += [each | {"version": 2} for each in old[: len(old) // 2]]
    tables = dict(facts.tables)
    for name, rows in (("report", reports), ("answer", answers)):
        tables[name] = type(tables[name]).from_pylist(rows, schema=tables[name].schema)
    return Facts(tables)


class Direct:
    """The same counts by loops over rows and sets of codes, knowing nothing of bits."""

    def __init__(self, facts: Facts, query: AnalysisQuery, as_of: dt.date | None = None) -> None:
        self.query, self.as_of = query, as_of
        self.reports: list[dict[str, Any]] = facts["report"].to_pylist()
        self.answers = facts["answer"].to_pylist()
        self.treaty = [r for r in facts["treaty"].to_pylist() if r["treaty"] == "cpb"]
        self.membership = facts["membership"].to_pylist()

    def is_party(self, code: str, day: dt.date) -> bool:
        return any(r["party"] == code and r["in_force_on"] <= day for r in self.treaty)

    def received(self, source: str, record: str) -> dt.date:
        days: list[dt.date] = [
            r["received_on"] for r in self.reports if r["cycle"] == source and r["record"] == record
        ]
        return min(days)

    def day(self, cycle: str) -> dt.date:
        return min(CYCLE_DAYS[cycle], self.as_of or dt.date.max)

    def parties(self, source: str) -> set[str]:
        day = self.day(load_format(source).document)
        return {
            code
            for code in REGIONS
            if self.is_party(code, day)
            or any(
                self.is_party(code, self.received(source, r["record"]))
                for r in self.live(source)
                if r["party"] == code
            )
        }

    def live(self, source: str) -> list[dict[str, Any]]:
        seen_from = self.as_of or dt.date.max
        return [
            row
            for row in self.reports
            if row["cycle"] == source
            and row["published_on"] <= seen_from
            and (row["until_on"] is None or (self.as_of and row["until_on"] > self.as_of))
        ]

    def counted(self, source: str) -> dict[str, tuple[str, int]]:
        """Party -> (record, version) of the reports that count."""
        found = {}
        due = load_format(source).deadline
        for row in self.live(source):
            came = self.received(source, str(row["record"]))
            is_late = due is not None and came > due
            if str(row["party"]) not in self.parties(source):
                continue
            if self.query.cutoff and came > self.query.cutoff:
                continue
            if (self.query.timing, is_late) in (("in_time", True), ("late", False)):
                continue
            found[str(row["party"])] = (str(row["record"]), int(str(row["version"])))
        return found

    def given(self, ref: QuestionRef) -> dict[str, set[str]]:
        """Party -> the options it chose; a text counts as the option without a name."""
        counted = self.counted(ref.source)
        found: dict[str, set[str]] = {}
        for row in self.answers:
            if row["question"] != ref.key or row["cycle"] != ref.source:
                continue
            if counted.get(row["party"]) == (row["record"], row["version"]):
                found.setdefault(row["party"], set()).add(row["option"] or WROTE)
        return found

    def not_asked(self, ref: QuestionRef) -> set[str]:
        answered = self.given(ref)
        return {
            party
            for party in self.counted(ref.source)
            if party not in answered and self.is_off(ref, party)
        }

    def is_off(self, ref: QuestionRef, party: str) -> bool:
        question = load_format(ref.source).by_key[ref.key]
        if question.parent and self.is_off(QuestionRef(ref.source, question.parent), party):
            return True
        return any(self.fails(ref.source, each, party) for each in question.conditions)

    def fails(self, source: str, condition: Condition, party: str) -> bool:
        for wanted in condition.any_of:
            ref = QuestionRef(source, wanted.question)
            if self.is_off(ref, party):
                continue
            given = self.given(ref).get(party, set())
            if wanted.values is None or not given:
                return False
            outside = given - wanted.values
            holds = bool(outside) if condition.rule == "@hasValuesExcept" else outside != given
            if holds:
                return False
        return True

    def kept(self) -> set[str]:
        kept = set(REGIONS)
        for each in self.query.where:
            given = self.given(each.ref)
            wanted = set(each.options)
            kept &= {p for p, o in given.items() if "*" in wanted or o & wanted}
        return kept

    def universe(self, column: Column, columns: Iterable[Column]) -> set[str]:
        ref = column.ref
        assert ref is not None
        kind = self.query.universe
        if kind == "parties":
            found = self.parties(ref.source)
        elif kind == "reported":
            found = set(self.counted(ref.source))
        elif kind == "answered":
            found = set(self.given(ref))
        else:
            found = set(REGIONS)
            for each in columns:
                found &= set(self.counted(each.ref.source if each.ref else each.cycle))
        return (found & self.kept()) - self.not_asked(ref)

    def members(self, group: Group, cycle: str) -> set[str]:
        if group.name == "all":
            return set(REGIONS)
        if group.parties is not None:
            return set(group.parties)
        day = self.day(cycle)
        return {
            row["party"]
            for row in self.membership
            if row["group"] == group.name
            and (row["from_on"] or dt.date.min) <= day < (row["until_on"] or dt.date.max)
        }
