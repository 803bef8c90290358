"""Mounts the script that keeps the focus where it was, once for all pages."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import shell_words

__all__ = ["start"]


@functools.cache
def _script() -> Any:
    script = (Path(__file__).parent / "focus.js").read_text(encoding="utf-8")
    words = json.dumps(shell_words("keyboard")["skip"])
    return st.components.v2.component(
        "keyboard", js=script.replace("SKIP", words), isolate_styles=False
    )


def start() -> None:
    """Send the script; a page does so once, before its controls."""
    _script()(key="keyboard")
