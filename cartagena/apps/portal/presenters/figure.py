"""A figure for readers: one sentence that carries its counts, a short value, a bar to draw."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cartagena.apps.portal.charts import Mark
from cartagena.apps.portal.presenters.words import unit_words
from cartagena.apps.portal.typography import DASH, long_date, number, percent, short_number
from cartagena.engine.figure import Figure


@dataclass(frozen=True)
class FigureView:
    """What a page shows of one figure. `point_title` names the point in the page's language."""

    figure: Figure
    point_title: str

    @property
    def is_computed(self) -> bool:
        return self.figure.status == "computed"

    @property
    def has_parts(self) -> bool:
        """Whether it can be drawn as yes, unknown and no of a number of Parties."""
        kind = self.figure.kind
        return self.is_computed and bool(self.figure.size) and kind in ("share", "count")

    @property
    def is_share(self) -> bool:
        """Whether its value is a share of Parties."""
        return self.figure.kind == "share" and self.is_computed

    @property
    def value(self) -> str:
        """The value as short as it can be said; a dash where there is none."""
        return write_value(self.figure)

    @property
    def unit(self) -> str:
        """What the value counts, where the value does not say it."""
        if not self.is_computed or self.figure.kind in ("share", "milestone", "ratio"):
            return ""
        return unit_words(self.figure.unit)

    @property
    def sentence(self) -> str:
        """The figure as one sentence with the counts it comes from."""
        return write_sentence(self.figure)

    @property
    def why_not(self) -> str:
        """Why there is no value, in two or three words; empty if there is one."""
        return STATUS_WORDS[self.figure.status]() if not self.is_computed else ""

    @property
    def yes(self) -> str:
        return number(self.figure.yes) if self.has_parts else DASH

    @property
    def no(self) -> str:
        return number(self.figure.no) if self.has_parts else DASH

    @property
    def unknown(self) -> str:
        return number(self.figure.unknown) if self.has_parts else DASH

    @property
    def known(self) -> str:
        """How many Parties the headline rests on."""
        return number(self.figure.denominator) if self.has_parts else DASH

    @property
    def bounds(self) -> str:
        """Floor to ceiling, for a table cell."""
        figure = self.figure
        if not self.has_parts:
            return DASH
        return f"{percent(figure.floor)} {DASH} {percent(figure.ceiling)}"

    @property
    def response(self) -> str:
        return percent(self.figure.response) if self.has_parts else DASH

    @property
    def share(self) -> Fraction | None:
        """The share to draw on an axis from 0 to 1: the headline, or the floor of a count."""
        if not self.is_computed or not self.has_parts:
            return None
        return self.figure.headline if self.figure.headline is not None else self.figure.floor

    @property
    def mark(self) -> Mark:
        """The figure as one point of a movement."""
        if self.share is None:
            return Mark(label=self.point_title)
        return Mark(
            label=self.point_title,
            text=percent(self.share),
            value=self.share,
            floor=self.figure.floor,
            ceiling=self.figure.ceiling,
        )


STATUS_WORDS: Mapping[str, Callable[[], str]] = {
    "computed": lambda: "",
    "not_asked": lambda: _("not asked"),
    "no_data": lambda: _("no data"),
    "not_applicable": lambda: _("not applicable"),
    "not_yet": lambda: _("not yet"),
}


def write_value(figure: Figure) -> str:
    """The value of a figure in a few characters."""
    if figure.status != "computed":
        return DASH
    if figure.kind == "share":
        return percent(figure.headline if figure.headline is not None else figure.floor)
    if figure.kind == "milestone":
        if figure.met:
            return _("met")
        return _("late") if figure.reached_on else _("not met")
    if figure.kind in ("total", "amount"):
        return write_range(figure.lower, figure.upper)
    if figure.kind == "ratio":
        return number(None if figure.headline is None else round(float(figure.headline), 2))
    return number(figure.numerator)


def write_range(lower: float | None, upper: float | None) -> str:
    """A total between bounds; an open end shows as a plus sign."""
    if lower is None:
        return DASH
    if upper is None:
        return f"{short_number(lower)}+"
    if lower == upper:
        return short_number(lower)
    return f"{short_number(lower)}{DASH}{short_number(upper)}"


