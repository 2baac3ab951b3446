"""Countries, what they did under each treaty, and the groups they belong to: dated facts.

The shipped compilation stands in `cartagena/protocol/treaty/*.csv`; its `sources.md` says where
each fact comes from and which are weak. The functions over treaty actions and memberships take
sequences, so that they serve imported rows as well as shipped ones. Countries themselves are in
`cartagena.engine.countries`; what loads and finds them can be imported from here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from cartagena.engine.countries import (
    LANGUAGES,
    Country,
    find_country,
    get_country,
    load_countries,
)
from cartagena.engine.csv_file import parse_date, read_rows
from cartagena.engine.declaration import Problems, build, check_keys, read_yaml
from cartagena.engine.facts import schema_of
from cartagena.engine.treaty import TREATIES, TREATY_FOLDER, get_parameter

__all__ = [
    "Country",
    "Group",
    "Membership",
    "TreatyAction",
    "countries_table",
    "entry_into_force",
    "find_country",
    "get_country",
    "is_party",
    "list_parties",
    "load_countries",
    "load_groups",
    "load_memberships",
    "load_treaty_actions",
    "members",
    "memberships_table",
    "read_memberships",
    "read_treaty_actions",
    "treaty_entry_into_force",
    "treaty_table",
]

STATUS_FILE = TREATY_FOLDER / "status.csv"
GROUPS_FILE = TREATY_FOLDER / "groups.yaml"
MEMBERSHIPS_FILE = TREATY_FOLDER / "groups.csv"

INSTRUMENTS = ("ratification", "accession", "acceptance", "approval", "succession")
REGIONAL_ORGANIZATIONS = frozenset({"EUR"})
"""Parties that are organizations of States; see `cpb.art37.3` for what that changes."""


@dataclass(frozen=True)
class TreatyAction:
    """What one country did under one treaty. None: not known, or it has not happened.

    `doubt` says in a sentence why the row is weak; empty when it is not.
    """

    party: str
    treaty: str
    signed_on: date | None
    instrument: str | None
    deposited_on: date | None
    in_force_on: date | None
    source: str
    doubt: str = ""


@dataclass(frozen=True)
class Group:
    """A group that figures are broken down by. Regions are disjoint on any day, others are not."""

    code: str
    kind: Literal["region", "need", "development", "union"]
    title: str
    note: str = ""


@dataclass(frozen=True)
class Membership:
    """One country in one group from a day (None: always) until a day, exclusive (None: still)."""

    party: str
    group: str
    from_on: date | None
    until_on: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Whether the country is in the group on that day."""
        begun = self.from_on is None or self.from_on <= on
        return begun and (self.until_on is None or on < self.until_on)


# What is asked of treaty actions and memberships.


def is_party(actions: Iterable[TreatyAction], party: str, treaty: str, on: date) -> bool:
    """Whether the treaty is in force for `party` on a day; a deposit alone does not count."""
    return any(
        action.in_force_on is not None and action.in_force_on <= on
        for action in actions
        if action.party == party and action.treaty == treaty
    )


def list_parties(
    actions: Iterable[TreatyAction],
    treaty: str,
    on: date,
    by: Literal["in_force", "deposit"] = "in_force",
) -> tuple[str, ...]:
    """Codes, sorted, of those for which the treaty is in force on a day, or (`by="deposit"`) that
    had deposited an instrument by then, as several published lists count.
    """
    codes = set()
    for action in actions:
        day = action.in_force_on if by == "in_force" else action.deposited_on
        if action.treaty == treaty and day is not None and day <= on:
            codes.add(action.party)
    return tuple(sorted(codes))


def members(memberships: Iterable[Membership], group: str, on: date) -> frozenset[str]:
    """Codes of the members of a group on a day, Parties or not."""
    return frozenset(m.party for m in memberships if m.group == group and m.holds(on))


