"""The networks of the page, fitted once and then frozen, and what one pass through them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import SIDE, ImageSet
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.base import Report
from collapse_core.models.frozen_loop import FrozenMap, Listening, Translators
from collapse_core.models.linear_autoencoder import FittedProbabilisticPCA, ProbabilisticPCA
from collapse_core.models.regression_network import RegressionNetwork, fit_autoencoder, fit_network
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.streams import generator
from collapse_core.theory.fed_back import fed_back_variance

__all__ = ["FROZEN_MODELS", "FrozenNetwork", "fit_frozen", "outline"]

Array = NDArray[np.float64]

FROZEN_MODELS = ("vae", "autoencoder", "pca", "translators")
TRANSLATOR_UNITS = (64,)
NARROW = 1  # layers of the plain autoencoder before and including its code
STEPS = 1600


@dataclass(frozen=True, eq=False)
class FrozenNetwork:
    """A network that is not trained any more, and its code.

    Parameters
    ----------
    once : FrozenMap
        One pass: rows in, rows out.
    encode : callable
        From rows to codes; a translator's code is what it translates into.
    decode : callable
        Back, without noise.
    model : FittedAutoencoder, optional
        What was fitted, where it can tell more.
    """

    once: FrozenMap
    encode: Callable[[Array], Array]
    decode: Callable[[Array], Array]
    model: FittedAutoencoder | None = None

    def again(self, codes: Array) -> Array:
        """Return the codes after one pass without noise: code, image, code."""
        return self.encode(self.decode(codes))

    def exact_spread(self, start: Array, noise: float, passes: int) -> Array | None:
        """Return the expected total variance after every pass, where it is known: linear models.

        Parameters
        ----------
        start : ndarray, shape (rows, values)
            The images at the start.
        noise : float
            In the code, in units of the model's own.
        passes : int
            How many.
        """
        if not isinstance(self.model, FittedProbabilisticPCA):
            return None
        fitted, rows = self.model, len(start)
        values = np.square(fitted.kept.deviations)
        along = ((start - fitted.mean) @ fitted.kept.axes).var(axis=0)
        plain = fed_back_variance(values, fitted.noise_variance, passes, "none", along)
        noisy = fed_back_variance(values, fitted.noise_variance, passes, "code", along)
        # A sample of n has (n - 1)/n of the noise's variance about its own mean.
        added = (1.0 - 1.0 / rows) * noise**2 * (noisy - plain)
        exact = (plain + added).sum(axis=1)
        exact[0] = start.var(axis=0).sum()
        return np.asarray(exact, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _PlainPass:
    """One pass through a plain autoencoder, with noise in its code."""

    network: RegressionNetwork
    noise: float

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        codes = _encode(self.network, rows)
        if self.noise:
            # Its codes lie between -1 and 1; it cannot say how uncertain they are.
            codes = np.clip(codes + 0.1 * self.noise * rng.standard_normal(codes.shape), -1.0, 1.0)
        return _decode(self.network, codes)


def fit_frozen(
    name: str, images: ImageSet, code: int, noise: float, seed: int, report: Report
) -> FrozenNetwork:
    """Return a network that has learned from real images.

    Parameters
    ----------
    name : str
        One of ``FROZEN_MODELS``.
    images : ImageSet
        Its training images are learned.
    code : int
        Numbers in the code; translators have none.
    noise : float
        In the code; translators have none.
    seed : int
        Of the fit.
    report : callable
        Is told how much is done.
    """
    rows = images.training_images
    if name == "translators":
        drawn = outline(rows)
        there = fit_network(rows, drawn, TRANSLATOR_UNITS, seed, lambda share: report(share / 2))
        back = fit_network(drawn, rows, TRANSLATOR_UNITS, seed, lambda s: report(0.5 + s / 2))
        return FrozenNetwork(Translators(there.apply, back.apply), there.apply, back.apply)
    if name == "autoencoder":
        network = fit_autoencoder(rows, code, seed, report)
        return FrozenNetwork(
            _PlainPass(network, noise),
            lambda given: _encode(network, given),
            lambda codes: _decode(network, codes),
        )
    kind = ProbabilisticPCA(code) if name == "pca" else VariationalAutoencoder(code, steps=STEPS)
    fitted = kind.fit(rows, generator(seed, 1, "fit"), report)
    return FrozenNetwork(Listening(fitted, noise), fitted.encode, fitted.decode, fitted)


def outline(images: Array) -> Array:
    """Return the outline of images, 0 to 1: how steep their greys are at each pixel.

    Parameters
    ----------
    images : ndarray, shape (rows, 64)
        Greys from 0 to 1.
    """
    pictures = images.reshape(-1, SIDE, SIDE)
    steep = np.hypot(np.gradient(pictures, axis=1), np.gradient(pictures, axis=2))
    return np.asarray(np.clip(steep, 0.0, 1.0).reshape(len(images), -1), dtype=np.float64)


def _encode(network: RegressionNetwork, rows: Array) -> Array:
    return network.apply(rows, 0, NARROW + 1)


def _decode(network: RegressionNetwork, codes: Array) -> Array:
    return network.apply(codes, NARROW + 1)
