"""Jobs of the reports app, run by the job worker (`cartagena jobs run`)."""

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="23 5 * * *")
@app.task(name="reports.send_reminders", queueing_lock="reports.send_reminders")
def send_reminders_daily(timestamp: int) -> None:
    """Each day: remind Parties of reports that are due."""
    from cartagena.apps.reports.reminders import send_reminders

    send_reminders(now=timezone.now())
