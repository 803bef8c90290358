"""A mixture of Gaussians: one component against exact laws, several against their truth."""

from dataclasses import dataclass

import numpy as np
import pytest
from law_check import LIMIT, seeds
from scipy import stats
from sklearn.mixture import GaussianMixture

from collapse_core.data.sources import RowSource
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.loop import ModelLoop
from collapse_core.policies import Replace
from collapse_core.streams import generator
from collapse_core.theory.gaussian_refit import expected_variance
from collapse_core.theory.multivariate_gaussian import spectrum_moments


def random(number=0):
    return generator(seeds(1)[0], number, "test of the mixture")


def three_blobs(count, number=1):
    """Return rows of three clusters with shares 1/2, 1/3 and 1/6."""
    rows = 0.3 * random(number).standard_normal((count, 2))
    rows[count // 2 :] += np.array([4.0, 0.0])
    rows[count // 2 + count // 3 :] += np.array([0.0, 4.0])
    return rows


# ---------------------------------------------------------------------------------- one component


def test_one_component_is_the_gaussian_of_maximum_likelihood():
    rows = random().standard_normal((50, 3)) @ np.diag([1.0, 1e-2, 1e2]) + 7.0
    fitted = GaussianMixtureModel(1).fit(rows, random())
    mean, covariance = fitted.moments()
    expected = np.cov(rows.T, bias=True)
    scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    np.testing.assert_allclose(mean, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(covariance / scale, expected / scale, rtol=0, atol=1e-8)
    np.testing.assert_array_equal(fitted.weights, [1.0])
    np.testing.assert_array_equal(fitted.covariances[0], covariance)
    diagonal = GaussianMixtureModel(1, "diag").fit(rows, random())
    np.testing.assert_allclose(np.diag(diagonal.moments()[1]), rows.var(axis=0), rtol=1e-12)


@dataclass(frozen=True)
class StandardNormal(RowSource):
    """Rows of independent standard normal numbers."""

    dimension: int

    def draw(self, count, rng):
        return rng.standard_normal((count, self.dimension))

    @property
    def held_out(self):
        return self.draw(10, random(99))


POINTS, GENERATIONS, RUNS = 8, 6, 400


@pytest.fixture(scope="module", params=[1, 2], ids=["1-D", "2-D"])
def covariances(request):
    """Return fitted covariances, shape (runs, generations, d, d)."""
    source = StandardNormal(request.param)
    loop = ModelLoop(GaussianMixtureModel(1), source, Replace(), POINTS, GENERATIONS)
    fits = [
        [step.fitted.moments()[1] for step in loop.iterate(seed) if step.fitted]
        for seed in range(seeds(1)[0] % 10**6, seeds(1)[0] % 10**6 + RUNS)
    ]
    return np.array(fits)


def off_by(values, expected):
    """Return by how many standard errors averages over runs differ, generation by generation."""
    errors = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return np.abs(values.mean(axis=0) - expected[1:]) / errors


def test_one_component_in_the_loop_loses_variance_as_the_exact_law_says(covariances):
    traces = np.trace(covariances, axis1=-2, axis2=-1)
    dimension = covariances.shape[-1]
    law = dimension * expected_variance(POINTS, GENERATIONS)
    assert off_by(traces, law).max() < LIMIT
    # The law of the unbiased fit, and one of one point more, must be refused.
    assert off_by(traces, dimension * expected_variance(POINTS, GENERATIONS, unbiased=True))[-1] > 6
    assert off_by(traces[:, :1], dimension * np.array([1.0, 1.0])).max() > LIMIT


def test_one_component_in_the_loop_has_the_exact_second_moments(covariances):
    law = spectrum_moments(POINTS, covariances.shape[-1], GENERATIONS, unbiased=False)
    squares = np.square(covariances).sum(axis=(-2, -1))
    assert off_by(squares, law.trace_of_square)[:3].max() < LIMIT
    unbiased = spectrum_moments(POINTS, covariances.shape[-1], GENERATIONS)
    assert off_by(squares, unbiased.trace_of_square)[2] > LIMIT


# ----------------------------------------------------------------------------- several components


def test_clusters_are_found():
    rows = three_blobs(1200)
    fitted = GaussianMixtureModel(3).fit(rows, random())
    order = np.argsort(-fitted.weights)
    np.testing.assert_allclose(fitted.weights[order], [1 / 2, 1 / 3, 1 / 6], atol=1e-6)
    truth = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]])
    np.testing.assert_allclose(fitted.means[order], truth, atol=LIMIT * 0.3 / np.sqrt(200))
    for covariance in fitted.covariances:
        np.testing.assert_allclose(covariance, 0.09 * np.eye(2), atol=LIMIT * 0.13 / np.sqrt(200))


@pytest.mark.parametrize("covariance", ["full", "diag"])
def test_the_density_is_that_of_weights_means_and_covariances(covariance):
    rows = three_blobs(300)
    fitted = GaussianMixtureModel(5, covariance).fit(rows, random())
    parts = zip(fitted.weights, fitted.means, fitted.covariances, strict=True)
    expected = sum(
        weight * stats.multivariate_normal(mean, matrix).pdf(rows) for weight, mean, matrix in parts
    )
    np.testing.assert_allclose(np.exp(fitted.log_density(rows)), expected, rtol=1e-7)
    assert fitted.weights.sum() == pytest.approx(1.0, abs=1e-12)


