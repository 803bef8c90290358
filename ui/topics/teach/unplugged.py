"""The loop by hand: how to play it, the table to print, and a class on the exact law."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from collapse_core.topics.teach.by_hand import HumanChains, chains_law, example_counts
from collapse_core.topics.teach.class_counts import ClassCounts, parse_class_counts
from collapse_core.topics.teach.figure import class_figure
from collapse_core.topics.teach.printed import printed_table
from collapse_core.topics.teach.sentences import ChainsSentences
from ui import sections
from ui.guide import Guide
from ui.kept import SHARED
from ui.own_data import OwnData, plain
from ui.pictures import show
from ui.player.hand import clock_tick
from ui.topics.teach.sheets import sheet_button

__all__ = ["draw_unplugged"]

CLOCK = "teach_chains"
LARGEST = 10_000
COUNTS_AND_PICTURE = (1.0, 2.4)


def draw_unplugged(page: Guide) -> None:
    """Draw the game, and what a class drew beside what was to be expected.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson = page.lesson
    columns = st.columns(3)
    for place, name in zip(columns, ("draws", "people", "chains"), strict=True):
        with place:
            page.draw(name)
    asked = HumanChains(**{name: int(page[name]) for name in ("draws", "people", "chains")})
    st.markdown(lesson.say("unplugged", "text", asked.settings()))
    st.markdown(ChainsSentences(lesson, asked, _law(asked), None).expected())
    sheet_button(page, "print_table", printed_table(lesson, asked), "recording-table")
    st.header(lesson.text("unplugged", "heading"), anchor=False)
    left, right = st.columns(COUNTS_AND_PICTURE, gap="medium")
    with left:
        counts = _own(page, asked)
    with right:
        _picture(page, asked, counts)


def _law(asked: HumanChains) -> Any:
    return SHARED.get(f"chains {asked!r}", lambda: chains_law(asked))


def _own(page: Guide, asked: HumanChains) -> ClassCounts | None:
    """Draw the place for the counts; return those that suit the settings."""
    rows = example_counts(asked).tolist()
    example = "\n".join(", ".join(map(str, row)) for row in rows)
    read = partial(parse_class_counts, draws=asked.draws, people=asked.people)
    own = OwnData(page.key, page.words("class_counts"), plain(read, LARGEST), example, height=190)
    state: Any = st.session_state
    # Nothing is there at first: an example is not what a class drew.
    state.setdefault(own.key("typed"), state.get(own.key("kept"), ""))
    counts = own.ask()
    suits = counts is not None and (counts.draws, len(counts.counts[0])) == (
        asked.draws,
        asked.people,
    )
    return counts if suits else None


def _picture(page: Guide, asked: HumanChains, counts: ClassCounts | None) -> None:
    """Draw the law, and the class's chains on it."""
    shown = asked if counts is None else replace(asked, chains=len(counts.counts))
    law = _law(shown)
    spoken = ChainsSentences(page.lesson, shown, law, counts)
    look = page.look
    show(
        lambda: class_figure(law, counts, look=look, alt=spoken.alt()).picture(
            spoken.captions(), name=CLOCK, title=page.lesson.title
        ),
        (shown, counts, look),
        key=CLOCK,
        tick=clock_tick(CLOCK, asked.people, asked.people),
        private=counts is not None,
    )
    sections.table(spoken.columns)
