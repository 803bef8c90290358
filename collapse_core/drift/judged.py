"""One generation as the monitor sees it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from collapse_core.drift.compared import Comparison
from collapse_core.drift.nearby import Chance, Nearby

__all__ = ["QUIET", "Judged"]

QUIET = 0.05  # a pair with a p-value above it is quiet


@dataclass(frozen=True)
class Judged:
    """One generation, compared with the one before and with the first (or with a reference).

    Parameters
    ----------
    generation : int
        From 0.
    rows : int
        How many it has.
    effective_rank : float
        Participation ratio (tr S)^2 / tr S^2 of its covariance, on all rows and columns: as many as
        columns if all directions are alike, 1 for a line, 0 if all rows are equal.
    rank_chance : Chance, optional
        What chance makes of it: the rank of what it is compared with, times the ratios of ranks
        that permuting the tested rows makes along the tested axes.
    local : Comparison, optional
        With the generation before; None for generation 0.
    cumulative : Comparison, optional
        With generation 0, or with the reference; None for generation 0 without a reference.
    nearby : Nearby, optional
        Precision, recall, density and coverage against the same.
    world : Comparison, optional
        The reference of this generation with that of generation 0, where each has its own.
    entropy : float, optional
        Of its labels, in nats.
    entropy_chance : Chance, optional
        What permuting the labels with those of generation 0 makes of it.
    """

    generation: int
    rows: int
    effective_rank: float
    rank_chance: Chance | None = None
    local: Comparison | None = None
    cumulative: Comparison | None = None
    nearby: Nearby | None = None
    world: Comparison | None = None
    entropy: float | None = None
    entropy_chance: Chance | None = None

    def number(self, path: str) -> float:
        """Return one of its numbers, nan where there is none.

        Parameters
        ----------
        path : str
            Of the attribute, such as "cumulative.test.distance".
        """
        found: Any = self
        for part in path.split("."):
            found = None if found is None else getattr(found, part)
        return math.nan if found is None else float(found)

    @property
    def quiet(self) -> bool:
        """Whether the step from the generation before is within chance: p above 0.05."""
        return self.local is not None and self.local.test.above > QUIET

    def differs(self, level: float) -> bool:
        """Return whether it is apart from where it began beyond chance, at a level."""
        return self._is_below(level, "above")

    def contracts(self, level: float) -> bool:
        """Return whether it is apart and its spread is smaller, both beyond chance."""
        return self.differs(level) and self._is_below(level, "contraction")

    def expands(self, level: float) -> bool:
        """Return whether it is apart and its spread is larger, both beyond chance."""
        return self.differs(level) and self._is_below(level, "expansion")

    def _is_below(self, level: float, name: str) -> bool:
        # Levels are fractions, p-values are others: equal ones may differ in their last bit.
        if self.cumulative is None or self.generation == 0:
            return False
        return float(getattr(self.cumulative.test, name)) <= level * (1.0 + 1e-9)
