"""Papers on how an error shrinks with more data, until it does not."""

from __future__ import annotations

import numpy as np

from collapse_core.streams import generator
from collapse_core.theory.polluted_sample import (
    indifferent_size,
    missing_mass,
    polluted_error,
    zipf_shares,
)
from collapse_core.topics.mitigation_lab.papers.miniature import (
    Miniature,
    Sampled,
    sampled_variance,
)

__all__ = ["strong", "tale"]

RUNS = 400
SHARE, BIAS = 0.01, 1.0
KINDS, EXPONENT, KEPT, SAMPLES = 20_000, 1.5, 100, 20


def strong(seed: int) -> Miniature:
    """Return the error of an average of which 1 % of the points are off by one."""
    sizes = np.logspace(2.0, 6.0, 81)
    tried = np.array([1e2, 1e3, 1e4, 1e5, 1e6])
    draws = generator(seed, 0, "polluted average")
    counts = draws.binomial(tried.astype(np.int64), SHARE, (RUNS, tried.size))
    # The average of n normal points is drawn at once: it is normal too.
    runs = counts * BIAS / tried + draws.standard_normal((RUNS, tried.size)) / np.sqrt(tried)
    clean = draws.standard_normal((RUNS, tried.size)) / np.sqrt(tried)
    limit = indifferent_size(SHARE, BIAS)
    exact = {"polluted": polluted_error(sizes, SHARE, BIAS), "clean": 1.0 / sizes}
    sampled = {
        "polluted": sampled_variance(tried, runs, 0.0, 1.0),
        "clean": sampled_variance(tried, clean, 0.0, 1.0),
    }
    facts = {
        "paper": limit,
        "share": SHARE,
        # In millionths, as it is told.
        "exact": 1e6 * float(polluted_error(1e6, SHARE, BIAS)),
        "sampled": 1e6 * float(sampled["polluted"].mean[-1]),
        "error": 1e6 * float(sampled["polluted"].error[-1]),
        "clean": 1.0,
    }
    return Miniature("strong", sizes, exact, sampled, facts, upright=limit, log=True)


def tale(seed: int) -> Miniature:
    """Return what samples of Zipf's law have never shown, whole and cut at rank 100."""
    shares = zipf_shares(KINDS, EXPONENT)
    sizes, tried = np.logspace(1.0, 5.0, 41), np.array([10, 100, 1000, 10_000, 100_000])
    exact, sampled = {}, {}
    for name, kept in (("whole", KINDS), ("cut", KEPT)):
        exact[name] = missing_mass(shares, sizes, kept)
        source = shares[:kept] / shares[:kept].sum()
        draws = generator(seed, kept, "samples of kinds")
        left = np.empty((SAMPLES, tried.size))
        for place, size in enumerate(tried.tolist()):
            seen = draws.multinomial(size, source, SAMPLES) > 0
            left[:, place] = 1.0 - seen @ shares[:kept]
        error = left.std(axis=0, ddof=1) / np.sqrt(SAMPLES)
        sampled[name] = Sampled(tried.astype(np.float64), left.mean(axis=0), error)
    facts = {
        "paper": float(shares[KEPT:].sum()),
        "kept": float(KEPT),
        "exact": float(missing_mass(shares, 1e5, KEPT)),
        "sampled": float(sampled["cut"].mean[-1]),
        "error": float(sampled["cut"].error[-1]),
        "whole": float(missing_mass(shares, 1e5)),
    }
    return Miniature("tale", sizes, exact, sampled, facts, level=facts["paper"], log=True)
