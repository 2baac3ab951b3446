"""What a Party answered in the cycle before, beside each question of today.

Shown through every declared link, with its verdict. Only where the question means the same and the
answer is not lost on the way can it be confirmed unchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cartagena.engine.answer_sheet import FIGURE, Cells, parse_key
from cartagena.engine.crosswalk import Link, find_previous, load_crosswalk
from cartagena.engine.questionnaire import Format, Question, load_format
from cartagena.engine.text import Text


@dataclass(frozen=True)
class Carried:
    """The earlier answer to one question.

    `question` is the question of then, `number` how it was printed, with that of its parent
    ("71 (a)"), `options` the labels of what was chosen, `texts` what was written (language, words).
    `cells` are the cells of today that say the same; empty where the
    answer cannot be taken over.
    """

    link: Link
    question: Question
    number: str
    options: tuple[Text, ...]
    texts: tuple[tuple[str, str], ...]
    cells: dict[str, str] = field(default_factory=dict)


def list_carried(cycle: str, previous: Cells) -> dict[str, Carried]:
    """Question of a cycle -> the Party's answer of the cycle before, for all that were answered.

    `previous` are the cells of the earlier report.
    """
    by_field: dict[str, dict[str, str]] = {}
    for name, text in previous.items():
        by_field.setdefault(parse_key(name).field, {})[name] = text
    shape = load_format(cycle)
    found = {}
    for key, question in shape.by_key.items():
        link = find_previous(cycle, key)
        if link is None or question.is_structural:
            continue
        for old_key in link.old:
            if old_key in by_field:
                found[key] = _carry(cycle, question, link, old_key, by_field[old_key])
                break
    return found


def _carry(cycle: str, question: Question, link: Link, old_key: str, cells: Cells) -> Carried:
    then = load_format(load_crosswalk(cycle).find_source(old_key))
    old = then.question(old_key)
    keys = {name: parse_key(name) for name in cells}
    codes = [
        key.option if key.option is not None else cells[name]
        for name, key in keys.items()
        if key.part is None and old.is_closed
    ]
    labels = tuple(option.label for option in old.options if option.code in codes)
    texts = [
        (key.part or "", cells[name])
        for name, key in keys.items()
        if key.part not in (None, FIGURE)
    ]
    if not old.is_closed and not old.is_text and old_key in cells:
        texts.append(("", cells[old_key]))
    taken = dict(_take_over(question, old, link, cells)) if _means_the_same(link, codes) else {}
    return Carried(link, old, _print_number(then, old), labels, tuple(texts), taken)


def _print_number(shape: Format, question: Question) -> str:
    parent = shape.in_document.get(question.parent or "")
    if parent is not None and parent.number and question.number != parent.number:
        return f"{parent.number} ({question.number})" if question.number else parent.number
    return question.number


def _means_the_same(link: Link, codes: list[str]) -> bool:
    if link.verdict != "equivalent" or link.relation != "same" or len(link.old) != 1:
        return False
    return all(link.map_option(code) is not None for code in codes)


def _take_over(
    question: Question, old: Question, link: Link, cells: Cells
) -> Iterator[tuple[str, str]]:
    known = {option.code for option in question.options}
    for name, text in cells.items():
        key = parse_key(name)
        part = "" if key.part is None else f"#{key.part}"
        if not old.is_closed:
            yield f"{question.key}{part}", text
            continue
        code = link.map_option(text if key.option is None and not part else key.option or "")
        if code not in known:
            continue
        if part:
            yield f"{question.key}/{code}{part}", text
        elif question.multiple:
            yield f"{question.key}/{code}", "x"
        else:
            yield question.key, code
