"""Which of many like cases a slow test tries always, and which in `.ci/full` alone."""

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["first_always"]


def first_always(cases: Iterable[Any], count: int = 1) -> list[Any]:
    """Return parameters of a test, those after the first so many marked as slow ones.

    A case that is a tuple holds the values of several parameters.
    """
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=[] if number < count else [pytest.mark.full],
        )
        for number, case in enumerate(cases)
    ]
