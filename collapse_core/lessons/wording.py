"""Numbers in English: the old door to `collapse_core.lessons.numbers`."""

from __future__ import annotations

from collapse_core.lessons.lesson import read_lesson

__all__ = ["as_typed", "chance", "count", "multiple", "percent", "short"]

_NUMBERS = read_lesson("shell").numbers
percent, chance, count = _NUMBERS.percent, _NUMBERS.chance, _NUMBERS.count
short, multiple, as_typed = _NUMBERS.short, _NUMBERS.multiple, _NUMBERS.typed
