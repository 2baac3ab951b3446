"""What a table would do: each row with its action and its problems. Nothing is changed here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.bulk_columns import (
    LIST_SIGN,
    RECORD,
    RECORD_LANGUAGES,
    Column,
    list_all_columns,
)
from cartagena.apps.portal.desk.bulk_read import TableRow
from cartagena.apps.portal.desk.forms.record_form import (
    HEADER_LANGUAGES,
    SHOWN,
    FormContext,
    apply_changes,
    build_form,
    list_languages,
    read_changes,
)
from cartagena.apps.portal.desk.guard import Desk
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.sentences import say_sentence
from cartagena.apps.registry import api as registry
from cartagena.engine.countries import find_country
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import RecordFormat
from cartagena.engine.record_type import title_of
from cartagena.engine.record_validation import validate_record

Action = Literal["new", "amend", "unchanged", "refused"]
_STANDIN = "00000000-0000-4000-8000-000000000000"
"""Stands for the identifier that a new record gets when its draft is started."""


@dataclass
class RowPlan:
    """One row: what it would do and what is wrong with it. Plain values, to be stored.

    `errors` do not keep a row out as a draft: they are to be corrected there. A `refused` row does
    nothing. `problems` are (field, what, remedy, is an error).
    """

    place: str
    action: Action
    title: str = ""
    identifier: str = ""
    number: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str, str, bool]] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(problem[3] for problem in self.problems)

    @property
    def is_good(self) -> bool:
        """Whether the row could be published as it is."""
        return self.action in ("new", "amend") and not self.has_errors

    @property
    def may_draft(self) -> bool:
        """Whether a draft can be made of the row."""
        return self.action in ("new", "amend")

    def refuse(self, what: str, remedy: str) -> "RowPlan":
        """Keep the row out, and say why."""
        self.action = "refused"
        self.problems.append(("", what, remedy, True))
        return self

    def as_json(self) -> dict[str, Any]:
        """The row as it is stored."""
        return asdict(self)


def plan_rows(desk: Desk, shape: RecordFormat, rows: Sequence[TableRow]) -> list[RowPlan]:
    """What each row would do, in their order. A record that two rows name is refused the second
    time."""
    planner = _Planner(desk, shape)
    return [planner.plan(row) for row in rows]


class _Planner:
    def __init__(self, desk: Desk, shape: RecordFormat) -> None:
        self.desk, self.shape = desk, shape
        self.columns = list_all_columns(shape)
        self.names = RecordNames(desk.user, desk.language)
        self.seen: dict[str, str] = {}

    def plan(self, row: TableRow) -> RowPlan:
        plan = RowPlan(row.place, "new")
        base = self._start_body(row)
        wished = row.cells.get(RECORD, "")
        if wished:
            found = self._find_base(wished, plan)
            if found is None:
                return plan
            base = found
        plan.changes = self._read(row, base)
        body = apply_changes(base, plan.changes)
        plan.title = title_of(self.shape.id, body)
        if plan.action == "amend" and not plan.changes:
            plan.action = "unchanged"
            return plan
        plan.problems += self._check(body)
        if plan.action == "new":
            self._note_double(plan)
        return plan

    def _start_body(self, row: TableRow) -> dict[str, Any]:
        languages = _read_languages(row)
        header = {"identifier": _STANDIN, "schema": self.shape.id, "languages": languages}
        body: dict[str, Any] = {"header": header}
        country = find_country(self.desk.user.party) if self.desk.user.party else None
        if country is not None and self.shape.kind == "national":
            body["government"] = {"identifier": country.iso2.lower()}
        return body

    def _find_base(self, wished: str, plan: RowPlan) -> dict[str, Any] | None:
        """The body that is public of the record that a row names."""
        address = record_queries.find_address(wished)
        if address is None or address.type != self.shape.id:
            plan.refuse(
                _("there is no such record of this kind: %(name)s") % {"name": wished[:80]},
                _("Write its public number, or leave the cell empty for a new record."),
            )
            return None
        plan.number = str(address)
        if "amend" not in drafting.list_actions(self.desk.user, address.identifier):
            plan.refuse(_("this account may not amend it"), _("Take the row out."))
            return None
        if address.identifier in self.seen:
            told = _("the record is named in %(place)s too") % {
                "place": self.seen[address.identifier]
            }
            plan.refuse(told, _("Keep one row for each record."))
            return None
        self.seen[address.identifier] = plan.place
        plan.action, plan.identifier = "amend", address.identifier
        if drafting.list_drafts(self.desk.user).filter(identifier=address.identifier).exists():
            plan.problems.append(
                ("", _("a draft of it is open; the row is put into that draft"), "", False)
            )
        return dict(registry.get_version(address.identifier).body)

    def _read(self, row: TableRow, base: Mapping[str, Any]) -> dict[str, Any]:
        """Field -> new value, of the fields that have a cell; other fields stay as they are."""
        filled = [
            (self.columns[name], cell)
            for name, cell in row.cells.items()
            if name in self.columns and name not in (RECORD, RECORD_LANGUAGES)
        ]
        fields = {column.field for column, _cell in filled}
        pairs = list(self._overlay(base, filled, fields))
        pairs += [(SHOWN, name) for name in fields]
        changes = read_changes(self.shape, base, pairs, self.names)
        languages = self._list_all_languages(row, base, changes)
        if languages != list_languages(base):
            changes[HEADER_LANGUAGES] = languages
        return changes

    def _list_all_languages(
        self, row: TableRow, base: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> list[str]:
        """The languages named, those of an amended record, and those in which texts were given."""
        if row.cells.get(RECORD_LANGUAGES):
            return _read_languages(row)
        used = {
            name.rpartition(".")[2]
            for name in row.cells
            if name in self.columns and self.columns[name].kind in ("text", "rich")
        }
        now = list_languages(base)
        if not row.cells.get(RECORD):
            return [code for code in LANGUAGES if code in used] or now
        return now + [code for code in LANGUAGES if code in used and code not in now]

    def _overlay(
        self,
        base: Mapping[str, Any],
        filled: Sequence[tuple[Column, str]],
        fields: set[str],
    ) -> Iterator[tuple[str, str]]:
        """What the cells say, over what stands there of the same field in other languages."""
        said = [pair for column, cell in filled for pair in column.write_pairs(cell)]
        names = {name for name, _value in said}
        whole = {name.removesuffix("--code") for name in names}
        for section in build_form(self.shape, base, FormContext()):
            for view in section.fields:
                if view.id not in fields or view.field.many or view.is_fixed:
                    continue
                for name, value in view.node.sent():
                    if name not in names and name not in whole:
                        yield name, value
        yield from said

    def _check(self, body: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
        found = validate_record(self.shape.id, body, as_of=self.desk.today)
        return [
            (
                problem.place,
                say_sentence(problem.what),
                say_sentence(problem.remedy),
                problem.severity == "error",
            )
            for problem in found
        ]

    def _note_double(self, plan: RowPlan) -> None:
        """A warning where a record of this government has the title already."""
        if not plan.title:
            return
        same = registry.live_versions().filter(record__type=self.shape.id, title__iexact=plan.title)
        if self.shape.kind == "national":
            same = same.filter(record__government=self.desk.user.party)
        heads = record_queries.read_heads(same[:1])
        if heads:
            what = _("%(number)s has the same title") % {"number": heads[0].number}
            remedy = _("To change that record, write its number into the first column.")
            plan.problems.append(("", what, remedy, False))


def _read_languages(row: TableRow) -> list[str]:
    given = row.cells.get(RECORD_LANGUAGES, "").lower().replace(",", LIST_SIGN)
    codes = [code.strip() for code in given.replace(";", LIST_SIGN).split(LIST_SIGN)]
    return [code for code in dict.fromkeys(codes) if code in LANGUAGES] or ["en"]
