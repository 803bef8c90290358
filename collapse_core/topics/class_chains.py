"""Chains that a class has played, as a page's link holds them and as its picture shows them.

A chain is the numbers of its answers joined by "_", and chains are joined by "~": "0.5_0.25~0.75".
What the numbers are is the page's: of two colours the share of the rarer one, of the bell curve the
spread as a multiple of the first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.figures.panel import Panel
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.messages import RefusedError
from collapse_core.reading.quoted import quoted
from collapse_core.topics.shown import Spoken

__all__ = [
    "Chains",
    "WithChains",
    "chains_argument",
    "draw_chains",
    "log_variances",
    "parse_chains",
    "spelled_chains",
]

Chains = tuple[tuple[float, ...], ...]

MOST_CHAINS, MOST_STEPS, LARGEST = 60, 40, 1000.0
LONGEST = 20_000  # signs


def parse_chains(text: str) -> Chains:
    """Read the chains of a class.

    Parameters
    ----------
    text : str
        As `spelled_chains` writes them.

    Raises
    ------
    ValueError
        If it is no such text: there are more than 60 chains, one has more than 40 answers, or an
        answer is no number from 0 to 1,000.
    """
    written = text.strip()
    chains = written.split("~")
    told = {"text": quoted(written, 60), "example": "0.5_0.25~0.75"}
    if len(written) > LONGEST or len(chains) > MOST_CHAINS:
        raise RefusedError("chains", "too_many", most=MOST_CHAINS, steps=MOST_STEPS, **told)
    found = [tuple(_number(part) for part in chain.split("_")) for chain in chains]
    if max(map(len, found)) > MOST_STEPS:
        raise RefusedError("chains", "too_many", most=MOST_CHAINS, steps=MOST_STEPS, **told)
    if not all(0.0 <= value <= LARGEST for chain in found for value in chain):
        raise RefusedError("chains", "no_numbers", **told)
    return tuple(found)


def spelled_chains(chains: Sequence[Sequence[float]]) -> str:
    """Return chains as a link holds them, to four digits; those without an answer are left out."""
    return "~".join("_".join(f"{value:.4g}" for value in chain) for chain in chains if len(chain))


def chains_argument(chains: Chains | None) -> str:
    """Return what a figure is called with besides, in Python, to draw the chains of a class."""
    return f", chains={chains!r}" if chains else ""


@dataclass(frozen=True)
class WithChains:
    """What is said of a picture in which the chains of a class are drawn.

    Parameters
    ----------
    spoken : Spoken
        What is said of the rest.
    lesson : Lesson
        Of the page, with ``class_chains`` among its ``[alts]``.
    chains : tuple of tuple of float
        The chains.
    facts : mapping
        What else their sentence names.
    """

    spoken: Spoken
    lesson: Lesson
    chains: Chains
    facts: Mapping[str, Any] = field(default_factory=dict)

    def alt(self) -> str:
        """Return the picture in a sentence or two, with where the chains have come to."""
        last = [chain[-1] for chain in self.chains]
        facts = {"chains": len(last), "lowest": min(last), "highest": max(last), **self.facts}
        return f"{self.spoken.alt()} {self.lesson.say('alts', 'class_chains', facts)}"

    def captions(self) -> Sequence[str]:
        """Return a sentence for each tick of the clock."""
        return self.spoken.captions()


def log_variances(chains: Chains | None) -> list[NDArray[np.float64]]:
    """Return ln s2 of each chain of spreads, the first one 0; a spread of 0 has none: NaN."""
    with np.errstate(divide="ignore"):
        values = [2.0 * np.log(np.array([1.0, *chain])) for chain in chains or ()]
    return [np.where(np.isfinite(row), row, np.nan) for row in values]


def draw_chains(panel: Panel, chains: Sequence[ArrayLike]) -> None:
    """Draw a class's chains over what is known, all with one name in the legend.

    Parameters
    ----------
    panel : Panel
        With the generations across.
    chains : sequence of array_like
        Values by generation, the first that of the truth.
    """
    look = panel.scene.look
    marker = {"symbol": "diamond", "size": 7 * look.scale}
    for values in chains:
        panel.line("class_chains", values, style=("violet", 0.9, "solid"), mode="lines+markers",
                   marker=marker)  # fmt: skip


def _number(part: str) -> float:
    try:
        return float(part) if len(part) <= 24 else math.nan
    except ValueError:
        return math.nan
