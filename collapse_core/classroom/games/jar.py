"""Marbles from a jar of two colours; the answer is the share of yellow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_number, check_share, shown
from collapse_core.classroom.games.game import Draws, Features, Game, Model

__all__ = ["BLUE", "YELLOW", "JarGame", "share_around"]

YELLOW, BLUE = "yellow", "blue"


@dataclass(frozen=True)
class JarGame(Game):
    """A jar of marbles, yellow and blue.

    The ideal copier answers the share it has seen: the Wright-Fisher chain of two types.

    Parameters
    ----------
    start : float
        Share of yellow in the first jar, strictly between 0 and 1.

    Raises
    ------
    ValueError
        If it is not.
    """

    key: ClassVar[str] = "jar"
    fields: ClassVar[tuple[str, ...]] = ("share",)
    start: float = 0.5

    def __post_init__(self) -> None:
        check_number("start", self.start, 0.0, 1.0, low_open=True, high_open=True)

    @property
    def truth(self) -> Model:
        """The first jar."""
        return {"share": float(self.start)}

    @property
    def prior(self) -> Features:
        """An even jar."""
        return np.array([0.5])

    def _read(self, answer: dict[str, Any]) -> Model:
        return {"share": check_share("share", answer["share"])}

    def _drawn(self, model: Model, count: int, rng: np.random.Generator) -> Draws:
        return [YELLOW if below else BLUE for below in rng.random(count) < model["share"]]

    def fit(self, draws: Draws) -> Model:
        """Return the share of yellow among the draws.

        Raises
        ------
        ValueError
            If a draw is no marble, or there is none.
        """
        known = isinstance(draws, list) and all(draw in (YELLOW, BLUE) for draw in draws)
        if not known or not draws:
            raise ValueError(
                f"draws={shown(draws)} is out of range: it must be a list of 'yellow' and 'blue'. "
                "Make it with draw()."
            )
        return {"share": draws.count(YELLOW) / len(draws)}

    def diversity(self, model: Model) -> float:
        """Return p (1 - p), the chance that two marbles differ, over that of the first jar."""
        share = float(model["share"])
        return share * (1.0 - share) / (self.start * (1.0 - self.start))

    def fixed(self, model: Model) -> bool:
        """Return whether one colour is left."""
        return model["share"] in (0.0, 1.0)

    def described(self, draws: Draws) -> dict[str, Any]:
        """Return how many marbles are yellow and blue, and how many there are."""
        yellow = draws.count(YELLOW)
        return {"yellow": yellow, "blue": len(draws) - yellow, "count": len(draws)}

    def features(self, model: Model) -> Features:
        """Return the share of yellow, shape (1,)."""
        return np.array([float(model["share"])])

    def departed(self, features: Features, pull: float, sharpening: float) -> Features:
        """Return the share after sharpening, p^g / (p^g + (1 - p)^g), and the pull to one half."""
        yellow = features**sharpening
        blue = (1.0 - features) ** sharpening
        return (1.0 - pull) * yellow / (yellow + blue) + pull * self.prior

    def recalled(
        self, features: Features, count: int, noise: float, rng: np.random.Generator
    ) -> Model:
        """Return a share from a Beta law around the one remembered."""
        return {"share": share_around(float(features[0]), noise, rng)}

    def guessed(self, count: int, rng: np.random.Generator) -> Model:
        """Return any share."""
        return {"share": float(rng.random())}


def share_around(mean: float, noise: float, rng: np.random.Generator) -> float:
    """Return a share from the Beta law with a mean and a variance of noise^2 mean (1 - mean).

    With a noise of 0, or where the mean is 0 or 1, it is the mean itself.
    """
    if noise <= 0.0 or mean <= 0.0 or mean >= 1.0:
        return min(max(mean, 0.0), 1.0)
    if noise >= 1.0:
        return float(rng.random() < mean)
    concentration = 1.0 / noise**2 - 1.0
    return float(rng.beta(concentration * mean, concentration * (1.0 - mean)))
