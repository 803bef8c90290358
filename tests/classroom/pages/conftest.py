"""What tests of a class's pages have in common: a store of their own, and a class."""

import pytest

from ui.classroom import connection, tries


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    """Return the store that the pages of a test use: a file that goes with the test."""
    address = f"sqlite:///{tmp_path / 'class.sqlite'}"
    monkeypatch.setenv(connection.ADDRESS, address)
    monkeypatch.setattr("ui.classroom.entering.TRIES", tries.Tries())
    return connection._opened(address)


@pytest.fixture
def opened(store):
    """Return a class that was just opened, and its teacher's token."""
    return store.open_class("en")
