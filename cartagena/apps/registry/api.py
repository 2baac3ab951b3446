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
    DemonstrationStatus,
    get_demonstration_status,
    load_demonstration,
    remove_demonstration,
)
from cartagena.apps.registry.imports.labels import labels_of
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.publish import (
    import_labels,
    import_registers,
    import_status,
)
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.run import ImportOptions, import_reports
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
    "DemonstrationStatus",
    "Finding",
    "ImportOptions",
    "ImportProblem",
    "ImportResult",
    "LogHead",
    "NotLiveError",
    "Outcome",
    "Publication",
    "RecordNotFoundError",
    "Summary",
    "annul_records",
    "find_log_hash",
    "get_demonstration_status",
    "get_log_head",
    "get_version",
    "has_demonstration",
    "import_labels",
    "import_registers",
    "import_reports",
    "import_status",
    "labels_of",
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
