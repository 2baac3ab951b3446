"""A day as an option of a command."""

import datetime as dt

import click


class PastDay(click.DateTime):
    """A day written as year-month-day that is not in the future: nothing is known of those."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        day: dt.datetime = super().convert(value, param, ctx)
        refuse_future(day.date())
        return day


def refuse_future(day: dt.date) -> None:
    """End the command with a sentence when a day has not come yet."""
    if day > dt.datetime.now(dt.UTC).date():
        raise click.UsageError(f"{day} is in the future: nothing is known of it yet.")
