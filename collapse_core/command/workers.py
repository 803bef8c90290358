"""How many processes a command uses, and whole numbers as they are typed."""

from __future__ import annotations

import os

__all__ = ["cores", "whole"]


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def whole(name: str, text: str) -> int:
    """Return a whole number from 0 that was typed, perhaps with commas in it.

    Raises
    ------
    ValueError
        If it is none.
    """
    plain = text.replace(",", "")
    if not (plain.isascii() and plain.isdigit()):
        raise ValueError(f"{name}={text!r} is not a whole number: write one such as 10000.")
    return int(plain)
