"""Answers against the status of the treaties, as the depositary keeps it."""

from collections.abc import Iterator

from cartagena.engine.report_published import Published
from cartagena.engine.report_rules import Example, Finding, Report, report_rule
from cartagena.engine.sentence import Sentence, sentence

BOTH = Published(party_to=frozenset({"cpb", "nklsp"}))


@report_rule(
    "error",
    reads=("nr2.q012",),
    basis=("cpb.art37.2",),
    reason=sentence("Who is a Party follows from the instruments deposited, not from a report."),
    passes=Example({"nr2.q012": ["true"]}),
    fails=Example({"nr2.q012": ["false"]}),
)
def party_to_the_protocol_says_so(report: Report) -> Iterator[Finding]:
    """The answer on being a Party agrees with the depositary."""
    yield from _compare(report, "nr2.q012", "cpb", sentence("the Protocol"))


@report_rule(
    "error",
    reads=("nr4.q169",),
    basis=("nklsp.art18.2",),
    reason=sentence("Who is a Party follows from the instruments deposited, not from a report."),
    passes=Example({"nr4.q169": ["true"]}, BOTH),
    fails=Example({"nr4.q169": ["true"]}),
)
def party_to_the_supplementary_protocol_says_so(report: Report) -> Iterator[Finding]:
    """The answer on being a Party to the Supplementary Protocol agrees with the depositary."""
    yield from _compare(report, "nr4.q169", "nklsp", sentence("the Supplementary Protocol"))


def _compare(report: Report, concept: str, treaty: str, name: Sentence) -> Iterator[Finding]:
    is_party = treaty in report.published.party_to
    if report.says(concept, "false") and is_party:
        what = sentence(
            "the answer is no, but %(treaty)s is in force for the country on %(day)s",
            treaty=name, day=report.on,
        )  # fmt: skip
    elif report.says(concept, "true") and not is_party:
        what = sentence(
            "the answer is yes, but %(treaty)s is not known to be in force for the country",
            treaty=name,
        )
    else:
        return
    remedy = sentence(
        "Correct the answer; if the status is wrong here, explain and tell the Secretariat."
    )
    yield report.find(concept, what=what, remedy=remedy)
