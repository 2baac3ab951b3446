"""The import of national reports: read, check, publish in batches, tell what became of each."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from cartagena.apps.registry.actions import (
    annul_records,
    publish_records,
    subject_of,
    withdraw_records,
)
from cartagena.apps.registry.imports.conflicts import (
    Admission,
    Conflicts,
    LiveReport,
    SecondReport,
    find_live_reports,
)
from cartagena.apps.registry.imports.documents import Document, read_documents
from cartagena.apps.registry.imports.files import SourceFile, list_files
from cartagena.apps.registry.imports.limits import DEFAULT, Limits
from cartagena.apps.registry.imports.problems import ImportProblem, has_error
from cartagena.apps.registry.imports.report_tables import read_report_table
from cartagena.apps.registry.imports.reports import Reading, ReadReport, read_report
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.publication import Outcome
from cartagena.apps.registry.queries import find_states, live_versions
from cartagena.apps.registry.states import decide
from cartagena.engine.canonical import content_hash
from cartagena.engine.parties import TreatyAction, load_treaty_actions

BATCH = 200
"""So many reports are published in one transaction: a crash loses no more work than that."""

Progress = Callable[[int, int], None]
"""Called with the bytes of the files read so far and of all files."""


@dataclass(frozen=True)
class ImportOptions:
    """What the user chose."""

    now: dt.datetime
    published_on: dt.date | None = None
    if_second: SecondReport = "refuse"
    dry_run: bool = False
    limits: Limits = DEFAULT
    reason: str = "Imported from a file."


def import_reports(
    paths: Sequence[Path], options: ImportOptions, progress: Progress | None = None
) -> ImportResult:
    """Read and publish all national reports in files and folders.

    A report with an error is refused, all others are published, in transactions of a few hundred.
    Running it again publishes only what is not there yet.
    """
    return _Import(options, progress).run(paths)


class _Import:
    def __init__(self, options: ImportOptions, progress: Progress | None) -> None:
        self.options = options
        self.progress = progress or (lambda done, total: None)
        self.result = ImportResult(dry_run=options.dry_run)
        self.conflicts = Conflicts(options.if_second)
        self.reading = Reading(
            options.now, options.limits, _list_treaty_actions(), options.published_on
        )
        self.waiting: list[ReadReport] = []

    def run(self, paths: Sequence[Path]) -> ImportResult:
        files = list(list_files(paths))
        total = sum(file.size for file in files if isinstance(file, SourceFile))
        done = 0
        for file in files:
            if isinstance(file, ImportProblem):
                self.result.add_problems([file])
                continue
            self.result.files += 1
            self._read(file, done, total)
            done += file.size
            self.progress(done, total)
        self._publish()
        return self.result

    def _read(self, file: SourceFile, done: int, total: int) -> None:
        for found in _open(file, self.options.limits):
            if isinstance(found, Document):
                self._take(read_report(found, self.reading))
                self.progress(done + found.position, total)
                continue
            problems = found if isinstance(found, list) else [found]
            self.result.add_problems(problems)
            if any(p.severity == "error" and p.place not in ("", "first row") for p in problems):
                self.result.read += 1
                self.result.refused += 1

    def _take(self, report: ReadReport) -> None:
        self.result.read += 1
        if has_error(report.problems) or report.publication is None:
            self.result.refused += 1
            self.result.add_problems(report.problems)
            return
        self.waiting.append(report)
        if len(self.waiting) >= BATCH:
            self._publish()

    def _publish(self) -> None:
        """Publish what waits, in one transaction."""
        reports, self.waiting = self.waiting, []
        subjects = {subject for report in reports if (subject := _subject_of(report))}
        live = find_live_reports(subjects)
        admitted = [(report, self._admit(report, live)) for report in reports]
        chosen = [(report, a) for report, a in admitted if a.admitted]
        outcomes = self._look(chosen) if self.options.dry_run else self._store(chosen)
        for (report, _), outcome in zip(chosen, outcomes, strict=True):
            self.result.count(outcome)
            if outcome.action == "refused":
                report.add("", outcome.reason.rstrip("."), "Nothing of it was published.")
        for report in reports:
            self.result.add_problems(report.problems)

    def _admit(self, report: ReadReport, live: dict[str, list[LiveReport]]) -> Admission:
        admission = self.conflicts.admit(report, live)
        if not admission.admitted:
            if has_error(report.problems):
                self.result.refused += 1
            else:
                self.result.unchanged += 1
        return admission

    def _store(self, chosen: list[tuple[ReadReport, Admission]]) -> list[Outcome]:
        """Publish a batch: all of it in one transaction."""
        with transaction.atomic():
            if any(admission.gives_way for _, admission in chosen):
                return [self._replace(report, admission) for report, admission in chosen]
            publications = [report.publication for report, _ in chosen if report.publication]
            return publish_records(
                publications, actor=None, reason=self.options.reason, now=self.options.now
            )

    def _replace(self, report: ReadReport, admission: Admission) -> Outcome:
        """Take back what gives way and publish the report, or leave everything as it was.

        What was really public until now is followed from now on: two reports of one Party for one
        cycle were never public at once.
        """
        publication, now = report.publication, self.options.now
        assert publication is not None
        if admission.withdrawn:
            publication = replace(publication, published_at=now)
        with transaction.atomic():
            why = f"Report {report.identifier} takes its place."
            annul_records(admission.annulled, actor=None, reason=why, now=now)
            withdraw_records(admission.withdrawn, actor=None, reason=why, now=now)
            outcome = publish_records(
                [publication], actor=None, reason=self.options.reason, now=now
            )[0]
            if outcome.action == "refused":
                transaction.set_rollback(True)
                return outcome
        self.result.replaced += [i for i in admission.gives_way if i not in self.result.replaced]
        return outcome

    def _look(self, chosen: list[tuple[ReadReport, Admission]]) -> list[Outcome]:
        """What would become of each report, without publishing anything."""
        states = find_states([report.identifier for report, _ in chosen])
        outcomes = []
        for report, admission in chosen:
            publication = report.publication
            assert publication is not None
            self.result.replaced += admission.gives_way
            decision = decide(
                states.get(report.identifier), publication, content_hash(publication.body)
            )
            action = {"publish": "published", "amend": "amended", "refuse": "refused"}
            word = action.get(decision.action, "unchanged")
            outcomes.append(Outcome(report.identifier, word, None, decision.reason))  # type: ignore[arg-type]
        return outcomes


def _list_treaty_actions() -> tuple[TreatyAction, ...]:
    """Treaty status as it is published now; before anything is, as it is shipped."""
    rows = [
        row
        for version in live_versions().filter(record__type="treatyStatus")
        for row in version.body["rows"]
    ]
    if not rows:
        return load_treaty_actions()
    return tuple(
        TreatyAction(
            party=row["party"],
            treaty=row["treaty"],
            signed_on=_read_day(row.get("signed_on")),
            instrument=row.get("instrument"),
            deposited_on=_read_day(row.get("deposited_on")),
            in_force_on=_read_day(row.get("in_force_on")),
            source=row.get("source", ""),
        )
        for row in rows
    )


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _subject_of(report: ReadReport) -> str | None:
    assert report.publication is not None
    return subject_of(report.publication.type, report.publication.government)


def _open(
    file: SourceFile, limits: Limits
) -> Iterator[Document | ImportProblem | list[ImportProblem]]:
    if file.form == "table":
        return read_report_table(file, limits)
    return read_documents(file, limits)
