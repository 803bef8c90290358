"""Where the classes of a server are: by its environment, or in a file of this user alone."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ui.classroom import connection


@pytest.fixture
def temporary(monkeypatch, tmp_path_factory):
    """Let the machine's folder for temporary files be one of the test."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(connection.tempfile, "tempdir", str(folder))
    connection._own_file.cache_clear()
    yield folder
    connection._own_file.cache_clear()


def folder_of(address):
    return Path(address.removeprefix("sqlite:///")).parent


def test_all_who_come_first_share_one_store(monkeypatch, tmp_path):
    monkeypatch.setenv(connection.ADDRESS, f"sqlite:///{tmp_path / 'first.sqlite'}")
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: connection.class_store(), range(16)))
    assert len({id(store) for store in found}) == 1
    assert (tmp_path / "first.sqlite").is_file()


def test_without_an_address_it_is_a_file_that_only_this_user_reads(temporary, monkeypatch):
    monkeypatch.delenv(connection.ADDRESS)
    connection.class_store()
    (folder,) = temporary.iterdir()
    assert (folder / "class.sqlite").is_file()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this machine has no symbolic links")
def test_a_folder_that_somebody_else_has_put_there_is_not_used(temporary, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    taken = temporary / f"model-collapse-class-{os.getuid()}"
    taken.symlink_to(elsewhere)
    assert folder_of(connection._own_file()) != taken
    assert not list(elsewhere.iterdir())
