import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import quadratic_variance as qv
from collapse_core.theory.quadratic_variance import QuadraticVariance

BERNOULLI = QuadraticVariance(0, 1, -1)
NORMAL = QuadraticVariance(1, 0, 0)
POISSON = QuadraticVariance(0, 1, 0)
EXPONENTIAL = QuadraticVariance(0, 0, 1)
GEOMETRIC = QuadraticVariance(0, 1, 1)
KNOWN_MEAN_VARIANCE = QuadraticVariance(0, 0, 2)
FAMILIES = [
    (BERNOULLI, 0.1),
    (QuadraticVariance(0, 1, -1 / 5), 2.0),
    (NORMAL, 0.0),
    (POISSON, 2.0),
    (QuadraticVariance(0, 0, 1 / 3), 1.0),
    (EXPONENTIAL, 1.0),
    (GEOMETRIC, 1.0),
    (KNOWN_MEAN_VARIANCE, 1.0),
]


def assert_close_to(samples, exact, standard_errors=4.5):
    """The average of independent samples lies within k standard errors of the exact value."""
    error = samples.std(ddof=1) / math.sqrt(samples.size)
    assert abs(samples.mean() - exact) < standard_errors * error


@pytest.mark.parametrize(
    ("family", "mean", "published"),
    [
        (BERNOULLI, 0.1, 0.02678),
        (POISSON, 2.0, 2.0),
        (EXPONENTIAL, 1.0, 3.281),
        (QuadraticVariance(0, 0, 1 / 3), 1.0, 0.4966),
        (QuadraticVariance(0, 1, -1 / 5), 2.5, 1.25 * (1 - 1 / 250) ** 60),
        (GEOMETRIC, 1.0, 6.562),
    ],
)
def test_replacement_reaches_the_verified_diversities(family, mean, published):
    found = qv.replace(family, mean, 50, 60).diversity[60]
    assert found == pytest.approx(published, rel=3e-4)


@pytest.mark.parametrize(("family", "mean"), FAMILIES)
def test_what_is_lost_inside_is_found_outside(family, mean):
    truth = float(family(mean))
    for moments in (
        qv.replace(family, mean, 20, 50),
        qv.anchors(family, mean, 20, 50, 3),
        qv.anchors(family, mean, 20, 50, 3, fresh=False),
        qv.accumulate(family, mean, 20, 50),
        qv.accumulate_subsample(family, mean, 20, 50, replacement=True),
        qv.weighted(family, mean, 20, 50, 3, 0.4),
    ):
        assert moments.diversity - family.v2 * moments.variance == pytest.approx(truth)
        assert moments.variance[0] == 0
        assert moments.diversity[0] == pytest.approx(truth)
        assert moments.mean.shape == moments.variance.shape == moments.diversity.shape == (51,)


def test_the_identity_fails_with_the_wrong_sign():
    moments = qv.replace(BERNOULLI, 0.1, 20, 50)
    assert not np.allclose(moments.diversity - moments.variance, 0.09)


@pytest.mark.parametrize(("family", "mean"), FAMILIES)
@pytest.mark.parametrize("fresh", [True, False])
def test_anchors_settle_at_the_stationary_moments(family, mean, fresh):
    moments = qv.anchors(family, mean, 40, 3000, 5, fresh=fresh)
    variance, diversity = qv.stationary_anchors(family, mean, 40, 5, fresh=fresh)
    assert moments.variance[-1] == pytest.approx(float(variance))
    assert moments.diversity[-1] == pytest.approx(float(diversity))


@pytest.mark.parametrize(("family", "mean"), FAMILIES)
def test_nothing_added_is_replacement(family, mean):
    plain = qv.replace(family, mean, 30, 40)
    for other in (
        qv.anchors(family, mean, 30, 40, 0),
        qv.anchors(family, mean, 30, 40, 0, fresh=False),
        qv.prior(family, mean, 30, 40, 0, mean),
        qv.weighted(family, mean, 30, 40, 0, 0.0),
    ):
        np.testing.assert_array_equal(other.variance, plain.variance)
        np.testing.assert_array_equal(other.diversity, plain.diversity)
    assert qv.anchors(family, mean, 30, 40, 3).variance[-1] < plain.variance[-1]


