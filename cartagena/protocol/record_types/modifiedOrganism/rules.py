"""Cross-checks of living modified organisms."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_own_references, rule
from cartagena.engine.sentence import sentence
from cartagena.engine.unique_identifier import read_unique_identifiers


@rule("cpb.art18.2", "BS-III/10")
def unique_identifier_is_sound(record: Record) -> Iterator[RecordProblem]:
    """The unique identifier has the form of the OECD's and the right check digit."""
    written = record.value("uniqueIdentification")
    if not isinstance(written, str):
        return
    spelling = read_unique_identifiers(written)
    for problem in spelling.problems:
        remedy = sentence("Correct it.")
        if spelling.identifiers:
            remedy = sentence("It was read as %(identifiers)s.", identifiers=spelling.canonical)
        report = record.error if problem.severity == "error" else record.warning
        yield report("uniqueIdentification", problem.sentence, remedy)


@rule("BS-III/10")
def unique_identifier_is_spelled_as_usual(record: Record) -> Iterator[RecordProblem]:
    """One spelling for everybody, so that the identifier is found everywhere."""
    written = record.value("uniqueIdentification")
    if not isinstance(written, str):
        return
    spelling = read_unique_identifiers(written)
    if spelling.identifiers and not spelling.has_errors and spelling.canonical != written:
        what = sentence("the usual spelling is %(identifiers)s", identifiers=spelling.canonical)
        yield record.warning("uniqueIdentification", what, sentence("Take it over."))


@rule()
def no_organism_comes_from_itself(record: Record) -> Iterator[RecordProblem]:
    """Parental and related organisms are other records."""
    yield from list_own_references(record, "recipientOrganisms", "linkedModifiedOrganisms")
