"""Linear-Gaussian chains and their regimes: against simulation, and in every corner."""

import math

import numpy as np
import pytest

from collapse_core.markov import LinearChain, plane_map
from collapse_core.measures.samples import Moments, frechet_distance, moments_of

SEEDS = (1, 2, 3)
STARTS = ((3.0, 0.0), (-2.0, 2.0), (0.0, -3.0), (2.0, 2.0))


def some_chain(seed, size=3):
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(size, size))
    matrix *= 0.9 / np.abs(np.linalg.eigvals(matrix)).max()
    root = rng.normal(size=(size, size))
    return LinearChain(matrix, root @ root.T)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stationary_covariance_is_where_a_long_run_ends(seed):
    chain, rng, count = some_chain(seed), np.random.default_rng(seed), 20_000
    known = chain.stationary_covariance()
    ends = chain.simulate(np.zeros((count, 3)), 120, rng)[-1]
    error = np.sqrt((known**2 + np.outer(np.diag(known), np.diag(known))) / count)
    assert np.all(np.abs(np.cov(ends.T) - known) < 5.0 * error)
    wrong = LinearChain(chain.matrix, 1.2 * chain.noise).stationary_covariance()
    assert np.any(np.abs(np.cov(ends.T) - wrong) > 5.0 * error)
    assert np.allclose(known, chain.matrix @ known @ chain.matrix.T + chain.noise)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_law_after_each_step_is_that_of_the_points(seed):
    chain, rng, count = some_chain(seed, 2), np.random.default_rng(seed), 20_000
    points = rng.normal([3.0, 0.0], 1.0, (count, 2))
    runs = chain.simulate(points, 6, rng)
    means, spreads = chain.law_after([3.0, 0.0], np.eye(2), 6)
    for made, mean, spread in zip(runs, means, spreads, strict=True):
        error = np.sqrt(np.diag(spread) / count)
        assert np.all(np.abs(made.mean(axis=0) - mean) < 5.0 * error)
        assert frechet_distance(moments_of(made), Moments(mean, spread)) < 40.0 / count * max(
            1.0, np.trace(spread)
        )
    assert np.any(np.abs(runs[1].mean(axis=0) - means[2]) > 5.0 * error)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_starts_come_together_as_the_power_of_the_matrix_says(seed):
    chain = some_chain(seed)
    one, _ = chain.law_after([1.0, 2.0, 3.0], np.eye(3), 10)
    other, _ = chain.law_after([0.0, 0.0, 0.0], np.eye(3), 10)
    known = [np.linalg.matrix_power(chain.matrix, t) @ [1.0, 2.0, 3.0] for t in range(11)]
    assert np.allclose(one - other, known)


def test_exponents_contraction_and_rank_of_a_squeeze():
    chain = LinearChain(np.diag([0.5, 0.0]), np.diag([1.0, 0.0]))
    assert chain.lyapunov_exponents().tolist() == [pytest.approx(math.log(0.5)), -math.inf]
    factors, directions = chain.contraction()
    assert factors.tolist() == pytest.approx([0.5, 0.0])
    assert np.abs(directions) == pytest.approx(np.eye(2))
    assert chain.rank_left() == 1
    assert LinearChain(np.zeros((2, 2)), np.zeros((2, 2))).rank_left() == 0
    assert some_chain(1).rank_left() == 3


def test_an_exponent_has_no_scale():
    assert LinearChain([[1e-13]], [[1.0]]).lyapunov_exponents() == pytest.approx([math.log(1e-13)])


def test_a_squeeze_that_shears_far_has_a_covariance_too():
    """Against the sum over all past noise; scipy warns of it, and the answer is right."""
    chain = LinearChain([[0.5, 1e6], [0.0, 0.5]], np.eye(2))
    known = chain.stationary_covariance()
    summed = np.zeros((2, 2))
    for step in range(80):
        power = np.linalg.matrix_power(chain.matrix, step)
        summed += power @ power.T
    assert np.allclose(known, summed, rtol=1e-9)


def test_resonance_leaves_a_thin_law_whatever_the_start():
    chain = plane_map(0.3, 0.9)
    values = np.linalg.eigvalsh(chain.stationary_covariance())
    assert values.sum() ** 2 / (values**2).sum() < 1.2
    ends = [chain.law_after(start, np.eye(2), 300)[0][-1] for start in STARTS]
    assert np.abs(ends).max() < 0.01


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: LinearChain([[1.0, 2.0]], [[1.0]]), "square matrix"),
        (lambda: LinearChain(np.eye(2), np.eye(3)), "the same one"),
        (lambda: LinearChain(np.eye(2), -np.eye(2)), "no covariance"),
        (lambda: LinearChain(np.eye(2), [[1.0, 0.5], [0.0, 1.0]]), "no covariance"),
        (lambda: LinearChain([[math.nan]], [[1.0]]), "matrix"),
        (lambda: LinearChain(np.eye(501), np.eye(501)), "too large"),
        (lambda: LinearChain(np.eye(2), np.eye(2)).stationary_covariance(), "spectral radius is 1"),
        (lambda: plane_map(1.5, 0.0), "mixing=1.5"),
        (lambda: LinearChain(0.5 * np.eye(2), 1e-30 * np.array([[1, 1], [0, 1]])), "no covariance"),
        (lambda: LinearChain(np.eye(2), np.eye(2)).law_after([0, 0], -np.eye(2), 1), "covariance"),
        (
            lambda: LinearChain(1e90 * np.eye(2), np.eye(2)).law_after([1, 1], np.eye(2), 9),
            "beyond",
        ),
        (
            lambda: LinearChain([[1e90]], [[1.0]]).simulate([[1.0]], 9, np.random.default_rng(1)),
            "beyond all numbers after 4 steps",
        ),
        (
            lambda: LinearChain(np.eye(500), np.eye(500)).law_after(
                np.zeros(500), np.eye(500), 10_000
            ),
            "steps=10,000 .* memory",
        ),
    ],
)
def test_impossible_chains_are_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
