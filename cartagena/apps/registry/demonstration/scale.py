"""How the options of a question are ordered from least to most, and how often "most" is said."""

from dataclasses import dataclass
from functools import cache

from cartagena.apps.registry.demonstration.draws import draw
from cartagena.engine.crosswalk import find_previous, load_crosswalk
from cartagena.engine.questionnaire import Format, Option, Question

_STEPS = {
    "true": 1.0,
    "false": 0.0,
    "implementation.fullFramwork": 1.0,
    "implementation.fullInPlace": 1.0,
    "implementation.partialFramwork": 0.75,
    "implementation.partiallyInPlace": 0.75,
    "implementation.temporaryMeasures": 0.5,
    "implementation.draftFramwork": 0.25,
    "implementation.draftMeasures": 0.25,
    "implementation.none": 0.0,
    "true.availableOnBch": 1.0,
    "true.availablePartialyOnBch": 0.7,
    "true.availableNotOnBch": 0.4,
    "false.notAvailable": 0.0,
    "veryEasy": 1.0,
    "easy": 0.75,
    "average": 0.5,
    "difficult": 0.25,
    "veryDifficult": 0.0,
    # measures under the Supplementary Protocol: in place, partly, temporary, draft, none
    "74B17D51-786F-3D68-3B76-A50121842925": 1.0,
    "FAA03A2A-F79E-1347-22E3-0EB4815DF05B": 0.75,
    "EFCE3DC1-BED6-041D-0AEA-93B0F04AE166": 0.5,
    "2B4110FC-8B86-50E6-851F-08AF1A43CFEC": 0.25,
    "C9B01C6D-6B40-1A67-B5A0-DDB7FF6B9CE9": 0.0,
}
_ASIDE = frozenset({"n/a", "na", "false.na", "false.notApplicable", "false.noCna", "false.oneCna"})

_SHARES = {
    "nr2.q116": 0.97, "nr2.q117": 0.96, "nr2.q118": 0.9, "nr2.q182": 0.75, "nr3.q205": 0.65,
    "nr2.q037": 0.28, "nr2.q038": 0.24, "nr4.q029": 0.14, "nr4.q033": 0.12, "nr4.q025": 0.25,
    "nr2.q057": 0.3, "nr2.q065": 0.04, "nr2.q066": 0.05, "nr2.q067": 0.03, "nr2.q073": 0.06,
    "nr2.q072": 0.2, "nr2.q086": 0.35, "nr2.q087": 0.3, "survey2014.s012": 0.42, "nr4.q075": 0.4,
    "nr2.q102": 0.08, "nr2.q103": 0.06, "nr2.q128": 0.25, "nr5.q106": 0.15, "nr2.q161": 0.1,
    "nr2.q162": 0.3, "nr2.q163": 0.15, "nr4.q154": 0.3, "nr4.q155": 0.14, "nr2.q170": 0.12,
    "nr4.q046": 0.05, "nr4.q054": 0.05, "nr4.q086": 0.04, "nr4.q089": 0.06, "nr4.q159": 0.12,
    "nr4.q183": 0.03, "nr2.q168": 0.6, "nr2.q055": 0.2, "survey2014.s026": 0.3,
    "survey2014.s027": 0.22, "nr2.q039": 0.3,
    "nr2.q040": 0.25, "nr2.q058": 0.35, "nr4.q069": 0.7, "nr2.q146": 0.93, "nr4.q134": 0.92,
}  # fmt: skip
_SAME_LINE = {("survey2014", "S027"): "survey2014.S026"}
"""Certified laboratories and those of them that operate: the second number follows the first."""
_INVERSE = frozenset({"nr2.q128", "nr5.q106", "nr2.q146", "nr4.q134", "nr4.q069"})
"""Questions to which a strong Party tends to say no."""


@dataclass(frozen=True)
class Scale:
    """``steps``: options from least to most; empty when they have no order. ``aside``: "does not
    apply" and the like. ``share``: how often a middling Party answers well."""

    steps: tuple[Option, ...]
    aside: tuple[Option, ...]
    share: float
    is_inverse: bool


@cache
def find_lineage(source: str, key: str) -> str:
    """The oldest question that a question continues: what a Party's answer carries over from."""
    if (source, key) in _SAME_LINE:
        return _SAME_LINE[source, key]
    link = None if source == "survey2014" else find_previous(source, key)
    if link is None or len(link.new) > 1:
        return f"{source}.{key}"
    walk = load_crosswalk(source)
    return find_lineage(walk.find_source(link.old[0]), link.old[0])


@cache
def get_scales(shape: Format) -> dict[str, Scale]:
    """The scale of every closed question that a document may hold, by key."""
    return {
        key: _make_scale(question)
        for key, question in shape.in_document.items()
        if question.options
    }


def _make_scale(question: Question) -> Scale:
    aside = tuple(o for o in question.options if o.code in _ASIDE)
    levels = [(level, o) for o in question.options if (level := _find_level(o)) is not None]
    steps = tuple(o for _, o in sorted(levels, key=lambda pair: pair[0]))
    if len(levels) + len(aside) < len(question.options) or question.multiple:
        steps = ()
    usual = 0.45 + 0.2 * draw("share", find_lineage(question.cycle, question.key))
    return Scale(steps, aside, _SHARES.get(question.concept, usual), question.concept in _INVERSE)


def _find_level(option: Option) -> float | None:
    if option.bounds is not None:
        return float(option.bounds[0])
    if option.code in _STEPS:
        return _STEPS[option.code]
    if option.code in _ASIDE:
        return None
    if option.code.startswith("true."):
        return 0.5
    return 0.1 if option.code.startswith("false.") else None
