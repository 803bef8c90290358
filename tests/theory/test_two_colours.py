"""The exact two-colour chain against listed numbers, brute force, Monte Carlo and identities."""

import math
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core.theory.two_colours import (
    LARGEST_EXACT_SAMPLE_SIZE,
    absorption_times,
    chain_cost,
    is_exact_feasible,
    share_law,
    sharpen,
    stationary_law,
    stationary_law_with_prior,
)

# ------------------------------------------------------------------- an independent dense chain


def plain_sharpen(p, temperature):
    if p in (0.0, 1.0):
        return p
    blue, yellow = p ** (1 / temperature), (1 - p) ** (1 / temperature)
    return blue / (blue + yellow)


def binomial(n, p):
    return [comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1)]


def brute_force(n, p0, generations, fit, temperature=1.0, anchors=0, fresh=True):
    """Laws as {share: chance}, by enumerating every draw with exact binomial coefficients."""
    fixed = range(1) if fresh else range(anchors + 1)
    total = [{} for _ in range(generations + 1)]
    for colour in fixed:
        weight = 1.0 if fresh else binomial(anchors, p0)[colour]
        law = {p0: weight}
        for t in range(generations + 1):
            for share, chance in law.items():
                total[t][share] = total[t].get(share, 0.0) + chance
            after = {}
            for share, chance in law.items():
                for x, px in enumerate(binomial(n, plain_sharpen(share, temperature))):
                    seen = enumerate(binomial(anchors, p0)) if fresh else [(colour, 1.0)]
                    for y, py in seen:
                        key = fit(x, y)
                        after[key] = after.get(key, 0.0) + chance * px * py
            law = after
    return total


