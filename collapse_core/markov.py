"""Markov chains with answers that are computed: does a loop forget its start, and what is left?

*Mixer* and *squeeze*: a loop that mixes (it is ergodic) and squeezes (it contracts) ends in one law
whatever it began with. Without a mixer it stays where it began, or goes round; without a squeeze it
never settles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_generations,
    check_number,
    check_numbers,
    check_share,
    check_whole_number,
)

__all__ = [
    "FiniteChain",
    "LinearChain",
    "Regime",
    "RegimeName",
    "card_shuffle",
    "cycle",
    "name_regime",
    "plane_map",
    "random_web",
    "regime_of_runs",
    "surfer",
    "two_islands",
]

Array = NDArray[np.float64]
RegimeName = Literal["resonance", "wanders", "stuck", "cycles"]

MOST_STATES = 2000
MOST_DIMENSIONS = 500
TINY = 1e-12
ROUNDING = 1e-9
LONGEST_PERIOD = 24
DECK = 4  # cards: 24 orders


# ------------------------------------------------------------------------------- finite chains


@dataclass(frozen=True, eq=False)
class FiniteChain:
    """A chain on finitely many states.

    Parameters
    ----------
    transition : array_like, shape (states, states)
        Probability of going from the state of the row to that of the column; rows sum to 1.

    Raises
    ------
    ValueError
        If it is no square of probabilities, or has more than 2,000 rows.
    """

    transition: Array

    def __post_init__(self) -> None:
        given = check_numbers("transition", self.transition, 0.0)
        if given.ndim != 2 or given.shape[0] != given.shape[1] or not len(given) > 0:
            raise ValueError(
                f"transition has shape {given.shape}: give as many rows as columns, one per state."
            )
        if len(given) > MOST_STATES:
            raise ValueError(f"transition has {len(given):,} states: give at most {MOST_STATES:,}.")
        sums = given.sum(axis=1)
        if np.any(np.abs(sums - 1.0) > ROUNDING):
            row = int(np.argmax(np.abs(sums - 1.0)))
            raise ValueError(
                f"transition: row {row} sums to {sums[row]:.6g}: divide it by its sum, so that "
                "it is 1."
            )
        made = given / sums[:, np.newaxis]
        made.setflags(write=False)
        object.__setattr__(self, "transition", made)

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.transition)

    @cached_property
    def _classes(self) -> tuple[tuple[int, ...], ...]:
        from scipy.sparse.csgraph import connected_components

        count, label = connected_components(self.transition > 0.0, connection="strong")
        found = [tuple(np.flatnonzero(label == number).tolist()) for number in range(count)]
        return tuple(sorted(found))

    def communicating_classes(self) -> tuple[tuple[int, ...], ...]:
        """Return the classes of states that can all be reached from one another."""
        return self._classes

    def recurrent_classes(self) -> tuple[tuple[int, ...], ...]:
        """Return the classes that are never left."""
        return tuple(each for each in self._classes if self._is_closed(each))

    def _is_closed(self, states: Sequence[int]) -> bool:
        inside = np.zeros(self.states, dtype=bool)
        inside[list(states)] = True
        return not np.any(self.transition[inside][:, ~inside] > 0.0)

    def period(self, states: Sequence[int] | None = None) -> int:
        """Return the period of a class: the greatest common divisor of all ways back.

        Parameters
        ----------
        states : sequence of int, optional
            One of `communicating_classes`; by itself the only recurrent one.

        Raises
        ------
        ValueError
            If none is given and there are several, or it is no class.
        """
        if states is None:
            recurrent = self.recurrent_classes()
            if len(recurrent) > 1:
                raise ValueError(
                    f"The chain has {len(recurrent)} recurrent classes: say which one is meant."
                )
            states = recurrent[0]
        if tuple(states) not in self._classes:
            raise ValueError(f"states={tuple(states)!r:.60} is no communicating class.")
        inner = self.transition[np.ix_(states, states)] > 0.0
        depth = np.full(len(states), -1)
        depth[0], reached, found = 0, [0], 0
        for state in reached:
            for other in np.flatnonzero(inner[state]).tolist():
                if depth[other] < 0:
                    depth[other] = depth[state] + 1
                    reached.append(other)
                else:
                    found = math.gcd(found, int(depth[state] + 1 - depth[other]))
        return found

    def stationary_laws(self) -> Array:
        """Return the stationary law of each recurrent class, shape (classes, states)."""
        laws = np.zeros((len(self.recurrent_classes()), self.states))
        for law, states in zip(laws, self.recurrent_classes(), strict=True):
            inner = self.transition[np.ix_(states, states)]
            # pi (P - I) = 0 with a sum of 1, as least squares.
            system = np.vstack([inner.T - np.eye(len(states)), np.ones(len(states))])
            right = np.append(np.zeros(len(states)), 1.0)
            law[list(states)] = np.clip(np.linalg.lstsq(system, right, rcond=None)[0], 0.0, None)
            law /= law.sum()
        return laws

    def stationary_law(self) -> Array:
        """Return the only stationary law, shape (states,).

        Raises
        ------
        ValueError
            If there are several: the start matters then.
        """
        laws = self.stationary_laws()
        if len(laws) > 1:
            raise ValueError(
                f"The chain has {len(laws)} recurrent classes, each with a law of its own: "
                "ask for stationary_laws()."
            )
        return np.asarray(laws[0])

    def eigenvalue_moduli(self) -> Array:
        """Return the moduli of all eigenvalues, largest first; the first is 1."""
        return np.sort(np.abs(np.linalg.eigvals(self.transition)))[::-1]

    def spectral_gap(self) -> float:
        """Return 1 - |second eigenvalue|: how fast the start is forgotten, 0 for never."""
        moduli = self.eigenvalue_moduli()
        return float(np.clip(1.0 - moduli[1], 0.0, 1.0)) if len(moduli) > 1 else 1.0

    def dobrushin(self) -> float:
        """Return Dobrushin's coefficient: the largest total variation distance of two rows.

        Every step brings two laws together by at least this factor.
        """
        rows = self.transition
        apart = [0.5 * np.abs(rows[i + 1 :] - row).sum(axis=1) for i, row in enumerate(rows[:-1])]
        return float(max((float(each.max()) for each in apart), default=0.0))

    def law_after(self, start: ArrayLike, steps: int) -> Array:
        """Return the law after so many steps, shape (states,).

        Parameters
        ----------
        start : array_like, shape (states,)
            The law at the start, or anything at least 0 that can be brought to a sum of 1.
        steps : int
            0 to 1,000,000.
        """
        law = check_numbers("start", start, 0.0)
        if law.shape != (self.states,) or not law.sum() > 0.0:
            raise ValueError(
                f"start has shape {law.shape}: give {self.states} numbers, not all of them 0."
            )
        power = np.linalg.matrix_power(self.transition, check_generations(steps))
        return np.asarray(law / law.sum() @ power)


def surfer(links: ArrayLike, damping: float) -> FiniteChain:
    """Return a web surfer who follows a link with probability ``damping``, else goes anywhere.

    The gap is 1 - d |second eigenvalue of the links|, so at least 1 - d, and Dobrushin's
    coefficient is d times that of the links: Haveliwala and Kamvar 2003.

    Parameters
    ----------
    links : array_like, shape (pages, pages)
        How many links lead from the page of the row to that of the column; a page without any
        leads everywhere.
    damping : float
        d, 0 to 1.
    """
    damping = check_share("damping", damping)
    chain = _followed(links)
    return FiniteChain(damping * chain.transition + (1.0 - damping) / chain.states)


def _followed(links: ArrayLike) -> FiniteChain:
    """Return the chain that only follows links."""
    counts = check_numbers("links", links, 0.0)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not len(counts) > 0:
        raise ValueError(f"links has shape {counts.shape}: give as many rows as columns.")
    sums = counts.sum(axis=1, keepdims=True)
    return FiniteChain(np.where(sums > 0.0, counts / np.maximum(sums, TINY), 1.0 / len(counts)))


def two_islands(size: int, bridge: float = 0.0) -> FiniteChain:
    """Return two islands of pages, each of which leads to all of its own island.

    Parameters
    ----------
    size : int
        Pages of one island, 1 to 200.
    bridge : float
        Probability of a step to the other island, 0 to 1.
    """
    size = check_whole_number("size", size, 1, 200)
    bridge = check_share("bridge", bridge)
    stay, cross = np.full((size, size), (1.0 - bridge) / size), np.full((size, size), bridge / size)
    return FiniteChain(np.block([[stay, cross], [cross, stay]]))


def cycle(size: int) -> FiniteChain:
    """Return a chain that goes round: from each state to the next, 1 to 1,000 of them."""
    return FiniteChain(np.roll(np.eye(check_whole_number("size", size, 1, 1000)), 1, axis=1))


def random_web(pages: int, links: int, seed: int) -> FiniteChain:
    """Return a web whose pages lead to others at random.

    Parameters
    ----------
    pages, links : int
        Pages, 2 to 1,000, and links from each of them, 1 to 100; two may lead to the same page.
    seed : int
        0 to 2**32 - 1.
    """
    from collapse_core.streams import generator

    pages = check_whole_number("pages", pages, 2, 1000)
    links = check_whole_number("links", links, 1, 100)
    counts = np.zeros((pages, pages))
    for row, places in zip(
        counts, generator(seed, 0, "web").integers(pages, size=(pages, links)), strict=True
    ):
        np.add.at(row, places, 1.0)
    return _followed(counts)


def card_shuffle() -> FiniteChain:
    """Return four cards, the top one of which goes anywhere in the deck: 24 orders."""
    from itertools import permutations

    orders = list(permutations(range(DECK)))
    place = {order: number for number, order in enumerate(orders)}
    moves = np.zeros((len(orders), len(orders)))
    for order in orders:
        top, rest = order[0], order[1:]
        for put in range(DECK):
            moves[place[order], place[(*rest[:put], top, *rest[put:])]] += 1.0 / DECK
    return FiniteChain(moves)


# ------------------------------------------------------------------------- linear-Gaussian chains


@dataclass(frozen=True, eq=False)
class LinearChain:
    """The chain x' = A x + e with normal noise e.

    Parameters
    ----------
    matrix : array_like, shape (dimensions, dimensions)
        A.
    noise : array_like, shape (dimensions, dimensions)
        Covariance of e; zeros for none.

    Raises
    ------
    ValueError
        If a matrix is not square, the noise is no covariance, or they do not go together.
    """

    matrix: Array
    noise: Array

    def __post_init__(self) -> None:
        for name in ("matrix", "noise"):
            given = check_numbers(name, getattr(self, name))
            if given.ndim != 2 or given.shape[0] != given.shape[1] or not len(given) > 0:
                raise ValueError(f"{name} has shape {given.shape}: give a square matrix.")
            if len(given) > MOST_DIMENSIONS or np.any(np.abs(given) > 1e100):
                raise ValueError(
                    f"{name} is too large: give at most {MOST_DIMENSIONS} rows, and numbers up "
                    "to 1e100."
                )
            given.setflags(write=False)
            object.__setattr__(self, name, given)
        if self.matrix.shape != self.noise.shape:
            raise ValueError(
                f"noise has shape {self.noise.shape} and matrix {self.matrix.shape}: give both "
                "the same one."
            )
        size = max(1.0, float(np.abs(self.noise).max()))
        skew = float(np.abs(self.noise - self.noise.T).max())
        if skew > ROUNDING * size or np.linalg.eigvalsh(self.noise).min() < -ROUNDING * size:
            raise ValueError("noise is no covariance: give a symmetric matrix without negative "
                             "eigenvalues.")  # fmt: skip

    @property
    def dimensions(self) -> int:
        """Length of x."""
        return len(self.matrix)

    def lyapunov_exponents(self) -> Array:
        """Return the logarithms of the moduli of A's eigenvalues, largest first; -inf for 0."""
        moduli = np.sort(np.abs(np.linalg.eigvals(self.matrix)))[::-1]
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.where(moduli > TINY, moduli, 0.0)))

    def spectral_radius(self) -> float:
        """Return the largest modulus of an eigenvalue: below 1 the start is forgotten."""
        return float(np.abs(np.linalg.eigvals(self.matrix)).max())

    def contraction(self) -> tuple[Array, Array]:
        """Return by how much one step stretches or squeezes, and the directions, largest first.

        Returns
        -------
        factors : ndarray, shape (dimensions,)
            Singular values of A.
        directions : ndarray, shape (dimensions, dimensions)
            Each row is the direction that its factor belongs to.
        """
        _, factors, directions = np.linalg.svd(self.matrix)
        return factors, directions

    def stationary_covariance(self) -> Array:
        """Return the covariance S = A S A' + noise of the law that the chain settles in.

        Raises
        ------
        ValueError
            If it settles in none: the spectral radius is 1 or more.
        """
        from scipy.linalg import solve_discrete_lyapunov

        if (radius := self.spectral_radius()) >= 1.0 - ROUNDING:
            raise ValueError(
                f"The chain has no stationary covariance: its spectral radius is {radius:.6g}. "
                "Choose a matrix that contracts."
            )
        made = solve_discrete_lyapunov(self.matrix, self.noise)
        return np.asarray((made + made.T) / 2.0, dtype=np.float64)

    def rank_left(self, share: float = 1e-3) -> int:
        """Return how many directions are left in the end.

        Parameters
        ----------
        share : float
            Of the largest deviation, below which a direction counts as gone, above 0 and at most 1.
        """
        share = check_number("share", share, 0.0, 1.0, low_open=True)
        deviations = np.sqrt(np.clip(np.linalg.eigvalsh(self.stationary_covariance()), 0.0, None))
        largest = float(deviations.max())
        return int((deviations > share * largest).sum()) if largest > 0.0 else 0

    def law_after(self, mean: ArrayLike, covariance: ArrayLike, steps: int) -> tuple[Array, Array]:
        """Return mean and covariance after every step.

        Parameters
        ----------
        mean : array_like, shape (dimensions,)
            At the start.
        covariance : array_like, shape (dimensions, dimensions)
            At the start.
        steps : int
            How many, 0 to 10,000.

        Returns
        -------
        means : ndarray, shape (steps + 1, dimensions)
        covariances : ndarray, shape (steps + 1, dimensions, dimensions)
        """
        steps = check_whole_number("steps", steps, 0, 10_000)
        first, spread = check_numbers("mean", mean), check_numbers("covariance", covariance)
        if first.shape != (self.dimensions,) or spread.shape != self.matrix.shape:
            raise ValueError(
                f"mean and covariance have shapes {first.shape} and {spread.shape}: the chain has "
                f"{self.dimensions} dimensions."
            )
        means, spreads = [first], [spread]
        for _ in range(steps):
            with np.errstate(over="ignore", invalid="ignore"):
                means.append(self.matrix @ means[-1])
                spreads.append(self.matrix @ spreads[-1] @ self.matrix.T + self.noise)
        return np.array(means), np.array(spreads)

    def simulate(self, points: ArrayLike, steps: int, rng: np.random.Generator) -> Array:
        """Return points after every step, shape (steps + 1, points, dimensions).

        Parameters
        ----------
        points : array_like, shape (points, dimensions)
            At the start.
        steps : int
            How many, 0 to 10,000.
        rng : numpy.random.Generator
            The noise.
        """
        steps = check_whole_number("steps", steps, 0, 10_000)
        rows = check_numbers("points", points)
        if rows.ndim != 2 or rows.shape[1] != self.dimensions:
            raise ValueError(
                f"points has shape {rows.shape}: give rows of {self.dimensions} numbers."
            )
        values, axes = np.linalg.eigh(self.noise)
        root = axes * np.sqrt(np.clip(values, 0.0, None))
        made = [rows]
        for _ in range(steps):
            made.append(made[-1] @ self.matrix.T + rng.standard_normal(rows.shape) @ root.T)
        return np.array(made)