@pytest.mark.parametrize(
    ("family", "mean", "fresh_variance", "fresh_ratio", "fixed_ratio", "fixed_variance"),
    [
        (BERNOULLI, 0.1, 0.030199, 200 / 301, 0, 0.09),
        (NORMAL, 0.0, 0.502488, 1, 1, 1.497512),
        (POISSON, 1.0, 0.502488, 1, 1, 1.497512),
        (EXPONENTIAL, 1.0, 1, 2, 3.980198, 2.980198),
        (GEOMETRIC, 1.0, 2, 2, 3.980198, 5.960396),
        (KNOWN_MEAN_VARIANCE, 1.0, 202, 203, 603, 602),
    ],
)
def test_one_anchor_table(family, mean, fresh_variance, fresh_ratio, fixed_ratio, fixed_variance):
    truth = float(family(mean))
    variance, diversity = qv.stationary_anchors(family, mean, 100, 1)
    assert float(variance) == pytest.approx(fresh_variance, rel=2e-5)
    assert float(diversity) / truth == pytest.approx(fresh_ratio)
    variance, diversity = qv.stationary_anchors(family, mean, 100, 1, fresh=False)
    assert float(variance) == pytest.approx(fixed_variance, rel=1e-6)
    assert float(diversity) / truth == pytest.approx(fixed_ratio, rel=1e-6, abs=1e-15)


def test_fresh_and_fixed_anchor_numbers_as_one_map():
    count = np.array([1, 2, 5, 10, 20, 50])
    fresh = qv.stationary_anchors(BERNOULLI, 0.1, 100, count)[1] / 0.09
    assert fresh == pytest.approx([0.66445, 0.7976, 0.9067, 0.95, 0.9733, 0.9881], abs=6e-5)
    fixed = qv.stationary_anchors(BERNOULLI, 0.1, 100, count[:5], fresh=False)[1] / 0.09
    assert fixed == pytest.approx([0, 0.4008, 0.7289, 0.8591, 0.9289], abs=6e-5)
    grid = qv.stationary_anchors(BERNOULLI, 0.1, np.array([[10, 100, 1000]]), count[:, None])
    assert grid[0].shape == grid[1].shape == (6, 3)
    assert grid[1][:, 1] / 0.09 == pytest.approx(fresh)


def test_more_verified_numbers_with_fresh_anchors():
    variance, _ = qv.stationary_anchors(KNOWN_MEAN_VARIANCE, 1.0, 100, [2, 5, 10])
    assert variance == pytest.approx([1.0, 0.2545, 0.1158], abs=5e-5)
    assert float(qv.stationary_anchors(POISSON, 2.0, 100, 1)[0]) == pytest.approx(1.005, abs=5e-4)
    for v2, kept in [(-1 / 5, 0.909), (1 / 4, 1.144)]:
        family = QuadraticVariance(0, 1, v2)
        ratio = float(qv.stationary_anchors(family, 2.0, 100, 1)[1]) / float(family(2.0))
        assert ratio == pytest.approx(kept, abs=6e-4)


def test_unbounded_moments_are_infinite_and_never_nan():
    variance, diversity = qv.stationary_anchors(EXPONENTIAL, 1.0, [10, 100], 0)
    assert np.all(np.isinf(variance))
    assert np.all(np.isinf(diversity))
    variance, diversity = qv.stationary_anchors(NORMAL, 0.0, 10, 0)
    assert np.isinf(variance)
    assert diversity == 1
    assert qv.stationary_anchors(BERNOULLI, 0.0, 10, 0) == (0, 0)
    assert qv.effective_sample_size(POISSON, 1.0, 10, 0) == 0
    assert np.isinf(qv.half_life(POISSON, 10))
    heavy = qv.replace(KNOWN_MEAN_VARIANCE, 1.0, 1, 5000)
    assert np.isinf(heavy.diversity[-1])
    assert not np.isnan(heavy.variance).any()
    heavy_fixed = qv.anchors(QuadraticVariance(0, 0, 50), 1.0, 3, 5000, 1, fresh=False)
    assert np.isinf(heavy_fixed.diversity[-1])
    assert not np.isnan(heavy_fixed.diversity).any()
    assert not np.isnan(qv.prior(QuadraticVariance(0, 0, 50), 1, 2, 5000, 1, 2).diversity).any()


