"""What an answer rests on: the evaluator of the day asked for, and the names it knows."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.monitoring.api import Freeze
from cartagena.apps.portal import source
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.conditional import LogState, read_log_state
from cartagena.apps.portal.frame import BadQueryError, read_as_of
from cartagena.engine.evaluate import Evaluator, UnknownNameError
from cartagena.engine.indicator import Indicator
from cartagena.engine.point import Point

NOTICE = (
    "This answer rests on made-up demonstration data. It shows how the program works and says "
    "nothing about any Party."
)


def today() -> dt.date:
    """The day of the request, in UTC."""
    return dt.datetime.now(dt.UTC).date()


def read_day_of_knowledge(request: HttpRequest) -> dt.date | None:
    """The ``as_of`` of a request; 400 for what is no past day."""
    try:
        return read_as_of(request, today())
    except BadQueryError as problem:
        _name, asked = problem.args
        raise ApiError(
            400,
            f"{asked[:40]!r} is not a day the data can be seen from.",
            "Write as_of as a day between 1992-06-05 and today, for example as_of=2015-12-31.",
        ) from None


@dataclass
class Knowledge:
    """What is known on the day of a request. Every lookup raises the right JSON error."""

    as_of: dt.date | None

    @cached_property
    def evaluator(self) -> Evaluator:
        return source.get_evaluator(self.as_of)

    @cached_property
    def log(self) -> LogState:
        return read_log_state()

    @cached_property
    def freezes(self) -> list[Freeze]:
        """The freezes made by the day of knowledge, oldest first."""
        return [
            freeze
            for freeze in reversed(list(monitoring.list_freezes()))
            if self.as_of is None or freeze.created_at.date() <= self.as_of
        ]

    @property
    def seen_from(self) -> dt.date:
        return self.as_of or today()

    def about(self, demonstration: bool) -> dict[str, object]:
        """What every answer says about itself; see shapes.envelope.Answer."""
        return {
            "as_of": self.as_of,
            "log_position": self.log.position,
            "demonstration": demonstration,
            "notice": NOTICE if demonstration else None,
        }

    def indicator(self, identifier: str) -> Indicator:
        known = self.evaluator.indicators
        if identifier not in known:
            raise not_found("indicator", identifier, known, "/api/v1/indicators")
        return known[identifier]

    def point(self, name: str, parameter: str = "point") -> Point:
        known = [point.id for point in self.evaluator.points]
        why = f"{name[:40]!r} is no evaluation point and no date such as 2015-12-31."
        try:
            point = self.evaluator.point(name)
        except UnknownNameError:
            raise bad_value(parameter, name, known, why) from None
        if point.id not in known and point.record_date > today():
            why = f"{name[:40]!r} is in the future: nothing is known of it yet."
            raise bad_value(parameter, name, known, why)
        return point

    def points(self, name: str | None) -> tuple[Point, ...]:
        """The point asked for, or all evaluation points."""
        return self.evaluator.points if name is None else (self.point(name),)

    def group(self, code: str) -> str:
        known = self.evaluator.status.groups
        if code not in known:
            raise bad_value("group", code, known, f"There is no group {code[:40]!r}.")
        return code

    def party(self, code: str) -> str:
        roll = self.evaluator.facts.roll
        if code not in roll.positions:
            raise not_found("country", code, roll.codes, "/api/v1/parties")
        return code


def know(request: HttpRequest) -> Knowledge:
    """The knowledge a request asks for; the same one all through the request."""
    found: Knowledge | None = getattr(request, "_knowledge", None)
    if found is None:
        found = Knowledge(read_day_of_knowledge(request))
        request._knowledge = found  # type: ignore[attr-defined]
    return found
