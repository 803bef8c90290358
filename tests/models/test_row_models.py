"""What every model of rows must do, whichever it is: one suite over all of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.models.base import FittedModel, Model
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.streams import generator


def covariance(rows):
    return np.cov(rows.T, bias=True)


def scott_blur(rows):
    size, dimension = rows.shape
    return (1.0 + size ** (-2.0 / (dimension + 4))) * covariance(rows)


def largest_eigenvalue_and_noise(rows):
    values, vectors = np.linalg.eigh(covariance(rows))
    values[:-1] = values[:-1].mean()
    return (vectors * values) @ vectors.T


@dataclass(frozen=True)
class Case:
    """A model and what it promises.

    ``covariance`` is that of its samples, given the rows it was fitted to; None if it promises
    none. ``keeps_points``: equal rows stay one point. ``keeps_lines``: lost directions stay lost.
    ``equivariant``: the fit to rescaled rows is the rescaled fit. ``density_error``: how far from
    1 its density may add up to on a grid of ``side`` by ``side`` points.
    """

    model: Model
    covariance: Callable | None = covariance
    keeps_points: bool = True
    keeps_lines: bool = True
    equivariant: bool = True
    density_error: float = 2e-3
    side: int = 300


def blurred(rows):
    return covariance(rows) + 0.16 * np.eye(rows.shape[1])


MODELS = {
    "one Gaussian": Case(GaussianMixtureModel(1)),
    "mixture": Case(GaussianMixtureModel(3)),
    "mixture of many": Case(GaussianMixtureModel(12)),
    "diagonal mixture": Case(GaussianMixtureModel(3, "diag"), None),
    "kernel": Case(KernelDensity(), scott_blur),
    "kernel of fixed width": Case(
        KernelDensity(0.4), blurred, keeps_points=False, keeps_lines=False, equivariant=False
    ),
    "linear autoencoder": Case(ProbabilisticPCA(1), largest_eigenvalue_and_noise),
    "linear autoencoder of all": Case(ProbabilisticPCA(2)),
    "variational autoencoder": Case(
        VariationalAutoencoder(latent=2, hidden=16, steps=150),
        covariance=None,
        keeps_lines=False,
        density_error=0.03,
        side=70,
    ),
}


def names(**promises):
    """Return the models that promise something."""
    return [
        name
        for name, case in MODELS.items()
        if all(getattr(case, promise) == value for promise, value in promises.items())
    ]


every_model = pytest.mark.parametrize("name", MODELS)


def random(number=0):
    return generator(seeds(1)[0], number, "test of row models")


def fit(name, rows, number=0):
    return MODELS[name].model.fit(rows, random(number))


def correlated(count, number=1):
    """Return rows of a known Gaussian."""
    factor = np.array([[1.5, 0.0], [0.8, 0.6]])
    return random(number).standard_normal((count, 2)) @ factor.T + np.array([2.0, -1.0])


def blobs(count, number=2):
    """Return rows of two clusters."""
    rows = random(number).standard_normal((count, 2)) * np.array([0.7, 0.4])
    rows[: count // 3] += np.array([3.0, 2.0])
    return rows


# ------------------------------------------------------------------------- shapes and repetition


@every_model
def test_shapes_and_kinds(name):
    fitted = fit(name, blobs(60))
    made = fitted.sample(7, random())
    assert isinstance(fitted, FittedModel)
    assert made.shape == (7, 2)
    assert made.dtype == np.float64
    logs = fitted.log_density(made)
    assert logs.shape == (7,)
    assert logs.dtype == np.float64
    assert np.isfinite(logs).all()
    assert fitted.log_density(np.empty((0, 2))).shape == (0,)


@every_model
@pytest.mark.parametrize("dimension", [1, 3])
def test_rows_of_another_length(name, dimension):
    rows = random(5).standard_normal((40, dimension))
    made = fit(name, rows).sample(5, random())
    assert made.shape == (5, dimension)


@every_model
def test_same_random_numbers_same_fit_and_same_rows(name):
    first, again = (fit(name, blobs(80)) for _ in range(2))
    one, same = first.sample(50, random(3)), again.sample(50, random(3))
    np.testing.assert_array_equal(one, same)
    np.testing.assert_array_equal(first.log_density(one), again.log_density(one))
    assert not np.array_equal(one, first.sample(50, random(4)))


@every_model
def test_each_call_draws_new_rows(name):
    fitted, rng = fit(name, blobs(80)), random(3)
    assert not np.intersect1d(fitted.sample(50, rng), fitted.sample(50, rng)).size


@every_model
def test_the_rows_and_the_model_are_not_changed(name):
    rows = blobs(50)
    kept = rows.copy()
    fitted = fit(name, rows)
    logs = fitted.log_density(kept)
    fitted.sample(10, random())
    np.testing.assert_array_equal(rows, kept)
    rows[:] = 0.0
    np.testing.assert_array_equal(fitted.log_density(kept), logs)


@every_model
def test_progress_is_told_and_can_stop_the_fit(name):
    told = []
    MODELS[name].model.fit(blobs(30), random(), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert min(told) >= 0.0

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        MODELS[name].model.fit(blobs(30), random(), stop)


def test_settings_are_named_apart():
    assert len({repr(case.model) for case in MODELS.values()}) == len(MODELS)


# ----------------------------------------------------------------------------- fit, sample, judge


def too_far_from(made, mean, expected):
    """Return whether the moments of rows are beyond the limit in standard errors."""
    apart = made - mean
    products = apart[:, :, None] * apart[:, None, :]
    errors = apart.std(axis=0) / np.sqrt(len(made))
    product_errors = products.std(axis=0) / np.sqrt(len(made))
    far = np.abs(apart.mean(axis=0)) > LIMIT * errors
    return bool(
        far.any() or (np.abs(products.mean(axis=0) - expected) > LIMIT * product_errors).any()
    )


PROMISING = [name for name, case in MODELS.items() if case.covariance is not None]


@pytest.mark.parametrize("name", PROMISING)
@pytest.mark.parametrize("number", [11, 12, 13])
def test_samples_have_the_moments_of_the_fit(name, number):
    rows = correlated(300, number)
    made = fit(name, rows, number).sample(40_000, random(number + 20))
    assert not too_far_from(made, rows.mean(axis=0), MODELS[name].covariance(rows))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("kernel", covariance),
        ("kernel of fixed width", covariance),
        ("linear autoencoder of all", scott_blur),
        ("mixture", lambda rows: 1.1 * covariance(rows)),
    ],
)
def test_samples_of_another_spread_would_be_noticed(name, wrong):
    rows = correlated(300, 11)
    made = fit(name, rows).sample(40_000, random(31))
    assert too_far_from(made, rows.mean(axis=0), wrong(rows))


def grid(fitted, side):
    """Return points of a grid around what a model makes, and the area of one cell."""
    made = fitted.sample(2000, random(6))
    reach = 1.0 + np.ptp(made, axis=0)
    low, high = made.min(axis=0) - 0.3 * reach, made.max(axis=0) + 0.3 * reach
    across, up = (np.linspace(low[i], high[i], side) for i in range(2))
    points = np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1).reshape(-1, 2)
    return points, (across[1] - across[0]) * (up[1] - up[0])


def between_the_blobs(rows):
    return (rows[:, 0] > 1.2) & (rows[:, 0] < 2.2)


def disagree(fitted, sampler, side=300):
    """Return whether a model's density and the samples of another give another chance."""
    points, cell = grid(fitted, side)
    chance = np.exp(fitted.log_density(points[between_the_blobs(points)])).sum() * cell
    hits = between_the_blobs(sampler.sample(20_000, random(7)))
    return abs(hits.mean() - chance) > LIMIT * hits.std() / np.sqrt(hits.size) + 0.01


