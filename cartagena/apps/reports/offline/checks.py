"""The rules that need nothing but the answers, for the page on a stick.

`assets/checks.js` holds their twins in JavaScript: what each asks, word for word as in
`protocol/report_rules`; a test in a browser holds the two together. What they compare with (codes,
bounds, wording) is told to them here, so that it stands in one place. The other rules need what was
published, the status of the treaties or the report before: they run when the file comes back.
"""

from importlib import import_module
from typing import Any

from django.utils import translation

from cartagena.engine.answers import NOT_ANSWERED
from cartagena.engine.questionnaire import Format
from cartagena.engine.report_rules import ReportRule, describe_question, load_report_rules
from cartagena.engine.sentence import Sentence

TWINS = {
    "shares_make_one_hundred": 1,
    "no_more_laboratories_operate_than_are_certified": 1,
    "approvals_are_counted_alike": 1,
    "instruments_are_measures": 1,
    "what_happened_is_available": 1,
    "unpublished_information_has_a_reason": 1,
    "texts_say_something": 1,
}
"""Rule -> the version that its twin follows. A rule of a newer version is left out of the page."""

_CONSTANTS = {
    "arithmetic": ("APPROVAL", "CONDITIONS"),
    "consistency": ("NOT_AVAILABLE", "FULLY", "PARTLY", "SAYS_NOTHING", "HAPPENED"),
}
_WORDS = (
    "the shares are %(shares)s = %(total)s per cent, not 100",
    "%(operating)s, but %(certified)s (%(question)s)",
    "no LMO was approved, but %(question)s gives a share of approvals",
    "no measures are in place, but %(question)s names instruments",
    "measures are fully in place, but %(question)s names no instrument",
    "the information is called not available, but %(question)s says that there was such a case",
    "“%(words)s” says nothing",
)
_COUNTED = (
    ("at least %(count)s certified laboratory operates",
     "at least %(count)s certified laboratories operate"),
    ("at most %(count)s is certified", "at most %(count)s are certified"),
    ("%(count)s kind of information is not fully published, without a reason",
     "%(count)s kinds of information are not fully published, without a reason"),
)  # fmt: skip


def list_twins(shape: Format) -> list[ReportRule]:
    """The rules that the page of a form runs."""
    return [
        rule for rule in load_report_rules()
        if TWINS.get(rule.name) == rule.version and rule.applies_to(shape)
    ]  # fmt: skip


def count_others(shape: Format) -> int:
    """How many rules of a form run only when its file comes back."""
    applying = [rule for rule in load_report_rules() if rule.applies_to(shape)]
    return len(applying) - len(list_twins(shape))


def describe_checks(shape: Format, language: str) -> dict[str, Any]:
    """What the twins need to know of a form, in words of a language."""
    asked = shape.in_document
    items = [q.concept for q in shape.questions if ".q124_" in q.concept or ".q112_" in q.concept]
    numbers = range(_most(shape) + 1)
    return {
        "rules": [rule.name for rule in list_twins(shape)],
        "keys": {question.concept: key for key, question in asked.items()},
        "names": {key: _say(describe_question(shape, q), language) for key, q in asked.items()},
        "bounds": {
            key: {option.code: option.bounds for option in question.options if option.bounds}
            for key, question in asked.items()
            if any(option.bounds for option in question.options)
        },
        "texts": [key for key, question in asked.items() if question.is_text],
        "items": items,
        "constants": _read_constants(),
        "words": {words: translation.gettext(words) for words in _WORDS},
        "counted": {
            one: [_say(Sentence(one, {"count": n}, many), language) for n in numbers]
            for one, many in _COUNTED
        },
        "missing": _say(NOT_ANSWERED, language),
    }


def _read_constants() -> dict[str, Any]:
    load_report_rules()
    found: dict[str, Any] = {}
    for module, names in _CONSTANTS.items():
        values = vars(import_module(f"cartagena.protocol.report_rules.{module}"))
        for name in names:
            value = values[name]
            found[name] = sorted(value) if isinstance(value, frozenset) else value
    return found


def _most(shape: Format) -> int:
    """The largest number that stands in a sentence: of a band, or of kinds of information."""
    ends = (n for q in shape.in_document.values() for o in q.options for n in (o.bounds or ()) if n)
    return max([len(shape.questions), *(n for n in ends if n <= 200)])


def _say(words: Sentence, language: str) -> str:
    return words.render(translation, language)
