"""Published and verified numbers: what typical runs do, and what one real point is worth."""

import numpy as np
import pytest

from collapse_core import Accumulate, Anchors, ClosedLoop, Replace, families
from collapse_core.theory import gaussian_refit, multivariate_gaussian


def within(values, expected, errors=4.5):
    error = values.std() / np.sqrt(values.size)
    return abs(values.mean() - expected) < errors * error


def test_the_average_is_a_liar():
    """Average diversity shrinks, stays or grows; the median collapses everywhere."""
    cases = {
        families.Bernoulli(0.1): 0.02678,
        families.Poisson(2.0): 2.0,
        families.Exponential(1.0): 3.281,
        families.Gamma(3.0, 1.0): 0.4966,
        families.Binomial(5, 0.5): 1.25 * (1 - 1 / 250) ** 60,
        families.NegativeBinomial(4.0, 1.0): 1.25 * (1 + 1 / 200) ** 60,
        families.Geometric(1.0): 2 * 1.02**60,
    }
    for family, expected in cases.items():
        loop = ClosedLoop(family, Replace(), 50, 60)
        assert loop.exact().diversity[60] == pytest.approx(expected, rel=1e-3)
        diversity = loop.simulate(2000, seed=4).diversity
        assert np.median(diversity[:, 60]) < diversity[0, 0]


def test_median_of_exponential_and_geometric_diversity():
    for family, ratio in ((families.Exponential(1.0), 0.303), (families.Geometric(1.0), 0.179)):
        diversity = ClosedLoop(family, Replace(), 50, 60).simulate(8000, seed=4).diversity
        assert np.median(diversity[:, 60]) / diversity[0, 0] == pytest.approx(ratio, rel=0.15)


def test_gaussian_maximum_likelihood_n_100():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0), Replace(), 100, 100)
    paths, law = loop.simulate(5000, seed=7), loop.exact()
    mean, variance = paths.mean[:, 100, 0], paths.mean[:, 100, 1]
    assert law.diversity[100] == pytest.approx(0.3660, abs=5e-5)
    assert within(variance, 0.3660)
    assert np.median(variance) == pytest.approx(0.1329, rel=0.08)
    assert within((variance < 0.01).astype(float), 0.0361, errors=6)  # against MC, 0.0361
    assert law.variance + law.diversity == pytest.approx(1.0)
    risk = mean**2 + variance - 2 * np.sqrt(variance) + 1
    assert within(risk, 1.060)


def test_gaussian_unbiased_n_100():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0, unbiased=True), Replace(), 100, 100)
    variance = loop.simulate(5000, seed=8).mean[:, 100, 1]
    assert loop.exact().diversity == pytest.approx(1.0)
    assert within(variance, 1.0)
    assert within(np.sqrt(variance), 0.7768)
    assert within(np.log(variance), -1.0135)
    assert np.median(variance) == pytest.approx(0.3630, rel=0.08)
    assert not within(np.log(variance), -2.0185)  # the drift of maximum likelihood


@pytest.mark.parametrize(("unbiased", "chance"), [(False, 0.9682), (True, 0.6230)])
def test_gaussian_n_10_has_all_but_collapsed(unbiased, chance):
    family = families.Gaussian(0.0, 1.0, unbiased=unbiased)
    variance = ClosedLoop(family, Replace(), 10, 50).simulate(5000, seed=9).mean[:, 50, 1]
    assert within((variance < 0.01).astype(float), chance)


@pytest.mark.parametrize(
    ("n", "count", "expected"), [(100, 10, 0.95), (100, 5, 0.90667), (20, 5, 5 * 44 / 245)]
)
def test_gaussian_with_fresh_anchors(n, count, expected):
    loop = ClosedLoop(families.Gaussian(0.0, 1.0), Anchors(count), n, 300)
    paths, law = loop.simulate(2000, seed=3), loop.exact()
    assert law.diversity[300] == pytest.approx(expected, abs=1e-4)
    assert law.variance[300] + law.diversity[300] == pytest.approx(1.0)
    assert within(paths.diversity[:, 300], expected, errors=5)


