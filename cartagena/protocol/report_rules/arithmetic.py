"""Figures of one report that cannot all be right."""

from collections.abc import Iterator

from cartagena.engine.report_rules import Example, Finding, Report, report_rule
from cartagena.engine.sentence import counted, sentence

APPROVAL = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
CONDITIONS = "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F"
PROHIBITION = "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"


@report_rule(
    "error",
    reads=("nr2.q048",),
    basis=("cpb.art10.3",),
    reason=sentence(
        "The shares are read together as one whole; if they do not make 100, none can be used."
    ),
    passes=Example({"nr4.q033": ["true"], "nr2.q048": [(APPROVAL, "60"), (PROHIBITION, "40")]}),
    fails=Example({"nr4.q033": ["true"], "nr2.q048": [(APPROVAL, "60"), (PROHIBITION, "60")]}),
)
def shares_make_one_hundred(report: Report) -> Iterator[Finding]:
    """The shares of the kinds of decision make 100 per cent."""
    shares = [int(text) for text in report.details("nr2.q048").values() if text.isdigit()]
    # Three thirds, each rounded down, make 99.
    if shares and abs(sum(shares) - 100) > 1:
        said = " + ".join(map(str, shares))
        what = sentence(
            "the shares are %(shares)s = %(total)s per cent, not 100",
            shares=said,
            total=sum(shares),
        )
        yield report.find(
            "nr2.q048", what=what, remedy=sentence("Correct the shares, or leave them all out.")
        )


@report_rule(
    "error",
    reads=("survey2014.s026", "survey2014.s027"),
    basis=("plan.par11",),
    reason=sentence(
        "The operating laboratories are some of the certified ones, never more than these."
    ),
    passes=Example({"survey2014.s026": ["5+"], "survey2014.s027": ["1+"]}),
    fails=Example({"survey2014.s026": ["1+"], "survey2014.s027": ["10+"]}),
)
def no_more_laboratories_operate_than_are_certified(report: Report) -> Iterator[Finding]:
    """There are at least as many certified laboratories as operating ones."""
    certified, operating = report.bounds("survey2014.s026"), report.bounds("survey2014.s027")
    if not certified or not operating or certified[1] is None or operating[0] <= certified[1]:
        return
    what = sentence(
        "%(operating)s, but %(certified)s (%(question)s)",
        operating=counted(
            "at least %(count)s certified laboratory operates",
            "at least %(count)s certified laboratories operate",
            operating[0],
        ),
        certified=counted(
            "at most %(count)s is certified", "at most %(count)s are certified", certified[1]
        ),
        question=report.number("survey2014.s026"),
    )
    yield report.find(
        "survey2014.s027",
        "survey2014.s026",
        what=what,
        remedy=sentence("Correct one of the two numbers."),
    )


@report_rule(
    "warning",
    reads=("nr4.q034", "nr2.q048"),
    basis=("cpb.art10.3.a",),
    reason=sentence(
        "An approval that is counted in one answer is also one of the kinds in the other."
    ),
    passes=Example({"nr4.q033": ["true"], "nr4.q034": ["0"], "nr2.q048": [(PROHIBITION, "100")]}),
    fails=Example({"nr4.q033": ["true"], "nr4.q034": ["0"], "nr2.q048": [(CONDITIONS, "100")]}),
)
def approvals_are_counted_alike(report: Report) -> Iterator[Finding]:
    """No approval is counted among the kinds of decision when the number of approvals is zero."""
    shares = report.details("nr2.q048")
    approved = [code for code in (APPROVAL, CONDITIONS) if int_of(shares.get(code)) > 0]
    if report.says("nr4.q034", "0") and approved:
        what = sentence(
            "no LMO was approved, but %(question)s gives a share of approvals",
            question=report.number("nr2.q048"),
        )
        yield report.find(
            "nr4.q034", "nr2.q048", what=what, remedy=sentence("Correct one of the two answers.")
        )


def int_of(text: str | None) -> int:
    """A figure that was typed, 0 where none was."""
    return int(text) if text and text.isdigit() else 0