@every_model
def test_the_density_adds_up_to_one(name):
    fitted = fit(name, blobs(400))
    points, cell = grid(fitted, MODELS[name].side)
    total = (np.exp(fitted.log_density(points)) * cell).sum()
    assert total == pytest.approx(1.0, abs=MODELS[name].density_error)


@every_model
def test_the_density_is_that_of_the_samples(name):
    fitted = fit(name, blobs(400))
    assert not disagree(fitted, fitted, MODELS[name].side)


def test_the_density_of_another_model_would_be_noticed():
    assert disagree(fit("mixture", blobs(400)), fit("one Gaussian", blobs(400)))
    assert disagree(fit("kernel", blobs(400)), fit("mixture", blobs(400)))


# ------------------------------------------------------------------------------------- degenerate

DEGENERATE = {
    "all equal": np.tile([0.1, 1.0 / 3.0], (30, 1)),
    "one row": np.array([[0.1, 1.0 / 3.0]]),
    "two rows": np.array([[0.0, 0.0], [1.0, 2.0]]),
    "two distinct rows": np.repeat([[0.0, 0.0], [1.0, 2.0]], [5, 20], axis=0),
    "a constant coordinate": np.column_stack([np.linspace(-1.0, 1.0, 25) ** 3, np.full(25, 0.1)]),
    "collinear": np.linspace(-1.0, 1.0, 40)[:, None] ** 3 * np.array([1.0, 3.0]) + 0.7,
    "one far away": np.concatenate([random(8).standard_normal((40, 2)), [[1e6, -1e6]]]),
}


