"""Cross-checks of organizations."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_own_references, rule


@rule()
def no_organization_is_linked_to_itself(record: Record) -> Iterator[RecordProblem]:
    """Linked organizations are other records."""
    yield from list_own_references(record, "linkedOrganizations")
