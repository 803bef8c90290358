"""Awkward values are refused in a sentence that names parameter, value, range and remedy."""

import re

import numpy as np
import pytest

from collapse_core import (
    AccumulateSubsample,
    ClosedLoop,
    Law,
    Param,
    Replace,
    families,
)
from collapse_core.measures.samples import moments_of
from collapse_core.theory import (
    coalescent,
    gaussian_anchors,
    gaussian_refit,
    quadratic_variance,
    tails,
    two_colours,
)
from collapse_core.theory import multivariate_gaussian as many_dimensions
from collapse_core.theory.two_colours import approximations

LOOP = ClosedLoop(families.Bernoulli(0.1), Replace(), 10, 5)
PARAM = {"name": "x", "symbol": "x", "low": 0.0, "high": 1.0, "default": 0.5, "description": "x."}
BELL = quadratic_variance.QuadraticVariance(1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: families.LimitedCategorical((0.5, 0.5), top_p=1e-320),
            "top_p=1e-320 is out of range: it must be above 0, from 1e-09 to 1. "
            "Choose for example 0.9, or 1 for no cut.",
        ),
        (
            lambda: LOOP.simulate(3, 1).quantiles("a"),
            "levels='a' is out of range: it must be a number from 0 to 1. "
            "Choose a value from 0 to 1.",
        ),
        (
            lambda: LOOP.exact().is_exact("a"),
            "name='a' is out of range: it must be one of 'mean', 'variance', 'diversity', "
            "'absorbed', 'lost', 'taken_over', 'distribution'. Choose one of these.",
        ),
        (
            lambda: Law.unknown(-5),
            "generations=-5 is out of range: it must be a whole number from 0 to 1,000,000. "
            "Choose a value from 0 to 1,000,000.",
        ),
        (
            lambda: Param(**{**PARAM, "low": None}),
            "x: low=None is out of range: it must be a finite number. Choose a finite number.",
        ),
        (
            lambda: Param(**PARAM, scale="cubic"),
            "x: scale='cubic' is out of range: it must be one of 'linear', 'log'. "
            "Choose one of these.",
        ),
        (
            lambda: families.Gaussian(0, 1, unbiased="a"),
            "unbiased='a' is out of range: it must be True or False. Choose one of the two.",
        ),
        (
            lambda: AccumulateSubsample("a"),
            "replacement='a' is out of range: it must be True or False. Choose one of the two.",
        ),
        (
            lambda: LOOP.exact("no"),
            "approximate='no' is out of range: it must be True or False. Choose one of the two.",
        ),
        (
            lambda: LOOP.simulate(10**30, 1),
            f"replicates={10**30} is out of range: it must be a whole number from 1 to "
            "1,000,000,000,000,000. Choose a value from 1 to 1,000,000,000,000,000.",
        ),
        (
            lambda: moments_of([]),
            "rows has shape (0,): it must be (rows, dimension), one example per row with at least "
            "one number each.",
        ),
    ],
)  # fmt: skip
def test_is_refused_in_a_sentence(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


@pytest.mark.parametrize("replicates", [10**9, 10**12, 10**15])
@pytest.mark.parametrize("ask", ["simulate", "iterate", "states", "living", "horizon_of_runs"])
def test_more_runs_than_memory_are_refused_by_their_own_name(ask, replicates):
    loop = ClosedLoop(families.Categorical((0.5, 0.5)), Replace(), 10, 5)
    seed = () if ask == "horizon_of_runs" else (1,)
    with pytest.raises(ValueError, match=r"^replicates=1,000,0.* GB of memory"):
        getattr(loop, ask)(replicates, *seed)


def test_the_smallest_top_still_keeps_the_most_likely_category():
    family = families.LimitedCategorical((0.4, 0.6), top_p=1e-9)
    runs = ClosedLoop(family, Replace(), 10, 5).simulate(3, 1)
    np.testing.assert_array_equal(runs.mean[:, 1:], np.broadcast_to([0.0, 1.0], (3, 5, 2)))


@pytest.mark.parametrize(
    "theory",
    [
        lambda n: quadratic_variance.replace(BELL, 0.0, n, 5),
        lambda n: quadratic_variance.anchors(BELL, 0.0, n, 5, 1),
        lambda n: quadratic_variance.anchors(BELL, 0.0, n, 5, 1, fresh=False),
        lambda n: quadratic_variance.prior(BELL, 0.0, n, 5, 1.0, 0.0),
        lambda n: quadratic_variance.accumulate(BELL, 0.0, n, 5),
        lambda n: quadratic_variance.accumulate_subsample(BELL, 0.0, n, 5, replacement=True),
        lambda n: quadratic_variance.weighted(BELL, 0.0, n, 5, 1, 0.5),
        lambda n: quadratic_variance.half_life(BELL, n),
        lambda n: gaussian_refit.expected_variance(n, 5),
        lambda n: gaussian_refit.expected_squared_variance(n, 5),
        lambda n: gaussian_refit.accumulate_variance(n, 5),
        lambda n: gaussian_refit.accumulate_variance_limit(n, unbiased=True),
        lambda n: gaussian_refit.kernel_variance(n, 5, 0.1),
        lambda n: gaussian_anchors.stationary_anchored_moments(n, 1),
        lambda n: many_dimensions.spectrum_moments(n, 2, 5),
        lambda n: tails.expected_survivors((0.5, 0.5), n, 5),
        lambda n: tails.expected_gini((0.5, 0.5), n, 5),
        lambda n: coalescent.expected_ancestors(n, 5),
        lambda n: two_colours.share_law(n, 0.1, 5),
        lambda n: approximations.share_moments(n, 0.1, 5),
        lambda n: approximations.lost_approximation(n, 0.1, 5),
    ],
)
def test_theory_of_too_many_points_is_refused(theory):
    with pytest.raises(ValueError, match=r"^sample_size=1e\+308 is out of range: .*\. Choose"):
        theory(1e308)
