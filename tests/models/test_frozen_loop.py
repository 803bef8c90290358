"""One frozen map, iterated: against its exact law, and against maps known by hand."""

import numpy as np
import pytest

from collapse_core.data.images import digits
from collapse_core.models.frozen_loop import (
    Listening,
    Translators,
    different_rows,
    iterate,
    singular_values,
)
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.streams import generator
from collapse_core.theory.fed_back import fed_back_variance

SEEDS = (1, 2, 3)
ROWS = 4000


def cloud(seed, rows=ROWS):
    deviations = np.sqrt([5.0, 2.0, 0.6, 0.5, 0.4])
    return generator(seed, 0, "cloud").normal(size=(rows, 5)) * deviations + 3.0


def along_axes(fitted, rows):
    """Return the variance of rows along the axes that the model keeps."""
    return ((rows - fitted.mean) @ fitted.kept.axes).var(axis=0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("noise", "listening"),
    [("code", (1.0, False)), ("code and row", (1.0, True)), ("none", (0.0, False))],
)
def test_a_linear_model_that_listens_to_itself_follows_its_law(seed, noise, listening):
    real = cloud(seed)
    fitted = ProbabilisticPCA(2).fit(real, generator(seed, 0, "fit"))
    law = fed_back_variance(fitted.spectrum[:2], fitted.noise_variance, 12, noise)
    for number, rows in enumerate(iterate(Listening(fitted, *listening), real, 12, seed)):
        measured = along_axes(fitted, rows)
        error = law[number] * np.sqrt(2.0 / ROWS)  # of the variance of normal rows
        assert (np.abs(measured - law[number]) < 4.0 * error + 1e-9).all(), number


def test_a_wrong_law_is_found_out():
    real = cloud(1)
    fitted = ProbabilisticPCA(2).fit(real, generator(1, 0, "fit"))
    law = fed_back_variance(fitted.spectrum[:2], fitted.noise_variance, 12, "code")
    rows = list(iterate(Listening(fitted, 1.0, True), real, 12, 1))[-1]
    apart = np.abs(along_axes(fitted, rows) - law[-1]) / (law[-1] * np.sqrt(2.0 / ROWS))
    assert apart.max() > 8.0


def test_the_code_is_as_uncertain_as_the_model_says():
    real = cloud(4)
    fitted = ProbabilisticPCA(2).fit(real, generator(4, 0, "fit"))
    precision = np.eye(2) + fitted.loadings.T @ fitted.loadings / fitted.noise_variance
    expected = np.sqrt(np.diag(np.linalg.inv(precision)))
    np.testing.assert_allclose(fitted.code_deviation(real[:3]), np.tile(expected, (3, 1)))


def test_a_variational_autoencoder_listens_too():
    images = digits().training_images[:200]
    fitted = VariationalAutoencoder(latent=4).fit(images, generator(5, 0, "fit"))
    assert fitted.code_deviation(images).shape == (200, 4)
    assert (fitted.code_deviation(images) > 0.0).all()
    silent = list(iterate(Listening(fitted, 0.0), images, 5, 1))
    noisy = list(iterate(Listening(fitted, 1.0), images, 5, 1))
    left = [len(different_rows(rows, 0.02)[0]) for rows in (images, silent[1], silent[-1])]
    assert left[0] >= left[1] >= left[2], "without noise, images become the same"
    assert not np.allclose(silent[-1], noisy[-1])
    again = list(iterate(Listening(fitted, 1.0), images, 5, 1))
    np.testing.assert_array_equal(noisy[-1], again[-1])


def test_two_translators_without_noise_go_round():
    rows = np.arange(12.0).reshape(4, 3)
    turn = Translators(lambda rows: np.roll(rows, 1, axis=1), lambda rows: -rows)
    found = list(iterate(turn, rows, 6, 1))
    np.testing.assert_array_equal(found[6], rows)
    assert not np.array_equal(found[3], rows)


def test_real_rows_are_laid_in():
    still = Translators(lambda rows: rows, lambda rows: rows)
    rows, real = np.zeros((10, 2)), np.ones((3, 2))
    counts = [int(found[:, 0].sum()) for found in iterate(still, rows, 3, 1, real, 0.2)]
    assert counts[:2] == [0, 2]
    assert 2 <= counts[2] <= 4
    with pytest.raises(ValueError, match=r"share=0\.2 needs real rows"):
        list(iterate(still, rows, 3, 1, share=0.2))


def test_rows_that_are_near_count_as_one():
    rows = np.array([[0.0, 0.0], [5.0, 5.0], [0.01, 0.0], [5.0, 5.01], [9.0, 0.0]])
    kept, owner = different_rows(rows, 0.1)
    assert kept.tolist() == [0, 1, 4]
    assert owner.tolist() == [0, 1, 0, 1, 2]
    assert different_rows(rows, 1e-6)[0].tolist() == [0, 1, 2, 3, 4]


def test_singular_values_of_a_linear_map_are_exact():
    matrix = generator(6, 0, "matrix").normal(size=(3, 4))
    values = singular_values(lambda points: points @ matrix, np.zeros((5, 3)) + 2.0)
    np.testing.assert_allclose(values, np.tile(np.linalg.svd(matrix)[1], (5, 1)), atol=1e-8)


def test_singular_values_of_a_curved_map():
    points = np.array([[0.3, -1.2]])
    values = singular_values(lambda given: np.sin(given) * [1.0, 3.0], points)
    np.testing.assert_allclose(
        values[0], sorted(np.abs(np.cos([0.3, -1.2]) * [1, 3]))[::-1], rtol=1e-6
    )


def test_bad_parameters_are_named():
    still = Translators(lambda rows: rows, lambda rows: rows)
    with pytest.raises(ValueError, match="share=2"):
        list(iterate(still, np.zeros((2, 2)), 1, 1, np.zeros((1, 2)), 2))
    with pytest.raises(ValueError, match="apart=0"):
        different_rows(np.zeros((2, 2)), 0)
    with pytest.raises(ValueError, match="code_noise=-1"):
        Listening(ProbabilisticPCA(1).fit(cloud(1, 20), generator(1, 0, "fit")), -1)
