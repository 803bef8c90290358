"""Papers whose number is a law of the app's own loop."""

from __future__ import annotations

import numpy as np

from collapse_core.families import Gaussian, NormalMean
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Accumulate, Anchors, Policy, Replace, Weighted
from collapse_core.theory.quadratic_variance import QuadraticVariance, best_real_weight
from collapse_core.topics.mitigation_lab.papers.miniature import (
    Miniature,
    Sampled,
    sampled_variance,
)

__all__ = ["accumulating", "golden", "iterative", "self_consuming"]

RUNS = 2000
SIZE = 50
MEAN = NormalMean(0.0, 1.0)


def accumulating(seed: int) -> Miniature:
    """Return the error of a mean that is refitted: it grows as t, or stops at pi^2/6."""
    last = 20
    times = np.arange(last + 1.0)
    exact, sampled = {}, {}
    policies: dict[str, Policy] = {"replacing": Replace(), "accumulating": Accumulate()}
    for name, policy in policies.items():
        loop = ClosedLoop(MEAN, policy, SIZE, last)
        variance = loop.exact().variance
        assert variance is not None
        exact[name] = SIZE * variance
        sampled[name] = sampled_variance(times, loop.simulate(RUNS, seed).mean, 0.0, 1.0 / SIZE)
    told = sampled["accumulating"]
    facts = {
        "paper": np.pi**2 / 6.0,
        "last": float(last),
        "exact": float(exact["accumulating"][-1]),
        "sampled": float(told.mean[-1]),
        "error": float(told.error[-1]),
        "replacing": float(exact["replacing"][-1]),
    }
    return Miniature("accumulating", times, exact, sampled, facts, level=np.pi**2 / 6.0, top=4.0)


def golden(seed: int) -> Miniature:
    """Return the error against the weight of n real points beside n synthetic ones."""
    last, tried = 60, np.linspace(0.2, 1.0, 9)
    weights = np.linspace(0.15, 1.0, 86)

    def loop(weight: float) -> ClosedLoop:
        return ClosedLoop(MEAN, Weighted(float(weight), SIZE), SIZE, last)

    def known(weight: float) -> float:
        variance = loop(weight).exact().variance
        assert variance is not None
        return SIZE * float(variance[-1])

    runs = np.stack([loop(w).simulate(RUNS, seed).mean[:, -1] for w in tried], axis=1)
    sampled = sampled_variance(tried, runs, 0.0, 1.0 / SIZE)
    best = float(best_real_weight(QuadraticVariance(1.0, 0.0, 0.0), SIZE, SIZE))
    at_best = sampled_variance(
        np.array([best]), loop(best).simulate(RUNS, seed).mean[:, -1:], 0.0, 1.0 / SIZE
    )
    facts = {
        "paper": (np.sqrt(5.0) - 1.0) / 2.0,
        "exact": known(best),
        "sampled": float(at_best.mean[0]),
        "error": float(at_best.error[0]),
        "pooled": known(0.5),
    }
    curve = np.array([known(weight) for weight in weights])
    return Miniature(
        "golden", weights, {"weighted": curve}, {"weighted": sampled}, facts, upright=best
    )


def iterative(seed: int) -> Miniature:
    """Return where refitting on n fixed real points and lambda n synthetic ones settles."""
    last, tried = 80, np.array([0.2, 0.5, 1.0, 2.0, 3.0, 4.0])
    ratios = np.linspace(0.0, 4.0, 81)

    def loop(ratio: float) -> ClosedLoop:
        return ClosedLoop(MEAN, Anchors(SIZE, fresh=False), round(SIZE * ratio), last)

    runs = np.stack([loop(r).simulate(RUNS, seed).mean[:, -1] for r in tried], axis=1)
    exact = 1.0 + ratios / (1.0 + 2.0 * ratios)
    sampled = sampled_variance(tried, runs, 0.0, 1.0 / SIZE)
    at = int(np.flatnonzero(tried == 4.0)[0])
    facts = {
        "paper": 1.5,
        "ratio": 4.0,
        "exact": 1.0 + 4.0 / 9.0,
        "sampled": float(sampled.mean[at]),
        "error": float(sampled.error[at]),
        "contraction": 4.0 / 5.0,
    }
    return Miniature(
        "iterative", ratios, {"settled": exact}, {"settled": sampled}, facts, level=1.5
    )


def self_consuming(seed: int) -> Miniature:
    """Return the variance of three loops that sharpen what they sample by lambda = .9."""
    sharpness, size, last = 0.9, 100, 40
    times = np.arange(last + 1.0)
    loops: dict[str, Policy] = {
        "synthetic": Replace(),
        "augmentation": Anchors(size, fresh=False),
        "fresh_data": Anchors(size),
    }
    exact, sampled = {}, {}
    for name, policy in loops.items():
        loop = ClosedLoop(Gaussian(0.0, 1.0), policy, size, last, sharpness)
        diversity = loop.exact().diversity
        assert diversity is not None
        exact[name] = diversity
        runs = loop.simulate(RUNS // 4, seed).diversity
        error = runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
        sampled[name] = Sampled(times, runs.mean(axis=0), error)
    told = sampled["synthetic"]
    facts = {
        "paper": (sharpness * (1.0 - 1.0 / size)) ** 10,
        "sharpness": sharpness,
        "sampled": float(told.mean[10]),
        "error": float(told.error[10]),
        "exact": float(exact["synthetic"][10]),
        "fresh": float(exact["fresh_data"][-1]),
        "fixed": float(exact["augmentation"][-1]),
        "last": float(last),
    }
    return Miniature("self_consuming", times, exact, sampled, facts)
