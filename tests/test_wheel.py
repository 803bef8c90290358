"""The core as a package: built, installed into a fresh environment, and run far from a checkout."""

import os
import re
import subprocess
import sys

import pytest
from test_readme import README, ROOT, fenced

CAPTIONS = """
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.two_colours import TwoColours
from collapse_core.topics.two_colours.report import report_two_colours
from collapse_core.topics.two_colours.sentences import TwoColoursSentences

experiment = TwoColours(sample_size=20, generations=3, anchors=1)
loop = experiment.loop()
report = report_two_colours(loop.simulate(50, seed=1), loop.exact(), 0)
for caption in TwoColoursSentences(read_lesson("two_colours"), experiment, report).captions():
    print(caption)
"""
PICTURE = """
from collapse_core.figures.moving import MovingFigure

print(len(MovingFigure([{"type": "scatter"}], {}, [], "nothing").at(0).data))
"""
PLAYED = """
from collapse_core.figures.moving import MovingFigure

page = MovingFigure([], {"height": 300}, [], "nothing").playable().html()
print("new modelCollapse.Player" in page, len(page) > 1_000_000)
"""


WITHOUT = """
from importlib.util import find_spec

names = ("streamlit", "plotly", "babel", "sklearn", "pandas")
print([name for name in names if find_spec(name)])
"""
MEASURED = """
from collapse_core.drift.calibration import recorded

print(recorded()["made"]["series"])
"""
GENERATIONS = """
import sys
import numpy as np

rng = np.random.default_rng(1)
np.savez(sys.argv[1], *(rng.normal(size=(200, 3)) * 0.9**t for t in range(9)))
"""


def run(*command, **options):
    """Return what a program says, from an environment that knows nothing of this checkout."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=known | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"},
        **options,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel, where a package index can be reached."""
    folder = tmp_path_factory.mktemp("wheel")
    asked = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--retries", "0")
    found = run(*asked, "--timeout", "15", "-d", folder / "back_end", "hatchling")
    if found.returncode and not os.environ.get("CI"):
        pytest.skip(f"pip reaches no package index here: {found.stderr.strip()[-200:]}")
    assert found.returncode == 0, found.stderr
    built = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel with what it always needs, and return how to run a program there."""
    folder = tmp_path_factory.mktemp("fresh")
    assert run(sys.executable, "-m", "venv", folder / "venv").returncode == 0
    programs = "Scripts" if os.name == "nt" else "bin"
    python = folder / "venv" / programs / "python"
    done = run(python, "-m", "pip", "install", "-q", wheel)
    assert done.returncode == 0, done.stderr

    def program(*arguments):
        return run(python, *arguments, cwd=folder)

    program.command = lambda name, *arguments: run(python.with_name(name), *arguments, cwd=folder)
    return program


@pytest.mark.full
def test_the_core_runs_from_a_wheel(wheel, installed):
    for program, output in zip(fenced(README, "python"), fenced(README, "text"), strict=True):
        done = installed("-c", program)
        assert done.stdout == output, done.stderr
    assert installed("-c", WITHOUT).stdout == "[]\n", "neither Streamlit nor Plotly is there"
    assert installed("-c", MEASURED).stdout == "200\n", "how often the monitor is wrong is there"
    where = installed("-c", "import collapse_core; print(collapse_core.__file__)").stdout
    assert "site-packages" in where
    # A picture needs an extra, which the error names with the command that brings it.
    assert installed("-c", PLAYED).stdout == "True True\n", "what plays needs no extra"
    failed = installed("-c", PICTURE)
    assert "plotly: pip install 'model-collapse-explained[figures]'" in failed.stderr
    # The command that comes with it, from files to a page.
    made, page = wheel.parent / "generations.npz", wheel.parent / "report.html"
    assert installed("-c", GENERATIONS, made).returncode == 0
    done = installed.command("collapse-drift", made, "-o", page, "--quiet")
    assert done.returncode == 1, done.stderr
    assert "This is a collapse." in done.stdout
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert installed.command("collapse-drift", "--help").returncode == 0
    # So do the pages from the command line, whose list needs nothing more.
    asked = ("-m", "collapse_core", "figure", "two_colours", "-o", wheel.parent / "jar.html")
    listed = installed("-m", "collapse_core", "list")
    assert "two_colours: What happens to the 10 % blue?" in listed.stdout, listed.stderr
    failed = installed(*asked)
    assert failed.returncode == 1
    assert "pip install 'model-collapse-explained[figures]'" in failed.stderr
    # The extra brings the picture, and the words that are told with it.
    done = installed("-m", "pip", "install", "-q", f"{wheel}[figures]")
    assert done.returncode == 0, done.stderr
    assert installed("-c", PICTURE).stdout == "1\n", installed("-c", PICTURE).stderr
    done = installed(*asked, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "have lost blue" in done.stdout
    assert 1_000_000 < (wheel.parent / "jar.html").stat().st_size < 2_500_000
    told = installed("-c", CAPTIONS)
    assert told.returncode == 0, told.stderr
    captions = told.stdout.splitlines()
    assert len(captions) == 4
    assert re.search(r"\d", captions[3])
    assert "{" not in told.stdout
