"""What a made-up report says: like the Party's other reports, a little better each time.

Every Party has a steady inclination for each line of questions. Together with its strength and the
gain of the cycle it decides how far up the scale the answer stands; now and then it falls back.
"""

import re
from collections.abc import Mapping

from cartagena.apps.registry.demonstration.draws import draw, happens, pick, whole
from cartagena.apps.registry.demonstration.profiles import Profile
from cartagena.apps.registry.demonstration.reporting import PlannedReport
from cartagena.apps.registry.demonstration.scale import Scale, find_lineage, get_scales
from cartagena.apps.registry.demonstration.texts import write_remark
from cartagena.engine.answers import Answer, switched_off
from cartagena.engine.questionnaire import Format, Option, Question

Chosen = dict[str, Answer]
_SURVEY = "survey2014"
_SURVEY_GAIN = 0.03
_FALLS_BACK = 0.06
_PART = re.compile(r"_[a-q]$")
_PARTS_OF = {
    ("survey2014", "S027"): "S026",
    ("nr3", "Q121"): "Q120",
    ("nr4", "Q106"): "Q105",
    ("nr5", "Q096"): "Q095",
}
"""Certified laboratories in operation: never more than there are certified laboratories."""


def answer_report(shape: Format, report: PlannedReport) -> Chosen:
    """Question -> answer for one report; questions that are switched off are left out."""
    answers: Chosen = {}
    scales = get_scales(shape)
    left_out = _choose_sections_left_out(shape, report)
    for key, question in shape.in_document.items():
        wanted = report.holds_survey if question.cycle == _SURVEY else report.holds_report
        if not wanted or question.is_structural or question.section in left_out:
            continue
        if _is_silent(question, report) or not _is_reached(question, shape, answers):
            continue
        found = _answer(question, scales.get(key), report)
        whole_number = _PARTS_OF.get((question.cycle, key))
        if found and whole_number:
            found = _at_most(question, found, answers.get(whole_number))
        if found:
            answers[key] = found
    off = switched_off(shape, answers)
    return {key: answer for key, answer in answers.items() if key not in off}


def _at_most(question: Question, found: Answer, whole_number: Answer | None) -> Answer | None:
    """The lower of two bands; nothing where the whole is not told."""
    if not isinstance(found, list) or not isinstance(whole_number, list):
        return None
    order = [option.code for option in question.options]
    return [min(str(found[0]), str(whole_number[0]), key=order.index)]


def _choose_sections_left_out(shape: Format, report: PlannedReport) -> frozenset[str]:
    """Now and then a report leaves out whole sections."""
    names = (report.round.cycle, report.profile.party)
    if not happens(0.07, "partial", *names):
        return frozenset()
    return frozenset(s.key for s in shape.sections[3:] if happens(0.3, "section", s.key, *names))


def _is_silent(question: Question, report: PlannedReport) -> bool:
    profile = report.profile
    names = ("silent", question.cycle, question.key, profile.party)
    if question.is_text:
        return not happens(0.18 + 0.3 * profile.strength, *names)
    if question.mandatory:
        return happens(0.01, *names)
    return happens(0.03 + 0.08 * draw("care", profile.party), *names)


def _is_reached(question: Question, shape: Format, answers: Mapping[str, Answer]) -> bool:
    """The second and third report say "if you answered Yes to question 18" in words only."""
    if shape.answer_shape != "identifier" or not question.refers_to or question.conditions:
        return True
    asked = [
        key
        for key, other in shape.in_document.items()
        if other.number in question.refers_to and other.cycle == question.cycle
    ]
    return any(_is_positive(answers.get(key)) for key in asked)


def _is_positive(answer: Answer | None) -> bool:
    if not answer or isinstance(answer, str | int):
        return bool(answer)
    codes = {item if isinstance(item, str) else item[0] for item in answer}
    return not codes <= {"false", "0", "false.notAvailable"}


def _answer(question: Question, scale: Scale | None, report: PlannedReport) -> Answer | None:
    profile = report.profile
    if question.is_text:
        return write_remark(profile, question.key, report.revision)
    if scale is None:
        return whole(1, 12, "number", question.key, profile.party)
    known = _answer_from_facts(question, report)
    if known is not None:
        return [known]
    names = (question.cycle, question.key, profile.party)
    if scale.aside and happens(0.06, "aside", *names):
        return [pick(scale.aside, "which", *names).code]
    height = _work_out_height(question, scale, report)
    if question.multiple:
        return _choose_several(question, height, report)
    if not scale.steps:
        lineage = find_lineage(question.cycle, question.key)
        return [_with_text(pick(question.options, "any", lineage, profile.party), names, profile)]
    return [_with_text(_choose_step(scale, height), names, profile)]


