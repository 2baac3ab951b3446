"""engine.md: the public names of the engine, read from its source without running it."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import cartagena.engine
from cartagena.cli.reference.markdown import anchor, page

_FOLDER = Path(cartagena.engine.__file__).parent
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def make_pages() -> dict[str, str]:
    """The page of the engine."""
    modules = [path for path in sorted(_FOLDER.glob("*.py")) if path.stem != "__init__"]
    names = " · ".join(f"[{path.stem}](#{path.stem})" for path in modules)
    content = page(
        "The engine as a library",
        "the docstrings in `cartagena/engine/`",
        "Plain Python without Django and without a database. Begin with "
        "[evaluate](#evaluate), [facts](#facts), [explain](#explain) and [change](#change).",
        names,
        *(part for path in modules for part in _describe(path)),
    )
    return {"engine.md": content}


def _describe(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    yield f"{anchor(path.stem)}\n## `cartagena.engine.{path.stem}`"
    yield from _docstring(module)
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield from _name(node, path.stem)


def _name(node: ast.ClassDef | ast.FunctionDef, module: str) -> Iterator[str]:
    place = anchor(f"{module}.{node.name}")
    if isinstance(node, ast.FunctionDef):
        yield f"{place}\n### `{node.name}{_signature(node)}`"
        yield from _docstring(node)
        return
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    yield f"{place}\n### class `{node.name}{f'({bases})' if bases else ''}`"
    yield from _docstring(node)
    fields = [_field(item) for item in node.body if isinstance(item, ast.AnnAssign)]
    if shown := [field for field in fields if field]:
        yield "Fields: " + ", ".join(shown) + "."
    for item in node.body:
        if isinstance(item, _Function) and not item.name.startswith("_"):
            yield from _method(item)


def _method(node: _Function) -> Iterator[str]:
    if ast.get_docstring(node) is None:
        return
    decorators = {ast.unparse(each) for each in node.decorator_list}
    is_property = bool(decorators & {"property", "cached_property"})
    returns = f": {ast.unparse(node.returns)}" if is_property and node.returns else ""
    lines = "\n\n".join(_docstring(node)).splitlines()
    yield "\n".join(
        [
            f"- `{node.name}{returns if is_property else _signature(node)}`",
            "",
            *(f"  {line}".rstrip() for line in lines),
        ]
    )


def _field(node: ast.AnnAssign) -> str:
    name = ast.unparse(node.target)
    return "" if name.startswith("_") else f"`{name}: {ast.unparse(node.annotation)}`"


def _signature(node: _Function) -> str:
    arguments = ast.unparse(node.args)
    for first in ("self, ", "cls, "):
        arguments = arguments.removeprefix(first)
    if arguments in ("self", "cls"):
        arguments = ""
    return f"({arguments})" + (f" -> {ast.unparse(node.returns)}" if node.returns else "")


def _docstring(node: ast.Module | ast.ClassDef | _Function) -> Iterator[str]:
    text = ast.get_docstring(node)
    if text is None:
        return
    yield from _split_code(inspect.cleandoc(text))


def _split_code(text: str) -> Iterator[str]:
    """Paragraphs of a docstring as Markdown: literal blocks stay, roles become plain names."""
    for paragraph in text.split("\n\n"):
        if paragraph.strip() == "::":
            continue
        if paragraph.startswith("    "):
            yield "```python\n" + inspect.cleandoc(paragraph) + "\n```"
            continue
        words = paragraph.removesuffix(":") if paragraph.endswith("::") else paragraph
        for role in (":class:", ":func:", ":meth:", ":mod:"):
            words = words.replace(role, "")
        yield words.replace("``", "`").replace("`~", "`")
