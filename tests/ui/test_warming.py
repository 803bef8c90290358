"""What other pages need is imported in the background, by modules that are there."""

import importlib
import importlib.util
import subprocess
import sys

import pytest
from opened import ENTRIES, ROOT

from ui import warming

MORE = "['late:' + name for name in set(sys.modules) - before]"


def loaded_while(program):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program + "; print(*sys.modules)"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_every_module_of_every_page_is_imported_and_the_heavy_libraries_come_last():
    names = list(warming._modules())
    assert names[-len(warming.LIBRARIES) :] == list(warming.LIBRARIES)
    topics = {
        f"collapse_core.topics.{entry.key}" for entry in ENTRIES if entry.kind == "experiment"
    }
    assert topics <= set(names)
    assert {"ui.topics.vanishing_tails.runs", "ui.topics.home.loop_drawing"} <= set(names)
    assert all(importlib.util.find_spec(name) for name in names)


@pytest.mark.full
def test_a_page_that_is_opened_later_finds_everything_there():
    quick = "import sys; from ui import warming; warming.PAUSE = 0.0; warming._import_all()"
    pages = "; ".join(
        f"import {line.split()[1]}"
        for entry in ENTRIES
        for line in (ROOT / entry.file).read_text(encoding="utf-8").splitlines()
        if line.startswith(("from ui", "from collapse_core"))
    )
    done = loaded_while(f"{quick}; before = set(sys.modules); {pages}; late = {MORE}; print(*late)")
    assert done >= set(warming._modules())
    assert not any(name.startswith("late:") for name in done)


def test_a_missing_library_is_no_error(monkeypatch):
    names = ["no_such_library.inside", "collapse_core"]
    imported = []
    monkeypatch.setattr(warming, "PAUSE", 0.0)
    monkeypatch.setattr(warming, "_modules", lambda: names)
    found = importlib.import_module

    def noted(name):
        imported.append(name)
        return found(name)

    monkeypatch.setattr(warming.importlib, "import_module", noted)
    warming._import_all()
    assert imported == names


def test_it_begins_once(monkeypatch):
    begun = []
    monkeypatch.setattr(warming, "_import_all", lambda: begun.append(1))
    monkeypatch.setattr(warming, "WAIT", 0.0)
    warming.warm.cache_clear()
    for _ in range(3):
        warming.warm()
    for _ in range(200):
        if begun:
            break
        warming.time.sleep(0.01)
    warming.time.sleep(0.05)
    assert begun == [1]
