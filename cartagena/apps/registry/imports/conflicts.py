"""Reports that stand in each other's way: twice in the files, or beside one that is public."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from cartagena.apps.registry.actions import subject_of
from cartagena.apps.registry.imports.reports import ReadReport
from cartagena.apps.registry.models import PublicPeriod
from cartagena.engine.canonical import content_hash

SecondReport = Literal["refuse", "newer", "keep"]
"""What to do with a report of a Party for a cycle that has one under another identifier already:
refuse it and tell; publish the newer and withdraw the older; or leave it out without an error."""


@dataclass(frozen=True)
class LiveReport:
    """A report that is public now."""

    identifier: str
    published_at: dt.datetime
    is_demonstration: bool


@dataclass(frozen=True)
class _Met:
    place: str
    sha256: str
    revision: int | None


class Conflicts:
    """Remembers every report of an import. ``admit`` says which may be published."""

    def __init__(self, rule: SecondReport) -> None:
        self.rule = rule
        self._met: dict[str, _Met] = {}
        self._by_subject: dict[str, LiveReport] = {}

    def admit(self, report: ReadReport, live: dict[str, list[LiveReport]]) -> "Admission":
        """Whether a report without errors may be published, and what gives way to it.

        ``live``: subject -> the reports that are public now.
        """
        if not self._is_first(report):
            return Admission(False)
        publication = report.publication
        assert publication is not None
        subject = subject_of(publication.type, publication.government)
        assert subject is not None
        others = [
            other
            for other in (*live.get(subject, ()), self._by_subject.get(subject))
            if other is not None and other.identifier != publication.identifier
        ]
        made_up = tuple(o.identifier for o in others if o.is_demonstration)
        real = [o for o in others if not o.is_demonstration]
        if real and not self._may_replace(report, real):
            return Admission(False)
        self._by_subject[subject] = LiveReport(
            publication.identifier, publication.published_at, False
        )
        return Admission(True, made_up, tuple(dict.fromkeys(o.identifier for o in real)))

    def _is_first(self, report: ReadReport) -> bool:
        """Whether this identifier comes for the first time, or with a higher revision."""
        publication = report.publication
        assert publication is not None
        met = self._met.get(report.identifier)
        here = f"{report.file}, {report.place}"
        now = _Met(here, content_hash(publication.body), publication.revision)
        if met is None:
            self._met[report.identifier] = now
            return True
        if met.sha256 == now.sha256:
            what = f"the same report stands in {met.place} too"
            report.add("header.identifier", what, "It is read once.", "warning")
            return False
        if met.revision is not None and now.revision is not None and now.revision > met.revision:
            self._met[report.identifier] = now
            return True
        what = f"another report with this identifier stands in {met.place}, and says otherwise"
        remedy = "Keep one, or give the revisions in order, oldest first."
        report.add("header.identifier", what, remedy)
        return False

    def _may_replace(self, report: ReadReport, others: list[LiveReport]) -> bool:
        publication = report.publication
        assert publication is not None
        other = max(others, key=lambda o: o.published_at)
        what = (
            f"{report.party} has a report for {report.cycle} already: {other.identifier} of "
            f"{other.published_at:%Y-%m-%d}"
        )
        if self.rule == "keep":
            report.add("government", what, "This one is left out (--if-second keep).", "warning")
            return False
        if self.rule == "refuse":
            remedy = "Say which counts: --if-second newer replaces it, --if-second keep leaves it."
            report.add("government", what, remedy)
            return False
        if publication.published_at <= other.published_at:
            what += ", which is newer"
            report.add("government", what, "This one is left out.", "warning")
            return False
        report.add("government", what, "It is withdrawn for this newer one.", "warning")
        return True


@dataclass(frozen=True)
class Admission:
    """Whether a report is published, and the identifiers that are annulled (made up) or withdrawn
    (real) before."""

    admitted: bool
    annulled: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def gives_way(self) -> tuple[str, ...]:
        """All identifiers that are not public afterwards."""
        return (*self.annulled, *self.withdrawn)


def find_live_reports(subjects: Collection[str]) -> dict[str, list[LiveReport]]:
    """Subject -> what is public now, and what was made up and public once."""
    found: dict[str, list[LiveReport]] = {}
    periods = (
        PublicPeriod.objects.filter(subject__in=subjects, known_until=None)
        .order_by("version__number")
        .values_list(
            "subject",
            "record__identifier",
            "starts_at",
            "ends_at",
            "version__demonstration",
        )
    )
    for subject, identifier, starts_at, ends_at, demonstration in periods:
        if ends_at is None or demonstration:
            of_subject = found.setdefault(str(subject), [])
            of_subject.append(LiveReport(identifier, starts_at, demonstration))
    return found
