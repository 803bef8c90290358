"""The Python that a page shares is run: on every page, in every view, for every choice."""

import re
import subprocess
import sys

import numpy as np
import pytest
from first_always import first_always
from opened import (
    ENTRIES,
    ROOT,
    another_value,
    bound,
    entry_named,
    open_page,
    set_control,
    small_link,
    views,
)
from some_pages import some_always

from ui.catalogue import EXPERIMENTS, HOME, PAGES

TWO = entry_named("two_colours")
POLICIES = ("anchors", "prior", "accumulate", "subsample", "fraction", "weighted")
CHOICES = ("selectbox", "button_group")
LONGEST = 14
MOST_OPTIONS = 10


def run(code):
    """Run lines as a reader would, without the window, and return what they made."""
    lines, shown = re.subn(r"^(.*)\.show\(\)$", r"drawn = \1", code, flags=re.MULTILINE)
    assert shown == 1, code
    made = {}
    exec(compile(lines, "<shared>", "exec"), made)
    assert made["drawn"].picture.moving.traces, code
    assert len(made["drawn"].picture.moving.frames) > 1, code
    return made


def way(code):
    """Return what a piece of code does, whatever its numbers and words are."""
    return re.sub(r"""-?\b\d[\d.e-]*|'[^'\n]*'|"[^"\n]*"|\w+=(?=['"\d-])""", "", code)


def every_way(entry, shared):
    """Return the Python of a page for every choice that it offers, once for each way it goes."""
    link = small_link(entry)
    at = open_page(entry, link)
    found = {way(shared[-1].python): shared[-1].python}
    for name, control in (bound(at) | views(at)).items():
        options = len(control.options) if control.type in CHOICES else 0
        at = open_page(entry, link) if options else at
        for number in range(options if options <= MOST_OPTIONS else 2):
            set_control(at, name, another_value(control, number))
            at.run()
            assert not at.exception, (name, number)
            found.setdefault(way(shared[-1].python), shared[-1].python)
    return found.values()


@pytest.mark.usefixtures("first_part_only")
@some_always(EXPERIMENTS)
def test_it_runs_for_every_choice_and_view(shared, entry, capsys, tmp_path, monkeypatch):
    for code in every_way(entry, shared):
        assert len(code.splitlines()) <= LONGEST
        run(code)


def test_only_what_is_no_experiment_has_none(shared):
    for entry in set(ENTRIES) - set(EXPERIMENTS):
        open_page(entry)
    assert not shared
    assert {HOME, *PAGES} == set(ENTRIES)


@pytest.mark.parametrize("policy", first_always(POLICIES, 2))
def test_it_makes_the_same_runs(shared, policy):
    link = {"sample_size": "30", "generations": "60", "anchors": "2", "fresh": "false"}
    link |= {"seed": "11", "runs": "50", "percentile": "80", "generation": "33"}
    open_page(TWO, link | {"policy": policy})
    made = run(shared[-1].python)
    assert ".playable(33)" in shared[-1].python
    rows = [line for line in shared[-1].csv().splitlines() if not line.startswith("#")][1:]
    from_csv = np.array([[float(cell) for cell in row.split(",")[1:]] for row in rows])
    np.testing.assert_allclose(made["paths"].mean.T, from_csv, rtol=1e-5)


def test_it_runs_in_a_fresh_process(shared):
    open_page(TWO, small_link(TWO))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", shared[-1].python.replace(".show()", "")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
