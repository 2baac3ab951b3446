"""How many records there are: by type, by group of countries, by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.words import group_title
from cartagena.engine.parties import load_groups
from cartagena.engine.record_format import load_all_record_formats
from cartagena.engine.text import Text

WIDE, HIGH, FOOT = 640.0, 180.0, 22.0


@dataclass(frozen=True, kw_only=True)
class TypeCount:
    """How many records of a type are public, and of how many governments."""

    type: str
    name: Text
    count: int
    governments: int


@dataclass(frozen=True, kw_only=True)
class GroupCount:
    """How many national records the members of a group have published."""

    title: str
    members: int
    publishing: int
    count: int


@dataclass(frozen=True, kw_only=True)
class YearCount:
    """What became public in a year."""

    year: int
    new: int
    amended: int


def list_public_types() -> tuple[str, ...]:
    """The types that people publish; rows of facts and labels are data of the portal itself."""
    formats = load_all_record_formats()
    return tuple(name for name, shape in formats.items() if shape.holds not in ("rows", "labels"))


def count_types(counts: Sequence[tuple[str, str | None, int]]) -> list[TypeCount]:
    """The types with at least one record, the largest first."""
    formats = load_all_record_formats()
    public = set(list_public_types())
    totals: dict[str, int] = {}
    governments: dict[str, set[str]] = {}
    for record_type, government, n in counts:
        if record_type in public:
            totals[record_type] = totals.get(record_type, 0) + n
            if government:
                governments.setdefault(record_type, set()).add(government)
    found = [
        TypeCount(
            type=name,
            name=formats[name].name,
            count=n,
            governments=len(governments.get(name, ())),
        )
        for name, n in totals.items()
    ]
    return sorted(found, key=lambda row: (-row.count, row.type))


def count_groups(frame: Frame, counts: Sequence[tuple[str, str | None, int]]) -> list[GroupCount]:
    """Every group with its members on the day; groups other than regions overlap."""
    public = set(list_public_types())
    by_government: dict[str, int] = {}
    for record_type, government, n in counts:
        if government and record_type in public:
            by_government[government] = by_government.get(government, 0) + n
    roll, status = frame.evaluator.facts.roll, frame.evaluator.status
    found = []
    for group in load_groups():
        members = set(roll.from_bits(status.members(group.code, frame.seen_from)))
        found.append(
            GroupCount(
                title=group_title(group.code),
                members=len(members),
                publishing=len(members & by_government.keys()),
                count=sum(by_government.get(code, 0) for code in members),
            )
        )
    return found


def count_years(frame: Frame) -> list[YearCount]:
    """What became public in each year, years without anything included."""
    rows = source.records.count_by_year(frame.as_of, list_public_types())
    known = {year: (new, amended) for year, new, amended in rows}
    if not known:
        return []
    return [
        YearCount(year=year, new=known.get(year, (0, 0))[0], amended=known.get(year, (0, 0))[1])
        for year in range(min(known), max(known) + 1)
    ]


def draw_years(years: Sequence[YearCount]) -> SafeString:
    """A column for each year: new records below, amended ones above."""
    if not years:
        return SafeString("")
    most = max(row.new + row.amended for row in years) or 1
    step = WIDE / len(years)
    every = max(len(years) // 8, 1)
    label = escape(_("Published by year; the table below says the same."))
    parts = [
        f'<svg class="chart columns" viewBox="0 0 {WIDE:.0f} {HIGH + FOOT:.0f}" role="img" '
        f'aria-label="{label}">'
    ]
    for n, row in enumerate(years):
        x, wide = n * step + step * 0.12, step * 0.76
        new, amended = (HIGH * value / most for value in (row.new, row.amended))
        parts.append(
            f'<rect class="new" x="{x:.1f}" y="{HIGH - new:.1f}" width="{wide:.1f}" '
            f'height="{new:.1f}"/>'
            f'<rect class="amended" x="{x:.1f}" y="{HIGH - new - amended:.1f}" '
            f'width="{wide:.1f}" height="{amended:.1f}"/>'
        )
        if n % every == 0:
            parts.append(
                f'<text x="{x + wide / 2:.1f}" y="{HIGH + FOOT - 4:.0f}" '
                f'text-anchor="middle">{row.year}</text>'
            )
    parts.append(f'<line class="axis" x1="0" x2="{WIDE:.0f}" y1="{HIGH:.0f}" y2="{HIGH:.0f}"/>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and a label that is escaped
