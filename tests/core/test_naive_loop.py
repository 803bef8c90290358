"""The engine against a loop that draws marble by marble, in plain Python."""

import random

import numpy as np
import pytest
from law_check import SEED
from scipy import stats

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)

MARBLES = 12
SHARE = 0.25
GENERATIONS = 4
NAIVE_RUNS = 2500
ENGINE_RUNS = 20_000
SMALLEST_P_VALUE = 1e-7


class NaiveLoop:
    """Model collapse as one would first write it: lists of marbles, one random number each."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def marbles(self, share, count):
        return [self.random() < share for _ in range(count)]

    def sharpen(self, share, temperature):
        blue, yellow = share ** (1 / temperature), (1 - share) ** (1 / temperature)
        return blue / (blue + yellow)

    def fit(self, marbles):
        return sum(marbles) / len(marbles)

    def run(self, *, anchors=0, fixed=0, synthetic=MARBLES, temperature=1.0):
        kept = self.marbles(SHARE, fixed)
        share = SHARE
        for _ in range(GENERATIONS):
            training = self.marbles(self.sharpen(share, temperature), synthetic)
            share = self.fit(training + self.marbles(SHARE, anchors) + kept)
        return share

    def run_with_prior(self, strength, mean):
        share = SHARE
        for _ in range(GENERATIONS):
            blue = sum(self.marbles(share, MARBLES))
            share = (blue + strength * mean) / (MARBLES + strength)
        return share

    def run_weighted(self, weight, count):
        share = SHARE
        for _ in range(GENERATIONS):
            synthetic = self.fit(self.marbles(share, MARBLES))
            share = (1 - weight) * synthetic + weight * self.fit(self.marbles(SHARE, count))
        return share

    def run_accumulating(self, subsample=None):
        pool, share = [], SHARE
        generator = random.Random(self.random())
        for _ in range(GENERATIONS):
            pool += self.marbles(share, MARBLES)
            if subsample is None:
                share = self.fit(pool)
            elif subsample == "with":
                share = self.fit(generator.choices(pool, k=MARBLES))
            else:
                share = self.fit(generator.sample(pool, MARBLES))
        return share


class OneMarbleShort(NaiveLoop):
    """A wrong simulator: each sample has one marble fewer."""

    def marbles(self, share, count):
        return super().marbles(share, max(0, count - 1))


class Rounding(NaiveLoop):
    """A wrong simulator: each fit is rounded to tenths."""

    def fit(self, marbles):
        return round(super().fit(marbles), 1)


class ForgettingTheEnds(NaiveLoop):
    """A wrong simulator: a jar of one colour gets a marble of the other kind."""

    def fit(self, marbles):
        return min(max(super().fit(marbles), 1 / MARBLES), 1 - 1 / MARBLES)


def p_value(one, other, bins=18):
    """Return the p-value of a chi-square test that two samples of shares have the same law."""
    edges = np.linspace(0, 1, bins + 1)[1:-1] + 1e-6
    # Both ends have a bin of their own: that is where the theory puts its atoms.
    edges = np.concatenate(([1e-9], edges, [1 - 1e-9]))
    table = np.array([np.bincount(np.digitize(x, edges), minlength=bins + 2) for x in (one, other)])
    expected = table.sum(axis=0) * min(len(one), len(other)) / (len(one) + len(other))
    sparse = expected < 8
    pooled = np.column_stack((table[:, ~sparse], table[:, sparse].sum(axis=1)))
    pooled = pooled[:, pooled.sum(axis=0) > 0]
    return stats.chi2_contingency(pooled, correction=False).pvalue


def engine(policy, temperature=1.0):
    loop = ClosedLoop(families.Bernoulli(SHARE), policy, MARBLES, GENERATIONS, temperature)
    return loop.simulate(ENGINE_RUNS, SEED).mean[:, -1]


def naive(run, kind=NaiveLoop):
    loop = kind(SEED)
    return np.array([run(loop) for _ in range(NAIVE_RUNS)])


CASES = {
    "replace": (Replace(), 1.0, lambda loop: loop.run()),
    "sharpened": (Replace(), 0.9, lambda loop: loop.run(temperature=0.9)),
    "flattened": (Replace(), 1.2, lambda loop: loop.run(temperature=1.2)),
    "fresh anchors": (Anchors(3), 1.0, lambda loop: loop.run(anchors=3)),
    "fixed anchors": (Anchors(3, fresh=False), 1.0, lambda loop: loop.run(fixed=3)),
    "sharpened with anchors": (Anchors(3), 0.8, lambda loop: loop.run(anchors=3, temperature=0.8)),
    "prior": (Prior(2.5, 0.6), 1.0, lambda loop: loop.run_with_prior(2.5, 0.6)),
    "fraction": (RealFraction(0.25), 1.0, lambda loop: loop.run(anchors=3, synthetic=9)),
    "weighted": (Weighted(0.3, 2), 1.0, lambda loop: loop.run_weighted(0.3, 2)),
    "accumulate": (Accumulate(), 1.0, lambda loop: loop.run_accumulating()),
    "subsample": (AccumulateSubsample(), 1.0, lambda loop: loop.run_accumulating("without")),
    "resample": (AccumulateSubsample(True), 1.0, lambda loop: loop.run_accumulating("with")),
}


@pytest.mark.parametrize("case", CASES)
def test_the_engine_has_the_law_of_the_naive_loop(case):
    policy, temperature, run = CASES[case]
    assert p_value(naive(run), engine(policy, temperature)) > SMALLEST_P_VALUE


@pytest.mark.parametrize("wrong", [OneMarbleShort, Rounding, ForgettingTheEnds])
def test_the_chi_square_test_refutes_a_wrong_simulator(wrong):
    assert p_value(naive(lambda loop: loop.run(), wrong), engine(Replace())) < SMALLEST_P_VALUE


@pytest.mark.parametrize(
    ("case", "wrong_policy"),
    [
        ("replace", Anchors(1)),
        ("sharpened", Replace()),
        ("fresh anchors", Anchors(3, fresh=False)),
        ("fixed anchors", Prior(3.0)),
        ("fraction", Anchors(3)),
        ("accumulate", AccumulateSubsample()),
        ("resample", Accumulate()),
    ],
)
def test_the_chi_square_test_refutes_another_policy(case, wrong_policy):
    assert p_value(naive(CASES[case][2]), engine(wrong_policy)) < SMALLEST_P_VALUE
