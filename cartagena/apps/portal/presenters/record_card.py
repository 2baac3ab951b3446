"""What a country has in the Clearing-House, and what is missing from the check-list."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.party import live_reports
from cartagena.apps.portal.presenters.record import name_all
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.portal.sentences import say_provision
from cartagena.engine.countries import Country
from cartagena.engine.mandatory_information import (
    Category,
    Finding,
    list_fields,
    list_findings,
    list_labels,
    list_types,
    load_categories,
)
from cartagena.engine.record_confirmation import find_standing
from cartagena.engine.record_format import RecordFormat, load_all_record_formats
from cartagena.engine.text import Text
from cartagena.engine.treaty import get_parameter

LAW = "biosafetyLaw"
UNION = "EUR"
FIRST_TYPES = (
    "focalPoint", "authority", "supplementaryAuthority", LAW, "biosafetyDecision",
    "nationalRiskAssessment", "laboratoryDetection", "database", "biosafetyExpert",
)  # fmt: skip
SHOWN_EACH = 8
RECENT = 8
LINKED = 5
"""So many records are linked in a row of the check-list."""


@dataclass(frozen=True, kw_only=True)
class CardGroup:
    """The records of one type: how many, and the newest."""

    type: str
    name: Text
    heads: tuple[RecordHead, ...]
    count: int
    is_national: bool

    @property
    def more(self) -> int:
        return self.count - len(self.heads)


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One category of the check-list. `standing` as in the engine; `answer` is what the Party said
    of it in its latest report that asked, empty when it did not."""

    category: Category
    title: Text
    label: str
    standing: str
    standing_words: str
    heads: tuple[RecordHead, ...]
    more: int
    lacking: tuple[Text, ...]
    unreadable: Text | None
    of_the_union: tuple[RecordHead, ...]
    unconfirmed: tuple[RecordHead, ...]
    answer: str
    limit: str
    disagrees: bool

    @property
    def is_there(self) -> bool:
        return self.standing in ("there", "by_union")


def list_national_types() -> tuple[RecordFormat, ...]:
    """The types that belong to a government, those people look for first."""
    formats = load_all_record_formats()
    national = [name for name, shape in formats.items() if shape.kind == "national"]
    order = {name: n for n, name in enumerate(FIRST_TYPES)}
    national.sort(key=lambda name: (order.get(name, len(order)), name))
    return tuple(formats[name] for name in national)


class Card:
    """The records of one country on a day. Reads them all in one query, and counts."""

    def __init__(self, frame: Frame, country: Country) -> None:
        self.frame = frame
        self.country = country
        self._shapes = list_national_types()
        self._fields = tuple(dict.fromkeys((*list_fields(), *_confirmation_fields(self._shapes))))
        self.heads = source.records.list_by_type(
            [shape.id for shape in self._shapes], frame.as_of, *self._fields,
            government=country.code,
        )  # fmt: skip
        self.confirmed = source.records.find_last_confirmations(
            [head.identifier for head in self.heads if _is_confirmed(head)], frame.as_of
        )

    @property
    def recent(self) -> list[RecordHead]:
        """The newest records."""
        return name_all(self.heads[:RECENT], self.frame.as_of)

    def list_groups(self) -> list[CardGroup]:
        """The records by type, national reports apart; experts are only counted."""
        found: dict[str, list[RecordHead]] = {}
        for head in self.heads:
            found.setdefault(head.type, []).append(head)
        laboratories = source.records.list_laboratories_of(
            self.country.clearing_house_code, self.frame.as_of
        )
        if laboratories:
            found["laboratoryDetection"] = name_all(laboratories, self.frame.as_of)
        formats = load_all_record_formats()
        wanted = [name for name in (*FIRST_TYPES, *found) if name in found]
        groups = []
        for name in dict.fromkeys(wanted):
            if formats[name].holds == "report":
                continue
            shown = found[name][: 0 if name == "biosafetyExpert" else SHOWN_EACH]
            groups.append(
                CardGroup(
                    type=name,
                    name=formats[name].name,
                    heads=tuple(shown),
                    count=len(found[name]),
                    is_national=formats[name].kind == "national",
                )
            )
        return groups

    def find_union_laws(self) -> list[RecordHead]:
        """The laws of the European Union, when the country is a member on the day."""
        status = self.frame.evaluator.status
        roll = self.frame.evaluator.facts.roll
        members = roll.from_bits(status.members("EU", self.frame.seen_from))
        if self.country.code not in members or self.country.code == UNION:
            return []
        return source.records.list_by_type((LAW,), self.frame.as_of, government=UNION)

    def is_unconfirmed(self, head: RecordHead) -> bool:
        """Whether its owner should have confirmed it by the day and has not."""
        since = max(head.published_on, self.confirmed.get(head.identifier, dt.date.min))
        standing = find_standing(head.type, head.fields, since, self.frame.seen_from)
        return standing == "not_confirmed"

    def list_checks(self, union_laws: Sequence[RecordHead]) -> list[CheckRow]:
        """The check-list of mandatory information, category by category."""
        known = set(list_types())
        records = [(h.type, h.fields, h) for h in self.heads if h.type in known]
        answers = _find_answers(self.frame, self.country.code)
        return [self._check(finding, union_laws, answers) for finding in list_findings(records)]

    def _check(
        self,
        finding: Finding[RecordHead],
        union_laws: Sequence[RecordHead],
        answers: Mapping[str, str],
    ) -> CheckRow:
        category = finding.category
        heads = _unique(finding.records)
        union = tuple(union_laws) if category.id == "laws" else ()
        standing: str = finding.standing
        if standing == "missing" and union:
            standing = "by_union"
        answer = answers.get(category.id, "")
        words = list_labels()
        return CheckRow(
            category=category,
            title=words[category.id],
            label=" · ".join(say_provision(c) for c in category.cites),
            standing=standing,
            standing_words=standing_words(standing),
            heads=heads[:LINKED],
            more=max(len(heads) - LINKED, 0),
            lacking=tuple(words[f"{category.id}.{n}"] for n in finding.lacking_numbers),
            unreadable=words.get(f"{category.id}.unreadable"),
            of_the_union=union[:LINKED],
            unconfirmed=tuple(h for h in heads if self.is_unconfirmed(h)),
            answer=answer_words(answer),
            limit=_say_limit(category),
            disagrees=_disagree(standing, answer),
        )


