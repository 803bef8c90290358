"""Imports run one way: pages, then ui, then the core."""

import ast
import subprocess
import sys

import pytest
from opened import ENTRIES, ROOT

FITTED_WITH_SCIKIT_LEARN = {"any_model", "digits_photographs"}
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


@pytest.mark.parametrize(
    "name", ["ui.catalogue", "collapse_core.lessons.lesson", "collapse_core.topics.two_colours"]
)
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


def loaded_by_page(entry):
    """Return what is loaded in a fresh process after opening one page."""
    program = (
        "import sys; sys.path[:0] = ['tests/ui']\n"
        "from opened import entry_named, open_page\n"
        "from ui import long_run\n"
        "long_run.go_on = lambda *runs: None\n"
        f"at = open_page(entry_named({entry.key!r}))\n"
        "assert not at.exception, at.exception\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_only_the_pages_that_need_scikit_learn_load_it(entry):
    assert ("sklearn" in loaded_by_page(entry)) == (entry.key in FITTED_WITH_SCIKIT_LEARN)
