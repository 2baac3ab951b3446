"""Named states of the facts that never change."""

import datetime as dt

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import Answer, ListAnswer, Shape


class Freeze(Shape):
    """A named state of the facts."""

    name: str
    cut_off: dt.date = Field(description="Last day whose publications it holds")
    created_at: dt.datetime
    reason: str
    facts_sha256: str = Field(description="Hash over its facts, to prove that nothing changed")
    made_at_log_position: int
    included: int = Field(description="Versions it holds")
    excluded: int = Field(description="Versions it leaves out, each with a reason")


class FreezeAnswer(Answer, Freeze):
    """One freeze."""


class FreezeList(ListAnswer):
    """Freezes, oldest first."""

    items: list[Freeze]
