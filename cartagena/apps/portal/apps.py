"""The app as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Named by its folder."""

    name = "cartagena.apps.portal"
    label = "portal"
