"""The app as Django knows it."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.monitoring"
    label = "monitoring"
