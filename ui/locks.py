"""Locks: a link may keep controls where it puts them, leave some out, and leave the law untold.

``lock`` and ``hide`` name controls, joined by "-"; ``law=hidden`` leaves the exact law untold. A
lock is a help in class and no secret: the page says so, and how to open it fully.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import shell_words
from ui.page_link import PageLink
from ui.settings import Choice, Setting, Several

__all__ = ["HIDE", "LAW", "LOCK", "LOCKS", "Locks", "lock_settings"]

LOCK, HIDE = "lock", "hide"
LAW = Choice.of("law", ("shown", "hidden"), preset=False)
# What makes a link a locked one.
LOCKS = (LOCK, HIDE, LAW.name)


def lock_settings(names: Iterable[str]) -> dict[str, Setting]:
    """Return the settings that lock a page whose controls have these names, by their own."""
    controls = tuple(dict.fromkeys(names))
    several = [
        Several(name=name, default=[], options=controls, most=len(controls), preset=False)
        for name in (LOCK, HIDE)
    ]
    return {setting.name: setting for setting in (*several, LAW)}


class Locks:
    """What the link of a page locks. It tells the link which values stay, and where they began.

    Parameters
    ----------
    link : PageLink
        Of the page, with the settings that lock it.

    Attributes
    ----------
    locked, hidden : frozenset of str
        Controls that are shown and cannot be moved, and those that are not shown.
    law_hidden : bool
        Whether the exact law is left untold.
    """

    def __init__(self, link: PageLink) -> None:
        self.hidden = frozenset(link[HIDE])
        self.locked = frozenset(link[LOCK]) - self.hidden
        self.law_hidden = link[LAW.name] == "hidden"
        link.fixed = self.locked | self.hidden
        link.start = self._start(link) if self.any else {}

    @property
    def any(self) -> bool:
        """Whether anything is locked."""
        return bool(self.locked or self.hidden or self.law_hidden)

    def words(self, link: str, *, embedded: bool) -> str:
        """Return the line that says what is locked, with the link that opens it fully."""
        case = "law" if not (self.locked or self.hidden) else "both" if self.law_hidden else "line"
        return str(shell_words("locks")["embedded" if embedded else case]).format(link=link)

    def _start(self, link: PageLink) -> dict[str, Any]:
        """Return the values of the link that was opened: where starting over leads back to.

        Back and Forward within a visit, and the menu, lead to what was made of that link since;
        another link that locks something is a new beginning.
        """
        key = f"{link.page}/locked_at"
        values = {name: link[name] for name in link.settings}
        start: dict[str, Any] | None = st.session_state.get(key)
        kept = {*link.fixed, *LOCKS}
        same = start is not None and all(start.get(n) == values.get(n) for n in kept)
        if start is None or not same or link.came_anew:
            st.session_state[key] = start = values
        return start
