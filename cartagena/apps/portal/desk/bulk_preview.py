"""What a row of a table would do, and its problems. Nothing is changed here."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.bulk_columns import (
    LIST_SIGN,
    RECORD,
    RECORD_LANGUAGES,
    Column,
    list_all_columns,
)
from cartagena.apps.portal.desk.forms.record_form import (
    HEADER_LANGUAGES,
    SHOWN,
    FormContext,
    apply_changes,
    build_form,
    list_languages,
    read_changes,
)
from cartagena.apps.portal.desk.presenters import list_problems
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.registry import api as registry
from cartagena.engine.countries import find_country
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import RecordFormat
from cartagena.engine.record_type import title_of
from cartagena.engine.record_validation import validate_record

_STANDIN = "00000000-0000-4000-8000-000000000000"
"""Stands for the identifier that a new record gets when its draft is started."""


class Planner:
    """Looks at the rows of one table, for its author. A record that two rows name is refused the
    second time: `seen` are the identifiers that were named before, each with its place."""

    def __init__(
        self,
        shape: RecordFormat,
        user: User,
        language: str,
        today: dt.date,
        seen: Mapping[str, str],
    ) -> None:
        self.shape, self.user, self.today, self.language = shape, user, today, language
        self.columns = list_all_columns(shape)
        self.names = RecordNames(user, language)
        self.seen = dict(seen)

    def look_at(self, row: drafting.SentRow) -> None:
        """Fill in what the row would do and what is wrong with it. Nothing else is changed."""
        row.action = row.Action.NEW
        base = self._start_body(row)
        wished = row.cells.get(RECORD, "")
        if wished:
            found = self._find_base(wished, row)
            if found is None:
                return
            base = found
        row.changes = self._read(row, base)
        body = apply_changes(base, row.changes)
        row.title = title_of(self.shape.id, body)
        if row.action == row.Action.AMEND and not row.changes:
            row.action = row.Action.UNCHANGED
            return
        self._check(body, row)
        if row.action == row.Action.NEW:
            self._note_double(row)

    def _start_body(self, row: drafting.SentRow) -> dict[str, Any]:
        languages = _read_languages(row)
        header = {"identifier": _STANDIN, "schema": self.shape.id, "languages": languages}
        body: dict[str, Any] = {"header": header}
        country = find_country(self.user.party) if self.user.party else None
        if country is not None and self.shape.kind == "national":
            body["government"] = {"identifier": country.iso2.lower()}
        return body

    def _find_base(self, wished: str, row: drafting.SentRow) -> dict[str, Any] | None:
        """The body that is public of the record that a row names."""
        address = record_queries.find_address(wished)
        if address is None or address.type != self.shape.id:
            row.refuse(
                _("there is no such record of this kind: %(name)s") % {"name": wished[:80]},
                _("Write its public number, or leave the cell empty for a new record."),
            )
            return None
        row.number = str(address)
        if "amend" not in drafting.list_actions(self.user, address.identifier):
            row.refuse(_("this account may not amend it"), _("Take the row out."))
            return None
        if address.identifier in self.seen:
            told = _("the record is named in %(place)s too") % {
                "place": self.seen[address.identifier]
            }
            row.refuse(told, _("Keep one row for each record."))
            return None
        self.seen[address.identifier] = row.place
        row.action, row.identifier = row.Action.AMEND, address.identifier
        if drafting.list_drafts(self.user).filter(identifier=address.identifier).exists():
            told = _("a draft of it is open; the row is put into that draft")
            row.note("", told, "", is_error=False)
        return dict(registry.get_version(address.identifier).body)

    def _read(self, row: drafting.SentRow, base: Mapping[str, Any]) -> dict[str, Any]:
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
        self, row: drafting.SentRow, base: Mapping[str, Any], changes: Mapping[str, Any]
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

    def _check(self, body: Mapping[str, Any], row: drafting.SentRow) -> None:
        found = validate_record(self.shape.id, body, as_of=self.today)
        for line in list_problems(self.shape, found):
            label = line.label.get(self.language) if line.label else ""
            row.note(label, line.what, line.remedy, is_error=line.is_error)

    def _note_double(self, row: drafting.SentRow) -> None:
        """A warning where a record of this government has the title already."""
        if not row.title:
            return
        same = registry.live_versions().filter(record__type=self.shape.id, title__iexact=row.title)
        if self.shape.kind == "national":
            same = same.filter(record__government=self.user.party)
        heads = record_queries.read_heads(same[:1])
        if heads:
            what = _("%(number)s has the same title") % {"number": heads[0].number}
            remedy = _("To change that record, write its number into the first column.")
            row.note("", what, remedy, is_error=False)


def _read_languages(row: drafting.SentRow) -> list[str]:
    given = row.cells.get(RECORD_LANGUAGES, "").lower().replace(",", LIST_SIGN)
    codes = [code.strip() for code in given.replace(";", LIST_SIGN).split(LIST_SIGN)]
    return [code for code in dict.fromkeys(codes) if code in LANGUAGES] or ["en"]
