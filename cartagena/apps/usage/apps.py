"""The app as Django knows it."""

from django.apps import AppConfig


class UsageConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.usage"
    label = "usage"
