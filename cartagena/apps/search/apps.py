"""The app as Django knows it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.search"
    label = "search"
