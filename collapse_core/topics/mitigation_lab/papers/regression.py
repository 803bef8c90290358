"""Linear regression that learns from its own labels: replaced, or accumulated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_generations,
    check_memory,
    check_switch,
    check_whole_number,
)
from collapse_core.streams import generator
from collapse_core.theory.regression_refit import regression_risk
from collapse_core.topics.mitigation_lab.papers.miniature import Miniature, Sampled

__all__ = ["regression", "regression_errors"]

Array = NDArray[np.float64]

ROWS, FEATURES, LAST, RUNS = 50, 5, 20, 400


def regression_errors(
    seed: int, accumulates: bool, runs: int = RUNS, rows: int = ROWS, last: int = LAST
) -> Array:
    """Return squared errors of the coefficients, in units of the first fit's expected one.

    Parameters
    ----------
    seed : int
        Of the random numbers.
    accumulates : bool
        Whether every fit sees all generations' rows.
    runs, rows, last : int
        Number of runs, at least 1; rows of each generation, at least d + 2 = 7, so that the first
        fit has an expected error; and fits, at least 0.

    Returns
    -------
    ndarray, shape (runs, last + 1)

    Raises
    ------
    ValueError
        If one of them is out of range, or they would not fit into memory.
    """
    accumulates = check_switch("accumulates", accumulates)
    runs = check_whole_number("runs", runs, 1)
    rows = check_whole_number("rows", rows, FEATURES + 2)
    last = check_generations(last)
    check_memory("runs", runs, runs * (FEATURES * max(rows, 2 * FEATURES) + last + 1))
    draws = generator(seed, 0, "regression")
    weights = np.zeros((runs, FEATURES))
    grams = np.zeros((runs, FEATURES, FEATURES))
    products = np.zeros((runs, FEATURES))
    errors = np.zeros((runs, last + 1))
    unit = FEATURES / (rows - FEATURES - 1.0)
    for t in range(1, last + 1):
        design = draws.standard_normal((runs, rows, FEATURES))
        labels = np.einsum("rtd,rd->rt", design, weights) + draws.standard_normal((runs, rows))
        if not accumulates:
            grams, products = np.zeros_like(grams), np.zeros_like(products)
        grams = grams + np.einsum("rtd,rte->rde", design, design)
        products = products + np.einsum("rtd,rt->rd", design, labels)
        weights = np.linalg.solve(grams, products[..., np.newaxis])[..., 0]
        errors[:, t] = np.square(weights).sum(axis=1) / unit
    return errors


def regression(seed: int) -> Miniature:
    """Return the risk of regressions on T = 50 fresh rows with d = 5 features."""
    times = np.arange(LAST + 1.0)
    exact, sampled = {}, {}
    for name, accumulates in (("replacing", False), ("accumulating", True)):
        exact[name] = regression_risk(ROWS, FEATURES, LAST, accumulates)
        runs = regression_errors(seed, accumulates)
        error = runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
        sampled[name] = Sampled(times, runs.mean(axis=0), error)
    told = sampled["accumulating"]
    facts = {
        "paper": np.pi**2 / 6.0,
        "last": float(LAST),
        "one_design": float(regression_risk(ROWS, FEATURES, LAST, True, False)[-1]),
        "exact": float(exact["accumulating"][-1]),
        "sampled": float(told.mean[-1]),
        "error": float(told.error[-1]),
        "replacing": float(exact["replacing"][-1]),
    }
    return Miniature("regression", times, exact, sampled, facts, level=np.pi**2 / 6.0, top=4.0)
