"""Which files are taken, and why others are not. Looks at what a file holds, not at its name.

Readable by everybody and harmless to open: PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG, JPG.
"""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

import puremagic

from cartagena.engine.sentence import Sentence, sentence

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
ALLOWED = sentence("PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG or JPG")

MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 5_000
MAX_PIXELS = 100_000_000
_SMALL = 10 * 1024 * 1024
_CHUNK = 64 * 1024

_REFUSED = {
    ("svg", "svgz"): sentence("An SVG picture can hold programs. Send it as PNG or PDF."),
    ("html", "htm", "xhtml", "xml", "mht", "js"): sentence(
        "A web page can hold programs. Save it as PDF and send that."
    ),
    ("docm", "xlsm", "pptm", "dotm", "xltm", "xlsb"): sentence(
        "The document can hold macros. Save it as DOCX or XLSX without macros and send that."
    ),
    ("doc", "xls", "ppt", "dot", "rtf"): sentence(
        "The old format can hold macros. Save it as DOCX, XLSX or PDF and send that."
    ),
    ("zip", "rar", "7z", "gz", "tar", "bz2", "xz"): sentence(
        "An archive is not taken. Send the files in it one by one."
    ),
}
_ENTRY_OF = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ACTS = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk")
_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|mhtml:|\\\\|file:(?:/{2}|/{4,})[^/])", re.IGNORECASE)
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<head", b"<body", b"<iframe")


def find_file_problems(path: Path, filename: str) -> list[Sentence]:
    """Why a file is not taken, in sentences that say what to do; empty for one that is."""
    extension = extension_of(filename)
    for extensions, why in _REFUSED.items():
        if extension in extensions:
            return [why]
    if extension not in MEDIA_TYPES:
        kind = sentence("a file without an ending in its name")
        if extension:
            kind = sentence("a .%(ending)s file", ending=extension)
        return [sentence("This is %(kind)s. Send %(allowed)s.", kind=kind, allowed=ALLOWED)]
    if path.stat().st_size == 0:
        return [sentence("The file is empty. Look whether the right one was chosen.")]
    return list(_CHECKS[extension](path, extension))[:1]


def extension_of(filename: str) -> str:
    """The ending of a name, in small letters; empty when it has none."""
    return Path(filename).suffix.lower().lstrip(".")


def _check_pdf(path: Path, extension: str) -> Iterator[Sentence]:
    if b"%PDF-" not in _read_start(path):
        yield _tell_other(path, extension)
        return
    for name in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        if _contains(path, name):
            yield sentence(
                "The PDF holds a program or another file. Print it to a new PDF and send that."
            )
            return


def _check_png(path: Path, extension: str) -> Iterator[Sentence]:
    start = _read_start(path)
    is_png = start.startswith(b"\x89PNG\r\n\x1a\n") and start[12:16] == b"IHDR"
    if not is_png or len(start) < 24:  # noqa: PLR2004 - where the width and height end
        yield _tell_other(path, extension)
        return
    width, height = struct.unpack(">II", start[16:24])
    if width * height > MAX_PIXELS:
        yield sentence(
            "The picture has %(width)s x %(height)s points. Send a smaller one.",
            width=width, height=height,
        )  # fmt: skip


def _check_jpeg(path: Path, extension: str) -> Iterator[Sentence]:
    if not _read_start(path).startswith(b"\xff\xd8\xff"):
        yield _tell_other(path, extension)


def _check_text(path: Path, extension: str) -> Iterator[Sentence]:
    start = _read_start(path).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        yield sentence(
            "The file is named .%(ending)s but holds a web page or SVG. Send it as PDF.",
            ending=extension,
        )
        return
    try:
        with path.open(encoding="utf-8") as text:
            while part := text.read(_CHUNK):
                if "\0" in part:
                    yield _tell_other(path, extension)
                    return
    except UnicodeDecodeError:
        if puremagic_name(path):
            yield _tell_other(path, extension)
        else:
            yield sentence(
                "The text is not in UTF-8. Save it with that encoding and send it again."
            )