CASES = {
    "replace": ({}, lambda n: lambda x, y: x / n),
    "sharp": ({"temperature": 0.7}, lambda n: lambda x, y: x / n),
    "flat": ({"temperature": 1.5}, lambda n: lambda x, y: x / n),
    "fresh": ({"anchors": 3}, lambda n: lambda x, y: (x + y) / (n + 3)),
    "fresh sharp": (
        {"anchors": 2, "temperature": 0.8},
        lambda n: lambda x, y: (x + y) / (n + 2),
    ),
    "fixed": ({"anchors": 3, "fresh": False}, lambda n: lambda x, y: (x + y) / (n + 3)),
    "fixed sharp": (
        {"anchors": 2, "fresh": False, "temperature": 0.8},
        lambda n: lambda x, y: (x + y) / (n + 2),
    ),
    "prior": (
        {"prior_strength": 1.5, "prior_mean": 0.7},
        lambda n: lambda x, y: (x + 1.5 * 0.7) / (n + 1.5),
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("n", "p0"), [(1, 0.3), (2, 0.5), (5, 0.17), (12, 0.25)])
def test_law_equals_enumeration_of_every_draw(case, n, p0):
    options, fit = CASES[case]
    chain_options = {
        key: value for key, value in options.items() if key in ("anchors", "fresh", "temperature")
    }
    expected = brute_force(n, p0, 4, fit(n), **chain_options)
    law = share_law(n, p0, 4, **options)
    for t in range(1, 5):
        dense = np.zeros(law.shares.size)
        for share, chance in expected[t].items():
            dense[np.argmin(np.abs(law.shares - share))] += chance
        np.testing.assert_allclose(law.probability[t], dense, atol=1e-13)


def test_enumeration_tells_a_wrong_chain_apart():
    expected = brute_force(5, 0.17, 3, lambda x, y: x / 5)
    dense = np.array([expected[3].get(j / 5, 0.0) for j in range(6)])
    for wrong in (share_law(5, 0.17, 2), share_law(5, 0.17, 4), share_law(5, 0.2, 3)):
        assert np.abs(wrong.probability[-1] - dense).max() > 1e-3


# ------------------------------------------------------------------------------- listed numbers


def test_chance_of_losing_blue_in_the_classic_example():
    law = share_law(100, 0.1, 500)
    listed = {
        1: 0.00003,
        2: 0.00133,
        5: 0.03787,
        10: 0.16205,
        20: 0.37369,
        30: 0.50468,
        46: 0.62687,
        50: 0.64796,
        65: 0.70794,
        100: 0.78569,
        200: 0.86369,
        500: 0.89826,
    }
    np.testing.assert_allclose(law.lost[list(listed)], list(listed.values()), atol=5.1e-6)
    np.testing.assert_allclose(
        law.taken_over[[100, 200, 500]], [0.01887, 0.06530, 0.09826], atol=5.1e-6
    )
    assert int(np.argmax(law.lost >= 0.5)) == 30
    assert int(np.argmax(law.lost >= 0.45)) == 26


@pytest.mark.parametrize("p0", [0.1, 0.37])
def test_diversity_shrinks_by_one_over_n_and_the_mean_stays(p0):
    law = share_law(100, p0, 300)
    t = np.arange(301)
    np.testing.assert_allclose(law.diversity, p0 * (1 - p0) * 0.99**t, rtol=1e-10)
    np.testing.assert_allclose(law.mean, p0, atol=1e-12)
    np.testing.assert_allclose(law.variance + law.diversity, p0 * (1 - p0), atol=1e-12)
    assert np.abs(law.diversity - p0 * (1 - p0) * 0.989**t).max() > 1e-3  # a wrong rate fails


@pytest.mark.parametrize(
    ("temperature", "mean", "lost"),
    [
        (1.0, 63.454, {5: 0.038, 10: 0.162, 50: 0.648}),
        (0.95, 13.476, {5: 0.129, 10: 0.475, 50: 0.990}),
        (0.9, 7.587, {5: 0.326, 10: 0.821, 50: 1.000}),
        (0.8, 4.132, {5: 0.840, 10: 0.998}),
        (0.5, 1.734, {}),
        (1.05, 2914.97, {}),
    ],
)
def test_temperature_numbers(temperature, mean, lost):
    assert absorption_times(100, 0.1, temperature).mean == pytest.approx(mean, abs=6e-3)
    law = share_law(100, 0.1, 50, temperature=temperature)
    for t, chance in lost.items():
        assert law.lost[t] == pytest.approx(chance, abs=5.1e-4)


def test_a_warm_chain_waits_two_billion_generations():
    times = absorption_times(100, 0.1, 1.2)
    assert times.mean == pytest.approx(2.07e9, rel=3e-3)
    assert absorption_times(100, 0.1, 1.05).chance_lost == pytest.approx(0.555, abs=5e-4)
    assert absorption_times(100, 0.1, 0.95).chance_lost == pytest.approx(0.998, abs=5e-4)


@pytest.mark.parametrize(
    ("n", "mean"),
    [(10, 5.753), (20, 11.981), (50, 31.178), (100, 63.454), (200, 128.24), (400, 258.04)],
)
def test_mean_absorption_times(n, mean):
    times = absorption_times(n, 0.1)
    assert times.mean == pytest.approx(mean, abs=2e-3)
    assert times.chance_lost == pytest.approx(0.9, abs=1e-10)
    mixed = 0.9 * times.given_lost + 0.1 * times.given_taken_over
    assert mixed == pytest.approx(times.mean, rel=1e-9)


def test_conditional_absorption_times():
    times = absorption_times(100, 0.1)
    assert times.given_lost == pytest.approx(49.68, abs=6e-3)
    assert times.given_taken_over == pytest.approx(187.43, abs=6e-3)


def test_times_equal_the_sum_over_the_law():
    law = share_law(20, 0.23, 2000)
    times = absorption_times(20, 0.23)
    assert times.mean == pytest.approx((1 - law.absorbed).sum(), rel=1e-10)
    lost = (law.lost[-1] - law.lost).sum() / law.lost[-1]
    assert times.given_lost == pytest.approx(lost, rel=1e-10)


@pytest.mark.parametrize("temperature", [0.8, 1.0, 1.3])
def test_times_equal_an_exact_rational_solve(temperature):
    fractions = pytest.importorskip("fractions").Fraction
    n = 8
    rows = [
        [fractions(v) for v in binomial(n, plain_sharpen(i / n, temperature))] for i in range(n + 1)
    ]
    rows = [[v / sum(row) for v in row] for row in rows]
    size = n - 1
    system = [
        [fractions(int(i == j)) - rows[i + 1][j + 1] for j in range(size)] + [fractions(1)]
        for i in range(size)
    ]
    for column in range(size):
        pivot = system[column][column]
        system[column] = [v / pivot for v in system[column]]
        for other in range(size):
            if other != column:
                factor = system[other][column]
                system[other] = [
                    a - factor * b for a, b in zip(system[other], system[column], strict=True)
                ]
    assert absorption_times(n, 2 / 8, temperature).mean == pytest.approx(
        float(system[1][-1]), rel=1e-11
    )


@pytest.mark.parametrize(
    ("k", "ratio", "sd", "absent"),
    [
        (1, 0.66445, 0.1738, 0.4099),
        (2, 0.7976, 0.1350, 0.2313),
        (5, 0.9067, 0.0917, 0.0631),
        (10, 0.9500, 0.0671, 0.0128),
        (20, 0.9733, 0.0490, 0.0012),
        (50, 0.9881, 0.0327, 0.0000),
    ],
)
def test_stationary_law_with_fresh_anchors(k, ratio, sd, absent):
    law = stationary_law(100, 0.1, k)
    assert law.diversity / 0.09 == pytest.approx(ratio, abs=5.1e-5)
    assert math.sqrt(law.variance) == pytest.approx(sd, abs=5.1e-5)
    assert law.lost == pytest.approx(absent, abs=5.1e-5)


def test_one_fresh_anchor_leaves_blue_below_one_percent_half_of_the_time():
    law = stationary_law(100, 0.1, 1)
    assert law.probability[law.shares < 0.01].sum() == pytest.approx(0.508, abs=5e-4)
    assert law.quantile(0.5) == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(
    ("n", "k", "p0"), [(1, 1, 0.4), (30, 1, 0.5), (300, 40, 0.01), (40, 500, 0.2)]
)
def test_stationary_moments_are_the_closed_forms(n, k, p0):
    law = stationary_law(n, p0, k)
    scale = p0 * (1 - p0) / (k * k + 2 * n * k + n)
    assert law.mean == pytest.approx(p0, rel=1e-10)
    assert law.variance == pytest.approx(scale * (n + k), rel=1e-9)
    assert law.diversity == pytest.approx(scale * (k * k + 2 * n * k - k), rel=1e-9)
    assert law.variance != pytest.approx(scale * n, rel=1e-3)  # the fixed anchors' form fails


@pytest.mark.parametrize(
    ("kappa", "ratio"),
    [(0.1, 0.1667), (0.5, 0.5006), (1, 0.6678), (2, 0.8016), (5, 0.9111), (10, 0.9545)],
)
def test_stationary_law_with_a_prior(kappa, ratio):
    law = stationary_law_with_prior(100, kappa, 0.1)
    assert law.diversity / 0.09 == pytest.approx(ratio, abs=5.1e-5)
    assert law.mean == pytest.approx(0.1, rel=1e-10)


def test_add_one_forgets_the_truth():
    law = share_law(100, 0.1, 3000, prior_strength=2.0, prior_mean=0.5)
    assert law.mean[-1] == pytest.approx(0.5, abs=1e-6)
    assert law.diversity[-1] == pytest.approx(0.2004, abs=5e-5)


@pytest.mark.parametrize("temperature", [0.9, 1.0, 1.2])
def test_the_stationary_law_is_where_the_chain_goes(temperature):
    late = share_law(30, 0.2, 3000, anchors=4, temperature=temperature).probability[-1]
    still = stationary_law(30, 0.2, 4, temperature).probability
    np.testing.assert_allclose(still, late, atol=1e-11)


def test_sharpened_chain_with_ten_anchors():
    law = stationary_law(100, 0.1, 10, 0.9)
    assert law.mean == pytest.approx(0.0252, abs=1e-4)
    assert law.lost == pytest.approx(0.120, abs=1e-3)


@pytest.mark.parametrize(
    ("k", "ratio", "collapsed"),
    [
        (1, 0.0, 1.0),
        (2, 0.4008, 0.82),
        (5, 0.7289, 0.5905),
        (10, 0.8591, 0.3487),
        (20, 0.9289, 0.1216),
    ],
)
def test_fixed_anchors(k, ratio, collapsed):
    law = share_law(100, 0.1, 3000, anchors=k, fresh=False)
    assert law.diversity[-1] / 0.09 == pytest.approx(ratio, abs=5.1e-5)
    assert law.absorbed[-1] == pytest.approx(collapsed, abs=5.1e-5)


@pytest.mark.parametrize("p0", [0.01, 0.1, 0.3, 0.5])
@pytest.mark.parametrize("n", [10, 50, 100])
def test_published_bounds_on_survival(n, p0):
    t = np.arange(1, 400)
    alive = 1 - share_law(n, p0, 399).absorbed[1:]
    shrink = p0 * (1 - p0) * (1 - 1 / n) ** t
    assert np.all(alive >= 4 * shrink - 1e-12)
    assert np.all(alive <= 2 * n * shrink + 1e-12)


def test_ising_quantiles():
    n = 500
    absorbed = share_law(n, 0.5, 6 * n).absorbed
    for level, scaled in ((0.1, 0.445), (0.25, 0.67), (0.5, 1.09), (0.75, 1.79), (0.9, 2.70)):
        assert np.argmax(absorbed >= level) / n == pytest.approx(scaled, abs=0.015)
    assert absorption_times(1000, 0.5).mean / 1000 == pytest.approx(2 * math.log(2), abs=4e-3)


# ---------------------------------------------------------------------------------- Monte Carlo


def simulate(rng, runs, n, p0, generations, anchors=0, fresh=True, temperature=1.0):
    share = np.full(runs, p0)
    kept = rng.binomial(anchors, p0, runs)
    for _ in range(generations):
        blue, yellow = share ** (1 / temperature), (1 - share) ** (1 / temperature)
        drawn = rng.binomial(n, blue / (blue + yellow))
        real = rng.binomial(anchors, p0, runs) if fresh else kept
        share = (drawn + real) / (n + anchors)
    return share


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "options",
    [{}, {"temperature": 0.9}, {"anchors": 2}, {"anchors": 2, "fresh": False}],
    ids=["replace", "sharp", "fresh", "fixed"],
)
def test_law_agrees_with_a_simulation(options, seed):
    runs, t = 20_000, 15
    shares = simulate(np.random.default_rng(seed), runs, 60, 0.1, t, **options)
    law = share_law(60, 0.1, t, **options)
    lost, error = (shares == 0).mean(), math.sqrt(law.lost[t] * (1 - law.lost[t]) / runs)
    assert abs(lost - law.lost[t]) < 4.5 * error
    assert abs(lost - share_law(60, 0.12, t, **options).lost[t]) > 4.5 * error  # wrong start
    diversity = shares * (1 - shares)
    error = diversity.std() / math.sqrt(runs)
    assert abs(diversity.mean() - law.diversity[t]) < 4.5 * error


