"""The variational autoencoder: gradient, divergence, bound, and what it does with poor data."""

import math
import sys

import numpy as np
import pytest
from law_check import LIMIT, seeds
from scipy import stats
from scipy.optimize import check_grad

from collapse_core.models.adam import Adam
from collapse_core.models.principal_axes import PrincipalAxes
from collapse_core.models.variational_autoencoder import (
    FittedVariationalAutoencoder,
    VariationalAutoencoder,
)
from collapse_core.models.variational_network import (
    VariationalNetwork,
    Workspace,
    normal_divergence,
)
from collapse_core.streams import generator

QUICK = VariationalAutoencoder(latent=2, hidden=16, steps=300, batch=64, passes=1000)


def two_moons(count, rng):
    angle = np.pi * rng.random(count)
    moon = rng.random(count) < 0.5
    points = np.column_stack([np.cos(angle), np.sin(angle)])
    points[moon] = np.array([1.0, 0.5]) - points[moon]
    return points + 0.08 * rng.standard_normal(points.shape)


# ---------------------------------------------------------------------------------- the gradient


def loss_and_slope(seed):
    rng = np.random.default_rng(seed)
    network = VariationalNetwork(dimension=3, hidden=4, latent=2)
    flat = network.start(rng) + 0.1 * rng.standard_normal(network.size)
    batch = np.column_stack([rng.standard_normal((5, 3)), np.ones(5)])
    noise = rng.standard_normal((5, 2))
    work = Workspace(network, 5, np.float64)

    def loss(flat):
        return network.loss(flat, np.empty_like(flat), batch, noise, work)[0]

    def slope(flat):
        gradient = np.empty_like(flat)
        network.loss(flat, gradient, batch, noise, work)
        return gradient

    return loss, slope, flat


def gradient_error(loss, slope, flat):
    return check_grad(loss, slope, flat, epsilon=1e-7) / np.linalg.norm(slope(flat))


@pytest.mark.parametrize("seed", seeds(5))
def test_the_gradient_is_that_of_the_loss(seed):
    assert gradient_error(*loss_and_slope(seed)) < 1e-5


@pytest.mark.parametrize("place", [0, 20, 40, 60, -2, -1])
def test_a_wrong_gradient_is_noticed(place):
    loss, slope, flat = loss_and_slope(seeds(1)[0])

    def wrong(flat):
        gradient = slope(flat)
        gradient[place] += 0.01 * np.linalg.norm(gradient)
        return gradient

    assert gradient_error(loss, wrong, flat) > 1e-3


def test_the_loss_is_the_negative_bound():
    rng = np.random.default_rng(seeds(1)[0])
    network = VariationalNetwork(3, 4, 2)
    flat = network.start(rng)
    rows, noise = rng.standard_normal((6, 3)), rng.standard_normal((6, 2))
    mean, log_variance = network.encode(flat, rows)
    latents = mean + np.exp(0.5 * log_variance) * noise
    residual = rows - network.decode(flat, latents)
    likelihood = stats.norm.logpdf(residual, scale=math.exp(0.5 * flat[-1])).sum(axis=1)
    expected = (normal_divergence(mean, log_variance).sum(axis=1) - likelihood).mean()
    batch = np.column_stack([rows, np.ones(6)])
    work = Workspace(network, 6, np.float64)
    loss, squared = network.loss(flat, np.empty_like(flat), batch, noise, work)
    assert loss == pytest.approx(expected, rel=1e-12)
    assert squared == pytest.approx(np.square(residual).mean(), rel=1e-12)


def divergence_apart(mean, log_variance, formula, seed, draws=200_000):
    """Return by how many standard errors Monte Carlo and a formula for the divergence differ."""
    deviation = math.exp(0.5 * log_variance)
    z = mean + deviation * np.random.default_rng(seed).standard_normal(draws)
    ratios = stats.norm.logpdf(z, mean, deviation) - stats.norm.logpdf(z)
    return abs(ratios.mean() - formula) / (ratios.std() / math.sqrt(draws))