def test_degenerate_truths_and_single_points_are_results():
    assert np.all(qv.replace(BERNOULLI, 0.0, 5, 4).diversity == 0)
    assert np.all(qv.replace(KNOWN_MEAN_VARIANCE, 0.0, 1, 5000).variance == 0)
    assert qv.replace(BERNOULLI, 0.3, 1, 2).diversity == pytest.approx([0.21, 0, 0])
    assert qv.accumulate(BERNOULLI, 0.3, 1, 2).diversity == pytest.approx([0.21, 0, 0])
    one = qv.accumulate_subsample(BERNOULLI, 0.3, 1, 3, replacement=False)
    assert one.diversity[1:] == pytest.approx(0, abs=1e-15)
    assert qv.half_life(BERNOULLI, 1) == 0
    assert qv.replace(POISSON, 2.0, 5, 0).mean == pytest.approx([2.0])
    # Points without end cost nothing, and lose nothing.
    assert qv.replace(BERNOULLI, 0.1, 10**15, 10).variance[-1] == pytest.approx(0.09 * 1e-14)


def test_prior_numbers_and_the_pull_to_the_prior():
    strengths = [0.1, 0.5, 1, 2, 5, 10]
    kept = qv.stationary_prior(BERNOULLI, 0.1, 100, strengths, 0.1)[1] / 0.09
    assert kept == pytest.approx([0.1667, 0.5006, 0.6678, 0.8016, 0.9111, 0.9545], abs=6e-5)
    flat = qv.prior(BERNOULLI, 0.1, 10, 2000, 2, 0.5)
    assert flat.mean[-1] == pytest.approx(0.5)
    variance, diversity = qv.stationary_prior(BERNOULLI, 0.1, 10, 2, 0.5)
    assert flat.variance[-1] == pytest.approx(float(variance))
    assert flat.diversity[-1] == pytest.approx(float(diversity))
    assert float(qv.stationary_prior(BERNOULLI, 0.1, 100, 2, 0.5)[1]) == pytest.approx(
        0.2004, abs=5e-5
    )