# -------------------------------------------------------------------------- shape and edge cases


def test_generation_zero_is_the_truth_off_the_grid():
    law = share_law(7, 0.33, 3)
    assert law.probability.shape == (4, 8)
    assert (law.mean[0], law.variance[0], law.lost[0]) == (0.33, 0.0, 0.0)
    assert law.diversity[0] == pytest.approx(0.33 * 0.67)
    assert law.probability[0] @ law.shares == pytest.approx(0.33)
    assert law.quantile(0.9)[0] == 0.33


def test_quantiles_invert_the_distribution_function():
    law = share_law(50, 0.3, 10)
    for level in (0.05, 0.5, 0.95):
        for t in range(1, 11):
            found = law.quantile(level)[t]
            assert law.probability[t][law.shares <= found].sum() >= level - 1e-11
            assert law.probability[t][law.shares < found].sum() < level


@pytest.mark.parametrize("share", [0.0, 1.0])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("options", [{}, {"anchors": 2}, {"anchors": 2, "fresh": False}])
def test_one_colour_stays_one_colour(share, temperature, options):
    law = share_law(5, share, 4, temperature=temperature, **options)
    np.testing.assert_array_equal(law.mean, share)
    np.testing.assert_array_equal(law.absorbed, 1.0)
    times = absorption_times(5, share, temperature)
    assert times.mean == 0.0
    assert math.isnan(times.given_taken_over if share == 0.0 else times.given_lost)
    assert stationary_law(5, share, 2, temperature).mean == share


