"""The chain of two colours when what is drawn, and what is kept, is a function of the count."""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray, check_generations, check_share, check_whole_number
from collapse_core.theory.two_colours.chain import LARGEST_DENSE_STATES
from collapse_core.theory.two_colours.draw import binomial_law, binomial_rows, log_sharpened
from collapse_core.theory.two_colours.share_law import ShareLaw

__all__ = ["LARGEST_MAPPED_SAMPLE_SIZE", "mapped_share_law"]

LARGEST_MAPPED_SAMPLE_SIZE = LARGEST_DENSE_STATES - 1


def mapped_share_law(
    share: float,
    first_chance: float,
    shares: FloatArray,
    chances: FloatArray,
    generations: int,
) -> ShareLaw:
    """Exact law of a share that is a function of a count, which is binomial given the share.

    After a count of j blue points among n the model is ``shares[j]``, and each point of the next
    training set is blue with the chance ``chances[j]``: what a filter, a judge or a quota makes of
    the share.

    Parameters
    ----------
    share : float
        Share of blue in the truth, 0 to 1.
    first_chance : float
        Chance that a point of the first training set is blue.
    shares : NDArray (n + 1,)
        Models after each count, ascending.
    chances : NDArray (n + 1,)
        Chances of blue that follow from them, 0 to 1.
    generations : int
        Number of fits.

    Raises
    ------
    ValueError
        If a number is out of range or n is above ``LARGEST_MAPPED_SAMPLE_SIZE``.

    Notes
    -----
    Exact up to rounding.  Source: the Wright-Fisher chain with selection or migration, Ewens
    (2004).
    """
    check_share("share", share)
    size = check_whole_number("sample_size", shares.size - 1, 1, LARGEST_MAPPED_SAMPLE_SIZE)
    probability = np.zeros((check_generations(generations) + 1, size + 1))
    matrix = binomial_rows(size, *log_sharpened(chances, 1.0)).dense()
    probability[0] = _nearest(shares, share)
    law = binomial_law(size, check_share("first_chance", first_chance))
    for row in probability[1:]:
        row[:] = law
        law = law @ matrix
    return ShareLaw(shares, probability, share)


def _nearest(shares: FloatArray, truth: float) -> FloatArray:
    """Put the truth at the share next to it: its properties use the truth itself."""
    placed = np.zeros(shares.size)
    placed[np.abs(shares - truth).argmin()] = 1.0
    return placed
