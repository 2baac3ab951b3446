"""A look into an office file before it is unpacked: is it one, has it macros, is it a trap."""

import zipfile
from typing import BinaryIO

from cartagena.apps.reports.offline.returned import Returned, refuse

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
UNPACKED = 200 * MEGABYTE
PARTS = 2_000


def check_archive(file: BinaryIO, part: str, kind: str) -> Returned | None:
    """Why a file is not read, or None. ``part`` must be in it; ``kind`` is what it should be."""
    file.seek(0, 2)
    if file.tell() > LARGEST:
        return refuse(
            f"the file has more than {LARGEST // MEGABYTE} MB",
            "Remove pictures from it; a questionnaire needs far less.",
        )
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return refuse(
            f"it is no {kind}, or it is damaged or cut off",
            f"Open it, save it again as {kind} and send that file.",
        )
    if unpacked > UNPACKED or len(names) > PARTS:
        return refuse(
            "the file would unpack to more than a questionnaire can hold",
            "Copy your answers into a new file made here.",
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return refuse(
            "the file holds macros, which are not accepted",
            f"Save it as {kind} without macros and send that file.",
        )
    if part not in names:
        return refuse(f"it is no {kind}", "Send the file that was made here, filled in.")
    return None
