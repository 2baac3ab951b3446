"""The app as Django knows it."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.registry"
    label = "registry"
