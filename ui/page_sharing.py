"""What a page shares: its link, its tables, its picture as a file, a notebook; the way out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from collapse_core.figures.player.stand_alone import Playable
from collapse_core.lessons.language import in_this_language, language
from collapse_core.lessons.notebook import notebook as notebook_of
from ui import share, visit
from ui.locks import LOCKS, Locks
from ui.page_shown import PageShown
from ui.settings import PANELS, TICK

__all__ = ["PageSharing"]


class PageSharing(PageShown):
    """What shares the picture of a page that is open."""

    corner: Any
    locks: Locks
    _details: Callable[[], Sequence[str]] = list

    def _share(
        self,
        columns: Callable[[], Mapping[str, Any]] | None,
        csv: Callable[[], str],
        python: str,
        name: str,
        unshared: Sequence[str],
    ) -> None:
        picture, lesson, tick = self._picture, self.lesson, self.tick
        assert picture is not None, "a page draws its picture before it ends"
        # What is made later, when somebody presses, knows no session.
        shown = {"panels": self[PANELS.name], "guess": self.answer.shown()["guess"]}

        @in_this_language
        def html() -> str:
            return Playable(picture(), tick, columns() if columns else {}, **shown).html()

        details = list if self.waiting else self._details

        @in_this_language
        def notebook(link: str) -> str:
            said = picture().captions[tick : tick + 1]
            return notebook_of(lesson, python, said, details(), link)

        parameters = self._parameters(unshared) | {TICK.name: str(tick)}
        table: Callable[[], str] | None = in_this_language(csv)
        if self.locks.law_hidden:  # the table of all runs, and the code, tell the law too
            table, python = None, ""
        shared = share.Shared(
            parameters, table, html, python, notebook, name, lesson.title, self.key
        )
        share.share_button(self.corner, shared)

    def _parameters(self, unshared: Collection[str] = ()) -> dict[str, str]:
        """Return what a link to the picture holds: each setting drawn, the panels, the language."""
        names = [name for name in self.values if name not in unshared]
        spoken = {visit.LANGUAGE.name: language()}
        locks = self.link.differs(LOCKS)
        return self.link.texts([*names, PANELS.name, *locks]) | self.link.extra() | spoken
