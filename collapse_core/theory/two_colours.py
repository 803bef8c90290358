"""Two colours, exactly: the law of the share of blue, generation by generation.

A jar holds blue and yellow marbles.  Each generation draws ``sample_size`` marbles from the last
model, counts the blue ones, and takes that count as the new model.  The count is a Markov chain
with binomial transitions: the Wright-Fisher model of population genetics, where losing a colour is
"loss of an allele".  Its matrix is small enough to iterate, so nothing here is sampled and nothing
is approximated: the chance that blue is gone by generation 50, the spread, the waiting times and
the long-run law are computed to rounding error.  Real anchor points mix the truth back in, a prior
acts as imaginary anchors, and a temperature sharpens (or flattens) what the model generates.

Generation 0 is the truth; generation 1 is the first fit.

Source: Ewens, Mathematical Population Genetics (2004), for the chain; Grassmann, Taksar and Heyman,
Operations Research 33 (1985), for the elimination without subtractions; Suresh et al.,
arXiv:2412.17646, for the chain as a model of recursive training.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from scipy import sparse

__all__ = [
    "LARGEST_EXACT_SAMPLE_SIZE",
    "AbsorptionTimes",
    "ShareLaw",
    "StationaryLaw",
    "absorption_times",
    "chain_cost",
    "is_exact_feasible",
    "share_law",
    "sharpen",
    "stationary_law",
    "stationary_law_with_prior",
]

Floats = NDArray[np.float64]

LARGEST_EXACT_SAMPLE_SIZE = 2000
"""Largest number of points per generation for which the exact chain is offered."""

_LARGEST_DENSE_STATES = 600  # measured: below this a dense product beats a sparse one
_BAND_EXPONENT = 34.0  # a row leaves out tails of probability below exp(-34) = 2e-15
_SMALLEST_ANCHOR_WEIGHT = 1e-13
_MOST_ITERATIONS = 1000  # longer than this, eliminating is faster than iterating
_WORK_OF_ONE_ENTRY = 40.0  # building one matrix entry (logarithms, an exponential) in products
_WORK_OF_ONE_STEP = 3000.0  # the fixed cost of one generation, in products
_FEASIBLE_WORK = 2.0e8  # products done in about 0.4 s by a slow laptop core


# ---------------------------------------------------------------------------------- parameters


def check_whole_number(name: str, value: float, lowest: int, highest: int | None = None) -> None:
    """Raise ``ValueError`` unless ``value`` is a whole number in [lowest, highest]."""
    allowed = f"of at least {lowest}" if highest is None else f"from {lowest} to {highest}"
    inside = isinstance(value, (int, np.integer)) and value >= lowest
    if inside and (highest is None or value <= highest):
        return
    remedy = f"Choose {lowest} or more." if highest is None else "Choose a value in that range."
    raise ValueError(
        f"{name}={value} is out of range: it must be a whole number {allowed}. {remedy}"
    )


def check_share(name: str, value: float) -> None:
    """Raise ``ValueError`` unless ``value`` lies in [0, 1]."""
    if not 0.0 <= value <= 1.0:
        raise ValueError(
            f"{name}={value} is out of range: it must lie in [0, 1]. "
            "Choose a proportion, for example 0.1 for 10 %."
        )


def check_positive(name: str, value: float, *, zero_allowed: bool = False) -> None:
    """Raise ``ValueError`` unless ``value`` is finite and positive (or zero, where allowed)."""
    if math.isfinite(value) and (value > 0.0 or (zero_allowed and value == 0.0)):
        return
    allowed = "at least 0" if zero_allowed else "above 0"
    raise ValueError(
        f"{name}={value} is out of range: it must be a finite number {allowed}. "
        "Choose for example 1."
    )


def check_exact_sizes(sample_size: int, anchors: int) -> None:
    """Raise ``ValueError`` when the exact chain would be too large to build."""
    check_whole_number("sample_size", sample_size, 1)
    check_whole_number("anchors", anchors, 0)
    for name, value in (("sample_size", sample_size), ("anchors", anchors)):
        if value > LARGEST_EXACT_SAMPLE_SIZE:
            raise ValueError(
                f"{name}={value} is out of range: the exact chain takes at most "
                f"{LARGEST_EXACT_SAMPLE_SIZE}. Choose fewer, or use "
                "collapse_core.theory.two_colours_approximations."
            )


# ---------------------------------------------------------------------------------- sharpening


def _log_sharpened(share: Floats, temperature: float) -> tuple[Floats, Floats]:
    """Logarithms of the sharpened share and of its complement; -inf where one is absent."""
    with np.errstate(divide="ignore"):
        log_odds = (np.log(share) - np.log1p(-share)) / temperature
    return -np.logaddexp(0.0, -log_odds), -np.logaddexp(0.0, log_odds)


def sharpen(share: ArrayLike, temperature: float) -> Floats:
    """Share of blue that a model at a given temperature generates.

    ``p^(1/T) / (p^(1/T) + (1 - p)^(1/T))``: the log-odds divided by the temperature.  Below 1 the
    majority colour is exaggerated, at 1 nothing changes, above 1 the colours are evened out.

    Parameters
    ----------
    share : array_like, any shape
        Share of blue in the model, in [0, 1].
    temperature : float
        Sampling temperature, above 0.

    Returns
    -------
    NDArray, same shape as ``share``

    Raises
    ------
    ValueError
        If a share lies outside [0, 1] or the temperature is not finite and positive.

    Notes
    -----
    Exact.  Source: the softmax temperature of language models.
    """
    check_positive("temperature", temperature)
    values = np.asarray(share, dtype=np.float64)
    for value in values[~((values >= 0.0) & (values <= 1.0))].flat:
        check_share("share", float(value))
    if temperature == 1.0:
        return values.copy()
    sharpened: Floats = np.exp(_log_sharpened(values, temperature)[0])
    return sharpened


# ------------------------------------------------------------------------------ binomial rows


@dataclass(frozen=True, eq=False)
class _BandedRows:
    """Rows of a transition matrix; only the entries inside each row's band are stored."""

    values: Floats  # (entries,)
    columns: NDArray[np.intp]  # (entries,)
    starts: NDArray[np.intp]  # (rows + 1,), as in a compressed sparse row matrix
    trials: int

    def dense(self) -> Floats:
        """(rows, trials + 1)."""
        rows = self.starts.size - 1
        matrix = np.zeros((rows, self.trials + 1))
        matrix[np.repeat(np.arange(rows), np.diff(self.starts)), self.columns] = self.values
        return matrix

    def compressed(self) -> sparse.csr_array[np.float64]:
        """(rows, trials + 1), compressed sparse rows."""
        from scipy import sparse

        shape = (self.starts.size - 1, self.trials + 1)
        indices = self.columns.astype(np.int32), self.starts.astype(np.int32)
        return sparse.csr_array((self.values, *indices), shape=shape)


