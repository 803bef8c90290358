"""Settings for every test of the pages."""

import pytest

from ui import long_run


@pytest.fixture
def first_slices_only(monkeypatch):
    """Draw each page once with the first slice of its long work, as a reader sees it at first."""
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
