"""Jobs of the accounts app, run by the job worker (`cartagena jobs run`)."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cartagena.apps.accounts import mail_queue

# Waits of 3, 9, 27, ... seconds: about five hours in all.
_STALLED_SECONDS = 5 * 60
_RETRY = RetryStrategy(max_attempts=9, exponential_wait=3)


@app.task(name="accounts.send_mail", queue="mail", retry=_RETRY)
def send_mail(mail_number: int) -> None:
    """Send one waiting message."""
    mail_queue.send_outgoing(mail_number)


@app.periodic(cron="*/10 * * * *")
@app.task(name="accounts.retry_stalled_jobs", queueing_lock="accounts.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Run jobs again, of any app, whose worker was killed while it ran them."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_SECONDS):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="accounts.forget_what_is_over", queueing_lock="accounts.forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:
    """Remove sessions that have ended and messages that could not be sent, once a day."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    mail_queue.forget_old_messages(now)
