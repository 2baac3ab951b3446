"""What changed between a Party's report and its report of the cycle before, question by question.

Answers are compared only where the crosswalk says that the question means the same and nothing is
lost on the way; elsewhere the earlier answer is shown with the verdict, and nothing is concluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from cartagena.apps.portal.presenters.words import verdict_words
from cartagena.engine.answer_sheet import parse_key
from cartagena.engine.crosswalk import find_previous
from cartagena.engine.questionnaire import Question
from cartagena.engine.report_carry import Carried, list_carried
from cartagena.engine.text import Text

Kind = Literal["unchanged", "changed", "words", "gone", "first", "other", "new"]
SHOWN_CHARACTERS = 400

ORDER: tuple[Kind, ...] = ("unchanged", "words", "changed", "gone", "first", "other", "new")


@dataclass(frozen=True, kw_only=True)
class Change:
    """How an answer stands to the one of the cycle before.

    `kind`: unchanged; changed (another choice); words (the same choice, another text); gone (no
    answer any more); first (the same question, not answered then); other (the answers cannot be
    compared); new (the question was not asked). `number` is that of the question then, `options`
    and `texts` are what was answered, `verdict` what the crosswalk says.
    """

    kind: Kind
    number: str = ""
    options: tuple[Text, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    verdict: str = ""

    @property
    def words(self) -> str:
        """The kind for readers, with the verdict where answers cannot be compared."""
        said = change_words(self.kind)
        if self.kind == "other":
            said = f"{said} ({self.verdict})"
        if self.number:
            there = _("question %(number)s there") % {"number": self.number}
            said = f"{said} · {there}"
        return said

    @property
    def shows_before(self) -> bool:
        """Whether what was answered then is worth showing beside the answer."""
        return self.kind in ("changed", "words", "gone", "other") and bool(
            self.options or self.texts
        )


def change_words(kind: str) -> str:
    """How an answer stands to the one before, in words."""
    return {
        "unchanged": _("unchanged"),
        "changed": _("changed"),
        "words": _("same choice, other words"),
        "gone": _("no answer any more"),
        "first": _("not answered in the report before"),
        "other": _("not comparable with the report before"),
        "new": _("new question"),
    }[kind]


def list_changes(
    cycle: str,
    questions: Mapping[str, Question],
    cells: Mapping[str, str],
    previous: Mapping[str, str],
) -> dict[str, Change]:
    """Question -> how its answer stands to the one before, for all answered now or then."""
    carried = list_carried(cycle, previous)
    by_field: dict[str, dict[str, str]] = {}
    for name, text in cells.items():
        by_field.setdefault(parse_key(name).field, {})[name] = text
    found = {}
    for key, question in questions.items():
        if question.is_structural:
            continue
        now, before = by_field.get(key, {}), carried.get(key)
        if before is not None:
            found[key] = _compare(question, now, before)
        elif now:
            kind: Kind = "new" if find_previous(cycle, key) is None else "first"
            found[key] = Change(kind=kind)
    return found


def _compare(question: Question, now: Mapping[str, str], before: Carried) -> Change:
    return Change(
        kind=_judge(question, now, before.cells),
        number=before.number,
        options=before.options,
        texts=tuple((language, _cut(text)) for language, text in before.texts),
        verdict=verdict_words(before.link.verdict),
    )


def _judge(question: Question, now: Mapping[str, str], then: Mapping[str, str]) -> Kind:
    if not then:
        return "other"
    if not now:
        return "gone"
    if dict(now) == dict(then):
        return "unchanged"
    same_choice = _choices(now) == _choices(then)
    return "words" if question.is_closed and same_choice else "changed"


def _choices(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if parse_key(name).part is None}


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rstrip()} …"
