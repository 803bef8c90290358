"""What four crowds do: where they are, how far apart, in how many directions; sampled and exact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from collapse_core.markov import FiniteChain, Regime, name_regime
from collapse_core.measures.samples import effective_rank
from collapse_core.streams import generator
from collapse_core.theory.gaussian_refit.averages import expected_variance, variance_of_mean
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze

__all__ = ["CROWDS", "DRAWN", "Course", "crowds_of"]

Array = NDArray[np.float64]

CROWDS = 4
DRAWN = 40  # points of a crowd in the picture
STARTS = np.array([[3.5, 0.0], [-2.5, 2.5], [0.0, -3.5], [2.5, 2.5]])
SPREAD = 0.5  # deviation of a crowd at the start
RETRAINED = 1.0  # that of the Gaussian
JITTER = 0.16  # around the place of a state
CIRCLE = 3.6  # radius on which states are drawn
PAIRS = tuple(combinations(range(CROWDS), 2))


@dataclass(frozen=True, eq=False)
class Course:
    """Four crowds over all steps.

    Parameters
    ----------
    places : ndarray, shape (steps + 1, crowds, drawn, 2)
        Where some of their points are.
    apart, exact_apart : ndarray, shape (steps + 1,)
        How far apart the crowds are, on average over pairs, as a share of the start's.
    left, exact_left : ndarray, shape (steps + 1,)
        In how many directions all points differ together, or how many states they fill.
    spread, exact_spread : ndarray, shape (steps + 1,)
        Total variance of a crowd, as a share of the start's.
    regime : Regime, optional
        How the loop ends; None for a model that is retrained, which is no such loop.
    """

    places: Array
    apart: Array
    exact_apart: Array
    left: Array
    exact_left: Array
    spread: Array
    exact_spread: Array
    regime: Regime | None


def crowds_of(asked: MixerSqueeze) -> Course:
    """Return what four crowds do in the loop that is asked for."""
    if asked.is_finite:
        return _on_states(asked)
    return _retrained(asked) if asked.chain == "gaussian" else _in_the_plane(asked)


def _in_the_plane(asked: MixerSqueeze) -> Course:
    chain, steps = asked.plane(), asked.generations
    runs = []
    for crowd, start in enumerate(STARTS):
        rng = generator(asked.seed, crowd, "crowd")
        points = start + SPREAD * rng.standard_normal((asked.sample_size, 2))
        runs.append(chain.simulate(points, steps, rng))
    laws = [chain.law_after(start, SPREAD**2 * np.eye(2), steps) for start in STARTS]
    means = np.array([law[0] for law in laws]).swapaxes(0, 1)  # (steps + 1, crowds, 2)
    within = laws[0][1]  # the same for all crowds
    return _course(np.array(runs).swapaxes(0, 1), means, within, name_regime(chain))


def _retrained(asked: MixerSqueeze) -> Course:
    """Refit a Gaussian of the plane to its own points: its mean is a martingale."""
    steps, count = asked.generations, asked.sample_size
    clouds = np.empty((steps + 1, CROWDS, count, 2))
    for crowd, start in enumerate(STARTS):
        rng = generator(asked.seed, crowd, "retrained")
        mean, covariance = start, RETRAINED**2 * np.eye(2)
        for step in range(steps + 1):
            points = (
                rng.multivariate_normal(mean, covariance, count, method="cholesky")
                if (np.linalg.det(covariance) > 1e-200)
                else np.tile(mean, (count, 1))
            )
            clouds[step, crowd] = points
            mean, covariance = points.mean(axis=0), np.cov(points.T, bias=True)
    # The t-th crowd is drawn from the t-th fit, so what is measured in it is one fit further on.
    left, walked = (law(count, steps + 1)[1:] for law in (expected_variance, variance_of_mean))
    within = left[:, np.newaxis, np.newaxis] * RETRAINED**2 * np.eye(2)
    means = np.broadcast_to(STARTS, (steps + 1, CROWDS, 2))
    moved = 4.0 * RETRAINED**2 * walked  # of the difference of two means, in the plane
    return _course(clouds, means, within, None, moved)


def _course(
    clouds: Array,
    means: Array,
    within: Array,
    regime: Regime | None,
    moved: Array | float = 0.0,
) -> Course:
    """Return the measures of clouds in the plane beside those of their laws."""
    middles = clouds.mean(axis=2)
    apart = _root_mean_square(middles)
    exact = np.sqrt(_root_mean_square(means) ** 2 + moved)
    covariances = np.array([[np.cov(crowd.T, bias=True) for crowd in step] for step in clouds])
    spread = np.trace(covariances, axis1=2, axis2=3).mean(axis=1)
    exact_spread = np.trace(within, axis1=1, axis2=2)
    # All points together: what varies within crowds, and between them.
    together = covariances.mean(axis=1) + _between(middles)
    together_exact = within + _between(means)
    return Course(
        places=clouds[:, :, :DRAWN],
        apart=apart / exact[0],
        exact_apart=exact / exact[0],
        left=_directions(together),
        exact_left=_directions(together_exact),
        spread=spread / exact_spread[0],
        exact_spread=exact_spread / exact_spread[0],
        regime=regime,
    )


def _root_mean_square(middles: Array) -> Array:
    """Return how far apart middles are, over all pairs, shape (steps + 1,)."""
    squares = [((middles[:, i] - middles[:, j]) ** 2).sum(axis=1) for i, j in PAIRS]
    return np.asarray(np.sqrt(np.mean(squares, axis=0)), dtype=np.float64)


def _between(middles: Array) -> Array:
    """Return the covariance of the crowds' middles, at each step."""
    off = middles - middles.mean(axis=1, keepdims=True)
    return np.asarray(np.einsum("tci,tcj->tij", off, off) / CROWDS, dtype=np.float64)


