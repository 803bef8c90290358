"""The store of live classes of this server: one for all its sessions.

Where it lives: in the database of ``[connections.class]`` in Streamlit's secrets, else in that
whose address is in ``COLLAPSE_CLASS_DATABASE``, else in an SQLite file of this user in the
machine's folder for temporary files. Nothing is made there before a class is looked for.
"""

from __future__ import annotations

import functools
import os
import tempfile
import threading
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ui.classroom.store import ClassStore, keep_sweeping

__all__ = ["ADDRESS", "class_store"]

ADDRESS = "COLLAPSE_CLASS_DATABASE"  # in the environment
_OPENING = threading.Lock()  # two who come first open one store


def class_store() -> ClassStore:
    """Return the store; the first who asks opens it, and deletes what is over."""
    with _OPENING:
        if _has_secrets():
            return _connected()
        return _opened(os.environ.get(ADDRESS) or _own_file())


@functools.cache
def _opened(address: str) -> ClassStore:
    store = ClassStore.at(address)
    keep_sweeping(store)
    return store


@functools.cache
def _connected() -> ClassStore:
    # The engine alone: what `query` of a connection keeps would freeze a class.
    store = ClassStore(st.connection("class", type="sql").engine)
    keep_sweeping(store)
    return store


@functools.cache
def _has_secrets() -> bool:
    # Asked once: where there are none, Streamlit looks for their file each time, at every poll.
    try:
        return "class" in st.secrets.get("connections", {})
    except StreamlitSecretNotFoundError:
        return False


@functools.cache
def _own_file() -> str:
    """Return the address of a file that only this user can read."""
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"model-collapse-class-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (folder.is_symlink() or folder.stat().st_uid != owner):
        # Somebody else has the name.
        folder = Path(tempfile.mkdtemp(prefix="model-collapse-class-"))
    return f"sqlite:///{folder / 'class.sqlite'}"
