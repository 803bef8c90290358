"""Policies: frozen recipes that can be hashed and checked."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from law_check import disagreements, seeds

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Filtered,
    Policy,
    Prior,
    Quota,
    RealFraction,
    Replace,
    Verified,
    Weighted,
    families,
)
from collapse_core.policies import Recipe

EXAMPLES = [
    Replace(),
    Anchors(0),
    Anchors(1),
    Anchors(1, fresh=False),
    Anchors(12),
    Anchors(10**12, fresh=False),
    Prior(0),
    Prior(1.0),
    Prior(1.0, 0.5),
    Prior(1e12, (0.5, 0.25)),
    Accumulate(),
    AccumulateSubsample(),
    AccumulateSubsample(replacement=True),
    RealFraction(0),
    RealFraction(1 / 3),
    RealFraction(1),
    Weighted(0.5),
    Weighted(1, 10),
    Filtered(0.9, 0.01, 0.1),
    Filtered(0.5, 0.2),
    Verified(0.9, 0.3),
    Verified(1, 1, 0.5, 1),
    Quota(2),
]


@pytest.mark.parametrize("policy", EXAMPLES, ids=repr)
def test_frozen_hashable_and_made_again_from_its_repr(policy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        policy.count = 3
    names = {kind.__name__: kind for kind in Policy.__subclasses__()}
    again = eval(repr(policy), names)
    assert again == policy
    assert hash(again) == hash(policy)
    assert isinstance(policy, Policy)


FEW_POINTS = [
    policy for policy in EXAMPLES if policy.recipe(12).fresh + policy.recipe(12).fixed < 99
]


@pytest.mark.parametrize("policy", FEW_POINTS, ids=repr)
def test_runs_agree_with_the_law(policy):
    if isinstance(getattr(policy, "mean", None), tuple):
        return  # the mean of a family with several statistics
    for family in (families.Bernoulli(0.3), families.Poisson(2.0)):
        recipe = policy.recipe(12)
        if recipe.quota and not isinstance(family, families.Bernoulli):
            continue  # it has no categories
        loop = ClosedLoop(family, policy, 12, 5)
        law = loop.exact()
        assert disagreements(loop.simulate(2000, seeds(1)[0]), law) == []
        judged = recipe.judge is not None and not isinstance(family, families.Bernoulli)
        assert (law.mean is None) == (recipe.mixed or judged)


@dataclasses.dataclass(frozen=True)
class Everything(Policy):
    """Fresh and fixed points, and a prior."""

    def recipe(self, sample_size):
        return Recipe(sample_size, fresh=2, fixed=3, pseudo_count=1.5)


@dataclasses.dataclass(frozen=True)
class OnlyOld(Policy):
    """The same real points for ever, and nothing else."""

    def recipe(self, sample_size):
        return Recipe(0, fixed=sample_size)


@pytest.mark.parametrize("family", [families.Bernoulli(0.3), families.Gaussian(0.0, 1.0)], ids=repr)
def test_recipes_that_no_law_knows_run_and_are_unknown(family):
    for policy in (Everything(), OnlyOld()):
        loop = ClosedLoop(family, policy, 20, 6)
        runs, law = loop.simulate(4000, 1), loop.exact(approximate=True)
        assert law.mean is None
        assert law.variance is None
        apart = runs.mean[:, 6].mean(axis=0) - loop.simulate(1, 1).mean[0, 0]
        first = apart if apart.ndim == 0 else apart[0]
        assert abs(first) < 0.05
    # Old points alone: every fit is the first one.
    runs = ClosedLoop(family, OnlyOld(), 20, 6).simulate(5, 1)
    assert (runs.mean[:, 1:] == runs.mean[:, 1:2]).all()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"memory": "all", "fresh": 1}, r"memory='all' excludes fresh"),
        ({"memory": "subsample", "pseudo_count": 1.0}, r"excludes pseudo_count"),
        ({"memory": "resample", "fixed": 2, "real_weight": 0.5}, r"excludes fixed, real_weight"),
        ({"real_weight": 0.5}, r"real_weight=0\.5 weighs fresh points alone, and here are none"),
        ({"real_weight": 0.5, "fresh": 1, "fixed": 1}, r"here are fresh, fixed"),
    ],
)
def test_recipes_that_the_loop_would_misread_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Recipe(10, **fields)


def test_every_policy_is_tested():
    assert {type(policy) for policy in EXAMPLES} >= {
        kind for kind in Policy.__subclasses__() if kind.__module__ == Policy.__module__
    }


# -------------------------------------------------------------------------------- recipes

sizes = st.integers(1, 10**12)


@given(sizes, st.integers(0, 10**12))
def test_anchors_are_added(size, count):
    fresh, fixed = Anchors(count).recipe(size), Anchors(count, fresh=False).recipe(size)
    assert (fresh.synthetic, fresh.fresh, fresh.fixed) == (size, count, 0)
    assert (fixed.synthetic, fixed.fresh, fixed.fixed) == (size, 0, count)


@given(sizes, st.floats(0, 1))
def test_a_real_fraction_keeps_the_total(size, share):
    recipe = RealFraction(share).recipe(size)
    assert recipe.synthetic + recipe.fresh == size
    assert min(recipe.synthetic, recipe.fresh) >= 0
    assert abs(recipe.fresh - share * size) <= 0.5 + 1e-3


@given(sizes, st.floats(0, 1e12))
def test_a_prior_adds_imaginary_points_only(size, strength):
    recipe = Prior(strength, 0.3).recipe(size)
    assert (recipe.synthetic, recipe.fresh, recipe.fixed) == (size, 0, 0)
    assert (recipe.pseudo_count, recipe.pseudo_mean) == (strength, 0.3)
    assert Prior(strength).recipe(size).pseudo_mean is None


def test_the_other_recipes():
    assert Anchors(0).recipe(9) == Prior(0).recipe(9) == RealFraction(0).recipe(9)
    assert Replace().recipe(9) == Anchors(0).recipe(9)
    assert Accumulate().recipe(9).memory == "all"
    assert AccumulateSubsample().recipe(9).memory == "subsample"
    assert AccumulateSubsample(True).recipe(9).memory == "resample"
    weighted = Weighted(0.25, 3).recipe(9)
    assert (weighted.synthetic, weighted.fresh, weighted.real_weight) == (9, 3, 0.25)
    assert RealFraction(1).recipe(9).synthetic == 0
    assert Filtered(0.0, 0.0, 0.25).recipe(9).real_chance == 0.25
    assert Verified(0.5, 0.25).recipe(9).judge == Verified(0.5, 0.25).judge
    assert Quota(0).recipe(9) == Replace().recipe(9)


def test_a_bare_policy_has_no_recipe():
    with pytest.raises(NotImplementedError, match="use one of its subclasses"):
        Policy().recipe(3)


# -------------------------------------------------------------------------------- validation


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Anchors(-1), r"count=-1 .* a whole number from 0 to 1,000,000,000,000\. Choose"),
        (lambda: Anchors(0.5), r"count=0\.5 .* a whole number"),
        (lambda: Anchors(10**12 + 1), r"count=1000000000001 is out of range"),
        (lambda: Anchors("3"), r"count='3'"),
        (lambda: Prior(-0.1), r"strength=-0\.1 .* a number from 0 to"),
        (lambda: Prior(math.inf), r"strength=inf"),
        (lambda: Prior(1, math.nan), r"mean=nan"),
        (lambda: Prior(1, (0.5, "a")), r"mean='a'"),
        (lambda: RealFraction(1.01), r"share=1\.01 .* from 0 to 1\. Choose a value from 0 to 1\."),
        (lambda: RealFraction(-0.01), r"share=-0\.01"),
        (lambda: Weighted(1.5), r"real_weight=1\.5 .* from 0 to 1\."),
        (lambda: Weighted(0.5, 0), r"count=0 .* whole number from 1 to"),
        (lambda: Anchors(1, "no"), r"fresh='no' .* True or False"),
        (lambda: Anchors(1, "false"), r"fresh='false'"),
        (lambda: Anchors(1, None), r"fresh=None"),
        (lambda: Anchors(1, 0.5), r"fresh=0\.5"),
        (lambda: AccumulateSubsample("no"), r"replacement='no'"),
        (lambda: families.Gaussian(0.0, 1.0, "no"), r"unbiased='no'"),
        (lambda: families.LimitedCategorical((1.0,), infinite_data="no"), r"infinite_data='no'"),
    ],
)
def test_bad_parameters(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("mean", [-0.1, 1.1, (0.5,), (0.5, 0.5)])
def test_a_prior_mean_that_is_no_share(mean):
    for size in (10, 5000):
        loop = ClosedLoop(families.Bernoulli(0.1), Prior(2.0, mean), size, 2)
        for run in (lambda loop=loop: loop.simulate(1, seed=1), loop.exact):
            with pytest.raises(ValueError, match=r"^mean="):
                run()
    with pytest.raises(ValueError, match=r"mean="):
        loop.exact()


def test_numbers_are_kept_in_one_form():
    assert repr(Anchors(3.0, 1)) == "Anchors(count=3, fresh=True)"
    assert repr(Prior(2, [0, 1])) == "Prior(strength=2.0, mean=(0.0, 1.0))"
    assert repr(Weighted(1, 2.0)) == "Weighted(real_weight=1.0, count=2)"
    assert repr(AccumulateSubsample(0)) == "AccumulateSubsample(replacement=False)"
