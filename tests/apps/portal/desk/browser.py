"""A browser without scripts: reads the forms of a page and sends them as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    action: str
    id: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.area: list[str] | None = None
        self.area_name = ""
        self.select: list[Any] | None = None
        self.select_name = ""
        self.disabled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("id", ""))
            self.forms.append(self.open)
        if self.open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox") and "checked" not in given:
                return
            if kind not in ("file", "submit"):
                self.open.pairs.append((name, given.get("value", "on")))
        elif tag == "button" and name:
            self.open.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            self.area, self.area_name = [], name
        elif tag == "select":
            self.select, self.select_name = [], name
        elif tag == "option" and self.select is not None:
            self.select.append((given.get("value", ""), "selected" in given))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif self.open is not None and tag == "textarea" and self.area is not None:
            text = "".join(self.area).removeprefix("\n")
            self.open.pairs.append((self.area_name, text.replace("\n", "\r\n")))
            self.area = None
        elif self.open is not None and tag == "select" and self.select is not None:
            chosen = [value for value, is_chosen in self.select if is_chosen]
            if not chosen and self.select:
                chosen = [self.select[0][0]]
            self.open.pairs += [(self.select_name, value) for value in chosen]
            self.select = None


def read_forms(response: Any) -> list[Form]:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.forms


def find_form(response: Any, *, name: str = "", has: str = "") -> Form:
    """The form with that id, or the first that has an input of a name."""
    forms = read_forms(response)
    return next(form for form in forms if (form.id == name if name else has in form.values))


def send(
    client: Client,
    address: str,
    form: Form,
    change: dict[str, Any] | None = None,
    press: tuple[str, str] | None = None,
    **more: Any,
) -> Any:
    """Send a form with some inputs changed (None: not sent), by pressing a button."""
    values: dict[str, Any] = {**form.values, **(change or {})}
    if press is not None:
        values[press[0]] = press[1]
    sent = {name: value for name, value in values.items() if value is not None}
    return client.post(form.action or address, sent, **more)
