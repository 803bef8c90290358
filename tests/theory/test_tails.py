"""The tail of a distribution under refitting: lumped chain, coalescent and approximations."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core.theory.coalescent import (
    expected_ancestors,
    expected_present_with_anchors,
    expected_survivors_coalescent,
)
from collapse_core.theory.tails import (
    check_probabilities,
    distinct_probabilities,
    expected_ancestors_approximation,
    expected_gini,
    expected_survivors,
    expected_survivors_approximation,
    is_exact_feasible,
    median_loss_generation,
    median_loss_generation_approximation,
    survival_probabilities,
    zipf_probabilities,
)

LANDMARKS = [1, 2, 5, 10, 20, 50, 100]
WORDS = zipf_probabilities(1000, 1.0)


# ---- references written here, independent of the modules -----------------------------------------
def binomial_row(n, p):
    return np.array([math.comb(n, j) * p**j * (1.0 - p) ** (n - j) for j in range(n + 1)])


def two_type_lost(n, p, generations):
    """P(lost by t), t = 0..generations, by the plain dense chain pushed forward."""
    chain = np.array([binomial_row(n, i / n) for i in range(n + 1)])
    law = binomial_row(n, p)
    lost = [float(p == 0.0)]
    for _ in range(generations):
        lost.append(law[0])
        law = law @ chain
    return np.array(lost)


def two_type_absent_with_anchors(n, k, p, generations):
    """P(no point in the training set of generation t) by the plain dense chain on 0..n+k."""
    total = n + k
    fresh = binomial_row(k, p)
    chain = np.array([np.convolve(binomial_row(n, i / total), fresh) for i in range(total + 1)])
    law = binomial_row(total, p)
    absent = [float(p == 0.0)]
    for _ in range(generations):
        absent.append(law[0])
        law = law @ chain
    return np.array(absent)


def multinomial_chance(counts, probabilities):
    chance = math.factorial(sum(counts))
    for count, p in zip(counts, probabilities, strict=True):
        chance *= p**count / math.factorial(count)
    return chance


def enumerate_all_states(probabilities, n, generations):
    """Mean survivors and Gini from the full multinomial chain, every state written out."""
    categories = len(probabilities)
    states = [s for s in itertools.product(range(n + 1), repeat=categories) if sum(s) == n]
    step = np.array([[multinomial_chance(b, np.array(a) / n) for b in states] for a in states])
    law = np.array([multinomial_chance(s, probabilities) for s in states])
    alive = np.array([sum(c > 0 for c in s) for s in states], dtype=float)
    gini = np.array([1.0 - sum((c / n) ** 2 for c in s) for s in states])
    survivors, diversity = [], []
    for _ in range(generations):
        survivors.append(law @ alive)
        diversity.append(law @ gini)
        law = law @ step
    return np.array(survivors), np.array(diversity)


def simulate(probabilities, n, generations, seed, runs, anchors=0):
    """Alive categories and Gini of each run, generations 1..; a direct multinomial loop."""
    rng = np.random.default_rng(seed)
    model = np.tile(probabilities, (runs, 1))
    alive, gini = [], []
    for _ in range(generations):
        counts = rng.multinomial(n, model)
        if anchors:
            counts = counts + rng.multinomial(anchors, probabilities, size=runs)
        model = counts / (n + anchors)
        alive.append((counts > 0).sum(axis=1))
        gini.append(1.0 - (model**2).sum(axis=1))
    return np.array(alive), np.array(gini)


def worst_z(samples, expected):
    error = samples.std(axis=1, ddof=1) / math.sqrt(samples.shape[1])
    return float(np.abs((samples.mean(axis=1) - expected) / error).max())


# ---- published figures ---------------------------------------------------------------------------
def test_survivors_of_a_thousand_words_match_the_reference():
    survivors = expected_survivors(WORDS, 1000, 100)
    reference = [333.75, 247.58, 150.63, 96.48, 58.87, 28.97, 16.42]
    np.testing.assert_allclose(survivors[LANDMARKS], reference, atol=0.0051)
    sampled = np.array([334.02, 247.07, 150.27, 96.52, 59.20, 29.12, 16.68])
    error = np.array([0.53, 0.52, 0.42, 0.35, 0.27, 0.17, 0.12])
    assert (np.abs(survivors[LANDMARKS] - sampled) < 3.0 * error).all()
    assert survivors[0] == 1000.0


def test_survivors_of_a_steeper_tail_match_the_reference():
    survivors = expected_survivors(zipf_probabilities(200, 1.2), 500, 100)
    reference = [99.18, 77.87, 51.39, 35.11, 22.88, 12.29, 7.44]
    np.testing.assert_allclose(survivors[LANDMARKS], reference, atol=0.0051)


def test_ancestors_match_the_reference():
    ancestors = expected_ancestors(1000, 100)
    assert ancestors[10] == pytest.approx(172.6, abs=0.05)
    assert ancestors[100] == pytest.approx(19.88, abs=0.005)
    assert ancestors[0] == ancestors[1] == 1000.0
    assert ancestors[2] == pytest.approx(1000.0 * (1.0 - 0.999**1000), rel=1e-12)


def test_species_go_long_before_gini_notices():
    survivors, gini = expected_survivors(WORDS, 1000, 10), expected_gini(WORDS, 1000, 10)
    # Against the species that the first model knows, as a class counts them.
    assert 1.0 - survivors[10] / survivors[1] == pytest.approx(0.71, abs=0.005)
    assert 1.0 - gini[10] / gini[0] == pytest.approx(0.01, abs=0.0005)


# ---- the two exact routes ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("categories", "exponent", "n"), [(1000, 1.0, 1000), (200, 1.2, 500), (30, 0.0, 7), (5, 3.0, 1)]
)
def test_chain_and_coalescent_agree(categories, exponent, n):
    p = zipf_probabilities(categories, exponent)
    chain = expected_survivors(p, n, 100)
    np.testing.assert_allclose(expected_survivors_coalescent(p, n, 100), chain, rtol=1e-10)
    np.testing.assert_allclose(expected_present_with_anchors(p, n, 0, 100), chain, rtol=1e-9)


def test_a_wrong_number_of_ancestors_is_noticed():
    p = zipf_probabilities(200, 1.0)
    chain = expected_survivors(p, 100, 20)
    ancestors = expected_ancestors(100, 20)
    mean_only = (1.0 - (1.0 - p) ** ancestors[:, np.newaxis]).sum(axis=1)  # E inside the power
    late = np.concatenate(([200.0], expected_survivors_coalescent(p, 100, 20)[:-1]))
    for wrong in (mean_only, late):
        assert not np.allclose(wrong[1:], chain[1:], rtol=1e-4)


@pytest.mark.parametrize(("n", "p"), [(1, 0.3), (2, 0.5), (20, 0.01), (60, 0.1234567), (100, 0.1)])
def test_two_categories_are_the_two_type_chain(n, p):
    lost, other = two_type_lost(n, p, 60), two_type_lost(n, 1.0 - p, 60)
    np.testing.assert_allclose(expected_survivors([p, 1.0 - p], n, 60), 2.0 - lost - other)
    survival = survival_probabilities([p, 1.0 - p], n, 60)
    np.testing.assert_allclose(survival, 1.0 - np.stack([lost, other], axis=1), atol=1e-12)


@pytest.mark.parametrize("n", [50, 200, 500])
def test_no_chance_is_above_one_by_rounding(n):
    survival = survival_probabilities([0.25] * 4, n, 2)
    assert survival.min() >= 0.0
    assert survival.max() <= 1.0


def test_the_ten_percent_colour_matches_the_reference():
    survival = survival_probabilities([0.1, 0.9], 100, 500)
    at = [1, 2, 5, 10, 20, 30, 46, 50, 65, 100, 200, 500]
    lost = [0.00003, 0.00133, 0.03787, 0.16205, 0.37369, 0.50468, 0.62687, 0.64796, 0.70794]
    lost += [0.78569, 0.86369, 0.89826]
    np.testing.assert_allclose(1.0 - survival[at, 0], lost, atol=5.1e-6)
    assert median_loss_generation([0.1, 0.9], 100, 500)[0] == 30.0


@pytest.mark.parametrize(("p", "n"), [((0.5, 0.3, 0.2), 3), ((0.7, 0.1, 0.1, 0.1), 4)])
def test_every_state_enumerated(p, n):
    survivors, gini = enumerate_all_states(p, n, 12)
    np.testing.assert_allclose(expected_survivors(p, n, 12)[1:], survivors, rtol=1e-12)
    np.testing.assert_allclose(expected_survivors_coalescent(p, n, 12)[1:], survivors, rtol=1e-12)
    np.testing.assert_allclose(expected_gini(p, n, 12)[1:], gini, rtol=1e-12)
    rounded = np.round(np.array(p) * n) / n  # a truth moved to the grid j/n is another truth
    assert not np.allclose(expected_survivors(rounded / rounded.sum(), n, 12)[1:], survivors)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sampled_runs_agree(seed):
    p = zipf_probabilities(40, 1.0)
    alive, gini = simulate(p, 50, 15, seed, runs=4000)
    exact, diversity = expected_survivors(p, 50, 15)[1:], expected_gini(p, 50, 15)[1:]
    assert worst_z(alive, exact) < 4.5
    assert worst_z(gini, diversity) < 4.5
    # The same check must reject a law one generation late, and the branching approximation.
    assert worst_z(alive, np.concatenate(([40.0], exact[:-1]))) > 10.0
    assert worst_z(alive, expected_survivors_approximation(p, 50, 15)[1:]) > 10.0
    assert worst_z(gini, expected_gini(p, 51, 14)) > 10.0


# ---- fresh anchors -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("n", "k", "p"), [(1, 1, 0.3), (20, 3, 0.05), (10, 40, 0.01), (30, 0, 0.1)]
)
def test_presence_with_anchors_is_the_two_type_chain(n, k, p):
    absent = two_type_absent_with_anchors(n, k, p, 40)
    other = two_type_absent_with_anchors(n, k, 1.0 - p, 40)
    present = expected_present_with_anchors([p, 1.0 - p], n, k, 40)
    np.testing.assert_allclose(present, 2.0 - absent - other, rtol=1e-11)
    wrong = two_type_absent_with_anchors(n + k, 0, p, 40)  # anchors taken for synthetic points
    if k:
        assert not np.allclose(present, 2.0 - wrong - other, rtol=1e-4)


@pytest.mark.parametrize(
    ("anchors", "absent"), [(1, 0.4099), (2, 0.2313), (5, 0.0631), (10, 0.0128), (20, 0.0012)]
)
def test_stationary_absence_of_the_ten_percent_colour(anchors, absent):
    present = expected_present_with_anchors([0.1, 0.9], 100, anchors, 1500)
    assert 2.0 - present[-1] == pytest.approx(absent, abs=6e-5)


def test_interpolation_equals_the_sum_category_by_category():
    p = zipf_probabilities(300, 1.0)
    whole = expected_present_with_anchors(p, 40, 5, 12)
    each = 1.0 - np.array([two_type_absent_with_anchors(40, 5, q, 12) for q in p])
    np.testing.assert_allclose(whole, each.sum(axis=0), rtol=1e-10)


@pytest.mark.parametrize("seed", [4, 5])
def test_sampled_runs_with_anchors_agree(seed):
    p = zipf_probabilities(30, 1.0)
    alive, gini = simulate(p, 40, 15, seed, runs=4000, anchors=4)
    assert worst_z(alive, expected_present_with_anchors(p, 40, 4, 15)[1:]) < 4.5
    assert worst_z(gini, expected_gini(p, 40, 15, anchors=4)[1:]) < 4.5
    assert worst_z(alive, expected_present_with_anchors(p, 40, 3, 15)[1:]) > 10.0
    assert worst_z(gini, expected_gini(p, 40, 15, anchors=3)[1:]) > 10.0


def test_many_anchors_against_a_nearly_certain_category():
    present = expected_present_with_anchors([0.9999, 0.0001], 10, 1000, 5)
    assert present[1] == pytest.approx(2.0 - 0.9999**1010, rel=1e-12)
    assert (present[1:] >= 2.0 - 0.9999**1000 - 1e-12).all()  # at least the fresh anchors' own
    np.testing.assert_array_equal(expected_present_with_anchors([1.0, 0.0], 5, 2, 3), 1.0)


# ---- Gini ----------------------------------------------------------------------------------------
def test_gini_with_anchors_follows_the_recursion_and_its_limit():
    p, n, k = zipf_probabilities(50, 1.0), 100, 1
    truth = 1.0 - (p**2).sum()
    variance, expected = 0.0, [truth]
    for _ in range(30):  # u' = a^2 u + a^2 (V* - u) / n + b^2 V* / k
        a, b = n / (n + k), k / (n + k)
        variance = a**2 * variance + a**2 * (truth - variance) / n + b**2 * truth / k
        expected.append(truth - variance)
    np.testing.assert_allclose(expected_gini(p, n, 30, anchors=k), expected, rtol=1e-13)
    for anchors, kept in [(1, 0.66445), (2, 0.7976), (5, 0.9067), (10, 0.95), (50, 0.9881)]:
        limit = expected_gini(p, n, 20_000, anchors=anchors)[-1]
        assert limit / truth == pytest.approx(kept, abs=6e-5)


def test_gini_without_anchors_shrinks_by_one_part_in_n():
    gini = expected_gini([0.1, 0.9], 100, 100)
    assert gini[10] / 2.0 == pytest.approx(0.08139, abs=6e-6)
    assert gini[100] / 2.0 == pytest.approx(0.03294, abs=6e-6)
    np.testing.assert_array_equal(expected_gini([0.5, 0.5], 1, 2), [0.5, 0.0, 0.0])
    assert expected_gini([0.5, 0.5], 10**12, 3)[-1] == pytest.approx(0.5, abs=1e-11)


# ---- approximations and order of loss ------------------------------------------------------------
def test_branching_approximation_is_a_close_lower_bound():
    exact = expected_survivors(WORDS, 1000, 100)
    approximation = expected_survivors_approximation(WORDS, 1000, 100)
    assert approximation[0] == 1000.0
    assert (approximation[1:] < exact[1:]).all()
    np.testing.assert_allclose(approximation[1:], exact[1:], rtol=0.02)


def test_branching_approximation_of_the_ten_percent_colour():
    survivors = expected_survivors_approximation([0.1, 0.9], 100, 100)
    share = expected_ancestors_approximation(100, 100) / 100.0
    lost = np.exp(-10.0 * share)
    np.testing.assert_allclose(lost[[10, 50, 100]], [0.1786, 0.681, 0.822], atol=6e-4)
    np.testing.assert_allclose(survivors[1:], 2.0 - lost[1:] - np.exp(-90.0 * share[1:]))


def test_branching_approximation_takes_large_samples():
    survivors = expected_survivors_approximation(zipf_probabilities(10_000, 1.0), 10**6, 200)
    assert survivors[1] == pytest.approx(10_000, abs=1.0)
    assert (np.diff(survivors) <= 0.0).all()
    assert survivors[-1] < 6_000


def test_ancestors_fall_like_two_n_over_t():
    approximation = expected_ancestors_approximation(1.0, 20_000)
    generations = np.array([100, 1000, 20_000])
    assert np.abs(approximation[generations] * generations / 2.0 - 1.0).max() < 0.03
    assert approximation[20_000] * 10_000 == pytest.approx(1.0, abs=2e-4 * math.log(20_000))
    refined = 2.0 / (generations + np.log(generations) / 3.0 + 0.9)
    np.testing.assert_allclose(approximation[generations], refined, rtol=1e-3)
    exact = expected_ancestors(1000, 30)
    np.testing.assert_allclose(exact, expected_ancestors_approximation(1000, 30), rtol=0.01)


def test_order_of_loss_follows_the_count():
    medians = median_loss_generation(WORDS, 1000, 600)
    assert (np.diff(medians) <= 0.0).all()
    ranks = np.array([5, 10, 50, 100]) - 1
    np.testing.assert_array_equal(medians[ranks], [77.0, 37.0, 7.0, 3.0])
    approximation = median_loss_generation_approximation(1000 * WORDS[ranks])
    np.testing.assert_allclose(approximation, [77.1, 38.5, 7.7, 3.9], atol=0.051)
    assert median_loss_generation_approximation(0.0) == 0.0


def test_median_is_the_first_crossing():
    p = zipf_probabilities(12, 1.0)
    medians = median_loss_generation(p, 30, 80)
    lost = 1.0 - survival_probabilities(p, 30, 80)
    for category, median in enumerate(medians):
        crossed = np.flatnonzero(lost[:, category] >= 0.5)
        assert median == (crossed[0] if crossed.size else np.inf)


def test_median_beyond_the_horizon_or_never_is_infinite():
    assert median_loss_generation([0.1, 0.9], 100, 29)[0] == np.inf
    np.testing.assert_array_equal(median_loss_generation([0.1, 0.9, 0.0], 20, 300)[1:], [np.inf, 0])
    for n in range(2, 12):  # from 1/2 the chance of loss tends to 1/2 and never reaches it
        assert np.isinf(median_loss_generation([0.5, 0.5], n, 1000)).all()
    np.testing.assert_array_equal(median_loss_generation([0.5, 0.5], 1, 5), [1.0, 1.0])
    assert np.isinf(median_loss_generation([0.2, 0.8], 5, 0)).all()


# ---- degenerate input, bounds, grouping ----------------------------------------------------------
def test_degenerate_input_is_a_result():
    np.testing.assert_array_equal(expected_survivors([1.0], 10, 4), 1.0)
    np.testing.assert_array_equal(expected_survivors([0.0, 1.0, 0.0], 10, 4), 1.0)
    np.testing.assert_allclose(expected_survivors_coalescent([0.0, 1.0], 10, 4), 1.0, rtol=1e-13)
    np.testing.assert_allclose(expected_survivors([0.25] * 4, 1, 3), [4, 1, 1, 1], rtol=1e-14)
    for law in (expected_survivors, expected_survivors_coalescent):
        np.testing.assert_array_equal(law([0.5, 0.5], 10, 0), [2.0])
    np.testing.assert_array_equal(expected_survivors_approximation([0.0, 1.0], 10, 0), [1.0])
    np.testing.assert_array_equal(expected_present_with_anchors([0.5, 0.5], 10, 1, 0), [2.0])
    np.testing.assert_array_equal(expected_ancestors(1, 3), 1.0)
    np.testing.assert_array_equal(survival_probabilities([0.0, 1.0], 3, 2), [[0, 1]] * 3)


def test_a_vanishing_category_keeps_its_relative_accuracy():
    tiny = 1e-15
    survival = survival_probabilities([tiny, 1.0 - tiny], 100, 3)[:, 0]
    assert survival[1] == pytest.approx(100 * tiny, rel=1e-10)
    # One point: alive next time with chance 1 - (1 - 1/n)^n.
    assert survival[2] == pytest.approx(100 * tiny * (1.0 - 0.99**100), rel=1e-10)


def test_grouping_gives_the_probabilities_back():
    p = np.concatenate([np.full(500, 1e-3), zipf_probabilities(7, 1.0) / 2.0, [0.0]])
    values, group = distinct_probabilities(p)
    assert values.size == 9
    np.testing.assert_allclose(values[group], p, rtol=1e-13)
    assert np.bincount(group).sum() == p.size


def test_zipf_probabilities():
    np.testing.assert_allclose(zipf_probabilities(3, 1.0), np.array([6, 3, 2]) / 11)
    np.testing.assert_allclose(zipf_probabilities(4, 0.0), 0.25)
    np.testing.assert_array_equal(zipf_probabilities(1, 2.0), [1.0])


def test_feasibility():
    assert is_exact_feasible(1000, 100)
    assert is_exact_feasible(1, 0)
    assert not is_exact_feasible(10**6, 1)
    assert not is_exact_feasible(5000, 10**5)


distributions = st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=12).map(
    lambda weights: np.array(weights) / sum(weights)
)


@settings(max_examples=40, deadline=None)
@given(p=distributions, n=st.integers(1, 60), anchors=st.integers(0, 20))
def test_bounds(p, n, anchors):
    exact = expected_survivors(p, n, 12)
    slack = 1e-9
    assert exact[0] == p.size
    assert (exact[1:] >= 1.0 - slack).all()
    assert (exact[1:] <= min(n, p.size) + slack).all()
    assert (np.diff(exact) <= slack).all()
    np.testing.assert_allclose(expected_survivors_coalescent(p, n, 12), exact, rtol=1e-10)
    np.testing.assert_allclose(survival_probabilities(p, n, 12).sum(axis=1), exact, rtol=1e-12)
    assert (expected_survivors_approximation(p, n, 12) <= exact + slack).all()
    present = expected_present_with_anchors(p, n, anchors, 12)
    assert (present[1:] >= exact[1:] - slack).all()
    assert (present <= p.size + slack).all()
    gini = expected_gini(p, n, 12, anchors)
    assert (gini >= -slack).all()
    assert (gini <= 1.0 - 1.0 / p.size + slack).all()
    assert (np.diff(gini) <= slack).all()


# ---- bad input -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("probabilities", "message"),
    [
        ([0.5, 0.4], r"probabilities has the sum 0\.9.*Divide them by their sum"),
        ([1.5, -0.5], r"probabilities holds -0\.5.*from 0 to 1.*Replace"),
        ([np.nan, 1.0], r"probabilities holds nan.*finite"),
        ([], r"probabilities=\[\].*one row.*Give one probability per category"),
        ([[0.5, 0.5]], r"probabilities=.*one row"),
        (["a"], r"probabilities=.*one row"),
    ],
)
def test_bad_probabilities(probabilities, message):
    with pytest.raises(ValueError, match=message):
        check_probabilities(probabilities)
    for law in (expected_survivors, expected_survivors_coalescent, expected_gini):
        with pytest.raises(ValueError, match="probabilities"):
            law(probabilities, 10, 5)


@pytest.mark.parametrize(
    "law",
    [
        expected_survivors,
        expected_survivors_coalescent,
        expected_survivors_approximation,
        survival_probabilities,
        median_loss_generation,
        expected_gini,
        lambda p, n, t: expected_present_with_anchors(p, n, 1, t),
        lambda p, n, t: expected_ancestors(n, t),
    ],
)
def test_bad_sizes(law):
    with pytest.raises(ValueError, match=r"sample_size=0 is out of range.*Choose 1 or more"):
        law([0.5, 0.5], 0, 5)
    with pytest.raises(ValueError, match=r"sample_size=2\.5 is out of range"):
        law([0.5, 0.5], 2.5, 5)
    with pytest.raises(ValueError, match=r"generations=-1 is out of range.*Choose"):
        law([0.5, 0.5], 5, -1)


def test_other_bad_parameters():
    with pytest.raises(ValueError, match=r"categories=0 is out of range"):
        zipf_probabilities(0, 1.0)
    with pytest.raises(ValueError, match=r"exponent=-1.* is out of range"):
        zipf_probabilities(5, -1.0)
    with pytest.raises(ValueError, match=r"expected_count=-1 is out of range.*Choose"):
        median_loss_generation_approximation(-1)
    with pytest.raises(ValueError, match=r"anchors=-1 is out of range"):
        expected_gini([0.5, 0.5], 5, 5, anchors=-1)
    with pytest.raises(ValueError, match=r"anchors=-1 is out of range"):
        expected_present_with_anchors([0.5, 0.5], 5, -1, 5)
    with pytest.raises(ValueError, match=r"sample_size=1000000 .*use an approximation"):
        expected_survivors([0.5, 0.5], 10**6, 5)
    with pytest.raises(ValueError, match=r"generations=10000 .*Choose fewer"):
        survival_probabilities(zipf_probabilities(10_000, 1.0), 10, 10_000)
