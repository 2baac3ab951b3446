"""What other parts of the program may use of the reports app."""

from cartagena.apps.reports.board import (
    Standing,
    get_cycle,
    list_obliged,
    list_standings,
    measure_version,
)
from cartagena.apps.reports.checking import (
    EXPLANATIONS,
    Explained,
    NotExplainableError,
    explain_finding,
    list_explained,
    list_explanations,
    list_findings,
    make_report,
)
from cartagena.apps.reports.filling import (
    SavedCells,
    find_open_report,
    is_prepared,
    save_cells,
    start_report,
)
from cartagena.apps.reports.invitations import (
    InvitationError,
    accept_invitation,
    find_invitation,
    invite_colleague,
    list_allowed_sections,
    list_invitations,
    list_sections_of,
    mark_done,
    may_invite,
    revoke_invitation,
)
from cartagena.apps.reports.models import ReportExplanation, ReportUpload, SectionInvitation
from cartagena.apps.reports.offline.about import About
from cartagena.apps.reports.offline.document import write_document
from cartagena.apps.reports.offline.layout import Row, describe_conditions, list_rows
from cartagena.apps.reports.offline.page import describe_rules, read_answer_file, write_page
from cartagena.apps.reports.offline.read_document import read_document
from cartagena.apps.reports.offline.read_workbook import read_workbook
from cartagena.apps.reports.offline.returned import Returned
from cartagena.apps.reports.offline.workbook import LANGUAGE_NAMES, write_workbook
from cartagena.apps.reports.published import (
    find_live_report,
    find_previous_answers,
    find_previous_cycle,
    get_format_of,
)
from cartagena.apps.reports.published_checks import (
    RulesEdition,
    check_published,
    find_report_row,
    read_rules_edition,
)
from cartagena.apps.reports.reminders import send_reminders
from cartagena.apps.reports.uploads import (
    UploadChange,
    UploadRefusedError,
    apply_upload,
    compare_file,
    compare_upload,
    read_file,
    receive_file,
    take_over,
)

__all__ = [
    "EXPLANATIONS",
    "LANGUAGE_NAMES",
    "About",
    "Explained",
    "InvitationError",
    "NotExplainableError",
    "ReportExplanation",
    "ReportUpload",
    "Returned",
    "Row",
    "RulesEdition",
    "SavedCells",
    "SectionInvitation",
    "Standing",
    "UploadChange",
    "UploadRefusedError",
    "accept_invitation",
    "apply_upload",
    "check_published",
    "compare_file",
    "compare_upload",
    "describe_conditions",
    "describe_rules",
    "explain_finding",
    "find_invitation",
    "find_live_report",
    "find_open_report",
    "find_previous_answers",
    "find_previous_cycle",
    "find_report_row",
    "get_cycle",
    "get_format_of",
    "invite_colleague",
    "is_prepared",
    "list_allowed_sections",
    "list_explained",
    "list_explanations",
    "list_findings",
    "list_invitations",
    "list_obliged",
    "list_rows",
    "list_sections_of",
    "list_standings",
    "make_report",
    "mark_done",
    "may_invite",
    "measure_version",
    "read_answer_file",
    "read_document",
    "read_file",
    "read_rules_edition",
    "read_workbook",
    "receive_file",
    "revoke_invitation",
    "save_cells",
    "send_reminders",
    "start_report",
    "take_over",
    "write_document",
    "write_page",
    "write_workbook",
]
