"""A look into an office file before it is unpacked: is it one, has it macros, is it a trap."""

import zipfile
import zlib
from typing import BinaryIO
from xml.parsers import expat

from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.engine.sentence import Sentence, sentence

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
UNPACKED = 100 * MEGABYTE
PARTS = 2_000
ELEMENTS = 500_000
"""So many elements of XML; a filled questionnaire in six languages has a twentieth of it."""
SPREAD = 100_000
"""So many cells may be merged or linked: a few signs name a range of millions, and the library that
reads workbooks makes each of them."""

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
            is_trap = unpacked > UNPACKED or len(names) > PARTS or _holds_too_much(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return refuse(
            sentence("it is no %(kind)s, or it is damaged or cut off", kind=kind),
            sentence("Open it, save it again as %(kind)s and send that file.", kind=kind),
        )
    if is_trap:
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


class _TooMuchError(Exception):
    """A part holds more than any questionnaire."""


class _Count:
    """Counts what a library would make of all parts; nothing of them is kept."""

    def __init__(self) -> None:
        self._elements = self._spread = 0

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Count one part. Raises _TooMuchError, and expat.ExpatError for what is no XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with archive.open(entry) as part:
            parser.ParseFile(part)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if name.rpartition(" ")[2] in ("mergeCell", "hyperlink") and "ref" in attributes:
            self._spread += _count_cells(attributes["ref"])
        if self._elements > ELEMENTS or self._spread > SPREAD:
            raise _TooMuchError


def _refuse_doctype(*_told: object) -> None:
    """No office program writes one; names for long texts that stand for each other begin there."""
    raise _TooMuchError


def _count_cells(area: str) -> int:
    from openpyxl.utils.cell import range_boundaries

    try:
        first_column, first_row, last_column, last_row = range_boundaries(area)
        return int((last_column - first_column + 1) * (last_row - first_row + 1))
    except (ValueError, TypeError):
        return 1  # the reader refuses it


def _holds_too_much(archive: zipfile.ZipFile) -> bool:
    count = _Count()
    for entry in archive.infolist():
        try:
            count.read(archive, entry)
        except _TooMuchError:
            return True
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, RuntimeError):
            continue  # a picture, or something damaged: the reader says so
    return False
