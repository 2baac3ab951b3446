"""Makes the system checks of the settings known to Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The settings as an app, so that their checks run with all others."""

    name = "cartagena.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks, and let Chinese pages be Chinese throughout."""
        from cartagena.config import checks  # noqa: F401 - importing registers them
        from cartagena.config.chinese import borrow_at_first_request

        borrow_at_first_request()
