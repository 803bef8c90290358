"""The project as a whole: what it needs at run time, what it sends out, what its files hold."""

import ast
import importlib
import importlib.metadata
import os
import re
import select
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from collapse_core.extras import Extra, extra

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 350, 60  # lines of Python outside the tests
RUN_TIME = {
    "streamlit", "numpy", "scipy", "plotly", "scikit-learn", "pillow", "babel", "regex",
    "segno", "sqlalchemy",
}  # fmt: skip
IMPORTED_AS = {"scikit-learn": "sklearn", "pillow": "PIL"}
# What a package of the list brings along, by the name that is imported.
BROUGHT_ALONG = {
    "joblib": ("scikit-learn", "joblib"),
    "pandas": ("streamlit", "pandas"),
    "pyarrow": ("streamlit", "pyarrow"),
    "threadpoolctl": ("scikit-learn", "threadpoolctl"),
}
NOT_THE_APP = {"cluster", "postgresql"}  # for the command line alone, and for several replicas
OPTIONAL = {"dask"}
OURS = {"collapse_core", "ui", "pages", "app"}
SKIPPED = {".git", "venv", "node_modules", "__pycache__", "shots"}
PACKAGES = sorted(
    {path.parent for top in ("collapse_core", "ui") for path in (ROOT / top).rglob("*.py")}
)
PROGRAM = sorted(
    [
        ROOT / "app.py",
        *(path for top in ("collapse_core", "ui", "pages") for path in (ROOT / top).rglob("*.py")),
    ]
)
OUTSIDE_TESTS = sorted([*PROGRAM, *(ROOT / "benchmarks").rglob("*.py")])
# Written in parts, so that this file does not hold what it looks for.
FOLDERS = "|".join(("root", "home", "work", "Users", "mnt", "opt"))
FORBIDDEN = {
    "a folder of one machine": rf"(?<![\w.}}\-])/(?:{FOLDERS})/[\w.]",
    "a drive of one machine": r"\b[A-Z]:\\\\?Users\b",
    "a host of one machine": "https?://" + "local" + r"host\b",
    "a package registry": r"--(?:extra-)?index" + r"-url|--trusted" + "-host|--find" + "-links",
}


