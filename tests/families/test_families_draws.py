"""Averages drawn directly against averages of points drawn one by one, and extreme sizes."""

import numpy as np
import pytest
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

FAMILIES = (
    families.Binomial(5, 0.2),
    families.Poisson(1.5),
    families.Geometric(1.0),
    families.NegativeBinomial(0.5, 2.0),
    families.Exponential(2.0),
    families.Gamma(0.4, 2.0),
    families.NormalMean(0.5, 2.0),
    families.NormalVariance(1.5),
    families.Gaussian(0.5, 2.0),
    families.MultivariateGaussian(((2.0, 0.9, 0.1), (0.9, 1.0, 0.0), (0.1, 0.0, 0.5))),
)
DEGENERATE = (
    families.Binomial(7, 0.0),
    families.Binomial(7, 1.0),
    families.Poisson(0.0),
    families.Geometric(0.0),
    families.NegativeBinomial(0.1, 0.0),
    families.Exponential(0.0),
    families.Gamma(0.1, 0.0),
    families.NormalMean(0.3, 0.0),
    families.NormalVariance(0.0),
    families.Gaussian(0.3, 0.0),
    families.MultivariateGaussian(((0.0, 0.0), (0.0, 0.0))),
)
POLICIES = (
    Replace(),
    Anchors(1),
    Anchors(1, fresh=False),
    Prior(0.5),
    Accumulate(),
    AccumulateSubsample(),
    AccumulateSubsample(replacement=True),
    RealFraction(0.5),
    Weighted(1.0),
    Weighted(0.0),
)


def states(family, rows):
    truth = family.state_of(family.truth)
    return np.broadcast_to(truth, (rows, *truth.shape))


def both_ways(family, size, rows=4000):
    rng = np.random.default_rng(size)
    direct = family.mean_of(family.draw_average(states(family, rows), size, rng))
    points = family.draw_points(states(family, rows), size, rng)
    return direct.reshape(rows, -1), family.mean_of(family.average(points)).reshape(rows, -1)


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("family", FAMILIES, ids=repr)
def test_a_direct_average_has_the_law_of_an_average_of_points(family, size):
    direct, averaged = both_ways(family, size)
    for column in range(direct.shape[1]):
        assert stats.ks_2samp(direct[:, column], averaged[:, column]).pvalue > 1e-5
    # Entries must also vary together as they should.
    if size > 1:
        assert np.corrcoef(direct.T) == pytest.approx(np.corrcoef(averaged.T), abs=0.12)


@pytest.mark.parametrize("family", FAMILIES, ids=repr)
def test_the_comparison_sees_one_point_more(family):
    direct, _ = both_ways(family, 2)
    _, averaged = both_ways(family, 3)
    assert stats.ks_2samp(direct[:, -1], averaged[:, -1]).pvalue < 1e-5


@pytest.mark.parametrize("family", FAMILIES, ids=repr)
@pytest.mark.parametrize("size", [1, 10**6, 10**12])
def test_any_number_of_points_is_drawn(family, size):
    rng = np.random.default_rng(3)
    drawn = family.mean_of(family.draw_average(states(family, 400), size, rng))
    assert np.isfinite(drawn).all()
    if size > 1:
        scale = np.sqrt(np.max(family.truth**2)) + 1
        assert drawn.mean(axis=0) == pytest.approx(family.truth, abs=20 * scale / np.sqrt(size))
        assert np.all(drawn.std(axis=0) < 20 * scale / np.sqrt(size))
        assert np.all(drawn.std(axis=0) > 0)


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("family", DEGENERATE, ids=repr)
def test_a_truth_without_diversity_stays_as_it_is(family, policy):
    loop = ClosedLoop(family, policy, 3, 4)
    paths, law = loop.simulate(5, seed=1), loop.exact()
    assert np.allclose(paths.mean, paths.mean[:, :1], rtol=1e-14, atol=0)
    assert np.all(paths.diversity == 0)
    assert np.all(law.diversity == 0)
    if law.absorbed is not None:
        assert np.all(law.absorbed == 1)


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("family", FAMILIES, ids=repr)
def test_one_point_per_generation_is_a_result(family, policy):
    paths = ClosedLoop(family, policy, 1, 30).simulate(50, seed=2)
    assert not np.isnan(paths.mean).any()
    assert np.all(paths.diversity >= 0)


def test_a_gaussian_fitted_to_one_point_collapses_at_once():
    paths = ClosedLoop(families.Gaussian(0.0, 1.0), Replace(), 1, 5).simulate(50, seed=2)
    assert np.all(paths.mean[:, 1:, 1] == 0)
    assert np.all(paths.absorbed[:, 1:])
    assert np.all(paths.mean[:, 1:, 0] == paths.mean[:, 1:2, 0])
    assert np.all(
        ClosedLoop(families.Gaussian(0.0, 1.0), Replace(), 1, 5).exact().absorbed[1:] == 1
    )