def test_independent_coordinates_have_no_covariance_within_a_component():
    fitted = GaussianMixtureModel(3, "diag").fit(three_blobs(300), random())
    assert not fitted.covariances[:, 0, 1].any()
    assert fitted.covariances[:, [0, 1], [0, 1]].all()


@pytest.mark.oracle("scikit-learn, mixtures")
@pytest.mark.parametrize("number", range(4))
def test_the_fit_is_as_good_as_that_of_scikit_learn(number):
    rows = three_blobs(300, number)
    ours = GaussianMixtureModel(3).fit(rows, random(number)).log_density(rows).mean()
    theirs = GaussianMixture(3, n_init=3, random_state=number).fit(rows)
    assert ours > theirs.score(rows) - 1e-3
    fewer = GaussianMixtureModel(2).fit(rows, random(number)).log_density(rows).mean()
    assert fewer < theirs.score(rows) - 0.1, "a worse fit is refused"


@pytest.mark.oracle("scikit-learn, mixtures")
@pytest.mark.parametrize("covariance", ["full", "diag"])
def test_the_density_is_that_of_scikit_learn_with_the_same_parameters(covariance):
    rows = three_blobs(300)
    fitted = GaussianMixtureModel(4, covariance).fit(rows, random())
    theirs = GaussianMixture(len(fitted.weights))
    theirs.weights_, theirs.means_ = fitted.weights, fitted.means
    theirs.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(fitted.covariances))
    places = rows + 0.2
    np.testing.assert_allclose(fitted.log_density(places), theirs.score_samples(places), rtol=1e-7)
    theirs.weights_ = np.roll(fitted.weights, 1)
    apart = np.abs(fitted.log_density(places) - theirs.score_samples(places))
    assert apart.max() > 0.01, "weights in another order are refused"


def test_the_floor_is_negligible():
    rows = 1e-6 * three_blobs(300)
    for components in (2, 8):
        mean, covariance = GaussianMixtureModel(components).fit(rows, random()).moments()
        np.testing.assert_allclose(mean, rows.mean(axis=0), rtol=1e-9)
        np.testing.assert_allclose(covariance, np.cov(rows.T, bias=True), rtol=1e-6)


def test_a_component_may_collapse_to_a_point():
    rows = np.concatenate([random().standard_normal((100, 2)), [[50.0, 50.0]]])
    fitted = GaussianMixtureModel(2).fit(rows, random())
    lonely = int(np.argmin(fitted.weights))
    assert fitted.weights[lonely] == pytest.approx(1 / 101, rel=1e-6)
    np.testing.assert_allclose(fitted.means[lonely], [50.0, 50.0], rtol=1e-6)
    deviations = np.sqrt(np.diag(fitted.covariances[lonely])) / rows.std(axis=0)
    np.testing.assert_allclose(deviations, 1e-4, rtol=1e-3)
    assert np.isfinite(fitted.log_density(rows)).all()


def test_fewer_distinct_rows_than_components():
    rows = np.repeat([[0.0, 0.0], [1.0, 5.0], [2.0, -1.0]], [10, 20, 30], axis=0)
    fitted = GaussianMixtureModel(8).fit(rows, random())
    assert sorted(fitted.weights) == pytest.approx([1 / 6, 1 / 3, 1 / 2])
    made = fitted.sample(500, random())
    nearest = np.abs(made[:, None] - rows[[0, 10, 30]]).max(axis=2).min(axis=1)
    assert nearest.max() < 1e-4 * 5 * rows.std()


def test_minus_zero_is_zero():
    rows = np.array([[0.0, 1.0], [-0.0, 1.0], [2.0, 1.0]])
    assert len(GaussianMixtureModel(3).fit(rows, random()).weights) == 2


@pytest.mark.parametrize("covariance", ["full", "diag"])
def test_many_coordinates_and_few_rows(covariance):
    rows = random().standard_normal((40, 64))
    fitted = GaussianMixtureModel(5, covariance).fit(rows, random())
    made = fitted.sample(30, random())
    assert np.isfinite(made).all()
    assert np.isfinite(fitted.log_density(made)).all()


def test_hard_rows_go_round_the_loop():
    model = GaussianMixtureModel(5, floor=1e-9)
    for number in range(8):
        rows = np.round(random(number).standard_normal((8, 8)))
        for _ in range(15):
            fitted = model.fit(rows, random(number))
            assert np.isfinite(fitted.log_density(rows)).all()
            rows = fitted.sample(8, random(number + 100))


def test_rounding_errors_are_not_outside():
    for number in range(20):
        rows = 1e3 + 1e-9 * random(number).standard_normal((8, 2))
        for _ in range(10):
            fitted = GaussianMixtureModel(1).fit(rows, random(number))
            assert (fitted.log_density(rows) > -np.inf).all()
            rows = fitted.sample(8, random(number + 200))
