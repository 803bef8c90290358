"""Parameters, hashes, bounds, densities, and memories of points."""

import dataclasses
import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import collapse_core
from collapse_core import AccumulateSubsample, Anchors, ClosedLoop, Prior, Replace, families
from collapse_core.families.point_pool import PointPool
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.streams import Blocks, Streams

EXAMPLES = (
    families.Bernoulli(0.5),
    families.Binomial(1, 0.5),
    families.Binomial(2, 0.5),
    families.Poisson(0.5),
    families.Poisson(1.0),
    families.Geometric(0.5),
    families.NegativeBinomial(0.5, 1.0),
    families.NegativeBinomial(1.0, 0.5),
    families.Exponential(0.5),
    families.Gamma(0.5, 1.0),
    families.Gamma(1.0, 0.5),
    families.NormalMean(0.5, 1.0),
    families.NormalMean(1.0, 0.5),
    families.NormalVariance(0.5),
    families.Gaussian(0.5, 1.0),
    families.Gaussian(0.5, 1.0, unbiased=True),
    families.MultivariateGaussian(((1.0,),)),
    families.MultivariateGaussian(((1.0, 0.0), (0.0, 1.0))),
)
SCALAR = tuple(family for family in EXAMPLES if isinstance(family, QuadraticVarianceFamily))


def test_no_two_families_collide():
    assert len({repr(family) for family in EXAMPLES}) == len(EXAMPLES)
    assert len(set(EXAMPLES)) == len(EXAMPLES)
    for one, other in itertools.combinations(EXAMPLES, 2):
        assert one != other


@pytest.mark.parametrize("family", EXAMPLES, ids=repr)
def test_a_family_is_its_repr(family):
    assert eval(repr(family), vars(families)) == family
    assert hash(dataclasses.replace(family)) == hash(family)
    first = dataclasses.fields(family)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(family, first, 1)
    for param in family.params:
        assert hasattr(family, param.name)
        assert param.description


@pytest.mark.parametrize("name", families.__all__)
def test_defaults_of_the_sliders_make_a_family(name):
    kind = getattr(families, name)
    if kind.params:
        family = kind(**{param.name: param.default for param in kind.params})
        assert family.variance(family.truth) > 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: families.Binomial(0, 0.5), r"trials=0 .* 1 to 1,000"),
        (lambda: families.Binomial(2.5, 0.5), "trials=2.5"),
        (lambda: families.Binomial(2, 1.5), "probability=1.5 .* 0 to 1"),
        (lambda: families.Poisson(-1.0), "mean=-1.0 .* 0 to 100"),
        (lambda: families.Poisson(float("nan")), "mean=nan"),
        (lambda: families.Geometric(float("inf")), "mean=inf"),
        (lambda: families.NegativeBinomial(0.0, 1.0), "r=0.0 .* 0.1 to 100"),
        (lambda: families.Exponential("one"), "mean='one'"),
        (lambda: families.Gamma(-1.0, 1.0), "shape=-1.0"),
        (lambda: families.NormalMean(0.0, -1.0), "sd=-1.0 .* 0 to 100"),
        (lambda: families.NormalVariance(-0.1), "true_variance=-0.1"),
        (lambda: families.Gaussian(0.0, -1.0), "sd=-1.0"),
        (lambda: families.MultivariateGaussian(((1.0, 2.0), (2.0, 1.0))), "negative eigenvalues"),
        (lambda: families.MultivariateGaussian(((1.0, 0.5), (0.0, 1.0))), "symmetric"),
        (lambda: families.MultivariateGaussian(((1.0, 0.5),)), "square matrix"),
        (lambda: families.MultivariateGaussian(((1.0, 0.5), (1.0,))), "square matrix"),
        (lambda: families.MultivariateGaussian(()), "square matrix"),
        (lambda: families.MultivariateGaussian(((1e13,),)), "beyond 1e12"),
        (lambda: families.MultivariateGaussian.isotropic(21), "dimension=21 .* 1 to 20"),
    ],
)
def test_bad_parameters_say_what_to_do(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("family", "mean"),
    [
        (families.Poisson(1.0), -0.5),
        (families.Binomial(5, 0.5), 5.5),
        (families.Exponential(1.0), -1.0),
        (families.Gaussian(0.0, 1.0), (0.0, -1.0)),
        (families.Gaussian(0.0, 1.0), 0.0),
        (families.MultivariateGaussian.isotropic(2), (1.0, 2.0, 1.0)),
        (families.MultivariateGaussian.isotropic(2), (1.0, 0.0)),
    ],
    ids=repr,
)
def test_a_prior_outside_the_family_is_refused(family, mean):
    loop = ClosedLoop(family, Prior(1.0, mean), 5, 3)
    for run in (lambda: loop.simulate(5, seed=1), loop.exact):
        with pytest.raises(ValueError, match="is no mean parameter of"):
            run()


