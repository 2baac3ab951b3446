"""Jobs of the search app, run by the job worker (`cartagena jobs run`)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cartagena.apps.search import saved


@app.periodic(cron="41 5 * * *")
@app.task(name="search.send_digests", queueing_lock="search.send_digests")
def send_digests(timestamp: int) -> None:
    """Tell people what is new in the searches they keep, once a day."""
    saved.send_digests(timezone.now())
