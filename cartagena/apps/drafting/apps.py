"""The app as Django knows it."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.drafting"
    label = "drafting"
