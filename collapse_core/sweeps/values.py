"""What is varied in a sweep: ranges, lists and names as people type them."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from collapse_core.checks import check_text
from collapse_core.params import Param
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.registry import all_topics, topic_named
from collapse_core.topics.shown import Topic
from collapse_core.topics.typed_settings import range_of, value_of

__all__ = ["MOST_CELLS", "RUNS", "fixed_value", "swept_settings", "swept_topic", "varied_values"]

MOST_CELLS = 100_000
RUNS = "runs"  # how many is said for all cells at once


def swept_topic(key: str) -> Topic:
    """Return a topic whose loop can be swept.

    Raises
    ------
    ValueError
        If there is no such topic, or if its loop has no law to be compared with.
    """
    topic = topic_named(check_text("page", key))
    if topic.swept is None:
        known = ", ".join(other.key for other in all_topics() if other.swept is not None)
        raise ValueError(
            f"page={key} cannot be swept: it is no loop of a family with a law. Choose one of "
            f"{known}."
        )
    return topic


def swept_settings(topic: Topic) -> dict[str, type[Experiment]]:
    """Return the settings that a loop depends on, and what checks each.

    How many runs there are is not among them, nor is what only says how runs are looked at.
    """
    known = topic.settings()
    looks = topic.view if topic.make is None else None
    return {name: kind for name, kind in known.items() if kind is not looks and name != RUNS}


def varied_values(topic: Topic, name: str, given: object) -> tuple[Any, ...]:
    """Return the values that a setting takes in a sweep, in the order that is given.

    Parameters
    ----------
    topic : Topic
        Of the sweep.
    name : str
        The setting.
    given : str or iterable
        ``"0:20"`` for all whole numbers (or steps of the setting) between both, ends included;
        ``"0:20:5"`` with a step; ``"10,100,1000"`` or names for a list, which may hold ranges; or
        the values themselves.

    Raises
    ------
    ValueError
        If the setting is not known, a value is not allowed or stands twice, or there are more than
        100,000.
    """
    kind = _kind_of(topic, name)
    if isinstance(given, str):
        values = [value for part in given.split(",") for value in _part(kind, name, part.strip())]
    elif isinstance(given, Iterable) and not isinstance(given, bytes):
        values = [_checked(kind, name, value) for value in given]
    else:
        values = [_checked(kind, name, given)]
    twice = next((value for value, many in Counter(values).items() if many > 1), None)
    if twice is not None:
        raise ValueError(f"{name}={twice} stands twice in what is varied: take one of them out.")
    if not values:
        raise ValueError(f"{name} has no values: write them as in {name}=0:20 or {name}=10,100.")
    return tuple(values)


def fixed_value(topic: Topic, name: str, given: object) -> Any:
    """Return the value of a setting that is the same in all cells; the errors are as above."""
    return _checked(_kind_of(topic, name), name, given)


def _kind_of(topic: Topic, name: str) -> type[Experiment]:
    known = swept_settings(topic)
    if name in known:
        return known[name]
    if name == RUNS:
        raise ValueError("runs are the same for all cells: give them once, as in --runs 10000.")
    near = difflib.get_close_matches(name, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(known)}."
    raise ValueError(f"{name!r} is no setting of {topic.key} that a loop has: {remedy}")


def _checked(kind: type[Experiment], name: str, value: Any) -> Any:
    return value_of(kind, name, value) if isinstance(value, str) else kind.checked(name, value)


def _part(kind: type[Experiment], name: str, text: str) -> list[Any]:
    if name not in kind.params or ":" not in text:
        return [value_of(kind, name, text)]
    ends = text.split(":")
    if len(ends) not in (2, 3) or not all(end.strip() for end in ends):
        raise ValueError(
            f"{name}={text!r} is no range: write the first and the last value, and perhaps a "
            f"step, as in {name}=0:20 or {name}=0:20:5."
        )
    param = kind.params[name]
    low, high = (value_of(kind, name, end.strip()) for end in ends[:2])
    return _range(kind, param, (low, high, _step(param, ends[2:], text)), text)


def _step(param: Param, typed: list[str], text: str) -> float:
    if not typed:
        if param.whole or param.step:
            return param.step or 1
        raise ValueError(
            f"{param.name}={text!r} needs a step: write it behind, as in {param.name}={text}:0.1."
        )
    try:
        step = float(typed[0])
    except ValueError:
        step = math.nan
    if not 0.0 < step < math.inf or (param.whole and step != int(step)):
        number = "a whole number" if param.whole else "a number"
        raise ValueError(
            f"{param.name}={text!r} has the step {typed[0]!r}: write {number} above 0."
        )
    return int(step) if param.whole else step


def _range(
    kind: type[Experiment], param: Param, given: tuple[float, float, float], text: str
) -> list[Any]:
    low, high, step = given
    if high < low:
        raise ValueError(
            f"{param.name}={text!r} ends before it begins: write {high:g}:{low:g}, from "
            f"{range_of(kind, param.name)}."
        )
    count = math.floor((high - low) / step + 1e-9) + 1
    if count > MOST_CELLS:
        raise ValueError(
            f"{param.name}={text!r} has {count:,} values, and a sweep at most {MOST_CELLS:,} cells:"
            f" choose a larger step, as in {param.name}={low:g}:{high:g}:{_larger(given):g}."
        )
    # Rounded, so that 0.1 + 2 * 0.1 is the 0.3 that a link has.
    return [kind.checked(param.name, round(low + i * step, 12)) for i in range(count)]


def _larger(given: tuple[float, float, float]) -> float:
    low, high, step = given
    return step * math.ceil((high - low) / step / 20)
