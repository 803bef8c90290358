"""What CONTRIBUTING says of adding things is literally true: it is done here, in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = Path(__file__).with_name("example_page")
MOST_FILES, MOST_LINES = 5, 200
COPIED = ("collapse_core", "ui", "pages", "assets", "static", "tests", ".streamlit")
ENTRY = '    PageEntry("rare_events", "why", ":material/notifications:"),\n'
LISTED = "- [Rare events](pages/rare_events.py): When does the count fall silent?\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the project to which the page was added, and what that took."""
    root = tmp_path_factory.mktemp("project")
    for name in COPIED:
        skipped = shutil.ignore_patterns("__pycache__", "shots")
        shutil.copytree(ROOT / name, root / name, ignore=skipped)
    for path in (*ROOT.glob("*.toml"), *ROOT.glob("*.txt"), *ROOT.glob("*.md"), ROOT / "app.py"):
        shutil.copy(path, root)
    written = {
        "collapse_core/topics/rare_events/__init__.py": (EXAMPLE / "topic.py").read_text(),
        "pages/rare_events.py": (EXAMPLE / "page.py").read_text(),
        "assets/lessons/en/rare_events.toml": (EXAMPLE / "lesson.toml").read_text(),
    }
    for name, text in written.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    before_one_real_point = '    PageEntry("one_real_point"'
    insert(root / "ui/catalogue.py", ENTRY, before_one_real_point)
    insert(root / "README.md", LISTED, "- [One real point]")
    lines = sum(len(text.splitlines()) for text in written.values()) + 2
    return root, len(written) + 2, lines


def insert(path, line, before):
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, line + before), encoding="utf-8")


def test_a_page_takes_few_files_and_lines(copy):
    _, files, lines = copy
    assert files <= MOST_FILES
    assert lines <= MOST_LINES


def run_tests(root, *arguments):
    """Run some of the project's own tests in the copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"]
    command += ["-m", "full or not full"]  # the slow cases too
    done = subprocess.run(
        [*command, *arguments],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.full
def test_the_tests_of_every_page_pass_on_it(copy):
    every_page = ("test_every_page", "test_links", "test_share", "test_shared_python")
    found = [
        f"tests/ui/{name}.py" for name in every_page if (ROOT / f"tests/ui/{name}.py").exists()
    ]
    said = run_tests(copy[0], *found, "-k", "rare_events")
    assert int(said.split(" passed")[0].split()[-1]) >= 15


@pytest.mark.full
def test_its_words_and_its_place_are_checked(copy):
    run_tests(copy[0], "tests/lessons/test_lessons.py", "-k", "rare_events")
    run_tests(copy[0], "tests/test_readme.py", "-k", "page")
    run_tests(copy[0], "tests/test_imports.py", "-k", "circle or room or rare_events")


def test_a_mistake_on_the_page_is_found(copy, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(copy[0], root)
    lesson = root / "assets/lessons/en/rare_events.toml"
    lesson.write_text(lesson.read_text().replace("{lost}", "{forgotten}"))
    with pytest.raises(AssertionError, match="forgotten"):
        run_tests(root, "tests/lessons/test_lessons.py", "-k", "rare_events")