def _work_out_height(question: Question, scale: Scale, report: PlannedReport) -> float:
    """How far up the scale the answer stands, from 0 to 1; half is the border of yes and no."""
    profile = report.profile
    inclination = _draw_inclination(find_lineage(question.cycle, question.key), profile.party)
    names = (question.cycle, question.key, profile.party, report.revision if _amends(report) else 1)
    if happens(_FALLS_BACK, "anew", *names):
        inclination = draw("inclination anew", *names)
    gain = _SURVEY_GAIN if question.cycle == _SURVEY else report.round.gain
    ability = 0.85 * (profile.strength - 0.55) + gain
    if scale.is_inverse:
        ability = -0.6 * ability
    spread = min(1.0, 4 * scale.share, 4 * (1 - scale.share))
    return min(max(0.5 + scale.share + spread * ability - inclination, 0.0), 0.999)


def _draw_inclination(lineage: str, party: str) -> float:
    """Steady over the cycles; the parts (a), (b), … of a question lean the same way."""
    own = draw("inclination", lineage, party)
    if not _PART.search(lineage):
        return own
    whole_question = draw("inclination", _PART.sub("", lineage), party)
    return 0.85 * whole_question + 0.15 * own


def _amends(report: PlannedReport) -> bool:
    """A new version that only adds the survey leaves the other answers as they were."""
    return report.revision > 1 and not report.holds_survey


def _choose_step(scale: Scale, height: float) -> Option:
    count = len(scale.steps)
    if count == 2:
        return scale.steps[height >= 0.5]
    if count == 3 and scale.steps[0].bounds is None:
        return scale.steps[0 if height < 0.42 else 1 if height < 0.58 else 2]
    bend = 1.0 if scale.steps[0].bounds is None else 1.5
    return scale.steps[int(height**bend * count)]


def _choose_several(question: Question, height: float, report: PlannedReport) -> Answer:
    party = report.profile.party
    lineage = find_lineage(question.cycle, question.key)
    chosen = [
        option
        for option in question.options
        if not option.exclusive
        and option.code != "false"
        and not option.code.startswith("instrument.none")
        and draw("each", lineage, option.code, party) < 0.2 + 0.6 * height
    ]
    if not chosen:
        chosen = [question.options[-1 if question.options[-1].exclusive else 0]]
    names = (question.cycle, question.key, party)
    if any(option.free_text == "int" for option in chosen):
        return _share_out(chosen)
    return [_with_text(option, (*names, option.code), report.profile) for option in chosen]


def _share_out(chosen: list[Option]) -> Answer:
    """Percentages that add up to a hundred."""
    part = 100 // len(chosen)
    shares = [part] * (len(chosen) - 1) + [100 - part * (len(chosen) - 1)]
    return [(option.code, str(share)) for option, share in zip(chosen, shares, strict=True)]


def _with_text(
    option: Option, names: tuple[object, ...], profile: Profile
) -> str | tuple[str, str]:
    if option.free_text == "lstring" and happens(0.25, "beside", *names):
        return option.code, write_remark(profile, *names)
    return option.code


def _answer_from_facts(question: Question, report: PlannedReport) -> str | None:
    """What treaty status decides: being a Party, also to the Supplementary Protocol."""
    profile, day = report.profile, report.received_on
    if question.concept == "nr2.q012":
        return "true"
    if question.concept == "nr2.q179":
        signed = profile.supplement_signed_on
        return "true" if signed and signed <= day else "false"
    if question.concept in ("nr3.q198", "nr4.q169"):
        joined = profile.supplement_in_force_on
        return "true" if joined and joined <= day else "false"
    if question.concept == "nr2.q139":
        return "true" if profile.needs_support else "false"
    if question.concept in ("survey2014.s003", "nr3.q015") and question.options:
        return _choose_year(question, profile)
    return None


def _choose_year(question: Question, profile: Profile) -> str:
    """The year in which the framework became operational: some years after joining, or never."""
    year = profile.joined_on.year + whole(-2, 9, "operational", profile.party)
    codes = [option.code for option in question.options]
    years = [code for code in codes if code.isdigit() and code != "0"]
    return str(year) if str(year) in years else max(years) if year > 2014 else min(years)