def _directions(covariances: Array) -> Array:
    """Return the effective dimension of each covariance; 0 for a point."""
    return np.array([effective_rank(covariance) for covariance in covariances])


def _on_states(asked: MixerSqueeze) -> Course:
    """Let crowds walk on states; they begin on four of them."""
    chain, steps = asked.states(), asked.generations
    firsts = np.arange(CROWDS) * chain.states // CROWDS
    laws = np.empty((steps + 1, CROWDS, chain.states))
    laws[0] = np.eye(chain.states)[firsts]
    for step in range(steps):
        laws[step + 1] = laws[step] @ chain.transition
    walked = np.array(
        [_walk(chain, first, crowd, asked) for crowd, first in enumerate(firsts.tolist())]
    )
    counts = np.array(
        [[np.bincount(crowd[step], minlength=chain.states) for crowd in walked]
         for step in range(steps + 1)]
    )  # fmt: skip
    shares = counts / asked.sample_size
    return Course(
        places=_drawn(walked, chain.states, asked.seed),
        apart=_total_variation(shares),
        exact_apart=_total_variation(laws),
        left=_filled(shares.mean(axis=1)),
        exact_left=_filled(laws.mean(axis=1)),
        spread=_filled(shares).mean(axis=1),
        exact_spread=_filled(laws).mean(axis=1),
        regime=name_regime(chain),
    )


def _walk(chain: FiniteChain, first: int, crowd: int, asked: MixerSqueeze) -> NDArray[np.int64]:
    """Return where each walker is after every step, shape (steps + 1, walkers)."""
    rng = generator(asked.seed, crowd, "walkers")
    ends = np.cumsum(chain.transition, axis=1)
    ends[:, -1] = 1.0
    at = np.full(asked.sample_size, first)
    walked = [at]
    for _ in range(asked.generations):
        draws = rng.random(asked.sample_size)[:, np.newaxis]
        at = (ends[at] < draws).sum(axis=1)
        walked.append(at)
    return np.array(walked)


def _drawn(walked: NDArray[np.int64], states: int, seed: int) -> Array:
    """Return where walkers are drawn: near their state's place on a circle."""
    angles = 2.0 * np.pi * np.arange(states) / states
    places = CIRCLE * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    few = walked[:, :, :DRAWN].swapaxes(0, 1)
    off = JITTER * generator(seed, 0, "jitter").standard_normal((1, *few.shape[1:], 2))
    return np.asarray(places[few] + off, dtype=np.float64)


def _total_variation(laws: Array) -> Array:
    """Return how different the laws of two crowds are, on average over pairs."""
    apart = [0.5 * np.abs(laws[:, i] - laws[:, j]).sum(axis=1) for i, j in PAIRS]
    return np.asarray(np.mean(apart, axis=0), dtype=np.float64)


def _filled(laws: Array) -> Array:
    """Return the effective number of states, 1 / sum p^2, of each law."""
    return np.asarray(1.0 / (laws**2).sum(axis=-1), dtype=np.float64)
