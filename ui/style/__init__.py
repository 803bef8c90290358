"""How a page looks beyond the theme: where panel and picture stand, and how large things are."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from collapse_core.figures.look import Look

__all__ = ["start"]

_FOLDER = Path(__file__).parent


def start(look: Look, *, embedded: bool, projector: bool, more: Sequence[str] = ()) -> None:
    """Send the sheets of a page: its own, and that of a frame in another page or of a projector.

    ``more`` names further ones.

    Streamlit names the colours of its theme inside components alone, so those that the sheets use
    are named here.
    """
    kind = "embedded" if embedded else "projector" if projector else ""
    colours = f"--page-background: {look.background}; --page-accent: {look.blue};"
    named = f"<style>:root {{ {colours} }}</style>"
    st.html(named + "".join(map(_sheet, filter(None, ("page", kind, *more)))))


@functools.cache
def _sheet(name: str) -> str:
    """Return a sheet as HTML."""
    return f"<style>\n{(_FOLDER / f'{name}.css').read_text(encoding='utf-8')}</style>"
