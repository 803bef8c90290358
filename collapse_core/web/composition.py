"""Who wrote what the web holds, year by year, and what a filter leaves of it: exact shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_share
from collapse_core.theory.provenance import left_over_synthetic, passing_share
from collapse_core.web.settings import Web

__all__ = ["Composition", "composition", "kept_shares", "left_over_share"]

Array = NDArray[np.float64]
# Beyond this only ratios count, and a power of the growth would be no number.
SMALLEST = 1e-300


@dataclass(frozen=True, eq=False)
class Composition:
    """What the web holds at the end of each year, and what a crawler keeps of it.

    Attributes
    ----------
    web, kept : ndarray, shape (years + 1, years + 1)
        Row t: shares of human items (column 0) and of those of models 1 to t, at the end of year
        t, on the web and among what passes labels and detector. Each row sums to 1; a row of
        ``kept`` is 0 where nothing passes.
    passes : ndarray, shape (years + 1,)
        Share of the items looked at that pass.
    sizes : ndarray of int, shape (years + 1,)
        Items that model t learns from besides the reserve: a whole crawl, or those expected to
        pass of a crawl at the end of year t - 1, rounded, at least 1 where any can. Entry 0 is 0:
        the truth has no training set.
    """

    web: Array
    kept: Array
    passes: Array
    sizes: NDArray[np.int64]

    @property
    def contamination(self) -> Array:
        """Share of synthetic items on the web at the end of each year, shape (years + 1,)."""
        return np.asarray(1.0 - self.web[:, 0])

    def in_training(self, reserve: int) -> Array:
        """Return the expected share of synthetic items in the training set of each model.

        Shape (years + 1,), the reserve counted; entry 0 is 0.
        """
        synthetic = np.zeros(len(self.sizes))
        synthetic[1:] = self.kept[:-1, 1:].sum(axis=1) * self.sizes[1:]
        return np.asarray(synthetic / np.maximum(self.sizes + reserve, 1))

    @property
    def lessons(self) -> Array:
        """Shares of who made what model t learns from in row t, shape (years + 1, years + 1)."""
        return np.vstack([np.zeros(len(self.kept)), self.kept[:-1]])


def left_over_share(synthetic: float, true_positive: float, false_positive: float) -> float:
    """Return the share of synthetic items among those that a detector lets pass.

    With a share pi of synthetic items, pi (1 - t) / (pi (1 - t) + (1 - pi) (1 - f)): Bayes' rule.

    Parameters
    ----------
    synthetic, true_positive, false_positive : float
        Shares pi, t and f, each from 0 to 1.

    Returns
    -------
    float
        From 0 to 1; nan where nothing passes.

    Raises
    ------
    ValueError
        If a share is not one.
    """
    rates = (check_share("synthetic", synthetic), true_positive, false_positive)
    return left_over_synthetic(*rates) if passing_share(*rates) > 0.0 else float("nan")


def kept_shares(web: Web) -> tuple[float, float]:
    """Return which share of human and which of synthetic items passes labels and detector."""
    unlabelled = 1.0 - web.labelled
    human = web.labelled + unlabelled * (1.0 - web.false_positive)
    lies = web.labelled * (1.0 - web.honest)
    return human, lies + unlabelled * (1.0 - web.true_positive)


def composition(web: Web) -> Composition:
    """Return who wrote what the web holds, year by year. Do not change it: it is shared.

    Raises
    ------
    TypeError
        If ``web`` is no Web.
    """
    check_made("web", web, Web)
    return _composition(web)


@lru_cache(maxsize=64)
def _composition(web: Web) -> Composition:
    years = np.arange(web.years + 1)
    written = np.where(years == 0, web.stock, web.human).astype(np.float64)
    made = np.where(years == 0, 0.0, web.synthetic * web.growth ** (years - 1.0))
    age = years[:, np.newaxis] - years
    held = (age >= 0) & (age < web.span)
    amounts = held * made
    amounts[:, 0] = (held * written).sum(axis=1)
    human, synthetic = kept_shares(web)
    passing = np.where(years == 0, human, synthetic)
    totals = amounts.sum(axis=1, keepdims=True)
    shares = amounts / totals
    left = shares * passing
    passes = left.sum(axis=1)
    kept = left / np.maximum(passes, SMALLEST)[:, np.newaxis]
    expected = np.full(web.years, web.crawl) if web.refill else np.rint(web.crawl * passes[:-1])
    sizes = np.append(0, np.where(passes[:-1] > 0.0, np.maximum(expected, 1.0), 0.0))
    return Composition(shares, kept, passes, sizes.astype(np.int64))