def plane_map(
    mixing: float, contraction: float, *, turn: float = 0.0, noise: float = 0.35
) -> LinearChain:
    """Return a map of the plane with a mixer and a squeeze: x' = S (R x + e).

    The squeeze S takes a share of the second axis and leaves the first one alone. The mixer turns
    the plane a little (R, up to 40 degrees), so that every direction comes under the squeeze, and
    adds noise e. A turn without noise mixes nothing: it goes round.

    Parameters
    ----------
    mixing : float
        0 to 1.
    contraction : float
        Share of the second axis that each step takes, 0 to 1.
    turn : float
        Degrees that the plane is turned besides, -360 to 360.
    noise : float
        Deviation of the noise at full mixing, 0 to 10.
    """
    mixing, contraction = check_share("mixing", mixing), check_share("contraction", contraction)
    turn = check_number("turn", turn, -360.0, 360.0)
    noise = check_number("noise", noise, 0.0, 10.0)
    angle = math.radians(turn + 40.0 * mixing)
    around = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    around[np.abs(around) < TINY] = 0.0  # a quarter turn is one to the last digit
    squeeze = np.diag([1.0, 1.0 - contraction])
    return LinearChain(squeeze @ around, (noise * mixing) ** 2 * squeeze @ squeeze)


# ------------------------------------------------------------------------------------- regimes


