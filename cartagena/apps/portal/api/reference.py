"""The reference of the API as a page without scripts, made from its OpenAPI document."""

from typing import Any

from cartagena.apps.portal.api.service import ROOT, make_document
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.page import page

EXAMPLES = {
    "area": "1",
    "objective": "1.1",
    "indicator": "1.6.1",
    "party": "KEN",
    "treaty": "cpb",
    "group": "AFR",
    "source": "nr4",
    "cycle": "nr4",
    "provision": "cpb.art20.3.d",
}
QUERIES = {
    "/indicators/{indicator}/figures": "?point=final&variant=strict&group=AFR",
    "/figures": "?point=final&variant=strict&group=all",
    "/indicators/{indicator}/parties": "?point=final",
    "/indicators/{indicator}/why/{party}": "?point=final",
    "/indicators/{indicator}/change": "?from=midterm&to=final",
    "/treaties/{treaty}/parties": "?on=2010-06-30&by=deposit",
    "/groups": "?on=2010-06-30",
    "/reports": "?source=nr4",
    "/provisions": "?under=cpb.art20",
}


def make_example(path: str) -> str:
    """An address to try for a call; empty where no value is sure to exist."""
    filled = path
    for name, value in EXAMPLES.items():
        filled = filled.replace(f"{{{name}}}", value)
    return "" if "{" in filled else ROOT + filled + QUERIES.get(path, "")


def list_calls() -> list[dict[str, Any]]:
    """Every call with its parameters and the fields of its answer, by section."""
    document = make_document()
    schemas = document["components"]["schemas"]
    sections: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document["paths"].items():
        operation = operations["get"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        name = answer.get("$ref", "").rpartition("/")[2] or answer.get("title", "")
        fields = answer.get("properties") or schemas.get(name, {}).get("properties", {})
        sections.setdefault(operation["tags"][0], []).append(
            {
                "id": operation["operationId"],
                "path": ROOT + path,
                "summary": operation["summary"],
                "description": operation.get("description", ""),
                "parameters": [_describe_parameter(each) for each in operation["parameters"]],
                "fields": ", ".join(fields),
                "example": make_example(path),
            }
        )
    return [{"title": title, "calls": calls} for title, calls in sections.items()]


def _describe_parameter(parameter: dict[str, Any]) -> dict[str, str]:
    schema = parameter["schema"]
    kinds = [schema, *schema.get("anyOf", [])]
    values = [value for kind in kinds for value in kind.get("enum", [])]
    default = schema.get("default")
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "values": ", ".join(values),
        "default": "" if default in (None, "") else str(default),
        "description": parameter.get("description", ""),
    }


@page("api_reference.html")
def show_reference(frame: Frame) -> dict[str, Any]:
    """The reference at /api/."""
    frame.title = "Read API"
    frame.description = "Every call of the API with its parameters and an example."
    frame.section = "data"
    frame.crumbs = [("Read API", "")]
    return {"sections": list_calls(), "root": ROOT}
