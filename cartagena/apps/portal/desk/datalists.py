"""Lists of proposals that several inputs of a page share."""

from collections.abc import Iterable, Iterator

from cartagena.apps.portal.desk.forms import terms
from cartagena.apps.portal.desk.forms.inputs import Choice, Group, Line, Node, Rows
from cartagena.apps.portal.desk.forms.record_form import SectionView
from cartagena.engine.vocabulary import load_vocabulary


def list_datalists(
    sections: Iterable[SectionView], language: str
) -> list[tuple[str, tuple[str, ...]]]:
    """The id of each list that a form names, and its proposals: `Kenya (ke)`."""
    asked: dict[str, str] = {}
    for section in sections:
        for view in section.fields:
            for line in _walk(view.node):
                if line.listed and view.field.vocabulary is not None:
                    asked[line.listed] = view.field.vocabulary.id
                elif line.listed:
                    asked |= _find_inner(view.field.fields, line.listed)
    return [(listed, _propose(name, language)) for listed, name in asked.items()]


def _find_inner(fields: Iterable[object], listed: str) -> dict[str, str]:
    for field in fields:
        known = getattr(field, "vocabulary", None)
        if known is not None and list_id(known.id) == listed:
            return {listed: known.id}
    return {}


def list_id(vocabulary: str) -> str:
    """The id of the list of a vocabulary in the page."""
    return f"terms-{vocabulary.replace('+', '-')}"


def _propose(name: str, language: str) -> tuple[str, ...]:
    known = load_vocabulary(name)
    return tuple(terms.say_term(known, term.id, language) for term in known.terms)


def _walk(node: Node) -> Iterator[Line]:
    if isinstance(node, Line):
        yield node
    elif isinstance(node, Group):
        for inner in node.nodes:
            yield from _walk(inner)
    elif isinstance(node, Rows):
        for row in node.rows:
            yield from _walk(row.node)
    elif isinstance(node, Choice) and node.extra is not None:
        yield from _walk(node.extra)