def test_prior_of_no_strength_keeps_the_replacement_limit():
    variance, diversity = qv.stationary_prior(BERNOULLI, 0.1, 100, [0, 1], 0.5)
    assert variance[0] == pytest.approx(0.09)
    assert diversity[0] == 0
    assert diversity[1] > 0
    boundary = qv.stationary_prior(POISSON, 1.0, 10, 1, 0.0)
    assert boundary == (0, 0)
    with pytest.raises(ValueError, match="strength=1 is out of range"):
        qv.stationary_prior(QuadraticVariance(0, 0, 3), 1.0, 1, 1, 0.0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_prior_transient_against_simulation(seed):
    rng = np.random.default_rng(seed)
    share = np.full(40_000, 0.1)
    for _ in range(6):
        share = (rng.binomial(10, share) + 3 * 0.4) / 13
    moments = qv.prior(BERNOULLI, 0.1, 10, 6, 3, 0.4)
    assert_close_to(share, moments.mean[6])
    assert_close_to(share * (1 - share), moments.diversity[6])
    assert_close_to((share - moments.mean[6]) ** 2, moments.variance[6])
    with pytest.raises(AssertionError):  # the truth's own variance is not the one that matters
        assert_close_to(share * (1 - share), qv.prior(BERNOULLI, 0.1, 10, 6, 3, 0.1).diversity[6])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("fresh", [True, False])
def test_anchors_against_simulation(seed, fresh):
    rng = np.random.default_rng(seed)
    replicates = 60_000
    mean = np.full(replicates, 2.0)
    kept = rng.poisson(3 * 2.0, replicates)
    for _ in range(8):
        real = rng.poisson(3 * 2.0, replicates) if fresh else kept
        mean = (rng.poisson(12 * mean) + real) / 15
    exact = qv.anchors(POISSON, 2.0, 12, 8, 3, fresh=fresh)
    wrong = qv.anchors(POISSON, 2.0, 12, 8, 3, fresh=not fresh)
    assert_close_to((mean - 2) ** 2, exact.variance[8])
    with pytest.raises(AssertionError):
        assert_close_to((mean - 2) ** 2, wrong.variance[8])


@pytest.mark.parametrize("seed", [1, 2])
def test_fixed_anchors_of_a_growing_family_against_simulation(seed):
    rng = np.random.default_rng(seed)
    replicates = 200_000
    mean = np.ones(replicates)
    kept = rng.gamma(10 * 3, size=replicates) / 3  # ten anchors of a gamma of shape 3
    for _ in range(5):
        mean = (mean * rng.gamma(20 * 3, size=replicates) / 3 + kept) / 30
    exact = qv.anchors(QuadraticVariance(0, 0, 1 / 3), 1.0, 20, 5, 10, fresh=False)
    assert_close_to(mean**2 / 3, exact.diversity[5])
    assert_close_to((mean - 1) ** 2, exact.variance[5])


def test_accumulate_verified_numbers():
    assert qv.accumulate(POISSON, 2.0, 10, 200).variance[-1] == pytest.approx(0.3280, abs=5e-5)
    for family, mean, kept in [
        (EXPONENTIAL, 1.0, 1.1722),
        (BERNOULLI, 0.1, 0.8439),
        (QuadraticVariance(0, 1, -0.2), 2.0, 0.9675),
    ]:
        moments = qv.accumulate(family, mean, 10, 200)
        assert moments.diversity[-1] / float(family(mean)) == pytest.approx(kept, abs=6e-5)


@pytest.mark.parametrize("v2", [-1.0, -0.2, 0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("n", [1, 5, 100])
def test_accumulate_tends_to_its_limit(v2, n):
    limit = float(qv.accumulate_limit(v2, n))
    family = QuadraticVariance(1, 0, v2)  # V = 1 at mean 0
    kept = qv.accumulate(family, 0.0, n, 20_000).diversity[-1]
    assert kept == pytest.approx(limit, rel=2e-4, abs=1e-12)


def test_accumulate_limit_values():
    z = math.pi / math.sqrt(5)
    assert float(qv.accumulate_limit(-1, 5)) == pytest.approx(math.sin(z) / z)
    assert float(qv.accumulate_limit(1, 5)) == pytest.approx(math.sinh(z) / z)
    assert qv.accumulate_limit(0, [1, 10]) == pytest.approx([1, 1])
    assert qv.accumulate_limit(-1, 1) == 0
    assert np.isinf(qv.accumulate_limit(1e9, 1))
    loss = 1 - float(qv.accumulate_limit(-1, 10_000))
    assert loss == pytest.approx(math.pi**2 / 60_000, rel=1e-3)


def test_subsampled_pool_verified_numbers():
    with_replacement = qv.accumulate_subsample(BERNOULLI, 0.1, 20, 200, replacement=True)
    assert with_replacement.pool_diversity[-1] == pytest.approx(0.08030, abs=5e-6)
    without = qv.accumulate_subsample(BERNOULLI, 0.1, 20, 100, replacement=False)
    assert without.pool_diversity[-1] == pytest.approx(0.08171, abs=5e-6)
    assert with_replacement.pool_diversity[0] == pytest.approx(0.09)
    # The model is one draw of n points behind its pool.
    ratio = with_replacement.diversity[1:] / with_replacement.pool_diversity[1:]
    assert ratio == pytest.approx(1 - 1 / 20)


def test_subsampling_loses_twice_what_accumulating_loses():
    n = 10_000
    model = qv.accumulate_subsample(BERNOULLI, 0.1, n, 5000, replacement=True).diversity[-1]
    pooled = qv.accumulate(BERNOULLI, 0.1, n, 5000).diversity[-1]
    assert (0.09 - model) / (0.09 - pooled) == pytest.approx(2, rel=1e-3)


@pytest.mark.parametrize("replacement", [True, False])
def test_subsampled_pool_matches_the_bernoulli_product(replacement):
    n, generations = 7, 30
    product = [0.09 * (1 - 1 / n)]
    for s in range(1, generations):
        f = (s * n - n) / (s * n - 1) / n
        c = 2 / n - 1 / n**2 if replacement else f + (1 - f) / n
        product.append(product[-1] * (1 - c / (s + 1) ** 2))
    found = qv.accumulate_subsample(BERNOULLI, 0.1, n, generations, replacement=replacement)
    assert found.pool_diversity[1:] == pytest.approx(product)


@pytest.mark.parametrize("replacement", [True, False])
@pytest.mark.parametrize(
    ("family", "draw"),
    [
        (EXPONENTIAL, lambda rng, mean, n: rng.exponential(mean[:, None], (mean.size, n))),
        (POISSON, lambda rng, mean, n: rng.poisson(mean[:, None], (mean.size, n)).astype(float)),
    ],
)
def test_subsampled_pool_of_other_families_against_simulation(replacement, family, draw):
    rng = np.random.default_rng(7)
    replicates, n, generations = 40_000, 4, 5
    pool = draw(rng, np.ones(replicates), n)
    for t in range(1, generations + 1):
        pool_mean = pool.mean(axis=1)
        if replacement:
            pick = rng.integers(pool.shape[1], size=(replicates, n))
        else:
            pick = rng.random(pool.shape).argsort(axis=1)[:, :n]
        model = np.take_along_axis(pool, pick, axis=1).mean(axis=1)
        if t < generations:
            pool = np.hstack([pool, draw(rng, model, n)])
    exact = qv.accumulate_subsample(family, 1.0, n, generations, replacement=replacement)
    other = qv.accumulate_subsample(family, 1.0, n, generations, replacement=not replacement)
    assert_close_to((model - 1) ** 2, exact.variance[generations])
    assert_close_to(family(pool_mean), exact.pool_diversity[generations])
    with pytest.raises(AssertionError):
        assert_close_to((model - 1) ** 2, other.variance[generations])


def test_golden_ratio_and_optimal_weights():
    assert float(qv.best_real_weight(NORMAL, 100, 100)) == pytest.approx((math.sqrt(5) - 1) / 2)
    weight = float(qv.best_real_weight(NORMAL, 100, 1))
    assert weight == pytest.approx(0.0951, abs=5e-5)
    variance, _ = qv.stationary_weighted(NORMAL, 0.0, 100, 1, weight)
    assert float(variance) == pytest.approx(weight)
    assert float(qv.stationary_weighted(NORMAL, 0.0, 100, 100, 0.61803)[0]) == pytest.approx(
        0.006180, abs=5e-7
    )
    weight = float(qv.best_real_weight(BERNOULLI, 100, 1))
    assert weight == pytest.approx(1 / 11)
    _, kept = qv.stationary_weighted(BERNOULLI, 0.1, 100, 1, weight)
    assert float(kept) / 0.09 == pytest.approx(10 / 11)
    assert qv.best_real_weight(BERNOULLI, 10, [0, 5]).shape == (2,)
    assert qv.best_real_weight(EXPONENTIAL, 10, 0) == 0


@pytest.mark.parametrize(("family", "mean"), FAMILIES)
@pytest.mark.parametrize(("n", "k"), [(100, 1), (10, 10), (50, 200)])
def test_best_weight_beats_a_grid_and_obeys_its_identity(family, mean, n, k):
    grid = np.linspace(0.001, 1, 2000)
    best = float(qv.best_real_weight(family, n, k))
    variance = float(qv.stationary_weighted(family, mean, n, k, best)[0])
    assert variance <= np.min(qv.stationary_weighted(family, mean, n, k, grid)[0]) * (1 + 1e-12)
    assert variance == pytest.approx(float(family(mean)) * best / k)


@pytest.mark.parametrize(("family", "mean"), FAMILIES)
def test_pooling_is_one_of_the_weights(family, mean):
    pooled = qv.anchors(family, mean, 40, 60, 10)
    weighted = qv.weighted(family, mean, 40, 60, 10, 10 / 50)
    assert weighted.variance == pytest.approx(pooled.variance)
    assert weighted.diversity == pytest.approx(pooled.diversity)
    late = qv.weighted(family, mean, 40, 3000, 10, 0.4)
    variance, diversity = qv.stationary_weighted(family, mean, 40, 10, 0.4)
    assert late.variance[-1] == pytest.approx(float(variance))
    assert late.diversity[-1] == pytest.approx(float(diversity))


def test_anchors_needed():
    found = [qv.anchors_needed(f) for f in (0.5, 2 / 3, 0.9, 0.95, 0.99)]
    assert found == pytest.approx([0.5, 1, 4.5, 9.5, 49.5])
    assert qv.anchors_needed(0) == 0
    assert qv.anchors_needed(1) == math.inf
    assert qv.anchors_needed(1.0, 0.0) == 0
    for fraction, v2 in [(0.9, -1.0), (0.9, -0.2), (1.5, 1.0), (2.0, 2.0)]:
        family = QuadraticVariance(1, 0, v2)
        k = qv.anchors_needed(fraction, v2)
        assert float(qv.stationary_anchors(family, 0.0, 10**9, k)[1]) == pytest.approx(fraction)
    for fraction, v2 in [(1.1, -1.0), (0.9, 0.0), (0.9, 1.0)]:
        with pytest.raises(ValueError, match="fraction="):
            qv.anchors_needed(fraction, v2)


def test_effective_sample_size_of_a_share_of_real_data():
    real = np.array([1, 5, 10, 20, 50])
    found = qv.effective_sample_size(BERNOULLI, 0.1, 100 - real, real)
    assert found == pytest.approx([2.98, 10.70, 19.90, 36.80, 75.50], abs=5e-3)
    large = qv.effective_sample_size(BERNOULLI, 0.1, 9 * 10**6, 10**6)
    assert float(large) / 10**7 == pytest.approx(0.19, rel=1e-5)


def test_half_life_is_where_half_the_way_is_done():
    steps = float(qv.half_life(BERNOULLI, 100, 2))
    assert steps == pytest.approx(100 * math.log(2) / (2 * 2 + 1), rel=0.05)
    variance = qv.anchors(BERNOULLI, 0.1, 100, 200, 2).variance
    limit = float(qv.stationary_anchors(BERNOULLI, 0.1, 100, 2)[0])
    assert np.interp(steps, np.arange(201), variance) == pytest.approx(limit / 2, rel=1e-3)


@given(
    v2=st.sampled_from([-1.0, -0.5, -0.1, 0.0, 0.5, 1.0, 2.0]),
    n=st.integers(1, 10**6),
    k=st.integers(0, 1000),
    t=st.integers(0, 60),
    fresh=st.booleans(),
)
def test_moments_stay_in_their_bounds(v2, n, k, t, fresh):
    moments = qv.anchors(QuadraticVariance(1, 0, v2), 0.0, n, t, k, fresh=fresh)
    assert np.all(moments.variance >= 0)
    assert np.all(moments.diversity >= 0)
    if v2 < 0:
        assert np.all(moments.variance <= 1 / -v2 * (1 + 1e-9))
        assert np.all(moments.diversity <= 1 + 1e-9)
    if fresh:
        assert np.all(np.diff(moments.variance) >= -1e-12 * moments.variance.max(initial=1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: QuadraticVariance(0, 1, -2), r"v2=-2 is out of range.*-1"),
        (lambda: QuadraticVariance(math.nan, 1, 0), "v0=nan is out of range"),
        (
            lambda: qv.replace(BERNOULLI, 0.1, 0, 5),
            r"sample_size=0 is out of range: it must be a whole number of at least 1. Choose 1 or",
        ),
        (lambda: qv.replace(BERNOULLI, 0.1, 2.5, 5), "sample_size=2.5 is out of range"),
        (lambda: qv.replace(BERNOULLI, 0.1, 5, -1), "generations=-1 is out of range"),
        (lambda: qv.replace(BERNOULLI, 1.5, 5, 1), r"truth_mean=1.5 is out of range.*variance"),
        (lambda: qv.anchors(BERNOULLI, 0.1, 5, 1, -1), "count=-1 is out of range"),
        (lambda: qv.prior(BERNOULLI, 0.1, 5, 1, -1, 0.5), "strength=-1 is out of range"),
        (lambda: qv.prior(BERNOULLI, 0.1, 5, 1, 1, 1.5), "prior_mean=1.5 is out of range"),
        (lambda: qv.weighted(BERNOULLI, 0.1, 5, 1, 0, 0.5), "count=0 is out of range"),
        (lambda: qv.weighted(BERNOULLI, 0.1, 5, 1, 1, 1.5), "real_weight=1.5 is out of range"),
        (lambda: qv.stationary_weighted(BERNOULLI, 0.1, 5, 1, 1.5), "real_weight=1.5"),
        (lambda: qv.stationary_weighted(BERNOULLI, 0.1, 5, [1, 0], 0.5), "count=0 is out"),
        (lambda: qv.stationary_anchors(BERNOULLI, 0.1, [5, 0], 1), "sample_size=0.0 is out"),
        (lambda: qv.stationary_anchors(BERNOULLI, 0.1, 5, 0.5, fresh=False), "count=0.5 is out"),
        (lambda: qv.stationary_anchors(BERNOULLI, 0.1, "many", 1), "sample_size='many' is out"),
        (lambda: qv.accumulate_limit(-3, 5), "v2=-3 is out of range"),
        (lambda: qv.anchors_needed(-0.1), "fraction=-0.1 is out of range"),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