def entry_into_force(
    treaty: str, deposited_on: date, parent_in_force_on: date | None = None
) -> date:
    """The day a treaty enters into force for one that deposits: the 90th day after, but not before
    the treaty's own entry into force, nor before its parent treaty is in force for the depositor.

    Source: `cbd.art36`, `cpb.art37`, `np.art33`, `nklsp.art18`. A succession follows other rules.
    """
    days: int = get_parameter(f"{treaty}.days_after_deposit").value_on(deposited_on)
    own: date = get_parameter(f"{treaty}.entry_into_force").value_on(deposited_on)
    return max(deposited_on + timedelta(days=days), own, parent_in_force_on or date.min)


def treaty_entry_into_force(actions: Iterable[TreatyAction], treaty: str) -> date | None:
    """The day a treaty itself enters into force, worked out from the deposits; None before the last
    instrument needed. A regional organization's instrument is not counted.
    """
    deposits = sorted(
        action.deposited_on
        for action in actions
        if action.treaty == treaty
        and action.deposited_on is not None
        and action.party not in REGIONAL_ORGANIZATIONS
    )
    needed: int = get_parameter(f"{treaty}.instruments_needed").value_on(date.max)
    if len(deposits) < needed:
        return None
    last: date = deposits[needed - 1]
    days: int = get_parameter(f"{treaty}.days_after_deposit").value_on(last)
    return last + timedelta(days=days)


# The shipped compilation, and any file of the same form.


@cache
def load_treaty_actions() -> tuple[TreatyAction, ...]:
    """The shipped treaty actions, by party and treaty."""
    return read_treaty_actions(STATUS_FILE)


def read_treaty_actions(path: Path) -> tuple[TreatyAction, ...]:
    """The treaty actions of a file with the columns of `status.csv` (`doubt` may be left out).

    Raises DeclarationError with every problem of the file.
    """
    problems = Problems()
    columns = (
        "party",
        "treaty",
        "signed_on",
        "instrument",
        "deposited_on",
        "in_force_on",
        "source",
    )
    actions: dict[tuple[str, str], TreatyAction] = {}
    for place, row in read_rows(path, columns, problems, optional=("doubt",)):
        _check_party(row["party"], place, problems)
        if row["treaty"] not in TREATIES:
            problems.add(place, f"no treaty {row['treaty']!r}", f"Known: {', '.join(TREATIES)}.")
        if row["instrument"] and row["instrument"] not in INSTRUMENTS:
            known = ", ".join(INSTRUMENTS)
            problems.add(
                place, f"no instrument {row['instrument']!r}", f"Known: {known}; or empty."
            )
        action = TreatyAction(
            party=row["party"],
            treaty=row["treaty"],
            signed_on=parse_date(row["signed_on"], place, problems),
            instrument=row["instrument"] or None,
            deposited_on=parse_date(row["deposited_on"], place, problems),
            in_force_on=parse_date(row["in_force_on"], place, problems),
            source=row["source"],
            doubt=row.get("doubt", ""),
        )
        _check_dates(action, place, problems)
        if (action.party, action.treaty) in actions:
            problems.add(place, "party and treaty stand twice", "Keep one row for each.")
        actions[action.party, action.treaty] = action
    problems.raise_if_any()
    return tuple(actions[key] for key in sorted(actions))


@cache
def load_groups(path: Path = GROUPS_FILE) -> tuple[Group, ...]:
    """The groups, in the order they are shown. Raises DeclarationError with every problem."""
    problems = Problems()
    raw = check_keys(read_yaml(path), path.name, problems, required=["groups"])
    groups = [
        build(Group, entry, f"{path.name}: groups[{n}]", problems)
        for n, entry in enumerate(raw.get("groups") or ())
    ]
    problems.raise_if_any()
    return tuple(group for group in groups if group)


@cache
def load_memberships() -> tuple[Membership, ...]:
    """The shipped memberships, by party, group and day."""
    return read_memberships(MEMBERSHIPS_FILE)


