"""What an indicator must declare, and how the declarations are found.

Each indicator is a folder ``cartagena/protocol/plans/<plan>/indicators/i1_1_1_.../`` with
``indicator.py`` (one class, literal metadata, its docstring is the public method page) and
``cases.yaml`` (worked cases). A missing or unknown attribute, a duplicate id, a citation that does
not resolve, a question or option that no format has: all are refused together when loaded.
"""

import importlib.util
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Literal

from cartagena.engine.condition import Condition
from cartagena.engine.declaration import DeclarationError, Problem
from cartagena.engine.figure import Variant
from cartagena.engine.measure import Measure

Direction = Literal["up", "neutral", "yes"]
Source = Literal["report", "survey", "records", "treaty", "register", "usage", "forum"]
Grade = Literal["A", "B", "C"]  # asked directly; proxy or partial; not asked
Quality = Literal["direct", "partial", "proxy"]

PLANS = Path(__file__).parent.parent / "protocol" / "plans"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one reporting cycle answers the indicator.

    ``grade``: A the format asks it, B a proxy or a part, C nothing asks it. ``strict`` and, where
    useful, ``inclusive`` are conditions; ``bands`` are questions whose bands are summed.
    ``not_applicable`` takes Parties out of the universe. ``note`` says what a reader must know.
    """

    grade: Grade
    strict: Condition | None = None
    inclusive: Condition | None = None
    bands: tuple[str, ...] = ()
    not_applicable: Condition | None = None
    note: str = ""

    def condition(self, variant: Variant) -> Condition | None:
        """The condition of a variant; without an inclusive one, the strict one serves both."""
        if variant == "inclusive" and self.inclusive is not None:
            return self.inclusive
        return self.strict

    @property
    def questions(self) -> tuple[str, ...]:
        """All questions the recipe reads, each once."""
        read: list[str] = list(self.bands)
        for condition in (self.strict, self.inclusive, self.not_applicable):
            if condition is not None:
                read.extend(condition.questions)
        return tuple(dict.fromkeys(read))


@dataclass(frozen=True)
class Link:
    """The outcome an indicator speaks to, and how well."""

    outcome: str
    quality: Quality


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A time limit inside an indicator ("within six years of joining").

    ``years`` after the Party's entry into force, or after its ``first_law``; ``year_question``
    names, per cycle, the question that tells the year it was in place (its option codes are years).
    """

    years: int
    after: Literal["entry_into_force", "first_law"] = "entry_into_force"
    year_question: Mapping[str, str] = field(default_factory=dict)


class Indicator:
    """Base of all declarations. Subclasses set every attribute below that has no default here."""

    id: ClassVar[str]
    title: ClassVar[str]
    unit: ClassVar[str]
    direction: ClassVar[Direction]
    legal_basis: ClassVar[tuple[str, ...]]
    sources: ClassVar[tuple[Source, ...]]
    measure: ClassVar[Measure]
    recipes: ClassVar[Mapping[str, Recipe]]
    links: ClassVar[tuple[Link, ...]]
    comparability: ClassVar[tuple[str, ...]]
    to_collect: ClassVar[str]
    doubts: ClassVar[tuple[str, ...]]
    authored_by: ClassVar[str]
    checked_by: ClassVar[str]
    next_review: ClassVar[str]

    deadline: ClassVar[Deadline | None] = None
    components: ClassVar[Mapping[str, Mapping[str, Condition]]] = {}
    same_as: ClassVar[str | None] = None

    @classmethod
    def describe(cls) -> tuple[str, ...]:
        """The paragraphs of the docstring: what it measures, method, limits, source."""
        text = inspect.cleandoc(cls.__doc__ or "")
        return tuple(" ".join(p.split()) for p in text.split("\n\n") if p.strip())

    @property
    def objective(self) -> str:
        """The operational objective it belongs to, such as ``1.1``."""
        return self.id.rpartition(".")[0]


REQUIRED = tuple(name for name in Indicator.__annotations__ if not hasattr(Indicator, name))
ALLOWED = frozenset(Indicator.__annotations__) | {"__module__", "__doc__", "__qualname__"}


@cache
def load_indicators(plan: str = "cpb_2011_2020") -> Mapping[str, Indicator]:
    """All indicators of a plan by id, in the plan's order; every problem is raised together."""
    problems: list[Problem] = []
    found: dict[str, Indicator] = {}
    for path in sorted((PLANS / plan / "indicators").glob("*/indicator.py")):
        for indicator in _read_module(path, problems):
            if indicator.id in found:
                problems.append(
                    Problem(
                        str(path), f"Indicator {indicator.id} is declared twice.", "Remove one."
                    )
                )
            found[indicator.id] = indicator
    if problems:
        raise DeclarationError(problems)
    return {key: found[key] for key in sorted(found, key=_order)}


def _order(identifier: str) -> tuple[int, ...]:
    return tuple(int(part) for part in identifier.split("."))


def _read_module(path: Path, problems: list[Problem]) -> list[Indicator]:
    name = "cartagena.protocol.plans." + ".".join(path.parent.parts[-3:]) + ".indicator"
    module = sys.modules.get(name) or _import(name, path)
    classes = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Indicator) and value is not Indicator
    ]
    if len(classes) != 1:
        problems.append(
            Problem(str(path), "One indicator class is needed.", "Declare exactly one.")
        )
    return [cls() for cls in classes if _check_class(cls, path, problems)]


def _import(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: PT018 - narrows the types
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    return module


def _check_class(cls: type[Indicator], path: Path, problems: list[Problem]) -> bool:
    own: dict[str, Any] = {k: v for k, v in vars(cls).items() if not k.startswith("__")}
    before = len(problems)
    for name in REQUIRED:
        if name not in own:
            problems.append(Problem(str(path), f"{name} is missing.", "Every indicator says it."))
    for name in own:
        if name not in ALLOWED:
            problems.append(
                Problem(
                    str(path), f"{name} is not an attribute of indicators.", "Correct the name."
                )
            )
    if len(cls.describe()) != 4:
        problems.append(
            Problem(
                str(path),
                f"The docstring has {len(cls.describe())} paragraphs.",
                "Write four: what it measures, method, limits, source.",
            )
        )
    return len(problems) == before
