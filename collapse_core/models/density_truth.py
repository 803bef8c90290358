"""Densities on the line with a tail that is watched: a heavy one, or a small second hump."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_level, check_number, check_positive, check_share

__all__ = ["DensityTruth", "HeavyTail", "SmallSecondMode"]

Array = NDArray[np.float64]


class DensityTruth(ABC):
    """A density on the line whose tail is watched."""

    @abstractmethod
    def exceedance(self, value: Array) -> Array:
        """Return P(X > value), of the shape of ``value``."""

    @abstractmethod
    def quantile(self, level: float) -> float:
        """Return the value with P(X <= value) = level, strictly between 0 and 1."""

    @abstractmethod
    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """Draw points."""

    @abstractmethod
    def blurred_exceedance(self, value: float, spread: float) -> float:
        """Return P(X + spread Z > value), Z standard normal."""

    @property
    @abstractmethod
    def view(self) -> tuple[float, float]:
        """Ends of an axis that shows the body and the tail."""


@dataclass(frozen=True)
class HeavyTail(DensityTruth):
    """A Lomax (Pareto II) density: P(X > x) = (1 + x)^-exponent for x >= 0.

    Parameters
    ----------
    exponent : float
        0.5 to 20. The smaller, the heavier the tail; the variance is infinite up to 2.
    """

    exponent: float = 2.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "exponent", check_number("exponent", self.exponent, 0.5, 20.0))

    @property
    def view(self) -> tuple[float, float]:
        """From 0 to the quantile that one point in 1000 exceeds."""
        return 0.0, self.quantile(0.999)

    def exceedance(self, value: Array) -> Array:
        """Return (1 + x)^-exponent, 1 below 0."""
        return np.asarray((1.0 + np.maximum(value, 0.0)) ** -self.exponent)

    def quantile(self, level: float) -> float:
        """Return (1 - level)^(-1/exponent) - 1."""
        return float((1.0 - check_level(level)) ** (-1.0 / self.exponent)) - 1.0

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """Draw points by inversion."""
        return np.asarray((1.0 - rng.random(shape)) ** (-1.0 / self.exponent) - 1.0)

    def blurred_exceedance(self, value: float, spread: float) -> float:
        """Return P(X + spread Z > value) by averaging over Z on a fine grid (error below 1e-6)."""
        steps = np.linspace(-8.0, 8.0, 16_001)
        weights = np.exp(-0.5 * steps**2)
        return float(weights @ self.exceedance(value - spread * steps) / weights.sum())


@dataclass(frozen=True)
class SmallSecondMode(DensityTruth):
    """Two normal humps of standard deviation 1: a large one at 0 and a small one to its right.

    Parameters
    ----------
    weight : float
        Share of the small hump, 0 to 1.
    distance : float
        Where the small hump stands, above 0 to 100.
    """

    weight: float = 0.03
    distance: float = 8.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", check_share("weight", self.weight))
        distance = check_positive("distance", check_number("distance", self.distance, 0.0, 100.0))
        object.__setattr__(self, "distance", distance)

    @property
    def view(self) -> tuple[float, float]:
        """Four standard deviations beyond both humps."""
        return -4.0, self.distance + 4.0

    def exceedance(self, value: Array) -> Array:
        """Return the mixture of two normal exceedances."""
        from scipy.special import ndtr

        beyond = self.weight * ndtr(self.distance - value)
        return np.asarray((1.0 - self.weight) * ndtr(-np.asarray(value)) + beyond)

    def quantile(self, level: float) -> float:
        """Return the quantile by bisection, to the last digit."""
        level = check_level(level)
        low, high = -40.0, self.distance + 40.0
        while low < (middle := (low + high) / 2.0) < high:
            low, high = (
                (low, middle) if self._exceeds(middle, 1.0) <= 1.0 - level else (middle, high)
            )
        return middle

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """Draw points: a hump, then a normal number."""
        right = rng.random(shape) < self.weight
        return np.asarray(rng.standard_normal(shape) + self.distance * right)

    def blurred_exceedance(self, value: float, spread: float) -> float:
        """Return P(X + spread Z > value): each hump is as wide as sqrt(1 + spread^2)."""
        return self._exceeds(value, math.sqrt(1.0 + spread * spread))

    def _exceeds(self, value: float, deviation: float) -> float:
        scale = deviation * math.sqrt(2.0)
        left = math.erfc(value / scale) / 2.0
        right = math.erfc((value - self.distance) / scale) / 2.0
        return (1.0 - self.weight) * left + self.weight * right
