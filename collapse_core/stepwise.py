"""Work that is done step by step, so that it can be watched, stopped and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from collapse_core.models.base import Report

__all__ = ["Stepwise"]


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
