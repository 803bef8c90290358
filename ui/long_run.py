"""Long work on a page: done by worker threads, with progress, time left and a stop button.

A page calls `long_run` where its progress belongs, draws whatever is there so far, and calls
`go_on` at its very end. Each run of the script watches the work for a while, so the whole page
always shows what is known, every control works all the time, and stopping keeps what was computed.
The steps are kept for everyone: a class that opens the same link computes it once, and who asks for
more generations of the same computes the new ones.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import streamlit as st

from collapse_core.lessons.lesson import read_lesson, shell_words
from collapse_core.models.base import Report
from collapse_core.stepwise import Stepwise
from ui.kept import SHARED
from ui.workers import Job, Workers

__all__ = ["LongRun", "go_on", "long_run", "watched"]

Result = TypeVar("Result")

WORKERS = Workers(SHARED)
FIRST_WATCH = 0.4
LATER_WATCH = 1.2
WAIT = 0.1


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
    """Draw the progress of a piece of work, and watch it for a while.

    Parameters
    ----------
    task : Stepwise
        What to do.
    key : str
        Unique on the page.
    noun : str
        What a step is called: a key of the shell's words.

    Returns
    -------
    LongRun
        What is done so far.
    """
    asked, state = repr(task), st.session_state
    job = WORKERS.job(f"steps {task.identity}", task.start, task.after)
    stopped = state.get(f"{key}_stopped") == asked
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"{key}_progress", height="content"
    ):
        bar = _Bar(st.container(width="stretch").empty(), noun, task.total)
        button = st.container(width="content").empty()
        if job.done < task.total:
            _stop_button(button, key, asked, stopped)
        me = _reader(key, job)
        if stopped:
            job.leave(me)
        else:
            before, drawn = state.get(f"{key}_drawn", ("", None))
            _watch(job, me, drawn if before == asked else None, bar)
        if job.done >= task.total:
            button.empty()
    steps = tuple(job.steps[: task.total + 1])
    state[f"{key}_drawn"] = (asked, len(steps) - 1)
    bar.show(job, stopped=stopped)
    return LongRun(steps, task.total, not stopped and len(steps) <= task.total)


def watched(name: str, make: Callable[[Report], Result], saying: str = "working") -> Result:
    """Return the result of work in one piece; if it takes a while, draw how far it is.

    The result is kept for everyone. Any control that is moved meanwhile ends the work, unless
    somebody else waits for it.

    Parameters
    ----------
    name : str
        Names everything that the result depends on.
    make : callable
        Does the work in a thread of its own, and tells how much of it is done, 0 to 1.
    saying : str
        What is said meanwhile: a key of the shell's words for long work.
    """
    job = WORKERS.job(f"piece {name}", lambda: None, lambda _, report: make(report))
    bar = st.empty()  # in any case, so that what follows keeps its place on the page
    if not job.done:
        me, began = uuid4().hex, time.monotonic()
        job.wish(me, 1)
        try:
            while not job.wait(1, WAIT):
                job.renew(me, 1)
                left = (time.monotonic() - began) * (1.0 / job.share - 1.0) if job.share else 0.0
                text = str(shell_words("long_run")[saying])
                bar.progress(min(1.0, job.share), _with_more(text, job, left))
        finally:
            job.leave(me)
        bar.empty()
    result: Result = job.steps[1]
    return result


def go_on(*runs: LongRun) -> None:
    """Run the script again if there is work left. Call it at the end of the page."""
    if any(run.running for run in runs):
        st.rerun()


def _reader(key: str, job: Job) -> str:
    """Return who waits for a job; what the reader waited for in its place is left."""
    state = st.session_state
    me = f"{state.setdefault('reader', uuid4().hex)} {key}"
    before = state.get(f"{key}_job")
    # A session that is over must not keep the work alive, so it is only pointed at.
    if before is not None and (left := before()) not in (None, job):
        left.leave(me)
    state[f"{key}_job"] = weakref.ref(job)
    return me


def _stop_button(place: Any, key: str, asked: str, stopped: bool) -> None:
    words = shell_words("long_run")

    def turn() -> None:
        st.session_state[f"{key}_stopped"] = None if stopped else asked

    place.button(
        words["go_on" if stopped else "stop"],
        key=f"{key}_stop",
        on_click=turn,
        icon=":material/play_arrow:" if stopped else ":material/stop:",
        help=words["go_on_help" if stopped else "stop_help"],
    )


def _watch(job: Job, me: str, drawn: int | None, bar: _Bar) -> None:
    """Wait for the work until the page is to be drawn again, or until the end if that is near.

    That is when there is something new; who has seen nothing at all is not kept waiting for it.
    """
    began, budget = time.monotonic(), FIRST_WATCH if drawn is None else LATER_WATCH
    job.wish(me, bar.total)
    while not job.wait(bar.total, WAIT):
        job.renew(me, bar.total)
        bar.show(job)
        spent = time.monotonic() - began
        news = job.done > (drawn or 0) or (drawn is None and spent >= LATER_WATCH)
        near = 0.0 < job.seconds_left(bar.total) <= budget
        if spent >= budget and news and not near:
            return


@dataclass(frozen=True)
class _Bar:
    """Where progress is drawn, in so many steps of a kind."""

    place: Any
    noun: str
    total: int

    def show(self, job: Job, *, stopped: bool = False) -> None:
        """Draw how far the work is."""
        lesson, done = read_lesson("shell"), min(job.done, self.total)
        counted = lesson.numbers.counted(self.total, lesson.nouns[self.noun])
        if done == self.total:
            self.place.caption(lesson.say("long_run", "finished", all=counted))
            return
        name = "stopped" if stopped else "progress"
        text = lesson.say("long_run", name, done=done, all=counted)
        left = 0.0 if stopped else job.seconds_left(self.total)
        share = min(1.0, (done + job.share) / self.total)
        self.place.progress(share, _with_more(text, job, left))


def _with_more(text: str, job: Job, seconds: float) -> str:
    """Return a text with the place in the queue or the time left behind it, if that is known."""
    lesson = read_lesson("shell")
    if before := job.before:
        return lesson.say("long_run", "queue", text=text, before=before)
    if seconds:
        return lesson.say("long_run", "left", text=text, seconds=max(1, round(seconds)))
    return text
