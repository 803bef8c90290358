"""The exact law of the share of blue, generation by generation: the chain, read at each step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from collapse_core.checks import FloatArray, check_positive, check_switch
from collapse_core.theory.two_colours.chain import (
    laws_with_fixed_anchors,
    laws_with_fresh_anchors,
    placed_on,
    possible_shares,
)
from collapse_core.theory.two_colours.draw import binomial_law
from collapse_core.theory.two_colours.parameters import (
    check_exact_sizes,
    check_pull,
    check_start,
)
from collapse_core.theory.two_colours.reading import LawOfShare

__all__ = ["ShareLaw", "share_law"]


@dataclass(frozen=True, eq=False)
class ShareLaw(LawOfShare):
    """The exact law of the share of blue, generation by generation.

    Attributes
    ----------
    shares : NDArray (states,)
        The values a fitted share can take, ascending, in [0, 1].
    probability : NDArray (generations + 1, states)
        Row t is the law of generation t.  Row 0 is the truth placed on the support; where it falls
        between two values it is split between them, keeping its mean.  The properties below use
        ``truth`` itself for generation 0.
    truth : float
        Share of blue at generation 0.
    """

    shares: FloatArray
    probability: FloatArray
    truth: float

    @property
    def _table(self) -> FloatArray:
        return self.probability

    def _starting_at(self, value: float, later: FloatArray) -> FloatArray:
        later[0] = value
        later.setflags(write=False)
        return later

    @cached_property
    def mean(self) -> FloatArray:
        """Mean share, shape (generations + 1,)."""
        return self._starting_at(self.truth, self._mean(self.truth))

    @cached_property
    def variance(self) -> FloatArray:
        """Variance of the share between runs, shape (generations + 1,)."""
        return self._starting_at(0.0, self._variance(self.truth))

    @cached_property
    def diversity(self) -> FloatArray:
        """Mean of p (1 - p), the variety inside one model, shape (generations + 1,)."""
        return self._starting_at(self.truth * (1.0 - self.truth), self._diversity())

    @cached_property
    def lost(self) -> FloatArray:
        """Chance that the share is 0, shape (generations + 1,).

        Without real points, or with fixed ones, that is the chance that blue is lost for good by
        generation t.  With fresh anchors it is the chance that generation t's training set holds
        no blue: blue can come back.
        """
        return self._starting_at(float(self.truth == 0.0), self._chance_at(0.0))

    @cached_property
    def taken_over(self) -> FloatArray:
        """Chance that the share is 1, shape (generations + 1,)."""
        return self._starting_at(float(self.truth == 1.0), self._chance_at(1.0))

    @cached_property
    def absorbed(self) -> FloatArray:
        """Chance that only one colour is left: ``lost + taken_over``, shape (generations + 1,)."""
        return self.lost + self.taken_over

    def quantile(self, level: float) -> FloatArray:
        """Smallest share whose distribution function reaches ``level``, shape (generations + 1,).

        ``level`` lies strictly between 0 and 1, otherwise ``ValueError``.  Index 0 is the truth.
        """
        return self._starting_at(self.truth, self._quantile(level))

    def until(self, generations: int) -> ShareLaw:
        """Law of the first generations, as a view."""
        return ShareLaw(self.shares, self.probability[: generations + 1], self.truth)


def share_law(
    sample_size: int,
    share: float,
    generations: int,
    *,
    anchors: int = 0,
    fresh: bool = True,
    prior_strength: float = 0.0,
    prior_mean: float = 0.5,
    temperature: float = 1.0,
) -> ShareLaw:
    """Exact law of the share of blue over the generations.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, p0, in [0, 1].  It need not be a multiple of 1/n.
    generations : int
        Number of refits, at least 0.
    anchors : int
        Real points added to every training set, k, from 0 to ``LARGEST_EXACT_SAMPLE_SIZE``:
        the fit is (X + Y) / (n + k).
    fresh : bool
        True: the anchors are drawn anew from the truth each generation.  False: drawn once.
    prior_strength, prior_mean : float
        A prior worth ``prior_strength`` imaginary points of which a part ``prior_mean`` is blue:
        the fit is (X + strength * mean) / (n + strength).
    temperature : float
        Sharpening of what the model generates (never of the real points), above 0.  The truth is
        generation 0's model, so the first synthetic points are sharpened too.

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors and a prior are asked for together.

    Notes
    -----
    Exact up to rounding: rows leave out tails below exp(-34) = 2e-15 and are scaled to sum to one.
    With fixed anchors the laws are mixed over their colour counts, those below 1e-13 left out.
    Source: Ewens (2004), the Wright-Fisher chain; anchors enter as migration from the truth.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    anchors = check_pull(anchors, prior_strength, prior_mean)
    check_exact_sizes(sample_size, anchors)
    check_positive("temperature", temperature)
    fresh = check_switch("fresh", fresh)
    shares = possible_shares(sample_size, anchors, prior_strength, prior_mean)
    probability = np.empty((generations + 1, shares.size))
    probability[0] = placed_on(shares, share)
    if generations > 0:
        first_count = binomial_law(sample_size, share, temperature)
        anchor_law = binomial_law(anchors, share)
        later = laws_with_fresh_anchors if fresh or anchors == 0 else laws_with_fixed_anchors
        probability[1:] = later(first_count, shares, anchor_law, temperature, generations)
    shares.setflags(write=False)
    probability.setflags(write=False)
    return ShareLaw(shares, probability, float(share))
