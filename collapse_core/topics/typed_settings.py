"""Settings of a topic as people type them, and what each of them may be in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collapse_core.topics.experiment import Experiment
from collapse_core.topics.shown import Topic

__all__ = ["chosen", "range_of", "read_values", "value_of"]

OWN = "own"


def chosen(kind: type[Experiment], name: str) -> tuple[str, ...]:
    """Return what a choice may be here: all but a reader's own data."""
    return tuple(option for option in kind.choices[name] if option != OWN)


def range_of(kind: type[Experiment], name: str) -> str:
    """Return what a setting may be, and what it is if it is not given."""
    default = kind.defaults[name]
    if name in kind.params:
        param = kind.params[name]
        unit = f" {param.unit}" if param.unit not in ("", "share") else ""
        return f"{_number(param.low)} to {_number(param.high)}{unit} (default {_number(default)})"
    if name in kind.choices:
        return f"{', '.join(chosen(kind, name))} (default {default})"
    if name in kind.several:
        options, most = kind.several[name]
        return f"at most {most} of {', '.join(options)}, joined by - (default {default or 'none'})"
    return f"true or false (default {str(default).lower()})"


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


def read_values(topic: Topic, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of settings that were typed or pasted.

    Raises
    ------
    ValueError
        If one is not allowed; the message names it, and what is.
    """
    known = topic.settings()
    return {name: value_of(known[name], name, text) for name, text in texts.items()}


def value_of(kind: type[Experiment], name: str, text: str) -> Any:
    """Return the value of one setting that was typed.

    Raises
    ------
    ValueError
        If it is not allowed.
    """
    if name in kind.choices and text == OWN and OWN in kind.choices[name]:
        raise ValueError(
            f"{name}={OWN} needs data of your own, which are not read here: choose one of "
            f"{', '.join(chosen(kind, name))}, or open the page in the app."
        )
    if name not in kind.params:
        return kind.checked(name, text)
    try:
        number = int(text) if text.strip().lstrip("+-").isdecimal() else float(text)
    except ValueError as error:
        raise ValueError(
            f"{name}={text!r} is not a number: write one from {range_of(kind, name)}."
        ) from error
    return kind.checked(name, number)
