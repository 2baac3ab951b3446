"""Cross-checks of risk assessments."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_future_days, rule
from cartagena.engine.sentence import sentence

STEPS = (
    "adverseEffects",
    "adverseEffectsLikelihood",
    "adverseEffectsConsequence",
    "adverseEffectsOverallRisk",
    "adverseEffectsRecommendation",
)
"""Paragraph 8 (a) to (e) of Annex III, in order; (f) is asked only where there is uncertainty."""


@rule("cpb.art15.1", "cpb.annex3.8")
def steps_are_told(record: Record) -> Iterator[RecordProblem]:
    """A summary goes through the steps of Annex III, so that others can use the assessment."""
    for field in STEPS:
        if not record.is_filled(field):
            what = sentence(
                "%(field)s: this step of Annex III is not told", field=record.label(field)
            )
            yield record.warning(
                field, what, sentence("Summarise it, or say that it does not apply.")
            )


@rule("cpb.art15.1")
def nothing_is_assessed_in_the_future(record: Record) -> Iterator[RecordProblem]:
    """What is published has happened."""
    yield from list_future_days(record, "date")
