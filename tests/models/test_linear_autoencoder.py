"""Probabilistic PCA against its closed form, against scikit-learn, and in its limits."""

import numpy as np
import pytest
from law_check import seeds
from scipy import stats
from sklearn.decomposition import PCA

from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.streams import generator


def random(number=0):
    return generator(seeds(1)[0], number, "test of the linear autoencoder")


def cloud(count=200, dimension=6, number=1):
    mixing = random(number).standard_normal((dimension, dimension))
    scales = 2.0 ** -np.arange(dimension)
    return random(number + 1).standard_normal((count, dimension)) * scales @ mixing + 3.0


def fit(rows, components):
    return ProbabilisticPCA(components).fit(rows, random())


def implied(fitted):
    """Return the covariance that the model says rows have."""
    noise = fitted.noise_variance * np.eye(len(fitted.mean))
    return fitted.loadings @ fitted.loadings.T + noise


@pytest.mark.parametrize("components", [1, 2, 5])
@pytest.mark.parametrize("count", [4, 200])  # fewer rows than coordinates, and many
def test_the_closed_form(components, count):
    rows = cloud(count)
    fitted = fit(rows, components)
    values, vectors = np.linalg.eigh(np.cov(rows.T, bias=True))
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    noise = values[components:].mean()
    np.testing.assert_allclose(fitted.mean, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(fitted.spectrum, values, atol=1e-12 * values[0])
    assert fitted.noise_variance == pytest.approx(noise, abs=1e-12 * values[0])
    strengths = np.maximum(values[:components] - noise, 0.0)
    expected = (vectors[:, :components] * strengths) @ vectors[:, :components].T
    loadings = fitted.loadings
    assert loadings.shape == (6, components)
    np.testing.assert_allclose(loadings @ loadings.T, expected, atol=1e-11 * values[0])
    gram = loadings.T @ loadings
    np.testing.assert_allclose(gram, np.diag(strengths), atol=1e-11 * values[0])


@pytest.mark.oracle("scikit-learn, PCA")
@pytest.mark.parametrize("components", [1, 3, 5])
def test_scikit_learn_says_the_same(components):
    rows = cloud()
    fitted = fit(rows, components)
    # scikit-learn divides by n - 1: rows that are shrunken a little have our covariance there.
    shrunken = rows.mean(axis=0) + (rows - rows.mean(axis=0)) * np.sqrt(1.0 - 1.0 / len(rows))
    theirs = PCA(components, svd_solver="full").fit(shrunken)
    assert fitted.noise_variance == pytest.approx(theirs.noise_variance_, rel=1e-9)
    np.testing.assert_allclose(fitted.spectrum[:components], theirs.explained_variance_, rtol=1e-9)
    directions = fitted.loadings / np.linalg.norm(fitted.loadings, axis=0)
    cosines = np.abs(np.sum(directions.T * theirs.components_, axis=1))
    np.testing.assert_allclose(cosines, 1.0, rtol=1e-9)
    np.testing.assert_allclose(implied(fitted), theirs.get_covariance(), atol=1e-9)
    np.testing.assert_allclose(fitted.log_density(rows), theirs.score_samples(rows), rtol=1e-9)
    # Without the adjustment of the divisor they differ.
    assert (
        np.abs(PCA(components).fit(rows).score_samples(rows) - fitted.log_density(rows)).max()
        > 0.01
    )


@pytest.mark.parametrize("components", [1, 3, 6, 9])
def test_the_density_is_that_of_the_implied_covariance(components):
    rows = cloud()
    fitted = fit(rows, components)
    exact = stats.multivariate_normal(fitted.mean, implied(fitted)).logpdf(rows)
    np.testing.assert_allclose(fitted.log_density(rows), exact, rtol=1e-8)


def test_no_other_noise_is_more_likely():
    rows = cloud()
    fitted = fit(rows, 2)
    best = fitted.log_density(rows).mean()
    for factor in (0.9, 1.1):
        other = implied(fitted) + (factor - 1.0) * fitted.noise_variance * np.eye(6)
        assert stats.multivariate_normal(fitted.mean, other).logpdf(rows).mean() < best - 1e-3


def test_as_many_components_as_coordinates_is_the_full_gaussian():
    rows = cloud()
    for components in (6, 50):
        fitted = fit(rows, components)
        assert fitted.noise_variance == 0.0
        assert fitted.loadings.shape == (6, 6)
        np.testing.assert_allclose(implied(fitted), np.cov(rows.T, bias=True), atol=1e-10)
        np.testing.assert_allclose(fitted.decode(fitted.encode(rows)), rows, atol=1e-10)


def test_codes_are_means_of_the_latent_law():
    rows = cloud()
    fitted = fit(rows, 2)
    assert isinstance(fitted, FittedAutoencoder)
    loadings = fitted.loadings
    inner = loadings.T @ loadings + fitted.noise_variance * np.eye(2)
    expected = np.linalg.solve(inner, loadings.T @ (rows - fitted.mean).T).T
    np.testing.assert_allclose(fitted.encode(rows), expected, atol=1e-10)
    np.testing.assert_allclose(fitted.decode(np.zeros((1, 2)))[0], fitted.mean)


def test_without_noise_a_reconstruction_is_a_projection():
    inside = random(5).standard_normal((50, 2)) @ random(6).standard_normal((2, 6)) + 1.0
    fitted = fit(inside, 2)
    assert fitted.noise_variance == 0.0
    np.testing.assert_allclose(fitted.decode(fitted.encode(inside)), inside, atol=1e-10)
    moved = inside + random(7).standard_normal(inside.shape)
    basis = np.linalg.qr(fitted.loadings)[0]
    projected = fitted.mean + (moved - fitted.mean) @ basis @ basis.T
    np.testing.assert_allclose(fitted.decode(fitted.encode(moved)), projected, atol=1e-10)
    assert (fitted.log_density(moved) == -np.inf).all()
    assert np.isfinite(fitted.log_density(inside)).all()


def test_with_noise_a_reconstruction_is_shrunken():
    rows = cloud()
    fitted = fit(rows, 2)
    assert (
        fitted.decode(fitted.encode(rows)).var()
        < 0.999 * PCA(2).fit(rows).inverse_transform(PCA(2).fit_transform(rows)).var()
    )


def test_small_directions_keep_their_digits():
    rows = cloud(100, 3) - 3.0
    basis = np.linalg.qr(random(8).standard_normal((3, 3)))[0]
    graded = rows @ np.diag([1.0, 1e-5, 1e-10]) @ basis
    # In the covariance itself the smallest eigenvalue, 1e-20 of the largest, would be lost.
    assert fit(graded, 3).spectrum[2] > 0.0
    assert 1e-23 < fit(graded, 2).noise_variance < 1e-17


def test_codes_of_the_wrong_length_are_named():
    fitted = fit(cloud(), 2)
    with pytest.raises(ValueError, match="latents has 3 numbers per row"):
        fitted.decode(np.zeros((1, 3)))
