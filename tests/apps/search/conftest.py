"""An index of its own for every test that asks for one."""

from pathlib import Path
from typing import Any

import pytest

from cartagena.apps.search.index import SearchIndex, get_index


@pytest.fixture
def index(tmp_path: Path, settings: Any) -> SearchIndex:
    """The index of a data folder that only this test has."""
    settings.DATA_FOLDER = tmp_path
    return get_index()
