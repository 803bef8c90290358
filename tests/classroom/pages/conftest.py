"""What tests of a class's pages have in common: a store of their own, and ways to open pages."""

import pytest
from opened import open_page

from ui.catalogue import CLASSROOM
from ui.classroom import connection

ENTRIES = {entry.key: entry for entry in CLASSROOM}


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    """Return the store that the pages of a test use: a file that goes with the test."""
    address = f"sqlite:///{tmp_path / 'class.sqlite'}"
    monkeypatch.setenv(connection.ADDRESS, address)
    return connection._opened(address)


@pytest.fixture
def opened(store):
    """Return a class that was just opened, and its teacher's token."""
    return store.open_class("en")


@pytest.fixture
def room():
    """Return what opens a page of a class: "join", "wall" or "desk", with a query."""

    def open_room(key, **query):
        query = {{"code": "class"}.get(name, name): value for name, value in query.items()}
        return open_page(ENTRIES[key], query)

    return open_room
