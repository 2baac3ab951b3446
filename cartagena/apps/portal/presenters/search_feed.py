"""The hits of a search as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.search.api import SearchHit
from cartagena.engine.countries import find_country
from cartagena.engine.record_format import load_record_format

ATOM = "http://www.w3.org/2005/Atom"


def write_feed(frame: Frame, hits: Sequence[SearchHit], page: str) -> bytes:
    """The hits, newest first; `page` is the address of the search. Addresses are whole."""
    absolute = frame.request.build_absolute_uri
    here = absolute(frame.request.get_full_path())
    feed = Element("feed", xmlns=ATOM)
    feed.set("xml:lang", frame.language)
    words = frame.request.GET.get("q", "").strip()[:80]
    title = _("Search: %(words)s") % {"words": words} if words else _("Search the records")
    _add(feed, "title", title)
    _add(feed, "id", here)
    SubElement(feed, "link", rel="self", href=here)
    SubElement(feed, "link", rel="alternate", type="text/html", href=absolute(page))
    newest = hits[0].published_on if hits else frame.seen_from
    _add(feed, "updated", f"{newest.isoformat()}T00:00:00Z")
    _add(SubElement(feed, "author"), "name", "Cartagena")
    for hit in hits:
        _add_entry(frame, feed, hit)
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add_entry(frame: Frame, feed: Element, hit: SearchHit) -> None:
    kind = load_record_format(hit.type).name.get(frame.language)
    country = find_country(hit.government) if hit.government else None
    entry = SubElement(feed, "entry")
    _add(entry, "title", f"{hit.title} ({kind})")
    # The number with its revision: an amended record is a new entry.
    _add(entry, "id", f"urn:cartagena:record:{hit.number}")
    address = frame.request.build_absolute_uri(frame.link("record", hit.number))
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "updated", f"{hit.published_on.isoformat()}T00:00:00Z")
    SubElement(entry, "category", term=hit.type, label=kind)
    place = country.names.get(frame.language) if country else ""
    _add(entry, "summary", ", ".join(part for part in (place, hit.number) if part))


def _add(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = _drop_controls(words)


def _drop_controls(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
