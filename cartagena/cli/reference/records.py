"""records.md: the record types, and which of their fields enter the facts."""

from cartagena.cli.reference.markdown import code, page, table
from cartagena.engine.record_type import load_record_types

_KINDS = {
    "national": "a government",
    "reference": "the Secretariat, for anybody",
    "scbd": "the Secretariat",
}


def make_pages() -> dict[str, str]:
    """The page of record types."""
    rows = [
        [
            code(name),
            f"{declared.prefix}-{declared.code}",
            _KINDS[declared.kind],
            ", ".join(map(code, declared.closed)),
            ", ".join(map(code, declared.stated)),
        ]
        for name, declared in load_record_types().items()
    ]
    content = page(
        "Record types",
        "`cartagena/protocol/record_types/*/format.yaml`",
        "Only closed values enter the [facts](facts.md#record_value): terms, references, truth "
        "values, days, codes. Of stated fields only that they are filled enters. Free text and "
        "anything about a person stay out. The national reports are record types too: "
        "[the report forms](questionnaires/README.md).",
        table(["Type", "Number begins", "Published by", "Closed fields", "Stated fields"], rows),
    )
    return {"records.md": content}
