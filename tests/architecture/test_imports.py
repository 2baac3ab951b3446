"""What may import what. The one-way order itself is checked by import-linter (`make check`)."""

import subprocess
import sys

import grimp
import pytest

APPS = ("accounts", "registry", "monitoring", "portal")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("cartagena", cache_dir=None, exclude_type_checking_imports=True)


def test_engine_loads_without_django() -> None:
    code = (
        "import pkgutil, sys, cartagena.engine as engine\n"
        "for module in pkgutil.walk_packages(engine.__path__, 'cartagena.engine.'):\n"
        "    __import__(module.name)\n"
        "sys.exit(', '.join(sorted({'django', 'psycopg', 'ninja'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nobody_imports_a_particular_declaration(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, module)
        for module in graph.modules
        if module.startswith("cartagena.protocol.")
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith("cartagena.protocol")
    ]
    assert found == []


def test_an_app_is_entered_through_its_api(graph: grimp.ImportGraph) -> None:
    """Addresses are entered by name, so only `api` is ever imported."""
    found = []
    for app in APPS:
        inside = f"cartagena.apps.{app}"
        for module in graph.find_descendants(inside):
            if module == f"{inside}.api" or module.startswith(f"{inside}.api."):
                continue
            found += [
                f"{importer} imports {module}"
                for importer in graph.find_modules_that_directly_import(module)
                if not importer.startswith(inside)
            ]
    assert found == []


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
