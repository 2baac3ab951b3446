"""Everything a Party is told about its report before it submits: the format, then the rules.

check_report(Report(shape, body, "KEN", on=date(2019, 9, 1), published=..., previous=...))
"""

from cartagena.engine.answer_values import AnswerProblem
from cartagena.engine.answers import NOT_ANSWERED, validate_body
from cartagena.engine.questionnaire import Format
from cartagena.engine.report_rules import LEVELS, Finding, Level, Report, run_rules


def check_report(report: Report) -> list[Finding]:
    """The findings of the format and of all rules, blockers first, each group in form order.

    What the format refuses is a blocker: nobody could read it afterwards. A mandatory question
    without an answer is an error, so it is answered or explained: a Party that does not know says
    so. Answers to questions that are not asked are left out of what is published; that is advice.
    """
    found = [
        _of_format(report.shape, problem) for problem in validate_body(report.shape, report.body)
    ]
    return sorted([*found, *run_rules(report)], key=lambda finding: LEVELS.index(finding.level))


def _of_format(shape: Format, problem: AnswerProblem) -> Finding:
    key = problem.place.partition(".")[0].partition("[")[0]
    return Finding((key,), problem.what, problem.remedy, _level_of(problem), "format")


def _level_of(problem: AnswerProblem) -> Level:
    if problem.what == NOT_ANSWERED:
        return "error"
    if problem.what.startswith("the question is not asked"):
        return "advice"
    return "blocker" if problem.severity == "error" else "advice"


def list_open(findings: list[Finding], explanations: frozenset[str] | set[str]) -> list[Finding]:
    """The findings that keep a report from being published: blockers, and errors without an
    explanation. ``explanations`` are the keys of the findings that were explained.
    """
    return [
        finding
        for finding in findings
        if finding.level == "blocker"
        or (finding.level == "error" and finding.key not in explanations)
    ]
