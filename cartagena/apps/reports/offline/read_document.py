"""A filled Word document back into cells, with one sentence for everything that cannot be read."""

import json
from collections.abc import Collection
from typing import Any, BinaryIO

from docx.oxml.ns import qn

from cartagena.apps.reports.offline.about import LAYOUT, About
from cartagena.apps.reports.offline.archive import check_archive
from cartagena.apps.reports.offline.document import CHECKED, NAMESPACES, list_hints
from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.engine.answer_sheet import MARK
from cartagena.engine.sentence import sentence

_CHECKED = f"{{{NAMESPACES['w14']}}}checked"
_CHECKBOX = f"{{{NAMESPACES['w14']}}}checkbox"
_VALUE = f"{{{NAMESPACES['w14']}}}val"
_OURS = sentence("Use the document that was made here for this report.")


def read_document(file: BinaryIO) -> Returned:
    """The cells of a filled document: what stands in its controls, wherever they were moved.

    Deleted text of tracked changes is not read, inserted text is.
    """
    refused = check_archive(file, "word/document.xml", sentence("Word document (.docx)"))
    if refused:
        return refused
    import docx

    try:
        file.seek(0)
        document = docx.Document(file)
        about = _read_about(document.core_properties.comments)
    except Exception as error:  # noqa: BLE001 - whatever a damaged document makes a library raise
        what = sentence("the document cannot be read (%(error)s)", error=type(error).__name__)
        return refuse(what, sentence("Open it, save it again as .docx and send that file."))
    if about is None:
        what = sentence("the document is none that was made here, or its properties are gone")
        return refuse(what, _OURS)
    if about.layout != LAYOUT:
        what = sentence("the document was made by another version of this program")
        return refuse(what, sentence("Make a new one and copy the answers into it."))
    returned = Returned(about)
    hints = list_hints(about.language)
    for control in document.element.body.iter(qn("w:sdt")):
        _read_control(control, hints, returned)
    for cell in document.element.body.iter(qn("w:tc")):
        _refuse_strays(cell, returned)
    if not returned.cells:
        _tell_no_fields(document, returned)
    return returned


def _read_about(text: str | None) -> About | None:
    try:
        found = json.loads(text or "")
    except ValueError:
        return None
    return (
        About.read({str(k): str(v) for k, v in found.items()}) if isinstance(found, dict) else None
    )


def _tell_no_fields(document: Any, returned: Returned) -> None:
    if next(document.element.body.iter(qn("w:sdt")), None) is None:
        what = sentence("the document has no field any more: they were replaced by plain text")
        remedy = sentence("Fill in the fields themselves; copy your answers into a new file.")
    else:
        what = sentence(
            "the fields have lost their names: the program that saved the document drops them"
        )
        remedy = sentence(
            "Fill in the workbook instead, or use Word or a newer version of your program."
        )
    returned.add("", what, remedy)


def _refuse_strays(cell: Any, returned: Returned) -> None:
    """Tell of words that stand beside the field of an answer instead of in it."""
    tags = [tag.get(qn("w:val")) for tag in cell.iter(qn("w:tag"))]
    words = "".join(
        text.text or ""
        for text in cell.iter(qn("w:t"))
        if next(text.iterancestors(qn("w:sdt")), None) is None
    ).strip()
    if tags and words:
        what = sentence("“%(words)s” stands beside the field, not in it", words=words[:60])
        returned.add(tags[0] or "", what, sentence("Move it into the field."))


def _read_control(control: Any, hints: Collection[str], returned: Returned) -> None:
    properties = control.find(qn("w:sdtPr"))
    tag = properties.find(qn("w:tag")) if properties is not None else None
    key = tag.get(qn("w:val")) if tag is not None else None
    if not key:
        return
    content = control.find(qn("w:sdtContent"))
    text = _read_text(content) if content is not None else ""
    box = properties.find(_CHECKBOX)
    if box is not None:
        checked = box.find(_CHECKED)
        is_checked = checked is not None and checked.get(_VALUE) in ("1", "true")
        returned.put(key, key, MARK if is_checked or text == CHECKED else "")
    elif properties.find(qn("w:showingPlcHdr")) is not None and (not text or text in hints):
        returned.put(key, key, "")
    else:
        returned.put(key, key, text)


def _read_text(content: Any) -> str:
    """The words of a control; line breaks and paragraphs are line ends."""
    parts: list[str] = []
    paragraphs = 0
    for element in content.iter():
        if element.tag == qn("w:p"):
            parts.append("\n" if paragraphs else "")
            paragraphs += 1
        elif element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag == qn("w:tab"):
            parts.append("\t")
        elif element.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
    return "".join(parts).strip()
