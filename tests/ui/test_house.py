"""Imports run one way: pages, then ui, then the core."""

import ast
import subprocess
import sys

import pytest
from opened import ROOT

FILES = sorted((ROOT / "ui").rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]


def imported(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_ui_imports_no_page_and_no_statistics(path):
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & {"pages", "app", "tests", "scipy", "sklearn"}


@pytest.mark.parametrize("name", ["ui.catalogue", "ui.lessons", "ui.wording"])
def test_what_needs_no_screen_loads_none(name):
    program = f"import sys, {name}; sys.exit('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_a_page_simulates_nothing_by_itself(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"simulate", "exact", "default_rng"}, "ui/runs.py does, and remembers"


def test_a_page_loads_neither_scipy_nor_sklearn_before_it_needs_them():
    program = "import sys, collapse_core.figures, ui.catalogue; sys.exit('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0
