"""Jobs of the drafting app, run by the job worker (`cartagena jobs run`)."""

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="7 4 * * *")
@app.task(name="drafting.lapse_requests", queueing_lock="drafting.lapse_requests")
def lapse_requests_daily(timestamp: int) -> None:
    """Each day: give back the drafts whose requests nobody answered."""
    from cartagena.apps.drafting.workflow import lapse_requests

    lapse_requests(timezone.now())


@app.periodic(cron="31 5 * * *")
@app.task(name="drafting.remind", queueing_lock="drafting.remind")
def remind_daily(timestamp: int) -> None:
    """Each day: remind of records that must be confirmed."""
    from cartagena.apps.drafting.confirmation_notices import remind_of_confirmations

    remind_of_confirmations(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="drafting.tell_comments", queueing_lock="drafting.tell_comments")
def tell_comments_often(timestamp: int) -> None:
    """Every ten minutes: tell of comments that had to wait."""
    from cartagena.apps.drafting.notices import tell_waiting_comments

    tell_waiting_comments(timezone.now())
