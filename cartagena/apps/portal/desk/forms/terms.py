"""Terms in forms: from a code to what people read and type, and back."""

import re
from typing import Any

from cartagena.engine.record_format import Field
from cartagena.engine.vocabulary import Term, Vocabulary

OTHER = "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"
"""The term “other” of every list: what is meant is written beside it."""
FEW, SOME = 7, 40
"""Up to so many terms are shown as buttons, and as boxes to tick."""

_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def list_terms(field: Field) -> tuple[Term, ...]:
    """The terms of a field that are known here."""
    return field.vocabulary.terms if field.vocabulary is not None else ()


def is_open(field: Field) -> bool:
    """Whether the field takes codes that are not known here."""
    return field.vocabulary is None or not field.vocabulary.complete


def say_term(vocabulary: Vocabulary | None, code: str, language: str) -> str:
    """A code with its label, as the proposals of a list have it: `Kenya (ke)`."""
    term = vocabulary.by_id.get(code) if vocabulary is not None else None
    return f"{term.label.get(language)} ({code})" if term is not None else code


def find_label(vocabulary: Vocabulary | None, code: str, language: str) -> str:
    """The label of a code; the code itself where it has none."""
    term = vocabulary.by_id.get(code) if vocabulary is not None else None
    return term.label.get(language) if term is not None else code


def read_code(vocabulary: Vocabulary | None, typed: str) -> str:
    """The code that is meant by a code or label in any language; else what was typed."""
    text = typed.strip()
    if vocabulary is None or text in vocabulary.by_id:
        return text
    bracketed = _IN_BRACKETS.search(text)
    if bracketed and bracketed[1].strip() in vocabulary.by_id:
        return bracketed[1].strip()
    if text.lower() in vocabulary.by_folded_id:
        return vocabulary.by_folded_id[text.lower()]
    folded = text.casefold()
    for term in vocabulary.terms:
        if any(words.casefold() == folded for _, words in term.label.pairs):
            return term.id
    return text


def depth_of(vocabulary: Vocabulary, term: Term) -> int:
    """How many broader terms stand above a term."""
    depth = 0
    while term.broader is not None and depth < 4:
        term = vocabulary.by_id[term.broader]
        depth += 1
    return depth


def code_of(field: Field, item: Any) -> str:
    """The code in one value of a field: of a term, or a string that is a code."""
    return str(item["identifier"] if field.type == "term" else item)
