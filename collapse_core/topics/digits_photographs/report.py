"""The numbers that the sentences about digits and photographs state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.table_text import table_as_csv
from collapse_core.measures.complexity import (
    Complexity,
    complexity,
    reconstruction_errors,
    spectrum,
)
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep

__all__ = [
    "MEASURES",
    "KeptComparison",
    "MatchedCheck",
    "MeasureRow",
    "SetComplexity",
    "compare_kept",
    "complexity_of_sets",
    "facts_of_complexity",
    "facts_of_step",
    "matched_check",
    "meaning_left",
    "measure_rows",
    "to_csv",
]

Array = NDArray[np.float64]

MEASURES = (
    "kept",
    "kept_sharp",
    "chance",
    "confidence",
    "entropy",
    "error",
    "expected_error",
    "rank",
    "local",
    "cumulative",
)
CLOSE = 0.03


@dataclass(frozen=True)
class KeptComparison:
    """Meaning kept beyond chance in both sets after the last step.

    Parameters
    ----------
    digits, photographs : float
        1 if every held-out image is read as at the start, 0 if labels are as good as random.
    error : float
        Standard error of the difference, from the number of images; chance counts as known.
    first : str
        The set that has lost more, or ``"alike"`` within two standard errors.
    """

    digits: float
    photographs: float
    error: float
    first: str

    @property
    def apart(self) -> float:
        """The difference in standard errors; 0 where both are 1."""
        return abs(self.digits - self.photographs) / self.error if self.error > 0.0 else 0.0

    def facts(self) -> dict[str, float]:
        """Return what is left of the meaning, by name."""
        left = {"left_digits": self.digits, "left_photographs": self.photographs}
        return {name: max(value, 0.0) for name, value in left.items()} | {"apart": self.apart}


@dataclass(frozen=True)
class MeasureRow:
    """One measure, for both sets, at the start and now.

    Parameters
    ----------
    name : str
        Which measure.
    start, now : dict
        Its value by set.
    first : str
        The set that has lost more of it, or ``"alike"`` if they differ by less than 0.03.
    """

    name: str
    start: dict[str, float]
    now: dict[str, float]
    first: str


@dataclass(frozen=True)
class SetComplexity:
    """How complex one set of real images is.

    Parameters
    ----------
    numbers : Complexity
        Decay of the spectrum and dimensions.
    missed : ndarray, shape (65,)
        Share of the variance of held-out images that 0, 1, 2, ... components miss.
    spectrum : ndarray, shape (64,)
        Eigenvalues as shares of their sum, largest first.
    """

    numbers: Complexity
    missed: Array
    spectrum: Array


def facts_of_step(step: PairStep) -> dict[str, Any]:
    """Return what is measured at one step, by name."""
    sides = {name: step[name] for name in IMAGE_SETS}
    return {
        "chance": sum(side.chance for side in sides.values()) / len(sides),
        **{name: side.kept for name, side in sides.items()},
        **{f"error_{name}": side.error for name, side in sides.items()},
        **{f"exact_{name}": side.expected_error for name, side in sides.items()},
    }


def facts_of_complexity(sets: Mapping[str, SetComplexity], components: int) -> dict[str, Any]:
    """Return what a model that keeps some numbers misses, and how spectra decay, by name."""
    return {
        "components": components,
        **{f"missed_{name}": float(sets[name].missed[components]) for name in IMAGE_SETS},
        **{f"decay_{name}": sets[name].numbers.decay for name in IMAGE_SETS},
    }


def compare_kept(steps: Sequence[PairStep], count: int) -> KeptComparison:
    """Return which set has lost more of its meaning.

    Parameters
    ----------
    steps : sequence
        From step 0 on; the last one is judged.
    count : int
        Held-out images of each set.
    """
    digits, photographs = (meaning_left(steps[-1], name) for name in IMAGE_SETS)
    variance = 0.0
    for side in (steps[-1][name] for name in IMAGE_SETS):
        scale = max(1.0 - side.chance, 1e-9)
        variance += side.kept * (1.0 - side.kept) / (count * scale**2)
    error = float(np.sqrt(variance))
    first = "alike" if abs(digits - photographs) <= 2.0 * error else _lower(digits, photographs)
    return KeptComparison(digits, photographs, error, first)


def meaning_left(step: PairStep, name: str) -> float:
    """Return the meaning kept beyond chance: 1 at the start, 0 where labels are as good as random.

    Parameters
    ----------
    step : dict
        One step.
    name : str
        One of ``IMAGE_SETS``.
    """
    kept, chance = step[name].kept, step[name].chance
    return (kept - chance) / (1.0 - chance) if chance < 1.0 else 0.0


def measure_rows(steps: Sequence[PairStep]) -> list[MeasureRow]:
    """Return several measures, and which set each says has lost more.

    Parameters
    ----------
    steps : sequence
        From step 0 on; the last one is judged.
    """

    def values(name: str, step: PairStep) -> dict[str, float]:
        if name == "beyond_chance":
            return {side: meaning_left(step, side) for side in IMAGE_SETS}
        return {side: float(getattr(step[side], name)) for side in IMAGE_SETS}

    rows = []
    for name in ("kept", "kept_sharp", "beyond_chance", "error", "confidence", "entropy", "rank"):
        start, now = values(name, steps[0]), values(name, steps[-1])
        if np.isnan([*start.values(), *now.values()]).any():
            continue
        if name == "error":
            left = [1.0 - now[side] for side in IMAGE_SETS]
        else:
            left = [now[side] / start[side] if start[side] else 0.0 for side in IMAGE_SETS]
        first = "alike" if abs(left[0] - left[1]) < CLOSE else _lower(*left)
        rows.append(MeasureRow(name, start, now, first))
    return rows


def _lower(digits: float, photographs: float) -> str:
    return "photographs" if photographs < digits else "digits"


@dataclass(frozen=True)
class MatchedCheck:
    """Digits with fewer numbers than photographs, so that they miss as much or more.

    Parameters
    ----------
    components : dict
        Numbers kept, by set.
    missed : dict
        Share of the variance of held-out images that so many principal components miss.
    kept : dict
        Meaning kept after five passes with the default push.
    sure : dict
        Average confidence of the classifier on held-out real images.
    """

    components: dict[str, int]
    missed: dict[str, float]
    kept: dict[str, float]
    sure: dict[str, float]

    def facts(self) -> dict[str, float]:
        """Return all of it, by name and set."""
        return {
            **{f"components_{name}": count for name, count in self.components.items()},
            **{f"missed_{name}": share for name, share in self.missed.items()},
            **{f"kept_{name}": share for name, share in self.kept.items()},
            **{f"sure_{name}": share for name, share in self.sure.items()},
        }


@lru_cache(maxsize=1)
def matched_check() -> MatchedCheck:
    """Return whether the order stays when it is the digits that miss more."""
    components = {"digits": 8, "photographs": 16}
    sets = complexity_of_sets(True)
    runs = {
        name: DigitsPhotographs(components=count, generations=5).run()
        for name, count in components.items()
    }
    return MatchedCheck(
        components,
        {name: float(sets[name].missed[count]) for name, count in components.items()},
        {name: run[-1][name].kept for name, run in runs.items()},
        {name: run[0][name].confidence for name, run in runs.items()},
    )


@lru_cache(maxsize=4)
def complexity_of_sets(evened: bool) -> dict[str, SetComplexity]:
    """Return how complex both sets of real images are, from their training images.

    Parameters
    ----------
    evened : bool
        Whether every patch has the same brightness and contrast.
    """
    sets = DigitsPhotographs(evened=evened).image_sets()
    return {
        name: SetComplexity(
            complexity(images.training_images, images.held_out_images),
            reconstruction_errors(images.training_images, images.held_out_images),
            spectrum(images.training_images),
        )
        for name, images in sets.items()
    }


def to_csv(experiment: DigitsPhotographs, steps: Sequence[PairStep]) -> str:
    """Return every number of a run as a table, with all settings in its header.

    Parameters
    ----------
    experiment : DigitsPhotographs
        The settings.
    steps : sequence
        Its steps so far.
    """
    table: dict[str, Any] = {"generation": range(len(steps))}
    for name in IMAGE_SETS:
        for measure in MEASURES:
            table[f"{name} {measure}"] = [getattr(step[name], measure) for step in steps]
    return table_as_csv(table, experiment.settings())
