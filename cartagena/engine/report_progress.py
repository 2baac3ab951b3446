"""How far a report is filled in: asked, answered and missing questions, by section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import Format, Question


@dataclass(frozen=True)
class SectionProgress:
    """One section. `asked` counts the questions that take an answer now, `missing` are the keys of
    mandatory questions without one.
    """

    key: str
    asked: int
    answered: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """A whole report: its sections in order."""

    sections: tuple[SectionProgress, ...]

    @property
    def asked(self) -> int:
        """The questions that take an answer, given the other answers."""
        return sum(section.asked for section in self.sections)

    @property
    def answered(self) -> int:
        """Those of them that have one."""
        return sum(section.answered for section in self.sections)

    @property
    def missing(self) -> tuple[str, ...]:
        """The mandatory questions that are asked and not answered; none: the report is complete."""
        return tuple(key for section in self.sections for key in section.missing)

    @property
    def percent(self) -> int:
        """The share of mandatory or answered questions that are answered, rounded down.

        Further texts that nobody must write do not keep it from 100.
        """
        due = self.answered + len(self.missing)
        return 100 * self.answered // due if due else 0


def measure_progress(shape: Format, body: Mapping[str, Any]) -> Progress:
    """How far a body is filled in. What cannot be read counts as not answered."""
    answers = collect_answers(flatten_body(shape, body))
    off = switched_off(shape, answers)
    shapes = (shape, *shape.carried)
    return Progress(
        tuple(
            _measure(section.key, section.questions, answers, off)
            for each in shapes
            for section in each.sections
        )
    )


def _measure(
    key: str, questions: tuple[Question, ...], answers: Mapping[str, Any], off: Mapping[str, str]
) -> SectionProgress:
    asked = [q for q in questions if not q.is_structural and q.key not in off]
    answered = [q for q in asked if q.key in answers]
    missing = tuple(q.key for q in asked if q.mandatory and q.key not in answers)
    return SectionProgress(key, len(asked), len(answered), missing)
