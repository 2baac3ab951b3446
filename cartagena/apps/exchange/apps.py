"""The app as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.exchange"
    label = "exchange"
