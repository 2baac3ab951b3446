"""What can be cited: provisions of the treaties, decisions and the source document, and parameters.

A provision is an address with a short title in our own words. A parameter is a number or a date
set by a provision, with the days from which each value holds. Both stand in
`cartagena/protocol/treaty/`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from cartagena.engine.declaration import Problems, build, check_keys, read_yaml
from cartagena.engine.sentence import Sentence, sentence

TREATY_FOLDER = Path(__file__).parent.parent / "protocol" / "treaty"
PROVISIONS_FILE = TREATY_FOLDER / "provisions.yaml"
PARAMETERS_FILE = TREATY_FOLDER / "parameters.yaml"

TREATIES = ("cbd", "cpb", "np", "nklsp")
"""The treaties whose status is held: the Convention, the Protocol, the Nagoya Protocol on access
and benefit-sharing, the Nagoya - Kuala Lumpur Supplementary Protocol on liability and redress."""

Evidence = Literal["", "from_knowledge", "unsure"]
"""Doubt about a statement: none, written without reading the source again, or open."""

_SHORT_NAMES = {
    "cbd": sentence("Convention"),
    "cpb": sentence("Protocol"),
    "np": sentence("Nagoya Protocol"),
    "nklsp": sentence("Supplementary Protocol"),
    "plan": sentence("Draft plan"),
    "note": sentence("Note by the Executive Secretary"),
}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


class UnknownProvisionError(LookupError):
    """A citation leads nowhere. The message names the nearest provisions."""


class UnknownParameterError(LookupError):
    """No such parameter, or none yet on that day."""


@dataclass(frozen=True)
class Provision:
    """One thing that can be cited.

    `id` is its address: `cpb.art20.3.d`, `cpb.annex3.8`, `BS-I/9.5`, `plan.par11`. `title` says in
    plain words what it is about; it is no text of law. `adopted_on` stands on whole instruments
    where the day is known.
    """

    id: str
    kind: Literal["treaty", "article", "annex", "paragraph", "decision", "document"]
    title: str
    adopted_on: date | None = None
    evidence: Evidence = ""

    @property
    def instrument(self) -> str:
        """The treaty, decision or document it belongs to, itself for a whole one."""
        return self.id.split(".")[0]

    @property
    def parent(self) -> str | None:
        """The id one step up (`cpb.art20.3.d` -> `cpb.art20.3`), which need not be declared."""
        return self.id.rpartition(".")[0] or None

    @property
    def label(self) -> Sentence:
        """The address as people write it: `Protocol, Article 20.3 (d)`."""
        return label_provision(self.id)


def label_provision(provision_id: str) -> Sentence:
    """The address of a provision as people write it. Pure text: the id is not looked up.

    `cpb.art20.3.d` -> `Protocol, Article 20.3 (d)`; `BS-I/9.5` -> `Decision BS-I/9, paragraph 5`;
    `plan.par12.d` -> `Draft plan, paragraph 12 (d)`; `cpb.annex3.8` -> `Protocol, Annex III, 8`.
    """
    instrument, *parts = provision_id.split(".")
    label = _SHORT_NAMES.get(instrument) or Sentence(instrument)
    if "/" in instrument:
        label = sentence("Decision %(symbol)s", symbol=instrument)
    for noun, number in _list_steps(parts):
        label = _say_step(label, noun, number)
    return label


def _list_steps(parts: Sequence[str]) -> list[tuple[str, str]]:
    """(article, annex or paragraph; its number with all below it) for each step of an address."""
    steps: list[tuple[str, str]] = []
    for n, part in enumerate(parts):
        before = parts[n - 1] if n else ""
        if match := re.fullmatch(r"(art|par|annex)(\d*)", part):
            number = _ROMAN.get(match[2], match[2]) if match[1] == "annex" else match[2]
            steps.append((match[1], number))
        elif not steps:
            steps.append(("par", part) if part.isdigit() else ("", f"({part})"))
        else:
            noun, number = steps[-1]
            lead = "." if before.startswith("art") or len(before) == 1 else ", "
            below = f"{lead}{part}" if part.isdigit() else f" ({part})"
            steps[-1] = (noun, f"{number}{below}" if number else below.lstrip(", "))
    return steps


def _say_step(whole: Sentence, noun: str, number: str) -> Sentence:
    if noun == "art":
        return sentence("%(whole)s, Article %(number)s", whole=whole, number=number)
    if noun == "par":
        return sentence("%(whole)s, paragraph %(number)s", whole=whole, number=number)
    if noun == "annex" and number:
        return sentence("%(whole)s, Annex %(number)s", whole=whole, number=number)
    if noun == "annex":
        return sentence("%(whole)s, Annex", whole=whole)
    return sentence("%(whole)s %(number)s", whole=whole, number=number)


@cache
def load_provisions(path: Path = PROVISIONS_FILE) -> Mapping[str, Provision]:
    """All provisions by id, in the order of the file.

    Raises DeclarationError with every problem: unknown or missing key, duplicate id.
    """
    problems = Problems()
    provisions = _load_by_id(path, "provisions", Provision, problems)
    for provision in provisions.values():
        if provision.instrument not in provisions:
            problems.add(
                f"{path.name}: {provision.id}",
                f"it belongs to {provision.instrument!r}, which is not declared",
                "Declare the treaty, decision or document too, or correct the id.",
            )
    problems.raise_if_any()
    return MappingProxyType(provisions)


def find_provision(provision_id: str) -> Provision | None:
    """The provision with exactly this id, or None."""
    return load_provisions().get(provision_id)


def cite(provision_id: str) -> Provision:
    """The provision with this id.

    Raises UnknownProvisionError with the nearest ids when there is none.
    """
    provision = find_provision(provision_id)
    if provision is None:
        raise UnknownProvisionError(_explain_unknown(provision_id, load_provisions()))
    return provision


def list_provisions(prefix: str = "") -> tuple[Provision, ...]:
    """The provision `prefix` and all below it (`cpb.art20`, `BS-V/16`); all when empty."""
    return tuple(
        provision
        for provision in load_provisions().values()
        if not prefix or provision.id == prefix or provision.id.startswith(f"{prefix}.")
    )


def check_citations(ids: Iterable[str], place: str, problems: Problems) -> tuple[Provision, ...]:
    """The provisions cited at `place`; each citation that leads nowhere goes to `problems`."""
    found = []
    for provision_id in ids:
        provision = find_provision(provision_id)
        if provision is None:
            nearest = ", ".join(_list_nearest(provision_id, load_provisions()))
            remedy = f"Nearest: {nearest or 'none'}. Correct it, or declare it in provisions.yaml."
            problems.add(place, f"no provision {provision_id!r} to cite", remedy)
        else:
            found.append(provision)
    return tuple(found)


def _explain_unknown(provision_id: str, provisions: Mapping[str, Provision]) -> str:
    ids = _list_nearest(provision_id, provisions)
    nearest = [f"{near} ({provisions[near].title})" for near in ids]
    hint = f" Nearest: {'; '.join(nearest)}." if nearest else ""
    return (
        f"There is no provision {provision_id!r} to cite.{hint} "
        "Correct the citation, or declare the provision in protocol/treaty/provisions.yaml."
    )


def _list_nearest(provision_id: str, ids: Iterable[str]) -> list[str]:
    """Up to three ids like this one: the same but for case, then its parent, then similar ones."""
    known = {known.casefold(): known for known in ids}
    asked = provision_id.strip().casefold()
    found = [asked] if asked in known else []
    parent = asked.rpartition(".")[0]
    while parent and parent not in known:
        parent = parent.rpartition(".")[0]
    found += [parent] if parent and "." in parent else []
    found += get_close_matches(asked, known, n=3, cutoff=0.6)
    return [known[near] for near in dict.fromkeys(found)][:3]


@dataclass(frozen=True)
class DatedValue:
    """A value that holds from a day on (None: always), and what sets it."""

    value: Any
    cites: tuple[str, ...]
    from_on: date | None = None


@dataclass(frozen=True)
class Parameter:
    """A number or a date set by a treaty or a decision.

    `unit` gives the type of its values: a date, a treaty code, true or false, or a whole number.
    """

    id: str
    title: str
    unit: Literal["date", "days", "months", "years", "instruments", "truth", "treaty"]
    values: tuple[DatedValue, ...]
    note: str = ""
    evidence: Evidence = ""

    def value_on(self, on: date) -> Any:
        """The value that holds on a day. Raises UnknownParameterError when none holds yet."""
        held = [v for v in self.values if v.from_on is None or v.from_on <= on]
        if not held:
            raise UnknownParameterError(
                f"{self.id} has no value on {on}: its first holds from {self.values[0].from_on}."
            )
        return held[-1].value


_VALUE_TYPES: Mapping[str, type] = {"date": date, "truth": bool, "treaty": str}


@cache
def load_parameters(path: Path = PARAMETERS_FILE) -> Mapping[str, Parameter]:
    """All parameters by id.

    Raises DeclarationError with every problem: keys, types of values, order of days, citations.
    """
    problems = Problems()
    parameters = _load_by_id(path, "parameters", Parameter, problems)
    for parameter in parameters.values():
        _check_values(parameter, f"{path.name}: {parameter.id}", problems)
    problems.raise_if_any()
    return MappingProxyType(parameters)


def get_parameter(parameter_id: str) -> Parameter:
    """The parameter with this id. Raises UnknownParameterError with the nearest ids."""
    parameters = load_parameters()
    if parameter_id not in parameters:
        nearest = ", ".join(get_close_matches(parameter_id, parameters, n=3)) or "none"
        raise UnknownParameterError(f"There is no parameter {parameter_id!r}. Nearest: {nearest}.")
    return parameters[parameter_id]


def _check_values(parameter: Parameter, place: str, problems: Problems) -> None:
    wanted = _VALUE_TYPES.get(parameter.unit, int)
    if not parameter.values:
        problems.add(place, "it has no value", "Add one under `values:`, with `cites:`.")
    for item in parameter.values:
        if not isinstance(item.value, wanted) or (wanted is int and isinstance(item.value, bool)):
            problems.add(
                place, f"{item.value!r} does not fit the unit {parameter.unit!r}", "Correct either."
            )
        if not item.cites:
            problems.add(place, "a value without a citation", "Say under `cites:` what sets it.")
        check_citations(item.cites, place, problems)
    days = [item.from_on or date.min for item in parameter.values]
    if days != sorted(set(days)):
        problems.add(place, "values are not in order of `from_on`", "Sort them, oldest first.")


_Entry = TypeVar("_Entry", Provision, Parameter)


def _load_by_id(path: Path, key: str, cls: type[_Entry], problems: Problems) -> dict[str, _Entry]:
    """The entries of a file `{key: [entries]}` by their `id`, in the order of the file."""
    found: dict[str, _Entry] = {}
    raw = check_keys(read_yaml(path), path.name, problems, required=[key])
    for n, entry in enumerate(raw.get(key) or ()):
        name = entry.get("id", f"entry {n + 1}") if isinstance(entry, Mapping) else f"entry {n + 1}"
        item = build(cls, entry, f"{path.name}: {name}", problems)
        if item is not None and item.id in found:
            problems.add(f"{path.name}: {name}", "the id stands twice", "Remove or rename one.")
        elif item is not None:
            found[item.id] = item
    return found
