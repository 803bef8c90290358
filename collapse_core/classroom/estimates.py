"""How a class departs from ideal copiers: memory's pull and sharpening, with intervals.

Each answer is held against the ideal fit to the very draws that its learner was shown:

    features(answer) = (1 - w) sharpened(features(fit), g) + w prior + noise,

with the game's own features and prior, w the **pull** and g the **sharpening**. Both are estimated
by least squares (Gauss and Newton's steps). The noise may scatter differently from answer to
answer: the intervals are of the kind that leaves out each answer in turn, with Student's t of so
many degrees of freedom as these have (Bell and McCaffrey 2002, Survey Methodology 28, 169). What a
chain did before is in the draws, which are given, so the answers' noise is independent.

With a judge only accepted answers are seen, and both numbers describe learner and judge together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from collapse_core.checks import FloatArray, check_made
from collapse_core.classroom.copiers import Copied
from collapse_core.classroom.games.game import Game
from collapse_core.classroom.rounds import shown_draws
from collapse_core.classroom.turns import Chain

__all__ = ["Deviation", "Interval", "copied_chains", "estimate"]

FEWEST = 4
STEPS = 30
MOST_LOG = 3.0  # of the sharpening: from 1/20 to 20
LITTLE = 1e-4
APART = 0.3  # the least share of one slope that the other does not explain
MOST_OF_ONE = 0.9  # of what tells: where one answer alone does, nothing says how answers scatter


class Interval(NamedTuple):
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Deviation:
    """How a class departs from ideal copiers.

    Attributes
    ----------
    pull : Interval or None
        Weight of the prior: 0 for ideal copiers. None where the answers cannot tell.
    sharpening : Interval or None
        Exponent: 1 for ideal copiers, above 1 where the common becomes more common. None where the
        answers cannot tell it from a pull, as with jars that are all nearly even: then all of it is
        called the pull, which may be below 0.
    answers : int
        How many answers it is made of.
    """

    pull: Interval | None
    sharpening: Interval | None
    answers: int


def copied_chains(
    game: Game, settings: Mapping[str, Any], chains: Sequence[Chain]
) -> list[list[Copied]]:
    """Return what the learners of each chain were shown and answered.

    Parameters
    ----------
    game : Game
        The game of the round.
    settings : mapping
        Of the round.
    chains : sequence of Chain
        As `turns.chains` gives them; their accepted answers count.
    """
    return [
        [
            Copied(
                shown_draws(game, settings, chain.models, chain.number, step, attempt),
                game.read(model),
            )
            for step, (model, attempt) in enumerate(zip(chain.models, chain.attempts, strict=True))
        ]
        for chain in chains
    ]


def estimate(game: Game, chains: Sequence[Sequence[Copied]]) -> Deviation:
    """Return the class's pull and sharpening.

    Parameters
    ----------
    game : Game
        The game of the round.
    chains : sequence of sequences of Copied
        As `copied_chains` or `copiers.play` gives them.
    """
    check_made("game", game, Game)
    pairs = [copied for chain in chains for copied in chain]
    if len(pairs) < FEWEST:
        return Deviation(None, None, len(pairs))
    fits = np.array([game.features(game.fit(copied.draws)) for copied in pairs])
    answers = np.array([game.features(copied.model) for copied in pairs])
    told = _told(game, fits)
    values = np.zeros(2)  # w, and the logarithm of g
    for _ in range(STEPS):
        step = _step(game, fits, answers, values, told)
        values = np.clip(values + step, (-2.0, -MOST_LOG), (1.0, MOST_LOG))
        told = told & (np.array([True, values[0] < 1.0 - LITTLE]))
        if np.abs(step).max() < 1e-10:
            break
    errors = _errors(game, fits, answers, values, told)
    return Deviation(
        _interval(values[0], errors[0]) if told[0] else None,
        _sharpening(_interval(values[1], errors[1])) if told[1] else None,
        len(pairs),
    )


def _slopes(game: Game, fits: FloatArray, values: FloatArray) -> FloatArray:
    """Return the slopes of what is expected, shape (answers, features, 2)."""
    w, log = float(values[0]), float(values[1])
    sharp = game.departed(fits, 0.0, math.exp(log))
    further = game.departed(fits, w, math.exp(log + 1e-5))
    nearer = game.departed(fits, w, math.exp(log - 1e-5))
    return np.stack([game.prior - sharp, (further - nearer) / 2e-5], axis=-1)


def _told(game: Game, fits: FloatArray) -> Any:
    """Return which of the two the answers can tell, shape (2,)."""
    slopes = _slopes(game, fits, np.zeros(2))
    sizes = np.sqrt(np.square(slopes).sum(axis=(0, 1)))
    told = sizes > LITTLE * math.sqrt(len(fits))
    if told.all():  # where both do much the same, all of it is called the pull
        unit = slopes / sizes
        told[1] = 1.0 - float((unit[..., 0] * unit[..., 1]).sum()) ** 2 > APART
    for number in (1, 0):
        if told[number]:
            told[number] = _most_of_one(slopes[..., told]) < MOST_OF_ONE
    return told


def _most_of_one(slopes: FloatArray) -> float:
    """Return the largest part of what is known of an estimate that one answer tells alone."""
    bread = np.linalg.pinv(np.einsum("nfi,nfj->ij", slopes, slopes))
    parts = np.square(np.einsum("nfi,ij->nfj", slopes, bread)).sum(axis=1)
    return float((parts / parts.sum(axis=0)).max())


def _step(
    game: Game, fits: FloatArray, answers: FloatArray, values: FloatArray, told: Any
) -> FloatArray:
    """Return the least-squares step of what can be told."""
    step = np.zeros(2)
    if told.any():
        slopes = _slopes(game, fits, values)[..., told].reshape(-1, int(told.sum()))
        rest = answers - game.departed(fits, float(values[0]), math.exp(values[1]))
        step[told] = np.linalg.lstsq(slopes, rest.reshape(-1), rcond=None)[0]
    return step


def _errors(
    game: Game, fits: FloatArray, answers: FloatArray, values: FloatArray, told: Any
) -> FloatArray:
    """Return half the width of each 95 % interval, shape (2,)."""
    from scipy.stats import t as student

    halves, number = np.zeros(2), int(told.sum())
    if not number:
        return halves
    slopes = _slopes(game, fits, values)[..., told]
    rest = answers - game.departed(fits, float(values[0]), math.exp(values[1]))
    bread = np.linalg.pinv(np.einsum("nfi,nfj->ij", slopes, slopes))
    hats = np.einsum("nfi,ij,ngj->nfg", slopes, bread, slopes)
    inner = np.linalg.pinv(np.eye(fits.shape[1]) - hats)
    weights = np.einsum("nfg,ngi,ij->nfj", inner, slopes, bread)
    variance = np.square(np.einsum("nfj,nf->nj", weights, rest)).sum(axis=0)
    freedom = [_freedom(weights[..., j], slopes, bread) for j in range(number)]
    halves[told] = student.ppf(0.975, freedom) * np.sqrt(np.maximum(variance, 0.0))
    return halves


def _freedom(weights: FloatArray, slopes: FloatArray, bread: FloatArray) -> float:
    """Return the degrees of freedom of one variance, as Satterthwaite counts them.

    tr(G)^2 / tr(G^2), where G is the covariance of the answers' parts under noise that is alike
    everywhere: diagonal less a part of the rank of what is estimated.
    """
    alone = np.square(weights).sum(axis=1)
    shared = np.einsum("nfi,nf->ni", slopes, weights)
    taken = np.einsum("ni,ij,nj->n", shared, bread, shared)
    total = float((alone - taken).sum())
    across = bread @ shared.T @ shared
    square = float(np.square(alone).sum() - 2.0 * alone @ taken + np.trace(across @ across))
    return max(total * total / square, 1.0) if square > 0.0 else 1.0


def _interval(value: float, half: float) -> Interval:
    return Interval(float(value), float(value - half), float(value + half))


def _sharpening(log: Interval) -> Interval:
    """Return the interval of g from that of its logarithm, inside 1/20 to 20."""
    return Interval(*(math.exp(min(max(each, -MOST_LOG), MOST_LOG)) for each in log))
