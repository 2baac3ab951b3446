"""What was published, amended, withdrawn and confirmed: day by day, and as an Atom feed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.record_queries import RecordEvent, RecordHead
from cartagena.engine.countries import find_country

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, kw_only=True)
class NewsRow:
    """One change: what happened to which record."""

    event: RecordEvent
    head: RecordHead
    action: str
    party_name: str


@dataclass(frozen=True, kw_only=True)
class NewsDay:
    """The changes of one day."""

    day: dt.date
    rows: tuple[NewsRow, ...]


def action_words(action: str) -> str:
    """What happened to a record."""
    words = {
        "publish": _("published"),
        "amend": _("amended"),
        "withdraw": _("withdrawn"),
        "confirm": _("confirmed"),
    }
    return words.get(action, action)


def group_by_day(frame: Frame, entries: Sequence[tuple[RecordEvent, RecordHead]]) -> list[NewsDay]:
    """Entries of the log, newest first, under their days."""
    rows = [_as_row(frame, event, head) for event, head in entries]
    return [
        NewsDay(day=day, rows=tuple(some)) for day, some in groupby(rows, lambda row: row.event.on)
    ]


def _as_row(frame: Frame, event: RecordEvent, head: RecordHead) -> NewsRow:
    country = find_country(head.government or "")
    return NewsRow(
        event=event,
        head=head,
        action=action_words(event.action),
        party_name=country.names.get(frame.language) if country else "",
    )


def write_feed(
    frame: Frame, entries: Sequence[tuple[RecordEvent, RecordHead]], title: str, page: str
) -> bytes:
    """The entries as an Atom feed (RFC 4287). Addresses are whole."""
    absolute = frame.request.build_absolute_uri
    feed = Element("feed", xmlns=ATOM)
    feed.set("xml:lang", frame.language)
    _add(feed, "title", title)
    _add(feed, "id", absolute(frame.request.get_full_path()))
    SubElement(feed, "link", rel="self", href=absolute(frame.request.get_full_path()))
    SubElement(feed, "link", rel="alternate", type="text/html", href=absolute(page))
    newest = entries[0][0].on if entries else frame.seen_from
    _add(feed, "updated", f"{newest.isoformat()}T00:00:00Z")
    author = SubElement(feed, "author")
    _add(author, "name", "Cartagena")
    for event, head in entries:
        row = _as_row(frame, event, head)
        entry = SubElement(feed, "entry")
        kind = head.type_name.get(frame.language)
        name = head.name.get(frame.language)
        _add(entry, "title", f"{name} ({kind}): {row.action}")
        _add(entry, "id", f"urn:cartagena:log:{event.position}")
        address = absolute(frame.link("record", f"{head.number}-{head.revision}"))
        SubElement(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "updated", f"{event.on.isoformat()}T00:00:00Z")
        SubElement(entry, "category", term=head.type, label=kind)
        summary = ", ".join(part for part in (row.party_name, head.number, event.reason) if part)
        _add(entry, "summary", _drop_controls(summary))
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = _drop_controls(words)


def _drop_controls(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
