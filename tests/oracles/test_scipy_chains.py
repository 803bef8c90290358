"""Chains, against SciPy's linear algebra: eigenvectors, powers, Lyapunov's equation."""

import numpy as np
import pytest
from scipy import linalg, stats

from collapse_core.markov import FiniteChain, LinearChain, card_shuffle, cycle, surfer
from collapse_core.theory.two_colours import absorption_times, share_law, stationary_law

pytestmark = pytest.mark.oracle("SciPy, chains")

SEEDS = (1, 2, 3)
SIZE, SHARE = 40, 0.1


def refits(anchors=0):
    """Return the chain of two colours, from SciPy's binomial laws: 0 to SIZE + anchors blue."""
    most = SIZE + anchors
    share = np.arange(most + 1)[:, np.newaxis] / most
    points = stats.binom.pmf(np.arange(SIZE + 1), SIZE, share)
    real = stats.binom.pmf(np.arange(anchors + 1), anchors, SHARE)
    return np.array([np.convolve(row, real) for row in points])


def left_eigenvectors(transition):
    """Return the laws that a chain leaves as they are, one for each eigenvalue 1."""
    values, vectors = linalg.eig(transition, left=True, right=False)
    laws = np.real(vectors[:, np.abs(values - 1.0) < 1e-9]).T
    return laws / laws.sum(axis=1, keepdims=True)


def some_chain(seed, states=12):
    rows = np.random.default_rng(seed).dirichlet(np.ones(states), states)
    return FiniteChain(rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stationary_law_is_the_left_eigenvector(seed):
    chain = some_chain(seed)
    (law,) = left_eigenvectors(chain.transition)
    np.testing.assert_allclose(chain.stationary_law(), law, atol=1e-12)
    (right,) = left_eigenvectors(chain.transition.T)
    assert np.abs(chain.stationary_law() - right).max() > 1e-2, "rows are not columns"
    moduli = np.sort(np.abs(linalg.eigvals(chain.transition)))[::-1]
    np.testing.assert_allclose(chain.eigenvalue_moduli(), moduli, atol=1e-12)
    assert chain.spectral_gap() == pytest.approx(1.0 - moduli[1], abs=1e-12)


@pytest.mark.parametrize(
    "chain", [surfer([[0, 1, 1], [1, 0, 0], [0, 1, 0]], 0.85), cycle(7), card_shuffle()]
)
def test_known_chains_rest_where_scipy_says(chain):
    (law,) = left_eigenvectors(chain.transition)
    np.testing.assert_allclose(chain.stationary_law(), law, atol=1e-12)


@pytest.mark.parametrize("generations", [1, 7, 50])
def test_two_colours_are_the_power_of_the_matrix(generations):
    known = share_law(SIZE, SHARE, generations).probability
    first = stats.binom.pmf(np.arange(SIZE + 1), SIZE, SHARE)
    law = first @ np.linalg.matrix_power(refits(), generations - 1)
    np.testing.assert_allclose(known[generations], law, atol=1e-12)
    late = first @ np.linalg.matrix_power(refits(), generations)
    assert np.abs(known[generations] - late).max() > 1e-4, "a generation later is another law"


def test_two_colours_forget_at_the_pace_of_the_eigenvalues():
    # prod (1 - i/n), i < j: Feller 1951, and the diversity falls by the second of them, 1 - 1/n.
    values = np.sort(np.real(linalg.eigvals(refits())))[::-1]
    known = np.cumprod(np.concatenate([[1.0, 1.0], 1.0 - np.arange(1, SIZE) / SIZE]))
    np.testing.assert_allclose(values[:12], known[:12], atol=1e-9)
    assert np.abs(values[:12] - np.roll(known, 1)[:12]).max() > 1e-3


def test_two_colours_end_after_as_long_as_the_fundamental_matrix_says():
    inner = refits()[1:-1, 1:-1]
    times = linalg.solve(np.eye(SIZE - 1) - inner, np.ones(SIZE - 1))
    first = stats.binom.pmf(np.arange(SIZE + 1), SIZE, SHARE)
    known = absorption_times(SIZE, SHARE)
    assert known.mean == pytest.approx(1.0 + first[1:-1] @ times, rel=1e-9)
    assert known.mean != pytest.approx(first[1:-1] @ times, rel=1e-3)


@pytest.mark.parametrize("anchors", [1, 3])
def test_anchored_colours_rest_in_the_left_eigenvector(anchors):
    (law,) = left_eigenvectors(refits(anchors))
    known = stationary_law(SIZE, SHARE, anchors).probability
    np.testing.assert_allclose(known, law, atol=1e-10)
    (other,) = left_eigenvectors(refits(anchors + 1))
    assert np.abs(known[:SIZE] - other[:SIZE]).max() > 1e-3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_linear_chain_solves_the_equation_of_lyapunov(seed):
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((4, 4))
    matrix *= 0.9 / np.abs(linalg.eigvals(matrix)).max()
    half = rng.standard_normal((4, 4))
    noise = half @ half.T
    known = LinearChain(matrix, noise).stationary_covariance()
    theirs = linalg.solve_discrete_lyapunov(matrix, noise)
    np.testing.assert_allclose(known, theirs, rtol=1e-8, atol=1e-8 * np.abs(theirs).max())
    turned = linalg.solve_discrete_lyapunov(matrix.T, noise)
    assert np.abs(known - turned).max() > 1e-2 * np.abs(theirs).max()
