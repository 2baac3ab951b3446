"""System checks: what is wrong with the settings, all at once, each with what to do.

cartagena.E001  a setting has a value that cannot be used, or a name that no setting has
cartagena.E002  the data folder cannot be written
cartagena.W001  the server is offered to the network without HTTPS
"""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security)
def check_environment(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[CheckMessage]:
    """Report every environment variable that could not be used."""
    return [
        checks.Error(f"{problem.name}: {problem.what}", hint=problem.hint, id="cartagena.E001")
        for problem in settings.ENVIRONMENT_PROBLEMS
    ]


@register(Tags.files)
def check_data_folder(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[CheckMessage]:
    """Report a data folder that cannot hold data."""
    folder = settings.DATA_FOLDER
    if not folder.exists() or (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return []
    return [
        checks.Error(
            f"The data folder {folder} cannot be written.",
            hint="Name another one with --data or CARTAGENA_DATA, or change whom it belongs to.",
            id="cartagena.E002",
        )
    ]


@register(Tags.security)
def check_transport(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Warn when hosts beside this machine are served without HTTPS."""
    if settings.HTTPS or set(settings.ALLOWED_HOSTS) <= _LOCAL | {"testserver"}:
        return []
    return [
        checks.Warning(
            "The program answers for other hosts than this machine, but not over HTTPS.",
            hint="Put a proxy with a certificate before it and set CARTAGENA_HTTPS=1 and "
            "CARTAGENA_BEHIND_PROXY=1.",
            id="cartagena.W001",
        )
    ]
