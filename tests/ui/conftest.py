"""What tests of pages have in common."""

import pytest

from ui import share


@pytest.fixture
def shared(monkeypatch):
    """Collect what the pages offer to share, as they are opened."""
    offered = []
    original = share.share_button

    def collect(place, what):
        offered.append(what)
        return original(place, what)

    monkeypatch.setattr(share, "share_button", collect)
    return offered
