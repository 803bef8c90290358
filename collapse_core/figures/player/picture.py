"""A picture as the player takes it: one string of bytes, made once and good for everyone.

It is a length (4 bytes, little-endian), a stamp of the content (16 letters), a JSON header, and the
numbers that stand in it, each kind from a multiple of 8 bytes on.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.percent_axis import as_money
from collapse_core.lessons.language import ENGLISH, language
from collapse_core.lessons.lesson import read_lesson, shell_words

__all__ = ["Moves", "Picture"]

# Shorter lists are as well written in the header.
SHORT = 12
MOST_DIGITS = 8
FIRST = 128  # bytes
_WHOLE: Mapping[str, type[np.signedinteger[Any] | np.unsignedinteger[Any]]] = {
    "i1": np.int8,
    "u1": np.uint8,
    "i2": np.int16,
    "u2": np.uint16,
    "i4": np.int32,
}


class Moves(Protocol):
    """A figure with frames, in Plotly's schema: a `MovingFigure`."""

    @property
    def traces(self) -> list[dict[str, Any]]:
        """All traces."""

    @property
    def layout(self) -> dict[str, Any]:
        """Axes, legend, size."""

    @property
    def frames(self) -> Sequence[Any]:
        """What changes at each tick; each has ``to_dict``."""

    @property
    def clock_name(self) -> str:
        """What the clock counts."""

    @property
    def alt(self) -> str:
        """What the picture shows."""

    @property
    def meta(self) -> Mapping[str, Any]:
        """Its ``text`` and ``background`` colours."""

    @property
    def panels(self) -> Sequence[Mapping[str, Any]]:
        """What the player arranges; empty where the layout stays as it is."""

    @property
    def twins(self) -> Sequence[int]:
        """Traces whose name the legend has from one before."""

    @property
    def redraws(self) -> bool:
        """Whether each tick needs the whole figure drawn anew."""

    @property
    def guess(self) -> Mapping[str, Any] | None:
        """Where the reader's guess is made."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A moving figure with all that is said and kept of it.

    Parameters
    ----------
    moving : Moves
        The figure and its frames.
    captions : sequence of str
        One sentence per frame; ``**`` marks what is bold.
    title : str
        Stands above a saved picture.
    about : sequence of str
        Lines below a saved picture: with what it was made, and where it is from.
    filename : str
        Name of a saved picture, without ending; ``{tick}`` is the tick shown.
    saves : bool
        Whether it can be saved as PNG and SVG.
    name : str
        Names the player that shows it, where several are on a page.
    """

    moving: Moves
    captions: Sequence[str] = ()
    title: str = ""
    about: Sequence[str] = ()
    filename: str = "model-collapse-{tick}"
    saves: bool = True
    name: str = ""

    def packed(self) -> bytes:
        """Return the picture as the player's JavaScript reads it.

        Numbers are exact: a smaller type is used only where every value survives it.
        """
        moving, numbers = self.moving, _Numbers()
        # English writes percentages as Plotly does: nothing is asked of Babel then.
        percent = None if language() == ENGLISH else read_lesson("shell").numbers.around_percent
        told = as_money if percent else dict
        header = {
            "traces": [numbers.out_of(told(trace)) for trace in moving.traces],
            "layout": numbers.out_of(told(moving.layout)),
            "frames": [numbers.out_of(_told(frame.to_dict(), told)) for frame in moving.frames],
            "percent": percent,
            "panels": list(moving.panels),
            "twins": list(moving.twins),
            "redraws": moving.redraws,
            "guess": None if moving.guess is None else dict(moving.guess),
            "clock": moving.clock_name,
            "alt": moving.alt,
            "background": moving.meta.get("background", "#ffffff"),
            "captions": list(self.captions),
            "title": self.title,
            "about": list(self.about),
            "filename": self.filename,
            "saves": self.saves,
            "name": self.name,
            "words": dict(shell_words("player")),
        }
        text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        written, buffers = text.encode(), b"".join(numbers.parts)
        stamp = hashlib.blake2b(written + buffers, digest_size=8).hexdigest().encode()
        head = len(written).to_bytes(4, "little") + stamp + written
        # The numbers follow where, after the head, the next eight bytes begin.
        return head + bytes(-len(head) % 8) + buffers


