"""Made-up publications of the Secretariat: notifications, news, meetings and their documents."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from cartagena.apps.registry.demonstration.draws import day_between, whole
from cartagena.apps.registry.demonstration.planned import Planned, plan_record
from cartagena.apps.registry.demonstration.words import SIX, pick_main, say, word

_FIRST, _LAST = dt.date(2008, 1, 20), dt.date(2025, 11, 20)
_MANY = {
    "notification": ("NT", 40), "news": ("NEWS", 30), "new": ("NEW", 20),
    "pressRelease": ("PR", 15), "statement": ("ST", 12), "meeting": ("MT", 25),
    "meetingDocument": ("MTD", 30),
}  # fmt: skip


def plan_secretariat() -> Iterator[Planned]:
    """All of them, kind by kind, in six languages."""
    for kind, (code, many) in _MANY.items():
        for n in range(1, many + 1):
            yield _plan_one(kind, code, n)


def _plan_one(kind: str, code: str, n: int) -> Planned:
    day = day_between(_FIRST, _LAST, kind, n)
    subject = word(f"subject_{whole(1, 6, 'subject', kind, n)}")
    title = say(SIX, kind, n=n, subject=subject)
    fields: dict[str, Any] = {
        "symbol_s": f"DEMO/{day.year}/{code}/{n}",
        "title": title,
        "date": day.isoformat(),
        "urls": [
            {
                "url": f"https://secretariat.demonstration.invalid/{kind}/{n}/{language}.pdf",
                "name": words,
                "language": language,
            }
            for language, words in title.items()
        ],
    }
    if kind == "notification":
        fields["deadline"] = (day + dt.timedelta(whole(40, 120, "deadline", n))).isoformat()
    if kind == "meeting":
        begins = day + dt.timedelta(60)
        fields["startDate"] = begins.isoformat()
        fields["endDate"] = (begins + dt.timedelta(3)).isoformat()
    return plan_record(kind, f"DEMO-{code}-{n:06}", pick_main(title), day, fields, languages=SIX)