@pytest.mark.parametrize("family", SCALAR, ids=repr)
def test_variance_function_and_variance_agree(family):
    means = np.linspace(0.05, 0.95, 7) * (family.highest if family.highest < 50 else 3.0)
    assert family.variance(means) == pytest.approx(family.variance_function(means))
    assert family.boundary.endswith(".")


def test_there_is_one_variance_function_of_a_family():
    core = Path(collapse_core.__file__).parent
    named = [
        (path.name, found)
        for path in core.rglob("*.py")
        for found in re.findall(r"^ *def (\w*variance_function\w*)\(", path.read_text(), re.M)
    ]
    assert [path for path, name in named if name == "variance_function_of"] == [
        "variance_functions.py"
    ]


@pytest.mark.parametrize(
    "family",
    [
        *SCALAR,
        families.Bernoulli(0.3),
        families.Gaussian(2.0, 1.0),
        families.Gaussian(-3.0, 0.5),
        families.Gaussian(2.0, 0.0),
    ],
    ids=repr,
)
def test_a_variance_function_is_the_truths_variance_at_the_truth(family):
    function, mean = variance_function_of(family), mean_coordinate(family)
    truth = float(family.variance(family.truth))
    assert float(function(mean)) == pytest.approx(truth, abs=1e-12)
    # And its averages are those of the loop: inside + (-v2) outside is the truth's variance.
    law = ClosedLoop(family, Anchors(2), 7, 12).exact()
    assert law.diversity - function.v2 * law.variance == pytest.approx(truth, abs=1e-9)


@pytest.mark.parametrize("family", SCALAR, ids=repr)
def test_density_has_the_mean_and_the_variance_it_should(family):
    mean = float(family.truth)
    if isinstance(family, families.Gamma) and family.shape < 1:
        return  # infinite at 0, so that no grid can integrate it
    grid = family.support_grid(mean)
    step = grid[1] - grid[0]
    weights = family.density(mean, grid) * step
    assert weights.sum() == pytest.approx(1.0, abs=0.02)
    statistic = grid**2 if isinstance(family, families.NormalVariance) else grid
    center = (weights * statistic).sum()
    assert center == pytest.approx(mean, abs=0.02)
    spread = (weights * (statistic - center) ** 2).sum()
    assert spread == pytest.approx(float(family.variance(family.truth)), rel=0.03)


def test_density_of_a_gaussian():
    family = families.Gaussian(1.0, 2.0)
    grid = family.support_grid((1.0, 4.0))
    density = family.density((1.0, 4.0), grid)
    assert density.sum() * (grid[1] - grid[0]) == pytest.approx(1.0, abs=1e-3)
    assert family.density((1.0, 0.0), [0.0, 1.0]).tolist() == [0.0, np.inf]
    assert np.all(np.diff(family.support_grid((1.0, 0.0))) > 0)
    assert "variance" in family.boundary


@pytest.mark.parametrize("family", SCALAR, ids=repr)
def test_a_model_without_diversity_can_be_drawn(family):
    grid = family.support_grid(0.0)
    assert np.all(np.diff(grid) > 0)
    density = family.density(0.0, grid)
    assert density.shape == grid.shape
    assert not np.isnan(density).any()


def test_a_wide_count_grid_is_thinned():
    grid = families.Poisson(1.0).support_grid(1e6)
    assert grid.size < 2100
    assert families.Binomial(1000, 0.5).support_grid(3.0)[-1] == 1000


def test_a_covariance_is_unpacked_as_it_was_packed():
    family = families.MultivariateGaussian(((2.0, 0.5, 0.1), (0.5, 1.0, 0.0), (0.1, 0.0, 3.0)))
    assert np.array_equal(family.covariance_of(family.truth), np.array(family.covariance))
    assert float(family.variance(family.truth)) == 6.0
    factor = family.state_of(family.truth)
    assert family.mean_of(factor) == pytest.approx(family.truth)
    assert np.array_equal(factor, np.tril(factor))
    assert family.coordinates == 3
    assert "direction" in family.boundary


@settings(max_examples=40, deadline=None)
@given(
    index=st.integers(0, len(EXAMPLES) - 1),
    size=st.integers(1, 10**12),
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(0, 50),
)
def test_runs_stay_inside_the_family(index, size, seed, count):
    family = EXAMPLES[index]
    if isinstance(family, families.Gaussian) and family.unbiased:
        size = max(size, 2)
    paths = ClosedLoop(family, Anchors(count), size, 4).simulate(3, seed)
    first = paths.mean if paths.mean.ndim == 2 else paths.mean[..., 0]
    assert np.isfinite(paths.mean).all()
    assert first.min() >= family.lowest
    assert first.max() <= family.highest
    assert paths.diversity.min() >= 0


