"""Approximations and closed forms for two colours, against the exact chain and listed numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core.theory.two_colours import absorption_times, share_law, stationary_law
from collapse_core.theory.two_colours.approximations import (
    absent_beta_approximation,
    absent_branching_approximation,
    absorption_times_diffusion_approximation,
    accumulate_share,
    lost_approximation,
    lost_branching_approximation,
    lost_diffusion_approximation,
    quantile_beta_approximation,
    share_moments,
    sharpened_share_approximation,
    stationary_beta_approximation,
    surviving_lineages,
)

# -------------------------------------------------------------------------- lineages and loss


def test_surviving_lineages():
    lineages = surviving_lineages(1000)
    assert lineages[0] == math.inf
    assert lineages[1] == 1.0
    assert lineages[2] == pytest.approx(1 - math.exp(-1))
    t = np.arange(1, 1001)
    assert np.all((lineages[1:] >= 1 / t) & (lineages[1:] <= 3 / t))  # the published bounds
    late = np.arange(20, 1001)
    np.testing.assert_allclose(lineages[20:], 2 / (late + np.log(late) / 3 + 0.9), rtol=0.01)


def test_branching_numbers_and_upper_bound():
    approximate = lost_branching_approximation(100, 0.1, 400)
    assert approximate[[10, 50, 100]] == pytest.approx([0.1786, 0.681, 0.822], abs=5.1e-4)
    assert np.all(approximate >= share_law(100, 0.1, 400).lost)


@pytest.mark.parametrize("n", [10, 50, 100])
@pytest.mark.parametrize("p0", [0.01, 0.05, 0.1])
def test_published_bounds_around_branching(n, p0):
    alive = 1 - share_law(n, p0, 60).lost[1:]
    t = np.arange(1, 61)
    lost = lost_branching_approximation(n, p0, 60)[1:]
    assert np.all(alive >= 1 - lost - 1e-12)
    slack = np.maximum(1 - 3 * n * p0**2 - 3 * t * p0, 0)
    assert np.all(alive <= 1 - slack * lost + 1e-12)


@pytest.mark.parametrize("p0", [0.01, 0.1, 0.5, 0.9])
@pytest.mark.parametrize(("n", "bound"), [(100, 5e-4), (500, 1e-4), (1000, 5e-5), (2000, 2e-5)])
def test_loss_on_the_branching_clock_is_as_close_as_promised(n, bound, p0):
    exact = share_law(n, p0, 400).lost
    assert np.abs(lost_approximation(n, p0, 400) - exact).max() < bound


def test_that_bound_tells_the_plain_approximations_apart():
    exact = share_law(500, 0.1, 400).lost
    for weaker in (lost_branching_approximation, lost_diffusion_approximation):
        assert np.nanmax(np.abs(weaker(500, 0.1, 400) - exact)) > 5e-3


def test_diffusion_is_good_late_and_says_where_it_is_not_used():
    lost = lost_diffusion_approximation(1000, 0.3, 3000)
    np.testing.assert_allclose(lost[500:], share_law(1000, 0.3, 3000).lost[500:], atol=2e-3)
    assert np.isnan(lost_diffusion_approximation(100_000, 0.3, 5)[1:]).all()
    assert lost_diffusion_approximation(100_000, 0.3, 5)[0] == 0.0


def test_loss_joins_smoothly_for_huge_samples():
    lost = lost_approximation(10**6, 1e-4, 5000)
    assert np.all(np.diff(lost) >= -1e-12)
    np.testing.assert_allclose(lost, lost_branching_approximation(10**6, 1e-4, 5000), atol=1e-3)


@pytest.mark.parametrize("loss", [lost_approximation, lost_branching_approximation])
def test_loss_of_an_absent_colour_is_certain(loss):
    assert loss(50, 0.0, 3).tolist() == [1.0] * 4


def test_diffusion_absorption_times():
    assert absorption_times_diffusion_approximation(100, 0.1).mean == pytest.approx(
        65.017, abs=1e-3
    )
    for n, mean in ((10, 6.502), (20, 13.003), (50, 32.508), (200, 130.03), (400, 260.07)):
        found = absorption_times_diffusion_approximation(n, 0.1).mean
        assert found == pytest.approx(mean, abs=6e-3)
        assert found > absorption_times(n, 0.1).mean
    times = absorption_times_diffusion_approximation(100, 0.1)
    assert times.given_lost == pytest.approx(51.17, abs=6e-3)
    assert times.given_taken_over == pytest.approx(189.65, abs=6e-3)
    assert math.isnan(absorption_times_diffusion_approximation(9, 1.0).given_lost)
    assert absorption_times_diffusion_approximation(9, 0.0).mean == 0.0


# ------------------------------------------------------------------------------------- moments

OPTIONS = [
    {},
    {"anchors": 3},
    {"anchors": 1, "fresh": False},
    {"anchors": 4, "fresh": False},
    {"prior_strength": 2.5, "prior_mean": 0.7},
    {"prior_strength": 1e-3, "prior_mean": 0.0},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("n", [1, 2, 7, 50])
@pytest.mark.parametrize("p0", [0.0, 0.13, 0.5, 1.0])
def test_moments_equal_the_exact_chain(options, n, p0):
    law, moments = share_law(n, p0, 40, **options), share_moments(n, p0, 40, **options)
    np.testing.assert_allclose(moments.mean, law.mean, atol=1e-12)
    np.testing.assert_allclose(moments.variance, law.variance, atol=1e-12)
    np.testing.assert_allclose(moments.diversity, law.diversity, atol=1e-12)


def test_the_chain_tells_wrong_moments_apart():
    exact = share_law(50, 0.13, 40, anchors=4, fresh=False)
    for wrong in ({"anchors": 4}, {"anchors": 3, "fresh": False}, {}):
        assert np.abs(share_moments(50, 0.13, 40, **wrong).variance - exact.variance).max() > 1e-4


@pytest.mark.parametrize("options", OPTIONS[:5], ids=str)
def test_moments_of_huge_samples_keep_their_digits(options):
    n = 10**9
    moments = share_moments(n, 0.2, 2, **options)
    if "prior_strength" in options:
        first = 0.2 * 0.8 / n
    else:
        first = 0.2 * 0.8 / n * (1 - options.get("anchors", 0) / n)
    assert moments.variance[1] == pytest.approx(first, rel=1e-7)
    assert moments.variance[2] == pytest.approx(2 * first, rel=1e-6)


@pytest.mark.parametrize(
    ("k", "fresh", "ratio"),
    [
        (1, True, 200 / 301),
        (2, True, 0.7976),
        (10, True, 0.9500),
        (1, False, 0.0),
        (2, False, 0.4008),
        (5, False, 0.7289),
        (20, False, 0.9289),
    ],
)
def test_listed_long_run_diversity(k, fresh, ratio):
    moments = share_moments(100, 0.1, 20_000, anchors=k, fresh=fresh)
    assert moments.diversity[-1] / 0.09 == pytest.approx(ratio, abs=5.1e-5)


def test_long_run_of_one_anchor_and_of_a_prior():
    assert share_moments(100, 0.1, 9999, anchors=1).variance[-1] == pytest.approx(
        0.030199, abs=1e-6
    )
    fixed = share_moments(100, 0.1, 9999, anchors=1, fresh=False)
    assert fixed.variance[-1] == pytest.approx(0.09)
    add_one = share_moments(100, 0.1, 9999, prior_strength=2.0, prior_mean=0.5)
    assert add_one.diversity[-1] == pytest.approx(0.2004, abs=5e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fixed_anchor_transient_against_a_simulation(seed):
    rng, runs, n, k = np.random.default_rng(seed), 40_000, 30, 3
    kept, share = rng.binomial(k, 0.2, runs), np.full(runs, 0.2)
    for _ in range(6):
        share = (rng.binomial(n, share) + kept) / (n + k)
    diversity = share * (1 - share)
    error = diversity.std() / math.sqrt(runs)
    expected = share_moments(n, 0.2, 6, anchors=k, fresh=False).diversity[6]
    assert abs(diversity.mean() - expected) < 4.5 * error
    wrong = share_moments(n, 0.2, 6, anchors=k).diversity[6]
    assert abs(diversity.mean() - wrong) > 4.5 * error


# ---------------------------------------------------------------------------------- accumulate


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_accumulated_data_against_a_simulation(seed):
    rng, runs, n, generations = np.random.default_rng(seed), 40_000, 5, 8
    share, blue = np.full(runs, 0.3), np.zeros(runs)
    for t in range(1, generations + 1):
        blue += rng.binomial(n, share)
        share = blue / (n * t)
    exact = accumulate_share(n, 0.3, generations)
    diversity = share * (1 - share)
    error = diversity.std() / math.sqrt(runs)
    assert abs(diversity.mean() - exact.diversity[-1]) < 4.5 * error
    replaced = share_moments(n, 0.3, generations).diversity[-1]
    assert abs(diversity.mean() - replaced) > 4.5 * error
    lost, chance = (share == 0).mean(), exact.lost[-1]
    assert chance == pytest.approx(0.7**5)
    assert abs(lost - chance) < 4.5 * math.sqrt(chance * (1 - chance) / runs)
    assert exact.variance[-1] + exact.diversity[-1] == pytest.approx(0.21)


def test_accumulated_diversity_has_a_floor():
    exact = accumulate_share(10, 0.3, 200)
    assert exact.diversity[-1] / 0.21 == pytest.approx(0.8439, abs=5e-5)
    floor = math.sin(math.pi / math.sqrt(10)) / (math.pi / math.sqrt(10))
    assert accumulate_share(10, 0.3, 20_000).diversity[-1] / 0.21 == pytest.approx(floor, abs=1e-5)
    alone = accumulate_share(1, 0.3, 3)
    assert alone.diversity.tolist() == pytest.approx([0.21, 0.0, 0.0, 0.0])
    assert accumulate_share(4, 0.0, 2).lost.tolist() == [1.0, 1.0, 1.0]
    assert accumulate_share(4, 1.0, 2).lost.tolist() == [0.0, 0.0, 0.0]


# ------------------------------------------------------------------------- beta distributions


def test_beta_quantiles_follow_the_chain_while_both_colours_live():
    moments, law = share_moments(1000, 0.4, 50), share_law(1000, 0.4, 50)
    for level in (0.05, 0.5, 0.95):
        found = quantile_beta_approximation(moments.mean, moments.variance, level)
        np.testing.assert_allclose(found, law.quantile(level), atol=2e-3)


def test_beta_quantiles_at_the_ends_are_clean():
    assert quantile_beta_approximation(0.3, 0.0, 0.5) == 0.3
    assert quantile_beta_approximation(0.3, 0.21, 0.5) == 0.0
    assert quantile_beta_approximation(0.3, 0.21, 0.8) == 1.0
    late = share_moments(100, 0.1, 5000)
    assert quantile_beta_approximation(late.mean, late.variance, 0.5)[-1] == 0.0
    assert quantile_beta_approximation(late.mean, late.variance, 0.95)[-1] == 1.0
    assert quantile_beta_approximation([0.0, 1.0], 0.0, 0.5).tolist() == [0.0, 1.0]


def test_absent_blue_with_fresh_anchors():
    for k, beta_error, branching_error in ((1, 0.083, 0.028), (5, 0.0098, 0.0057)):
        exact = share_law(100, 0.1, 300, anchors=k).lost
        beta = absent_beta_approximation(100, 0.1, 300, k)
        branching = absent_branching_approximation(100, 0.1, 300, k)
        assert np.abs(beta - exact).max() < beta_error
        assert np.abs(branching - exact).max() < branching_error
        assert beta[:2] == pytest.approx(exact[:2], rel=1e-9)
        assert branching[:2] == pytest.approx(exact[:2], rel=1e-9)
    assert abs(absent_beta_approximation(100, 0.1, 3000, 1)[-1] - 0.4099) < 0.011
    assert absent_beta_approximation(5, 0.0, 2, 1).tolist() == [1.0, 1.0, 1.0]
    assert absent_branching_approximation(5, 1.0, 2, 1).tolist() == [0.0, 0.0, 0.0]
    assert absent_branching_approximation(5, 0.5, 0, 1).tolist() == [0.0]


def test_long_run_beta_matches_the_exact_law():
    assert stationary_beta_approximation(0.1, 1) == pytest.approx((0.2, 1.8))
    alpha, beta = stationary_beta_approximation(0.3, 5)
    law = stationary_law(2000, 0.3, 5)
    spread = alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1))
    assert law.variance == pytest.approx(spread, rel=5e-3)
    found = quantile_beta_approximation(alpha / (alpha + beta), spread, 0.9)
    assert law.quantile(0.9) == pytest.approx(float(found), abs=3e-3)


# ------------------------------------------------------------------------------ at a temperature

ENDLESS = 10**15  # points: the noise is nothing


def test_rounds_of_sharpening_are_one_round():
    path = sharpened_share_approximation(ENDLESS, 0.1, 12, 0.9).mean
    logit = math.log(0.1 / 0.9)
    for t in range(13):
        assert path[t] == pytest.approx(1 / (1 + math.exp(-logit / 0.9**t)), rel=1e-12)
    assert sharpened_share_approximation(ENDLESS, 0.1, 400, 0.5).mean[-1] < 1e-250
    hot = sharpened_share_approximation(ENDLESS, 0.1, 500, 1.05).mean[-1]
    assert hot == pytest.approx(0.5, abs=1e-6)
    still = sharpened_share_approximation(ENDLESS, 0.1, 9, 1.0).mean
    np.testing.assert_allclose(still, 0.1, rtol=1e-12)


@pytest.mark.parametrize(
    ("temperature", "k", "share"),
    [
        (0.9, 1, 0.0020),
        (0.9, 5, 0.0114),
        (0.9, 10, 0.0230),
        (0.9, 25, 0.0478),
        (0.9, 50, 0.0676),
        (0.8, 25, 0.0304),
        (0.5, 10, 0.0092),
        (1.05, 1, 0.430),
        (1.05, 10, 0.207),
        (1.2, 10, 0.345),
    ],
)
def test_sharpened_loop_with_anchors_settles(temperature, k, share):
    many = 10**13
    path = sharpened_share_approximation(100 * many, 0.1, 3000, temperature, anchors=k * many).mean
    assert path[-1] == pytest.approx(share, abs=6e-5 if share < 0.1 else 6e-4)
    assert np.all(path >= 0.1 * k / (100 + k) * (1 - 1e-9))


@pytest.mark.parametrize("k", [0, 20])
@pytest.mark.parametrize("temperature", [0.5, 0.8, 0.95, 0.99, 1.0, 1.01, 1.2])
@pytest.mark.parametrize("share", [0.5, 0.4, 0.1, 0.01])
def test_sharpened_moments_are_near_the_exact_chain(share, temperature, k):
    exact = share_law(2000, share, 200, anchors=k, temperature=temperature)
    moments = sharpened_share_approximation(2000, share, 200, temperature, anchors=k)
    assert np.abs(moments.mean - exact.mean).max() < 0.035
    assert np.abs(moments.diversity - exact.diversity).max() < 0.035
    assert np.abs(moments.variance - exact.variance).max() < 0.07
    for t in (0, 1, 2):  # a few terms of order 1/n
        assert moments.mean[t] == pytest.approx(exact.mean[t], abs=2e-3)
        assert moments.variance[t] == pytest.approx(exact.variance[t], abs=2e-4)


# --------------------------------------------------------------------------------- any input


@settings(max_examples=80, deadline=None)
@given(
    n=st.integers(1, 10**9),
    p0=st.floats(0.0, 1.0),
    generations=st.integers(0, 60),
    anchors=st.integers(0, 10**4),
    fresh=st.booleans(),
)
def test_everything_stays_in_range(n, p0, generations, anchors, fresh):
    moments = share_moments(n, p0, generations, anchors=anchors, fresh=fresh)
    tiny = 1e-12
    assert np.all((moments.variance >= -tiny) & (moments.variance <= 0.25 + tiny))
    assert np.all((moments.diversity >= -tiny) & (moments.diversity <= 0.25 + tiny))
    for lost in (
        lost_approximation(n, p0, generations),
        lost_branching_approximation(n, p0, generations),
        absent_beta_approximation(n, p0, generations, anchors + 1),
        absent_branching_approximation(n, p0, generations, anchors),
        accumulate_share(n, p0, generations).lost,
    ):
        assert lost.shape == (generations + 1,)
        assert np.all((lost >= 0.0) & (lost <= 1.0 + tiny))
    for level in (0.05, 0.95):
        variance = np.clip(moments.variance, 0.0, None)
        found = quantile_beta_approximation(moments.mean, variance, level)
        assert np.all((found >= 0.0) & (found <= 1.0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: surviving_lineages(-1), "generations=-1 is out of range"),
        (lambda: lost_branching_approximation(0, 0.1, 5), "sample_size=0 is out of range"),
        (lambda: lost_diffusion_approximation(5, 2.0, 5), "share=2.0 is out of range"),
        (lambda: lost_approximation(5, 0.1, 1.5), "generations=1.5 is out of range"),
        (lambda: share_moments(5, 0.1, 5, anchors=-2), "anchors=-2 is out of range"),
        (lambda: share_moments(5, 0.1, 5, anchors=2, prior_strength=1.0), "exclude each other"),
        (lambda: quantile_beta_approximation(0.1, 0.01, 0.0), "level=0.0 is out of range"),
        (lambda: quantile_beta_approximation(0.1, -0.01, 0.5), "variance=-0.01 is out of range"),
        (lambda: quantile_beta_approximation(1.1, 0.01, 0.5), "mean=1.1 is out of range"),
        (lambda: absent_beta_approximation(5, 0.1, 5, 0), "anchors=0 is out of range"),
        (lambda: stationary_beta_approximation(0.1, 0), "anchors=0 is out of range"),
        (lambda: sharpened_share_approximation(9, 0.1, 5, -1.0), "temperature=-1.0 is out of"),
        (lambda: sharpened_share_approximation(0, 0.1, 5, 0.9), "sample_size=0 is out of range"),
        (lambda: accumulate_share(5, 0.1, -1), "generations=-1 is out of range"),
    ],
)
def test_bad_parameters_name_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("share", [0.0, 1e-300, 1e-17, 1 - 1.2e-16, 1.0])
@pytest.mark.parametrize("temperature", [0.01, 0.5, 1.0, 50.0, 1e6])
@pytest.mark.parametrize("anchors", [0, 1, 10**9])
def test_sharpened_moments_survive_rounding_to_an_end(share, temperature, anchors):
    moments = sharpened_share_approximation(10**6, share, 50, temperature, anchors=anchors)
    assert np.all((moments.mean >= 0.0) & (moments.mean <= 1.0))
    for values in (moments.variance, moments.diversity):
        assert np.all((values >= 0.0) & (values <= 0.25))
