"""One check of sampled runs against a law, used by every test that compares the two.

`disagreements` returns sentences, none where runs and law agree. Tests of the engine ask for an
empty list; negative controls hand it a wrong simulator or a wrong law and ask for a full one.

With several thousand comparisons per seed, a limit of 5.5 standard errors (4e-8, two-sided) keeps
false alarms below one in a thousand sweeps of the whole suite.
"""

from __future__ import annotations

import os

import numpy as np
from scipy import stats

LIMIT = 5.5
RARE = 2.0 * stats.norm.sf(LIMIT)
SEED = int(os.environ.get("COLLAPSE_TEST_SEED", "20240724"))
FEWEST_MIXED_RUNS = 50


def seeds(count):
    """Return base seeds for a test, all different and all moved by COLLAPSE_TEST_SEED."""
    return [(SEED + 7919 * number) % 2**32 for number in range(count)]


def disagreements(runs, law, watch=None):
    """Return every field and generation at which the runs are too far from the law."""
    watch = range(runs.generations + 1) if watch is None else watch
    found = []
    for generation in watch:
        complaints = [*_moments(runs, law, generation), *_chances(runs, law, generation)]
        complaints += _quantiles(runs, law, generation)
        found += [f"generation {generation}: {complaint}" for complaint in complaints]
    return found


def _moments(runs, law, generation):
    if _few_mixed_runs(runs, law, generation):
        return []
    means = runs.mean[:, generation]
    found = []
    if law.mean is not None:
        found += _average("mean", means, law.mean[generation])
    if law.variance is not None:
        squares = (means - law.mean[generation]) ** 2
        found += _average("variance", squares, law.variance[generation])
    if law.diversity is not None:
        found += _average("diversity", runs.diversity[:, generation], law.diversity[generation])
    return found


def _few_mixed_runs(runs, law, generation):
    # An average that rests on a handful of rare runs has no normal error; the chances of those
    # rare runs are compared with exact binomial tails instead.
    if law.absorbed is None or generation == 0:
        return False
    chance = 1.0 - law.absorbed[generation]
    return 0.0 < chance * runs.replicates < FEWEST_MIXED_RUNS


def _average(name, values, expected):
    error = values.std(ddof=1) / np.sqrt(values.size)
    apart = abs(values.mean() - expected)
    if apart <= LIMIT * error + 1e-12:
        return []
    return [f"{name} {values.mean():.6g}, expected {expected:.6g} (standard error {error:.2g})"]


def _chances(runs, law, generation):
    found = []
    for name in ("lost", "taken_over", "absorbed"):
        chances = getattr(law, name)
        if chances is None or not law.is_exact(name):
            continue
        count = int(np.count_nonzero(getattr(runs, name)[:, generation]))
        chance = float(np.clip(chances[generation], 0.0, 1.0))
        if _binomial_surprise(count, runs.replicates, chance):
            found.append(f"{name} in {count} of {runs.replicates} runs, chance {chance:.6g}")
    return found


def _binomial_surprise(count, total, chance):
    chance = 0.0 if chance < 1e-12 else 1.0 if chance > 1.0 - 1e-12 else chance
    at_most = stats.binom.cdf(count, total, chance)
    at_least = stats.binom.sf(count - 1, total, chance)
    return 2.0 * min(at_most, at_least) < RARE


def _quantiles(runs, law, generation, levels=(0.1, 0.5, 0.9)):
    if law.distribution is None or not law.is_exact("distribution"):
        return []
    found = []
    means = runs.mean[:, generation]
    for level in levels:
        quantile = law.quantile(level)[generation]
        not_above = int(np.count_nonzero(means <= quantile + 1e-9))
        below = int(np.count_nonzero(means < quantile - 1e-9))
        too_few = 2.0 * stats.binom.cdf(not_above, runs.replicates, level) < RARE
        too_many = 2.0 * stats.binom.sf(below - 1, runs.replicates, level) < RARE
        if too_few or too_many:
            found.append(
                f"quantile {level:g} is {quantile:.6g}, but {not_above} of {runs.replicates} runs "
                f"are not above it and {below} below"
            )
    return found