def test_unbiased_with_anchors_overshoots():
    law = ClosedLoop(families.Gaussian(0.0, 1.0, unbiased=True), Anchors(1), 100, 5000).exact()
    assert law.diversity[-1] == pytest.approx(2.0, abs=1e-3)


def test_one_fixed_point_saves_no_gaussian():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0), Anchors(1, fresh=False), 20, 2000)
    paths = loop.simulate(100, seed=3)
    assert paths.diversity[:, -1].max() < 1e-3
    assert loop.exact().diversity[-1] < 1e-6
    law = ClosedLoop(families.Gaussian(0.0, 1.0), Anchors(5, fresh=False), 100, 3000).exact()
    assert law.diversity[-1] == pytest.approx(0.7289, abs=1e-4)


@pytest.mark.parametrize(("n", "limit"), [(5, 0.868), (10, 0.934), (100, 0.993)])
def test_accumulating_unbiased_variances(n, limit):
    family = families.Gaussian(0.0, 1.0, unbiased=True)
    law = ClosedLoop(family, Accumulate(), n, 2000).exact()
    assert law.diversity[-1] == pytest.approx(limit, abs=2e-3)
    assert law.diversity == pytest.approx(gaussian_refit.accumulate_variance(n, 2000, True))


def test_a_biased_gaussian():
    loop = ClosedLoop(families.Gaussian(0.0, 1.0, True), Replace(), 100, 20, temperature=0.9)
    assert loop.exact().diversity[20] == pytest.approx(0.1216, abs=5e-5)
    assert within(loop.simulate(4000, seed=5).diversity[:, 20], 0.1216)
    held = ClosedLoop(families.Gaussian(0.0, 1.0), Anchors(10), 100, 400, temperature=0.8)
    assert held.exact().diversity[-1] == pytest.approx(0.3276, abs=5e-5)


def test_poisson_extinction():
    loop = ClosedLoop(families.Poisson(1.0), Replace(), 10, 500)
    law, paths = loop.exact(), loop.simulate(4000, seed=6)
    assert law.lost[[10, 100, 500]] == pytest.approx([0.1786, 0.8225, 0.9610], abs=5e-5)
    for generation in (10, 100, 500):
        assert within(paths.lost[:, generation].astype(float), law.lost[generation])
    alive = paths.mean[:, 500][~paths.lost[:, 500]]
    assert within(alive, 25.65)


def test_geometric_extinction():
    lost = ClosedLoop(families.Geometric(1.0), Replace(), 10, 50).simulate(4000, seed=6).lost
    for generation, chance in ((1, 2.0**-10), (5, 0.114), (10, 0.327), (50, 0.871)):
        assert abs(lost[:, generation].mean() - chance) < 5 * np.sqrt(chance / 4000)


def test_exponential_log_drift():
    mean = ClosedLoop(families.Exponential(1.0), Replace(), 50, 60).simulate(4000, seed=6).mean
    assert within(np.log(mean[:, 60]), -0.6020)
    assert np.median(mean[:, 60]) == pytest.approx(0.5477, rel=0.07)


