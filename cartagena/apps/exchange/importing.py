"""The import of records in the Clearing-House's form: read, check, publish in batches."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from cartagena.apps.exchange.models import SourceEnvelope
from cartagena.apps.exchange.reading import Reading, ReadRecord
from cartagena.apps.exchange.workers import Item, read_in_order
from cartagena.apps.registry.api import (
    DEFAULT_LIMITS,
    ImportProblem,
    ImportResult,
    Limits,
    Outcome,
    SourceFile,
    foresee_outcomes,
    has_error,
    list_files,
    publish_records,
    split_file,
)
from cartagena.engine.canonical import canonical_json

BATCH = 1000
"""So many records are published in one transaction: a crash loses no more work than that."""
_REASON = "Imported in the form of the Clearing-House."

Progress = Callable[[int, int, int], None]
"""Called with the bytes of the files read so far, those of all files, and the records read."""


@dataclass(frozen=True)
class RecordImportOptions:
    """What the user chose. ``workers`` are the processes that read; None: as many as fit."""

    now: dt.datetime
    published_on: dt.date | None = None
    dry_run: bool = False
    limits: Limits = DEFAULT_LIMITS
    workers: int | None = None
    reason: str = _REASON


def import_records(
    paths: Sequence[Path], options: RecordImportOptions, progress: Progress | None = None
) -> ImportResult:
    """Read and publish all records in files and folders.

    What cannot be identified or stored is refused, all else is published, in transactions of a
    thousand, in the order of the files. Running it again, also after it was killed, publishes only
    what is not there yet.
    """
    return RecordImport(options, progress).run(paths)


class RecordImport:
    """One import. Parts of files, from wherever they come, go in; the result is counted."""

    def __init__(self, options: RecordImportOptions, progress: Progress | None = None) -> None:
        self.options = options
        self.result = ImportResult("record", "records", dry_run=options.dry_run)
        self._progress = progress or (lambda done, total, records: None)
        self._reading = Reading(options.now, options.limits, options.published_on)
        self._waiting: list[ReadRecord] = []
        self._total = 0
        self._behind: dict[str, int] = {}
        self._done = 0

    def run(self, paths: Sequence[Path]) -> ImportResult:
        """Import files and folders."""
        self.take_parts(self._list_parts(paths))
        self._progress(self._total, self._total, self.result.read)
        return self.result

    def take_parts(self, parts: Iterable[Item]) -> None:
        """Import what is in the parts of files, and publish it all."""
        for found in read_in_order(parts, self._reading, self.options.workers):
            for item in found:
                self._take(item)
            self._progress(self._done, self._total, self.result.read)
        self._publish()

    def _list_parts(self, paths: Sequence[Path]) -> Iterator[Item]:
        files = list(list_files(paths))
        self._total = sum(file.size for file in files if isinstance(file, SourceFile))
        behind = 0
        for file in files:
            if isinstance(file, ImportProblem):
                yield file
                continue
            self.result.files += 1
            if file.form == "table":
                what = "a table; records are read from JSON"
                remedy = "Use cartagena import reports for tables of reports."
                yield ImportProblem(file.name, "", what, remedy)
                continue
            self._behind[file.name] = behind
            yield from split_file(file, self.options.limits)
            behind += file.size

    def _take(self, item: ReadRecord | ImportProblem) -> None:
        if isinstance(item, ImportProblem):
            self.result.add_problems([item])
            if item.severity == "error" and item.place:
                self.result.read += 1
                self.result.refused += 1
            return
        self.result.read += 1
        self._done = self._behind.get(item.file, 0) + item.position
        if item.publication is None or has_error(item.problems):
            self.result.refused += 1
            self.result.add_problems(item.problems)
            return
        self._waiting.append(item)
        if len(self._waiting) >= BATCH:
            self._publish()

    def _publish(self) -> None:
        """Publish what waits, in one transaction; the oldest revision of a record first."""
        records, self._waiting = _order_revisions(self._waiting), []
        outcomes = self._foresee(records) if self.options.dry_run else self._store(records)
        for record, outcome in zip(records, outcomes, strict=True):
            self.result.count(outcome)
            if outcome.action == "refused":
                record.refuse("", outcome.reason.rstrip("."), "Nothing of it was published.")
            self.result.add_problems(record.problems)

    def _store(self, records: list[ReadRecord]) -> list[Outcome]:
        with transaction.atomic():
            outcomes = publish_records(
                [record.publication for record in records if record.publication],
                actor=None,
                reason=self.options.reason,
                now=self.options.now,
            )
            _keep_beside(records, outcomes)
        return outcomes

    def _foresee(self, records: list[ReadRecord]) -> list[Outcome]:
        return foresee_outcomes([r.publication for r in records if r.publication])


def _keep_beside(records: list[ReadRecord], outcomes: list[Outcome]) -> None:
    """Store what the envelopes of new versions said beyond the registry, by COPY."""
    table = SourceEnvelope._meta.db_table
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (version_id, members) FROM STDIN") as copy,
    ):
        for record, outcome in zip(records, outcomes, strict=True):
            if record.beside and outcome.key:
                copy.write_row((outcome.key, canonical_json(record.beside)))


def _order_revisions(records: list[ReadRecord]) -> list[ReadRecord]:
    """The same, but the revisions of one record in their order, where the first of them stood."""
    places: dict[str, int] = {}
    for n, record in enumerate(records):
        places.setdefault(record.identifier, n)
    if len(places) == len(records):
        return records

    def key(record: ReadRecord) -> tuple[int, int]:
        publication = record.publication
        return places[record.identifier], (publication.revision or 0) if publication else 0

    return sorted(records, key=key)
