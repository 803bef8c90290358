"""Two colours at a temperature, for samples too large for the exact chain.

A temperature divides the log-odds of the share by T, so on that scale the loop is a line and each
sample adds a nearly normal error. Near one half, and wherever the noise decides which colour wins,
an average path says nothing of the runs; so many paths are followed, one for each quantile of
that error.
"""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray, check_positive
from collapse_core.theory.two_colours.moments import ShareMoments
from collapse_core.theory.two_colours.parameters import check_pull, check_start

__all__ = [
    "sharpened_share_approximation",
]

_PATHS = 1000
_LARGEST_LOG_ODDS = 600.0  # beyond it a share is 0 or 1 to rounding, and squares overflow


def sharpened_share_approximation(
    sample_size: int, share: float, generations: int, temperature: float, *, anchors: int = 0
) -> ShareMoments:
    """Return the share's moments at a temperature, with the sampling noise: (generations + 1,).

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, from 1.
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.
    temperature : float
        Sampling temperature T, above 0.
    anchors : int
        Real points drawn anew in each generation, k, at least 0.

    Notes
    -----
    A path at z standard deviations moves by ``g(x) + z (v' - g'(x) v)``, where g is the map of the
    log-odds without noise, v the standard deviation so far and ``v'^2 = (g' v)^2 + noise``. As n
    grows, or after a single generation, it is exact but for terms of order 1/n. Compared with the
    exact chain at n = 2000 and up to n/4 generations, mean and diversity are within 0.035 where
    the rarer colour has 20 points or more in the truth's samples, and mostly within 0.01. Where it
    has fewer and T is above 1, too much of it survives. Derived for this project.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    anchors = check_pull(anchors, 0.0, 0.5)
    temperature = check_positive("temperature", temperature)
    if share in (0.0, 1.0):
        nothing = np.zeros(generations + 1)
        return ShareMoments(np.full(generations + 1, float(share)), nothing, nothing)
    from scipy.special import expit, logit, ndtri

    # A path for each quantile of the error.
    errors, total = ndtri((np.arange(_PATHS) + 0.5) / _PATHS), sample_size + anchors
    real = anchors * np.array([share, 1.0 - share])[:, None]
    odds, spread = np.full(_PATHS, logit(share)), np.zeros(_PATHS)
    rows = [(share, 0.0, share * (1.0 - share))]
    for _ in range(generations):
        drawn = expit(np.array([odds, -odds]) / temperature)
        blue, yellow = (sample_size * drawn + real) / total
        inside = sample_size * drawn[0] * drawn[1]
        both = np.maximum(blue * yellow, 1e-140)
        noise = (inside + anchors * share * (1.0 - share)) / (total * both) ** 2
        noise = np.minimum(noise, 1.0)  # larger only where less than one point is expected
        slope = inside / (total * both * temperature)
        moved = odds / temperature if not anchors else np.log(blue) - np.log(yellow)
        wider = np.sqrt(np.square(slope * spread) + noise)
        # The last term keeps the mean where the draw has it (Ito's correction).
        odds = moved + errors * (wider - slope * spread) - 0.5 * (yellow - blue) * noise
        odds = np.clip(odds, -_LARGEST_LOG_ODDS, _LARGEST_LOG_ODDS)
        spread = wider
        rows.append(_moments(expit(odds), expit(-odds)))
    return ShareMoments(*(np.array(column) for column in zip(*rows, strict=True)))


def _moments(blue: FloatArray, yellow: FloatArray) -> tuple[float, float, float]:
    return float(blue.mean()), float(blue.var()), float((blue * yellow).mean())
