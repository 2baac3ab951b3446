"""Rules that look for contradictions in a national report, each with its reason and two examples.

What a format itself demands (types, options, conditions), `cartagena.engine.answers` checks. A rule
compares answers with each other, with what the Party published, with the treaty's status, and with
its report before. Rules stand in `cartagena/protocol/report_rules/<kind>.py` and are found there:
nobody lists them. They name questions by concept (`nr2.q015`), so one rule reads every cycle that
asks the same.

    @report_rule(
        "warning",
        reads=("nr2.q015",),
        basis=("cpb.art20.3.a",),
        reason=sentence("..."),
        passes=Example(...),
        fails=Example(...),
    )
    def laws_in_place_are_published(report: Report) -> Iterator[Finding]: ...
"""

import datetime as dt
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from cartagena.engine.answers import Answers, collect_answers, flatten_body, switched_off
from cartagena.engine.crosswalk import find_previous
from cartagena.engine.questionnaire import Bounds, Format, Question
from cartagena.engine.report_published import Published
from cartagena.engine.sentence import Sentence, sentence

FOLDER = Path(__file__).resolve().parent.parent / "protocol" / "report_rules"

Level = Literal["blocker", "error", "warning", "advice"]
LEVELS: tuple[Level, ...] = ("blocker", "error", "warning", "advice")
"""A blocker must be corrected. An error must be corrected or explained. A warning asks for an
explanation and lets the report pass without. Advice asks for nothing."""

Kind = Literal["format", "arithmetic", "consistency", "published", "status", "previous"]