def _check_zipped(path: Path, extension: str) -> Iterator[Sentence]:
    """A document that is a ZIP archive inside: its parts are looked at, and never unpacked."""
    if not _read_start(path).startswith(b"PK\x03\x04"):
        yield _tell_other(path, extension)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _check_archive(archive, path.stat().st_size, extension)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        yield sentence(
            "The %(kind)s is damaged or cut off. Save it again and send that.",
            kind=extension.upper(),
        )


def _check_archive(archive: zipfile.ZipFile, size: int, extension: str) -> Iterator[Sentence]:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or (
        unpacked > _SMALL and unpacked > MAX_RATIO * size
    ):  # fmt: skip
        yield sentence("The document would unpack to far more than it seems. It is not opened.")
        return
    if any(entry.flag_bits & 1 for entry in entries):
        yield sentence(
            "The document is protected by a password. Save it without one and send that."
        )
        return
    if any(_is_active(name) for name in names) or _is_macro_enabled(archive, names):
        yield sentence(
            "The document holds macros or embedded programs. Save it without them and send that."
        )
        return
    if any(_loads_from_elsewhere(archive, name) for name in names):
        yield sentence(
            "The document takes a template or an object from another place when it is opened. Save "
            "it as PDF and send that."
        )
        return
    if not _is_kind(archive, names, extension):
        yield sentence(
            "The file is named .%(ending)s but is no %(kind)s document.",
            ending=extension, kind=extension.upper(),
        )  # fmt: skip


def _is_active(name: str) -> bool:
    low = name.lower()
    return (
        low.endswith((".bin", ".exe", ".dll", ".js", ".vbs", ".zip", ".svg"))
        and "printersettings" not in low
    ) or low.startswith(("basic/", "scripts/", "/")) or "activex" in low or ".." in low  # fmt: skip


def _loads_from_elsewhere(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part names something that is fetched and run without being asked for.

    Links to pages and the folder of a template on the author's own disk are everyday things.
    """
    if not name.lower().endswith(".rels"):
        return False
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, attributes: found.append(attributes)
    with archive.open(name) as part, suppress(expat.ExpatError):
        parser.ParseFile(part)
    return any(
        told.get("Type", "").rpartition("/")[2] in _ACTS
        and _ELSEWHERE.match(told.get("Target", ""))
        for told in found
    )


def _is_macro_enabled(archive: zipfile.ZipFile, names: set[str]) -> bool:
    part = "[Content_Types].xml"
    return part in names and b"macroenabled" in _read_part(archive, part).lower()


def _is_kind(archive: zipfile.ZipFile, names: set[str], extension: str) -> bool:
    if extension in _ENTRY_OF:
        return _ENTRY_OF[extension] in names and "[Content_Types].xml" in names
    said = _read_part(archive, "mimetype") if "mimetype" in names else b""
    return said.strip() == MEDIA_TYPES[extension].encode()


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1024 * 1024)


def _tell_other(path: Path, extension: str) -> Sentence:
    found = puremagic_name(path)
    holds = sentence("holds something else")
    if found:
        holds = sentence("holds something else (%(found)s)", found=found)
    return sentence(
        "The file is named .%(ending)s but %(holds)s. Send %(allowed)s.",
        ending=extension, holds=holds, allowed=ALLOWED,
    )  # fmt: skip


def puremagic_name(path: Path) -> str:
    """What a file seems to be by its first bytes, in words; empty when unknown."""
    try:
        found = puremagic.magic_string(_read_start(path))
    except (puremagic.PureError, ValueError):
        return ""
    return str(found[0].name) if found else ""


def _read_start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1024)


def _contains(path: Path, what: bytes) -> bool:
    kept = b""
    with path.open("rb") as file:
        while part := file.read(_CHUNK):
            if what in kept + part:
                return True
            kept = part[-len(what) :]
    return False


_CHECKS: dict[str, Callable[[Path, str], Iterator[Sentence]]] = {
    "pdf": _check_pdf,
    "docx": _check_zipped,
    "xlsx": _check_zipped,
    "odt": _check_zipped,
    "ods": _check_zipped,
    "csv": _check_text,
    "txt": _check_text,
    "png": _check_png,
    "jpg": _check_jpeg,
    "jpeg": _check_jpeg,
}
