"""The README's table of oracles and the tests marked so say the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r'mark\.oracle\("([^"]+)"\)')
REQUIREMENTS = (ROOT / "tests" / "oracles" / "requirements.txt").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows_of(readme):
    """Return the cells of each row of the table, without its head."""
    table = readme.split("<!-- oracles: begin -->\n")[1].split("<!-- oracles: end -->")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()][
        2:
    ]


def told(readme):
    """Return which oracle the README finds in which file."""
    return {
        (row[0], place) for row in rows_of(readme) for place in re.findall(r"\]\(([^)]+)\)", row[4])
    }


def marked():
    """Return the same from the marks of the tests."""
    return {
        (oracle, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "tests").rglob("test_*.py")
        for oracle in MARK.findall(path.read_text(encoding="utf-8"))
    }


def test_the_table_names_each_oracle_and_the_files_of_its_tests():
    assert told(README) == marked()
    assert told(README.replace("| prdc |", "| other |")) != marked(), "a wrong row is noticed"


def test_each_row_says_what_agrees_how_closely_and_what_is_refused():
    assert all(len(row) == 5 and all(row) for row in rows_of(README))


@pytest.mark.parametrize("line", REQUIREMENTS.splitlines())
def test_each_package_is_an_oracle_and_is_needed_by_nothing_else(line):
    name = re.split(r"[<>=]", line)[0]
    assert re.fullmatch(r"[a-z-]+>=\d[\d.]*,<\d+", line)
    assert name in {row[0] for row in rows_of(README)}
    assert name not in (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")


def test_an_oracle_that_is_installed_with_the_project_needs_no_line():
    brought = {row[0].split(",")[0] for row in rows_of(README)}
    listed = {re.split(r"[<>=]", line)[0] for line in REQUIREMENTS.splitlines()}
    needed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert all(name.lower() in needed for name in brought - listed)
