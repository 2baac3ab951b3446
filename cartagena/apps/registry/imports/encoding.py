"""Text out of bytes, in UTF-8 only; any other encoding is refused with the way to change it."""

from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.engine.sentence import Sentence, sentence

_OTHERS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
REMEDY = sentence(
    "Save it again as UTF-8: in a spreadsheet choose “CSV UTF-8”, in an editor “Save with "
    "encoding: UTF-8”."
)


def decode(content: bytes, file: str, place: str = "") -> str | ImportProblem:
    """The text, without a byte order mark; or the problem, with the line it stands in."""
    for mark, name in _OTHERS:
        if content.startswith(mark):
            what = sentence("the file is in %(encoding)s, not in UTF-8", encoding=name)
            return ImportProblem(file, place, what, REMEDY)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        what = sentence(
            "byte %(byte)s is no UTF-8: the file is in another encoding", byte=f"{byte:#04x}"
        )
        return ImportProblem(file, place or say_line(line), what, REMEDY)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        what = sentence("it holds the NUL character, so it is no text or was damaged")
        return ImportProblem(file, place or say_line(line), what, sentence("Export it again."))
    return text


def say_line(number: int) -> Sentence:
    """The place of a line."""
    return sentence("line %(number)s", number=number)
