"""What other parts of the program may use of the accounts app."""

from cartagena.apps.accounts.actions import (
    DemonstrationAccount,
    create_demonstration_accounts,
    create_user,
    remove_demonstration_accounts,
)
from cartagena.apps.accounts.audit import RightsAudit, verify_rights
from cartagena.apps.accounts.lost_factor import ReasonMissingError, reset_second_factor
from cartagena.apps.accounts.mail import build_link, send_message
from cartagena.apps.accounts.models import Role, User
from cartagena.apps.accounts.people import make_helper

__all__ = [
    "DemonstrationAccount",
    "ReasonMissingError",
    "RightsAudit",
    "Role",
    "User",
    "build_link",
    "create_demonstration_accounts",
    "create_user",
    "make_helper",
    "remove_demonstration_accounts",
    "reset_second_factor",
    "send_message",
    "verify_rights",
]