@pytest.mark.parametrize("policy", [Replace(), Accumulate(), AccumulateSubsample(), Prior(2.0)])
def test_one_point_has_no_unbiased_variance(policy):
    loop = ClosedLoop(families.Gaussian(0.0, 1.0, unbiased=True), policy, 1, 5)
    for run in (lambda: loop.simulate(5, seed=1), loop.exact):
        with pytest.raises(ValueError, match=r"unbiased=True .* at least 2.*unbiased=False"):
            run()


def test_one_synthetic_and_one_real_point_have_an_unbiased_variance():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0, unbiased=True), Anchors(1), 1, 5)
    assert np.all(loop.simulate(5, seed=1).diversity > 0)


@pytest.mark.parametrize(
    "family",
    [
        families.Exponential(1.0),
        families.NormalVariance(1.0),
        families.NormalMean(0.0, 1.0),
        families.Gaussian(0.0, 1.0),
        families.Geometric(1.0),
        families.MultivariateGaussian.isotropic(3),
    ],
    ids=repr,
)
@pytest.mark.parametrize("policy", [Replace(), Anchors(2), Accumulate(), Prior(1.0)], ids=repr)
def test_overflow_is_a_result(family, policy):
    loop = ClosedLoop(family, policy, 5, 120, temperature=1e6)
    paths, law = loop.simulate(20, seed=1), loop.exact()
    assert not np.isnan(paths.mean).any()
    assert not np.isnan(paths.diversity).any()
    for values in (law.mean, law.variance, law.diversity):
        assert values is None or not np.isnan(values).any()


@pytest.mark.parametrize("family", FAMILIES[1:6], ids=repr)
def test_infinite_means_stay_infinite(family):
    rng = np.random.default_rng(1)
    mean = np.array([0.0, 1.0, 1e300, np.inf])
    drawn = family.draw_average(mean, 10**12, rng)
    assert drawn[0] == 0
    assert drawn[3] == np.inf
    assert not np.isnan(drawn).any()
    assert np.all(family.variance(mean)[[0, 3]] == [0, np.inf])


def test_tiny_means_have_a_little_diversity_left():
    assert families.Exponential(1.0).variance(np.array([1e-200]))[0] > 0
    assert families.NormalVariance(1.0).variance(np.array([5e-324]))[0] > 0


def test_large_poisson_numbers_have_the_right_spread():
    rng = np.random.default_rng(7)
    mean = np.full(20_000, 3.0)
    drawn = families.Poisson(3.0).draw_average(mean, 10**15, rng)
    noise = (drawn - 3.0) * np.sqrt(10**15 / 3.0)
    assert stats.kstest(noise, "norm").pvalue > 1e-4


def test_pooled_variances_keep_their_digits():
    family = families.Gaussian(0.0, 1.0)
    tiny = np.array([[3.7, 1e-200], [3.7, 3e-200]])
    pooled = family.pool([(1, tiny), (2, tiny), (98, tiny)])
    assert np.array_equal(pooled[:, 0], tiny[:, 0])
    assert pooled[:, 1] == pytest.approx(tiny[:, 1], rel=1e-14, abs=0)
    # Through squares about 0 nothing would be left of them.
    assert (1e-200 + 3.7**2) - 3.7**2 == 0


def test_pooling_is_the_fit_to_all_points_together():
    rng = np.random.default_rng(5)
    parts = [rng.normal(1, 2, size=(6, size)) for size in (1, 4, 9)]
    family = families.Gaussian(0.0, 1.0)
    pooled = family.pool([(part.shape[1], family.average(part)) for part in parts])
    everything = np.concatenate(parts, axis=1)
    assert pooled[:, 0] == pytest.approx(everything.mean(axis=1))
    assert pooled[:, 1] == pytest.approx(everything.var(axis=1))
    fitted = families.Gaussian(0.0, 1.0, unbiased=True).fit(pooled, 14)
    assert fitted[:, 1] == pytest.approx(everything.var(axis=1, ddof=1))


def test_pooled_covariances_are_those_of_all_points_together():
    rng = np.random.default_rng(6)
    family = families.MultivariateGaussian.isotropic(4)
    parts = [rng.standard_normal((3, size, 4)) for size in (1, 3, 8)]
    pooled = family.pool([(part.shape[1], family.average(part)) for part in parts])
    everything = np.concatenate(parts, axis=1)
    expected = np.swapaxes(everything, 1, 2) @ everything / 12
    assert family.covariance_of(family.mean_of(pooled)) == pytest.approx(expected)


def test_temperature_of_a_normal_mean_widens_its_samples():
    loop = ClosedLoop(families.NormalMean(0.0, 1.0), Replace(), 10, 1, temperature=4.0)
    spread = loop.simulate(4000, seed=1).mean[:, 1].var()
    assert spread == pytest.approx(0.4, rel=5 * np.sqrt(2 / 4000))
