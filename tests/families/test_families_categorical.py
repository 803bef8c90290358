"""K categories: draws, laws, and two colours as the case K = 2."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_check import LIMIT, disagreements, seeds
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
from collapse_core.families import Categorical, LimitedCategorical
from collapse_core.families.categorical import _hypergeometric, _singly
from collapse_core.families.living_categories import multinomial
from collapse_core.streams import generator

FIVE = (0.5, 0.25, 0.15, 0.07, 0.03)
POLICIES = [
    Replace(),
    Anchors(3),
    Anchors(3, fresh=False),
    Prior(2.0),
    Prior(2.0, (0.1, 0.1, 0.1, 0.2, 0.5)),
    Accumulate(),
    AccumulateSubsample(),
    AccumulateSubsample(replacement=True),
    RealFraction(0.2),
    RealFraction(1.0),
    Weighted(0.3, 4),
]


def rng(number=0):
    return generator(seeds(8)[number], 0, "test")


# ------------------------------------------------------------------------------------- parameters


def test_probabilities_are_divided_by_their_sum_and_can_be_a_key():
    family = Categorical((0.1,) * 9 + (0.1 + 5e-10,))
    assert family.truth.sum() == pytest.approx(1.0, abs=1e-15)
    assert eval(repr(family)) == family
    assert hash(dataclasses.replace(family)) == hash(family)
    assert Categorical([0.25, 0.75]) == Categorical((0.25, 0.75))
    assert repr(Categorical((0.25, 0.75))) != repr(LimitedCategorical((0.25, 0.75)))
    assert Categorical((0.25, 0.75)) != LimitedCategorical((0.25, 0.75))
    with pytest.raises(ValueError, match="read-only"):
        family.truth[0] = 1.0


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).filter(lambda w: sum(w) > 1e-3))
@settings(max_examples=60, deadline=None)
def test_dividing_twice_changes_nothing(weights):
    family = Categorical(tuple(np.array(weights) / sum(weights)))
    assert Categorical(family.probabilities) == family


@pytest.mark.parametrize(
    ("probabilities", "message"),
    [
        ((), "one row of 1 to 10,000 numbers. Give one probability per category"),
        (((0.5, 0.5),), "one row"),
        ("half", "probabilities='half' is out of range"),
        (tuple([1e-4] * 10_001), "one row of 1 to 10,000"),
        ((0.5, -0.1, 0.6), r"probabilities\[1\]=-0.1 is out of range.*Replace it"),
        ((0.5, float("nan")), r"probabilities\[1\]=nan"),
        ((0.5, 0.4), "the sum 0.9, out of range: the sum must be 1.*Divide each by the sum"),
        ((0.0, 0.0), "the sum 0, out of range"),
    ],
)
def test_probabilities_that_are_refused(probabilities, message):
    with pytest.raises(ValueError, match=message):
        Categorical(probabilities)


def test_a_prior_must_be_probabilities_of_the_same_categories():
    for mean in (0.5, (0.5, 0.5), (0.9, 0.2, 0.1, 0.0, 0.0), (1.5, -0.5, 0.0, 0.0, 0.0)):
        loop = ClosedLoop(Categorical(FIVE), Prior(1.0, mean), 10, 2)
        with pytest.raises(ValueError, match="no mean parameter of Categorical"):
            loop.simulate(1, 1)


def test_large_families_share_streams_in_smaller_blocks():
    assert Categorical(FIVE).replicate_block == 200
    uniform = Categorical(tuple([1e-4] * 10_000))
    assert uniform.replicate_block == 20
    assert len(repr(uniform)) < 100_000


@pytest.mark.parametrize("categories", [5, 3000])
def test_more_replicates_leave_the_first_as_they_are(categories):
    family = Categorical(tuple(np.full(categories, 1 / categories)))
    loop = ClosedLoop(family, Anchors(2), 20, 3)
    few, many = loop.simulate(3, 5), loop.simulate(2 * family.replicate_block + 1, 5)
    np.testing.assert_array_equal(few.mean, many.mean[:3])


# ------------------------------------------------------------------------------------------ draws


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_models_are_probabilities(policy, temperature):
    mean = ClosedLoop(Categorical(FIVE), policy, 20, 15, temperature).simulate(50, 3).mean
    assert mean.shape == (50, 16, 5)
    assert mean.min() >= 0.0
    assert np.abs(mean.sum(axis=2) - 1.0).max() < 1e-13


def chi_square(counts, expected):
    keep = expected > 0
    assert counts[~keep].sum() == 0
    return stats.chisquare(counts[keep], expected[keep]).pvalue


@pytest.mark.parametrize("method", ["multinomial", "singly"])
def test_both_ways_to_draw_have_the_multinomial_law(method):
    truth = np.array([0.5, 0.0, 0.3, 0.2, 0.0])
    rows, points = 20_000, 3
    draw = {
        "multinomial": lambda: multinomial(np.tile(truth, (rows, 1)), points, rng()),
        "singly": lambda: _singly(truth, rows, points, rng()),
    }[method]
    counts = draw()
    assert (counts.sum(axis=1) == points).all()
    seen = np.bincount(counts @ [1, 0, 4, 16, 0], minlength=49)
    expected = np.zeros(49)
    for a in range(4):
        for b in range(4 - a):
            law = stats.multinomial.pmf((a, b, 3 - a - b), points, truth[[0, 2, 3]])
            expected[a + 4 * b + 16 * (3 - a - b)] = rows * law
    assert chi_square(seen, expected) > 1e-6
    level = np.where(expected > 0, rows / np.count_nonzero(expected), 0.0)
    assert chi_square(seen, level) < 1e-6


def test_sampling_a_pool_has_the_multivariate_hypergeometric_law():
    pool = np.array([5, 0, 3, 2, 1])
    rows, points = 20_000, 4
    counts = _hypergeometric(np.tile(pool, (rows, 1)), points, rng(1))
    assert (counts.sum(axis=1) == points).all()
    assert (counts <= pool).all()
    for category, own in enumerate(pool):
        seen = np.bincount(counts[:, category], minlength=points + 1)
        law = stats.hypergeom.pmf(np.arange(points + 1), pool.sum(), own, points)
        if own:
            assert chi_square(seen, rows * law) > 1e-6
            with_replacement = stats.binom.pmf(np.arange(points + 1), points, own / pool.sum())
            assert stats.power_divergence(seen, rows * with_replacement).pvalue < 1e-6
    together = np.cov(counts[:, 0], counts[:, 2])[0, 1]
    expected = -points * (5 * 3) / 11**2 * (11 - points) / 10
    assert together == pytest.approx(expected, abs=0.03)


def test_taking_the_whole_pool_leaves_no_choice():
    pool = rng(2).integers(0, 5, (6, 37))
    pool[:, 0] += 60 - np.minimum(pool.sum(axis=1), 60)
    for row in pool:
        np.testing.assert_array_equal(_hypergeometric(row[None], int(row.sum()), rng(2))[0], row)


def test_rounding_never_revives_a_dead_last_category():
    class Careless:
        def multinomial(self, points, mean):
            return np.array([[points - 1, 0, 1], [points - 1, 0, 1]])

    mean = np.array([[0.4, 0.6, 0.0], [0.3, 0.4, 0.3]])
    assert multinomial(mean, 10, Careless()).tolist() == [[9, 1, 0], [9, 0, 1]]


@pytest.mark.parametrize("policy", [Replace(), Accumulate()], ids=repr)
@pytest.mark.parametrize("temperature", [1.0, 0.01, 3.0])
def test_dead_categories_stay_dead(policy, temperature):
    family = Categorical((0.0, *(np.full(300, 1 / 300)), 0.0))
    mean = ClosedLoop(family, policy, 40, 25, temperature).simulate(30, 4).mean
    assert not mean[:, :, [0, -1]].any()
    alive = mean > 0
    assert not (alive[:, 1:] & ~alive[:, :-1]).any()
    anchored = ClosedLoop(family, Anchors(5), 40, 25, temperature).simulate(30, 4).mean > 0
    assert (anchored[:, 2:] & ~anchored[:, 1:-1]).any()  # real points do bring back what was lost


@pytest.mark.parametrize("sample_size", [1, 10**6, 10**12])
def test_sample_sizes_from_one_to_very_large(sample_size):
    paths = ClosedLoop(Categorical(FIVE), Replace(), sample_size, 3).simulate(300, 2)
    apart = paths.mean[:, 1] - np.array(FIVE)
    error = np.sqrt(np.array(FIVE) * (1 - np.array(FIVE)) / sample_size)
    assert np.abs(apart.mean(axis=0) / error * np.sqrt(300)).max() < LIMIT
    assert apart.std(axis=0) / error == pytest.approx(1.0, abs=0.3)
    assert paths.absorbed[:, 1].all() == (sample_size == 1)


def test_one_category_is_a_result():
    paths = ClosedLoop(Categorical((1.0,)), Anchors(2), 5, 4, temperature=0.5).simulate(3, 1)
    assert (paths.mean == 1).all()
    assert paths.absorbed.all()
    law = ClosedLoop(Categorical((1.0,)), Replace(), 5, 4).exact()
    assert law.absorbed.tolist() == [1.0] * 5
    assert law.diversity.tolist() == [0.0] * 5


def test_a_cold_model_keeps_only_its_mode_and_ties_stay_tied():
    family = Categorical((0.3, 0.3, 0.2, 0.2))
    cold = family.sharpen(np.array([[0.3, 0.3, 0.2, 0.2], [0.0, 0.0, 1e-300, 0.0]]), 0.01)
    assert cold[0, :2] == pytest.approx(0.5)
    assert cold[0, 2:].max() < 1e-15
    assert cold[1].tolist() == [0, 0, 1, 0]


def test_summaries():
    family = Categorical((0.5, 0.5, 0.0))
    mean = np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]])
    assert family.variance(mean).tolist() == [0.5, 0.0]
    assert family.survivors(mean).tolist() == [2, 1]
    assert family.entropy(mean) == pytest.approx([np.log(2), 0.0])


# ----------------------------------------------------------------------------------- two colours


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("policy", [Replace(), Anchors(2), Anchors(2, fresh=False), Accumulate()])
@pytest.mark.parametrize("temperature", [1.0, 0.8])
def test_two_categories_have_the_law_of_two_colours(share, policy, temperature):
    two = ClosedLoop(Categorical((share, 1 - share)), policy, 30, 12, temperature).exact()
    colours = ClosedLoop(families.Bernoulli(share), policy, 30, 12, temperature).exact()
    for name in ("absorbed", "lost", "taken_over"):
        ours, theirs = getattr(two, name), getattr(colours, name)
        assert (ours is None) == (theirs is None)
        if ours is not None:
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
    if colours.mean is not None:
        np.testing.assert_allclose(two.mean[:, 0], colours.mean, rtol=0, atol=1e-12)
        np.testing.assert_allclose(two.diversity, 2 * colours.diversity, rtol=0, atol=1e-12)
        np.testing.assert_allclose(two.variance, 2 * colours.variance, rtol=0, atol=1e-12)


@pytest.mark.parametrize("policy", [Replace(), Anchors(2), Prior(1.0), AccumulateSubsample()])
def test_three_categories_of_which_one_never_was_have_the_law_of_two(policy):
    """The formula for many categories against the one for two: they share no line."""
    three = ClosedLoop(Categorical((0.2, 0.8, 0.0)), policy, 30, 12).exact()
    two = ClosedLoop(Categorical((0.2, 0.8)), policy, 30, 12).exact()
    np.testing.assert_allclose(three.diversity, two.diversity, rtol=0, atol=1e-12)
    np.testing.assert_allclose(three.variance, two.variance, rtol=0, atol=1e-12)
    if two.absorbed is not None:
        np.testing.assert_allclose(three.absorbed, two.absorbed, rtol=0, atol=1e-12)


@pytest.mark.parametrize("policy", [Replace(), Anchors(1), AccumulateSubsample()], ids=repr)
@pytest.mark.parametrize("temperature", [1.0, 0.8])
def test_two_categories_run_like_two_colours(policy, temperature):
    shares = []
    for number, family in enumerate((Categorical((0.2, 0.8)), families.Bernoulli(0.2))):
        paths = ClosedLoop(family, policy, 12, 4, temperature).simulate(6000, seeds(2)[number])
        shares.append(paths.mean[:, -1, 0] if number == 0 else paths.mean[:, -1])
    values = np.unique(np.concatenate(shares).round(9))
    table = [np.histogram(share.round(9), np.append(values, 2.0) - 1e-6)[0] for share in shares]
    table = np.array(table)
    table = table[:, table.sum(axis=0) >= 10]
    assert stats.chi2_contingency(table).pvalue > 1e-6
    other = ClosedLoop(families.Bernoulli(0.25), policy, 12, 4, temperature).simulate(6000, 1)
    assert stats.ks_2samp(shares[0], other.mean[:, -1]).pvalue < 1e-6


# -------------------------------------------------------------------------------------------- law


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_runs_agree_with_the_law(policy):
    loop = ClosedLoop(Categorical(FIVE), policy, 30, 20)
    paths, law = loop.simulate(2000, seeds(1)[0]), loop.exact()
    runs = 2000
    for generation in (1, 2, 5, 20):
        found = paths.diversity[:, generation]
        error = found.std() / np.sqrt(runs) + 1e-12
        assert abs(found.mean() - law.diversity[generation]) < LIMIT * error
        means = paths.mean[:, generation]
        errors = means.std(axis=0) / np.sqrt(runs) + 1e-12
        assert (np.abs(means.mean(axis=0) - law.mean[generation]) < LIMIT * errors).all()
        squares = ((means - law.mean[generation]) ** 2).sum(axis=1)
        error = squares.std() / np.sqrt(runs) + 1e-12
        assert abs(squares.mean() - law.variance[generation]) < LIMIT * error


@pytest.mark.parametrize("policy", [Replace(), Anchors(3), Prior(2.0), RealFraction(1.0)], ids=repr)
def test_chances_agree_with_the_law(policy):
    loop = ClosedLoop(Categorical((0.3, 0.4, 0.2, 0.1)), policy, 10, 20)
    paths, law = loop.simulate(2000, seeds(1)[0]), loop.exact()
    chances = dataclasses.replace(law, mean=None, variance=None, diversity=None)
    assert disagreements(paths, chances, (0, 1, 3, 8, 20)) == []
    if isinstance(policy, Replace):
        wrong = dataclasses.replace(chances, absorbed=law.taken_over)
        assert disagreements(paths, wrong, (20,))


def test_a_law_with_a_prior_is_the_sum_over_categories():
    prior = (0.1, 0.1, 0.1, 0.2, 0.5)
    law = ClosedLoop(Categorical(FIVE), Prior(2.5, prior), 20, 15).exact()
    alone = [
        ClosedLoop(families.Bernoulli(p), Prior(2.5, m), 20, 15).exact()
        for p, m in zip(FIVE, prior, strict=True)
    ]
    np.testing.assert_allclose(law.diversity, sum(one.diversity for one in alone), atol=1e-12)
    np.testing.assert_allclose(law.variance, sum(one.variance for one in alone), atol=1e-12)
    np.testing.assert_allclose(law.mean, np.stack([one.mean for one in alone], 1), atol=1e-12)


def test_what_lumping_cannot_know_is_not_claimed():
    law = ClosedLoop(Categorical(FIVE), Replace(), 20, 5, temperature=0.9).exact()
    assert law.diversity is None
    assert law.lost is None
    many = Categorical(tuple(np.arange(1, 31) / np.arange(1, 31).sum()))
    assert ClosedLoop(many, Replace(), 20, 5).exact().absorbed is None


# ----------------------------------------------------------------------------------- the switches


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_with_all_switches_off_the_limited_model_is_the_plain_one(policy):
    plain = ClosedLoop(Categorical(FIVE), policy, 25, 6, 0.9).simulate(30, 8)
    limited = ClosedLoop(LimitedCategorical(FIVE), policy, 25, 6, 0.9).simulate(30, 8)
    np.testing.assert_array_equal(plain.mean, limited.mean)
    assert ClosedLoop(LimitedCategorical(FIVE), policy, 25, 6).exact().diversity is not None


def test_top_p_keeps_the_fewest_categories_that_reach_it():
    family = LimitedCategorical(FIVE, top_p=0.75)
    state = np.array([FIVE, (0.1, 0.2, 0.3, 0.4, 0.0), (0.2,) * 5, (0.0, 0.0, 1.0, 0.0, 0.0)])
    cut = family.sampled_from(state, 1.0)
    np.testing.assert_allclose(cut[0], [2 / 3, 1 / 3, 0, 0, 0])
    np.testing.assert_allclose(cut[1], [0, 2 / 9, 3 / 9, 4 / 9, 0])
    np.testing.assert_allclose(cut[2], [0.25, 0.25, 0.25, 0.25, 0])
    np.testing.assert_allclose(cut[3], [0, 0, 1, 0, 0])
    tiny = LimitedCategorical(FIVE, top_p=1e-9).sampled_from(state, 1.0)
    assert (np.count_nonzero(tiny, axis=1) == 1).all()


def test_top_p_never_touches_real_points():
    family = LimitedCategorical(FIVE, top_p=0.5)
    mean = ClosedLoop(family, RealFraction(1.0), 200, 2).simulate(200, 1).mean
    assert (mean[:, 1] > 0).all(axis=1).mean() > 0.9
    kept = ClosedLoop(family, Anchors(200), 200, 5).simulate(50, 1).mean
    assert (kept[:, -1, 1:] > 0).mean() > 0.9


def test_minimum_count_drops_what_was_seen_too_seldom():
    family = LimitedCategorical(FIVE, minimum_count=3)
    average = np.array([[5, 3, 2, 0, 0], [2, 2, 2, 2, 2], [10, 0, 0, 0, 0]]) / 10
    fitted = family.fit(average, 10)
    np.testing.assert_allclose(fitted[0], [5 / 8, 3 / 8, 0, 0, 0])
    assert fitted[1].tolist() == [1, 0, 0, 0, 0]  # all dropped: the first of the most likely stays
    assert fitted[2].tolist() == [1, 0, 0, 0, 0]
    whole = np.arange(1, 1001) / 1000
    shares = np.stack([whole, 1 - whole], axis=1)
    counts = LimitedCategorical((0.5, 0.5), minimum_count=7).fit(shares, 1000)
    assert (counts[:, 0] == 0).sum() == 6  # counts 1 to 6, none by rounding


def test_infinite_data_leaves_the_other_errors_alone():
    still = LimitedCategorical(FIVE, infinite_data=True)
    mean = ClosedLoop(still, Replace(), 10, 5).simulate(1, 1).mean[0]
    np.testing.assert_allclose(mean, np.tile(FIVE, (6, 1)))
    cold = ClosedLoop(still, Replace(), 10, 5, temperature=0.5).simulate(1, 1).mean[0]
    expected = np.array(FIVE) ** (2.0**5)
    np.testing.assert_allclose(cold[5], expected / expected.sum(), rtol=1e-10)
    for policy in POLICIES:
        path = ClosedLoop(still, policy, 10, 5, temperature=0.9).simulate(1, 1).mean[0]
        noisy = ClosedLoop(Categorical(FIVE), policy, 10**10 // 30, 5, 0.9)
        if not isinstance(policy, Prior | Anchors | Weighted | AccumulateSubsample):
            np.testing.assert_allclose(noisy.simulate(1, 1).mean[0], path, atol=1e-3)
    limited = LimitedCategorical(FIVE, minimum_count=2, infinite_data=True)
    path = ClosedLoop(limited, Replace(), 20, 3).simulate(1, 1).mean[0]
    assert (path[1] > 0).tolist() == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top_p": 0.0}, "top_p=0.0 is out of range: it must be above 0"),
        ({"top_p": 1.1}, "top_p=1.1"),
        ({"minimum_count": 0}, "minimum_count=0 .* whole number"),
        ({"minimum_count": 1.5}, "minimum_count=1.5"),
    ],
)
def test_switches_that_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        LimitedCategorical(FIVE, **options)


def test_a_limited_model_claims_no_law():
    for options in ({"top_p": 0.9}, {"minimum_count": 2}, {"infinite_data": True}):
        loop = ClosedLoop(LimitedCategorical(FIVE, **options), Replace(), 10, 3)
        assert loop.exact().diversity is None
