"""The secret that signs sessions, kept in the data folder when no setting gives one."""

import os
import secrets
from pathlib import Path

FILE_NAME = "secret-key"


def get_or_create_secret_key(data_folder: Path) -> str:
    """Return the secret of this data folder, made at the first call, readable by its owner only.

    Two processes that start together agree: the file appears complete, by a link, or not at all.
    """
    path = data_folder / FILE_NAME
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True)
        draft = data_folder / f".{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
