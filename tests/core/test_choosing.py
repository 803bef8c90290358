"""Filters, judges and quotas: against their laws, and against loops that look at every point."""

import itertools
import math

import numpy as np
import pytest
from law_check import disagreements, seeds

from collapse_core import ClosedLoop, Filtered, Quota, Verified, families
from collapse_core.data.planar import EightGaussians, Ring
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.loop import ModelLoop
from collapse_core.recipe import Judge, Recipe
from collapse_core.theory.provenance import left_over_synthetic, share_right_among_kept

SIZE, GENERATIONS, NAIVE_RUNS = 10, 3, 300

FILTERED = Filtered(0.9, 0.01, 0.2)
JUDGES = [Verified(0.9, 0.3), Verified(1.0, 1.0, 0.5), Verified(0.9, 0.4, 0.3)]

ONE_NUMBER = [
    families.Bernoulli(0.3),
    families.Binomial(4, 0.3),
    families.Poisson(2.0),
    families.Geometric(1.0),
    families.NegativeBinomial(3.0, 1.0),
    families.Exponential(1.0),
    families.Gamma(3.0, 1.0),
    families.NormalMean(0.0, 1.0),
    families.NormalVariance(1.0),
    families.Gaussian(0.0, 1.0),
]


# ------------------------------------------------------------------ a loop that sees every point


def points_of(family, state, rng):
    """One point of a model; the place of a category, or a number."""
    name = type(family).__name__
    if name == "Categorical":
        return int(rng.choice(len(state), p=state / state.sum()))
    if name == "Bernoulli":
        return float(rng.random() < state)
    return float(family.draw_points(np.asarray([state]), 1, rng)[0, 0])


def fitted(family, points):
    """The maximum-likelihood fit, written out."""
    name = type(family).__name__
    x = np.asarray(points, dtype=float)
    if name == "Categorical":
        return np.bincount(np.asarray(points), minlength=family.categories) / len(points)
    if name == "Gaussian":
        return np.array([x.mean(), x.var()])
    if name == "NormalVariance":
        return np.mean(x**2)
    return x.mean()


def chance_of(family, state, x):
    name = type(family).__name__
    if name == "Categorical":
        return state[x]
    if name == "Bernoulli":
        return state if x else 1.0 - state
    return float(family.density(state, np.array([x]))[0])


def accepts(family, state, x, judge, rng):
    truth, model = chance_of(family, family.truth, x), chance_of(family, state, x)
    right = rng.random() < (1.0 if truth >= model else truth / model)
    passes = judge.accept_right if right else judge.accept_wrong
    if type(family).__name__ in ("Bernoulli", "Categorical"):
        shares = (
            [1 - family.share, family.share] if hasattr(family, "share") else family.probabilities
        )
        passes *= 1.0 if x == int(np.argmax(shares)) else math.exp(-judge.bias)
    else:
        unit = float(family.variance(family.truth))
        middle = float(np.atleast_1d(family.truth)[0])
        if isinstance(family, families.NormalVariance):
            unit, middle = float(family.truth), 0.0
        passes *= math.exp(-judge.bias * (x - middle - math.sqrt(unit)) ** 2 / (2 * unit))
    return rng.random() < passes


def naive_run(family, policy, rng):
    state = family.truth
    for _ in range(GENERATIONS):
        points = []
        while len(points) < SIZE:
            if isinstance(policy, Filtered):
                real = rng.random() < policy.real_share
                thrown = policy.false_positive if real else policy.true_positive
                x = points_of(family, family.truth if real else state, rng)
                if rng.random() >= thrown:
                    points.append(x)
            else:
                x = points_of(family, state, rng)
                if accepts(family, state, x, policy.judge, rng):
                    points.append(x)
        state = fitted(family, points)
    return state


def gap(family, policy, runs_policy=None, seed=1):
    """Largest distance of the engine from the naive loop, in standard errors."""
    rng = np.random.default_rng(seed)
    naive = np.array([naive_run(family, policy, rng) for _ in range(NAIVE_RUNS)])
    loop = ClosedLoop(family, runs_policy or policy, SIZE, GENERATIONS)
    fast = loop.simulate(4000, seed).mean[:, GENERATIONS]
    worst = 0.0
    for make in (lambda x: x, np.square, np.sqrt if family.lowest == 0.0 else np.abs):
        slow, quick = make(naive), make(fast)
        error = np.sqrt(slow.var(axis=0) / len(slow) + quick.var(axis=0) / len(quick))
        worst = max(worst, float(np.max(np.abs(slow.mean(0) - quick.mean(0)) / (error + 1e-12))))
    return worst


