"""What was found wrong in the files of an import."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class ImportProblem:
    """One problem: where it stands, what it is, what to do about it.

    ``place`` is a position in the file (``line 12``, ``$[3]``, ``row 7``), ``question`` the field,
    ``report`` the identifier as far as it could be read. An error keeps its report out; a warning
    is told and the report is published.
    """

    file: str
    place: str
    what: str
    remedy: str
    severity: Severity = "error"
    question: str = ""
    report: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place, self.question) if part)
        return f"{where}: {self.what}. {self.remedy}"

    def as_row(self) -> dict[str, Any]:
        """The problem for a machine to read."""
        return asdict(self)


def has_error(problems: Iterable[ImportProblem]) -> bool:
    """Whether any of the problems keeps its report out."""
    return any(problem.severity == "error" for problem in problems)
