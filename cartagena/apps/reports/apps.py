"""The app as Django knows it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.reports"
    label = "reports"
