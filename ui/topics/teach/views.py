"""The views of the page on teaching; only the one that is shown is made."""

from __future__ import annotations

from typing import Any

from collapse_core.topics.teach.by_hand import HumanChains
from collapse_core.topics.two_colours.question import TwoColours
from ui import visit
from ui.guide import Guide
from ui.settings import Choice, Number, Setting, settings_of
from ui.topics.teach.cures import draw_cures
from ui.topics.teach.plans import MINUTES, draw_plans
from ui.topics.teach.quiz import draw_quiz
from ui.topics.teach.sheets import draw_worksheet
from ui.topics.teach.unplugged import draw_unplugged
from ui.topics.teach.words import draw_glossary, term_choice

__all__ = ["draw_view", "teach_settings"]

VIEW = Choice.of(
    "view",
    ("plans", "worksheet", "quiz", "cures", "unplugged", "glossary"),
    side_by_side=True,
    label_hidden=True,
)


def teach_settings() -> tuple[Setting, ...]:
    """Return everything that the page can be asked."""
    visit.begin()  # the words of the glossary are read before the page is opened
    asks: Any = HumanChains
    seed, by_hand = Number.of(TwoColours.params["seed"]), settings_of(asks)
    return (VIEW, MINUTES, seed, term_choice(), *by_hand.values())


def draw_view(page: Guide) -> None:
    """Draw the view that is chosen.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    {
        "plans": draw_plans,
        "worksheet": draw_worksheet,
        "quiz": draw_quiz,
        "cures": draw_cures,
        "unplugged": draw_unplugged,
        "glossary": draw_glossary,
    }[page["view"]](page)
