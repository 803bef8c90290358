"""Points around a place, on a line or in the plane: what both games have in common.

The model is a normal law with one spread for all directions. The ideal copier takes the average of
the points and their root mean square distance from it per direction, the divisor being the number
of points: a Gaussian refitted by maximum likelihood. The picture shows 0 to 100 in each direction.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_array, check_number, shown
from collapse_core.classroom.games.game import Draws, Features, Game, Model

__all__ = ["FIXED_SPREAD", "HIGH", "LOW", "START_SPREAD", "SpotGame"]

LOW, HIGH = 0.0, 100.0
MIDDLE, START_SPREAD = 50.0, 12.0
LOWEST_PLACE, HIGHEST_PLACE = -100.0, 200.0
MOST_SPREAD = 100.0
FIXED_SPREAD = 0.05 * START_SPREAD
"""Points with a smaller spread than this look like one."""

LEAST_SPREAD = 0.01 * START_SPREAD  # whose logarithm stands for that of less, and of nothing


class SpotGame(Game):
    """Points around a place."""

    dimension: ClassVar[int]
    tolerance: ClassVar[float] = 10.0
    fields: ClassVar[tuple[str, ...]] = ("place", "spread")

    @abstractmethod
    def _place(self, values: Features) -> Any:
        """Return coordinates as the place of an answer."""

    @abstractmethod
    def _coordinates(self, place: Any) -> list[Any]:
        """Return the coordinates in a place."""

    @property
    def truth(self) -> Model:
        """Points around the middle with a spread of 12."""
        middle = np.full(self.dimension, MIDDLE)
        return {"place": self._place(middle), "spread": START_SPREAD}

    @property
    def prior(self) -> Features:
        """The middle of the picture, and the spread of the truth."""
        return self.features(self.truth)

    def _read(self, answer: dict[str, Any]) -> Model:
        place = [
            check_number("place", value, LOWEST_PLACE, HIGHEST_PLACE)
            for value in self._coordinates(answer["place"])
        ]
        spread = check_number("spread", answer["spread"], 0.0, MOST_SPREAD)
        return {"place": self._place(np.array(place)), "spread": spread}

    def _drawn(self, model: Model, count: int, rng: np.random.Generator) -> Draws:
        middle = np.array(self._coordinates(model["place"]), dtype=np.float64)
        points = middle + model["spread"] * rng.standard_normal((count, self.dimension))
        return [self._place(point) for point in points]

    def points(self, draws: Draws) -> Features:
        """Return draws as an array, shape (draws, dimension).

        Raises
        ------
        ValueError
            If they are no points.
        """
        points = check_array("draws", draws)
        points = points[:, np.newaxis] if points.ndim == 1 else points
        if points.ndim != 2 or points.shape[1] != self.dimension or not len(points):
            raise ValueError(
                f"draws={shown(draws)} is out of range: it must be a list of points with "
                f"{self.dimension} numbers each. Make it with draw()."
            )
        return points

    def fit(self, draws: Draws) -> Model:
        """Return average and spread of the points, by maximum likelihood, inside their ranges.

        Raises
        ------
        ValueError
            If they are no points.
        """
        points = self.points(draws)
        middle = points.mean(axis=0)
        spread = math.sqrt(float(np.square(points - middle).mean()))
        return self._model(middle, spread)

    def diversity(self, model: Model) -> float:
        """Return the variance over that of the truth."""
        return (float(model["spread"]) / START_SPREAD) ** 2

    def fixed(self, model: Model) -> bool:
        """Return whether the spread is below a twentieth of the truth's: all points look like one.

        An ideal copier's spread is never quite 0, so that this is a threshold.
        """
        return float(model["spread"]) <= FIXED_SPREAD

    def described(self, draws: Draws) -> dict[str, Any]:
        """Return how many points, their average, lowest and highest place, for each direction.

        For the plane, ``across`` comes first and ``up`` second.
        """
        points = self.points(draws)
        facts: dict[str, Any] = {"count": len(points)}
        for name, column in zip(("across", "up"), points.T, strict=False):
            facts |= {
                f"{name}_average": float(column.mean()),
                f"{name}_lowest": float(column.min()),
                f"{name}_highest": float(column.max()),
            }
        return facts

    def features(self, model: Model) -> Features:
        """Return the place, and 12 times the logarithm of the spread, shape (dimension + 1,).

        So both are in units of the picture. What is below a hundredth of the truth's spread counts
        as that.
        """
        spread = max(float(model["spread"]), LEAST_SPREAD)
        return np.array([*self._coordinates(model["place"]), START_SPREAD * math.log(spread)])

    def departed(self, features: Features, pull: float, sharpening: float) -> Features:
        """Return features after sharpening, which divides the variance by g, and the pull."""
        narrower = features.copy()
        narrower[..., -1] -= 0.5 * START_SPREAD * math.log(sharpening)
        return (1.0 - pull) * narrower + pull * self.prior

    def recalled(
        self, features: Features, count: int, noise: float, rng: np.random.Generator
    ) -> Model:
        """Return an answer with normal noise: of 12 noise on the place, noise on log spread."""
        around = features + noise * START_SPREAD * rng.standard_normal(features.size)
        return self._model(around[:-1], math.exp(around[-1] / START_SPREAD))

    def guessed(self, count: int, rng: np.random.Generator) -> Model:
        """Return any place in the picture, and any spread up to twice the truth's."""
        place = rng.uniform(LOW, HIGH, self.dimension)
        return self._model(place, float(rng.uniform(0.0, 2.0 * START_SPREAD)))

    def _model(self, middle: Features, spread: float) -> Model:
        place = np.clip(middle, LOWEST_PLACE, HIGHEST_PLACE)
        return {"place": self._place(place), "spread": min(spread, MOST_SPREAD)}