@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize(("mean", "log_variance"), [(0.5, -1.0), (-2.0, 0.7), (0.0, -4.0)])
def test_the_divergence_agrees_with_monte_carlo(seed, mean, log_variance):
    formula = float(normal_divergence(np.array(mean), np.array(log_variance)))
    assert divergence_apart(mean, log_variance, formula, seed) < LIMIT
    assert divergence_apart(mean, log_variance, 1.03 * formula, seed) > LIMIT


def test_adam_finds_the_lowest_point():
    place, goal = np.zeros(3), np.array([1.0, -2.0, 0.5])
    adam = Adam(place)
    for step in range(800):
        adam.step(np.array([1.0, 100.0, 0.01]) * (place - goal), 0.05 * (1 - step / 800))
    np.testing.assert_allclose(place, goal, atol=1e-3)


# ------------------------------------------------------------------------------------ the density


def nearly_linear(seed, small=1e-4):
    """Return an autoencoder whose units work where tanh is straight, and its Gaussian law."""
    rng = np.random.default_rng(seed)
    network = VariationalNetwork(dimension=4, hidden=2, latent=2)
    flat = network.start(rng)
    layers = network.layers(flat)
    loadings = rng.standard_normal((2, 4))
    layers.decoder[:-1], layers.decoder[-1] = small * np.eye(2), 0.0
    layers.output[:-1] = loadings / small
    noise = 0.3
    flat[-1] = math.log(noise)
    precision = np.eye(2) + loadings @ loadings.T / noise
    layers.encoder[:-1], layers.encoder[-1] = small * loadings.T / noise, 0.0
    layers.posterior[:-1, :2] = np.linalg.inv(precision) / small
    layers.posterior[:-1, 2:] = 0.0
    layers.posterior[-1, 2:] = np.log(np.diag(np.linalg.inv(precision)))
    frame = PrincipalAxes(np.ones(4), np.eye(4), np.full(4, 2.0))
    fitted = FittedVariationalAutoencoder(network, flat, frame, np.zeros(0))
    covariance = 4.0 * (loadings.T @ loadings + noise * np.eye(4))
    return fitted, stats.multivariate_normal(np.ones(4), covariance)


@pytest.mark.parametrize("seed", seeds(3))
def test_the_estimate_of_the_density_is_that_of_the_gaussian_it_amounts_to(seed):
    fitted, law = nearly_linear(seed)
    rows = law.rvs(400, random_state=seed)
    difference = fitted.log_density(rows) - law.logpdf(rows)
    assert abs(difference.mean()) < 0.05
    assert difference.std() < 0.3
    wrong = stats.multivariate_normal(np.ones(4), 1.3 * law.cov)
    assert abs((fitted.log_density(rows) - wrong.logpdf(rows)).mean()) > 0.05


@pytest.mark.parametrize("seed", seeds(2))
def test_samples_have_the_covariance_of_the_model_output_noise_included(seed):
    fitted, law = nearly_linear(seed)
    count = 40_000
    rows = fitted.sample(count, generator(seed, 0, "sample"))

    def apart(covariance):
        white = (rows - 1.0) @ np.linalg.inv(np.linalg.cholesky(covariance)).T
        return abs(white.T @ white / count - np.eye(4)).max() * math.sqrt(count / 2)

    assert apart(law.cov) < LIMIT
    assert apart(law.cov - 4.0 * 0.9 * 0.3 * np.eye(4)) > LIMIT


@pytest.mark.parametrize("seed", seeds(2))
def test_gaussian_data_are_learned_nearly_as_well_as_can_be(seed):
    rng = np.random.default_rng(seed)
    loadings = np.array([[2.0, 1.0, 0.0, -1.0, 0.5], [0.0, 1.0, 1.5, 1.0, -1.0]])
    truth = stats.multivariate_normal(np.zeros(5), loadings.T @ loadings + 0.2 * np.eye(5))
    model = VariationalAutoencoder(latent=2, hidden=32, steps=1200)
    fitted = model.fit(truth.rvs(3000, random_state=rng), generator(seed, 0, "fit"))
    fresh = truth.rvs(3000, random_state=rng)
    shortfall = truth.logpdf(fresh) - fitted.log_density(fresh)
    error = shortfall.std() / math.sqrt(len(fresh))
    assert -LIMIT * error < shortfall.mean() < 0.2
    bound = -fitted.losses[-200:].mean()
    assert bound < fitted.log_density(fresh).mean() + 0.1
    # The best Gaussian without correlations is far worse: the latent coordinates are in use.
    alone = stats.norm.logpdf(fresh, scale=np.sqrt(np.diag(truth.cov))).sum(axis=1)
    assert fitted.log_density(fresh).mean() > alone.mean() + 1.0


