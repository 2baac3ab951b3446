"""Everything wrong in a draft, in one list: its fields, what it refers to, what is kept back."""

import datetime as dt
import re
from collections.abc import Iterator

from cartagena.apps.drafting.attachments import list_linked, read_file_keys
from cartagena.apps.drafting.confidential import list_keeping_claims, split_body
from cartagena.apps.drafting.gates import find_gate
from cartagena.apps.drafting.models import ConfidentialPart, Draft
from cartagena.apps.drafting.references import check_references
from cartagena.apps.registry.api import find_states, live_versions
from cartagena.engine.countries import find_country
from cartagena.engine.record_body import find_closed_values, find_value, is_filled
from cartagena.engine.record_format import RecordFormat, load_record_format
from cartagena.engine.record_problem import ProblemCode, RecordProblem, Severity
from cartagena.engine.record_type import list_report_types
from cartagena.engine.record_validation import validate_record
from cartagena.engine.record_values import read_day
from cartagena.engine.sentence import Sentence, counted, sentence

INFORM_WITHIN = 15
"""Days from a final decision on domestic use to its publication (Article 11.1)."""
DOMESTIC_USE = "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"


def check_draft(draft: Draft, *, today: dt.date) -> list[RecordProblem]:
    """All problems of a draft, in the order of the form; errors keep it from being published.

    Beyond what one record shows by itself: what it refers to exists, its identity is that of the
    draft, one record for each government where that is the rule, Article 11.1 and Article 21.
    """
    shape = load_record_format(draft.type)
    gate = find_gate(draft.type)
    body = gate.prepare(draft.body) if gate else draft.body
    found = [
        *validate_record(draft.type, body, as_of=today),
        *(gate.check(draft, today) if gate else ()),
        *_check_identity(draft),
        *_check_base(draft),
        *_check_one_per_government(draft, shape),
        *check_references(draft, shape),
        *_check_article_11(draft, today),
        *_check_confidential(draft, shape),
        *_check_files(draft),
    ]
    found = [p for p in found if not any(p.place.startswith(f) for f in draft.hidden_fields)]
    return sort_by_form(draft.type, found)


def sort_by_form(record_type: str, problems: list[RecordProblem]) -> list[RecordProblem]:
    """Problems in the order in which the form asks; what concerns the whole record first."""
    shape = load_record_format(record_type)
    order = {field.id: n for n, field in enumerate(shape.fields, 1)}

    def place_of(problem: RecordProblem) -> int:
        parts = re.split(r"[.\[]", problem.place)
        if len(parts) > 1 and ".".join(parts[:2]) in order:
            return order[".".join(parts[:2])]
        if parts[0] in ("$", "header"):
            return 0
        return order.get(parts[0], len(order) + 1)

    return sorted(problems, key=place_of)


def _problem(
    place: str,
    what: Sentence,
    remedy: Sentence,
    severity: Severity = "error",
    *,
    code: ProblemCode = "rule",
    basis: tuple[str, ...] = (),
) -> RecordProblem:
    return RecordProblem(place, what, remedy, code, severity, basis)


def _check_identity(draft: Draft) -> Iterator[RecordProblem]:
    """Identifier, type and government of a record never change."""
    expected = {"header.identifier": draft.identifier, "header.schema": draft.type}
    remedy = sentence("Start another record instead; this one stays what it is.")
    for place, value in expected.items():
        if find_value(draft.body, place) != value:
            what = sentence("this is not %(value)s any more", value=repr(value))
            yield _problem(place, what, remedy, code="header")
    if draft.government is None:
        return
    for code in find_closed_values(draft.body, "government"):
        country = find_country(code)
        if country is None or country.code != draft.government:
            what = sentence(
                "the government is %(found)s, the draft belongs to %(government)s",
                found=repr(code), government=draft.government,
            )  # fmt: skip
            yield _problem("government", what, remedy)


def _check_base(draft: Draft) -> Iterator[RecordProblem]:
    """Nobody published another version since the draft was started."""
    state = find_states([draft.identifier]).get(draft.identifier)
    newest = state.last_number if state else 0
    if newest != (draft.base_version or 0):
        what = sentence(
            "version %(version)s was published since this draft was started", version=newest
        )
        remedy = sentence("Take up what changed, then look at the differences again.")
        yield _problem("$", what, remedy)


