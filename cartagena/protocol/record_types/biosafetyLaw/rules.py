"""Cross-checks of laws, regulations, guidelines and agreements."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_own_references, rule
from cartagena.engine.sentence import sentence

SUB_NATIONAL = "DEBB019D-8647-40EC-8AE5-10CA88572F6E"


@rule("cpb.art20.3.a", "cpb.art20.3.b")
def amendment_names_what_it_amends(record: Record) -> Iterator[RecordProblem]:
    """An amendment names the earlier measure and says what changed.

    A warning: the earlier measure may never have been published.
    """
    if not record.holds("amendment"):
        return
    for field in ("amendedRecords", "amendmentsDetails"):
        if not record.is_filled(field):
            what = sentence(
                "%(field)s: nothing is said, though the measure amends others",
                field=record.label(field),
            )
            yield record.warning(
                field, what, sentence("Fill it in, if the earlier measure is published.")
            )


@rule("cpb.art20.3.a")
def no_law_refers_to_itself(record: Record) -> Iterator[RecordProblem]:
    """Amended and related measures are other records."""
    yield from list_own_references(record, "amendedRecords", "relatedRecords")


@rule("cpb.art20.3.a")
def sub_national_jurisdiction_is_named(record: Record) -> Iterator[RecordProblem]:
    """A state, province or region is named beside the term."""
    named = record.is_filled("jurisdiction.customValue")
    if SUB_NATIONAL in record.values("jurisdiction") and not named:
        what = sentence("the sub-national jurisdiction is not named")
        yield record.warning(
            "jurisdiction.customValue", what, sentence("Write its name beside the term.")
        )
