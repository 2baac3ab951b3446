"""What a form is made of: inputs, choices, groups and rows, each with the template that shows it.

Every part can tell the names and values that a browser would send if nobody touched it (`sent`):
so form and reader can be held against each other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

SEPARATOR = "--"
"""Between the parts of a name: `documents--0--url`. No field id holds it."""

MARKUP, HTML = "as", "html"
"""The part of a name that says how a text is edited, and what it says of HTML."""

Sent = Iterator[tuple[str, str]]


class Node(Protocol):
    """A part of a form."""

    @property
    def template(self) -> str:
        """The template that shows it."""
        ...

    def sent(self) -> Sent:
        """The names and values that a browser sends of it."""
        ...


def join(*parts: str | int) -> str:
    """The name of a part of a field."""
    return SEPARATOR.join(str(part) for part in parts)


def id_of(name: str, value: str = "") -> str:
    """The id of an input in the page; field ids and codes have signs that an id may not have."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", f"i-{name}" + (f"-{value}" if value else ""))


@dataclass(frozen=True)
class Line:
    """One line of text, a day or a number. `listed` is the id of a list of proposals."""

    template = "portal/desk/inputs/line.html"
    name: str
    value: str
    label: str = ""
    kind: Literal["text", "date", "url", "number"] = "text"
    language: str = ""
    hint: str = ""
    listed: str = ""
    suggest: str = ""
    wide: bool = True
    is_label_hidden: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)

    def sent(self) -> Sent:
        yield self.name, self.value


@dataclass(frozen=True)
class Area:
    """Several lines of text. `marked_up` tells that the text is edited as HTML."""

    template = "portal/desk/inputs/area.html"
    name: str
    value: str
    label: str = ""
    language: str = ""
    marked_up: bool = False
    preview: str = ""
    is_label_hidden: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)

    @property
    def rows(self) -> int:
        return min(20, max(4, self.value.count("\n") + len(self.value) // 80 + 2))

    @property
    def markup_name(self) -> str:
        return join(self.name, MARKUP)

    def sent(self) -> Sent:
        yield self.name, self.value
        if self.marked_up:
            yield self.markup_name, HTML


@dataclass(frozen=True)
class Option:
    """One choice. `depth` counts the broader terms above it."""

    value: str
    label: str
    is_chosen: bool = False
    depth: int = 0
    custom: "Group | None" = None


@dataclass(frozen=True)
class Choice:
    """One of several (`radios`, `select`) or any of them (`boxes`)."""

    name: str
    options: Sequence[Option]
    style: Literal["radios", "select", "boxes"]
    label: str = ""
    extra: "Node | None" = None
    is_label_hidden: bool = False

    @property
    def template(self) -> str:
        return f"portal/desk/inputs/{self.style}.html"

    @property
    def id(self) -> str:
        return id_of(self.name)

    def sent(self) -> Sent:
        chosen = [option for option in self.options if option.is_chosen]
        if self.style == "select" and not chosen:
            chosen = list(self.options[:1])
        for option in chosen:
            yield self.name, option.value
        for option in self.options:
            if option.custom is not None:
                yield from option.custom.sent()
        if self.extra is not None:
            yield from self.extra.sent()


@dataclass(frozen=True)
class Group:
    """Inputs that belong together: the languages of a text, the parts of an object."""

    template = "portal/desk/inputs/group.html"
    nodes: Sequence[Node]
    label: str = ""
    is_inline: bool = False

    def sent(self) -> Sent:
        for node in self.nodes:
            yield from node.sent()


@dataclass(frozen=True)
class Named:
    """A record that is referred to, as people know it."""

    identifier: str
    title: str
    number: str = ""
    type_name: str = ""
    is_draft: bool = False


@dataclass(frozen=True)
class Chosen:
    """A reference to a record that is known here: its title, and the identifier behind it."""

    template = "portal/desk/inputs/chosen.html"
    name: str
    value: str
    named: Named

    @property
    def id(self) -> str:
        return id_of(self.name)

    def sent(self) -> Sent:
        yield self.name, self.value


@dataclass(frozen=True)
class Row:
    """One of several values. `path` is what the button that removes it says."""

    path: str
    number: int
    node: Node
    is_blank: bool = False


@dataclass(frozen=True)
class Rows:
    """Several values, a blank one at the end, and a button for another."""

    template = "portal/desk/inputs/rows.html"
    name: str
    rows: Sequence[Row]
    label: str = ""

    @property
    def id(self) -> str:
        return id_of(self.name)

    def sent(self) -> Sent:
        for row in self.rows:
            yield from row.node.sent()


@dataclass(frozen=True)
class Raw:
    """A value that no input can show: it is kept, and can be corrected as JSON."""

    template = "portal/desk/inputs/raw.html"
    name: str
    value: str

    @property
    def id(self) -> str:
        return id_of(self.name)

    def sent(self) -> Sent:
        yield join(self.name, "json"), self.value


@dataclass(frozen=True)
class Fixed:
    """A value that the form shows but does not change."""

    template = "portal/desk/inputs/fixed.html"
    words: str

    def sent(self) -> Sent:
        yield from ()


@dataclass
class Typed:
    """What was sent below one name: its own values, and the parts beyond the separator."""

    values: list[str] = field(default_factory=list)
    parts: dict[str, "Typed"] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """The last value sent, with one kind of line end; empty without one."""
        return clean_text(self.values[-1]) if self.values else ""

    def part(self, *names: str) -> "Typed":
        """What was sent below a part; empty where nothing was."""
        found = self
        for name in names:
            found = found.parts.get(name, NOTHING)
        return found

    def rows(self) -> list[tuple[int, "Typed"]]:
        """The numbered parts, in the order of their numbers."""
        numbered = [
            (int(name), part) for name, part in self.parts.items() if re.fullmatch(r"\d{1,4}", name)
        ]
        return sorted(numbered, key=lambda item: item[0])


NOTHING = Typed()
_DEEPEST = 8


def gather(pairs: Sent) -> Typed:
    """The tree of what was sent. Names that are deeper than any form's are left out."""
    root = Typed()
    for name, value in pairs:
        steps = name.split(SEPARATOR)
        if len(steps) > _DEEPEST:
            continue
        place = root
        for step in steps:
            place = place.parts.setdefault(step, Typed())
        place.values.append(value)
    return root


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """A text as it is stored: line ends of one kind, without what the database cannot hold."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
