"""The sampled loop against the exact law: two programs that share no line of arithmetic."""

import dataclasses

import numpy as np
import pytest
from law_check import LIMIT, SEED, disagreements, seeds

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
from collapse_core.theory.two_colours import absorption_times

RUNS = 2000
WATCH = (0, 1, 2, 3, 5, 8, 15, 30)
EARLY = (0, 1, 2, 3, 5, 8)

POLICIES = [
    Replace(),
    Anchors(1),
    Anchors(6),
    Anchors(70),
    Anchors(1, fresh=False),
    Anchors(6, fresh=False),
    Anchors(70, fresh=False),
    Prior(0.5),
    Prior(4.0),
    Prior(4.0, mean=0.7),
    Prior(3.0, mean=0.0),
    Prior(3.0, mean=1.0),
    Accumulate(),
    AccumulateSubsample(replacement=False),
    AccumulateSubsample(replacement=True),
    RealFraction(0.0),
    RealFraction(0.01),
    RealFraction(0.3),
    RealFraction(1.0),
    Weighted(0.0, 3),
    Weighted(0.2, 1),
    Weighted(0.5, 10),
    Weighted(1.0, 10),
]


def loop(policy, sample_size=30, share=0.2, generations=30, temperature=1.0):
    return ClosedLoop(families.Bernoulli(share), policy, sample_size, generations, temperature)


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_runs_agree_with_the_law(policy):
    asked = loop(policy)
    law = asked.exact()
    for seed in seeds(3):
        assert disagreements(asked.simulate(RUNS, seed), law, WATCH) == []


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_the_law_has_moments_for_every_policy(policy):
    law = loop(policy).exact()
    for name in ("mean", "variance", "diversity"):
        assert law.is_exact(name), name


@pytest.mark.parametrize("temperature", [0.9, 1.05])
@pytest.mark.parametrize(
    "policy",
    [
        Replace(),
        Anchors(3),
        Anchors(3, fresh=False),
        Prior(2.0),
        Prior(2.0, mean=0.6),
        RealFraction(0.2),
        RealFraction(1.0),
    ],
    ids=repr,
)
def test_runs_agree_with_the_law_at_a_temperature(policy, temperature):
    asked = loop(policy, temperature=temperature)
    law = asked.exact()
    watch = EARLY if policy == Replace() and temperature < 1 else WATCH
    for seed in seeds(2):
        assert disagreements(asked.simulate(RUNS, seed), law, watch) == []


@pytest.mark.parametrize(
    ("sample_size", "share", "policy"),
    [
        (1, 0.3, Replace()),
        (1, 0.3, Anchors(5)),
        (1, 0.3, Accumulate()),
        (1, 0.3, RealFraction(0.5)),
        (2, 0.5, AccumulateSubsample()),
        (2, 0.5, AccumulateSubsample(replacement=True)),
        (30, 0.0, Anchors(2)),
        (30, 1.0, Anchors(2)),
        (30, 1.0, Prior(0.3)),
        (30, 0.0, Prior(2.0, mean=0.5)),
        (7, 0.123, Replace()),
    ],
    ids=repr,
)
def test_small_and_one_sided_jars(sample_size, share, policy):
    asked = loop(policy, sample_size, share)
    for seed in seeds(2):
        assert disagreements(asked.simulate(RUNS, seed), asked.exact(), WATCH) == []


@pytest.mark.parametrize(
    "policy",
    [Replace(), Anchors(4), Anchors(4, fresh=False), Prior(5.0), Prior(5.0, 0.5), Weighted(0.1, 5)],
    ids=repr,
)
def test_jars_too_large_for_the_chain(policy):
    asked = loop(policy, sample_size=10**6, generations=15)
    law = asked.exact()
    assert law.distribution is None
    assert disagreements(asked.simulate(RUNS, SEED), law, EARLY) == []


@pytest.mark.parametrize("sample_size", [5, 20])
def test_mean_absorption_times(sample_size):
    asked = loop(Replace(), sample_size, generations=45 * sample_size)
    expected = absorption_times(sample_size, 0.2)
    runs = asked.simulate(1000, SEED)
    times = runs.absorption_times()
    assert not times.censored.any()
    ended_lost = runs.lost[:, -1]
    for chosen, mean in (
        (np.ones_like(ended_lost), expected.mean),
        (ended_lost, expected.given_lost),
        (~ended_lost, expected.given_taken_over),
    ):
        observed = times.generation[chosen]
        error = observed.std(ddof=1) / np.sqrt(observed.size)
        assert abs(observed.mean() - mean) < LIMIT * error


