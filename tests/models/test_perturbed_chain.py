"""The second loop, encode, push, decode, against its exact law for a linear autoencoder."""

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.perturbed_chain import PerturbedChain
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.streams import generator
from collapse_core.theory.linear_chain import principal_axis_law

GENERATIONS = 4
DIMENSION, LATENT = 5, 2


def training_rows(seed, count=2000):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((count, DIMENSION)) * [3.0, 2.0, 1.0, 0.8, 0.6] + 4.0


def fitted_model(seed):
    rows = training_rows(seed)
    return rows, ProbabilisticPCA(LATENT).fit(rows, generator(seed, 0, "fit"))


def matrices(model):
    """Return encoder and decoder as matrices, from what they do to unit vectors."""
    encoder = (model.encode(model.mean + np.eye(DIMENSION)) - model.encode(model.mean[None])).T
    decoder = (model.decode(np.eye(LATENT)) - model.decode(np.zeros((1, LATENT)))).T
    return encoder, decoder


def law_of(model, strength, start_mean, start_covariance):
    """Return the mean and the covariance of each generation: m' = A m, C' = A C A^T + Q."""
    encoder, decoder = matrices(model)
    transition, push = decoder @ encoder, strength**2 * decoder @ decoder.T
    moments = [(start_mean, start_covariance)]
    for _ in range(GENERATIONS):
        mean, covariance = moments[-1]
        moments.append((transition @ mean, transition @ covariance @ transition.T + push))
    return moments


def disagreements(generations, law, basis):
    """Return how many standard errors means and second moments are off, at most, along a basis."""
    worst = 0.0
    for step in generations[1:]:
        along = step.rows @ basis
        mean = law[step.number][0] @ basis
        covariance = basis.T @ law[step.number][1] @ basis
        error = along.std(axis=0) / np.sqrt(len(along))
        worst = max(worst, float((np.abs(along.mean(axis=0) - mean) / error).max()))
        products = (along - mean)[:, :, None] * (along - mean)[:, None, :]
        error = products.std(axis=0) / np.sqrt(len(along))
        worst = max(worst, float((np.abs(products.mean(axis=0) - covariance) / error).max()))
    return worst


@pytest.mark.parametrize("seed", seeds(3))
def test_one_row_follows_the_exact_mean_and_covariance(seed):
    _, model = fitted_model(seed)
    start = model.mean + np.array([2.0, -3.0, 1.0, 0.5, 0.0])
    chain = PerturbedChain(model, 0.4)
    copies = np.tile(start, (20_000, 1))
    generations = [
        step.__class__(step.number, step.rows - model.mean, None)
        for step in chain.iterate(copies, GENERATIONS, seed)
    ]
    basis = model.kept.axes  # off these axes there is nothing left to compare
    zero = np.zeros((DIMENSION, DIMENSION))
    law = law_of(model, 0.4, start - model.mean, zero)
    assert disagreements(generations, law, basis) < LIMIT
    wrong = law_of(model, 0.45, start - model.mean, zero)
    assert disagreements(generations, wrong, basis) > LIMIT
    elsewhere = law_of(model, 0.4, 1.05 * (start - model.mean), zero)
    assert disagreements(generations, elsewhere, basis) > LIMIT


def variance_apart(rows, model, strength, seed, wrong=1.0):
    law = principal_axis_law(
        model.spectrum[:LATENT], wrong * model.noise_variance, strength, GENERATIONS
    )
    worst = 0.0
    for step in PerturbedChain(model, strength).iterate(rows, GENERATIONS, seed):
        along = (step.rows - model.mean) @ model.kept.axes
        expected = law.variance[step.number] * model.spectrum[:LATENT]
        error = expected * np.sqrt(2.0 / len(rows)) + 1e-12
        worst = max(worst, float((np.abs(np.square(along).mean(axis=0) - expected) / error).max()))
    return worst


@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("strength", [0.0, 0.5])
def test_many_rows_follow_the_law_along_each_axis(seed, strength):
    rows, model = fitted_model(seed)
    rows = np.tile(rows, (10, 1))
    assert variance_apart(rows, model, strength, seed) < LIMIT
    assert variance_apart(rows, model, strength, seed, wrong=1.5) > LIMIT


def test_without_a_push_the_first_pass_projects_and_every_pass_shrinks():
    rows, model = fitted_model(seeds(1)[0])
    steps = [step.rows - model.mean for step in PerturbedChain(model, 0.0).iterate(rows, 3, 1)]
    factor = 1.0 - model.noise_variance / model.spectrum[:LATENT]
    along = steps[0] @ model.kept.axes
    for number, step in enumerate(steps[1:], start=1):
        np.testing.assert_allclose(step @ model.kept.axes, along * factor**number, atol=1e-10)
        residual = step - step @ model.kept.axes @ model.kept.axes.T
        np.testing.assert_allclose(residual, 0.0, atol=1e-10)
    signal = model.spectrum[:LATENT] - model.noise_variance
    np.testing.assert_allclose(factor, signal / (signal + model.noise_variance))