def _told(frame: Mapping[str, Any], told: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a frame whose traces, and layout where it has one, are told in the language."""
    layout = {"layout": told(frame["layout"])} if "layout" in frame else {}
    return {**frame, "data": list(map(told, frame["data"])), **layout}


@dataclass
class _Numbers:
    """Takes the numbers out of a part of the figure, and remembers them."""

    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    places: dict[tuple[str, bytes], dict[str, Any]] = field(default_factory=dict)
    digits: dict[int, int] = field(default_factory=dict)
    longest: dict[tuple[str, bytes], tuple[str, bytes]] = field(default_factory=dict)

    def out_of(self, part: Any) -> Any:
        """Return a part with a place in the buffers instead of each array and long list."""
        if isinstance(part, np.ndarray):
            return self._placed(part) if part.dtype.kind in "iuf" else self.out_of(part.tolist())
        if isinstance(part, Mapping):
            return {name: self.out_of(value) for name, value in part.items()}
        if isinstance(part, list | tuple | range):
            if len(part) > SHORT and (values := _as_numbers(part)) is not None:
                return self._placed(values)
            return [self.out_of(value) for value in part]
        if isinstance(part, np.generic):
            part = part.item()
        return None if isinstance(part, float) and not math.isfinite(part) else part

    def _placed(self, values: NDArray[Any]) -> Any:
        if values.ndim != 1:
            return [self._placed(row) for row in values]
        # Much stays the same from frame to frame: it is sent once.
        content = values.dtype.str, values.tobytes()
        if content not in self.places and (place := self._beginning(content, values.size)):
            self.places[content] = {"$": place}
        if content not in self.places:
            # Lists of one length are mostly a line in its frames, and written alike.
            kind, packed, digits = _smallest(values, self.digits.get(values.size, 0))
            self.digits[values.size] = digits
            place = [kind, self.size, values.size, *([digits] if digits else [])]
            data = packed.tobytes()
            data += bytes(-len(data) % 8)
            self.parts.append(data)
            self.size += len(data)
            self.places[content] = {"$": place}
            self.longest[_first_of(content)] = content
        return self.places[content]

    def _beginning(self, content: tuple[str, bytes], size: int) -> list[Any] | None:
        """Return the newest place that begins with the same numbers, cut to so many."""
        longer = self.longest.get(_first_of(content))
        if longer is None or not longer[1].startswith(content[1]):
            return None
        written, start, _, *digits = self.places[longer]["$"]
        return [written, start, size, *digits]


def _first_of(content: tuple[str, bytes]) -> tuple[str, bytes]:
    """Return the kind and the first bytes of numbers, by which those that go on alike are found."""
    return content[0], content[1][:FIRST]


def _as_numbers(part: Sequence[Any]) -> NDArray[Any] | None:
    """Return a list of numbers as an array, None if it holds anything else."""
    if not isinstance(part, range) and not all(type(value) in (int, float) for value in part):
        return None
    return np.asarray(part)


def _smallest(values: NDArray[Any], likely: int = 0) -> tuple[str, NDArray[Any], int]:
    """Return the name of the smallest type in which every value survives, and the values in it.

    Numbers with few decimals are whole numbers of their last digit: the third one says which. A
    search that begins where they have ``likely`` many is mostly short.
    """
    if values.dtype.kind in "iu":
        if (found := _whole(values)) is not None:
            return *found, 0
        values = values.astype(np.float64)  # exact up to 2**53
    decimals = _decimals(values, likely)
    if decimals is not None and decimals[1].itemsize < 4:
        return decimals
    with np.errstate(over="ignore"):
        small = values.astype(np.float32)
    if np.array_equal(small.astype(values.dtype), values, equal_nan=True):
        return "f4", small, 0
    return decimals or ("f8", values.astype(np.float64), 0)


def _decimals(values: NDArray[Any], likely: int) -> tuple[str, NDArray[Any], int] | None:
    """Return numbers with few decimals as whole numbers of their last digit, and its place."""
    if values.dtype != np.float64 or not np.isfinite(values).all():
        return None

    def scaled(digits: int) -> NDArray[Any] | None:
        with np.errstate(over="ignore"):
            whole = np.rint(values * 10**digits)
        return whole if np.array_equal(whole / 10**digits, values) else None

    digits, best = likely, scaled(likely)
    if best is None:
        tried = ((digits, scaled(digits)) for digits in range(MOST_DIGITS))
        digits, best = next((found for found in tried if found[1] is not None), (0, None))
        if best is None:
            return None
    while digits > 0 and (fewer := scaled(digits - 1)) is not None:
        digits, best = digits - 1, fewer
    found = _whole(best)
    return None if found is None else (*found, digits)


def _whole(values: NDArray[Any]) -> tuple[str, NDArray[Any]] | None:
    """Return whole numbers in the smallest type that holds them."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    for kind, whole in _WHOLE.items():
        if np.iinfo(whole).min <= low and high <= np.iinfo(whole).max:
            return kind, values.astype(whole)
    return None
