"""Settings for all tests: no example of Hypothesis fails because the machine is busy."""

import pytest
from hypothesis import settings

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")


@pytest.fixture
def first_slices_only(monkeypatch):
    """Draw each page once with the first slice of its long work, as a reader sees it at first."""
    from ui import long_run

    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
