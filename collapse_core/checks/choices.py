"""Texts, files, switches, and one of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from collapse_core.checks.messages import refusal, shown

__all__ = ["check_bytes", "check_choice", "check_made", "check_switch", "check_text"]


def check_switch(name: str, value: Any) -> bool:
    """Return ``value`` as a ``bool`` if it is True or False, or 1 or 0.

    Raises
    ------
    ValueError
        If it is anything else: the text ``"no"`` would count as true.
    """
    if isinstance(value, bool | int | np.bool_) and value in (True, False):
        return bool(value)
    raise refusal(name, shown(value), "True or False", "Choose one of the two.")


def check_choice(name: str, value: Any, choices: Sequence[str]) -> str:
    """Return ``value`` if it is one of the texts in ``choices``.

    Raises
    ------
    ValueError
        If it is not; the message names them.
    """
    if isinstance(value, str) and value in choices:
        return value
    allowed = "one of " + ", ".join(map(repr, choices))
    raise refusal(name, shown(value), allowed, "Choose one of these.")


def check_made(name: str, value: Any, *kinds: type) -> None:
    """Check that ``value`` is an object of one of the classes that it must be made with.

    Raises
    ------
    TypeError
        If it is not; the message names them.
    """
    if not isinstance(value, kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds)
        raise TypeError(
            f"{name}={shown(value)} is out of range: it must be an object of the class {wanted}. "
            f"Make one with {kinds[0].__module__}.{kinds[0].__name__}."
        )


def check_bytes(name: str, value: Any) -> bytes:
    """Return ``value`` if it is the content of a file, in bytes.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    raise refusal(name, shown(value), "bytes", 'Read the file in binary mode, "rb".')


def check_text(name: str, value: Any) -> str:
    """Return ``value`` if it is a text.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, str):
        return value
    raise refusal(name, shown(value), "a text", 'Write it in quotes, as in "a".')
