"""Settings under test: the program's own, with a data folder of the run and a quick password hash.

With DATABASE_URL the tests use that server, otherwise an embedded one that `conftest.py` starts
when the first test asks for the database.
"""

import os
import tempfile
from pathlib import Path

# The processes of one run share the folder: the first one names it, the others inherit the name.
TEST_DATA = os.environ.setdefault(
    "_CARTAGENA_TEST_DATA", str(Path(tempfile.gettempdir()) / f"cartagena-tests-{os.getpid()}")
)
os.environ["CARTAGENA_DATA"] = TEST_DATA
os.environ["CARTAGENA_SECRET_KEY"] = "for-tests-only-" * 5

from cartagena.config.settings import *  # noqa: E402, F403
from cartagena.config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are served from where they are written, without collecting them first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Tests that commit empty their own database afterwards; nobody else may (registry migration 0002).
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": "-c cartagena.emptying_allowed=on",
}
