"""Mounts the script that keeps the focus where it was, and says what language a page is in."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import shell_words

__all__ = ["start"]


@functools.cache
def _script() -> Any:
    script = (Path(__file__).parent / "focus.js").read_text(encoding="utf-8")
    return st.components.v2.component("keyboard", js=script, isolate_styles=False)


def start() -> None:
    """Send the script; a page does so once, before its controls."""
    words = {"language": language().replace("_", "-"), "skip": shell_words("keyboard")["skip"]}
    _script()(key="keyboard", data=words)
