"""Templates: whole sentences with named gaps, each with the format of what fills it."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from collapse_core.lessons.numbers import FORMATS, Numbers

__all__ = ["fill", "gaps_of"]

Piece = tuple[str, str | None, str]


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[Piece, ...]:
    """Return literal text, name of the gap behind it (None for none), and its format."""
    return tuple(
        (text, name, form or "") for text, name, form, _ in string.Formatter().parse(template)
    )


def gaps_of(template: str) -> dict[str, str]:
    """Return the format of each gap, by its name.

    Raises
    ------
    ValueError
        If a brace is left open.
    """
    return {name: form for _, name, form in _pieces(template) if name is not None}


def fill(
    template: str,
    facts: Mapping[str, Any],
    numbers: Numbers,
    nouns: Mapping[str, Mapping[str, str]],
) -> str:
    """Return a template with its gaps filled in.

    Parameters
    ----------
    facts : mapping
        What the gaps can be filled with, by name.
    numbers : Numbers
        Writes the numbers of the template's language.
    nouns : mapping
        What can be counted, with its forms.

    Raises
    ------
    KeyError
        If there is no such fact.
    ValueError
        If a format is unknown, or does not suit the fact.
    """
    return "".join(
        text if name is None else text + _written(facts[name], form, numbers, nouns)
        for text, name, form in _pieces(template)
    )


def _written(
    value: Any, form: str, numbers: Numbers, nouns: Mapping[str, Mapping[str, str]]
) -> str:
    if not form:
        return numbers.written(str(value)) if isinstance(value, float) else str(value)
    writer: Callable[[Numbers, Any], str] | None = FORMATS.get(form)
    if writer is not None:
        return writer(numbers, value)
    if form in nouns:
        return numbers.counted(value, nouns[form])
    try:
        return numbers.plain(value, form)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{value!r} as {form!r}") from error