def test_loss_times_are_those_of_the_runs_that_lost():
    runs = loop(Replace(), sample_size=10, generations=400).simulate(1000, SEED)
    lost = runs.loss_times()
    np.testing.assert_array_equal(~lost.censored, runs.lost[:, -1])
    by_generation = lost.by_generation(400)
    np.testing.assert_array_equal(by_generation, runs.lost.sum(axis=0))


# --------------------------------------------------------------------- the check can say no


class Biased(families.Bernoulli):
    """Draws one marble in fifty from another jar."""

    def draw_average(self, mean, sample_size, rng):
        return super().draw_average(0.98 * mean + 0.02, sample_size, rng)


class OneMarbleShort(families.Bernoulli):
    """Draws one marble fewer than it was asked for."""

    def draw_average(self, mean, sample_size, rng):
        return super().draw_average(mean, sample_size - 1, rng)


class Rounded(families.Bernoulli):
    """Fits the share to two decimals only, always downwards."""

    def fit(self, average, points):
        return np.floor(average * 100.0) / 100.0


class SharesAnAnchor(families.Bernoulli):
    """Pools with equal weights, whatever the numbers of points."""

    def pool(self, parts):
        return sum(part for _, part in parts) / len(parts)


def refuted(runs, law, watch=WATCH):
    return disagreements(runs, law, watch) != []


@pytest.mark.parametrize("wrong", [Biased, OneMarbleShort, Rounded])
def test_a_wrong_simulator_is_refuted(wrong):
    asked = loop(Replace())
    false = dataclasses.replace(asked, family=wrong(0.2))
    assert refuted(false.simulate(RUNS, SEED), asked.exact())


def test_wrong_pooling_is_refuted():
    asked = loop(Anchors(6))
    false = dataclasses.replace(asked, family=SharesAnAnchor(0.2))
    assert refuted(false.simulate(RUNS, SEED), asked.exact())


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (loop(Replace()), loop(Replace(), sample_size=40)),
        (loop(Replace()), loop(Replace(), share=0.22)),
        (loop(Replace()), loop(Replace(), temperature=1.02)),
        (loop(Replace()), loop(Anchors(1))),
        (loop(Anchors(6)), loop(Anchors(7))),
        (loop(Anchors(6)), loop(Anchors(6, fresh=False))),
        # fixed anchors that happen to have the truth's share: not averaged over their draw
        (loop(Anchors(6, fresh=False)), loop(Prior(6.0))),
        (loop(Prior(4.0)), loop(Prior(4.0, mean=0.25))),
        (loop(Accumulate()), loop(AccumulateSubsample())),
        (loop(AccumulateSubsample()), loop(Accumulate())),
        (loop(RealFraction(0.3)), loop(Anchors(9))),
        (loop(Weighted(0.2, 1)), loop(Anchors(1))),
    ],
    ids=lambda asked: f"{asked.policy!r}",
)
def test_a_wrong_law_is_refuted(true, false):
    assert refuted(true.simulate(RUNS, SEED), false.exact())


def test_a_law_shifted_by_one_generation_is_refuted():
    asked = loop(Replace())
    law = asked.exact()
    late = dataclasses.replace(
        law,
        distribution=None,
        **{
            name: np.concatenate((getattr(law, name)[:1], getattr(law, name)[:-1]))
            for name in ("mean", "variance", "diversity", "absorbed", "lost", "taken_over")
        },
    )
    assert refuted(asked.simulate(RUNS, SEED), late)


@pytest.mark.parametrize("name", ["mean", "variance", "diversity", "lost", "absorbed"])
def test_each_field_is_looked_at(name):
    asked = loop(Replace(), share=0.1)
    law = asked.exact()
    false = dataclasses.replace(law, **{name: getattr(law, name) + 0.2})
    found = disagreements(asked.simulate(RUNS, SEED), false, (15,))
    assert any(name in complaint for complaint in found)


def test_quantiles_are_looked_at():
    asked = loop(Replace())
    larger = loop(Replace(), sample_size=45).exact()
    false = dataclasses.replace(asked.exact(), distribution=larger.distribution)
    found = disagreements(asked.simulate(RUNS, SEED), false, (5,))
    assert any("quantile" in complaint for complaint in found)
