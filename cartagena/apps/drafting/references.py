"""Whether what a draft refers to exists, is public and is of the right type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cartagena.apps.drafting.models import OPEN_STATES, Draft
from cartagena.apps.registry.api import RecordNotFoundError, RecordState, find_states, get_version
from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import Field, RecordFormat, load_all_record_formats
from cartagena.engine.record_problem import RecordProblem, Severity
from cartagena.engine.record_values import REFERENCE
from cartagena.engine.sentence import Sentence, listed, sentence
from cartagena.engine.text import Text


@dataclass(frozen=True)
class Reference:
    """One reference: where it stands, the record it names, and the types that may stand there."""

    place: str
    identifier: str
    label: Text
    types: tuple[str, ...]
    required: bool


def check_references(draft: Draft, shape: RecordFormat) -> Iterator[RecordProblem]:
    """Problems of references: nothing there, not public yet, withdrawn, of another type.

    What is missing is an error where the field is needed or names the government's own records,
    which it can publish first; otherwise a warning, for other records may stand in another
    Clearing-House. What the published version refers to already is only warned of.
    """
    found = list(list_references(shape, draft.body))
    states = find_states([reference.identifier for reference in found])
    unknown = {r.identifier for r in found if not _is_known(states, r.identifier)}
    drafted = set(
        Draft.objects.filter(
            identifier__in=unknown, government=draft.government, state__in=OPEN_STATES
        ).values_list("identifier", flat=True)
    )
    before = _list_published(draft, shape) if draft.base_version and found else set()
    for reference in found:
        problem = _check(reference, states.get(reference.identifier), drafted)
        if problem is None:
            continue
        what, remedy, is_error = problem
        severity: Severity = "error"
        if not is_error or reference.identifier in before:
            severity = "warning"
        yield RecordProblem(reference.place, what, remedy, "bad_reference", severity)


def list_references(shape: RecordFormat, body: Mapping[str, Any]) -> Iterator[Reference]:
    """The references in a body to records, in the order of the form; not those to documents."""
    for field in shape.fields:
        required = field.required is True or (
            isinstance(field.required, str) and shape.condition_holds(field.required, body)
        )
        yield from _walk(field, field.id, find_value(body, field.id), required)


def _walk(field: Field, place: str, value: Any, required: bool) -> Iterator[Reference]:
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _walk(field, f"{place}[{n}]", item, required)
    elif isinstance(value, Mapping):
        for inner in field.fields:
            yield from _walk(inner, f"{place}.{inner.id}", value.get(inner.id), False)
        identifier = value.get("identifier")
        if field.type not in ("ref", "table") or not isinstance(identifier, str):
            return
        if re.fullmatch(REFERENCE, identifier):
            yield Reference(
                place, identifier.partition("@")[0], field.label, field.references,
                required,
            )  # fmt: skip


def _check(
    reference: Reference, state: RecordState | None, drafted: set[str]
) -> tuple[Sentence, Sentence, bool] | None:
    """What is wrong with a reference, what to do, and whether it is an error."""
    name = reference.identifier
    if state is None or state.state == "nothing":
        formats = load_all_record_formats()
        own = all(formats[kind].kind == "national" for kind in reference.types if kind in formats)
        if name in drafted:
            what = sentence(
                "%(field)s names the record %(record)s, which is still a draft",
                field=reference.label, record=name,
            )  # fmt: skip
            return what, sentence("Publish that record first."), True
        what = sentence(
            "%(field)s names the record %(record)s, which does not exist here",
            field=reference.label, record=name,
        )  # fmt: skip
        remedy = sentence("Choose another record, or publish that one first.")
        return what, remedy, reference.required or (bool(reference.types) and own)
    if reference.types and state.type not in reference.types:
        formats = load_all_record_formats()
        wanted = listed(formats[kind].name for kind in reference.types)
        what = sentence("the record %(record)s is no %(types)s", record=name, types=wanted)
        remedy = sentence("%(field)s names records of that type.", field=reference.label)
        return what, remedy, True
    if state.state == "withdrawn":
        what = sentence(
            "%(field)s names the record %(record)s, which was withdrawn",
            field=reference.label, record=name,
        )  # fmt: skip
        remedy = sentence("Name the record that took its place, if there is one.")
        return what, remedy, False
    return None


def _is_known(states: Mapping[str, RecordState], identifier: str) -> bool:
    return identifier in states and bool(states[identifier].known)


def _list_published(draft: Draft, shape: RecordFormat) -> set[str]:
    """What the published version refers to."""
    try:
        version = get_version(draft.identifier, draft.base_version)
    except RecordNotFoundError:
        return set()
    return {reference.identifier for reference in list_references(shape, version.body)}