def read_memberships(path: Path) -> tuple[Membership, ...]:
    """The memberships of a file with the columns of `groups.csv`.

    Raises DeclarationError with every problem, among them a country in two regions on one day.
    """
    problems = Problems()
    columns = ("party", "group", "from_on", "until_on", "source")
    known = [group.code for group in load_groups()]
    found: list[tuple[str, Membership]] = []
    for place, row in read_rows(path, columns, problems):
        _check_party(row["party"], place, problems)
        if row["group"] not in known:
            problems.add(place, f"no group {row['group']!r}", f"Known: {', '.join(known)}.")
        from_on = parse_date(row["from_on"], place, problems)
        until_on = parse_date(row["until_on"], place, problems)
        if from_on and until_on and until_on <= from_on:
            problems.add(place, "it ends before it begins", "`until_on` is the first day outside.")
        found.append(
            (place, Membership(row["party"], row["group"], from_on, until_on, row["source"]))
        )
    _check_overlaps(found, problems)
    problems.raise_if_any()
    return tuple(sorted((m for _, m in found), key=_membership_order))


# Fact tables.


def countries_table() -> pa.Table:
    """All countries as the fact table `party`."""
    return pa.Table.from_pylist(
        [
            {
                "party": country.code,
                "iso2": country.iso2,
                "m49": country.m49,
                **{f"name_{lang}": dict(country.names.pairs).get(lang) for lang in LANGUAGES},
            }
            for country in load_countries()
        ],
        schema=schema_of("party"),
    )


def treaty_table(actions: Sequence[TreatyAction] | None = None) -> pa.Table:
    """Treaty actions (default: the shipped ones) as the fact table `treaty`, without `doubt`."""
    rows = load_treaty_actions() if actions is None else actions
    return _table_of("treaty", rows)


def memberships_table(memberships: Sequence[Membership] | None = None) -> pa.Table:
    """Memberships (default: the shipped ones) as the fact table `membership`."""
    rows = load_memberships() if memberships is None else memberships
    return _table_of("membership", rows)


def _table_of(name: str, rows: Sequence[Any]) -> pa.Table:
    schema = schema_of(name)
    return pa.Table.from_pylist(
        [{column: getattr(row, column) for column in schema.names} for row in rows], schema=schema
    )


# Checking.


def _check_party(code: str, place: str, problems: Problems) -> None:
    near = find_country(code)
    if near is None or near.code != code:
        remedy = f"Did you mean {near.code}?" if near else "Use the alpha-3 code of countries.csv."
        problems.add(place, f"no country {code!r}", remedy)


def _check_dates(action: TreatyAction, place: str, problems: Problems) -> None:
    def add(what: str, remedy: str) -> None:
        problems.add(place, what, remedy)

    if not action.signed_on and not action.deposited_on:
        add("neither a signature nor a deposit", "Fill one, or remove the row.")
    if bool(action.deposited_on) != bool(action.in_force_on):
        add(
            "deposit and entry into force go together",
            "Fill both `deposited_on` and `in_force_on`.",
        )
    if action.instrument and not action.deposited_on:
        add("an instrument without a deposit", "Fill `deposited_on`, or empty `instrument`.")
    if action.signed_on and action.deposited_on and action.deposited_on < action.signed_on:
        add("deposited before it was signed", "Check both dates.")
    if not action.source:
        add("no source", "Say where the dates come from.")


def _membership_order(membership: Membership) -> tuple[str, str, date]:
    return membership.party, membership.group, membership.from_on or date.min


def _check_overlaps(found: Sequence[tuple[str, Membership]], problems: Problems) -> None:
    """No country is twice in one group, or in two regions, on the same day."""
    regions = {group.code for group in load_groups() if group.kind == "region"}
    last: dict[tuple[str, str], Membership] = {}
    for place, item in sorted(found, key=lambda pair: _membership_order(pair[1])[::2]):
        key = (item.party, "a region" if item.group in regions else item.group)
        before = last.get(key)
        begins = item.from_on or date.min
        if before is not None and (before.until_on is None or begins < before.until_on):
            what = f"{item.party} is in {before.group} and {item.group} on the same day"
            problems.add(place, what, "Correct the days, or remove one row.")
        last[key] = item
