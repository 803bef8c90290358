"""Work that is done step by step, so that it can be watched, stopped and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from collapse_core.models.base import Report, no_report

__all__ = ["Stepwise", "all_steps"]


class Stepwise(Protocol):
    """An experiment that is made in steps, usually one per generation.

    Its first steps are the same however many are asked for: they are kept, and it goes on there.
    """

    @property
    def identity(self) -> str:
        """Everything that the steps depend on, as a text; so not how many are asked for."""

    @property
    def total(self) -> int:
        """Number of steps after the first one."""

    def start(self) -> Any:
        """Return step 0, which must be quick: it is on the screen before anything is fitted."""

    def after(self, done: Sequence[Any], report: Report) -> Any:
        """Return the step after those that are done.

        Parameters
        ----------
        done : sequence
            All steps so far, from step 0 on.
        report : callable
            Is told how much of this step is done, 0 to 1. It may raise, and the step is then made
            anew when the work goes on.
        """


def all_steps(task: Stepwise, report: Report = no_report) -> list[Any]:
    """Do a piece of work in one go, and return all its steps.

    Parameters
    ----------
    task : Stepwise
        What to do.
    report : callable
        Is told how much of all steps is done, 0 to 1. It may raise to stop the work.
    """
    done = [task.start()]

    def told(share: float) -> None:
        report((len(done) - 1 + share) / task.total)

    while len(done) <= task.total:
        done.append(task.after(done, told))
        told(0.0)
    return done
