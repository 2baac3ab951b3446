"""What became of an import: counts, problems, and the reports that gave way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.publication import Outcome

MOST_LISTED = 50_000
"""So many problems are listed; more are only counted, so that no file fills the memory."""


@dataclass
class ImportResult:
    """Counts of things (reports, countries, entries), and every problem in order.

    ``read`` are the things found in the files; each of them is ``published`` (new), ``amended``,
    ``withdrawn`` (live until then), ``unchanged`` (already there) or ``refused``. ``replaced`` are
    the identifiers of made-up or older reports that gave way. ``errors`` and ``warnings`` count all
    problems, ``problems`` lists the first :data:`MOST_LISTED`. With ``dry_run`` nothing was
    published: the counts say what would have been.
    """

    thing: str = "report"
    things: str = "reports"
    files: int = 0
    read: int = 0
    published: int = 0
    amended: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    refused: int = 0
    dry_run: bool = False
    replaced: list[str] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def add_problems(self, problems: Iterable[ImportProblem]) -> None:
        """Count problems, and remember them as long as there are not far too many."""
        for problem in problems:
            if problem.severity == "error":
                self.errors += 1
            else:
                self.warnings += 1
            if len(self.problems) < MOST_LISTED:
                self.problems.append(problem)

    def count(self, outcome: Outcome) -> None:
        """Count what the registry answered."""
        setattr(self, outcome.action, getattr(self, outcome.action) + 1)

    def as_summary(self) -> dict[str, Any]:
        """The result for a machine to read."""
        return {
            "ok": not self.errors,
            "dry_run": self.dry_run,
            "files": self.files,
            "read": self.read,
            "published": self.published,
            "amended": self.amended,
            "withdrawn": self.withdrawn,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "replaced": self.replaced,
            "errors": self.errors,
            "warnings": self.warnings,
        }

    def describe(self) -> str:
        """The result in words."""
        noun = self.thing if self.read == 1 else self.things
        files = "1 file" if self.files == 1 else f"{self.files:,} files"
        would = "would be " if self.dry_run else ""
        parts = [
            f"{self.published:,} {would}published",
            f"{self.amended:,} {would}amended",
            *([f"{self.withdrawn:,} {would}withdrawn"] if self.withdrawn else []),
            f"{self.unchanged:,} already there",
            f"{self.refused:,} refused",
        ]
        lines = [f"{self.read:,} {noun} read from {files}: {', '.join(parts)}."]
        if self.replaced:
            lines.append(f"{len(self.replaced):,} {would}replaced: {_list_some(self.replaced)}.")
        if self.problems:
            lines.append(f"Errors: {self.errors:,}. Warnings: {self.warnings:,}.")
        if self.dry_run:
            lines.append("Nothing was published, because this was a dry run.")
        return "\n".join(lines)


def _list_some(identifiers: list[str]) -> str:
    shown = ", ".join(identifiers[:5])
    return shown if len(identifiers) <= 5 else f"{shown}, …"