@settings(max_examples=30, deadline=None)
@given(
    index=st.integers(0, len(SCALAR) - 1),
    size=st.integers(1, 10**12),
    strength=st.floats(0, 1e6),
)
def test_inside_and_outside_add_up_to_the_truth(index, size, strength):
    family = SCALAR[index]
    for policy in (Replace(), Prior(strength), Anchors(3, fresh=False)):
        law = ClosedLoop(family, policy, size, 20).exact()
        kept = law.diversity - family.variance_function.v2 * law.variance
        truth = float(family.variance(family.truth))
        assert kept == pytest.approx(truth, rel=1e-6, abs=1e-9 * (1 + law.diversity.max()))


@pytest.mark.parametrize("family", EXAMPLES, ids=repr)
def test_more_replicates_leave_the_first_ones_alone(family):
    for policy in (Anchors(1), AccumulateSubsample()):
        loop = ClosedLoop(family, policy, 3, 4)
        few, many = loop.simulate(5, 1), loop.simulate(405, 1)
        assert np.array_equal(few.mean, many.mean[:5])
        assert not np.array_equal(many.mean[:200], many.mean[200:400])


def test_a_pool_that_does_not_fit_is_refused():
    loop = ClosedLoop(families.Poisson(1.0), AccumulateSubsample(), 10**6, 100)
    with pytest.raises(ValueError, match=r"keep 20,000,000,000 numbers .* 20,000,000 .*Accumulate"):
        loop.simulate(1, seed=1)
    assert loop.exact().mean is not None


def pool_of(replacement, rows=2000):
    pool = PointPool(Streams(1, "subsample", Blocks.of(rows, rows, False)), 10, replacement)
    pool.add(np.tile(np.arange(6.0), (rows, 1)))
    pool.add(np.tile(np.arange(6.0, 10.0), (rows, 1)))
    return pool


@pytest.mark.parametrize("replacement", [False, True])
def test_every_point_of_a_pool_is_picked_as_often(replacement):
    pool = pool_of(replacement)
    for _ in range(3):  # also after earlier samples have moved points around
        sample = pool.sample(4)
        counts = np.bincount(sample.astype(int).ravel(), minlength=10)
        chance = 0.4
        assert np.all(np.abs(counts / 2000 - chance) < 5 * np.sqrt(chance / 2000))
        repeats = [len(set(row)) < 4 for row in sample.tolist()]
        assert any(repeats) == replacement


def test_pairs_of_a_pool_are_picked_together_as_they_should():
    sample = pool_of(False).sample(4)
    both = (sample == 0).any(axis=1) & (sample == 9).any(axis=1)
    chance = 4 * 3 / 90
    assert abs(both.mean() - chance) < 5 * np.sqrt(chance / 2000)


def test_a_pool_gives_no_more_than_it_has():
    with pytest.raises(ValueError, match=r"count=11 .* holds 10"):
        pool_of(False).sample(11)
    whole = pool_of(False).sample(10)
    assert np.array_equal(np.sort(whole, axis=1), np.tile(np.arange(10.0), (2000, 1)))


def test_importing_the_families_loads_no_scipy():
    code = "import sys, collapse_core.families; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


QUADRATICS = [  # v0, v1, v2 of Morris 1982, by hand
    (families.Bernoulli(0.2), (0.0, 1.0, -1.0)),
    (families.Binomial(4, 0.2), (0.0, 1.0, -0.25)),
    (families.NormalMean(0.5, 3.0), (9.0, 0.0, 0.0)),
    (families.Poisson(2.0), (0.0, 1.0, 0.0)),
    (families.Gamma(4.0, 2.0), (0.0, 0.0, 0.25)),
    (families.Exponential(2.0), (0.0, 0.0, 1.0)),
    (families.Geometric(2.0), (0.0, 1.0, 1.0)),
    (families.NegativeBinomial(4.0, 2.0), (0.0, 1.0, 0.25)),
    (families.NormalVariance(2.0), (0.0, 0.0, 2.0)),
]


@pytest.mark.parametrize(("family", "known"), QUADRATICS, ids=lambda value: repr(value)[:20])
def test_variances_are_the_quadratics_of_the_table(family, known):
    function, mean = variance_function_of(family), mean_coordinate(family)
    assert (function.v0, function.v1, function.v2) == pytest.approx(known)
    variance = known[0] + known[1] * mean + known[2] * mean**2
    assert float(family.variance(family.truth)) == pytest.approx(variance)
    # And of numbers that are drawn: averages of 50 vary by V/50.
    runs = ClosedLoop(family, Replace(), 50, 1).simulate(20_000, seed=3)
    drawn = runs.mean[:, 1]
    found, error = 50.0 * drawn.var(), 50.0 * drawn.var() * np.sqrt(4.0 / 20_000)
    assert abs(drawn.mean() - mean) < 4.0 * drawn.std() / np.sqrt(20_000)
    assert abs(found - variance) < 4.0 * error
    assert abs(found - 1.5 * variance) > 4.0 * error
