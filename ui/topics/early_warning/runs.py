"""What the page computes, kept for everyone; what is a reader's own stays in the session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.drift import Judged, Monitoring
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.early_warning.game import HiddenHistories
from collapse_core.topics.early_warning.histories import History, make_history
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.watched import monitoring_of
from ui.kept import SHARED

__all__ = ["hidden_histories", "history_and_work", "own_steps"]


@SHARED.of
def history_and_work(asked: WatchedHistory) -> tuple[History, Monitoring]:
    """Return a history, and the monitor's work on it that is still to be done."""
    history = make_history(asked)
    return history, monitoring_of(history, asked.seed, asked.false_alarm)


@SHARED.of
def hidden_histories(hidden: HiddenHistories) -> list[History]:
    """Return six histories."""
    return hidden.histories()


def own_steps(lesson: Lesson, work: Monitoring, key: str) -> list[Judged]:
    """Return what the monitor finds in a reader's own rows; how far it is is shown meanwhile.

    Nothing is kept but in the session. A control that is moved meanwhile ends the run of the
    script, and the next one goes on where this one was.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    work : Monitoring
        What is to be done.
    key : str
        Of the session.
    """
    state: Any = st.session_state
    name, kept = state.get(key, ("", []))
    steps: list[Judged] = kept if name == work.identity else []
    state[key] = (work.identity, steps)
    if len(steps) <= work.total:
        bar = st.progress(0.0)
        while len(steps) <= work.total:
            text = lesson.say("own", "working", done=len(steps), all=work.total + 1)
            bar.progress(len(steps) / (work.total + 1), text)
            steps.append(work.after(steps) if steps else work.start())
        bar.empty()
    return steps
