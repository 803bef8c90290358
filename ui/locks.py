"""Locks: a link may keep controls where it puts them, leave some out, and leave the law untold.

``lock`` and ``hide`` name controls, joined by "-"; ``law=hidden`` leaves the exact law untold. A
lock is a help in class and no secret: the page says so, and how to open it fully.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import shell_words
from ui.page_link import PageLink
from ui.settings import Choice, Setting, Several
from ui.share import full_link
from ui.widgets import draw, held

__all__ = ["HIDE", "LAW", "LOCK", "LOCKS", "Locks", "few_in_view", "lock_settings"]

Item = str | Setting
Places = Sequence[Item | None]

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

    def draw(self, setting: Setting, link: PageLink, words: Callable[[str], ControlWords]) -> Any:
        """Draw a control as `ui.widgets.draw` does, unless it is hidden; return its value."""
        if setting.name in self.hidden:
            return held(setting, link)
        return draw(setting, link, words, locked=setting.name in self.locked)

    def sorted(
        self, in_view: Places, more: Sequence[Item]
    ) -> tuple[list[Item | None], list[Item], list[Item]]:
        """Return the controls in view, those under "More", and those that are hidden.

        The places of those in view stay, as a page may ask for one.
        """
        left_out = [item for item in (*in_view, *more) if item is not None and self._hides(item)]
        seen = [None if item is None or self._hides(item) else item for item in in_view]
        return seen, [item for item in more if not self._hides(item)], left_out

    def _hides(self, item: Item) -> bool:
        return (item if isinstance(item, str) else item.name) in self.hidden

    def lead_out(self, place: Any, parameters: Mapping[str, str], *, embedded: bool) -> None:
        """Draw the way to the page in full: out of another page, and out of what locks it.

        Parameters
        ----------
        place : streamlit container
            An empty one; None where there is nothing to lead out of.
        parameters : mapping
            What a link to the picture holds.
        embedded : bool
            Whether the page is shown inside another one.
        """
        opened = {name: text for name, text in parameters.items() if name not in LOCKS}
        link = full_link(st.context.url, opened)
        if self.any:
            case = (
                "law" if not (self.locked or self.hidden) else "both" if self.law_hidden else "line"
            )
            words = shell_words("locks")["embedded" if embedded else case]
            place.caption(str(words).format(link=link))
        elif embedded:
            place.caption(f"[{shell_words('share')['full_page']}]({link})")

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


def few_in_view(
    in_view: Places, more: Sequence[Item], most: int
) -> tuple[list[Item | None], list[Item]]:
    """Move all but a few controls in view under "More"; the places of the others stay empty."""
    seen = [item for item in in_view if item is not None]
    first, others = seen[:most], seen[most:]
    return [item if item in first else None for item in in_view], [*others, *more]
