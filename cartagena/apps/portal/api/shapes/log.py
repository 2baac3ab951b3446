"""The publication log."""

import datetime as dt

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import ListAnswer, Shape


class Root(Shape):
    """The last entry of a day."""

    day: dt.date = Field(description="Day on which it was recorded (UTC)")
    position: int = Field(description="Position of the entry in the log")
    hash: str = Field(description="Hash of the entry: it covers all entries before it")


class RootList(ListAnswer):
    """Roots, oldest first. Days without entries have none; today's is not final."""

    items: list[Root]
