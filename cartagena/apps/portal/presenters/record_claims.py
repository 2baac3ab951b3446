"""What is kept back from a record under Article 21: that it is, never what it says."""

import datetime as dt
from dataclasses import dataclass

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.presenters.record import OpenRecord
from cartagena.engine.text import Text


@dataclass(frozen=True)
class Withheld:
    """A field of which something is kept back, and since when."""

    label: Text
    since: dt.date


def list_withheld(record: OpenRecord) -> list[Withheld]:
    """The fields of the latest version that are kept back; none for what is not public."""
    if record.state != "live":
        return []
    claims = drafting.list_claims(record.stored.identifier)
    fields = record.shape.by_id
    return [Withheld(fields[c.field].label, c.since.date()) for c in claims if c.field in fields]
