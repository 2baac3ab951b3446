"""Sent tables: kept, accepted once, counted, gone on with after a stop, and forgotten."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.errors import TableNotFoundError
from cartagena.apps.drafting.table_models import SentRow, SentTable

KEPT_FOR = dt.timedelta(days=14)
_STOPPED_FOR = dt.timedelta(seconds=60)
"""Work on a table that nothing was heard of for so long was stopped, and is taken up again."""
_BATCH = 500
_GOOD = Q(action__in=["new", "amend"], has_errors=False)
_FLAWED = Q(action__in=["new", "amend"], has_errors=True)


@dataclass(frozen=True)
class Tally:
    """How many rows there are, and how many of each sort."""

    rows: int
    looked_at: int
    good: int
    flawed: int
    unchanged: int
    refused: int
    with_problems: int
    carried_out: int
    drafted: int
    requested: int
    published: int
    failed: int

    @property
    def draftable(self) -> int:
        """Rows of which drafts can be made."""
        return self.good + self.flawed

    @property
    def is_looked_at(self) -> bool:
        return self.looked_at == self.rows

    @property
    def is_carried_out(self) -> bool:
        return self.carried_out == self.rows


def keep_table(table: SentTable, rows: Iterable[tuple[str, dict[str, str]]]) -> SentTable:
    """Store a table with its rows: (place, column -> cell). All of it or nothing."""
    with transaction.atomic():
        table.save(force_insert=True)
        SentRow.objects.bulk_create(
            (
                SentRow(table=table, position=n, place=place, cells=cells)
                for n, (place, cells) in enumerate(rows, start=1)
            ),
            batch_size=_BATCH,
        )
    return table


def get_table(key: uuid.UUID | str, user: User, now: dt.datetime) -> SentTable:
    """A table of one's own. Raises TableNotFoundError: there is none, or it has run out."""
    found = SentTable.objects.filter(pk=key, author=user, sent_at__gt=now - KEPT_FOR).first()
    if found is None:
        raise TableNotFoundError(f"There is no table {key}.")
    return found


def find_table(key: uuid.UUID | str) -> SentTable | None:
    """A table, for the program itself, or None."""
    return SentTable.objects.select_related("author").filter(pk=key).first()


def find_same_table(user: User, record_type: str, sha256: str) -> SentTable | None:
    """The newest table of a person with the same content, or None."""
    same = SentTable.objects.filter(author=user, sha256=sha256, type=record_type)
    return same.order_by("-sent_at").first()


def list_tables(user: User, now: dt.datetime) -> list[SentTable]:
    """The tables of a person that are still kept, newest first."""
    kept = SentTable.objects.filter(author=user, sent_at__gt=now - KEPT_FOR)
    return list(kept.order_by("-sent_at")[:20])


def accept_table(table: SentTable, wish: str, now: dt.datetime) -> bool:
    """Say what is to be made of the rows; true only for the one press that came first.

    False too while rows are still looked at.
    """
    if not count_rows(table).is_looked_at:
        return False
    waiting = SentTable.objects.filter(pk=table.pk, wish="")
    return waiting.update(wish=SentTable.Wish(wish), moved_at=now) == 1


def count_rows(table: SentTable) -> Tally:
    """One query."""
    return Tally(**_in(table).aggregate(
        rows=Count("pk"),
        looked_at=Count("pk", filter=~Q(action="")),
        good=Count("pk", filter=_GOOD),
        flawed=Count("pk", filter=_FLAWED),
        unchanged=Count("pk", filter=Q(action="unchanged")),
        refused=Count("pk", filter=Q(action="refused")),
        with_problems=Count("pk", filter=~Q(problems=[])),
        carried_out=Count("pk", filter=~Q(outcome="")),
        drafted=Count("pk", filter=Q(outcome="drafted")),
        requested=Count("pk", filter=Q(outcome="requested")),
        published=Count("pk", filter=Q(outcome="published")),
        failed=Count("pk", filter=~Q(told="")),
    ))  # fmt: skip


def list_sent_rows(table: SentTable, sort: str = "") -> QuerySet[SentRow]:
    """The rows in their order, all or of one sort: good, flawed, unchanged, refused, told,
    failed."""
    wanted = {
        "": Q(),
        "good": _GOOD,
        "flawed": _FLAWED,
        "unchanged": Q(action="unchanged"),
        "refused": Q(action="refused"),
        "told": ~Q(problems=[]),
        "failed": ~Q(told=""),
    }[sort]
    return _in(table).filter(wanted).order_by("position")


def list_rows_to_look_at(table: SentTable, most: int) -> list[SentRow]:
    """The next rows that nobody has looked at."""
    return list(_in(table).filter(action="").order_by("position")[:most])


def find_places(table: SentTable) -> dict[str, str]:
    """Identifier -> place of the first row that names the record."""
    named = _in(table).exclude(identifier="").order_by("-position")
    return dict(named.values_list("identifier", "place"))


def store_rows(rows: Sequence[SentRow], table: SentTable, now: dt.datetime) -> None:
    """Store what the rows would do."""
    with transaction.atomic():
        SentRow.objects.bulk_update(
            rows,
            ["action", "has_errors", "title", "identifier", "number", "changes", "problems"],
        )
        note_movement(table, now)


def list_rows_to_carry_out(table: SentTable, most: int) -> list[int]:
    """The numbers of the next rows of which nothing became yet."""
    rows = _in(table).filter(outcome="").order_by("position")
    return list(rows.values_list("pk", flat=True)[:most])


def take_row(number: int) -> SentRow | None:
    """Hold a row until the end of the transaction; None if it is carried out or held already."""
    waiting = SentRow.objects.select_for_update(skip_locked=True, of=("self",))
    return waiting.filter(pk=number, outcome="").first()


def note_movement(table: SentTable, now: dt.datetime) -> None:
    """Say that the work on a table goes on."""
    SentTable.objects.filter(pk=table.pk).update(moved_at=now)


def list_stopped_tables(now: dt.datetime) -> list[SentTable]:
    """The tables whose work was stopped, as by a killed process, with something left to do."""
    still = SentTable.objects.filter(moved_at__lt=now - _STOPPED_FOR, sent_at__gt=now - KEPT_FOR)
    waiting = Q(rows__action="") | (~Q(wish="") & Q(rows__outcome=""))
    return list(still.filter(waiting).distinct())


def forget_old_tables(now: dt.datetime) -> int:
    """Remove the tables that have run out; what was made of them stays. Returns how many."""
    old = SentTable.objects.filter(sent_at__lt=now - KEPT_FOR)
    number = old.count()
    old.delete()
    return number


def _in(table: SentTable) -> QuerySet[SentRow]:
    return SentRow.objects.filter(table=table)
