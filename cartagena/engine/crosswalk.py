"""How the questions of one reporting cycle continue those of the cycle before.

Each newer cycle's folder holds `crosswalk.yaml`: one link per pair of questions with a verdict, and
a map from old options to new ones. Two answers may be compared only through a declared link. A link
of the Clearing-House's own mapping is followed by default; a `proposed` one is ours and followed on
wish.

    compose("nr5", "nr2").traces["Q014"].targets  # (("nr2", "Q022"),)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from cartagena.engine.declaration import Problems, build, read_yaml
from cartagena.engine.questionnaire import Question, load_format
from cartagena.engine.questionnaire_schema import ROOT

Verdict = Literal["equivalent", "narrower", "wider", "rescaled"]
Relation = Literal["same", "split", "merge"]


@dataclass(frozen=True)
class Window:
    """The time an answer is about, before and now ("ever", "current reporting period")."""

    old: str
    new: str


@dataclass(frozen=True)
class Link:
    """One old question (or several merged) and the new one that continues it.

    Verdicts: `equivalent`; `narrower` or `wider`: the new question counts less or more;
    `rescaled`: other options or bands. `values`: old option -> new option, None where the answer is
    lost; without it the codes are the same. `proposed_values`: where a lost answer would fit best.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    verdict: Verdict
    relation: Relation
    proposed: bool = False
    window: Window | None = None
    note: str | None = None
    values: Mapping[str, str | None] | None = None
    proposed_values: Mapping[str, str] | None = None

    @property
    def losses(self) -> tuple[str, ...]:
        """The old options that reach no new one."""
        return tuple(code for code, target in (self.values or {}).items() if target is None)

    def map_option(self, code: str) -> str | None:
        """The new option for an old one; None: lost."""
        return code if self.values is None else self.values.get(code)


@dataclass(frozen=True)
class MappingFault:
    """A wrong or broken entry of the Clearing-House's own mapping files."""

    new: str
    old: str
    what: str