CASES = [
    (family, policy)
    for family in [*ONE_NUMBER, families.Categorical((0.5, 0.3, 0.2))]
    for policy in (FILTERED, *JUDGES)
]
QUICK = [case for case in CASES if case[1] in (FILTERED, JUDGES[2])][::6]


@pytest.mark.parametrize(
    ("family", "policy"),
    [pytest.param(*case, marks=[] if case in QUICK else pytest.mark.full) for case in CASES],
    ids=repr,
)
def test_every_family_agrees_with_a_loop_over_points(family, policy):
    assert gap(family, policy) < 4.5


def test_the_comparison_notices_another_judge_and_another_filter():
    assert gap(families.Poisson(2.0), JUDGES[1], Verified(1.0, 1.0, 0.0)) > 8.0
    assert gap(families.Gaussian(0.0, 1.0), FILTERED, Filtered(0.0, 0.0, 0.0)) > 8.0


# ---------------------------------------------------------------------------- exact laws


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("policy", [FILTERED, *JUDGES, Quota(1), Quota(3)], ids=repr)
def test_two_colours_agree_with_their_chain(policy, seed):
    loop = ClosedLoop(families.Bernoulli(0.3), policy, 12, 8)
    law = loop.exact()
    assert law.is_exact("distribution")
    assert disagreements(loop.simulate(3000, seed), law) == []
    other = ClosedLoop(families.Bernoulli(0.3), Filtered(0.3, 0.3, 0.5), 12, 8)
    assert disagreements(other.simulate(3000, seed), law) != []


@pytest.mark.parametrize("temperature", [0.9, 1.2])
def test_a_temperature_stays_exact_for_two_colours(temperature):
    for policy in (FILTERED, JUDGES[0], Quota(2)):
        loop = ClosedLoop(families.Bernoulli(0.3), policy, 15, 6, temperature)
        assert disagreements(loop.simulate(3000, 5), loop.exact()) == []


@pytest.mark.parametrize(
    "family",
    [*ONE_NUMBER[1:], families.Gaussian(1.0, 2.0, True), families.Categorical((0.5, 0.3, 0.2))],
    ids=repr,
)
def test_a_filter_is_exact_for_every_family(family):
    loop = ClosedLoop(family, FILTERED, 12, 6)
    law = loop.exact()
    runs = loop.simulate(6000, 3)
    assert law.is_exact("diversity")
    assert _first(law.mean).shape == (7,)
    for name in ("mean", "diversity"):
        values = _first(getattr(runs, name)) if name == "mean" else runs.diversity
        expected = _first(law.mean) if name == "mean" else law.diversity
        error = values[:, 1:].std(axis=0) / np.sqrt(len(values)) + 1e-12
        assert (np.abs(values[:, 1:].mean(axis=0) - expected[1:]) < 5.0 * error).all()
    spread = ((runs.mean - law.mean) ** 2).reshape(6000, 7, -1)
    spread = spread[..., 0] if isinstance(family, families.Gaussian) else spread.sum(axis=2)
    error = spread[:, 1:].std(axis=0) / np.sqrt(6000)
    assert (np.abs(spread[:, 1:].mean(axis=0) - law.variance[1:]) < 5.0 * error).all()


def _first(mean):
    return mean if mean.ndim < 2 or mean.shape[-1] == 7 else mean[..., 0]


def test_a_gaussian_under_taste_ends_at_the_judges_centre():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0), Verified(1.0, 1.0, 0.2, 1.5), 10**7, 60)
    law, runs = loop.exact(approximate=True), loop.simulate(20, 1)
    assert set(law.approximations) == {"mean", "diversity"}
    assert loop.exact().mean is None
    assert np.allclose(runs.mean.mean(axis=0), law.mean, atol=2e-3)
    # m_t / s_t^2 = t c / tau^2, 1 / s_t^2 = 1 + t / tau^2
    assert math.isclose(law.mean[60, 0], 60 * 1.5 * 0.2 / (1 + 60 * 0.2))
    assert math.isclose(law.diversity[60], 1 / (1 + 60 * 0.2))


# ---------------------------------------------------------------------------- published numbers


