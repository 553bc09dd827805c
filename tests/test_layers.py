"""The layers hold: no import points up, and light modules stay light."""

import ast
import subprocess
import sys

import pytest

from tests.bank import ROOT

PACKAGE = ROOT / "cs5045ae"
LAYER = {
    "quiet": 0,
    "file_kind": 0,
    "keras_settings": 0,
    "stopped_cells": 0,
    "home": 0,
    "backend": 1,
    "data": 2,
    "figures": 1,
    "layers": 3,
    "trained": 3,
    "environment": 3,
    "reference": 4,
    "checks": 5,
    "widgets": 5,
    "course": 6,
    "grading": 7,
    "cli": 8,
    "__main__": 9,
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(path):
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path):
    """Name the parts of the package that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "cs5045ae":
                yield from (alias.name for alias in node.names)
            elif node.module.startswith("cs5045ae."):
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("cs5045ae."):
                    yield alias.name.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_import_points_up(path):
    if part_of(path) == "__init__":
        assert not list(imports(path))
        return
    for other in imports(path):
        if other in LAYER and other != part_of(path):
            assert LAYER[other] < LAYER[part_of(path)], (
                f"{part_of(path)} imports {other}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_small_and_says_what_it_is(path):
    source = path.read_text(encoding="utf8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert source.count("\n") <= 260


@pytest.mark.parametrize(
    "modules",
    ["cs5045ae", "cs5045ae.data", "cs5045ae.reference.pca", "cs5045ae.checks.pca"],
)
def test_light_modules_import_no_tensorflow(modules):
    code = (
        f"import sys, {modules}\n"
        "heavy = {'tensorflow', 'keras', 'sklearn', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
