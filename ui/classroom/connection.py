"""The store of live classes of this server: one for all its sessions.

Where it lives: in the database of ``[connections.class]`` in Streamlit's secrets, else in that
whose address is in ``COLLAPSE_CLASS_DATABASE``, else in an SQLite file of this user in the
machine's folder for temporary files. Nothing is made there before a class is looked for.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ui.classroom.store import ClassStore

__all__ = ["ADDRESS", "class_store"]

ADDRESS = "COLLAPSE_CLASS_DATABASE"  # in the environment


def class_store() -> ClassStore:
    """Return the store; the first who asks opens it, and deletes what is over."""
    if _has_secrets():
        return _connected()
    return _opened(os.environ.get(ADDRESS) or _own_file())


@st.cache_resource(show_spinner=False)
def _opened(address: str) -> ClassStore:
    store = ClassStore.at(address)
    store.sweep()
    return store


@st.cache_resource(show_spinner=False)
def _connected() -> ClassStore:
    # The engine alone: what `query` of a connection keeps would freeze a class.
    store = ClassStore(st.connection("class", type="sql").engine)
    store.sweep()
    return store


def _has_secrets() -> bool:
    try:
        return "class" in st.secrets.get("connections", {})
    except StreamlitSecretNotFoundError:
        return False


def _own_file() -> str:
    """Return the address of a file that only this user can read."""
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"model-collapse-class-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return f"sqlite:///{folder / 'class.sqlite'}"