def test_one_point_collapses_at_once():
    assert share_law(1, 0.3, 2).absorbed.tolist() == pytest.approx([0.0, 1.0, 1.0])
    times = absorption_times(1, 0.3)
    assert (times.mean, times.chance_lost) == (1.0, pytest.approx(0.7))
    assert absorption_times(2, 0.5).mean == pytest.approx(1 + 0.5 * 2)


def test_no_generations_is_the_truth():
    assert share_law(10, 0.2, 0).mean.tolist() == [0.2]


def test_sparse_and_dense_chains_agree():
    from collapse_core.theory.two_colours import chain as two_colours_chain

    dense = share_law(150, 0.1, 60, anchors=3)
    fixed = share_law(150, 0.1, 60, anchors=3, fresh=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(two_colours_chain, "LARGEST_DENSE_STATES", 10)
        sparse = share_law(150, 0.1, 60, anchors=3)
        sparse_fixed = share_law(150, 0.1, 60, anchors=3, fresh=False)
    np.testing.assert_allclose(sparse.probability, dense.probability, atol=1e-14)
    np.testing.assert_allclose(sparse_fixed.probability, fixed.probability, atol=1e-14)


def test_large_chain_keeps_probability_and_mean():
    law = share_law(2000, 0.013, 40)
    np.testing.assert_allclose(law.probability.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(law.mean, 0.013, atol=1e-12)


def test_cost_grows_with_every_size():
    base = chain_cost(100, 100)
    assert chain_cost(200, 100) > base
    assert chain_cost(100, 200) > base
    assert chain_cost(100, 100, 10, fresh=False) > base
    assert is_exact_feasible(2000, 200)
    assert is_exact_feasible(100, 200, 10, fresh=False)
    assert not is_exact_feasible(2000, 200, 100, fresh=False)
    assert not is_exact_feasible(LARGEST_EXACT_SAMPLE_SIZE + 1, 1)


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(1, 40),
    p0=st.floats(0.0, 1.0),
    anchors=st.integers(0, 5),
    fresh=st.booleans(),
    temperature=st.sampled_from([0.1, 0.7, 1.0, 1.4, 10.0]),
)
def test_every_law_is_a_law(n, p0, anchors, fresh, temperature):
    law = share_law(n, p0, 6, anchors=anchors, fresh=fresh, temperature=temperature)
    assert np.all(law.probability >= 0.0)
    np.testing.assert_allclose(law.probability.sum(axis=1), 1.0, atol=1e-12)
    assert np.all((law.diversity >= 0.0) & (law.diversity <= 0.25 + 1e-12))


@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(1, 40),
    parts=st.integers(0, 1024),
    options=st.sampled_from([{}, {"anchors": 3}, {"anchors": 3, "fresh": False}]),
    temperature=st.sampled_from([0.1, 0.7, 1.0, 1.4, 10.0]),
)
def test_swapping_the_colours_mirrors_the_law(n, parts, options, temperature):
    p0 = parts / 1024  # so that 1 - p0 is exact
    law = share_law(n, p0, 6, temperature=temperature, **options)
    mirrored = share_law(n, 1.0 - p0, 6, temperature=temperature, **options)
    np.testing.assert_allclose(law.probability, mirrored.probability[:, ::-1], atol=1e-11)


