"""Python that was shared before the topics had rooms of their own still runs, with a warning.

``old_python/`` holds what the pages shared then: for every page its views, families, policies,
models and kinds of data, and every control away from its default.
"""

import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from ui.catalogue import PAGES

FOLDER = Path(__file__).with_name("old_python")
SNIPPETS = {
    f"{path.stem}-{name}": code
    for path in sorted(FOLDER.glob("*.py"))
    for name, code in re.findall(
        r"^# ==== (\w+)\n(.*?)(?=^# ====|\Z)", path.read_text(encoding="utf-8"), re.M | re.S
    )
}
# What the lines say that a reader has to put in place of their own data.
FILES = {
    "your_list.csv": "\n".join(f"kind {number},{number + 1}" for number in range(120)),
    "your_text.txt": "The cat sat on the mat. The dog saw the cat. The cat ran to the dog. " * 40,
}


def run(code, folder, monkeypatch):
    """Run lines as a reader would, without the window; return what they made and warned of."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(folder)
    lines, shown = re.subn(r"^(.*)\.show\(\)$", r"drawn = \1", code, flags=re.MULTILINE)
    assert shown == 1
    made = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ResourceWarning)  # the lines open a file and forget it
        exec(compile(lines, "<shared before>", "exec"), made)
    return made, caught


def test_every_page_of_that_time_is_there():
    assert len(SNIPPETS) > 50
    assert {path.stem for path in FOLDER.glob("*.py")} <= {entry.key for entry in PAGES}


@pytest.mark.parametrize("name", SNIPPETS)
def test_it_runs_and_says_what_to_write_instead(name, tmp_path, monkeypatch, capsys):
    made, caught = run(SNIPPETS[name], tmp_path, monkeypatch)
    assert made["drawn"].picture.moving.traces
    assert len(made["drawn"].picture.moving.frames) > 1
    assert {warning.category for warning in caught} == {DeprecationWarning}
    for warning in caught:
        assert warning.filename == "<shared before>", "the warning names the reader's own line"
        advice = re.fullmatch(r"\S+ has moved: write (from \S+ import \w+)\.", str(warning.message))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(advice[1], {})


def test_a_name_that_never_was_is_an_error_as_ever():
    for line in (
        "import collapse_core.experiments.no_such_thing",
        "from collapse_core.experiments.any_model import NoSuchThing",
        "from collapse_core.figures import no_such_figure",
        "from collapse_core.datasets import no_such_names",
    ):
        with pytest.raises(ImportError):
            exec(line, {})


def test_the_old_names_are_found_in_a_fresh_process(tmp_path):
    program = "from collapse_core.own_points import EXAMPLE; import collapse_core.datasets"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert done.returncode == 0, done.stderr
