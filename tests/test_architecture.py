"""The house itself: layers, sizes, names."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted(
    path
    for folder in ("functions/rolecall", "infra", "demo", "tools")
    for path in (ROOT / folder).rglob("*.py")
)
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "manager", "base", "constants"}

KINDS = ("checks", "comparisons", "detections")

each_file = pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))


def test_imports_point_down_only_and_the_core_is_free_of_aws():
    # In a process of its own: the linter sets up logging for the whole process.
    linter = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}"}

    done = subprocess.run(  # noqa: S603 - the linter of this very environment
        [linter, "--no-cache"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@each_file
def test_a_file_fits_its_reader_or_says_why_it_is_larger(path):
    lines = path.read_text().count("\n")

    assert lines <= 300
    assert lines <= 200 or "Longer than 200 lines because" in path.read_text()


@each_file
def test_a_function_fits_a_glance(path):
    too_long = [
        f"{node.name}: {length}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := lines_of(node)) > 25
    ]

    assert not too_long


@each_file
def test_a_name_says_something(path):
    assert path.stem not in NAMES_THAT_SAY_NOTHING


@each_file
def test_a_module_says_what_is_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "functions/rolecall/handlers").glob("[a-z]*.py")), ids=lambda p: p.stem
)
def test_a_handler_is_one_function_without_decisions(path):
    tree = ast.parse(path.read_text())
    public = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert public == ["handler"]
    assert sum(lines_of(node) for node in tree.body if isinstance(node, ast.FunctionDef)) <= 12


@pytest.mark.parametrize(
    "path",
    [each for each in CODE if each.parts[-3] in KINDS and each.stem[0] != "_"],
    ids=lambda path: path.stem,
)
def test_a_rule_is_short_or_says_why_it_is_longer(path):
    text = path.read_text()

    is_table = "\nROWS" in text  # several rules: what holds for every file is enough
    assert is_table or text.count("\n") <= 60 or "# Longer than 60 lines because" in text


def lines_of(function):
    """Count the lines of a function's body, its docstring and its signature left out."""
    first = function.body[1] if ast.get_docstring(function) and function.body[1:] else None
    start = (first or function.body[0]).lineno
    return function.end_lineno - start + 1
