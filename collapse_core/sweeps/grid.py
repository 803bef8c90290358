"""The cells of a sweep, and what is asked of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Literal, TypeAlias

from collapse_core.checks import check_whole_number, fits_memory
from collapse_core.checks.memory import MOST_GIGABYTES
from collapse_core.loop import ClosedLoop
from collapse_core.sweeps.values import (
    MOST_CELLS,
    fixed_value,
    swept_settings,
    swept_topic,
    varied_values,
)
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.registry import topic_named
from collapse_core.topics.shown import Topic

__all__ = ["AT", "At", "Cell", "Grid", "grid_of"]

At: TypeAlias = Sequence[int | Literal["last"]]
AT: At = (10, 50, "last")  # where nothing is said; what a cell has not is left out
MOST_RUNS = 10**7
MOST_GENERATIONS_KEPT = 1000
# Of each model a generation holds several arrays at once: what is drawn, mixed and kept.
ARRAYS = 6
MEASURES = 5
MOST_ROWS = 5_000_000


@dataclass(frozen=True)
class Cell:
    """One loop of a sweep, as it is sent to a process.

    Parameters
    ----------
    topic : str
        Key of the topic.
    settings : tuple of (str, value)
        What differs from the page at first.
    runs : int
        Independent runs.
    at : tuple of int
        The generations that are measured, ascending.
    """

    topic: str
    settings: tuple[tuple[str, Any], ...]
    runs: int
    at: tuple[int, ...]

    def experiment(self) -> Any:
        """Return the experiment of the topic."""
        return topic_named(self.topic).ask(dict(self.settings)).experiment

    def key(self, version: str) -> str:
        """Return a text that differs wherever the numbers of a cell may differ.

        Parameters
        ----------
        version : str
            Of what computes them.
        """
        told = [version, self.topic, repr(self.experiment()), self.runs, self.at]
        return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Grid:
    """What is asked of a sweep.

    Parameters
    ----------
    topic : Topic
        Whose loop.
    vary : mapping of str to tuple
        The values of each setting that is varied; the last one moves fastest.
    fixed : mapping of str to value
        Further settings.
    runs : int
        Independent runs of each cell.
    cells : tuple of Cell
        Every cell.
    """

    topic: Topic
    vary: Mapping[str, tuple[Any, ...]]
    fixed: Mapping[str, Any]
    runs: int
    cells: tuple[Cell, ...]

    def place(self, number: int) -> dict[str, Any]:
        """Return what is varied, by name, in a cell."""
        settings = dict(self.cells[number].settings)
        return {name: settings[name] for name in self.vary}

    def settings(self) -> dict[str, Any]:
        """Return every setting that is the same in all cells."""
        known = {name: kind.defaults[name] for name, kind in swept_settings(self.topic).items()}
        return {n: v for n, v in {**known, **self.fixed}.items() if n not in self.vary}

    def check_memory(self, workers: int) -> None:
        """Check that cells fit into memory, as many at once as there are workers.

        Raises
        ------
        ValueError
            If the largest would take more than 4 GB together.
        """
        largest = max(map(self._numbers, self._corners()))
        if fits_memory(largest * workers):
            return
        most = int(self.runs * MOST_GIGABYTES / (8e-9 * largest * workers))
        beside = f"{workers} workers" if workers > 1 else "one worker"
        raise ValueError(
            f"runs={self.runs:,} is out of range: {beside} would take up to "
            f"{8e-9 * largest * workers:,.1f} GB of memory, and at most {MOST_GIGABYTES:g} are "
            f"allowed. Choose at most {most:,} runs{', or fewer workers' if workers > 1 else ''}."
        )

    def _corners(self) -> list[Cell]:
        """Return cells of which one is the largest: those at the ends of what is varied."""
        numbers = {n for n in self.vary if n in swept_settings(self.topic)[n].params}
        ends = [
            {min(values), max(values)} if name in numbers else set(values)
            for name, values in self.vary.items()
        ]
        places = [self.place(number) for number in range(len(self.cells))]
        return [
            cell
            for cell, place in zip(self.cells, places, strict=True)
            if all(value in end for value, end in zip(place.values(), ends, strict=True))
        ]

    def _numbers(self, cell: Cell) -> int:
        loop: ClosedLoop = cell.experiment().loop()
        return cell.runs * (ARRAYS * loop.family.truth.size + 2 * MEASURES * len(cell.at))


def grid_of(
    topic_key: str,
    vary: Mapping[str, object],
    fixed: Mapping[str, Any],
    runs: int,
    at: str | At | None,
) -> Grid:
    """Return the cells of a sweep.

    Parameters
    ----------
    topic_key : str
        Whose loop.
    vary, fixed : mapping
        What is varied, as for `varied_values`, and further settings.
    runs : int
        Independent runs of each cell, 1 to 10**7.
    at : str or sequence, optional
        The generations that are measured, ``"last"`` among them; 10, 50 and the last one, as far
        as there are, if it is not given.

    Raises
    ------
    ValueError
        If something is not allowed; the message names it, and what is.
    """
    topic = swept_topic(topic_key)
    runs = check_whole_number("runs", runs, 1, MOST_RUNS)
    if not vary:
        raise ValueError("vary is empty: name at least one setting, as in anchors=0:20.")
    values = {name: varied_values(topic, name, given) for name, given in vary.items()}
    fixed = {name: fixed_value(topic, name, given) for name, given in fixed.items()}
    if both := sorted(set(values) & set(fixed)):
        raise ValueError(f"{both[0]} is both varied and given: say it once.")
    count = prod(map(len, values.values()))
    if count > MOST_CELLS:
        raise ValueError(
            f"vary makes {count:,} cells, and a sweep has at most {MOST_CELLS:,}: take fewer values"
            " or a larger step, as in anchors=0:100:10."
        )
    generations = _generations_asked(at)
    cells = tuple(
        _cell(topic, {**fixed, **dict(zip(values, each, strict=True))}, runs, generations)
        for each in product(*values.values())
    )
    rows = count * MEASURES * max(len(cell.at) for cell in cells)
    if rows > MOST_ROWS:
        raise ValueError(
            f"at makes about {rows:,} rows, and a sweep has at most {MOST_ROWS:,}: measure fewer "
            "generations or cells."
        )
    return Grid(topic, values, fixed, runs, cells)


def _cell(topic: Topic, settings: dict[str, Any], runs: int, asked: At | None) -> Cell:
    experiment = topic.ask(settings).experiment
    last = _last(experiment)
    beyond = [g for g in asked or AT if g != "last" and g > last]
    if asked and beyond:
        raise ValueError(
            f"at={beyond[0]} is beyond the last generation of a cell, {last}: choose at most "
            f"{last}, or write last."
        )
    at = sorted({last if g == "last" else g for g in asked or AT if g not in beyond})
    return Cell(topic.key, tuple(settings.items()), runs, tuple(at))


def _last(experiment: Experiment) -> int:
    """Return the last generation of an experiment, doubled or not."""
    return int(getattr(experiment, "effective_generations", vars(experiment)["generations"]))


def _generations_asked(at: str | At | None) -> At | None:
    """Return the generations that are asked for, checked; None where nothing is said."""
    if at is None:
        return None
    parts: Sequence[Any] = [at] if isinstance(at, int) else at
    if isinstance(at, str):
        parts = [part.strip() for part in at.split(",")]
    found: list[int | Literal["last"]] = []
    for part in parts:
        if part == "last":
            found.append("last")
            continue
        typed = isinstance(part, str)
        number = int(part) if typed and part.isascii() and part.isdigit() else part
        found.append(check_whole_number("at", number, 0))
    if not found or len(found) > MOST_GENERATIONS_KEPT:
        raise ValueError(
            f"at has {len(found):,} generations: name 1 to {MOST_GENERATIONS_KEPT:,}, as in "
            "10,50,last."
        )
    return found
