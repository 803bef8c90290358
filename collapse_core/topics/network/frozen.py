"""The networks of the page, fitted once and then frozen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import SIDE, ImageSet
from collapse_core.models.base import Report
from collapse_core.models.frozen_loop import Listening, Translators
from collapse_core.models.regression_network import fit_autoencoder, fit_network
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.streams import generator
from collapse_core.topics.network.linear import LINEAR_MODELS, fit_linear
from collapse_core.topics.network.passes import FrozenNetwork, NoisyCode

__all__ = ["FROZEN_MODELS", "fit_frozen", "outline"]

Array = NDArray[np.float64]

FROZEN_MODELS = ("vae", "autoencoder", *LINEAR_MODELS, "translators")
TRANSLATOR_UNITS = (64,)
NARROW = 1  # layers of the plain autoencoder before and including its code
STEPS = 1600


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

        def encode(given: Array) -> Array:
            return network.apply(given, 0, NARROW + 1)

        def decode(codes: Array) -> Array:
            return network.apply(codes, NARROW + 1)

        # Its codes lie between -1 and 1; it cannot say how uncertain they are.
        return FrozenNetwork(NoisyCode(encode, decode, noise, 1.0), encode, decode)
    if name in LINEAR_MODELS:
        return fit_linear(name, rows, code, noise, report)
    fitted = VariationalAutoencoder(code, steps=STEPS).fit(rows, generator(seed, 1, "fit"), report)
    return FrozenNetwork(Listening(fitted, noise), fitted.encode, fitted.decode)


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