def test_what_a_filter_leaves():
    assert math.isclose(left_over_synthetic(0.5, 0.9, 0.01), 0.0917, abs_tol=1e-4)
    assert math.isclose(left_over_synthetic(0.5, 0.547, 0.049), 0.3227, abs_tol=1e-4)
    assert math.isclose(Filtered(0.9, 0.01).left_over, 0.1 / 1.09)
    assert math.isclose(share_right_among_kept(0.3, 0.9, 0.2), 0.63 / 0.69)


def test_a_filter_that_sees_everything_and_one_that_sees_nothing():
    family = families.Bernoulli(0.3)
    all_real = ClosedLoop(family, Filtered(1.0, 0.0, 0.01), 20, 5).exact()
    assert np.allclose(all_real.variance[1:], 0.21 / 20)
    pure = ClosedLoop(family, Filtered(0.0, 0.0, 0.0), 20, 5).exact()
    assert np.allclose(pure.diversity, 0.21 * 0.95 ** np.arange(6))


# ---------------------------------------------------------------------------- rows


def test_rows_are_real_with_the_filters_chance():
    policy = Filtered(0.9, 0.0, 0.1)
    loop = ModelLoop(GaussianMixtureModel(1), EightGaussians(), policy, 400, 6)
    real = [np.mean(step.born == 0) for step in loop.iterate(2)][2:]
    chance = 1.0 - policy.left_over
    error = math.sqrt(chance * (1.0 - chance) / (400 * len(real)))
    assert abs(np.mean(real) - chance) < 4.0 * error


def test_a_judge_of_rows_narrows_one_gaussian_as_the_law_says():
    policy = Verified(1.0, 1.0, 0.3, (0.5, 0.0))
    loop = ModelLoop(GaussianMixtureModel(1), EightGaussians(), policy, 20_000, 4)
    *_, last = loop.iterate(3)
    # From generation 2 on the model is one round Gaussian of variance s per axis.
    unit = EightGaussians().held_out.var(axis=0).sum()
    variances = [g.rows.var(axis=0).mean() for g in loop.iterate(3)]
    for before, after in itertools.pairwise(variances[1:]):
        assert math.isclose(after, 1 / (1 / before + 0.3 / unit), rel_tol=0.04)
    assert len(last.rows) == 20_000


def test_a_judge_who_knows_right_from_wrong_throws_out_what_lies_between():
    def between(policy):
        loop = ModelLoop(GaussianMixtureModel(1), EightGaussians(), policy, 500, 2)
        *_, last = loop.iterate(1)
        return float((np.linalg.norm(last.rows, axis=1) < 1.0).mean())

    assert between(Verified(1.0, 0.0)) < 0.02 < 0.1 < between(Verified(1.0, 1.0))


# ---------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Filtered(1.0, 1.0), "let nothing pass"),
        (lambda: Filtered(1.0, 0.0, 0.0), "real_share=0 let nothing pass"),
        (lambda: Filtered(1.2, 0.0), r"true_positive=1\.2"),
        (lambda: Verified(0.0, 0.0), "accept nothing"),
        (lambda: Verified(1.0, 0.5, -1.0), "bias=-1"),
        (lambda: Quota(-1), "minimum=-1"),
        (lambda: Recipe(5, fresh=1, quota=2), "quota excludes fresh"),
        (lambda: Recipe(5, real_chance=0.5, judge=Judge(1, 1)), "real_chance excludes judge"),
        (lambda: Recipe(5, real_chance=0.5, memory="all"), "real_chance excludes memory"),
        (lambda: ClosedLoop(families.Poisson(1.0), Quota(2), 5, 2).simulate(1, 1), "no categories"),
        (
            lambda: ClosedLoop(families.Bernoulli(0.1), Verified(1, 1, 1, 2.0), 5, 2).simulate(
                1, 1
            ),
            "centre=2",
        ),
        (
            lambda: ModelLoop(GaussianMixtureModel(2), EightGaussians(), Quota(1), 20, 2),
            "minimum=1",
        ),
        (
            lambda: list(
                ModelLoop(GaussianMixtureModel(2), Ring(), Verified(1, 0.5), 30, 2).iterate(1)
            ),
            "no closed form for Ring",
        ),
    ],
)
def test_bad_parameters(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_more_replicates_leave_the_first_ones_alone():
    for policy in (FILTERED, JUDGES[2], Quota(2)):
        loop = ClosedLoop(families.Gaussian(0.0, 1.0), policy, 20, 4)
        if isinstance(policy, Quota):
            loop = ClosedLoop(families.Bernoulli(0.2), policy, 20, 4)
        few, many = loop.simulate(3, 9).mean, loop.simulate(450, 9).mean
        assert np.array_equal(few, many[:3])
