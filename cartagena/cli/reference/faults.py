"""faults.md: what is wrong in the sources, and what we do about it."""

from cartagena.cli.reference.markdown import bullets, code, page, plain, table
from cartagena.cli.reference.questionnaires import find_crosswalk
from cartagena.engine.faults import Fault
from cartagena.engine.plan import load_plan
from cartagena.engine.questionnaire import Format, list_cycles, load_format


def make_pages() -> dict[str, str]:
    """The page of all known faults."""
    formats = [load_format(cycle) for cycle in list_cycles()]
    tally = load_plan().programme.tally
    content = page(
        "Known faults of the sources",
        "`faults.yaml` of the plan and of each report form, and `crosswalk.yaml`",
        "Nothing is repaired silently. Each fault says what is printed and what we do.",
        f"## The plan's document ({load_plan().about.symbol})",
        f"Of the {sum(tally.values())} references to objectives in Annex II, {tally['right']} are "
        f"right, {tally['misdirected']} point to another objective than the item is about and "
        f"{tally['dangling']} to none. Each is listed in [plan.md](plan.md#programme).",
        table(
            ["Fault", "Where", "Printed", "What", "What we do", "How we know"],
            map(_row, load_plan().faults),
        ),
        *(part for each in formats for part in _of_format(each)),
    )
    return {"faults.md": content}


def _row(fault: Fault) -> list[str]:
    return [
        code(fault.id),
        plain(str(fault.place)),
        plain(fault.printed),
        plain(str(fault.what)),
        plain(str(fault.we_do)),
        fault.evidence,
    ]


def _row_list(format_: Format) -> list[list[str]]:
    return [
        [
            code(fault.id),
            ", ".join(
                f"[{key}](questionnaires/{format_.cycle}.md#{key})" for key in fault.questions
            ),
            ", ".join(map(code, fault.options)),
            plain(fault.what),
            plain(fault.effect),
        ]
        for fault in format_.faults
    ]


def _of_format(format_: Format) -> list[str]:
    parts = []
    if format_.faults:
        parts.append(f"## {plain(str(format_.name))}")
        head = ["Fault", "Questions", "Options", "What", "What it does"]
        parts.append(table(head, _row_list(format_)))
    walk = find_crosswalk(format_.cycle)
    if walk is not None and walk.faults:
        parts.append(f"### The Clearing-House's own mapping from {walk.previous}")
        parts.append(
            bullets(f"{code(f.old)} to {code(f.new)}: {plain(f.what)}" for f in walk.faults)
        )
    return parts
