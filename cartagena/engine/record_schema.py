"""The meta-model of a record type: what `format.yaml` and `labels/*.yaml` may say.

Strict, as for report formats: an unknown key, a missing key and a wrong type are problems, all
reported together. `cartagena.engine.record_format` turns a checked declaration into what others
use.
"""

from functools import cache
from typing import Literal

from cartagena.engine.declaration import PROTOCOL, Problems
from cartagena.engine.questionnaire_schema import StrictDeclaration, read_declaration

ROOT = PROTOCOL / "record_types"

Kind = Literal["national", "reference", "scbd"]
FieldType = Literal[
    "string", "text", "rich", "term", "ref", "link", "date", "int", "number", "bool", "table",
    "object",
]  # fmt: skip
Holds = Literal["fields", "report", "anything", "rows", "labels"]
FactRows = Literal["", "treaty", "membership", "register", "usage"]
Fact = Literal["value", "filled"]
Form = Literal["partial_date", "symbol"]
NeverConfidential = Literal["cpb.art21.6.a", "cpb.art21.6.b", "cpb.art21.6.c", "cpb.art21.6.d"]

CLOSED_TYPES = frozenset({"term", "ref", "bool", "date"})
"""Types whose values may enter the facts as they are (a string only with a vocabulary)."""


class TestDeclaration(StrictDeclaration):
    """One test of a condition, on a field or on another condition.

    `values`: one of the field's values is among them; `not_values`: the field is filled, and none
    of them is; `empty`: nothing stands there.
    """

    __test__ = False
    field: str | None = None
    values: list[str] | None = None
    not_values: list[str] | None = None
    empty: Literal[True] | None = None
    condition: str | None = None


class FieldDeclaration(StrictDeclaration):
    """One field of a record, or of an object in it.

    `required` is `yes`, `no` or `if <condition>`; `asked` is `if <condition>`: while that does not
    hold, the field must be empty. `basis` names the provisions behind both. `fact`: the value
    enters the facts, or only that the field is filled. `never_confidential` names the letter of
    Article 21.6 that forbids to keep it back; `confidential_allowed` lets a claim be made on it.
    `legacy` fields are read and kept, but no longer asked for.
    """

    id: str
    type: FieldType
    cardinality: Literal[1, "n"]
    required: str = "no"
    asked: str | None = None
    basis: list[str] = []
    vocabulary: str | None = None
    references: list[str] = []
    form: Form | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_items: int | None = None
    max_characters: int | None = None
    max_words: int | None = None
    fields: list["FieldDeclaration"] = []
    fact: Fact | None = None
    confidential_allowed: bool = False
    never_confidential: NeverConfidential | None = None
    personal: bool = False
    legacy: bool = False


class ConfirmationDeclaration(StrictDeclaration):
    """After how many months a record must be confirmed; `only_if` names a field that must agree."""

    months: int
    only_if: str | None = None


class RecordDeclaration(StrictDeclaration):
    """One `format.yaml`.

    `holds`: fields of its own, a national report (read with the questionnaire of its cycle),
    anything (old reports without a known format), rows of a fact table, or labels (words of this
    platform that belong to other records). A condition
    holds when all tests of one of its lists do.
    """

    id: str
    code: str
    kind: Kind
    prefix: str = "BCH"
    title: str = ""
    holds: Holds = "fields"
    rows_of: FactRows = ""
    one_per_government: bool = False
    confirmation: ConfirmationDeclaration | None = None
    conditions: dict[str, list[list[TestDeclaration]]] = {}
    fields: list[FieldDeclaration] = []


class RecordLabelsDeclaration(StrictDeclaration):
    """One `labels/<language>.yaml`: of all types (in the parent folder) or of one."""

    language: str
    name: str = ""
    fields: dict[str, str] = {}
    help: dict[str, str] = {}


@cache
def list_type_ids() -> tuple[str, ...]:
    """The ids of all declared record types: the names of their folders, sorted."""
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/format.yaml")))


def read_record_declarations(problems: Problems) -> dict[str, RecordDeclaration]:
    """Every `format.yaml` that could be read, by type; what could not goes to `problems`."""
    found: dict[str, RecordDeclaration] = {}
    for name in list_type_ids():
        path = ROOT / name / "format.yaml"
        declaration = read_declaration(RecordDeclaration, path, problems)
        if declaration is None:
            continue
        if declaration.id != name:
            what = f"the id is {declaration.id!r}, the folder {name!r}"
            problems.add(f"{name}/format.yaml: id", what, "Give both the same name.")
        found[name] = declaration
    return found
