"""A page in words: what leads to the experiments has settings and a link, and no picture to ask.

Its script makes a `Guide`, draws what it has to say, and ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.control_words import ControlWords, control_words
from ui import sections
from ui.page_link import PageLink
from ui.settings import Setting
from ui.shell import open_page
from ui.warming import warm
from ui.widgets import draw

__all__ = ["Guide"]


class Guide:
    """An opened page in words.

    Parameters
    ----------
    key : str
        The page's key in the catalogue.
    settings : sequence of Setting
        What the page can be asked, and its link holds.

    Attributes
    ----------
    lesson : Lesson
        The page's words.
    look : Look
        Colours and sizes of the figures of this visit.
    embedded : bool
        Whether it is shown inside another page.
    link : PageLink
        Holds the values of the settings.
    """

    def __init__(self, key: str, settings: Sequence[Setting] = ()) -> None:
        opened = open_page(key)
        self.key, self.lesson, self.look = key, opened.lesson, opened.look
        self.embedded = opened.embedded
        self.link = PageLink(key, {setting.name: setting for setting in settings})
        sections.ignored(self.link)

    def words(self, name: str) -> ControlWords:
        """Return the words of a control: the page's own over those of all pages."""
        return control_words(self.lesson, name)

    def draw(self, name: str) -> Any:
        """Draw the control of a setting and return its value."""
        return draw(self.link.settings[name], self.link, self.words)

    def __getitem__(self, name: str) -> Any:
        """Return the value of a setting, drawn or not."""
        return self.link[name]

    def end(self) -> None:
        """Write the link: the last thing that a page does."""
        self.link.write()
        warm()