def write_sentence(figure: Figure) -> str:
    """The figure in words. Where there is no value, the reason for it."""
    if figure.status != "computed":
        return _write_reason(figure)
    writers = {
        "share": _write_share,
        "count": _write_count,
        "total": _write_total,
        "amount": _write_total,
        "ratio": _write_ratio,
        "milestone": _write_milestone,
    }
    return writers[figure.kind](figure)


def _write_reason(figure: Figure) -> str:
    if figure.status == "not_asked":
        return _("The reports of this point do not ask this.")
    if figure.status == "no_data":
        return _("Nothing is published that answers this.")
    if figure.status == "not_yet":
        return _("This point lies after the date you look from.")
    return figure.reason


def _write_share(figure: Figure) -> str:
    size, yes = figure.size or 0, figure.yes or 0
    if not figure.unknown:
        return _("%(yes)s of %(size)s Parties (%(share)s).") % {
            "yes": number(yes), "size": number(size), "share": percent(figure.headline),
        }  # fmt: skip
    if figure.denominator is None:
        return _(
            "%(yes)s of %(size)s Parties reported this (%(floor)s); nothing is known of the other "
            "%(unknown)s, so it could be as much as %(ceiling)s."
        ) % _parts(figure)
    return _(
        "%(yes)s of the %(known)s Parties that answered (%(share)s) reported this. If every "
        "silent Party were a no it would be %(floor)s of all %(size)s Parties; if every one were "
        "a yes, %(ceiling)s."
    ) % _parts(figure)


def _write_count(figure: Figure) -> str:
    if figure.size:
        return _(
            "%(yes)s of %(size)s Parties reported this, %(no)s reported otherwise, and nothing is "
            "known of %(unknown)s: the number lies between %(yes)s and %(most)s."
        ) % _parts(figure)
    count = figure.numerator or 0
    return ngettext("%(count)s was counted.", "%(count)s were counted.", count) % {
        "count": number(count)
    }


def _parts(figure: Figure) -> dict[str, str]:
    yes, no, unknown = figure.yes or 0, figure.no or 0, figure.unknown or 0
    return {
        "yes": number(yes),
        "no": number(no),
        "unknown": number(unknown),
        "known": number(yes + no),
        "most": number(yes + unknown),
        "size": number(figure.size),
        "share": percent(figure.headline),
        "floor": percent(figure.floor),
        "ceiling": percent(figure.ceiling),
    }


def _write_total(figure: Figure) -> str:
    lower, upper = number(figure.lower), number(figure.upper)
    values = {"lower": lower, "upper": upper, "parties": number(figure.yes)}
    if figure.yes is None:
        if figure.lower == figure.upper:
            return _("%(lower)s in all.") % values
        return _("Between %(lower)s and %(upper)s.") % values
    if figure.upper is None:
        sentence = _(
            "At least %(lower)s: the sum of what %(parties)s Parties reported in bands, the last "
            "of which has no upper end."
        )
        return sentence % values
    return (
        _("Between %(lower)s and %(upper)s: the sum of what %(parties)s Parties reported in bands.")
        % values
    )


def _write_ratio(figure: Figure) -> str:
    return _("%(part)s for %(whole)s: %(ratio)s for each.") % {
        "part": number(figure.numerator),
        "whole": number(figure.denominator),
        "ratio": write_value(figure),
    }


def _write_milestone(figure: Figure) -> str:
    values = {
        "reached": long_date(figure.reached_on),
        "target": long_date(figure.target_on),
        "count": number(figure.numerator),
        "needed": number(figure.denominator),
    }
    if figure.reached_on is None:
        return (
            _("Not reached: %(count)s of the %(needed)s instruments needed had been deposited. The "
              "target was before %(target)s.") % values
        )  # fmt: skip
    if figure.met:
        return _("Reached on %(reached)s, before the target of %(target)s.") % values
    return _("Reached on %(reached)s; the target was before %(target)s.") % values