def _unique(heads: Iterable[RecordHead]) -> tuple[RecordHead, ...]:
    return tuple({head.identifier: head for head in heads}.values())


def _confirmation_fields(shapes: Iterable[RecordFormat]) -> list[str]:
    return sorted({shape.confirm_only_if for shape in shapes if shape.confirm_only_if})


def _is_confirmed(head: RecordHead) -> bool:
    return load_all_record_formats()[head.type].confirm_after is not None


def _say_limit(category: Category) -> str:
    if not category.within_days:
        return ""
    parameter = get_parameter(category.within_days)
    days = parameter.values[-1].value
    return _("to be published within %(days)s days") % {"days": days}


def _find_answers(frame: Frame, code: str) -> dict[str, str]:
    """Category -> the option that the Party chose in its latest report that asked for it."""
    reports = sorted(live_reports(frame, code), key=lambda row: row["published_on"], reverse=True)
    found: dict[str, str] = {}
    for report in reports:
        options = _read_options(frame, report)
        for category in load_categories():
            chosen = options.get(category.asked.get(report["cycle"], ""))
            if chosen:
                found.setdefault(category.id, chosen)
    return found


def _read_options(frame: Frame, report: Mapping[str, Any]) -> dict[str, str]:
    table = frame.evaluator.facts["answer"]
    for column in ("record", "version"):
        table = table.filter(pc.equal(table.column(column), pa.scalar(report[column])))
    rows = table.select(["question", "option"]).to_pylist()
    return {row["question"]: row["option"] for row in rows if row["option"]}


def _disagree(standing: str, answer: str) -> bool:
    """Whether the Party's own word and the records contradict each other."""
    if answer == "true.availableOnBch":
        return standing in ("missing", "none_published", "partly")
    return answer == "false.notAvailable" and standing in ("there", "partly")


def answer_words(option: str) -> str:
    """What a Party says of a category in its report."""
    words = {
        "true.availableOnBch": _("in the Clearing-House"),
        "true.availablePartialyOnBch": _("partly in the Clearing-House"),
        "true.availableNotOnBch": _("there, but not in the Clearing-House"),
        "false.notAvailable": _("there is none"),
    }
    return words.get(option, option)


def standing_words(standing: str) -> str:
    """How a category stands by the records."""
    words = {
        "there": _("published"),
        "partly": _("partly published"),
        "missing": _("missing"),
        "none_published": _("none published"),
        "unreadable": _("records do not tell"),
        "by_union": _("published by the European Union"),
    }
    return words[standing]
