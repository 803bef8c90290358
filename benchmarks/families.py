"""How fast every family runs, beside the bare random numbers it needs, and whether n matters.

Run with ``python -m benchmarks.families``. One thread: set OMP_NUM_THREADS=1 before.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.timing import fastest
from collapse_core import Anchors, ClosedLoop, Policy, Replace, families
from collapse_core.families.base import Family

REPLICATES, GENERATIONS = 1000, 500

Draws = Callable[[np.random.Generator], object]


def loop_time(family: Family, policy: Policy, n: int, replicates: int, generations: int) -> float:
    loop = ClosedLoop(family, policy, n, generations)
    return fastest(lambda: loop.simulate(replicates, seed=7))


def bare_time(draws: Draws) -> float:
    """Time the random calls of one run alone: as many arrays as the loop draws."""
    rng = np.random.Generator(np.random.SFC64(7))

    def work() -> None:
        for _ in range(GENERATIONS):
            draws(rng)

    return fastest(work)


def scalar_cases(n: int) -> list[tuple[Family, Draws]]:
    size = REPLICATES
    return [
        (families.Bernoulli(0.1), lambda rng: rng.binomial(n, np.full(size, 0.1))),
        (families.Binomial(5, 0.2), lambda rng: rng.binomial(5 * n, np.full(size, 0.2))),
        (families.Poisson(1.0), lambda rng: rng.poisson(np.full(size, float(n)))),
        (families.Geometric(1.0), lambda rng: rng.poisson(rng.standard_gamma(n, size))),
        (
            families.NegativeBinomial(4.0, 1.0),
            lambda rng: rng.poisson(rng.standard_gamma(4.0 * n, size) / 4.0),
        ),
        (families.Exponential(1.0), lambda rng: rng.standard_gamma(n, size)),
        (families.Gamma(3.0, 1.0), lambda rng: rng.standard_gamma(3.0 * n, size)),
        (families.NormalMean(0.0, 1.0), lambda rng: rng.standard_normal(size)),
        (families.NormalVariance(1.0), lambda rng: rng.standard_gamma(n / 2, size)),
        (
            families.Gaussian(0.0, 1.0),
            lambda rng: (rng.standard_normal(size), rng.chisquare(n - 1, size)),
        ),
    ]


def print_scalar_families() -> None:
    print(f"{REPLICATES} runs x {GENERATIONS} generations, n = 1000, processor time")
    head = ("family", "loop", "bare draws", "ratio", "n=1e9/1e3", "1 anchor")
    print("{:18} {:>9} {:>11} {:>6} {:>10} {:>9}".format(*head))
    for family, draws in scalar_cases(1000):
        looped = loop_time(family, Replace(), 1000, REPLICATES, GENERATIONS)
        larger = loop_time(family, Replace(), 10**9, REPLICATES, GENERATIONS)
        anchored = loop_time(family, Anchors(1), 1000, REPLICATES, GENERATIONS)
        bare = bare_time(draws)
        print(
            f"{type(family).__name__:18} {looped:6.0f} ms {bare:8.0f} ms {looped / bare:6.2f} "
            f"{larger / looped:10.2f} {anchored:6.0f} ms"
        )


def print_multivariate() -> None:
    print("\nMultivariateGaussian, 200 runs x 200 generations")
    for dimension in (2, 5, 10, 20):
        family = families.MultivariateGaussian.isotropic(dimension)
        alone = loop_time(family, Replace(), 100, 200, 200)
        larger = loop_time(family, Replace(), 10**9, 200, 200)
        anchored = loop_time(family, Anchors(5), 100, 200, 200)
        print(
            f"d = {dimension:2}: {alone:5.0f} ms, with 5 anchors {anchored:5.0f} ms, "
            f"n=1e9 / n=100 {larger / alone:.2f}"
        )


if __name__ == "__main__":
    print_scalar_families()
    print_multivariate()
