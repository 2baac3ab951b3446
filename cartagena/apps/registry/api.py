"""What other parts of the program may use of the registry."""

from cartagena.apps.registry.actions import (
    NotLiveError,
    annul_records,
    publish_records,
    withdraw_record,
    withdraw_records,
)
from cartagena.apps.registry.audit import Audit, Finding, verify_log
from cartagena.apps.registry.demonstration.actions import (
    load_demonstration,
    remove_demonstration,
)
from cartagena.apps.registry.log import (
    LogHead,
    find_log_hash,
    get_log_head,
    list_changed_records,
    lock_log,
)
from cartagena.apps.registry.log import get_log_position as log_position
from cartagena.apps.registry.publication import Outcome, Publication, Summary
from cartagena.apps.registry.queries import (
    RecordNotFoundError,
    get_version,
    has_demonstration,
    list_demonstration_identifiers,
    list_log,
    list_versions,
    live_versions,
    published_after,
)
from cartagena.apps.registry.shipped import list_publications, load_shipped

__all__ = [
    "Audit",
    "Finding",
    "LogHead",
    "NotLiveError",
    "Outcome",
    "Publication",
    "RecordNotFoundError",
    "Summary",
    "annul_records",
    "find_log_hash",
    "get_log_head",
    "get_version",
    "has_demonstration",
    "list_changed_records",
    "list_demonstration_identifiers",
    "list_log",
    "list_publications",
    "list_versions",
    "live_versions",
    "load_demonstration",
    "load_shipped",
    "lock_log",
    "log_position",
    "publish_records",
    "published_after",
    "remove_demonstration",
    "verify_log",
    "withdraw_record",
    "withdraw_records",
]
