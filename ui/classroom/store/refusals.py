"""What the store refuses, as errors that a page can say in words."""

from __future__ import annotations

from typing import Literal

__all__ = ["ClassClosed", "RoundClosed"]


class RoundClosed(ValueError):  # noqa: N818 - it says what is, not what went wrong
    """The round takes no more answers, or the turn has gone to somebody else."""


class ClassClosed(ValueError):  # noqa: N818
    """Nobody can come in.

    Attributes
    ----------
    reason : {"unknown", "shut", "full"}
        There is no such class (any more); its teacher lets nobody else in; all seats are taken.
    """

    def __init__(self, reason: Literal["unknown", "shut", "full"]) -> None:
        super().__init__(f"The class cannot be entered: {reason}.")
        self.reason = reason
