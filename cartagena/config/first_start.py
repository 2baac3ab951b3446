"""What `cartagena serve` makes ready before it serves; each part does nothing when it is done."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import click
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from cartagena.apps.accounts.api import DemonstrationAccount, User, create_demonstration_accounts
from cartagena.config.messages import compile_catalogues

_ACCOUNTS_FILE = "demonstration-accounts.txt"


def prepare(data_folder: Path, with_demonstration: bool) -> None:
    """Make messages, static files, shipped facts and demonstration data ready."""
    compile_catalogues()
    collect_static_files(data_folder)
    _load(with_demonstration)
    if with_demonstration:
        made = create_demonstration_accounts(datetime.now(UTC))
        if made:
            _write_accounts(data_folder / _ACCOUNTS_FILE, made)


def collect_static_files(data_folder: Path) -> bool:
    """Collect the static files under names made from their content; True if any had changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    stamp = data_folder / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
    return True


def describe_demonstration_accounts(data_folder: Path) -> list[str]:
    """Return lines that tell where to find the passwords; printed in full after the first load."""
    emails = list(
        User.objects.filter(demonstration=True).order_by("pk").values_list("email", flat=True)
    )
    path = data_folder / _ACCOUNTS_FILE
    if not emails:
        return []
    if not path.exists():
        return [f"Demonstration accounts: {', '.join(emails)} (passwords were shown when made)"]
    return [
        f"Demonstration accounts (kept in {path}):",
        *(f"  {line}" for line in path.read_text(encoding="utf-8").splitlines()),
    ]


def _write_accounts(path: Path, accounts: list[DemonstrationAccount]) -> None:
    lines = [f"{account.email}  {account.password}  {account.name}\n" for account in accounts]
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)


def _load(with_demonstration: bool) -> None:
    from cartagena.apps.registry import api

    now = datetime.now(UTC)
    for name, wanted, what in (
        ("load_shipped", True, "what the product ships"),
        ("load_demonstration", with_demonstration, "demonstration data"),
    ):
        load = getattr(api, name, None)
        if wanted and load is None:
            click.echo(f"Note: {what} cannot be loaded yet.", err=True)
        elif wanted and load is not None:
            click.echo(f"Loading {what} ...")
            load(now=now)
