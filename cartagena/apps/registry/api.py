"""What other parts of the program may use of the registry."""

from cartagena.apps.registry.actions import (
    NotLiveError,
    annul_records,
    confirm_records,
    publish_records,
    withdraw_record,
    withdraw_records,
)
from cartagena.apps.registry.audit import Audit, verify_log
from cartagena.apps.registry.demonstration.actions import (
    DemonstrationStatus,
    get_demonstration_status,
    load_demonstration,
    remove_demonstration,
)
from cartagena.apps.registry.imports.documents import Document, Part, read_part, split_file
from cartagena.apps.registry.imports.files import SourceFile, list_files
from cartagena.apps.registry.imports.labels import labels_of
from cartagena.apps.registry.imports.limits import DEFAULT as DEFAULT_LIMITS
from cartagena.apps.registry.imports.limits import Limits
from cartagena.apps.registry.imports.problems import ImportProblem, has_error
from cartagena.apps.registry.imports.publish import (
    foresee_outcomes,
    import_labels,
    import_registers,
    import_status,
)
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.run import ImportOptions, import_reports
from cartagena.apps.registry.imports.tables import read_cells
from cartagena.apps.registry.links import find_record, known_periods, live_links
from cartagena.apps.registry.log import (
    LOG_CHANNEL,
    LogHead,
    find_log_hash,
    get_log_head,
    list_changed_records,
    lock_log,
)
from cartagena.apps.registry.log import get_log_position as log_position
from cartagena.apps.registry.models import RecordVersion
from cartagena.apps.registry.permissions import (
    RIGHTS,
    Actor,
    RecordAction,
    Right,
    list_covered_types,
    list_rights,
    may,
)
from cartagena.apps.registry.publication import Outcome, Publication, Summary, prepare
from cartagena.apps.registry.queries import (
    RecordNotFoundError,
    find_confirmations,
    find_publishers,
    find_states,
    get_version,
    has_demonstration,
    list_demonstration_identifiers,
    list_log,
    list_versions,
    live_versions,
    published_after,
)
from cartagena.apps.registry.roots import (
    DailyRoot,
    UnreadableRootsError,
    check_roots,
    list_daily_roots,
    read_roots,
    write_roots,
)
from cartagena.apps.registry.shipped import list_publications, load_shipped
from cartagena.apps.registry.states import RecordState

__all__ = [
    "LOG_CHANNEL",
    "DEFAULT_LIMITS",
    "RIGHTS",
    "Actor",
    "Audit",
    "DailyRoot",
    "DemonstrationStatus",
    "Document",
    "ImportOptions",
    "ImportProblem",
    "ImportResult",
    "Limits",
    "LogHead",
    "NotLiveError",
    "Outcome",
    "Part",
    "Publication",
    "RecordAction",
    "RecordNotFoundError",
    "RecordState",
    "RecordVersion",
    "Right",
    "SourceFile",
    "Summary",
    "UnreadableRootsError",
    "annul_records",
    "check_roots",
    "confirm_records",
    "find_confirmations",
    "find_log_hash",
    "find_publishers",
    "find_record",
    "find_states",
    "foresee_outcomes",
    "get_demonstration_status",
    "get_log_head",
    "get_version",
    "has_demonstration",
    "has_error",
    "import_labels",
    "import_registers",
    "import_reports",
    "import_status",
    "known_periods",
    "labels_of",
    "list_changed_records",
    "list_covered_types",
    "list_daily_roots",
    "list_demonstration_identifiers",
    "list_files",
    "list_log",
    "list_publications",
    "list_rights",
    "list_versions",
    "live_links",
    "live_versions",
    "load_demonstration",
    "load_shipped",
    "lock_log",
    "log_position",
    "may",
    "prepare",
    "publish_records",
    "published_after",
    "read_part",
    "read_roots",
    "read_cells",
    "remove_demonstration",
    "split_file",
    "verify_log",
    "withdraw_record",
    "withdraw_records",
    "write_roots",
]