@settings(max_examples=60, deadline=None)
@given(p=st.floats(0.0, 1.0), temperature=st.floats(0.05, 20.0))
def test_sharpening_moves_towards_the_majority(p, temperature):
    sharp = float(sharpen(p, temperature))
    assert 0.0 <= sharp <= 1.0
    assert sharp == pytest.approx(plain_sharpen(p, temperature), abs=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: share_law(0, 0.1, 5), "sample_size=0 is out of range.*at least 1"),
        (lambda: share_law(2.5, 0.1, 5), "sample_size=2.5 is out of range"),
        (lambda: share_law(2001, 0.1, 5), "sample_size=2001 is out of range.*at most 2000"),
        (lambda: share_law(10, 1.1, 5), r"share=1.1 is out of range.*\[0, 1\]"),
        (lambda: share_law(10, math.nan, 5), "share=nan is out of range"),
        (lambda: share_law(10, 0.1, -1), "generations=-1 is out of range"),
        (lambda: share_law(10, 0.1, 5, anchors=-1), "anchors=-1 is out of range"),
        (lambda: share_law(10, 0.1, 5, temperature=0.0), "temperature=0.0 is out of range"),
        (lambda: share_law(10, 0.1, 5, prior_strength=-1.0), "prior_strength=-1.0 is out of"),
        (lambda: share_law(10, 0.1, 5, prior_mean=2.0), "prior_mean=2.0 is out of range"),
        (lambda: share_law(10, 0.1, 5, anchors=1, prior_strength=1.0), "exclude each other"),
        (lambda: share_law(10, 0.1, 5).quantile(1.0), "level=1.0 is out of range"),
        (lambda: absorption_times(10, -0.1), "share=-0.1 is out of range"),
        (lambda: stationary_law(10, 0.1, 0), "anchors=0 is out of range.*absorption_times"),
        (lambda: stationary_law_with_prior(10, 0.0, 0.1), "prior_strength=0.0 is out of range"),
        (lambda: sharpen([0.1, 1.2], 0.9), "share=1.2 is out of range"),
    ],
)
def test_bad_parameters_name_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()
