"""Programs that a test runs as people run them, with the settings and database of their own."""

import os


def get_environment(**variables: str) -> dict[str, str]:
    """What a program inherits: nothing of the test run, or it would use the run's database."""
    inherited = {k: v for k, v in os.environ.items() if "CARTAGENA" not in k}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        inherited.pop(name, None)
    return inherited | variables
