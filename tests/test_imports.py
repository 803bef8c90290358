"""Who imports whom, and whether every public function says what it does."""

import ast
import json
import subprocess
import sys

import pytest
from import_graph import ROOT, circles, file_graph, imported, module_name, room_graph

CORE = ROOT / "collapse_core"
CORE_FILES = sorted(CORE.rglob("*.py"))
HEAVY = ("scipy", "sklearn", "plotly", "streamlit", "pandas", "matplotlib")
SIMULATORS = ("loop", "families", "models", "policies", "streams", "trajectory", "laws", "topics")

MODULES = [module_name(path) for path in CORE_FILES]
THEORY = [path for path in CORE_FILES if CORE / "theory" in path.parents]


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
    loaded = loaded_after("import collapse_core, collapse_core.topics.two_colours")
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
    names = [name for name in MODULES if "figure" not in name]
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
    assert loaded >= {module_name(path) for path in THEORY}, "every file was looked at"
    assert {path.parent.name for path in THEORY} >= {"theory", "two_colours"}


# -------------------------------------------------------------------------------- what is written


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


@pytest.mark.parametrize("path", CORE_FILES, ids=module_name)
def test_the_core_knows_nothing_of_the_screen(path):
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & {"streamlit", "ui", "pages", "app", "tests"}
    # A sweep and the static edition stand above the topics.
    if not {"figures", "topics", "sweeps", "site"} & set(path.relative_to(CORE).parts):
        assert not {name for name in imported(path) if name.startswith("collapse_core.figures")}


@pytest.mark.parametrize("path", sorted((ROOT / "ui").rglob("*.py")), ids=module_name)
def test_what_draws_the_screen_takes_no_theory(path):
    names = [name for name in imported(path) if name.startswith("collapse_core.theory")]
    assert not names, "a topic's report has the numbers"


def test_the_graph_has_no_circle():
    graph = file_graph()
    assert len(graph) > 200
    assert circles(graph) == []
    assert circles(room_graph(graph)) == []


def test_a_circle_is_found(tmp_path):
    for name, other in (("one", "two"), ("two", "three"), ("three", "one"), ("four", "one")):
        (tmp_path / f"{name}.py").write_text(f"import {other}\n")
    graph = file_graph(sorted(tmp_path.glob("*.py")), tmp_path)
    assert circles(graph) == [["one", "three", "two"]]


def test_a_topic_is_a_room():
    for name, targets in file_graph().items():
        topic = topic_of(name)
        others = {topic_of(target) for target in targets} - {topic, ""}
        if name.startswith("pages."):
            assert others <= {name.removeprefix("pages.")}, name
        elif topic and topic not in ("home", "teach"):  # which lead to all others
            assert not others, f"{name} reaches into {others}"
        elif name.startswith("collapse_core.") and not topic:
            assert not others or name == "collapse_core.topics", f"{name} knows {others}"


def topic_of(module):
    """Return the topic whose room a module is in, or nothing."""
    parts = module.split(".")
    if "topics" not in parts or len(parts) < parts.index("topics") + 2:
        return ""
    topic = parts[parts.index("topics") + 1]
    return topic if (CORE / "topics" / topic).is_dir() else ""


def test_the_check_of_imports_sees_what_it_should():
    loop = imported(CORE / "loop.py")
    assert {"collapse_core.streams", "collapse_core.streams.Streams"} <= loop
    # Imports inside functions count too: that is where the theory loads scipy.
    assert any(name.split(".")[0] == "scipy" for path in THEORY for name in imported(path))


# ------------------------------------------------------------------------- docstrings and types

DOCUMENTED = CORE_FILES


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
