"""A filled Word document back into cells, with one sentence for everything that cannot be read."""

import json
from typing import Any, BinaryIO

from docx.oxml.ns import qn

from cartagena.apps.reports.offline.about import LAYOUT, About
from cartagena.apps.reports.offline.archive import check_archive
from cartagena.apps.reports.offline.document import CHECKED, NAMESPACES
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
    for control in document.element.body.iter(qn("w:sdt")):
        _read_control(control, returned)
    if not returned.cells:
        what = sentence("the document has no field any more: they were replaced by plain text")
        remedy = sentence("Fill in the fields themselves; copy your answers into a new file.")
        returned.add("", what, remedy)
    return returned


def _read_about(text: str | None) -> About | None:
    try:
        found = json.loads(text or "")
    except ValueError:
        return None
    return (
        About.read({str(k): str(v) for k, v in found.items()}) if isinstance(found, dict) else None
    )


def _read_control(control: Any, returned: Returned) -> None:
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
    elif properties.find(qn("w:showingPlcHdr")) is not None:
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
