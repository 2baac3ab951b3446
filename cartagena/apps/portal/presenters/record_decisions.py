"""Decisions: in a table, on the map of the world, and the days of one of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.record import OpenRecord, name_all
from cartagena.apps.portal.presenters.tiles import Place, Tile, TileMap, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.portal.sentences import say_provision
from cartagena.engine.countries import find_country, get_country
from cartagena.engine.decision_timeliness import Step, list_steps
from cartagena.engine.record_body import as_closed_text
from cartagena.engine.record_values import read_day
from cartagena.engine.text import Text
from cartagena.engine.vocabulary import load_vocabulary

DECISION = "biosafetyDecision"
ASSESSMENTS = ("nationalRiskAssessment", "independentRiskAssessment")
SHOWN = ("date", "decisionTypes", "decisionResult")
"""Fields of a decision that its row shows."""

STATES: Mapping[str, str] = {
    "3B9ECE67-B35C-40FF-8C06-4EA5FF762899": "s-approved",
    "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F": "s-conditions",
    "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE": "s-prohibited",
}
"""Result -> style class of a tile; every other result, and none, is another decision."""


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """One decision in a table. `state` is the style class of its result."""

    head: RecordHead
    party: str
    party_name: str
    decided_on: dt.date | None
    kinds: tuple[Text, ...]
    result: Text | None
    state: str


@dataclass(frozen=True, kw_only=True)
class PartyDecisions:
    """The decisions of one Party, newest first."""

    party: str
    name: str
    rows: tuple[DecisionRow, ...]


@dataclass(frozen=True, kw_only=True)
class TimedStep:
    """A step of a decision with its words and the label of the provision."""

    step: Step
    title: str
    begins: str
    label: str


def read_decision(frame: Frame, head: RecordHead) -> DecisionRow:
    """A decision as a row; its head was read with the fields of `SHOWN`."""
    kinds = head.fields["decisionTypes"]
    result = as_closed_text(head.fields["decisionResult"])
    country = find_country(head.government or "")
    return DecisionRow(
        head=head,
        party=head.government or "",
        party_name=country.names.get(frame.language) if country else head.government or "",
        decided_on=read_day(head.fields["date"]),
        kinds=tuple(_name_kinds(kinds if isinstance(kinds, list) else [])),
        result=_name_term("decisionResults", result) if result else None,
        state=STATES.get(result, "s-other"),
    )


def _name_kinds(kinds: Iterable[Any]) -> Iterable[Text]:
    """The kinds of a decision; a broader kind is left out beside its narrower one."""
    vocabulary = load_vocabulary("decisionTypes")
    codes = [code for kind in kinds if (code := as_closed_text(kind))]
    broader = {term.broader for code in codes if (term := vocabulary.by_id.get(code))}
    for code in codes:
        if code not in broader or len(codes) == 1:
            yield _name_term("decisionTypes", code)


def _name_term(vocabulary: str, code: str) -> Text:
    term = load_vocabulary(vocabulary).by_id.get(code)
    return term.label if term else Text.of({"en": code})


def sort_by_party(rows: Iterable[DecisionRow]) -> tuple[PartyDecisions, ...]:
    """Decisions by Party, Parties by name; what has no date stands last."""
    found: dict[str, list[DecisionRow]] = {}
    for row in rows:
        found.setdefault(row.party, []).append(row)
    for some in found.values():
        some.sort(key=lambda row: row.decided_on or dt.date.min, reverse=True)
    groups = [
        PartyDecisions(party=party, name=some[0].party_name, rows=tuple(some))
        for party, some in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: group.name))


def draw_world(frame: Frame, groups: Sequence[PartyDecisions]) -> TileMap:
    """The latest final result of each Party; a tile leads to its decisions on the page."""
    states = {group.party: _find_state(group.rows) for group in groups}
    said = {
        "s-approved": _("approved"),
        "s-conditions": _("approved with conditions"),
        "s-prohibited": _("prohibited"),
        "s-other": _("another decision, or no result named"),
        "k-silent": _("no decision published"),
    }
    party_page = frame.linker("party_records")
    present = {place.party for places in load_places().values() for place in places}

    def tile(place: Place) -> Tile:
        state = states.get(place.party, "k-silent")
        name = get_country(place.party).names.get(frame.language)
        decided = place.party in states
        address = f"#d-{place.party}" if decided else party_page(place.party)
        return Tile(place, state, f"{name}: {said[state]}", address)

    used = {states[party] for party in states if party in present} | {"k-silent"}
    key = [(state, words) for state, words in said.items() if state in used]
    titles = {region: group_title(region) for region in load_places()}
    return lay_tiles(_("Status around the world"), titles, tile, key)


def _find_state(rows: Sequence[DecisionRow]) -> str:
    return next((row.state for row in rows if row.state != "s-other"), "s-other")


def list_decisions(frame: Frame, targets: Sequence[str], *through: str) -> list[DecisionRow]:
    """The decisions that refer to one of the targets through some fields."""
    heads = source.records.list_pointing(
        targets, frame.as_of, *SHOWN, types=(DECISION,), through=through
    )
    return [read_decision(frame, head) for head in heads]


def list_assessments(frame: Frame, lmo: str) -> list[RecordHead]:
    """The risk assessments of an LMO, newest first."""
    heads = source.records.list_pointing(
        (lmo,), frame.as_of, "date", "scopes", types=ASSESSMENTS, through=("modifiedOrganisms",)
    )
    return name_all(heads, frame.as_of)


def describe_decision(record: OpenRecord) -> dict[str, Any]:
    """What a decision's page shows beside its fields: its days, and what it amends."""
    steps = list_steps(record.body, record.first_published_on)
    rows = list_decisions(record.frame, (record.stored.identifier,), "amendedRecords")
    amended = [t for field, t in record.links if field == "amendedRecords"]
    return {
        "steps": [_say_step(step) for step in steps],
        "amends": [record.heads[t] for t in amended if t in record.heads],
        "amended_by": rows,
        "lmos": _pick(record, "modifiedOrganisms"),
        "assessments": _pick(record, "riskAssessments"),
    }


def _pick(record: OpenRecord, through: str) -> list[RecordHead]:
    found = [t for field, t in record.links if field == through]
    return [record.heads[t] for t in found if t in record.heads]


def _say_step(step: Step) -> TimedStep:
    titles = {
        "acknowledgement": _("Receipt acknowledged"),
        "communication": _("Decision communicated"),
        "publication": _("Decision on domestic use published"),
        "change": _("Change made known"),
    }
    begins = {
        "acknowledgement": _("notification received"),
        "communication": _("notification received"),
        "publication": _("decision taken"),
        "change": _("decision taken"),
    }
    label = say_provision(step.provision)
    return TimedStep(step=step, title=titles[step.code], begins=begins[step.code], label=label)


def describe_assessment(record: OpenRecord) -> dict[str, Any]:
    """What a risk assessment's page shows beside its fields: the decisions that rest on it."""
    rows = list_decisions(record.frame, (record.stored.identifier,), "riskAssessments")
    return {"decisions": rows, "lmos": _pick(record, "modifiedOrganisms")}
