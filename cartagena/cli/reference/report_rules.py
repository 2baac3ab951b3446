"""report-rules.md: every rule that looks for contradictions in a report, with its reason."""

from cartagena.cli.reference.markdown import anchor, bullets, code, page, plain
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.report_rules import LEVELS, ReportRule, load_report_rules

KINDS = {
    "arithmetic": "Figures of one report",
    "consistency": "Answers of one report beside each other",
    "published": "Answers beside published records",
    "status": "Answers beside the status of the treaties",
    "previous": "Answers beside the report of the cycle before",
}
LEVEL_WORDS = {
    "blocker": "must be corrected",
    "error": "must be corrected or explained",
    "warning": "asks for an explanation; the report passes without",
    "advice": "asks for nothing and is told to the Party alone",
}


def make_pages() -> dict[str, str]:
    """The page of all rules."""
    rules = load_report_rules()
    parts = [
        f"{len(rules)} rules. What a form itself demands (types, options, conditions, mandatory "
        "answers) is checked beside them and stands in the page of each form. How the rules are "
        "used: [checks of reports](../explanation/checks-of-reports.md).",
        bullets(f"**{level}**: {LEVEL_WORDS[level]}" for level in LEVELS),
    ]
    for kind, title in KINDS.items():
        parts.append(f"## {title}")
        parts += [_describe(rule) for rule in rules if rule.kind == kind]
    source = "`cartagena/protocol/report_rules/`"
    return {"report-rules.md": page("Rules for national reports", source, *parts)}


def _describe(rule: ReportRule) -> str:
    cycles = [cycle for cycle in list_cycles() if _runs_for(rule, cycle)]
    said = [
        f"{rule.level}, version {rule.version}, for {', '.join(cycles)}",
        f"Why: {plain(rule.reason)}",
    ]
    if rule.basis:
        said.append(f"Rests on {', '.join(map(code, rule.basis))}")
    if rule.reads:
        said.append(f"Reads {', '.join(map(code, rule.reads))}")
    return f"{anchor(rule.name)}\n### {code(rule.name)}\n\n{plain(rule.asks)}\n\n{bullets(said)}"


def _runs_for(rule: ReportRule, cycle: str) -> bool:
    """Whether a rule runs for the report of a cycle; the survey of 2014 travels in the second."""
    shape = load_format(cycle)
    return shape.document == cycle and rule.applies_to(shape)
