"""Texts with formatting: typed as plain paragraphs and lists, stored as HTML.

    to_html("First.\n\n- one\n- two")   # <p>First.</p><ul><li>one</li><li>two</li></ul>

HTML that says more than this (tables, bold) is edited as HTML: nothing is lost.
"""

import html
import re

_BLOCK = re.compile(r"<p>(?P<p>(?:[^<]|<br>)*)</p>|<ul>(?P<ul>(?:<li>(?:[^<]|<br>)*</li>)+)</ul>")
_ITEM = re.compile(r"<li>((?:[^<]|<br>)*)</li>")
_SPACED = re.compile(r"\n[ \t]*\n\s*")


def to_html(typed: str) -> str:
    """HTML of a text as people type it: blank lines part paragraphs, `- ` begins a list item."""
    return "".join(map(_to_block, filter(None, _SPACED.split(typed.strip()))))


def _to_block(block: str) -> str:
    lines = [html.escape(line.strip(), quote=False) for line in block.split("\n")]
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:].strip()}</li>" for line in lines) + "</ul>"
    return f"<p>{'<br>'.join(lines)}</p>"


def find_plain(fragment: str) -> str | None:
    """The typed text that gives exactly this HTML; None where there is none."""
    blocks = []
    end = 0
    for found in _BLOCK.finditer(fragment):
        if found.start() != end:
            return None
        end = found.end()
        blocks.append(_from_block(found))
    plain = "\n\n".join(blocks)
    return plain if end == len(fragment) and to_html(plain) == fragment else None


def _from_block(found: re.Match[str]) -> str:
    if found["p"] is not None:
        return _from_words(found["p"])
    return "\n".join(f"- {_from_words(item)}" for item in _ITEM.findall(found["ul"]))


def _from_words(words: str) -> str:
    return html.unescape(words.replace("<br>", "\n"))
