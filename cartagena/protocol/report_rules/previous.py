"""Answers against the Party's report of the cycle before."""

from collections.abc import Iterator

from cartagena.engine.report_rules import Example, Finding, Report, report_rule
from cartagena.engine.sentence import sentence

IN_PLACE = ("true", "true.some")
MEASURES = {
    "implementation.none": 0,
    "implementation.draftMeasures": 1,
    "implementation.draftFramwork": 1,
    "implementation.temporaryMeasures": 2,
    "implementation.partiallyInPlace": 3,
    "implementation.partialFramwork": 3,
    "implementation.fullInPlace": 4,
    "implementation.fullFramwork": 4,
}
"""The steps from nothing to all; the second and third reports write some of them otherwise."""


@report_rule(
    "warning",
    reads=("nr2.q015",),
    basis=("cpb.art2.1",),
    reason=sentence(
        "Measures that were in place seldom go away; when they do, readers want to know why."
    ),
    passes=Example(
        {"nr2.q015": ["implementation.fullInPlace"]},
        before={"nr2.q015": ["implementation.partiallyInPlace"]},
    ),
    fails=Example(
        {"nr2.q015": ["implementation.none"]},
        before={"nr2.q015": ["implementation.fullInPlace"]},
    ),
)
def measures_do_not_go_back(report: Report) -> Iterator[Finding]:
    """The measures are not less than in the report before."""
    key = report.key("nr2.q015")
    before = report.before(key)
    now = [MEASURES[code] for code in report.codes("nr2.q015") if code in MEASURES]
    if before is None or not now:
        return
    then = [MEASURES[code] for code in before[1] if code in MEASURES]
    if then and max(now) < max(then):
        what = sentence(
            "less is in place than in the report before (%(question)s there)", question=before[0]
        )
        remedy = sentence("Correct the answer, or say what has changed.")
        yield report.find("nr2.q015", what=what, remedy=remedy)


@report_rule(
    "advice",
    reason=sentence(
        "A change from yes to no is either news or a slip; both are worth a second look."
    ),
    passes=Example({"nr2.q026": ["true"]}, before={"nr2.q026": ["true"]}),
    fails=Example({"nr2.q026": ["false"]}, before={"nr2.q026": ["true"]}),
)
def what_was_in_place_still_is(report: Report) -> Iterator[Finding]:
    """What was in place in the report before is still said to be."""
    for key, question in report.shape.by_key.items():
        if question.multiple or {o.code for o in question.options} - {*IN_PLACE, "false"}:
            continue
        answer = report.answers.get(key)
        if isinstance(answer, str | int) or answer is None or list(answer) != ["false"]:
            continue
        before = report.before(key)
        if before and before[1].intersection(IN_PLACE):
            what = sentence(
                "the report before said yes (%(question)s there), this one says no",
                question=before[0],
            )
            yield Finding((key,), what, sentence("Check that something has changed."), "advice")
