"""What a page can be asked, as its own script says it: nothing is run, and nothing is drawn.

A page begins with `Page(...)`, which says all its settings, and goes on to `page.controls(...)`,
which says those that it shows now, in which order, and with which range. Its script is run up to
there, with a page in place of `ui.page.Page` that only listens.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from collapse_core.lessons.control_words import ControlWords, control_words
from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson
from ui.catalogue import PageEntry
from ui.page_link import PageLink, chosen_on
from ui.settings import Choice, Setting, page_settings
from ui.shell import TOP

__all__ = ["AskedOf", "what_is_asked"]

Asked = TypeVar("Asked")
OpenLink = Callable[[Mapping[str, Setting], Collection[str]], PageLink]


@dataclass(frozen=True)
class AskedOf:
    """What a page can be asked.

    Parameters
    ----------
    lesson : Lesson
        Its words.
    link : PageLink
        Holds a value for each setting.
    shown : tuple of Setting
        What the page shows a control for, in its order.
    further : tuple of Setting
        What it shows below its picture, or for other choices.
    """

    lesson: Lesson
    link: PageLink
    shown: tuple[Setting, ...]
    further: tuple[Setting, ...]

    def words(self, name: str) -> ControlWords:
        """Return the words of a control."""
        return control_words(self.lesson, name)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All of them."""
        return self.shown + self.further


class _SaidError(Exception):
    """Ends the script of a page once it has said what it can be asked."""


class _Listening(Generic[Asked]):
    """Stands for a page while its script says what it can be asked."""

    waiting, embedded = False, False
    untold: frozenset[str] = frozenset()
    opens: OpenLink

    def __init__(
        self,
        key: str,
        asks: Any,
        further: Sequence[Setting] = (),
        others: Sequence[Any] = (),
        without: Sequence[str] = (),
    ) -> None:
        self.lesson = read_lesson(key)
        known = {name for other in others for name in other.defaults}
        self.link = type(self).opens(page_settings(asks, further, without), known)
        self.corner = nullcontext()
        self._drawn: list[str | Setting] = []

    def __getitem__(self, name: str) -> Any:
        return self.link.settings[name].usable(self.link[name])

    def draw(self, what: str | Setting) -> Any:
        """Hear which control is drawn by itself."""
        self._drawn.append(what)
        return self[what if isinstance(what, str) else what.name]

    def ask_nothing(self) -> None:
        """Hear that there is nothing to guess."""

    def controls(
        self,
        in_view: Sequence[str | Setting | None],
        more: Sequence[str | Setting] = (),
        *,
        beside: Sequence[str] = (),
    ) -> None:
        """Hear which controls are drawn, and let the script end."""
        items = [item for item in (*self._drawn, *beside, *in_view, *more) if item is not None]
        named = [self.link.settings[item] if isinstance(item, str) else item for item in items]
        raise _SaidError(AskedOf(self.lesson, self.link, tuple(named), self._further(named)))

    def _further(self, shown: Sequence[Setting]) -> tuple[Setting, ...]:
        """Return what has words of its own, and no control among these."""
        told = {setting.name for setting in shown}
        own = self.lesson.tables.get("controls", {})
        left = [setting for name, setting in self.link.settings.items() if name not in told]
        return tuple(item for item in left if item.name in own and self._has_words(item))

    def _has_words(self, setting: Setting) -> bool:
        try:
            words = control_words(self.lesson, setting.name).variant(setting.variant)
            # Which options there are may only be known once something is run.
            options = setting.options if isinstance(setting, Choice) and not setting.names else ()
            named = all(words.option(option) for option in options)
            return named and bool((setting.label or words["label"]) and words["help"])
        except LessonError:
            return False


def what_is_asked(entry: PageEntry, opens: OpenLink, asker: str) -> AskedOf:
    """Return what a page can be asked, with a link that holds the values.

    Parameters
    ----------
    entry : PageEntry
        Of the page, an experiment.
    opens : callable
        Makes the link, of the settings and of further names that the page knows.
    asker : str
        Key of the page that asks.

    Raises
    ------
    RuntimeError
        If its script ends without controls.
    """
    listening = type("Listening", (_Listening,), {"opens": staticmethod(opens)})
    try:
        with chosen_on(asker):
            exec(_script(entry.file), {"__name__": entry.key, "Page": listening})
    except _SaidError as said:
        found: AskedOf = said.args[0]
        return found
    raise RuntimeError(f"{entry.file} draws no controls: call page.controls.")


@functools.cache
def _script(file: str) -> Any:
    """Return a page's script without the line that names its page."""
    tree = ast.parse((TOP / file).read_text(encoding="utf-8"), file)
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.ImportFrom) and node.module == "ui.page")
    ]
    return compile(tree, file, "exec")