@dataclass(frozen=True)
class Regime:
    """How a loop ends, and the numbers that say so.

    Parameters
    ----------
    name : str
        "resonance": one law, whatever the start. "wanders": it never settles. "stuck": it stays
        where it began. "cycles": it goes round.
    remembered : float
        Share of the distance between two starts that is left: 0 if the start does not matter.
    period : int
        Steps after which everything is as it was; 0 if never, 1 if nothing moves any more.
    settles : bool
        Whether the law stops changing.
    """

    name: RegimeName
    remembered: float
    period: int
    settles: bool


def name_regime(chain: LinearChain) -> Regime:
    """Return how a linear chain ends, from its eigenvalues and its noise.

    Eigenvalues inside the unit circle forget the start. Of those on it: what gets noise wanders,
    roots of 1 go round, 1 itself stays. Anything beyond it grows.
    """
    values, left = np.linalg.eig(chain.matrix.T)
    moduli = np.abs(values)
    kept = np.abs(moduli - 1.0) <= ROUNDING
    if np.all(moduli < 1.0 - ROUNDING):
        return Regime("resonance", 0.0, 1 if not np.any(chain.noise) else 0, True)
    if np.any(moduli > 1.0 + ROUNDING) or _grows(chain.matrix, values[kept]):
        return Regime("wanders", math.inf, 0, False)
    along = left[:, kept]
    shaken = np.abs(np.einsum("ik,ij,jk->k", along.conj(), chain.noise, along)) > ROUNDING
    if np.any(shaken):
        return Regime("wanders", 1.0, 0, False)
    for period in range(1, LONGEST_PERIOD + 1):
        if np.all(np.abs(values[kept] ** period - 1.0) <= 1e-6):
            name: RegimeName = "stuck" if period == 1 else "cycles"
            return Regime(name, 1.0, period, True)
    return Regime("wanders", 1.0, 0, False)


