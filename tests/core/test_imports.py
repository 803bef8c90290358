"""Who imports whom, and whether every public function says what it does."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "collapse_core"
FILES = sorted(CORE.rglob("*.py"))
HEAVY = ("scipy", "sklearn", "plotly", "streamlit", "pandas", "matplotlib")
SIMULATORS = ("loop", "families", "models", "policies", "streams", "trajectory", "point_pool")


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [module_name(path) for path in FILES]
THEORY = [path for path in FILES if path.parent.name == "theory"]


def loaded_after(program, *forbidden):
    """Run a program in a fresh process and return the names of all modules it loaded."""
    blocked = "".join(f"sys.modules[{name!r}] = None\n" for name in forbidden)
    program = f"import json, sys\n{blocked}{program}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


# -------------------------------------------------------------------------------- what is loaded


def test_importing_the_core_loads_nothing_heavy():
    loaded = loaded_after("import collapse_core, collapse_core.experiments")
    assert "numpy" in loaded
    assert not {name for name in loaded if name.split(".")[0] in HEAVY}


def test_simulating_loads_nothing_heavy():
    loaded = loaded_after(
        "from collapse_core import *\n"
        "for policy in (Replace(), Anchors(1), Accumulate(), AccumulateSubsample()):\n"
        "    ClosedLoop(families.Bernoulli(0.1), policy, 9, 3).simulate(3, 1).to_csv()"
    )
    assert not {name for name in loaded if name.split(".")[0] in HEAVY}


def test_every_module_works_without_streamlit():
    imports = "\n".join(f"import {name}" for name in MODULES)
    loaded = loaded_after(imports, "streamlit")
    assert loaded >= set(MODULES)


def test_every_module_but_the_figures_imports_without_plotly_and_sklearn():
    names = [name for name in MODULES if ".figures" not in name]
    loaded_after("\n".join(f"import {name}" for name in names), "plotly", "sklearn", "streamlit")


def test_theory_loads_no_simulator():
    # `import collapse_core.theory` runs collapse_core/__init__.py, which loads the loop; so the
    # package is replaced by an empty one, and the theory must do with itself.
    program = (
        "import types\n"
        "empty = types.ModuleType('collapse_core'); empty.__path__ = ['collapse_core']\n"
        "sys.modules['collapse_core'] = empty\n"
    )
    imports = "\n".join(f"import {module_name(path)}" for path in THEORY)
    loaded = loaded_after(program + imports)
    simulators = {f"collapse_core.{name}" for name in SIMULATORS}
    assert not {name for name in loaded if ".".join(name.split(".")[:2]) in simulators}
    assert {name for name in loaded if name.startswith("collapse_core.theory.")}


# -------------------------------------------------------------------------------- what is written


def imported(path):
    """Return the absolute names of everything a file imports, wherever in the file it does so."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            names |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", THEORY, ids=module_name)
def test_theory_imports_only_theory_and_checks(path):
    allowed = ("collapse_core.theory.", "collapse_core.checks.")
    ours = {f"{name}." for name in imported(path) if name.split(".")[0] == "collapse_core"}
    assert {name for name in ours if not name.startswith(allowed)} <= {"collapse_core."}
    assert not any(name.split(".")[0] == "random" for name in imported(path))


@pytest.mark.parametrize("path", THEORY, ids=module_name)
def test_theory_draws_no_random_numbers(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"random", "default_rng", "Generator", "rvs"}


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_the_core_knows_nothing_of_the_screen(path):
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & {"streamlit", "ui", "pages", "app", "tests"}
    if "figures" not in path.parts:
        assert not {name for name in imported(path) if name.startswith("collapse_core.figures")}


def test_the_check_of_imports_sees_what_it_should():
    loop = imported(CORE / "loop.py")
    assert {"collapse_core.streams", "collapse_core.streams.generator"} <= loop
    # Imports inside functions count too: that is where the theory loads scipy.
    assert any(name.split(".")[0] == "scipy" for path in THEORY for name in imported(path))


# ------------------------------------------------------------------------- docstrings and types

DOCUMENTED = [path for path in FILES if "figures" not in path.parts]


def public_functions(tree):
    """Yield (name, node) of public functions and methods, and of public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            members = node.body if isinstance(node, ast.ClassDef) else []
            for member in members:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                    yield f"{node.name}.{member.name}", member


def missing_annotations(node):
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    missing = [a.arg for a in named if a.annotation is None and a.arg not in ("self", "cls")]
    return missing if node.returns is not None else [*missing, "return"]


def complaints_about(source):
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) or not tree.body else ["the module has no docstring"]
    for name, node in public_functions(tree):
        if not ast.get_docstring(node):
            found.append(f"{name} has no docstring")
        if isinstance(node, ast.FunctionDef) and missing_annotations(node):
            found.append(f"{name} has no annotation of {', '.join(missing_annotations(node))}")
    return found


@pytest.mark.parametrize("path", DOCUMENTED, ids=module_name)
def test_public_functions_are_documented_and_annotated(path):
    assert complaints_about(path.read_text(encoding="utf-8")) == []


def test_the_check_of_docstrings_can_say_no():
    source = (
        '"""M."""\nclass A:\n    """A."""\n    def f(self, x): return x\ndef g() -> int:\n    "G."'
    )
    assert complaints_about(source) == [
        "A.f has no docstring",
        "A.f has no annotation of x, return",
    ]
    assert complaints_about("x = 1") == ["the module has no docstring"]
