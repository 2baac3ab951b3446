"""A look into an office file before it is unpacked: is it one, has it macros, is it a trap."""

import zipfile
from typing import BinaryIO

from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.engine.sentence import Sentence, sentence

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
UNPACKED = 200 * MEGABYTE
PARTS = 2_000


_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_archive(file: BinaryIO, part: str, kind: Sentence) -> Returned | None:
    """Why a file is not read, or None. ``part`` must be in it; ``kind`` is what it should be."""
    file.seek(0, 2)
    if file.tell() > LARGEST:
        return refuse(
            sentence("the file has more than %(size)s MB", size=LARGEST // MEGABYTE),
            sentence("Remove pictures from it; a questionnaire needs far less."),
        )
    file.seek(0)
    if refused := _check_old(file, kind):
        return refused
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return refuse(
            sentence("it is no %(kind)s, or it is damaged or cut off", kind=kind),
            sentence("Open it, save it again as %(kind)s and send that file.", kind=kind),
        )
    if unpacked > UNPACKED or len(names) > PARTS:
        return refuse(
            sentence("the file would unpack to more than a questionnaire can hold"),
            sentence("Copy your answers into a new file made here."),
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return refuse(
            sentence("the file holds macros, which are not accepted"),
            sentence("Save it as %(kind)s without macros and send that file.", kind=kind),
        )
    if part not in names:
        return refuse(
            sentence("it is no %(kind)s", kind=kind),
            sentence("Send the file that was made here, filled in."),
        )
    return None


def _check_old(file: BinaryIO, kind: Sentence) -> Returned | None:
    """Say of a file in the old form of office programs what it is: old, or protected."""
    content = file.read(len(_OLE))
    if content != _OLE:
        file.seek(0)
        return None
    if _ENCRYPTED in file.read():
        return refuse(
            sentence("the file is protected by a password"),
            sentence("Save it without a password and send that file."),
        )
    return refuse(
        sentence("the file is in the old form of office programs (.xls, .doc)"),
        sentence("Open it, save it again as %(kind)s and send that file.", kind=kind),
    )
