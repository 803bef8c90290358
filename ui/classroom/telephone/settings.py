"""The settings of a round of telephone, as a form on the teacher's desk."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit as st

from collapse_core.classroom.games import GAMES
from collapse_core.classroom.rounds import DEFAULTS, VARIANTS, telephone_settings
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson

__all__ = ["settings_form"]

# What a desk offers; the round itself would take more.
DRAWS, CHAINS, LENGTH, WAIT, SECONDS = (2, 24), (1, 30), (2, 12), (15, 300), (2, 30)


def settings_form(lesson: Lesson) -> dict[str, Any]:
    """Draw the controls of a round and return its settings.

    Parameters
    ----------
    lesson : Lesson
        ``telephone``.

    Returns
    -------
    dict
        What `telephone_settings` returns, each time with another seed.
    """
    left, right = st.columns(2)
    with left:
        game = _choice(lesson, "game", tuple(GAMES))
        variant = _choice(lesson, "variant", VARIANTS)
        draws = _number(lesson, "draws", DRAWS)
        shown = _number(lesson, "shown_seconds", SECONDS)
    with right:
        chains = _number(lesson, "chains", CHAINS)
        length = _number(lesson, "length", LENGTH)
        wait = _number(lesson, "wait", WAIT, step=5)
    st.caption(lesson.say("settings", "sum", turns=chains * length, people=chains * length))
    return telephone_settings(
        {
            "game": game,
            "draws": draws,
            "chains": chains,
            "length": length,
            "variant": variant,
            "wait": wait,
            "shown_seconds": shown,
            "seed": secrets.randbelow(10**6),
        }
    )


def _choice(lesson: Lesson, name: str, options: tuple[str, ...]) -> str:
    words = control_words(lesson, name)
    chosen: str = st.selectbox(
        words["label"],
        options,
        index=options.index(DEFAULTS[name]),
        format_func=words.option,
        key=f"telephone/{name}",
        help=words["help"],
    )
    return chosen


def _number(lesson: Lesson, name: str, ends: tuple[int, int], step: int = 1) -> int:
    words = control_words(lesson, name)
    return int(
        st.slider(
            words["label"],
            *ends,
            value=int(DEFAULTS[name]),
            step=step,
            key=f"telephone/{name}",
            help=words["help"],
        )
    )