def test_the_density_of_points_in_the_plane_adds_up_to_one():
    rows = two_moons(400, np.random.default_rng(3))
    fitted = VariationalAutoencoder.for_points().fit(rows, generator(3, 0, "fit"))
    across, up = np.linspace(-3.0, 4.0, 90), np.linspace(-3.0, 3.5, 90)
    places = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    cell = (across[1] - across[0]) * (up[1] - up[0])
    assert np.exp(fitted.log_density(places)).sum() * cell == pytest.approx(1.0, abs=0.06)
    # Two moons are better described than by the best Gaussian.
    gaussian = stats.multivariate_normal(rows.mean(axis=0), np.cov(rows.T)).logpdf(rows)
    assert fitted.log_density(rows).mean() > gaussian.mean() + 0.3


def test_the_density_does_not_depend_on_what_else_is_asked():
    rows = two_moons(3000, np.random.default_rng(5))
    fitted = QUICK.fit(rows, generator(5, 0, "fit"))
    together = fitted.log_density(rows)
    np.testing.assert_allclose(together[2900:], fitted.log_density(rows[2900:]), rtol=1e-9)
    assert np.isfinite(fitted.log_density(np.array([[1e3, -1e3]]))).all()
    assert fitted.log_density(np.zeros((0, 2))).shape == (0,)


# -------------------------------------------------------------------------------------- the fit


