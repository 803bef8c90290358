"""Imports run one way: pages, then ui, then the core."""

import ast
import subprocess
import sys

import pytest
from first_always import first_always
from opened import ENTRIES, ROOT, entry_named

FITTED_WITH_SCIKIT_LEARN = {
    "any_model",
    "digits_photographs",
    "eight_patterns",
    "network",
    "photocopier",
}
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


def what_loads_scikit_learn(entries):
    """Open pages in one fresh process, one after the other, until one loads scikit-learn."""
    program = (
        "import sys; sys.path[:0] = ['tests/ui']\n"
        "from opened import entry_named, open_page\n"
        "from ui import long_run\n"
        "long_run.go_on = lambda *runs: None\n"
        f"for key in {[entry.key for entry in entries]!r}:\n"
        "    at = open_page(entry_named(key))\n"
        "    assert not at.exception, at.exception\n"
        "    if 'sklearn' in sys.modules:\n"
        "        print(key)\n"
        "        break"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("key", first_always(sorted(FITTED_WITH_SCIKIT_LEARN, reverse=True)))
def test_only_the_pages_that_need_scikit_learn_load_it(key):
    without = [entry for entry in ENTRIES if entry.key not in FITTED_WITH_SCIKIT_LEARN]
    if key != min(FITTED_WITH_SCIKIT_LEARN):
        without = without[:1]  # each of the others has been opened before the first of these pages
    assert what_loads_scikit_learn([*without, entry_named(key)]) == [key]
