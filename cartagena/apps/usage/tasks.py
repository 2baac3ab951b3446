"""What a worker does by itself for the counts of use."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from cartagena.apps.usage.folding import fold_usage


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="fold_usage", pass_context=False)
def fold_usage_hourly(timestamp: int) -> None:
    """Each hour: new counts into the sums, closed months into published records."""
    fold_usage(settings.DATA_FOLDER / "usage", now=timezone.now())