@every_model
@pytest.mark.parametrize("kind", DEGENERATE)
def test_degenerate_rows_are_no_error(name, kind):
    rows = DEGENERATE[kind]
    fitted = fit(name, rows)
    made = fitted.sample(20, random(9))
    assert np.isfinite(made).all()
    logs = fitted.log_density(np.concatenate([rows, made, made + 0.5]))
    assert not np.isnan(logs).any()
    for _ in range(3):  # and so on, in the loop
        made = fit(name, made).sample(20, random(10))
    assert np.isfinite(made).all()


@pytest.mark.parametrize("name", names(keeps_points=True))
@pytest.mark.parametrize("kind", ["all equal", "one row"])
def test_equal_rows_become_a_point_that_makes_itself(name, kind):
    rows = DEGENERATE[kind]
    fitted = fit(name, rows)
    np.testing.assert_array_equal(fitted.sample(6, random()), np.tile(rows[0], (6, 1)))
    at, beside = fitted.log_density(np.array([rows[0], rows[0] + 1e-6]))
    assert at >= 0.0
    assert beside == -np.inf


@pytest.mark.parametrize("name", names(keeps_lines=True))
def test_lost_directions_stay_lost(name):
    line = fit(name, DEGENERATE["collinear"])
    made = line.sample(50, random())
    across = made @ np.array([3.0, -1.0]) - 0.7 * 2.0
    if name != "diagonal mixture":  # knows no oblique line
        assert np.abs(across).max() < 1e-12
        assert np.isfinite(line.log_density(made)).all()
        assert (line.log_density(made + np.array([0.0, 1e-3])) == -np.inf).all()
    flat = fit(name, DEGENERATE["a constant coordinate"])
    made = flat.sample(50, random())
    assert set(made[:, 1]) == {0.1}
    assert np.isfinite(flat.log_density(made)).all()
    assert (flat.log_density(made + np.array([0.0, 1e-3])) == -np.inf).all()


@every_model
@pytest.mark.parametrize("scale", [1e-8, 1e8])
def test_tiny_and_huge_rows(name, scale):
    fitted = fit(name, scale * blobs(60))
    made = fitted.sample(400, random())
    assert np.isfinite(fitted.log_density(made)).all()
    if MODELS[name].equivariant:
        ratio = made.std(axis=0) / (scale * blobs(60).std(axis=0))
        assert ((ratio > 0.5) & (ratio < 2.0)).all()


@pytest.mark.parametrize("name", names(equivariant=True))
@pytest.mark.parametrize("power", [-27, 27])
def test_the_fit_to_rescaled_rows_is_the_rescaled_fit(name, power):
    scale = 2.0**power  # a power of two, so that no digit is rounded
    plain, scaled = fit(name, blobs(60)), fit(name, scale * blobs(60))
    made = plain.sample(50, random())
    np.testing.assert_allclose(scaled.sample(50, random()), scale * made, rtol=1e-9)
    shifted = plain.log_density(made) - 2 * power * np.log(2.0)
    np.testing.assert_allclose(scaled.log_density(scale * made), shifted, rtol=1e-9)


# ------------------------------------------------------------------------------------- complaints


@every_model
@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (np.empty((0, 2)), "rows holds no row"),
        (np.array([[0.0, 1.0], [np.nan, 1.0]]), "rows must be finite, but row 1"),
        (np.array([[0.0, np.inf]]), "rows must be finite, but row 0"),
        (np.zeros(5), r"rows has shape \(5,\)"),
        (np.zeros((5, 0)), r"rows has shape \(5, 0\)"),
        (np.zeros((5, 2, 2)), r"rows has shape \(5, 2, 2\)"),
        (np.array([["a", "b"]]), "rows must be numbers"),
    ],
)
def test_bad_rows_are_named(name, rows, message):
    with pytest.raises(ValueError, match=message):
        fit(name, rows)


@every_model
def test_rows_of_the_wrong_length_cannot_be_judged(name):
    fitted = fit(name, blobs(30))
    with pytest.raises(ValueError, match="rows has 3 numbers per row"):
        fitted.log_density(np.zeros((4, 3)))
    with pytest.raises(ValueError, match="rows must be finite"):
        fitted.log_density(np.full((1, 2), np.nan))
    with pytest.raises(ValueError, match="count=0 "):
        fitted.sample(0, random())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: GaussianMixtureModel(0), "components=0 .*from 1 to 200"),
        (lambda: GaussianMixtureModel(2.5), "components=2.5 "),
        (lambda: GaussianMixtureModel(2, "round"), 'covariance=\'round\' .*"full" or "diag"'),
        (lambda: GaussianMixtureModel(2, floor=0.0), "floor=0.0 "),
        (lambda: KernelDensity(-1.0), "bandwidth=-1.0 "),
        (lambda: KernelDensity(np.inf), "bandwidth=inf "),
        (lambda: ProbabilisticPCA(0), "components=0 "),
    ],
)
def test_bad_settings_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
