"""A variational autoencoder in NumPy: two small networks, fitted by Adam.

Rows are centred and divided by one scale, as the model has one output variance v for all values.
New rows are made as the model says: a latent point from N(0, I), decoded, plus noise of variance v.
Leaving that noise out would make cleaner pictures of another model, one that loses spread by
construction.

The cost of a fit is a number of steps, however many rows there are. For few rows there are fewer
steps, as the networks would learn the rows by heart and make near-copies of them. The smallest v is
1e-6 of the rows' variance, so that a collapse ends in small numbers and not in none.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number
from collapse_core.data.sources import whole_copies
from collapse_core.models.adam import Adam
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.base import Model, Report, no_report
from collapse_core.models.one_thread import one_thread
from collapse_core.models.principal_axes import PrincipalAxes, check_rows, coordinate_axes
from collapse_core.models.variational_network import (
    LOG_TWO_PI,
    START_LOG_VARIANCE,
    VariationalNetwork,
    Workspace,
)

__all__ = ["FittedVariationalAutoencoder", "VariationalAutoencoder"]

Array = NDArray[np.float64]

SMALLEST_LOG_VARIANCE = math.log(1e-6)
HELD_SHARE = 0.3  # of the steps in which the output variance stays where it starts
WARM_UP_STEPS = 20
REPORTS = 50
POSTERIOR_DRAWS, PRIOR_DRAWS = 48, 128
BLOCK_VALUES = 2**20  # numbers of the largest array of `log_density`
FARTHEST = 1e6


@dataclass(frozen=True, eq=False)
class FittedVariationalAutoencoder(FittedAutoencoder):
    """A variational autoencoder after its fit.

    Parameters
    ----------
    network : VariationalNetwork
        The shape of the networks.
    parameters : ndarray, shape (network.size,)
        Their weights; the last is the logarithm of the output variance, in standardised units.
    frame : PrincipalAxes
        Centre and scale of the rows. It has no direction if all rows of the fit are equal.
    losses : ndarray, shape (steps,)
        The loss of every step of the fit: the negative evidence lower bound of its batch, in nats
        per row. Empty if all rows were equal.
    """

    network: VariationalNetwork
    parameters: Array
    frame: PrincipalAxes
    losses: Array

    @property
    def output_deviation(self) -> float:
        """Standard deviation of the noise that a new row gets, in the units of the rows."""
        if self.frame.rank == 0:
            return 0.0
        return float(self.frame.deviations[0] * math.exp(0.5 * self.parameters[-1]))

    def posterior(self, rows: Array) -> tuple[Array, Array]:
        """Return mean and log variance of the latent law q(z | row), both (rows, latent)."""
        return self._posterior(self.frame.standardise(check_rows(rows, self.frame.dimension)))

    def encode(self, rows: Array) -> Array:
        """Return the mean of q(z | row), shape (rows, latent)."""
        return self.posterior(rows)[0]

    def code_deviation(self, rows: Array) -> Array:
        """Return the standard deviation of q(z | row), shape (rows, latent)."""
        return np.exp(0.5 * self.posterior(rows)[1])

    def decode(self, latents: Array) -> Array:
        """Return the mean of the rows of each latent point: no noise is added."""
        latents = check_rows(latents, self.network.latent, "latents")
        return self.frame.restore(self.network.decode(self.parameters, latents))

    def sample(self, count: int, rng: np.random.Generator) -> Array:
        """Return new rows: latent points from N(0, I), decoded, plus the output noise."""
        count = check_whole_number("count", count, 1)
        rows = self.network.decode(
            self.parameters, rng.standard_normal((count, self.network.latent))
        )
        rows += math.exp(0.5 * self.parameters[-1]) * rng.standard_normal(rows.shape)
        return self.frame.restore(rows)

    def log_density(self, rows: Array) -> Array:
        """Return an estimate of the log density of each row: on average slightly too low.

        Importance sampling with a fixed set of 48 latent points from q(z | row) and 128 from
        N(0, I), weighted as draws of one mixture (Veach and Guibas 1995). The density itself is
        estimated without bias over the choice of the set, so its logarithm is a bound from below
        on average (Burda, Grosse and Salakhutdinov 2016). If all rows of the fit were equal, it is
        infinite at that row and minus infinity elsewhere.
        """
        rows = check_rows(rows, self.frame.dimension)
        if self.frame.rank == 0:
            return np.where(self.frame.outside(rows), -np.inf, np.inf)
        standardised = self.frame.standardise(rows)
        rng = np.random.Generator(np.random.SFC64(0))
        own = rng.standard_normal((POSTERIOR_DRAWS, self.network.latent))
        common = rng.standard_normal((PRIOR_DRAWS, self.network.latent))
        widest = max(
            POSTERIOR_DRAWS * max(self.network.hidden, self.network.dimension),
            PRIOR_DRAWS * self.network.latent,
        )
        block = max(1, BLOCK_VALUES // widest)
        values = np.empty(len(rows))
        for start in range(0, len(rows), block):
            part = slice(start, start + block)
            values[part] = self._estimate(standardised[part], own, common)
        return np.asarray(values - self.frame.log_volume)

    def _posterior(self, standardised: Array) -> tuple[Array, Array]:
        near = np.clip(standardised, -FARTHEST, FARTHEST)
        return self.network.encode(self.parameters, near)

    def _estimate(self, rows: Array, own: Array, common: Array) -> Array:
        """Return the estimated log density of standardised rows, in standardised units."""
        mean, log_variance = (part[:, None, :] for part in self._posterior(rows))
        log_deviation = 0.5 * log_variance
        latents = np.exp(log_deviation) * own
        latents += mean
        likelihoods = np.concatenate(
            [
                self._log_likelihood(rows, self.network.decode(self.parameters, latents)),
                self._log_likelihood(rows, self.network.decode(self.parameters, common)[None]),
            ],
            axis=1,
        )
        prior = np.concatenate(
            [_log_normal(latents), np.broadcast_to(_log_normal(common), (len(rows), PRIOR_DRAWS))],
            axis=1,
        )
        from_common = _log_normal((common - mean) * np.exp(-log_deviation))
        proposed = np.broadcast_to(_log_normal(own), (len(rows), POSTERIOR_DRAWS))
        proposed = np.concatenate([proposed, from_common], axis=1) - log_deviation.sum(axis=2)
        # The set of draws has this density, times their number, whichever law each came from.
        drawn = np.logaddexp(math.log(POSTERIOR_DRAWS) + proposed, math.log(PRIOR_DRAWS) + prior)
        return _log_sum(likelihoods + prior - drawn)

    def _log_likelihood(self, rows: Array, decoded: Array) -> Array:
        """Return log p(row | z), shape (rows, draws); decoded is (rows or 1, draws, values)."""
        log_variance = float(self.parameters[-1])
        products = np.matmul(decoded, rows[:, :, None])[:, :, 0]
        with np.errstate(over="ignore", invalid="ignore"):
            squares = np.einsum("rdv,rdv->rd", decoded, decoded) - 2.0 * products
            squares = squares + np.square(rows).sum(axis=1)[:, None]
            distances = np.maximum(np.nan_to_num(squares, nan=np.inf), 0.0)
        constant = 0.5 * rows.shape[1] * (LOG_TWO_PI + log_variance)
        return np.asarray(-0.5 * math.exp(-log_variance) * distances - constant)


@dataclass(frozen=True)
class VariationalAutoencoder(Model):
    """A variational autoencoder with one hidden layer of tanh units on each side.

    Parameters
    ----------
    latent : int
        Latent coordinates, 1 to 64.
    hidden : int
        Units of each hidden layer, 1 to 1024.
    steps : int
        Gradient steps of a fit at most, 1 to 100000.
    batch : int
        Rows of a step, 1 to 10000; all rows if there are fewer.
    learning_rate : float
        Largest step size of Adam, above 0 to 1. It rises in the first steps, then falls to 0 along
        a cosine.
    passes : int
        How often each row is seen in a fit at most, 1 to 1000000. With 8 latent coordinates and
        300 digits, 80 passes describe held-out digits best; points in the plane bear any number.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    latent: int = 8
    hidden: int = 96
    steps: int = 1600
    batch: int = 100
    learning_rate: float = 0.03
    passes: int = 80

    def __post_init__(self) -> None:
        limits = {"latent": 64, "hidden": 1024, "steps": 100_000, "batch": 10_000, "passes": 10**6}
        for name, high in limits.items():
            number = check_whole_number(name, getattr(self, name), 1, high)
            object.__setattr__(self, name, number)
        rate = check_number("learning_rate", self.learning_rate, 0.0, 1.0, low_open=True)
        object.__setattr__(self, "learning_rate", rate)

    @classmethod
    def for_points(cls, latent: int = 2) -> VariationalAutoencoder:
        """Return settings that suit points in the plane: they cannot be learned by heart.

        Parameters
        ----------
        latent : int
            Latent coordinates.
        """
        return cls(latent, hidden=64, steps=2200, learning_rate=0.04, passes=10**6)

    def fit(
        self, rows: Array, rng: np.random.Generator, report: Report = no_report
    ) -> FittedVariationalAutoencoder:
        """Return the networks after the gradient steps.

        Parameters
        ----------
        rows : ndarray, shape (rows, values)
            One example per row; they may all be equal.
        rng : numpy.random.Generator
            Draws the start, the batches and the latent noise.
        report : callable
            Is told how much of the fit is done, 50 times; it may raise to stop the fit.
        """
        rows = check_rows(rows)
        frame = _common_scale(rows)
        network = VariationalNetwork(frame.rank, self.hidden, self.latent)
        if frame.rank == 0:
            report(1.0)
            return FittedVariationalAutoencoder(network, np.zeros(network.size), frame, np.zeros(0))
        # Half the digits, twice the speed; the noise of the batches is far above their rounding.
        single = frame.standardise(rows).astype(np.float32)
        parameters = network.start(rng, np.float32)
        with one_thread():
            losses = self._descend(network, parameters, single, rng, report)
        return FittedVariationalAutoencoder(
            network, parameters.astype(np.float64), frame, losses + frame.log_volume
        )

    def _descend(
        self,
        network: VariationalNetwork,
        parameters: NDArray[np.float32],
        rows: NDArray[np.float32],
        rng: np.random.Generator,
        report: Report,
    ) -> Array:
        """Move the parameters downhill; return the loss of every step."""
        count = min(self.batch, len(rows))
        steps = min(self.steps, -(-self.passes * len(rows) // count))
        extended = np.concatenate([rows, np.ones((len(rows), 1), rows.dtype)], axis=1)
        order = whole_copies(len(rows), steps * count, rng).reshape(steps, count)
        adam, work = Adam(parameters), Workspace(network, count, rows.dtype)
        gradient = np.empty_like(parameters)
        losses = np.empty(steps)
        for step in range(steps):
            if step * REPORTS % steps < REPORTS:
                report(step / steps)
            noise = rng.standard_normal((count, self.latent), dtype=np.float32)
            losses[step], _ = network.loss(parameters, gradient, extended[order[step]], noise, work)
            adam.step(gradient, self.learning_rate * _rate(step, steps))
            held = step < HELD_SHARE * steps
            lowest = START_LOG_VARIANCE if held else SMALLEST_LOG_VARIANCE
            parameters[-1] = lowest if held else max(float(parameters[-1]), lowest)
        report(1.0)
        return losses


def _rate(step: int, steps: int) -> float:
    """Return the step size as a share of the largest: a short rise, then a fall along a cosine."""
    rise = min(1.0, (step + 1) / WARM_UP_STEPS)
    return rise * 0.5 * (1.0 + math.cos(math.pi * step / steps))


def _common_scale(rows: Array) -> PrincipalAxes:
    """Return centre and one scale for all values; no direction if all rows are equal."""
    filled = coordinate_axes(rows)
    if filled.rank == 0:
        return filled
    dimension = rows.shape[1]
    largest = float(filled.deviations.max())
    scale = largest * math.sqrt(float(np.square(filled.deviations / largest).sum()) / dimension)
    return PrincipalAxes(filled.mean, np.eye(dimension), np.full(dimension, scale))


def _log_normal(values: Array) -> Array:
    """Return the log density of N(0, I) along the last axis."""
    squares = np.einsum("...l,...l->...", values, values)
    return np.asarray(-0.5 * (squares + values.shape[-1] * LOG_TWO_PI))


def _log_sum(values: Array) -> Array:
    """Return the logarithm of the sum of exponentials along the last axis."""
    largest = np.maximum(values.max(axis=1, keepdims=True), -sys.float_info.max)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(values - largest).sum(axis=1)) + largest[:, 0])