def toml(name):
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def requirements(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def texts():
    """Yield (path, content) of every text file of the project."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden = {part for part in inside[:-1] if part.startswith(".")} - {".ci", ".streamlit"}
        if not path.is_file() or hidden or SKIPPED & set(inside):
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a sound


def found_in(text):
    """Return what a text holds that belongs to one machine only."""
    return [
        f"{what}: {match.group(0)}"
        for what, pattern in FORBIDDEN.items()
        for match in re.finditer(pattern, text)
    ]


def imported_roots(path):
    """Return the top-level names of all absolute imports of a file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {root for node in nodes for root in roots_of(node)}


def roots_of(node):
    """Return the top-level names of what one statement imports from elsewhere."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.split(".")[0]}
    return set()


# ------------------------------------------------------------------------------- what is needed


def test_ten_packages_at_run_time_each_within_a_range():
    needed = requirements("requirements.txt")
    for line in needed:
        assert re.fullmatch(r"[a-z-]+(\[performance\])?>=\d[\d.]*,<\d+", line), line
    assert {re.split(r"\[|>=", line)[0] for line in needed} == RUN_TIME
    assert len(needed) == len(RUN_TIME)


def test_requirements_equal_the_extra_that_brings_the_whole_app():
    assert requirements("requirements.txt") == extras()["app"]


def extras():
    return toml("pyproject.toml")["project"]["optional-dependencies"]


def test_the_core_needs_two_packages_and_every_extra_is_a_part_of_the_app():
    core = toml("pyproject.toml")["project"]["dependencies"]
    assert [line.split(">=")[0] for line in core] == ["numpy", "scipy"]
    assert set(extras()) == {*get_args(Extra), "app", "postgresql"}
    parts = [
        line for name, needed in extras().items() if name not in NOT_THE_APP for line in needed
    ]
    assert {*core, *parts} == set(requirements("requirements.txt"))


@pytest.mark.parametrize(
    ("name", "module", "package"),
    [
        ("figures", "plotly.graph_objects", "plotly"),
        ("figures", "babel", "babel"),
        ("models", "sklearn.cluster", "scikit-learn"),
        ("images", "PIL.Image", "pillow"),
        ("text", "regex", "regex"),
    ],
)
def test_a_missing_extra_is_named_with_its_remedy(monkeypatch, name, module, package):
    top = module.split(".")[0]
    for loaded in [key for key in sys.modules if key.split(".")[0] == top]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, top, None)
    wanted = f"This needs {package}: pip install 'model-collapse-explained[{name}]'"
    with pytest.raises(ModuleNotFoundError, match=re.escape(wanted)), extra(name):
        importlib.import_module(module)


def test_what_an_extra_brings_is_imported_where_the_extra_is_named():
    """In the core each such import stands under `with extra(...)`, or is there for types only."""
    core = [path for path in PROGRAM if "collapse_core" in path.relative_to(ROOT).parts]
    complaints = {
        str(path.relative_to(ROOT)): found
        for path in core
        if (found := imported_without_a_name(path.read_text(encoding="utf-8")))
    }
    assert complaints == {}
    assert imported_without_a_name("def f():\n    import PIL.Image") == {"PIL"}
    assert not imported_without_a_name("with extra('images'):\n    import PIL.Image")


def imported_without_a_name(program):
    """Return what a program imports of an extra without saying which one."""
    tree = ast.parse(program)
    named = {
        id(inner)
        for node in ast.walk(tree)
        if (isinstance(node, ast.With) and "extra(" in ast.unparse(node.items[0]))
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    found = {root for node in ast.walk(tree) if id(node) not in named for root in roots_of(node)}
    return found & {"plotly", "sklearn", "PIL", "babel", "regex", "threadpoolctl"}


def test_the_tests_need_the_program_first():
    first, *others = requirements("tests/requirements.txt")
    assert first == "-r ../requirements.txt"
    assert all(">=" in line for line in others)


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_program_imports_nothing_else(path):
    allowed = {IMPORTED_AS.get(name, name) for name in RUN_TIME} | {*BROUGHT_ALONG, *OPTIONAL}
    assert imported_roots(path) <= allowed | OURS | set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", BROUGHT_ALONG)
def test_what_is_brought_along_is_a_firm_need_of_the_package(name):
    package, wanted = BROUGHT_ALONG[name]
    needs = [need for need in importlib.metadata.requires(package) if "extra ==" not in need]
    assert any(re.match(rf"{wanted}\b", need, re.IGNORECASE) for need in needs)


def test_the_check_of_imports_sees_what_it_should():
    assert {"ast", "pytest", "pathlib"} <= imported_roots(Path(__file__))


# ----------------------------------------------------------------------------- what is sent out


def test_streamlit_sends_no_statistics_asks_for_no_address_and_shows_no_menu_of_its_own():
    config = toml(".streamlit/config.toml")
    assert config["server"]["showEmailPrompt"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showSidebarNavigation"] is False


def test_a_session_watches_no_files_and_collects_no_garbage_of_all_others():
    config = toml(".streamlit/config.toml")
    assert config["server"]["fileWatcherType"] == "none"
    assert config["runner"]["postScriptGC"] is False


def test_a_browser_keeps_what_a_run_may_still_refer_to():
    assert toml(".streamlit/config.toml")["global"]["maxCachedMessageAge"] >= 30


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal as Unix has it")
def test_the_first_start_in_a_terminal_asks_nothing(tmp_path):
    import pty

    ours, theirs = pty.openpty()
    # A fresh home: no answer of an earlier start is kept there. No browser: `true` opens none.
    fresh = {**os.environ, "HOME": str(tmp_path), "BROWSER": "true"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    command += ["--server.address", "127.0.0.1"]
    said = b""
    with subprocess.Popen(
        command, cwd=ROOT, env=fresh, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        try:
            while b"You can now view" not in said and b"mail" not in said:
                assert select.select([ours], [], [], 60)[0], said.decode()
                said += os.read(ours, 4096)
        finally:
            process.terminate()
    assert b"mail" not in said, said.decode()


# -------------------------------------------------------------------------- what the files hold


def test_no_file_belongs_to_one_machine():
    complaints = {
        str(path.relative_to(ROOT)): found for path, text in texts() if (found := found_in(text))
    }
    assert complaints == {}


def test_the_check_of_files_can_say_no():
    for folder in ("root", "home", "work"):
        assert found_in(f'open("/{folder}/someone/data.csv")')
    assert found_in("http://" + "localhost" + ":3141/simple")
    assert found_in("--index" + "-url https://packages.example/simple")
    page, folder = "home", "work"
    said = f"see https://example.org/{page}/page and ui/{page}/a.py and assets/{folder}/b"
    assert not found_in(said)
    assert {"README.md", "app.py", "run", "config.toml"} <= {path.name for path, _ in texts()}


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_package_says_what_it_is(folder):
    opening = folder / "__init__.py"
    assert opening.is_file(), f"{folder.name} has no __init__.py"
    assert ast.get_docstring(ast.parse(opening.read_text(encoding="utf-8")))


def too_long(source):
    """Yield what of a file has more lines than it may: the file, or a function in it."""
    if (lines := len(source.splitlines())) > LONGEST_FILE:
        yield f"{lines} lines"
    for node in ast.walk(ast.parse(source)):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION:
            yield f"{node.name} has {lines} lines"


def test_no_file_and_no_function_is_too_long():
    complaints = {
        str(path.relative_to(ROOT)): found
        for path in OUTSIDE_TESTS
        if (found := list(too_long(path.read_text(encoding="utf-8"))))
    }
    assert complaints == {}


def test_the_check_of_lengths_can_say_no():
    function = "def f():\n" + "    pass\n" * (LONGEST_FUNCTION - 1)
    assert not list(too_long(function))
    assert list(too_long(function + "    pass\n")) == [f"f has {LONGEST_FUNCTION + 1} lines"]
    assert list(too_long("class A:\n" + "    x = 1\n" * LONGEST_FILE)) == [
        f"{LONGEST_FILE + 1} lines"
    ]


def test_what_is_generated_is_ignored():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    for name in ("__pycache__/", ".venv/", ".pytest_cache/", ".hypothesis/"):
        assert name in ignored


def test_the_ci_script_is_valid_bash():
    script = ROOT / ".ci" / "run"
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
