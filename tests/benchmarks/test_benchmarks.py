"""The benchmarks work: everything is measured once, in small. No time is judged here."""

import json
import math
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.browsing import browser_path
from benchmarks.class_at_once import FULL
from benchmarks.press import CONTROLS
from benchmarks.short_form import LINES, lines
from benchmarks.table import Row
from ui.catalogue import EXPERIMENTS, HOME

ROOT = Path(__file__).resolve().parents[2]
SPEEDS = (("a", 31.0), ("b", 9.0), ("c", 1200.0))
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(browser_path() is None, reason="no Chromium or Chrome on this machine"),
]


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("class", marks=pytest.mark.full),
        pytest.param("live", marks=pytest.mark.full),
        pytest.param("press", marks=[*NEEDS_BROWSER, pytest.mark.full]),
        pytest.param("play", marks=[*NEEDS_BROWSER, pytest.mark.full]),
        pytest.param("first", marks=[*NEEDS_BROWSER, pytest.mark.full]),
    ],
)
def test_it_measures(part, tmp_path):
    command = [sys.executable, "-m", "benchmarks", "--small", part, "--json", "results.json"]
    done = subprocess.run(
        [*command[:-1], str(tmp_path / command[-1])],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["rows"]
    assert rows
    for row in rows:
        assert row["what"] in done.stdout
        assert math.isfinite(row["measured"]), row
        assert row["measured"] > 0, row
        assert row["beside"].get("errors", 0) == 0, row


def test_every_page_is_pressed():
    pages = {HOME.key, *(page.key for page in EXPERIMENTS)}
    assert {control.page for control in CONTROLS} == pages


def test_a_whole_class_comes():
    assert (FULL.learners, FULL.pause, FULL.many, FULL.long_pause) == (30, 5, 100, 10)
    assert (FULL.first_sessions, FULL.sessions) == (100, 1000)


@pytest.mark.parametrize(
    ("row", "reached", "shown"),
    [
        (Row("a", 1.0, "s"), None, ""),
        (Row("a", 1.0, "s", 1.2), True, "<= 1.2  yes"),
        (Row("a", 1.3, "s", 1.2), False, "<= 1.2  no"),
        (Row("a", 31.0, "ticks/s", 30.0, at_least=True), True, ">= 30  yes"),
        (Row("a", 29.0, "ticks/s", 30.0, at_least=True), False, ">= 30  no"),
    ],
)
def test_the_goal_is_beside_the_number(row, reached, shown):
    assert row.reached is reached
    assert shown in str(row)


def test_the_readme_shows_the_short_form():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- measured: begin -->\n")[1].split("<!-- measured: end -->")[0]
    if not shown:
        pytest.skip("nothing measured yet: put there what python -m benchmarks.short_form prints")
    assert re.findall(r"^\| ([^|]+) \|", shown, re.MULTILINE) == list(LINES)
    assert "Measured on processor" in shown


def test_the_short_form_sums_up():
    rows = [asdict(Row(f"play, {page}", speed, "ticks/s", 30.0, True)) for page, speed in SPEEDS]
    printed = list(lines({"rows": rows, "machine": {"processor": "slow"}}))
    assert printed[2:] == [
        "| play, slowest to fastest page | 9 to 1,200 ticks/s | >= 30 |",
        "",
        "Measured on processor slow",
    ]
