"""People of two Parties on the pages of national reports."""

from tests.apps.reports.conftest import (  # noqa: F401 - fixtures
    focal_point,
    secretary,
    shipped,
)
