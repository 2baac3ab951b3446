"""What of a report is published already: its own record, and the report of the cycle before."""

from cartagena.apps.registry.api import RecordVersion, live_versions
from cartagena.engine.answers import Answers, collect_answers, flatten_body
from cartagena.engine.crosswalk import load_crosswalk
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.record_type import list_report_types


def get_format_of(record_type: str) -> Format:
    """The format of a report type. Raises KeyError for a type that is none."""
    return load_format(list_report_types()[record_type])


def find_live_report(cycle: str, party: str) -> RecordVersion | None:
    """The report of a Party for a cycle that is public now, or None."""
    schema = load_format(cycle).schema
    return live_versions().filter(record__type=schema, record__government=party).first()


def find_previous_cycle(cycle: str) -> str | None:
    """The cycle before, or None for the first one."""
    try:
        return load_crosswalk(cycle).previous
    except KeyError:
        return None


def find_previous_answers(cycle: str, party: str) -> Answers | None:
    """What a Party answered in the cycle before, by its keys; None if there is no such report."""
    previous = find_previous_cycle(cycle)
    version = find_live_report(previous, party) if previous else None
    if previous is None or version is None:
        return None
    return collect_answers(flatten_body(load_format(previous), version.body))
