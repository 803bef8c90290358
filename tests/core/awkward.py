"""Awkward values, and what is wrong with the answer of a call that is given one.

A result is finite, unless the documentation speaks of inf or NaN; a refusal is a ValueError or a
TypeError in a sentence. Nothing else may happen: no other exception, no warning, no freeze, no heap
of memory.
"""

import collections.abc
import contextlib
import itertools
import math
import re
import signal
import tracemalloc
import warnings
from dataclasses import fields, is_dataclass

import numpy as np

AWKWARD = (
    None,
    "a",
    "",
    b"x",
    math.nan,
    math.inf,
    -math.inf,
    -5,
    0,
    1e308,
    1e-320,
    10**30,
    True,
    [],
    [[]],
    object(),
    1j,
    np.array(["a", "b"]),
    np.array([0.5, np.nan]),
    {"a": 1},
    10**9,
    range(10**12),
    [1e308] * 3,
    [0.5] * 7,
    np.zeros((2, 2, 2)),
)
MOST_BYTES = 200e6
DOCUMENTED = {"nan": r"\bnan\b", "inf": r"\binf\b|\binfinit"}
SECONDS = 3.0  # of this process, so that a busy machine does not count; data are read once


class TooLong(BaseException):
    """A call took more than its time."""


def faults_of(call, values=None):
    """Return what is wrong with the answers to each awkward value of each parameter, by both."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call.asked()
        return {
            f"{name}={value!r:.60}": fault
            for name, value in itertools.product(call.typed, values or AWKWARD)
            if (fault := fault_of(call, name, value))
        }


@contextlib.contextmanager
def memory_traced():
    """Trace what is allocated, so that a heap of memory is found."""
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def fault_of(call, name, value):
    """Return what is wrong with the answer to a value, or nothing."""
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    try:
        with at_most(SECONDS):
            answer = begun(call.asked(**{name: value}))
    except (ValueError, TypeError) as refusal:
        said = str(refusal)
        return "" if is_a_sentence(said) else f"{type(refusal).__name__}: {said}"
    except TooLong:
        return f"more than {SECONDS} s"
    except Exception as other:
        return f"{type(other).__name__}: {other}"
    if tracemalloc.get_traced_memory()[1] - before > MOST_BYTES:
        return "too much memory"
    if name in call.switches and isinstance(value, str):
        return "takes a text for a switch"
    found = {word for word in ("nan", "inf") if holds(answer, word)}
    said = f"{call.documentation} {type(answer).__doc__ if is_dataclass(answer) else ''}".lower()
    hidden = {word for word in found if not re.search(DOCUMENTED[word], said)}
    return f"hides {', '.join(sorted(hidden))}" if hidden else ""


@contextlib.contextmanager
def at_most(seconds):
    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def begun(answer):
    """Return the first items of what is made one after the other, and else the answer itself."""
    if isinstance(answer, collections.abc.Iterator):
        return list(itertools.islice(answer, 3))
    return answer


def is_a_sentence(said):
    """Return whether this ends as a sentence does: what Python itself complains does not."""
    return said.endswith(".") and len(said.split()) >= 5 and "\n" not in said


def holds(answer, word):
    """Return whether a number in an answer is nan, or infinite."""
    if isinstance(answer, np.ndarray | np.generic | float | complex):
        numbers = np.asarray(answer)
        if numbers.dtype.kind not in "fc":
            return False
        return bool((np.isnan if word == "nan" else np.isinf)(numbers).any())
    if isinstance(answer, dict):
        return any(holds(each, word) for each in answer.values())
    if isinstance(answer, list | tuple | set):
        return any(holds(each, word) for each in answer)
    if is_dataclass(answer) and not isinstance(answer, type):
        return any(holds(getattr(answer, each.name), word) for each in fields(answer))
    return False
