"""Long work in threads of its own: a few at once, in turns, and only while somebody waits for it.

A script that works itself cannot be stopped between two reports, and thirty of them share the
machine so that all end late. Here a script only watches. Work that has not had a turn yet comes
first, so that a short piece is never behind a long one; then everyone has a turn after the other.
This knows nothing of the screen.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from collapse_core.models.base import Report
from ui.kept import Kept

__all__ = ["Job", "Turns", "Workers"]

TURN = 0.25
WISH = 5.0

Step = Callable[[Sequence[Any], Report], Any]


class Turns:
    """Who may work: at most so many at once, the others in line.

    Parameters
    ----------
    count : int
        How many at once.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        # Those who had no turn yet, and those who had one.
        self._lines: tuple[deque[Any], deque[Any]] = (deque(), deque())
        self._calls: dict[Any, threading.Event] = {}
        self._lock = threading.Lock()

    def take(self, who: Any, *, again: bool = False) -> None:
        """Wait for a turn; ``again`` if there was one already."""
        with self._lock:
            call = self._calls[who] = threading.Event()
            self._lines[again].append(who)
            self._call_next()
        call.wait()

    def give_back(self) -> None:
        """Let the next one work."""
        with self._lock:
            self._free += 1
            self._call_next()

    def before(self, who: Any) -> int:
        """Return how many turns end before a first one begins; 0 for who had one."""
        with self._lock:
            first = self._lines[0]
            return 1 + first.index(who) if who in first else 0

    def _call_next(self) -> None:
        for line in self._lines:
            while line and self._free:
                self._free -= 1
                self._calls.pop(line.popleft()).set()


class _Unwanted(BaseException):
    """Nobody waits for the work any more."""


class Job:
    """One piece of work in steps, shared by everyone who asks for it.

    Parameters
    ----------
    first : object
        Step 0.
    after : callable
        From all steps so far, and what is told how much of the next one is done, to the next one.
        It must not depend on how many steps are wanted in the end.
    turns : Turns
        When it may work.
    grew : callable, optional
        Is told now and then that there are more steps, and at the end.

    Attributes
    ----------
    steps : list
        What is done so far, step 0 first.
    share : float
        How much of the next step is done, 0 to 1.
    """

    def __init__(
        self, first: Any, after: Step, turns: Turns, grew: Callable[[], None] = lambda: None
    ) -> None:
        self.steps: list[Any] = [first]
        self.share = 0.0
        self._after, self._turns, self._grew = after, turns, grew
        self._seconds = 0.0
        self._error: BaseException | None = None
        self._wishes: dict[str, tuple[int, float]] = {}
        self._at_work = False
        self._turn_ends = 0.0
        self._changed = threading.Condition()

    @property
    def done(self) -> int:
        """Number of steps done, the first one not counted."""
        return len(self.steps) - 1

    @property
    def before(self) -> int:
        """How many turns of others end before its first one begins."""
        return self._turns.before(self)

    def seconds_left(self, total: int) -> float:
        """Return an estimate from the steps that are done; 0 where there is none yet."""
        left = total - self.done - self.share
        return self._seconds / self.done * left if self.done else 0.0

    def wish(self, who: str, total: int) -> None:
        """Ask for so many steps, for the next few seconds; an error of before is forgiven."""
        with self._changed:
            self._error = None
            self._wishes[who] = (total, time.monotonic() + WISH)
            if not self._at_work and self._is_wanted():
                self._at_work = True
                threading.Thread(target=self._work, name="long work", daemon=True).start()

    def renew(self, who: str, total: int) -> None:
        """Ask again, unless the work has failed: then its error is raised."""
        with self._changed:
            error = self._error
        if error is not None:
            raise error
        self.wish(who, total)

    def leave(self, who: str) -> None:
        """Ask for nothing any more. What is done stays."""
        with self._changed:
            self._wishes.pop(who, None)

    def wait(self, total: int, seconds: float) -> bool:
        """Wait until so many steps are done, or less long; return whether they are."""
        with self._changed:
            self._changed.wait_for(lambda: self.done >= total or self._error, seconds)
            return self.done >= total

    def _is_wanted(self) -> bool:
        now = time.monotonic()
        self._wishes = {who: wish for who, wish in self._wishes.items() if wish[1] > now}
        return any(total > self.done for total, _ in self._wishes.values())

    def _goes_on(self) -> bool:
        with self._changed:
            self._at_work = self._error is None and self._is_wanted()
            return self._at_work

    def _work(self) -> None:
        """Do steps, in turns, while they are wanted."""
        self._turns.take(self)
        self._turn_ends = time.monotonic() + TURN
        while self._goes_on():
            self._step()
            if self.done.bit_count() == 1:  # 1, 2, 4, 8, ...
                self._grew()
            self._let_others_work()
        self._grew()
        self._turns.give_back()

    def _step(self) -> None:
        began = time.monotonic()
        try:
            step = self._after(tuple(self.steps), self._report)
        except _Unwanted:
            return
        except BaseException as error:  # whoever watches raises it
            with self._changed:
                self._error = error
                self._changed.notify_all()
            return
        finally:
            self.share = 0.0
        with self._changed:
            self.steps.append(step)
            self._seconds += time.monotonic() - began
            self._changed.notify_all()

    def _report(self, share: float) -> None:
        self.share = share
        with self._changed:
            if not self._is_wanted():
                raise _Unwanted
        self._let_others_work()

    def _let_others_work(self) -> None:
        if time.monotonic() > self._turn_ends:
            self._turns.give_back()
            self._turns.take(self, again=True)
            self._turn_ends = time.monotonic() + TURN


class Workers:
    """All long work.

    Parameters
    ----------
    kept : Kept
        Where its results are kept.
    count : int, optional
        How many pieces are worked on at once; all cores but one if it is not given.
    """

    def __init__(self, kept: Kept, count: int | None = None) -> None:
        self._kept = kept
        # Work that is under way is found here, even if there is no room to keep it.
        self._alive: WeakValueDictionary[str, Job] = WeakValueDictionary()
        self._turns = Turns(count or max(1, (os.cpu_count() or 1) - 1))

    def job(self, name: str, start: Callable[[], Any], after: Step) -> Job:
        """Return the work that goes by a name; its parameters are those of `Job`."""

        def make() -> Job:
            grew = partial(self._kept.measure, name)
            job = self._alive.get(name) or Job(start(), after, self._turns, grew)
            self._alive[name] = job
            return job

        return self._kept.get(name, make)