def test_the_closed_form_solves_the_recursion_and_tends_to_its_limit():
    law = principal_axis_law(np.array([9.0, 4.0, 1.5]), 1.0, 0.3, 400)
    again = law.factor**2 * law.variance[:-1] + 0.09 * law.factor
    np.testing.assert_allclose(law.variance[1:], again, rtol=1e-12)
    np.testing.assert_allclose(law.variance[-1], law.limit, rtol=1e-9)
    np.testing.assert_allclose(law.kept[3], law.factor**3)
    assert (np.diff(law.memory, axis=0) <= 0.0).all()
    assert law.memory[0] == pytest.approx(np.ones(3))
    # The weaker an axis, the sooner it forgets.
    assert (np.diff(law.memory[1:20], axis=1) < 0.0).all()


def test_the_law_without_noise_or_without_a_push():
    still = principal_axis_law(np.array([2.0]), 0.0, 0.0, 5)
    np.testing.assert_array_equal(still.variance, np.ones((6, 1)))
    assert still.limit == [1.0]
    walk = principal_axis_law(np.array([2.0]), 0.0, 0.5, 4)
    np.testing.assert_allclose(walk.variance[:, 0], 1.0 + 0.25 * np.arange(5))
    assert walk.limit == [np.inf]
    gone = principal_axis_law(np.array([2.0]), 2.0, 0.5, 2)
    np.testing.assert_array_equal(gone.variance[:, 0], [1.0, 0.0, 0.0])
    np.testing.assert_array_equal(gone.memory[:, 0], [1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((np.array([0.0]), 0.0, 0.1, 2), "eigenvalues"),
        ((np.array([1.0]), 2.0, 0.1, 2), "noise_variance"),
        ((np.array([1.0]), 0.5, -0.1, 2), "strength"),
        ((np.array([1.0]), 0.5, 0.1, -2), "generations"),
    ],
)
def test_bad_numbers_for_the_law_are_refused(arguments, name):
    with pytest.raises(ValueError, match=name):
        principal_axis_law(*arguments)


# ------------------------------------------------------------------------------------- the chain


def test_the_same_seed_gives_the_same_chain_and_a_probe_changes_nothing():
    rows, model = fitted_model(1)
    chain = PerturbedChain(model, 0.3)
    alone = [step.rows for step in chain.iterate(rows[:50], 3, 9)]
    watched = list(chain.iterate(rows[:50], 3, 9, probe=np.full(DIMENSION, 5.0)))
    for before, step in zip(alone, watched, strict=True):
        np.testing.assert_array_equal(before, step.rows)
        assert step.probe.shape == (DIMENSION,)
    np.testing.assert_array_equal(watched[0].probe, np.full(DIMENSION, 5.0))
    assert [step.number for step in watched] == [0, 1, 2, 3]
    other = [step.rows for step in chain.iterate(rows[:50], 3, 10)]
    assert not np.array_equal(alone[1], other[1])
    assert next(chain.iterate(rows[:50], 0, 9)).probe is None


def test_starts_that_differ_are_forgotten_by_a_variational_autoencoder_too():
    rows = training_rows(2, 400)
    model = VariationalAutoencoder(latent=2, hidden=16, steps=300).fit(rows, generator(2, 0, "fit"))
    chain = PerturbedChain(model, 0.5)
    starts = np.repeat(rows[[0, 1]], 500, axis=0)
    *_, last = chain.iterate(starts, 30, 2)
    first, second = last.rows[:500], last.rows[500:]
    error = np.sqrt((first.var(axis=0) + second.var(axis=0)) / 500)
    assert np.isfinite(last.rows).all()
    assert (np.abs(first.mean(axis=0) - second.mean(axis=0)) < LIMIT * error).all()
    assert last.rows.var(axis=0).sum() > 0.0


@pytest.mark.parametrize("strength", [-0.1, 11.0, np.nan])
def test_a_bad_strength_is_refused(strength):
    with pytest.raises(ValueError, match="strength"):
        PerturbedChain(fitted_model(0)[1], strength)


def test_a_bad_probe_is_refused():
    rows, model = fitted_model(0)
    with pytest.raises(ValueError, match="numbers per row"):
        list(PerturbedChain(model, 0.1).iterate(rows[:3], 1, 0, probe=np.zeros(3)))
