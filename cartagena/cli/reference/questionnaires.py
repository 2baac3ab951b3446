"""questionnaires/: one page for each report format, and their overview."""

from cartagena.cli.reference.markdown import anchor, bullets, code, page, plain, table
from cartagena.engine.crosswalk import Crosswalk, Link, load_crosswalk
from cartagena.engine.questionnaire import (
    Condition,
    Format,
    Option,
    Question,
    Requirement,
    list_cycles,
    load_format,
)

_TYPES = {
    "option": "choice",
    "term": "choice of terms",
    "text": "text",
    "lstring": "text in several languages",
    "lstringRte": "formatted text in several languages",
    "int": "number",
    "sub-section": "heading",
    "legend": "heading",
}
_VERDICTS = {
    "equivalent": "equivalent to",
    "narrower": "narrower than",
    "wider": "wider than",
    "rescaled": "re-scaled from",
}


def make_pages() -> dict[str, str]:
    """The overview and one page for each cycle."""
    formats = [load_format(cycle) for cycle in list_cycles()]
    rows = [
        [
            f"[{plain(str(each.name))}]({each.cycle}.md)",
            code(each.cycle),
            code(each.schema),
            each.deadline.isoformat() if each.deadline else "none",
            str(sum(not question.is_structural for question in each.by_key.values())),
        ]
        for each in formats
    ]
    overview = page(
        "The report forms",
        "the declarations in `cartagena/protocol/questionnaires/`",
        "Keys, numbers, types, option codes and rules are those of the Clearing-House. The words "
        "are our own short ones; `cartagena import labels` lays the official wording over them.",
        table(["Format", "Cycle", "Record type", "Due", "Questions"], rows),
        "What the verdicts between cycles mean: "
        "[comparability](../../explanation/comparability.md).",
    )
    pages = {"questionnaires/README.md": overview}
    return pages | {f"questionnaires/{each.cycle}.md": _describe(each) for each in formats}


def find_crosswalk(cycle: str) -> Crosswalk | None:
    """The crosswalk to the cycle before; None for the first cycle and the survey."""
    try:
        return load_crosswalk(cycle)
    except KeyError:
        return None


def _describe(format_: Format) -> str:
    walk = find_crosswalk(format_.cycle)
    facts = [
        f"Cycle {code(format_.cycle)}, record type {code(format_.schema)}, year {format_.year}.",
        f"Due {format_.deadline.isoformat() if format_.deadline else 'on no fixed day'}.",
    ]
    if format_.document != format_.cycle:
        facts.append(f"Its answers travel in the document of {code(format_.document)}.")
    if walk is not None:
        facts.append(
            f"Continues [{walk.previous}]({walk.previous}.md): {len(walk.links)} links, "
            f"{len(walk.new)} new questions, {len(walk.dropped)} dropped."
        )
    header = [
        [code(h.field), h.number or "", h.type, "yes" if h.required else "no", plain(str(h.label))]
        for h in format_.header
    ]
    parts = [bullets(facts)]
    if header:
        parts.append("## Head of the document")
        parts.append(table(["Field", "Number", "Type", "Required", "Meaning"], header))
        parts += [_question(each, walk) for each in format_.header_questions]
    for section in format_.sections:
        parts.append(f"## {plain(str(section.label))}")
        parts += [_question(each, walk) for each in section.questions]
    if walk is not None and walk.dropped:
        parts.append(f"## Questions of {walk.previous} that were dropped")
        parts.append(bullets(_dropped(key, walk) for key in walk.dropped))
    return page(
        str(format_.name),
        f"`cartagena/protocol/questionnaires/{format_.cycle}/`",
        *parts,
    )


def _dropped(key: str, walk: Crosswalk) -> str:
    source = walk.find_source(key)
    return f"[{key}]({source}.md#{key}) {plain(str(load_format(source).question(key).label))}"


def _question(question: Question, walk: Crosswalk | None) -> str:
    label = plain(str(question.label))
    head = f"{anchor(question.key)}\n**{question.number} · {code(question.key)}** {label}"
    if question.is_structural:
        return head
    kind = _TYPES.get(question.type, question.type)
    traits = [kind + (", several allowed" if question.multiple else "")]
    if question.mandatory:
        traits.append("required")
    if question.parent:
        traits.append(f"under {code(question.parent)}")
    if question.refers_to:
        traits.append(f"refers to question {', '.join(question.refers_to)}")
    lines = ["; ".join(traits)]
    if question.options:
        lines.append("Options: " + " · ".join(_option(option) for option in question.options))
    lines += [f"Asked when {_condition(each)}" for each in question.conditions]
    lines += [f"Fault: {plain(f.what)} {plain(f.effect)}" for f in question.faults]
    if walk is not None:
        lines += _history(question, walk)
    return head + "\n\n" + bullets(lines)


def _option(option: Option) -> str:
    text = f"{code(option.code)} {plain(str(option.label))}"
    if option.bounds is not None:
        lower, upper = option.bounds
        text += f" [{lower} to {'no end' if upper is None else upper}]".replace("[", "\\[")
    if option.free_text:
        text += f" (with a {'number' if option.free_text == 'int' else 'text'})"
    return text + (" (excludes others)" if option.exclusive else "")


def _condition(condition: Condition) -> str:
    return " or ".join(_requirement(condition, each) for each in condition.any_of)


def _requirement(condition: Condition, requirement: Requirement) -> str:
    key = f"[{requirement.question}](#{requirement.question})"
    if requirement.values is None:
        return f"{key} is answered"
    values = " or ".join(code(value) for value in sorted(requirement.values))
    if condition.rule == "@hasValuesExcept":
        return f"{key} is answered, but not with {values}"
    more = " with a number or text" if condition.rule == "@hasAdditionalValues" else ""
    return f"{key} is {values}{more}"


def _history(question: Question, walk: Crosswalk) -> list[str]:
    links = walk.list_links(question.key)
    if not links:
        return [f"Crosswalk: new, not asked in {code(walk.previous)}"]
    return [_link(link, walk) for link in links]


def _link(link: Link, walk: Crosswalk) -> str:
    old = ", ".join(f"[{key}]({walk.find_source(key)}.md#{key})" for key in link.old)
    words = [f"Crosswalk: {_VERDICTS[link.verdict]} {old}"]
    if link.proposed:
        words.append(" (proposed by us, not in the Clearing-House's mapping)")
    if link.losses:
        words.append("; lost: " + ", ".join(map(code, link.losses)))
    if link.window is not None:
        words.append(f"; time asked about: {plain(link.window.old)}, now {plain(link.window.new)}")
    return "".join(words) + (f". {plain(link.note)}" if link.note else "")