def test_the_same_stream_gives_the_same_model_and_rows():
    rows = two_moons(200, np.random.default_rng(1))
    first, again, other = (QUICK.fit(rows, generator(seed, 0, "fit")) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first.parameters, again.parameters)
    assert not np.array_equal(first.parameters, other.parameters)
    draws = [first.sample(50, generator(seed, 0, "rows")) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert not np.array_equal(draws[0], draws[2])


def test_the_loss_goes_down_and_nats_do_not_depend_on_the_unit():
    rows = two_moons(300, np.random.default_rng(2))
    fitted = QUICK.fit(rows, generator(2, 0, "fit"))
    assert fitted.losses.shape == (QUICK.steps,)
    assert fitted.losses[-50:].mean() < fitted.losses[:10].mean() - 0.5
    large = QUICK.fit(1000.0 * rows + 5.0, generator(2, 0, "fit"))
    shift = large.log_density(1000.0 * rows + 5.0) - fitted.log_density(rows)
    assert shift.mean() == pytest.approx(-2.0 * math.log(1000.0), abs=0.1)


def test_encoding_and_decoding_brings_rows_back_nearly():
    rows = two_moons(300, np.random.default_rng(4))
    fitted = VariationalAutoencoder.for_points().fit(rows, generator(4, 0, "fit"))
    codes = fitted.encode(rows)
    assert codes.shape == (300, 2)
    error = np.square(fitted.decode(codes) - rows).mean()
    assert error < 0.2 * rows.var(axis=0).mean()
    assert error == pytest.approx(fitted.output_deviation**2, rel=0.8)


def test_few_rows_are_not_learned_by_heart():
    rng = np.random.default_rng(6)
    rows, fresh = rng.standard_normal((40, 20)), rng.standard_normal((500, 20))
    usual = VariationalAutoencoder().fit(rows, generator(6, 0, "fit"))
    assert len(usual.losses) == 80
    by_heart = VariationalAutoencoder(passes=2000).fit(rows, generator(6, 0, "fit"))
    assert len(by_heart.losses) == 1600
    assert by_heart.log_density(rows).mean() > usual.log_density(rows).mean()
    assert by_heart.log_density(fresh).mean() < usual.log_density(fresh).mean() - 1.0


class StoppedError(Exception):
    pass


def test_the_report_is_told_how_far_the_fit_is_and_can_stop_it():
    heard = []
    rows = two_moons(50, np.random.default_rng(0))
    QUICK.fit(rows, generator(0, 0, "fit"), heard.append)
    assert heard[0] == 0.0
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
    assert len(heard) > 20

    def stop(share):
        heard.append(share)
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        QUICK.fit(rows, generator(0, 0, "fit"), stop)
    assert 0.5 < heard[-1] < 0.6


@pytest.mark.parametrize("rows", [[[0.3, -2.0, 7.0]], [[0.3, -2.0, 7.0]] * 40])
def test_equal_rows_come_back_and_nothing_else(rows):
    fitted = QUICK.fit(np.array(rows), generator(1, 0, "fit"))
    np.testing.assert_array_equal(fitted.sample(5, generator(1, 0, "rows")), [rows[0]] * 5)
    np.testing.assert_array_equal(fitted.encode(np.array(rows[:1])), np.zeros((1, 2)))
    np.testing.assert_array_equal(fitted.decode(np.ones((2, 2))), [rows[0]] * 2)
    density = fitted.log_density(np.array([rows[0], [0.3, -2.0, 7.1]]))
    np.testing.assert_array_equal(density, [np.inf, -np.inf])
    assert fitted.output_deviation == 0.0


@pytest.mark.parametrize(
    "rows",
    [
        [[0.0, 1.0], [1.0, 1.0]],
        [[5.0, value] for value in np.linspace(0.0, 1.0, 30)],
        [[1e-9 * value, 2e-9 * value] for value in range(20)],
        [[0.0, 0.0]] * 99 + [[1e8, 1e8]],
        [[value] for value in range(7)],
    ],
)
def test_poor_rows_give_a_model_with_finite_numbers(rows):
    rows = np.array(rows)
    fitted = QUICK.fit(rows, generator(1, 0, "fit"))
    made = fitted.sample(500, generator(1, 0, "rows"))
    assert made.shape == (500, rows.shape[1])
    assert np.isfinite(made).all()
    assert np.isfinite(fitted.log_density(rows)).all()
    assert np.isfinite(fitted.losses).all()
    assert np.abs(made - rows.mean(axis=0)).max() < 20 * np.ptp(rows, axis=0).max()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("latent", 0), ("hidden", 2.5), ("steps", 0), ("batch", -1), ("learning_rate", 0.0)],
)
def test_bad_settings_are_refused(setting, value):
    with pytest.raises(ValueError, match=f"{setting}={value}"):
        VariationalAutoencoder(**{setting: value})


@pytest.mark.parametrize("rows", [np.zeros((0, 2)), np.array([[np.nan, 1.0]]), np.zeros(4)])
def test_bad_rows_are_refused(rows):
    with pytest.raises(ValueError, match="rows"):
        QUICK.fit(rows, generator(0, 0, "fit"))


def test_every_setting_is_in_the_text_of_a_model():
    assert repr(VariationalAutoencoder()) == (
        "VariationalAutoencoder(latent=8, hidden=96, steps=1600, batch=100, learning_rate=0.03, "
        "passes=80)"
    )


# ---------------------------------------------------------------------------------------- threads


def test_a_fit_uses_one_thread_and_gives_the_others_back():
    from threadpoolctl import threadpool_info

    seen = []

    def threads():
        return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}

    before = threads()
    rows = np.random.default_rng(1).standard_normal((30, 5))
    model = VariationalAutoencoder(2, hidden=4, steps=60)
    model.fit(rows, np.random.default_rng(2), lambda share: seen.append(threads()))
    # The first report and those between the steps come from inside the fit.
    assert all(found == {1} for found in seen[:-1])
    assert len(seen) > 10
    assert threads() == before


def test_a_fit_needs_no_package_to_limit_threads(monkeypatch):
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    rows = np.random.default_rng(1).standard_normal((30, 5))
    fitted = VariationalAutoencoder(2, hidden=4, steps=9).fit(rows, np.random.default_rng(2))
    assert np.isfinite(fitted.parameters).all()
