"""Answers of one report that contradict each other, and words that say nothing."""

from collections.abc import Iterator

from cartagena.engine.answer_values import get_plan
from cartagena.engine.report_rules import Example, Finding, Report, report_rule
from cartagena.engine.sentence import counted, sentence

NOT_AVAILABLE = "false.notAvailable"
FULLY = ("implementation.fullInPlace", "implementation.fullFramwork")
PARTLY = ("true.availableNotOnBch", "true.availablePartialyOnBch")
SAYS_NOTHING = frozenset(
    {
        "n/a", "na", "n.a.", "n.a", "none", "nil", "-", "--", ".", "x", "no comment",
        "not applicable", "нет", "néant", "ninguno", "无", "لا يوجد",
    }
)  # fmt: skip

HAPPENED = (
    ("nr4.q033", None, "nr4.q112_i"),
    ("nr4.q041", 1, "nr2.q124_k"),
    ("nr4.q043", 1, "nr2.q124_l"),
    ("nr4.q025", None, "nr4.q112_f"),
    ("nr4.q075", None, "nr2.q124_q"),
    ("nr4.q086", 1, "nr2.q124_g"),
    ("nr4.q159", 1, "nr2.q124_h"),
)
"""What took place (true, or a band from a number on), and the item of information it gives."""


@report_rule(
    "warning",
    reads=("nr2.q015", "nr2.q016"),
    basis=("cpb.art2.1",),
    reason=sentence("An instrument in force is a measure in place."),
    passes=Example({"nr2.q015": ["implementation.none"], "nr2.q016": ["instrument.none"]}),
    fails=Example(
        {"nr2.q015": ["implementation.none"], "nr2.q016": ["instrument.nationalBiosafetyLaws"]}
    ),
)
def instruments_are_measures(report: Report) -> Iterator[Finding]:
    """A Party without any measure names no instrument; one with full measures names some."""
    none = report.says("nr2.q016", "instrument.none")
    named = bool(report.codes("nr2.q016")) and not none
    other = report.number("nr2.q016")
    if report.says("nr2.q015", "implementation.none") and named:
        what = sentence(
            "no measures are in place, but %(question)s names instruments", question=other
        )
    elif report.says("nr2.q015", *FULLY) and none:
        what = sentence(
            "measures are fully in place, but %(question)s names no instrument", question=other
        )
    else:
        return
    yield report.find(
        "nr2.q015", "nr2.q016", what=what, remedy=sentence("Correct one of the two answers.")
    )


@report_rule(
    "warning",
    reads=("nr2.q124_a",),
    basis=("cpb.art20.3",),
    reason=sentence(
        "“Not available” means that there is nothing to publish; here something took place."
    ),
    passes=Example({"nr4.q159": ["0"], "nr2.q124_h": [NOT_AVAILABLE]}),
    fails=Example({"nr4.q159": ["1+"], "nr2.q124_h": [NOT_AVAILABLE]}),
)
def what_happened_is_available(report: Report) -> Iterator[Finding]:
    """Information on what took place in the period is available, published or not."""
    for event, least, item in HAPPENED:
        if not report.says(item, NOT_AVAILABLE) or not _took_place(report, event, least):
            continue
        what = sentence(
            "the information is called not available, but %(question)s says that there was such a "
            "case",
            question=report.number(event),
        )
        remedy = sentence(
            "Say that it is available, in the Clearing-House or not; or correct the other."
        )
        yield report.find(item, event, what=what, remedy=remedy)


@report_rule(
    "warning",
    reads=("nr4.q113", "nr2.q124_a"),
    basis=("cpb.art20.3",),
    reason=sentence(
        "The form asks why; without it nobody can help to get the information published."
    ),
    passes=Example({"nr2.q124_a": ["true.availableOnBch"]}),
    fails=Example({"nr2.q124_a": ["true.availableNotOnBch"]}),
)
def unpublished_information_has_a_reason(report: Report) -> Iterator[Finding]:
    """A Party that has information outside the Clearing-House says why."""
    items = [
        q.concept for q in report.shape.questions if ".q124_" in q.concept or ".q112_" in q.concept
    ]
    outside = [item for item in items if report.says(item, *PARTLY)]
    if outside and report.key("nr4.q113") not in report.answers:
        what = counted(
            "%(count)s kind of information is not fully published, without a reason",
            "%(count)s kinds of information are not fully published, without a reason",
            len(outside),
        )
        yield report.find(
            "nr4.q113", *outside, what=what, remedy=sentence("Write in a sentence why.")
        )


@report_rule(
    "advice",
    reason=sentence(
        "A reader takes every text for a statement; a blank says the same and is counted right."
    ),
    passes=Example({"nr2.q015": ["implementation.none"]}),
    fails=Example({"nr2.q021": [("", "N/A")]}),
)
def texts_say_something(report: Report) -> Iterator[Finding]:
    """No text stands in only to fill its field."""
    texts = get_plan(report.shape).questions
    for key, answer in report.answers.items():
        if (
            isinstance(answer, str)
            and texts[key].is_text
            and answer.strip().lower() in SAYS_NOTHING
        ):
            what = sentence("“%(words)s” says nothing", words=answer.strip())
            remedy = sentence("Leave the text empty, or say what there is to say.")
            yield Finding((key,), what, remedy)


def _took_place(report: Report, concept: str, least: int | None) -> bool:
    if least is None:
        return report.says(concept, "true")
    bounds = report.bounds(concept)
    return bounds is not None and bounds[0] >= least