def _band(
    trials: int, log_p: Floats, log_q: Floats, exponent: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last count of each row outside which lies less than exp(-exponent)."""
    centre = trials * np.exp(log_p)
    if math.isinf(exponent):
        reach = np.full_like(centre, float(trials))
    else:  # Bernstein's inequality, solved for the distance
        variance = centre * np.exp(log_q)
        reach = exponent / 3.0 + np.sqrt(exponent**2 / 9.0 + 2.0 * exponent * variance)
    first = np.clip(np.floor(centre - reach), 0, trials).astype(np.intp)
    last = np.clip(np.ceil(centre + reach), 0, trials).astype(np.intp)
    last[np.isneginf(log_p)] = 0  # a colour that is absent is never drawn
    first[np.isneginf(log_q)] = trials
    return first, last


def _binomial_rows(
    trials: int, log_p: Floats, log_q: Floats, exponent: float = _BAND_EXPONENT
) -> _BandedRows:
    """Binomial laws, one row per chance of blue; every row sums to one to rounding error."""
    first, last = _band(trials, log_p, log_q, exponent)
    widths = last - first + 1
    starts = np.concatenate(([0], np.cumsum(widths)))
    columns = np.arange(starts[-1]) - np.repeat(starts[:-1] - first, widths)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1.0, trials + 1)))))
    log_choose = log_factorial[-1] - log_factorial - log_factorial[::-1]
    finite_p = np.where(np.isneginf(log_p), 0.0, log_p)  # only ever multiplied by 0
    finite_q = np.where(np.isneginf(log_q), 0.0, log_q)
    values = columns * np.repeat(finite_p - finite_q, widths)
    values += log_choose[columns]
    values += np.repeat(trials * finite_q, widths)
    np.exp(values, out=values)
    values /= np.repeat(np.add.reduceat(values, starts[:-1]), widths)
    return _BandedRows(values, columns, starts, trials)


def _binomial_law(trials: int, chance: float, temperature: float = 1.0) -> Floats:
    """Binomial law of one count, shape (trials + 1,)."""
    logs = _log_sharpened(np.array([chance]), temperature)
    law: Floats = _binomial_rows(trials, *logs).dense()[0]
    return law


# ------------------------------------------------------------------------------------ the chain


def _support(sample_size: int, anchors: int, prior_strength: float, prior_mean: float) -> Floats:
    """Shares of blue that a fit can give, ascending."""
    if prior_strength > 0.0:
        counts = np.arange(sample_size + 1.0) + prior_strength * prior_mean
        shares: Floats = np.minimum(counts / (sample_size + prior_strength), 1.0)
        return shares
    total = sample_size + anchors
    return np.arange(total + 1.0) / total


def _transposed_transition(
    sample_size: int, shares: Floats, temperature: float
) -> Floats | sparse.csr_array[np.float64]:
    """Matrix (sample_size + 1, states) that sends the law of the share to that of the count."""
    rows = _binomial_rows(sample_size, *_log_sharpened(shares, temperature))
    if shares.size <= _LARGEST_DENSE_STATES:
        return np.ascontiguousarray(rows.dense().T)
    return rows.compressed().T.tocsr()


def _placed(shares: Floats, truth: float) -> Floats:
    """Put the truth on the support: split between its two neighbours so that the mean is kept."""
    placed = np.zeros(shares.size)
    right = int(np.clip(np.searchsorted(shares, truth), 1, shares.size - 1))
    gap = shares[right] - shares[right - 1]
    weight = float(np.clip((truth - shares[right - 1]) / gap, 0.0, 1.0))
    placed[right - 1], placed[right] = 1.0 - weight, weight
    return placed


def _fresh_rows(
    first_count: Floats, shares: Floats, anchor_law: Floats, temperature: float, generations: int
) -> Floats:
    """Laws of generations 1, 2, ... when the anchors (perhaps none) are drawn anew each time."""
    probability = np.empty((generations, shares.size))
    matrix = _transposed_transition(first_count.size - 1, shares, temperature)
    used = np.flatnonzero(anchor_law)
    low, band = int(used[0]), anchor_law[used[0] : used[-1] + 1]
    probability[:] = 0.0
    count = first_count
    for row in probability:
        row[low : low + count.size + band.size - 1] = np.convolve(count, band)
        count = np.asarray(matrix @ row)
    return probability


def _fixed_rows(
    first_count: Floats, shares: Floats, anchor_law: Floats, temperature: float, generations: int
) -> Floats:
    """Laws of generations 1, 2, ... when the same anchors return for ever.

    One column per colour count of the anchors; all columns share one matrix, because the next draw
    depends on the total count only.  Column y lives on the rows y ... y + sample_size.
    """
    colours = np.flatnonzero(anchor_law >= _SMALLEST_ANCHOR_WEIGHT)
    weights = anchor_law[colours] / anchor_law[colours].sum()
    matrix = _transposed_transition(first_count.size - 1, shares, temperature)
    joint = np.zeros((shares.size, colours.size))
    row_step, column_step = joint.strides
    shifted = np.lib.stride_tricks.as_strided(
        joint[colours[0] :],
        shape=(first_count.size, colours.size),
        strides=(row_step, row_step + column_step),
    )
    shifted[:] = first_count[:, None]
    probability = np.empty((generations, shares.size))
    for row in probability:
        row[:] = joint @ weights
        shifted[:] = np.asarray(matrix @ joint)
    return probability


class _LawOfShare:
    """What can be read off a table of probabilities; each row is one law."""

    shares: Floats

    @property
    def _table(self) -> Floats:
        raise NotImplementedError

    def _mean(self, truth: float) -> Floats:
        mean: Floats = truth + self._table @ (self.shares - truth)
        return mean

    def _variance(self, truth: float) -> Floats:
        second = self._table @ (self.shares - truth) ** 2  # about the truth: nothing cancels
        return np.maximum(second - (self._mean(truth) - truth) ** 2, 0.0)

    def _diversity(self) -> Floats:
        diversity: Floats = self._table @ (self.shares * (1.0 - self.shares))
        return diversity

    def _chance_at(self, share: float) -> Floats:
        chance: Floats = self._table[:, self.shares == share].sum(axis=1)
        return chance

    def _quantile(self, level: float) -> Floats:
        if not 0.0 < level < 1.0:
            raise ValueError(
                f"level={level} is out of range: it must lie strictly between 0 and 1. "
                "Choose for example 0.5 for the median."
            )
        reached = np.cumsum(self._table, axis=1) >= level - 1e-12
        reached[:, -1] = True
        quantile: Floats = self.shares[np.argmax(reached, axis=1)]
        return quantile


@dataclass(frozen=True, eq=False)
class ShareLaw(_LawOfShare):
    """The exact law of the share of blue, generation by generation.

    Attributes
    ----------
    shares : NDArray (states,)
        The values a fitted share can take, ascending, in [0, 1].
    probability : NDArray (generations + 1, states)
        Row t is the law of generation t.  Row 0 is the truth placed on the support; where it falls
        between two values it is split between them, keeping its mean.  The properties below use
        ``truth`` itself for generation 0.
    truth : float
        Share of blue at generation 0.
    """

    shares: Floats
    probability: Floats
    truth: float

    @property
    def _table(self) -> Floats:
        return self.probability

    def _starting_at(self, value: float, later: Floats) -> Floats:
        later[0] = value
        later.setflags(write=False)
        return later

    @cached_property
    def mean(self) -> Floats:
        """Mean share, shape (generations + 1,)."""
        return self._starting_at(self.truth, self._mean(self.truth))

    @cached_property
    def variance(self) -> Floats:
        """Variance of the share between runs, shape (generations + 1,)."""
        return self._starting_at(0.0, self._variance(self.truth))

    @cached_property
    def diversity(self) -> Floats:
        """Mean of p (1 - p), the variety inside one model, shape (generations + 1,)."""
        return self._starting_at(self.truth * (1.0 - self.truth), self._diversity())

    @cached_property
    def lost(self) -> Floats:
        """Chance that the share is 0, shape (generations + 1,).

        Without real points, or with fixed ones, that is the chance that blue is lost for good by
        generation t.  With fresh anchors it is the chance that generation t's training set holds
        no blue: blue can come back.
        """
        return self._starting_at(float(self.truth == 0.0), self._chance_at(0.0))

    @cached_property
    def taken_over(self) -> Floats:
        """Chance that the share is 1, shape (generations + 1,)."""
        return self._starting_at(float(self.truth == 1.0), self._chance_at(1.0))

    @cached_property
    def absorbed(self) -> Floats:
        """Chance that only one colour is left: ``lost + taken_over``, shape (generations + 1,)."""
        return self.lost + self.taken_over

    def quantile(self, level: float) -> Floats:
        """Smallest share whose distribution function reaches ``level``, shape (generations + 1,).

        ``level`` lies strictly between 0 and 1, otherwise ``ValueError``.  Index 0 is the truth.
        """
        return self._starting_at(self.truth, self._quantile(level))


def _check_run(
    sample_size: int,
    share: float,
    generations: int,
    anchors: int,
    prior_strength: float,
    prior_mean: float,
    temperature: float,
) -> None:
    check_exact_sizes(sample_size, anchors)
    check_share("share", share)
    check_whole_number("generations", generations, 0)
    check_positive("prior_strength", prior_strength, zero_allowed=True)
    check_share("prior_mean", prior_mean)
    check_positive("temperature", temperature)
    if anchors > 0 and prior_strength > 0.0:
        raise ValueError(
            f"anchors={anchors} and prior_strength={prior_strength} exclude each other: "
            "a run has real points or a prior. Choose 0 for one of them."
        )


def share_law(
    sample_size: int,
    share: float,
    generations: int,
    *,
    anchors: int = 0,
    fresh: bool = True,
    prior_strength: float = 0.0,
    prior_mean: float = 0.5,
    temperature: float = 1.0,
) -> ShareLaw:
    """Exact law of the share of blue over the generations.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, p0, in [0, 1].  It need not be a multiple of 1/n.
    generations : int
        Number of refits, at least 0.
    anchors : int
        Real points added to every training set, k, from 0 to ``LARGEST_EXACT_SAMPLE_SIZE``:
        the fit is (X + Y) / (n + k).
    fresh : bool
        True: the anchors are drawn anew from the truth each generation.  False: drawn once.
    prior_strength, prior_mean : float
        A prior worth ``prior_strength`` imaginary points of which a part ``prior_mean`` is blue:
        the fit is (X + strength * mean) / (n + strength).
    temperature : float
        Sharpening of what the model generates (never of the real points), above 0.  The truth is
        generation 0's model, so the first synthetic points are sharpened too.

    Returns
    -------
    ShareLaw

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors and a prior are asked for together.

    Notes
    -----
    Exact up to rounding: rows leave out tails of probability below exp(-34) = 2e-15 and are scaled
    to sum to one.  With fixed anchors the laws are mixed over the anchors' colours, leaving out
    colour counts less likely than 1e-13.
    Source: Ewens (2004), the Wright-Fisher chain; anchors enter as migration from the truth.
    """
    _check_run(sample_size, share, generations, anchors, prior_strength, prior_mean, temperature)
    shares = _support(sample_size, anchors, prior_strength, prior_mean)
    probability = np.empty((generations + 1, shares.size))
    probability[0] = _placed(shares, share)
    if generations > 0:
        first_count = _binomial_law(sample_size, share, temperature)
        anchor_law = _binomial_law(anchors, share)
        later = _fresh_rows if fresh or anchors == 0 else _fixed_rows
        probability[1:] = later(first_count, shares, anchor_law, temperature, generations)
    shares.setflags(write=False)
    probability.setflags(write=False)
    return ShareLaw(shares, probability, float(share))


# ------------------------------------------------------------------------------------- its cost


def chain_cost(sample_size: int, generations: int, anchors: int = 0, fresh: bool = True) -> float:
    """Work of :func:`share_law`, in multiplications (or operations that take as long).

    An estimate from the sizes alone: entries inside the bands, times generations, times the
    anchors' colour counts when the anchors are fixed, plus building the matrix.  A laptop core does
    about 5e8 to 1e9 of them per second.

    Parameters
    ----------
    sample_size, generations, anchors, fresh
        As for :func:`share_law`; the sizes are not limited here.

    Raises
    ------
    ValueError
        If a size is out of range.

    Notes
    -----
    An approximation, derived for this project.
    """
    check_whole_number("sample_size", sample_size, 1)
    check_whole_number("generations", generations, 0)
    check_whole_number("anchors", anchors, 0)
    states = sample_size + anchors + 1.0
    # the mean over p of a band: 2 sqrt(2 L n p q), plus Bernstein's constant
    width = 0.79 * math.sqrt(2.0 * _BAND_EXPONENT * sample_size) + 0.7 * _BAND_EXPONENT
    banded = states * min(width, sample_size + 1.0)
    product = states * (sample_size + 1.0) / 2.0 if states <= _LARGEST_DENSE_STATES else banded
    likely_anchors = min(anchors + 1.0, 8.0 * math.sqrt(anchors + 1.0))
    if fresh or anchors == 0:
        each = product + (sample_size + 1.0) * (likely_anchors if anchors else 1.0)
    else:
        # many columns share each matrix entry: measured 5 (dense) and 2.5 (sparse) times faster
        shared = 0.2 * 2.0 * product if states <= _LARGEST_DENSE_STATES else 0.4 * product
        each = (shared + 2.0 * states) * likely_anchors
    # 3: writing the law down and reading the moments off it
    per_generation = each + 3.0 * states + _WORK_OF_ONE_STEP
    return _WORK_OF_ONE_ENTRY * banded + generations * per_generation


def is_exact_feasible(
    sample_size: int, generations: int, anchors: int = 0, fresh: bool = True
) -> bool:
    """Whether :func:`share_law` answers within about 0.4 s on a slow laptop core.

    Parameters
    ----------
    sample_size, generations, anchors, fresh
        As for :func:`share_law`.

    Raises
    ------
    ValueError
        If a size is out of range.

    Notes
    -----
    Rests on :func:`chain_cost`, an estimate.
    """
    cost = chain_cost(sample_size, generations, anchors, fresh)
    return max(sample_size, anchors) <= LARGEST_EXACT_SAMPLE_SIZE and cost <= _FEASIBLE_WORK


# -------------------------------------------------------------- elimination without subtractions


def _eliminate(matrix: Floats, exits: Floats, lowest: int) -> Floats:
    """Remove the states from the last down to ``lowest``, in place; return each one's escape rate.

    Grassmann, Taksar and Heyman's elimination: the chance of leaving a state is the sum of its ways
    out, never 1 minus the chance of staying, so even times of 1e100 keep all their digits.
    ``exits`` holds each state's chance of leaving the states altogether.
    """
    positive = matrix > 0.0
    first_column = np.minimum.accumulate(np.argmax(positive, axis=1)[::-1])[::-1]
    first_row = np.minimum.accumulate(np.argmax(positive, axis=0)[::-1])[::-1]
    escape = np.ones(matrix.shape[0])
    for state in range(matrix.shape[0] - 1, lowest - 1, -1):
        left, top = min(first_column[state], state), min(first_row[state], state)
        way_out = matrix[state, left:state]
        escape[state] = way_out.sum() + exits[state]
        if escape[state] == 0.0:
            continue
        arrivals = matrix[top:state, state]
        matrix[top:state, left:state] += np.outer(arrivals, way_out / escape[state])
        exits[top:state] += arrivals * (exits[state] / escape[state])
    return escape


@dataclass(frozen=True)
class AbsorptionTimes:
    """Waiting times until one colour is left, in generations counted from the truth.

    Attributes
    ----------
    mean : float
        Mean generation at which only one colour is left.
    given_lost, given_taken_over : float
        The same for the runs that end without blue, and with nothing but blue; nan where that
        cannot happen.
    chance_lost : float
        Chance that blue is the colour that is lost in the end.
    """

    mean: float
    given_lost: float
    given_taken_over: float
    chance_lost: float


def _settled_times(share: float) -> AbsorptionTimes:
    """Times when the truth itself has one colour only."""
    if share == 0.0:
        return AbsorptionTimes(0.0, 0.0, math.nan, 1.0)
    return AbsorptionTimes(0.0, math.nan, 0.0, 0.0)


def _solve_eliminated(matrix: Floats, escape: Floats, right_hand_side: Floats) -> Floats:
    """Solve (I - Q) x = right_hand_side for a matrix Q reduced by :func:`_eliminate`."""
    from scipy.linalg import solve_triangular

    upper = -np.triu(matrix, 1) / escape
    folded = solve_triangular(upper, right_hand_side, unit_diagonal=True, check_finite=False)
    lower = -np.tril(matrix, -1)
    np.fill_diagonal(lower, escape)
    solution: Floats = solve_triangular(lower, folded, lower=True, check_finite=False)
    return solution


def _expected_times(rows: Floats, first_count: Floats) -> AbsorptionTimes:
    """Times from the full transition matrix on 0..n and the law of generation 1."""
    inner = rows[1:-1, 1:-1].copy()
    to_lost, to_taken = rows[1:-1, 0], rows[1:-1, -1]
    escape = _eliminate(inner, to_lost + to_taken, 0)
    if np.any(escape == 0.0):  # longer than any number a computer holds
        return AbsorptionTimes(math.inf, math.inf, math.inf, math.nan)
    sources = np.column_stack([np.ones(to_lost.size), to_lost, to_taken])
    solved = _solve_eliminated(inner, escape, sources)
    sums = _solve_eliminated(inner, escape, solved[:, 1:])
    step = first_count[1:-1]
    lost = first_count[0] + step @ solved[:, 1]
    taken = first_count[-1] + step @ solved[:, 2]
    time_lost, time_taken = lost + step @ sums[:, 0], taken + step @ sums[:, 1]
    return AbsorptionTimes(
        mean=float(1.0 + step @ solved[:, 0]),
        given_lost=float(time_lost / lost) if lost > 0.0 else math.nan,
        given_taken_over=float(time_taken / taken) if taken > 0.0 else math.nan,
        chance_lost=float(lost / (lost + taken)),
    )


def absorption_times(sample_size: int, share: float, temperature: float = 1.0) -> AbsorptionTimes:
    """Mean times until one colour is left, when every generation replaces the last.

    Parameters
    ----------
    sample_size : int
        Points per generation, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, in [0, 1]; it need not be a multiple of 1/n.
    temperature : float
        Sampling temperature, above 0.

    Returns
    -------
    AbsorptionTimes
        In generations, generation 0 being the truth.  A truth of one colour gives 0 generations.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact.  The linear systems are solved without subtractions, so the digits survive when the time
    is astronomically long (temperature above 1).  There the whole matrix is used, not its band,
    because leaving may take one very unlikely draw: n = 500 takes about 0.1 s, n = 2000 several
    seconds.  Times beyond the range of floating-point numbers come back as inf, with a
    ``chance_lost`` of nan.
    Source: Ewens (2004), mean absorption times; Grassmann, Taksar and Heyman (1985).
    """
    check_exact_sizes(sample_size, 0)
    check_share("share", share)
    check_positive("temperature", temperature)
    if share in (0.0, 1.0):
        return _settled_times(share)
    exponent = math.inf if temperature > 1.0 else _BAND_EXPONENT
    support = np.arange(sample_size + 1.0) / sample_size
    rows = _binomial_rows(sample_size, *_log_sharpened(support, temperature), exponent).dense()
    start = _log_sharpened(np.array([share]), temperature)
    first_count = _binomial_rows(sample_size, *start, math.inf).dense()[0]
    if sample_size == 1:  # generation 1 has one colour, whatever was drawn
        return AbsorptionTimes(1.0, 1.0, 1.0, float(first_count[0]))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return _expected_times(rows, first_count)


# --------------------------------------------------------------------------- the stationary law


@dataclass(frozen=True, eq=False)
class StationaryLaw(_LawOfShare):
    """The law of the share of blue after very many generations.

    Attributes
    ----------
    shares, probability : NDArray (states,)
        The values a fitted share can take, ascending, and the long-run chance of each.
    truth : float
        Share of blue in the truth (or the mean of the prior).
    """

    shares: Floats
    probability: Floats
    truth: float

    @property
    def _table(self) -> Floats:
        return self.probability[None, :]

    @property
    def mean(self) -> float:
        """Mean share."""
        return float(self._mean(self.truth)[0])

    @property
    def variance(self) -> float:
        """Variance of the share."""
        return float(self._variance(self.truth)[0])

    @property
    def diversity(self) -> float:
        """Mean of p (1 - p)."""
        return float(self._diversity()[0])

    @property
    def lost(self) -> float:
        """Part of the time (or of the runs) with a training set without blue."""
        return float(self._chance_at(0.0)[0])

    @property
    def taken_over(self) -> float:
        """Part of the time (or of the runs) with a training set of blue only."""
        return float(self._chance_at(1.0)[0])

    def quantile(self, level: float) -> float:
        """Smallest share whose distribution function reaches ``level``, strictly in (0, 1)."""
        return float(self._quantile(level)[0])


def _reduced_part(block: Floats, escape: Floats, arrivals: Floats) -> Floats:
    """Long-run weights of eliminated states, last eliminated first."""
    from scipy.linalg import solve_triangular

    system = -np.triu(block, 1).T
    np.fill_diagonal(system, escape)
    weights: Floats = solve_triangular(system, arrivals, lower=True, check_finite=False)
    return weights


def _stationary_weights(matrix: Floats, centre: int) -> Floats:
    """Stationary law of a transition matrix, by elimination towards the likely state ``centre``."""
    size = matrix.shape[0]
    escape_above = _eliminate(matrix, np.zeros(size), centre + 1)
    below = matrix[: centre + 1, : centre + 1][::-1, ::-1]  # a view: centre first, state 0 last
    escape_below = _eliminate(below, np.zeros(centre + 1), 1)
    if np.any(escape_above == 0.0) or np.any(escape_below == 0.0):
        raise ValueError(
            "the chain takes longer than 1e300 generations to forget its start, so it has no "
            "long-run law to show. Choose a temperature nearer 1, or more real points (or a "
            "stronger prior)."
        )
    weights = np.zeros(size)
    weights[centre] = 1.0
    if centre > 0:
        lower = _reduced_part(below[1:, 1:], escape_below[1:], below[0, 1:])
        weights[:centre] = lower[::-1]
    if centre + 1 < size:
        above = slice(centre + 1, size)
        arrivals = weights[: centre + 1] @ matrix[: centre + 1, above]
        weights[above] = _reduced_part(matrix[above, above], escape_above[above], arrivals)
    normalised: Floats = weights / weights.sum()
    return normalised


def _full_matrix(
    sample_size: int, shares: Floats, anchor_law: Floats, temperature: float
) -> Floats:
    """Transition matrix on the support, shape (states, states), fresh anchors included."""
    from scipy import sparse

    rows = _binomial_rows(sample_size, *_log_sharpened(shares, temperature)).compressed()
    if anchor_law.size == 1:
        return rows.toarray()
    used = np.flatnonzero(anchor_law)
    diagonals = np.repeat(anchor_law[used, None], shares.size, axis=1)
    shape = (sample_size + 1, shares.size)
    add_anchors = sparse.dia_array((diagonals, used), shape=shape).tocsr()
    full: Floats = np.asarray((rows @ add_anchors).todense(), dtype=np.float64)
    return full


def _long_run(
    sample_size: int,
    real_points: float,
    shares: Floats,
    truth: float,
    anchor_law: Floats,
    temperature: float,
) -> Floats:
    """Stationary probabilities on the support; ``real_points`` are anchors or imaginary ones."""
    if truth in (0.0, 1.0):  # the other colour never arrives
        return _placed(shares, truth)
    first_count = _binomial_law(sample_size, truth, temperature)
    forgetting = math.log1p(real_points / sample_size)
    if temperature == 1.0 and forgetting * _MOST_ITERATIONS >= 40.0:
        # the chain contracts by n / (n + k) per generation, so these steps leave exp(-40)
        steps = math.ceil(40.0 / forgetting)
        late: Floats = _fresh_rows(first_count, shares, anchor_law, temperature, steps)[-1]
        return late
    early = _fresh_rows(first_count, shares, anchor_law, temperature, 64)[-1]
    matrix = _full_matrix(sample_size, shares, anchor_law, temperature)
    with np.errstate(under="ignore"):
        return _stationary_weights(matrix, int(np.argmax(early)))


def stationary_law(
    sample_size: int, share: float, anchors: int, temperature: float = 1.0
) -> StationaryLaw:
    """Long-run law of the share of blue with fresh real anchors in every generation.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, in [0, 1].
    anchors : int
        Fresh real points per generation, k, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    temperature : float
        Sampling temperature of the model, above 0.

    Returns
    -------
    StationaryLaw
        On the shares 0, 1/(n+k), ..., 1.

    Raises
    ------
    ValueError
        If a parameter is out of range; without anchors there is no such law.

    Notes
    -----
    Exact up to rounding.  At temperature 1 the variance is p0 (1 - p0) (n + k) / D and the
    diversity p0 (1 - p0) (k^2 + 2nk - k) / D, with D = k^2 + 2nk + n (derived for this project).
    Source: Wright's balance of migration and drift, Ewens (2004); the elimination: Grassmann,
    Taksar and Heyman (1985).
    """
    check_exact_sizes(sample_size, anchors)
    check_share("share", share)
    check_positive("temperature", temperature)
    if anchors == 0:
        raise ValueError(
            "anchors=0 is out of range: it must be a whole number of at least 1, because without "
            "real points one colour is lost for good. Choose 1 or more, or use absorption_times."
        )
    shares = _support(sample_size, anchors, 0.0, 0.5)
    anchor_law = _binomial_law(anchors, share)
    probability = _long_run(sample_size, anchors, shares, share, anchor_law, temperature)
    return StationaryLaw(shares, probability, float(share))


def stationary_law_with_prior(
    sample_size: int, prior_strength: float, prior_mean: float, temperature: float = 1.0
) -> StationaryLaw:
    """Long-run law of the share of blue when every fit uses the same prior.

    Parameters
    ----------
    sample_size : int
        Points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    prior_strength : float
        Imaginary points in the prior, above 0.
    prior_mean : float
        Share of blue among them, in [0, 1].
    temperature : float
        Sampling temperature of the model, above 0.

    Returns
    -------
    StationaryLaw
        On the shares (j + strength * mean) / (n + strength); ``truth`` is the prior's mean, because
        the long-run law does not depend on where the chain began.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact up to rounding; below a strength of about 1e-6 digits are lost, because the largest share
    can no longer be told from 1.  Source as for :func:`stationary_law`.
    """
    check_exact_sizes(sample_size, 0)
    check_positive("prior_strength", prior_strength)
    check_share("prior_mean", prior_mean)
    check_positive("temperature", temperature)
    shares = _support(sample_size, 0, prior_strength, prior_mean)
    no_anchors = np.ones(1)
    probability = _long_run(
        sample_size, prior_strength, shares, prior_mean, no_anchors, temperature
    )
    return StationaryLaw(shares, probability, float(prior_mean))
