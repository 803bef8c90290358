"""The two networks of a variational autoencoder, their loss and its gradient.

The encoder turns a row x into a normal law of latent coordinates z, the decoder turns z into a row:

    x -> tanh -> mean and log variance of q(z | x);    z -> tanh -> mean of p(x | z)

with p(z) = N(0, I) and p(x | z) = N(decoder(z), v I), v being one number. The loss is the negative
evidence lower bound, a bound of -log p(x), in nats per row:

    E_q |x - decoder(z)|^2 / (2 v) + d/2 log(2 pi v) + KL(q(z | x) || N(0, I))

Source: Kingma and Welling 2014, "Auto-encoding variational Bayes". All parameters lie in one flat
vector; the last one is log v. A column of ones stands for the biases.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "LOG_TWO_PI",
    "START_LOG_VARIANCE",
    "Layers",
    "VariationalNetwork",
    "Workspace",
    "normal_divergence",
]

Array = NDArray[Any]

LOG_TWO_PI = math.log(2.0 * math.pi)
HIDDEN_GAIN = 1.5
START_LOG_VARIANCE = -2.0


class Layers(NamedTuple):
    """Weights of the four layers, views into one flat vector; the last row of each is the bias."""

    encoder: Array
    posterior: Array
    decoder: Array
    output: Array


def normal_divergence(mean: Array, log_variance: Array) -> Array:
    """Return the Kullback-Leibler divergence of N(mean, variance) from N(0, 1), entry by entry.

    Parameters
    ----------
    mean, log_variance : ndarray
        Of the first law; log is the natural logarithm, the answer is in nats.
    """
    return np.asarray(0.5 * (np.exp(log_variance) + mean * mean - 1.0 - log_variance))


class Workspace:
    """Arrays for one batch size, used again in every step: allocating them costs more than sums.

    Parameters
    ----------
    network : VariationalNetwork
        The shape of the layers.
    count : int
        Rows of a batch.
    dtype : data-type
        Type of the numbers.
    """

    def __init__(self, network: VariationalNetwork, count: int, dtype: Any) -> None:
        self.hidden = np.ones((count, network.hidden + 1), dtype)
        self.latent = np.ones((count, network.latent + 1), dtype)
        self.features = np.ones((count, network.hidden + 1), dtype)
        self.residual = np.empty((count, network.dimension), dtype)
        self.slope = np.empty((count, network.hidden), dtype)
        self.back = np.empty((count, network.hidden), dtype)
        self.posterior_slope = np.empty((count, 2 * network.latent), dtype)


@dataclass(frozen=True)
class VariationalNetwork:
    """Sizes of the networks; the numbers themselves are handed in as a flat vector.

    Parameters
    ----------
    dimension : int
        Values of a row.
    hidden : int
        Units of the hidden layer, in the encoder and in the decoder.
    latent : int
        Latent coordinates.
    """

    dimension: int
    hidden: int
    latent: int

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Rows and columns of each layer, bias included."""
        return (
            (self.dimension + 1, self.hidden),
            (self.hidden + 1, 2 * self.latent),
            (self.latent + 1, self.hidden),
            (self.hidden + 1, self.dimension),
        )

    @property
    def size(self) -> int:
        """Number of parameters."""
        return sum(rows * columns for rows, columns in self.shapes) + 1

    def layers(self, flat: Array) -> Layers:
        """Return the layers as views into a flat vector."""
        first, second, third, fourth = self._places
        return Layers(
            flat[first[0]].reshape(first[1]),
            flat[second[0]].reshape(second[1]),
            flat[third[0]].reshape(third[1]),
            flat[fourth[0]].reshape(fourth[1]),
        )

    @cached_property
    def _places(self) -> list[tuple[slice, tuple[int, int]]]:
        """Where each layer lies in the flat vector: looked up in every step of a fit."""
        ends = np.cumsum([0, *(rows * columns for rows, columns in self.shapes)]).tolist()
        places = [slice(*pair) for pair in pairwise(ends)]
        return list(zip(places, self.shapes, strict=True))

    def start(self, rng: np.random.Generator, dtype: Any = np.float64) -> Array:
        """Return random parameters to start from.

        The hidden units bend at different places, so that few of them can draw a curve. The output
        variance starts well below that of standardised rows, which is 1: at 1 the codes would say
        nothing, and the fit would stay there.
        """
        flat = np.zeros(self.size, dtype)
        for number, layer in enumerate(self.layers(flat)):
            rows, columns = layer.shape
            width = (HIDDEN_GAIN if number % 2 == 0 else 1.0) / math.sqrt(max(rows - 1, 1))
            layer[:-1] = width * rng.standard_normal((rows - 1, columns))
            if number % 2 == 0:
                layer[-1] = rng.standard_normal(columns)
        flat[-1] = START_LOG_VARIANCE
        return flat

    def encode(self, flat: Array, rows: Array) -> tuple[Array, Array]:
        """Return mean and log variance of q(z | x), each of shape (rows, latent)."""
        layers = self.layers(flat)
        hidden = np.tanh(rows @ layers.encoder[:-1] + layers.encoder[-1])
        posterior = hidden @ layers.posterior[:-1] + layers.posterior[-1]
        return posterior[..., : self.latent], posterior[..., self.latent :]

    def decode(self, flat: Array, latents: Array) -> Array:
        """Return the mean of p(x | z) for latents of shape (..., latent)."""
        layers = self.layers(flat)
        # One tall matrix: NumPy multiplies a stack of small ones much more slowly.
        features = latents.reshape(-1, self.latent) @ layers.decoder[:-1]
        features += layers.decoder[-1]
        output = np.tanh(features, out=features) @ layers.output[:-1]
        output += layers.output[-1]
        return np.asarray(output.reshape(*latents.shape[:-1], self.dimension))

    def loss(
        self, flat: Array, gradient: Array, batch: Array, noise: Array, work: Workspace
    ) -> tuple[float, float]:
        """Return loss and mean squared residual of a batch, and write the loss's gradient.

        Parameters
        ----------
        flat : ndarray, shape (size,)
            The parameters.
        gradient : ndarray, shape (size,)
            Is overwritten.
        batch : ndarray, shape (rows, dimension + 1)
            Rows, followed by a column of ones.
        noise : ndarray, shape (rows, latent)
            Standard normal numbers: which z is drawn from q(z | x).
        work : Workspace
            Made for this number of rows.
        """
        layers, slopes = self.layers(flat), self.layers(gradient)
        hidden, features = work.hidden[:, :-1], work.features[:, :-1]
        np.tanh(np.matmul(batch, layers.encoder, out=hidden), out=hidden)
        posterior = work.hidden @ layers.posterior
        mean, log_variance = posterior[:, : self.latent], posterior[:, self.latent :]
        deviation = np.exp(0.5 * log_variance)
        np.multiply(deviation, noise, out=work.latent[:, :-1])
        work.latent[:, :-1] += mean
        np.tanh(np.matmul(work.latent, layers.decoder, out=features), out=features)
        residual = np.matmul(work.features, layers.output, out=work.residual)
        residual -= batch[:, :-1]

        count, log_output = len(batch), float(flat[-1])
        squared = float(np.vdot(residual, residual)) / count
        distance = 0.5 * squared * math.exp(-log_output)
        gradient[-1] = 0.5 * self.dimension - distance
        divergence = float(normal_divergence(mean, log_variance).sum()) / count
        loss = distance + 0.5 * self.dimension * (log_output + LOG_TWO_PI) + divergence
        residual *= math.exp(-log_output) / count
        self._decoder_slopes(layers, slopes, work)
        back = work.back @ layers.decoder[:-1].T
        slope = work.posterior_slope
        np.add(back, mean / count, out=slope[:, : self.latent])
        spread = 0.5 * (back * noise * deviation + (deviation * deviation - 1.0) / count)
        slope[:, self.latent :] = spread
        self._encoder_slopes(layers, slopes, batch, work)
        return loss, squared / self.dimension

    def _decoder_slopes(self, layers: Layers, slopes: Layers, work: Workspace) -> None:
        np.matmul(work.features.T, work.residual, out=slopes.output)
        np.matmul(work.residual, layers.output[:-1].T, out=work.back)
        _through_tanh(work.back, work.features[:, :-1], work.slope)
        np.matmul(work.latent.T, work.back, out=slopes.decoder)

    def _encoder_slopes(
        self, layers: Layers, slopes: Layers, batch: Array, work: Workspace
    ) -> None:
        np.matmul(work.hidden.T, work.posterior_slope, out=slopes.posterior)
        np.matmul(work.posterior_slope, layers.posterior[:-1].T, out=work.back)
        _through_tanh(work.back, work.hidden[:, :-1], work.slope)
        np.matmul(batch.T, work.back, out=slopes.encoder)


def _through_tanh(back: Array, values: Array, work: Array) -> None:
    """Multiply by the derivative of tanh, 1 - tanh^2, in place."""
    np.multiply(values, values, out=work)
    np.subtract(1.0, work, out=work)
    back *= work