def _check_one_per_government(draft: Draft, shape: RecordFormat) -> Iterator[RecordProblem]:
    if not shape.one_per_government and draft.type not in list_report_types():
        return
    others = (
        live_versions()
        .filter(record__type=draft.type, record__government=draft.government, demonstration=False)
        .exclude(record__identifier=draft.identifier)
    )
    other = others.first()
    if other is not None:
        what = sentence("the government has published its one record of this type already")
        remedy = sentence(
            "Amend the record %(record)s and discard this draft.", record=other.record.identifier
        )
        yield _problem("$", what, remedy)


def _check_article_11(draft: Draft, today: dt.date) -> Iterator[RecordProblem]:
    """A final decision on domestic use is told to all within 15 days; not so field trials."""
    if draft.type != "biosafetyDecision" or draft.base_version is not None:
        return
    body = draft.body
    decided = read_day(find_value(body, "date"))
    if DOMESTIC_USE not in find_closed_values(body, "decisionTypes") or decided is None:
        return
    if find_value(body, "involvesFieldTrial") is True:
        return
    days = (today - decided).days
    if days > INFORM_WITHIN:
        what = counted(
            "the decision is %(count)s day old; Article 11.1 gives %(most)s to publish it",
            "the decision is %(count)s days old; Article 11.1 gives %(most)s to publish it",
            days, most=INFORM_WITHIN,
        )  # fmt: skip
        remedy = sentence(
            "Check the day. If it is right, publish now: the record shows that it is late."
        )
        yield _problem("date", what, remedy, "warning", basis=("cpb.art11.1",))


def _check_confidential(draft: Draft, shape: RecordFormat) -> Iterator[RecordProblem]:
    basis = ("cpb.art21.1",)
    for name, reason in draft.confidential.items():
        field = shape.by_id.get(name)
        label = field.label if field else name
        if field is None or not field.confidential_allowed:
            never = field.never_confidential if field else None
            what = sentence("%(field)s cannot be kept confidential", field=label)
            if never:
                what = sentence("%(what)s (%(basis)s)", what=what, basis=never)
            grounds = (never,) if never else basis
            remedy = sentence("Take the mark away; it is published.")
            yield _problem(name, what, remedy, basis=grounds)
        elif not reason.strip():
            what = sentence("%(field)s is marked confidential without a reason", field=label)
            yield _problem(name, what, sentence("Give the reason."), basis=("cpb.art21.1",))
        if not is_filled(draft.body, name):
            what = sentence(
                "%(field)s is marked confidential, and nothing stands there", field=label
            )
            remedy = sentence("Fill it in or take the mark away.")
            yield _problem(name, what, remedy, "warning")
    yield from _check_claims(draft, shape)


def _check_claims(draft: Draft, shape: RecordFormat) -> Iterator[RecordProblem]:
    """What is kept back already comes out by the steps of its claim, and in no other way."""
    _, kept = split_body(draft)
    parts = list(ConfidentialPart.objects.filter(identifier=draft.identifier, ended_at=None))
    keeping = list_keeping_claims(draft.identifier) if parts else ()
    for part in parts:
        if not is_filled(draft.body, part.field) or part.field in kept:
            continue
        label = shape.by_id[part.field].label if part.field in shape.by_id else part.field
        if part.field in draft.kept_back:
            what = sentence("%(field)s is kept confidential in what is published", field=label)
            remedy = sentence("Leave it empty here; who may read it can give the claim up first.")
        elif part.claim in keeping:
            what = sentence(
                "%(field)s is claimed to be confidential, and the claim is not at its end",
                field=label,
            )
            remedy = sentence(
                "Mark it as confidential again, or take the claim to its end at the record."
            )
        else:
            continue
        yield _problem(part.field, what, remedy, basis=("cpb.art21.2",))


def _check_files(draft: Draft) -> Iterator[RecordProblem]:
    """Links to files of this system lead to files of this record, and keep what is confidential."""
    known = list_linked(draft)
    for place, key in read_file_keys(draft.body):
        top = _field_of(draft, place)
        found = known.get(key)
        if found is None:
            what = sentence("the link leads to a file that does not belong to this record")
            remedy = sentence("Attach the file to this draft.")
            yield _problem(place, what, remedy, code="bad_link")
        elif found.confidential and top not in draft.confidential:
            what = sentence(
                "the file %(name)s is confidential, this field is not", name=found.filename
            )
            remedy = sentence(
                "Mark the field as confidential where that is possible, or remove the link."
            )
            yield _problem(place, what, remedy, basis=("cpb.art21.1",))


def _field_of(draft: Draft, place: str) -> str:
    parts = re.split(r"[.\[]", place)
    shape = load_record_format(draft.type)
    dotted = ".".join(parts[:2])
    return dotted if dotted in shape.by_id else parts[0]