@dataclass(frozen=True)
class _Declaration:
    cycle: str
    previous: str
    sources: tuple[str, ...]
    pairs: tuple[Link, ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    faults: tuple[MappingFault, ...]


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """All links from the `previous` cycle to `cycle`; `sources`: formats of the former.

    `new` and `dropped` are the questions without any link.
    """

    cycle: str
    previous: str
    sources: tuple[str, ...]
    links: tuple[Link, ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    faults: tuple[MappingFault, ...]

    @cached_property
    def _by_new(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, tuple[Link, ...]] = {}
        for link in sorted(self.links, key=lambda link: link.proposed):
            for key in link.new:
                found[key] = (*found.get(key, ()), link)
        return found

    @cached_property
    def lossy(self) -> tuple[Link, ...]:
        """The links of the Clearing-House's mapping that lose answers."""
        return tuple(link for link in self.links if link.losses and not link.proposed)

    def list_links(self, key: str, *, proposed: bool = True) -> tuple[Link, ...]:
        """The links to a new question, the Clearing-House's first."""
        links = self._by_new.get(key, ())
        return tuple(link for link in links if proposed or not link.proposed)

    def find_source(self, old_key: str) -> str:
        """The source an old question belongs to: `S003` came with the 2014 survey."""
        for source in self.sources:
            if old_key in load_format(source).by_key:
                return source
        raise KeyError(f"{self.previous} has no question {old_key!r}")


@dataclass(frozen=True)
class Loss:
    """An answer that is lost in one step: the old option reaches no option of the new question."""

    old_cycle: str
    old: str
    option: str
    new_cycle: str
    new: str


@dataclass(frozen=True)
class Trace:
    """One new question followed back to an older cycle.

    `targets`: (source, key) of the old questions. `values`: old option -> new option over all steps
    (None: lost), or None for texts and merged questions. `verdict` over all steps: see `combine`.
    """

    key: str
    targets: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    verdict: Verdict
    values: Mapping[str, str | None] | None
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Composition:
    """All questions of `from_cycle` that reach `to_cycle`, and where the others end.

    `broken`: key -> the cycle in which it has no predecessor any more. `steps`: newest first.
    """

    from_cycle: str
    to_cycle: str
    steps: tuple[str, ...]
    traces: Mapping[str, Trace]
    broken: Mapping[str, str]


@cache
def load_crosswalk(cycle: str) -> Crosswalk:
    """The crosswalk of a cycle to the one before.

    Raises DeclarationError with every problem, KeyError for a cycle without one.
    """
    path = ROOT / cycle / "crosswalk.yaml"
    if not path.exists():
        raise KeyError(f"{cycle} has no crosswalk to an earlier cycle")
    problems = Problems()
    declared = build(_Declaration, read_yaml(path), f"{cycle}/crosswalk.yaml", problems)
    problems.raise_if_any()
    assert declared is not None
    walk = Crosswalk(
        declared.cycle,
        declared.previous,
        declared.sources,
        declared.pairs,
        declared.new,
        declared.dropped,
        declared.faults,
    )
    _check(walk, problems)
    problems.raise_if_any()
    return walk


def _check(walk: Crosswalk, problems: Problems) -> None:
    """Every key and option exists, and every question is linked, new or dropped."""
    place = f"{walk.cycle}/crosswalk.yaml"
    new = dict(load_format(walk.cycle).by_key)
    old: dict[str, Question] = {}
    for source in walk.sources:
        old.update(load_format(source).by_key)
    for link in walk.links:
        here = f"{place}: {'+'.join(link.old)} -> {'+'.join(link.new)}"
        missing = [key for key in link.old if key not in old]
        missing += [key for key in link.new if key not in new]
        for key in missing:
            problems.add(here, f"no question {key!r}", "Correct the key.")
        if not missing:
            _check_values(link, old, new, here, problems)
    linked_new = {key for link in walk.links for key in link.new}
    linked_old = {key for link in walk.links for key in link.old}
    for side, linked, listed, known in (
        ("new", linked_new, walk.new, new),
        ("dropped", linked_old, walk.dropped, old),
    ):
        answerable = {key for key, question in known.items() if not question.is_structural}
        for key in answerable - linked - set(listed):
            problems.add(place, f"{key} is neither linked nor listed", f"Add it to `{side}`.")
        for key in set(listed) & linked | set(listed) - answerable:
            problems.add(place, f"{key} is wrongly listed in `{side}`", "Remove it there.")


def _check_values(
    link: Link, old: Mapping[str, Any], new: Mapping[str, Any], here: str, problems: Problems
) -> None:
    before = {option.code for key in link.old for option in old[key].options}
    after = {option.code for key in link.new for option in new[key].options}
    values = dict.fromkeys(before) if link.values is None else dict(link.values)
    if link.values is None:
        for code in before - after:
            problems.add(here, f"option {code!r} has no target", "Add `values`, null if lost.")
    if set(values) != before:
        odd = sorted(set(values) ^ before)
        problems.add(here, f"`values` and the old options differ: {odd}", "Name each old option.")
    for target in {*values.values(), *(link.proposed_values or {}).values()} - after - {None}:
        problems.add(here, f"no new option {target!r}", "Correct the code.")


def find_previous(cycle: str, key: str) -> Link | None:
    """The link from a question back to the cycle before: the Clearing-House's, else a proposed one.

    None for a new question and in the first cycle.
    """
    if not (ROOT / cycle / "crosswalk.yaml").exists():
        return None
    links = load_crosswalk(cycle).list_links(key)
    return links[0] if links else None


def combine(verdicts: Iterator[Verdict] | tuple[Verdict, ...]) -> Verdict:
    """One verdict over several steps.

    Rescaled if any step is, and if one step widens what another narrows.
    """
    kinds: set[Verdict] = set(verdicts) - {"equivalent"}
    if not kinds:
        return "equivalent"
    return kinds.pop() if len(kinds) == 1 else "rescaled"


def find_verdict(old_cycle: str, old_key: str, new_cycle: str, new_key: str) -> Verdict | None:
    """How two questions compare, over as many cycles as lie between; None: not linked."""
    target = "nr2" if old_cycle == "survey2014" else old_cycle
    traced = compose(new_cycle, target, proposed=True)
    trace = traced.traces.get(new_key)
    if trace is None:
        return None
    return trace.verdict if any(key == old_key for _, key in trace.targets) else None


@cache
def compose(from_cycle: str, to_cycle: str, *, proposed: bool = False) -> Composition:
    """Follow every question of `from_cycle` back to `to_cycle`, step by step.

    Losses are collected on the way: a lost answer of an early step stays lost. With `proposed`, our
    own links are followed where the Clearing-House has none. Raises KeyError if `to_cycle` does not
    come before `from_cycle`.
    """
    walks = _list_walks(from_cycle, to_cycle)
    traces: dict[str, Trace] = {}
    broken: dict[str, str] = {}
    for key, question in load_format(from_cycle).by_key.items():
        if question.is_structural:
            continue
        found = _follow(key, walks, proposed=proposed)
        if isinstance(found, Trace):
            traces[key] = found
        else:
            broken[key] = found
    steps = (from_cycle, *(walk.previous for walk in walks))
    return Composition(from_cycle, to_cycle, steps, traces, broken)


def _list_walks(from_cycle: str, to_cycle: str) -> tuple[Crosswalk, ...]:
    walks: list[Crosswalk] = []
    cycle = from_cycle
    while cycle != to_cycle:
        walks.append(load_crosswalk(cycle))
        cycle = walks[-1].previous
    return tuple(walks)


def _follow(key: str, walks: tuple[Crosswalk, ...], *, proposed: bool) -> Trace | str:
    """The trace of one question, or the cycle in which it has no predecessor any more."""
    keys: tuple[str, ...] = (key,)
    links: list[Link] = []
    losses: list[Loss] = []
    for walk in walks:
        step: list[Link] = []
        for current in keys:
            found = walk.list_links(current, proposed=proposed)
            own = [link for link in found if not link.proposed]
            step += own or found
        if not step:
            return walk.previous
        losses += [
            Loss(walk.previous, link.old[0], code, walk.cycle, link.new[0])
            for link in step
            for code in link.losses
        ]
        links += step
        keys = tuple(dict.fromkeys(old for link in step for old in link.old))
    targets = tuple((walks[-1].find_source(old), old) for old in keys) if walks else ()
    values = _compose_values(links, targets, len(walks))
    return Trace(
        key,
        targets,
        tuple(links),
        combine(tuple(link.verdict for link in links)),
        values,
        tuple(losses),
    )


def _compose_values(
    links: list[Link], targets: tuple[tuple[str, str], ...], steps: int
) -> Mapping[str, str | None] | None:
    """Oldest option -> newest option over a chain of single links; None for anything else."""
    if len(links) != steps or len(targets) != 1:
        return None
    source, key = targets[0]
    composed: dict[str, str | None] = {}
    for option in load_format(source).question(key).options:
        code: str | None = option.code
        for link in reversed(links):
            code = link.map_option(code) if code is not None else None
        composed[option.code] = code
    return composed or None