@pytest.mark.parametrize(
    ("family", "fresh", "fixed"),
    [
        (families.Gaussian(0.0, 1.0), (0.33555, 0.66445), (1.0, 0.0)),
        (families.NormalMean(0.0, 1.0), (0.502488, 1.0), (1.497512, 1.0)),
        (families.Poisson(1.0), (0.502488, 1.0), (1.497512, 1.0)),
        (families.Exponential(1.0), (1.0, 2.0), (2.980198, 3.980198)),
        (families.Geometric(1.0), (2.0, 2 * 2.0), (5.960396, 2 * 3.980198)),
        (families.NormalVariance(1.0), (202.0, 2 * 203.0), (602.0, 2 * 603.0)),
    ],
    ids=repr,
)
def test_what_one_real_point_is_worth(family, fresh, fixed):
    """n = 100 and one anchor, in the end: variance of the mean, and expected diversity."""
    for policy, (variance, diversity) in (
        (Anchors(1), fresh),
        (Anchors(1, fresh=False), fixed),
    ):
        law = ClosedLoop(family, policy, 100, 150_000).exact()
        assert law.variance[-1] == pytest.approx(variance, rel=2e-3, abs=2e-3)
        assert law.diversity[-1] == pytest.approx(diversity, rel=2e-3, abs=2e-3)


def test_exponential_with_anchors_where_tails_allow():
    loop = ClosedLoop(families.Exponential(1.0), Anchors(10), 100, 100)
    paths, law = loop.simulate(4000, seed=2), loop.exact()
    assert within(paths.mean[:, 100], 1.0)
    assert within((paths.mean[:, 100] - 1) ** 2, law.variance[100])


def test_dimensions_die_in_a_staircase():
    family = families.MultivariateGaussian.isotropic(5)
    *_, state = ClosedLoop(family, Replace(), 20, 400).states(200, seed=1)
    drift = family.log_eigenvalues(state).mean(axis=0) / 400
    # A fitted mean costs one point: n = 20 here is n = 21 there.
    exact = multivariate_gaussian.lyapunov_exponents(21, 5)
    assert drift.sum() == pytest.approx(exact.sum(), abs=5 * np.sqrt(5 * 0.1 / 400 / 200))
    # Neighbours repel: in a finite time the outer ones are a little further out.
    assert np.all(np.abs(drift - exact) < 0.01)
    assert np.all(np.abs(np.diff(drift)) > 0.02)


def test_eigenvalues_far_below_rounding_keep_their_digits():
    family = families.MultivariateGaussian.isotropic(4)
    *_, state = ClosedLoop(family, Replace(), 6, 500).states(20, seed=2)
    logs = family.log_eigenvalues(state)
    assert np.median(logs[:, 0] - logs[:, -1]) > 200
    exact = 2 * np.log(np.abs(np.diagonal(state, axis1=1, axis2=2))).sum(axis=1)
    assert logs.sum(axis=1) == pytest.approx(exact)


def test_fewer_points_than_dimensions_lose_dimensions():
    family = families.MultivariateGaussian.isotropic(6)
    *_, state = ClosedLoop(family, Replace(), 3, 2).states(10, seed=2)
    logs = family.log_eigenvalues(state)
    assert np.all(np.isfinite(logs[:, :3]))
    assert np.all(logs[:, 3:] < logs[:, :1] - 60)
    ranks = np.linalg.matrix_rank(family.covariance_of(family.mean_of(state)))
    assert np.all(ranks == 3)


def test_effective_rank_of_a_typical_run():
    family = families.MultivariateGaussian.isotropic(10)
    paths = ClosedLoop(family, Replace(), 99, 50).simulate(400, seed=2)
    rank = np.median(family.effective_rank(paths.mean), axis=0)
    assert rank[0] == pytest.approx(10)
    assert rank[[10, 25, 50]] == pytest.approx([4.97, 3.05, 2.06], rel=0.07)


def test_anchored_covariance_moments():
    family = families.MultivariateGaussian.isotropic(10)
    loop = ClosedLoop(family, Anchors(10), 100, 80)
    paths, law = loop.simulate(200, seed=2), loop.exact()
    moments = multivariate_gaussian.anchored_spectrum_moments(100, 10, 80, 10)
    assert law.variance[80] + 10 == pytest.approx(moments.trace_of_square[80])
    squares = np.square(family.covariance_of(paths.mean[:, 80])).sum(axis=(1, 2))
    assert within(squares, moments.trace_of_square[80])
