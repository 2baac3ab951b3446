"""The small published world of `world.py` behind the real addresses."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.portal import source
from cartagena.apps.registry.api import LogHead
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.open_data.world import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    world = World()

    def head() -> LogHead:
        return LogHead(world.position, "ab" * 32, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "get_evaluator", world.evaluator)
        patch.setattr(source, "get_format", load_format)
        patch.setattr(source, "get_log_head", head)
        patch.setattr(monitoring, "current_facts", world.facts)
        patch.setattr(monitoring, "list_freezes", lambda: world.freezes[::-1])
        yield world


@pytest.fixture(scope="module")
def web(world: World) -> Client:
    return Client(SERVER_NAME="localhost", raise_request_exception=False)
