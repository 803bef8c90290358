"""Long work on a page: done in slices, with progress, time left and a stop button.

A page calls `long_run` where its progress belongs, draws whatever is there so far, and calls
`go_on` at its very end. Each run of the script does one slice of the work, so the whole page always
shows what is known, every control works all the time, and stopping keeps what was computed. The
steps are kept for everyone: a class that opens the same link computes it once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

from collapse_core.lessons.lesson import read_lesson, shell_words
from collapse_core.models.base import Report
from collapse_core.stepwise import Stepwise

__all__ = ["LongRun", "go_on", "long_run", "watched"]

Result = TypeVar("Result")

MOST_RUNS = 16
FIRST_SLICE = 0.4
LATER_SLICE = 1.2
WAIT = 0.1


@dataclass
class Work:
    """The steps of one piece of work, shared by everyone who asks for it."""

    steps: list[Any]
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class LongRun:
    """How far a piece of work is.

    Parameters
    ----------
    steps : sequence
        What is done so far, step 0 first; never empty.
    total : int
        Number of steps after the first one.
    running : bool
        Whether the next run of the script goes on with it.
    """

    steps: Sequence[Any]
    total: int
    running: bool

    @property
    def done(self) -> int:
        """Number of steps done, the first one not counted."""
        return len(self.steps) - 1

    @property
    def finished(self) -> bool:
        """Whether all steps are done."""
        return self.done >= self.total


def long_run(task: Stepwise, *, key: str, noun: str = "generation") -> LongRun:
    """Draw the progress of a piece of work, and do one slice of it.

    Parameters
    ----------
    task : Stepwise
        What to do; its ``repr`` names everything that it depends on.
    key : str
        Unique on the page.
    noun : str
        What a step is called: a key of the shell's words.

    Returns
    -------
    LongRun
        What is done so far.
    """
    name = repr(task)
    work = _work(name, task)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"{key}_progress", height="content"
    ):
        bar = st.container(width="stretch").empty()
        stopped = st.session_state.get(f"{key}_stopped") == name
        button = st.container(width="content").empty()
        if not _is_done(work, task):
            _stop_button(button, key, name, stopped)
        if not stopped:
            _slice(work, task, bar, noun)
        if _is_done(work, task):
            button.empty()
    _show(bar, work, task, noun, stopped=stopped)
    steps = tuple(work.steps)
    return LongRun(steps, task.total, not stopped and len(steps) <= task.total)


def watched(name: str, make: Callable[[Report], Result]) -> Result:
    """Return the result of work in one piece; if it takes a while, draw how far it is.

    The result is kept for everyone. Any control that is moved meanwhile ends the work.

    Parameters
    ----------
    name : str
        Names everything that the result depends on.
    make : callable
        Does the work and tells how much of it is done, 0 to 1.
    """
    kept = _result(name)
    bar = st.empty()
    began = shown = time.monotonic()

    def report(share: float) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown > WAIT:
            shown = now
            left = (now - began) * (1.0 / share - 1.0) if share > 0 else 0.0
            bar.progress(min(1.0, share), _with_time_left(shell_words("long_run")["working"], left))

    with kept.lock:
        if not kept.steps:
            kept.steps.append(make(report))
    bar.empty()
    result: Result = kept.steps[0]
    return result


def go_on(*runs: LongRun) -> None:
    """Run the script again if there is work left. Call it at the end of the page."""
    if any(run.running for run in runs):
        st.rerun()


@st.cache_resource(max_entries=MOST_RUNS, show_spinner=False)
def _result(name: str) -> Work:
    return Work([])


@st.cache_resource(max_entries=MOST_RUNS, show_spinner=False)
def _work(name: str, _task: Stepwise) -> Work:
    return Work([_task.start()])


def _is_done(work: Work, task: Stepwise) -> bool:
    return len(work.steps) > task.total


def _stop_button(place: Any, key: str, name: str, stopped: bool) -> None:
    words = shell_words("long_run")

    def turn() -> None:
        st.session_state[f"{key}_stopped"] = None if stopped else name

    place.button(
        words["go_on" if stopped else "stop"],
        key=f"{key}_stop",
        on_click=turn,
        icon=":material/play_arrow:" if stopped else ":material/stop:",
        help=words["go_on_help" if stopped else "stop_help"],
    )


def _slice(work: Work, task: Stepwise, bar: Any, noun: str) -> None:
    """Do steps until the slice is over, or the rest if it is short."""
    began = time.monotonic()
    budget = FIRST_SLICE if len(work.steps) == 1 else LATER_SLICE
    _show(bar, work, task, noun)
    while not _is_done(work, task):
        # Somebody else may be doing the same work: then this page only watches.
        if work.lock.acquire(timeout=WAIT):
            try:
                if not _is_done(work, task):
                    _step(work, task, bar, noun)
            finally:
                work.lock.release()
        _show(bar, work, task, noun)
        spent = time.monotonic() - began
        if spent >= budget and _seconds_left(work, task, 0.0) > budget:
            return


def _step(work: Work, task: Stepwise, bar: Any, noun: str) -> None:
    began = time.monotonic()
    shown = began

    def report(share: float) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown > WAIT:
            shown = now
            _show(bar, work, task, noun, share)

    step = task.after(tuple(work.steps), report)
    work.steps.append(step)
    work.seconds += time.monotonic() - began


def _seconds_left(work: Work, task: Stepwise, share: float) -> float:
    """Return an estimate from the steps that are done; 0 where there is none yet."""
    done = len(work.steps) - 1
    return work.seconds / done * (task.total - done - share) if done else 0.0


def _show(
    bar: Any, work: Work, task: Stepwise, noun: str, share: float = 0.0, stopped: bool = False
) -> None:
    lesson = read_lesson("shell")
    done = len(work.steps) - 1
    if done >= task.total:
        bar.caption(lesson.say("long_run", "finished", all=_counted(noun, task.total)))
        return
    left = 0.0 if stopped else _seconds_left(work, task, share)
    name = "stopped" if stopped else "progress"
    text = lesson.say("long_run", name, done=done, all=_counted(noun, task.total))
    bar.progress(min(1.0, (done + share) / task.total), _with_time_left(text, left))


def _with_time_left(text: str, seconds: float) -> str:
    """Return a text with the time left behind it, if that is known."""
    if not seconds:
        return text
    return read_lesson("shell").say("long_run", "left", text=text, seconds=max(1, round(seconds)))


def _counted(noun: str, count: int) -> str:
    lesson = read_lesson("shell")
    return lesson.numbers.counted(count, lesson.nouns[noun])
