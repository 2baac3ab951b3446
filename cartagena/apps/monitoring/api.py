"""What other parts of the program may use of the monitoring app."""

from cartagena.apps.monitoring.evaluators import (
    current_evaluator,
    current_facts,
    current_format,
)
from cartagena.apps.monitoring.freezes import (
    FreezeCheck,
    FreezeNotFoundError,
    FreezeRefusedError,
    create_freeze,
    freeze_evaluator,
    freeze_facts,
    get_freeze,
    list_freezes,
    list_left_out,
    verify_freeze,
)
from cartagena.apps.monitoring.models import Freeze

__all__ = [
    "Freeze",
    "FreezeCheck",
    "FreezeNotFoundError",
    "FreezeRefusedError",
    "create_freeze",
    "current_evaluator",
    "current_format",
    "current_facts",
    "freeze_evaluator",
    "freeze_facts",
    "get_freeze",
    "list_freezes",
    "list_left_out",
    "verify_freeze",
]
