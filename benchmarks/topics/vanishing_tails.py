"""How fast K categories run, and what the measures of `run_tails` add to the loop itself.

Run with ``python -m benchmarks.topics.vanishing_tails``. One thread: set OMP_NUM_THREADS=1 before.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import fastest
from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Policy,
    Replace,
    families,
)
from collapse_core.models.density_refit import HistogramTail, KernelTail
from collapse_core.models.density_truth import HeavyTail
from collapse_core.theory.tails import zipf_probabilities
from collapse_core.topics.vanishing_tails.runs import run_tails


def drained(loop: ClosedLoop, runs: int) -> None:
    for _ in loop.iterate(runs, 7):
        pass


def bare(loop: ClosedLoop, runs: int) -> None:
    """Draw as many multinomial vectors from the same kinds of model, and nothing else."""
    rng = np.random.Generator(np.random.SFC64(7))
    model = np.broadcast_to(loop.family.truth, (runs, loop.family.truth.size))
    for _ in range(loop.generations):
        model = rng.multinomial(loop.sample_size, model) / loop.sample_size


def zipf(categories: int, exponent: float, n: int, generations: int, policy: Policy) -> ClosedLoop:
    family = families.Categorical(tuple(zipf_probabilities(categories, exponent).tolist()))
    return ClosedLoop(family, policy, n, generations)


def line(name: str, loop: ClosedLoop, runs: int, with_bare: bool = True) -> None:
    looped = fastest(lambda: drained(loop, runs))
    measured = fastest(lambda: run_tails(loop, runs, 7))
    numbers = f"{fastest(lambda: bare(loop, runs)):7.0f} ms" if with_bare else " " * 10
    print(f"{name:52} {numbers} {looped:7.0f} ms {measured:9.0f} ms")


if __name__ == "__main__":
    print(f"{'':52} {'bare draws':>10} {'loop':>10} {'run_tails':>12}")
    default = zipf(1000, 1.0, 1000, 100, Replace())
    line("K = n = 1000, 100 generations, 200 runs", default, 200)
    line("K = 1000, n = 10^6, 20 generations, 200 runs", zipf(1000, 1, 10**6, 20, Replace()), 200)
    line("K = 10,000, n = 1000, 100 gen., 200 runs", zipf(10**4, 1, 1000, 100, Replace()), 200)
    line("K = n = 10,000, 30 generations, 200 runs", zipf(10**4, 1, 10**4, 30, Replace()), 200)
    line("K = 10,000, n = 10^6, 5 generations, 100 runs", zipf(10**4, 1, 10**6, 5, Replace()), 100)
    line("K = 26, n = 100, 100 generations, 1000 runs", zipf(26, 1, 100, 100, Replace()), 1000)
    policies = (Anchors(1), Anchors(100), Accumulate(), AccumulateSubsample())
    for policy in policies:
        loop = zipf(1000, 1.0, 1000, 100, policy)
        line(f"K = n = 1000, 100 gen., 200 runs, {policy}", loop, 200, with_bare=False)
    truth = default.family.probabilities
    for options in ({"top_p": 0.9}, {"minimum_count": 2}):
        family = families.LimitedCategorical(truth, **options)
        loop = ClosedLoop(family, Replace(), 1000, 100)
        line(f"K = n = 1000, 100 gen., 200 runs, {options}", loop, 200, with_bare=False)
    print("\nTail of a density, 500 points, 50 generations, 200 runs")
    for model in (HistogramTail(HeavyTail()), KernelTail(HeavyTail())):
        print(f"{type(model).__name__:20} {fastest(lambda model=model: model.run(200, 7)):6.0f} ms")
