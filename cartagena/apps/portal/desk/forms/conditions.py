"""Conditions between fields as the page's script reads them; the server judges all the same."""

import json

from cartagena.engine.record_format import RecordFormat


def write_condition(shape: RecordFormat, name: str | bool | None) -> str:
    """A condition as JSON: alternatives of tests `{f, in}`, `{f, out}` or `{f, empty}`."""
    if not isinstance(name, str):
        return ""
    written = []
    for tests in shape.conditions[name]:
        alternative: list[dict[str, object]] = []
        for test in tests:
            if test.values is not None:
                alternative.append({"f": test.field, "in": sorted(test.values)})
            elif test.not_values is not None:
                alternative.append({"f": test.field, "out": sorted(test.not_values)})
            else:
                alternative.append({"f": test.field, "empty": True})
        written.append(alternative)
    return json.dumps(written, separators=(",", ":"))
