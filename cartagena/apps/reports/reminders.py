"""Reminders of a report that is due, to the focal points of a Party, in their language."""

import datetime as dt

from django.db import transaction

from cartagena.apps.accounts.api import Role, User, send_message
from cartagena.apps.reports.board import list_standings
from cartagena.apps.reports.models import ReminderSent
from cartagena.engine.countries import get_country
from cartagena.engine.reporting_cycle import ReportingCycle, load_reporting_cycles

LATEST = dt.timedelta(days=14)
"""A reminder whose day passed unnoticed (the program did not run) is still sent for so long."""


def send_reminders(*, now: dt.datetime) -> int:
    """Send the reminders of today and returns how many Parties were reminded.

    Who has reported is not reminded; nobody is reminded twice of the same day, also when two
    workers do this at once.
    """
    today = now.date()
    return sum(
        _remind(cycle, day, now)
        for cycle in load_reporting_cycles().values()
        for day in cycle.list_reminder_days()
        if day <= today <= day + LATEST and today <= cycle.due_on
    )


def _remind(cycle: ReportingCycle, day: dt.date, now: dt.datetime) -> int:
    owing = [
        standing
        for standing in list_standings(cycle.cycle, today=now.date(), actor=None)
        if standing.obliged and standing.state not in ("in_time", "late")
    ]
    people: dict[str, list[User]] = {}
    roles = (Role.BCH_FOCAL_POINT, Role.CPB_FOCAL_POINT)
    parties = [standing.party for standing in owing]
    for person in User.objects.filter(is_active=True, role__in=roles, party__in=parties):
        people.setdefault(person.party or "", []).append(person)
    reminded = 0
    for standing in owing:
        if standing.party not in people:
            continue
        with transaction.atomic():
            _sent, is_new = ReminderSent.objects.get_or_create(
                cycle=cycle.cycle, party=standing.party, day=day, defaults={"sent_at": now}
            )
            if not is_new:
                continue
            for person in people[standing.party]:
                context = {
                    "cycle": cycle,
                    "standing": standing,
                    "days": (cycle.due_on - now.date()).days,
                    "name": cycle.name.get(person.language),
                    "country": get_country(standing.party).names.get(person.language),
                }
                send_message(person, "report_due", context, now=now)
        reminded += 1
    return reminded