@dataclass(frozen=True)
class Finding:
    """One contradiction or gap. ``questions`` are the keys it concerns, the first leads there.

    ``rule`` and ``version`` name the rule that found it; an explanation is kept under
    :attr:`key`. ``records`` are the identifiers of the published records it speaks of.
    """

    questions: tuple[str, ...]
    what: Sentence
    remedy: Sentence
    level: Level = "warning"
    kind: Kind = "format"
    rule: str = "format"
    version: int = 1
    basis: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which an explanation is kept: the rule and the question it leads to."""
        return f"{self.rule}/{self.questions[0] if self.questions else ''}"

    @property
    def can_be_explained(self) -> bool:
        """Whether an explanation may answer it."""
        return self.level in ("error", "warning")


@dataclass(frozen=True, eq=False)
class Report:
    """A report as its rules read it. Questions that are switched off count as not answered.

    ``previous`` are the answers of the Party's report in the cycle before, by its keys, None when
    there was none. ``on`` is the day on which the published records are compared.
    """

    shape: Format
    body: Mapping[str, Any]
    party: str
    on: dt.date
    published: Published = field(default_factory=Published)
    previous: Answers | None = None

    @cached_property
    def answers(self) -> Answers:
        """Question -> answer, without what is switched off."""
        found = collect_answers(flatten_body(self.shape, self.body))
        off = switched_off(self.shape, found)
        return {key: answer for key, answer in found.items() if key not in off}

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {question.concept: key for key, question in self.shape.in_document.items()}

    def key(self, concept: str) -> str:
        """The key of a concept in this cycle. Raises KeyError when the cycle does not ask it."""
        return self._keys[concept]

    def asks(self, concept: str) -> bool:
        """Whether this cycle asks a concept."""
        return concept in self._keys

    def codes(self, concept: str) -> frozenset[str]:
        """The options chosen; empty when nothing is answered or the cycle does not ask it."""
        answer = self.answers.get(self._keys.get(concept, ""))
        return _codes_of(answer)

    def says(self, concept: str, *options: str) -> bool:
        """Whether one of the options is chosen."""
        return not self.codes(concept).isdisjoint(options)

    def bounds(self, concept: str) -> Bounds | None:
        """What a band says as a number (lower, upper or None); None when it says none."""
        if not self.asks(concept):
            return None
        question = self.shape.in_document[self.key(concept)]
        found = [question.option(code).bounds for code in self.codes(concept)]
        return found[0] if len(found) == 1 else None

    def details(self, concept: str) -> Mapping[str, str]:
        """Option -> what was written beside it."""
        answer = self.answers.get(self._keys.get(concept, ""))
        if answer is None or isinstance(answer, str | int):
            return {}
        return dict(item for item in answer if not isinstance(item, str))

    def number(self, concept: str) -> Sentence:
        """The printed name of a question for a sentence: "question 14"."""
        question = self.shape.in_document[self.key(concept)]
        return describe_question(self.shape, question)

    def find(
        self, concept: str, *more: str, what: Sentence, remedy: Sentence, **said: Any
    ) -> Finding:
        """A finding about questions given by concept."""
        keys = tuple(self.key(name) for name in (concept, *more) if self.asks(name))
        return Finding(keys, what, remedy, **said)

    def before(self, key: str) -> tuple[str, frozenset[str]] | None:
        """The question of the cycle before that a question continues with equal meaning, and what
        was chosen there in the options of today; None where nothing can be compared.
        """
        link = find_previous(self.shape.cycle, key)
        if link is None or self.previous is None or link.verdict != "equivalent":
            return None
        if link.relation != "same" or len(link.old) != 1:
            return None
        codes = _codes_of(self.previous.get(link.old[0]))
        mapped = {link.map_option(code) for code in codes}
        return (link.old[0], frozenset(mapped - {None})) if codes and None not in mapped else None  # type: ignore[arg-type]


def describe_question(shape: Format, question: Question) -> Sentence:
    """The name of a question in a sentence, with the number of its parent: "question 112 (a)"."""
    parent = shape.in_document.get(question.parent or "")
    if parent is not None and parent.number and question.number != parent.number:
        return sentence(
            "question %(parent)s (%(number)s)", parent=parent.number, number=question.number
        )
    return sentence("question %(number)s", number=question.number or question.key)


def _codes_of(answer: Any) -> frozenset[str]:
    if answer is None or isinstance(answer, str | int):
        return frozenset()
    return frozenset(item if isinstance(item, str) else item[0] for item in answer)


@dataclass(frozen=True)
class Example:
    """A small report for a rule: answers by concept, published records, status, report before.

    ``before`` are answers of the cycle before, by the concept of today's question.
    """

    answers: Mapping[str, Sequence[str | tuple[str, str]]] = field(default_factory=dict)
    published: Published = field(default_factory=Published)
    before: Mapping[str, Sequence[str]] | None = None
    header: Mapping[str, Any] = field(default_factory=dict)


Check = Callable[[Report], Iterator[Finding]]


@dataclass(frozen=True)
class ReportRule:
    """One rule. ``asks`` says in a sentence what it asks, ``reason`` why.

    It runs for the cycles that ask all the concepts it ``reads``. ``version`` is raised when what
    it asks changes, so that it is known which rule found what.
    """

    name: str
    kind: Kind
    level: Level
    version: int
    asks: Sentence
    reason: Sentence
    reads: tuple[str, ...]
    basis: tuple[str, ...]
    passes: Example
    fails: Example
    check: Check

    def applies_to(self, shape: Format) -> bool:
        """Whether a cycle asks all that the rule reads."""
        asked = {question.concept for question in shape.in_document.values()}
        return asked.issuperset(self.reads)

    def run(self, report: Report) -> Iterator[Finding]:
        """What the rule finds."""
        for found in self.check(report):
            level = self.level if found.level == "warning" else found.level
            yield replace(
                found, rule=self.name, version=self.version, kind=self.kind, level=level,
                basis=found.basis or self.basis,
            )  # fmt: skip


def report_rule(
    level: Level,
    *,
    reads: tuple[str, ...] = (),
    basis: tuple[str, ...] = (),
    reason: Sentence,
    passes: Example,
    fails: Example,
    version: int = 1,
) -> Callable[[Check], ReportRule]:
    """Make a rule out of a function. The kind is the name of its file."""

    def make(check: Check) -> ReportRule:
        # A docstring is collected for translation as it is written here: in one line.
        asks = Sentence(" ".join((check.__doc__ or "").split()))
        name = getattr(check, "__name__", "")
        assert asks, f"{name}: the docstring says what the rule asks"
        kind = check.__module__.rpartition(".")[2]
        return ReportRule(
            name=name, kind=kind, level=level, version=version, asks=asks,  # type: ignore[arg-type]
            reason=reason, reads=reads, basis=basis, passes=passes, fails=fails, check=check,
        )  # fmt: skip

    return make


@cache
def load_report_rules() -> tuple[ReportRule, ...]:
    """All rules, by file and then in the order of the file. Two rules never share a name."""
    rules = [
        found
        for path in sorted(FOLDER.glob("*.py"))
        for found in vars(_import(path)).values()
        if isinstance(found, ReportRule)
    ]
    assert len({rule.name for rule in rules}) == len(rules)
    return tuple(rules)


def _import(path: Path) -> ModuleType:
    name = f"cartagena.protocol.report_rules.{path.stem}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: PT018 - narrows the types
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def run_rules(report: Report) -> list[Finding]:
    """What all rules find in a report, blockers first, then in the order of the form."""
    order = {key: position for position, key in enumerate(report.shape.in_document)}
    found = [
        finding
        for rule in load_report_rules()
        if rule.applies_to(report.shape)
        for finding in rule.run(report)
    ]
    return sorted(
        found,
        key=lambda f: (LEVELS.index(f.level), order.get(f.questions[0], -1) if f.questions else -1),
    )
