"""How an indicator changed between two points, and why, Party by Party.

Two changes are printed side by side: of the cross-section (all that answered, each time) and of the
panel (the Parties that reported both times). Where they differ, it is the composition of those who
report that moved, not the Parties.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cartagena.engine.crosswalk import find_verdict
from cartagena.engine.evaluate import Evaluator, source_of
from cartagena.engine.figure import Figure, Variant
from cartagena.engine.party_set import PartySet
from cartagena.engine.point import Point

Cause = Literal[
    "changed_answer",
    "reworded",
    "same",
    "newly_answered",
    "not_answered_again",
    "newly_reported",
    "not_reported_again",
    "new_party",
    "never_known",
]

CAUSES: tuple[Cause, ...] = (
    "changed_answer",
    "reworded",
    "newly_reported",
    "not_reported_again",
    "newly_answered",
    "not_answered_again",
    "new_party",
    "same",
    "never_known",
)

NOTABLE_POINTS = Fraction(5, 100)


@dataclass(frozen=True)
class Rewording:
    """A question the later recipe reads that is not the same as the one the earlier recipe reads.

    ``verdict`` is the crosswalk's: equivalent, narrower, wider, rescaled, new or dropped.
    """

    old: str
    new: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One Party between two points: its outcome then and now, and the cause of the difference."""

    party: str
    before: str
    after: str
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class Change:
    """The change of one indicator between two points.

    ``before`` and ``after`` are cross-sections; ``panel_before`` and ``panel_after`` the same
    Parties twice. ``rewordings`` lists what limits comparison. ``movements`` holds one entry for
    every Party in force at either point.
    """

    indicator: str
    variant: Variant
    before: Figure
    after: Figure
    panel_before: Figure
    panel_after: Figure
    panel: PartySet
    rewordings: tuple[Rewording, ...]
    movements: tuple[Movement, ...]

    @property
    def cross_section(self) -> Fraction | None:
        """Difference of the headlines, as a share (0.05 is five points)."""
        return _difference(self.before, self.after)

    @property
    def of_panel(self) -> Fraction | None:
        """Difference of the panel's headlines."""
        return _difference(self.panel_before, self.panel_after)

    @property
    def composition_drives(self) -> bool:
        """Whether cross-section and panel differ in sign or by more than five points."""
        cross, panel = self.cross_section, self.of_panel
        if cross is None or panel is None:
            return False
        return cross * panel < 0 or abs(cross - panel) > NOTABLE_POINTS

    @property
    def comparable(self) -> bool:
        """Whether every question both recipes rest on is equivalent."""
        return not self.rewordings

    def by_cause(self) -> Mapping[Cause, tuple[Movement, ...]]:
        """The movements of Parties by cause, each in the order of the roll."""
        return {cause: tuple(m for m in self.movements if m.cause == cause) for cause in CAUSES}


def _difference(before: Figure, after: Figure) -> Fraction | None:
    if before.headline is None or after.headline is None:
        return None
    return after.headline - before.headline


def compare(
    evaluator: Evaluator,
    indicator: str,
    before: Point,
    after: Point,
    variant: Variant = "strict",
    group: str | None = None,
) -> Change:
    """Compare one indicator at two points, for all Parties or one group."""
    declared = evaluator.indicator(indicator)
    reported_before = evaluator.reported(before, declared)
    reported_after = evaluator.reported(after, declared)
    rewordings = list_rewordings(evaluator, indicator, before, after)

    def figure(point: Point, other: Point | None) -> Figure:
        return evaluator.figure(
            indicator,
            point,
            variant=variant,
            group=group,
            universe="panel" if other else "in_force",
            panel=other,
        )

    panel = evaluator.parties(before) & evaluator.parties(after)
    return Change(
        indicator=indicator,
        variant=variant,
        before=figure(before, None),
        after=figure(after, None),
        panel_before=figure(before, after),
        panel_after=figure(after, before),
        panel=panel & reported_before & reported_after,
        rewordings=rewordings,
        movements=_list_movements(evaluator, indicator, before, after, variant, bool(rewordings)),
    )


def list_rewordings(
    evaluator: Evaluator, indicator: str, before: Point, after: Point
) -> tuple[Rewording, ...]:
    """The questions of two recipes that the crosswalk does not call equivalent."""
    recipes = evaluator.indicator(indicator).recipes
    old, new = recipes.get(before.cycle or ""), recipes.get(after.cycle or "")
    if old is None or new is None or before.cycle is None or after.cycle is None:
        return ()
    if before.cycle == after.cycle:
        return ()
    if before.record_date > after.record_date:  # links are declared from the newer to the older
        before, after, old, new = after, before, new, old
    found: list[Rewording] = []
    for key in new.questions:
        verdicts = {
            other: find_verdict(source_of(other, before), other, source_of(key, after), key)
            for other in old.questions
        }
        related = {other: verdict for other, verdict in verdicts.items() if verdict is not None}
        if "equivalent" in related.values():
            continue
        if related:
            found.extend(Rewording(other, key, v) for other, v in related.items())
        else:
            found.append(Rewording("", key, "new"))
    return tuple(found)


def _list_movements(
    evaluator: Evaluator,
    indicator: str,
    before: Point,
    after: Point,
    variant: Variant,
    reworded: bool,
) -> tuple[Movement, ...]:
    first = evaluator.verdict(indicator, before, variant)
    second = evaluator.verdict(indicator, after, variant)
    if first is None or second is None:
        return ()
    declared = evaluator.indicator(indicator)
    then, now = evaluator.parties(before), evaluator.parties(after)
    reported_then = evaluator.reported(before, declared)
    reported_now = evaluator.reported(after, declared)
    movements = []
    for party in then | now:
        old, new = first.outcome(party), second.outcome(party)
        if party not in then:
            cause: Cause = "new_party"
        elif old == new:
            cause = "never_known" if old == "unknown" else "same"
        elif old == "unknown":
            cause = "newly_answered" if party in reported_then else "newly_reported"
        elif new == "unknown":
            cause = "not_answered_again" if party in reported_now else "not_reported_again"
        else:
            cause = "reworded" if reworded else "changed_answer"
        movements.append(Movement(party=party, before=old, after=new, cause=cause))
    return tuple(movements)
