"""provisions.md: what can be cited, and the numbers that treaties and decisions fix."""

from typing import Any

from cartagena.cli.reference.markdown import anchor, code, page, plain, table
from cartagena.engine.treaty import Parameter, Provision, load_parameters, load_provisions


def make_pages() -> dict[str, str]:
    """The page of provisions and parameters."""
    provisions = load_provisions()
    instruments = dict.fromkeys(each.instrument for each in provisions.values())
    parts = []
    for instrument in instruments:
        of_it = [each for each in provisions.values() if each.instrument == instrument]
        parts.append(f"### {plain(of_it[0].label)}")
        parts.append(table(["Cite as", "Place", "What it is about"], map(_provision, of_it)))
    content = page(
        "Provisions and parameters",
        "`cartagena/protocol/treaty/provisions.yaml` and `parameters.yaml`",
        "Titles are our own words about a provision; they are no text of law.",
        "## Parameters",
        table(
            ["Parameter", "What it is", "Value", "Unit", "From"],
            map(_parameter, load_parameters().values()),
        ),
        "## Provisions",
        *parts,
    )
    return {"provisions.md": content}


def _provision(provision: Provision) -> list[str]:
    words = plain(provision.title)
    if provision.adopted_on is not None:
        words += f" (adopted {provision.adopted_on.isoformat()})"
    return [anchor(provision.id) + code(provision.id), plain(provision.label), words]


def _parameter(parameter: Parameter) -> list[str]:
    values = [_say(each.value) for each in parameter.values]
    cites = [", ".join(f"[{cite}](#{cite})" for cite in each.cites) for each in parameter.values]
    note = f" {plain(parameter.note)}" if parameter.note else ""
    return [
        code(parameter.id),
        plain(parameter.title) + note,
        "\n".join(values),
        plain(parameter.unit),
        "\n".join(cites),
    ]


def _say(value: Any) -> str:
    return plain(value.isoformat() if hasattr(value, "isoformat") else str(value))
