"""Where the result of a round opens as data like any other: over the exact law of another page."""

from __future__ import annotations

import streamlit as st

from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.line import LineGame
from collapse_core.classroom.games.spot import START_SPREAD
from collapse_core.classroom.own_data import own_settings
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.class_chains import spelled_chains
from ui.classroom.telephone.standing import Standing
from ui.share import beside, full_link
from ui.shell import entry_of
from ui.visit import language_in_links

__all__ = ["draw_way_on", "way_on"]

WITHOUT_A_LAW_THERE = ("judge", "accumulate")  # variants that no page's loop has


def way_on(standing: Standing) -> tuple[str, dict[str, object]] | None:
    """Return the page that takes the result, and its settings; None where no page does.

    Parameters
    ----------
    standing : Standing
        The round. Of the jar the share of blue is taken, of the line the spread.
    """
    game, models = standing.game, standing.progress.models
    if not standing.progress.answered or not isinstance(game, JarGame | LineGame):
        return None
    settings: dict[str, object] = {**own_settings(game, standing.settings), "guess": "skip"}
    if isinstance(game, JarGame):
        chains = [[1.0 - model["share"] for model in chain] for chain in models]
        settings |= {"share": 1.0 - game.start, "chains": spelled_chains(chains)}
        return "two_colours", settings
    chains = [[model["spread"] / START_SPREAD for model in chain] for chain in models]
    return "bell_curve", settings | {"chains": spelled_chains(chains)}


def draw_way_on(standing: Standing, lesson: Lesson) -> None:
    """Draw the link to the page that takes the result, if there is one."""
    found = way_on(standing)
    if found is None:
        return
    key, settings = found
    link = full_link(beside(st.context.url, key), settings | language_in_links())
    label = lesson.say("wall", "open_in", page=entry_of(key).title)
    st.link_button(label, link, icon=":material/open_in_new:")
    if standing.settings["variant"] in WITHOUT_A_LAW_THERE:
        st.caption(lesson.text("wall", "open_alone"))
