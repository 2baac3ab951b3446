"""The meta-model of a report format: what `format.yaml`, `faults.yaml` and `labels/*.yaml` may say.

Strict: an unknown key, a missing key and a wrong type are problems, all reported together, each
with its place. `cartagena.engine.questionnaire` turns a checked declaration into what others use.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from cartagena.engine.declaration import Problem, Problems, read_yaml

ROOT = Path(__file__).parent.parent / "protocol" / "questionnaires"
QuestionType = Literal[
    "option", "term", "text", "lstring", "lstringRte", "int", "sub-section", "legend"
]
AnswerShape = Literal["identifier", "value", "wrapped"]
Rule = Literal["@hasValues", "@hasValuesExcept", "@hasAdditionalValues"]


class StrictDeclaration(BaseModel):
    """A part of a declaration: unknown keys and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OptionDeclaration(StrictDeclaration):
    """One option of a closed question. `bounds` is [lower, upper]; an upper of null has no end."""

    code: str
    label_key: str
    bounds: list[int | None] | None = None
    exclusive: bool = False
    free_text: Literal["lstring", "int"] | None = None


class ConditionDeclaration(StrictDeclaration):
    """When a question is asked. `rule` is one of three rules, or `&name` out of `rules`."""

    effect: Literal["enable", "visible"]
    rule: str
    question: str | None = None
    values: list[str] | None = None


class RequirementDeclaration(StrictDeclaration):
    """One alternative of a named rule: that question is answered with one of these codes."""

    question: str
    values: list[str]


class QuestionDeclaration(StrictDeclaration):
    """One question. `mandatory` is null where the source does not say (second and third report)."""

    key: str
    number: str
    type: QuestionType
    multiple: bool
    mandatory: bool | None
    concept: str
    label_key: str
    parent: str | None = None
    articles: list[str] | None = None
    article_refs: list[str] = []
    refers_to: list[str] = []
    declared_section: str | None = None
    unit: Literal["count", "usd", "per_year"] | None = None
    conditions: list[ConditionDeclaration] = []
    options: list[OptionDeclaration] = []


class SectionDeclaration(StrictDeclaration):
    """A part of the form with the articles it is about."""

    key: str
    label_key: str
    articles: list[str]
    questions: list[QuestionDeclaration]


class HeaderDeclaration(StrictDeclaration):
    """A field of the report that is no question of the tree: country, contact, dates."""

    field: str
    number: str | None
    required: bool
    type: Literal["government", "reference", "private", "lstring", "date", "option"]
    concept: str | None = None
    options: list[str] = []
    off_when_party: bool = False


class FormatDeclaration(StrictDeclaration):
    """One `format.yaml`. `document` names the cycle in whose document the answers travel."""

    cycle: str
    schema_id: str
    year: int
    deadline: date | None
    document: str
    answer_shape: AnswerShape
    header: list[HeaderDeclaration]
    rules: dict[str, list[RequirementDeclaration]]
    sections: list[SectionDeclaration]


class FaultDeclaration(StrictDeclaration):
    """A known fault of the source, told where a reader meets the question."""

    id: str
    what: str
    effect: str
    questions: list[str] = []
    options: list[str] = []


class FaultsDeclaration(StrictDeclaration):
    """One `faults.yaml`."""

    faults: list[FaultDeclaration]


class LabelsDeclaration(StrictDeclaration):
    """One `labels/<language>.yaml`: our short wording, one label per concept.

    `options` holds labels by code, `question_options` by concept or question (`nr4.q101`) and code.
    """

    language: str
    cycles: dict[str, str] = {}
    header: dict[str, str] = {}
    sections: dict[str, str] = {}
    section_help: dict[str, str] = {}
    questions: dict[str, str] = {}
    question_help: dict[str, str] = {}
    options: dict[str, str] = {}
    question_options: dict[str, dict[str, str]] = {}
    prompts: dict[str, dict[str, str]] = {}


M = TypeVar("M", bound=BaseModel)


def read_declaration(
    model: type[M], path: Path, problems: Problems, *, rename: Mapping[str, str] | None = None
) -> M | None:
    """The file at `path` as `model`, or None after adding every problem with its place.

    `rename` maps a key of the file to the field of the model (`schema` is taken in Pydantic).
    """
    raw: Any = read_yaml(path)
    if isinstance(raw, Mapping) and rename:
        raw = {rename.get(key, key): value for key, value in raw.items()}
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for problem in _list_problems(error, path):
            problems.add(problem.place, problem.what, problem.remedy)
        return None


_REMEDIES = {
    "missing": "Add this key.",
    "extra_forbidden": "Remove this key or correct its name.",
    "string_type": "Put the value in quotes.",
    "literal_error": "Use one of the allowed words.",
}


def _list_problems(error: ValidationError, path: Path) -> list[Problem]:
    return [
        Problem(
            f"{path.parent.name}/{path.name}: " + ".".join(str(step) for step in item["loc"]),
            item["msg"],
            _REMEDIES.get(item["type"], "Correct the value."),
        )
        for item in error.errors()
    ]


_OURS = frozenset({"concept", "bounds", "unit"})


def compute_lock(cycle: str) -> str:
    """The hash of what was adopted in `format.yaml`: not its comments, not what we added to it.

    A cycle that has opened never changes; its `lock` file holds this value.
    """
    adopted = _drop_ours(read_yaml(ROOT / cycle / "format.yaml"))
    content = json.dumps(adopted, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _drop_ours(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return {key: _drop_ours(value) for key, value in raw.items() if key not in _OURS}
    return [_drop_ours(item) for item in raw] if isinstance(raw, list) else raw
