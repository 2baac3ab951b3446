"""What other parts of the program may use of the accounts app."""

from cartagena.apps.accounts.actions import (
    DemonstrationAccount,
    create_demonstration_accounts,
    create_user,
    remove_demonstration_accounts,
)
from cartagena.apps.accounts.models import Role, User

__all__ = [
    "DemonstrationAccount",
    "Role",
    "User",
    "create_demonstration_accounts",
    "create_user",
    "remove_demonstration_accounts",
]
