"""A replica's app runs with few heaps, unless whoever starts it says how many."""

import importlib.util
import os
from unittest.mock import MagicMock

import pytest

from benchmarks.serving import ROOT


@pytest.fixture
def replica():
    """Return `deploy/replica.py` as a module; it is in no package."""
    found = importlib.util.spec_from_file_location("replica", ROOT / "deploy" / "replica.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("said", "heaps"), [({}, "2"), ({"MALLOC_ARENA_MAX": "7"}, "7")])
def test_the_app_has_few_heaps(replica, monkeypatch, said, heaps):
    started = []

    class StoppedError(Exception):
        """The app is not to be started."""

    def noted(command, **more):
        started.append(more["env"])
        raise StoppedError

    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(replica, "_Agent", MagicMock())
    monkeypatch.setattr(replica.subprocess, "Popen", noted)
    monkeypatch.setattr(replica.signal, "signal", lambda *_: None)
    with pytest.raises(StoppedError):
        replica.main([])
    (environment,) = started
    assert environment["MALLOC_ARENA_MAX"] == heaps
    assert environment["PATH"] == os.environ["PATH"]
