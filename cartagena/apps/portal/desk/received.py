"""Which forms arrived: a browser's copy of one of them is not offered again."""

from cartagena.apps.portal.desk.guard import Desk

FORM = "desk-form"
_RECEIVED, _REMEMBERED = "desk-received", 40


def note_received(desk: Desk, key: str) -> None:
    """Note that the form of a page arrived; it named itself in the field FORM."""
    received = {**desk.request.session.get(_RECEIVED, {}), key: desk.sent(FORM)[:32]}
    desk.request.session[_RECEIVED] = dict(list(received.items())[-_REMEMBERED:])


def find_received(desk: Desk, key: str) -> str:
    """The name of the last form of a page that arrived; empty without one."""
    return str(desk.request.session.get(_RECEIVED, {}).get(key, ""))
