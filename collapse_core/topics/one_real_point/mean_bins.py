"""How the means of all runs are put into bars: one for each boundary, the rest in between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import (
    Bernoulli,
    Exponential,
    Family,
    Gaussian,
    Geometric,
    NormalMean,
    NormalVariance,
    Poisson,
)
from collapse_core.law import Law
from collapse_core.lessons.numbers import Numbers
from collapse_core.theory import stationary_laws
from collapse_core.theory.two_colours import ShareLaw

__all__ = [
    "MeanBins",
    "chain_in_bins",
    "limit_in_bins",
    "mean_bins",
    "runs_in_bins",
    "statistic_in_bars",
]

Array = NDArray[np.float64]

GAP = 0.7
MORE = "more"  # stands for the word of what is beyond the last bar


@dataclass(frozen=True)
class MeanBins:
    """Bars beside each other, each one unit wide, those at a boundary set apart.

    Parameters
    ----------
    edges : ndarray
        Ascending. The first bar holds what is at most the first edge, the last what is above the
        last one.
    low_apart, high_apart : bool
        Whether the first and the last bar stand apart: they hold a boundary, or all beyond.
    labels : tuple of (int, str)
        Names of edges, by number; -1 and ``len(edges)`` name the bars at the ends.
    """

    edges: Array
    low_apart: bool
    high_apart: bool
    labels: tuple[tuple[int, str], ...]

    @property
    def count(self) -> int:
        """Number of bars."""
        return int(self.edges.size) + 1

    @cached_property
    def left(self) -> Array:
        """Left sides of the bars."""
        places = np.arange(self.count, dtype=np.float64)
        places[1:] += GAP * self.low_apart
        places[-1] += GAP * self.high_apart
        return places

    @property
    def middle(self) -> Array:
        """Middles of the bars."""
        return self.left + 0.5

    def value(self, places: Array) -> Array:
        """Return which means stand at some places; those beyond the edges stand at the last."""
        return np.interp(places, self.left[1:], self.edges).round(6)

    def outline(self) -> list[float]:
        """Return where the outline of the bars steps, with a gap beside those that stand apart."""
        places = self.left.tolist()
        steps = [places[0], *([1.0] if self.low_apart else []), *places[1:-1]]
        steps += [places[-2] + 1.0] if self.high_apart else []
        return [round(step, 2) for step in (*steps, places[-1], places[-1] + 1.0)]

    def heights(self, bars: Array) -> list[float]:
        """Return the height of the outline from each step on."""
        values = [round(value, 4) for value in bars.tolist()]
        first = [values[0], *([0] if self.low_apart else [])]
        last = [*([0] if self.high_apart else []), values[-1], 0]
        return [*first, *values[1:-1], *last]

    def axis(self, more: str, numbers: Numbers) -> dict[str, Any]:
        """Return the horizontal axis in Plotly's schema; ``more`` names what is beyond its end."""
        places = dict(enumerate((self.left + 1.0).tolist()))
        places[0] += GAP * self.low_apart
        places |= {-1: float(self.middle[0]), self.edges.size: float(self.middle[-1])}
        return {
            "range": [-0.3, float(self.left[-1]) + 1.3],
            "tickvals": [places[edge] for edge, _ in self.labels],
            "ticktext": [_told(text, more, numbers) for _, text in self.labels],
            "showgrid": False,
        }


def _told(text: str, more: str, numbers: Numbers) -> str:
    """Return a label in the language of the picture."""
    if text == MORE:
        return more
    if text.endswith("%"):
        return numbers.on_an_axis(float(text[:-1]) / 100.0)
    return numbers.written(text)


def mean_bins(family: Family) -> MeanBins:
    """Return the bars for the means of a family."""
    truth = float(family.truth if family.truth.ndim == 0 else family.truth[1])
    if isinstance(family, Bernoulli):
        edges = np.append(np.linspace(0.0, 0.95, 20), 1.0 - 1e-9)
        names = ((-1, "0"), (5, "25%"), (10, "50%"), (15, "75%"), (21, "100%"))
        return MeanBins(edges, True, True, names)
    if isinstance(family, Poisson | Geometric):
        edges = truth * np.linspace(0.0, 4.0, 21)
        inner = tuple((5 * i, f"{i * truth:g}") for i in (1, 2, 3))
        return MeanBins(edges, True, True, ((-1, "0"), *inner, (21, MORE)))
    if isinstance(family, NormalMean):
        edges = np.linspace(-3.0, 3.0, 21)
        inner = tuple((index, f"{edges[index]:.0f}") for index in (0, 10, 20))
        return MeanBins(edges, False, False, inner)
    edges = truth * np.geomspace(1e-3, 1e2, 21)
    inner = tuple((4 * i, f"{truth * 10.0 ** (i - 3):g}") for i in range(1, 5))
    return MeanBins(edges, True, True, ((-1, "0 …"), *inner, (21, MORE)))


def runs_in_bins(bins: MeanBins, means: Array) -> Array:
    """Return the share of runs in each bar, shape (generations + 1, bars).

    Parameters
    ----------
    bins : MeanBins
        The bars.
    means : ndarray, shape (runs, generations + 1)
        Mean parameters.
    """
    runs, length = means.shape
    index = np.searchsorted(bins.edges, means, side="left")
    flat = index + bins.count * np.arange(length)
    counts = np.bincount(flat.ravel(), minlength=bins.count * length)
    return np.asarray(counts.reshape(length, bins.count) / runs)


def chain_in_bins(bins: MeanBins, law: Law) -> Array | None:
    """Return the exact chance of each bar at each generation, where the law is a chain."""
    chain = law.distribution
    if not (law.is_exact("distribution") and isinstance(chain, ShareLaw)):
        return None
    index = np.searchsorted(bins.edges, chain.shares, side="left")
    starts = np.searchsorted(index, np.arange(bins.count))
    sums = np.concatenate(
        [np.zeros((len(chain.probability), 1)), np.cumsum(chain.probability, axis=1)], 1
    )
    ends = np.append(starts[1:], chain.shares.size)
    return np.asarray(sums[:, ends] - sums[:, starts])


def limit_in_bins(bins: MeanBins, family: Family, count: int) -> Array | None:
    """Return the chance of each bar in the long run, in the limit of many synthetic points.

    An approximation (Pearson's family) for fresh real points; None where there is none.
    """
    if count == 0:
        return None
    law: Any = _limit_law_approximation(family, count)
    if law is None:
        return None
    return np.diff(np.concatenate([[0.0], law.cdf(bins.edges), [1.0]]))


def _limit_law_approximation(family: Family, count: int) -> Any:
    if isinstance(family, Bernoulli) and 0.0 < family.share < 1.0:
        return stationary_laws.binomial_law_approximation(family.share, count)
    if isinstance(family, NormalMean):
        return stationary_laws.normal_law_approximation(family.mean, family.sd**2, count)
    if isinstance(family, Poisson):
        return stationary_laws.poisson_law_approximation(family.mean, count)
    if isinstance(family, Exponential):
        return stationary_laws.gamma_law_approximation(family.mean, count)
    if isinstance(family, NormalVariance):
        return stationary_laws.gamma_law_approximation(family.true_variance, count, 0.5)
    if isinstance(family, Geometric):
        return stationary_laws.negative_binomial_law_approximation(family.mean, count)
    return None


def statistic_in_bars(family: Family, means: Array) -> Array:
    """Return the statistic that the bars hold: the mean, or the variance of a Gaussian."""
    return means[..., 1] if isinstance(family, Gaussian) else means