def _grows(matrix: Array, values: Any) -> bool:
    """Return whether an eigenvalue on the unit circle has too few directions of its own."""
    for value in values:
        same = int((np.abs(values - value) <= 1e-6).sum())
        if same > 1:
            free = len(matrix) - np.linalg.matrix_rank(
                matrix - value * np.eye(len(matrix)), tol=1e-6
            )
            if free < same:
                return True
    return False


FORGOTTEN = 0.2  # share of the starts' distance: less counts as forgotten
STILL = 0.01  # step, in units of the spread at the start: less counts as no move
CHANGED = 0.25  # share by which the spread may still change in the last third


def regime_of_runs(apart: ArrayLike, runs: ArrayLike) -> Regime:
    """Return how a loop seems to end, measured: by what moves, repeats, spreads and is remembered.

    Parameters
    ----------
    apart : array_like, shape (steps + 1,)
        Distance between two crowds that began differently, after every step.
    runs : array_like, shape (steps + 1, points, values)
        Where the points are after every step; at least three steps.

    Raises
    ------
    ValueError
        If there are too few steps, or not as many of both.
    """
    far, rows = check_numbers("apart", apart, 0.0), check_numbers("runs", runs)
    if rows.ndim != 3 or len(rows) < 4 or far.shape != rows.shape[:1]:
        raise ValueError(
            f"runs has shape {rows.shape} and apart {far.shape}: give a distance and all points "
            "for the start and for each of at least three steps."
        )
    late = max(2, len(rows) // 3)
    scale = math.sqrt(max(float(rows[0].var(axis=0).sum()), TINY))
    remembered = float(far[-late:].mean() / far[0]) if far[0] > 0.0 else 0.0
    spread = rows.var(axis=1).sum(axis=1)
    before, after = float(spread[-late:][: late // 2].mean()), float(spread[-(late // 2) :].mean())
    settles = abs(after - before) <= CHANGED * max(before, (STILL * scale) ** 2)
    period = _period_of(rows, late, STILL * scale)
    if period == 1:
        name: RegimeName = "stuck" if remembered > FORGOTTEN else "resonance"
    elif period > 1:
        name = "cycles"
    elif not settles:
        name = "wanders"
    else:
        name = "resonance" if remembered <= FORGOTTEN else "stuck"
    return Regime(name, remembered, period, settles)


def _period_of(rows: Array, late: int, still: float) -> int:
    """Return after how many steps all points are back, in the last steps; 0 if they are not."""
    for period in range(1, min(late, LONGEST_PERIOD) + 1):
        moved = rows[-1] - rows[-1 - period]
        if math.sqrt(float((moved**2).sum(axis=1).mean())) <= still:
            return period
    return 0
