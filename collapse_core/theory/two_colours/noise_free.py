"""Two colours without noise: the path of the share when samples hold exactly what is expected.

What remains is the temperature, which sharpens the share in every generation, and the anchors,
which pull it back.
"""

from __future__ import annotations

import math

import numpy as np

from collapse_core.checks import FloatArray, check_positive, check_share, check_whole_number

__all__ = [
    "noise_free_share",
]


def noise_free_share(
    share: float,
    generations: int,
    temperature: float,
    *,
    sample_size: int | None = None,
    anchors: int = 0,
) -> FloatArray:
    """Share of blue when sampling has no noise: p' = a sharpen(p) + b p0.

    Parameters
    ----------
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.
    temperature : float
        Sampling temperature T, above 0.
    sample_size : int, optional
        Synthetic points per generation; needed with anchors, because a = n / (n + k).
    anchors : int
        Real points per generation, k, at least 0.

    Returns
    -------
    NDArray (generations + 1,)
        Without anchors its log-odds are logit(p0) / T^t: t rounds at T are one round at T^t.

    Notes
    -----
    Exact for infinitely many points in the given proportion; for a finite sample it leaves out the
    noise.  Derived for this project.
    """
    check_share("share", share)
    generations = check_whole_number("generations", generations, 0)
    check_positive("temperature", temperature)
    anchors = check_whole_number("anchors", anchors, 0)
    if anchors > 0 and sample_size is None:
        raise ValueError(
            f"sample_size=None is out of range with anchors={anchors}: the mix needs both. "
            "Choose a sample_size of at least 1."
        )
    if sample_size is not None:
        sample_size = check_whole_number("sample_size", sample_size, 1)
    real = anchors / (anchors + sample_size) if sample_size is not None else 0.0
    path = np.full(generations + 1, float(share))
    if share in (0.0, 1.0):
        return path
    log_odds = _logit(share)
    for generation in range(1, generations + 1):
        sharpened = _logistic(log_odds / temperature)
        path[generation] = (1.0 - real) * sharpened + real * share
        if real == 0.0:
            log_odds /= temperature  # on this scale nothing is lost near 0 and 1
        else:
            log_odds = _logit(float(path[generation]))
    return path


def _logit(share: float) -> float:
    if share in (0.0, 1.0):  # rounding can bring a share there
        return math.inf if share else -math.inf
    return math.log(share) - math.log1p(-share)


def _logistic(log_odds: float) -> float:
    if log_odds >= 0.0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1.0 + odds)
