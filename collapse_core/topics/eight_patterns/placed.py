"""This app's own experiments among the eight patterns, by measurement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.planar import EightGaussians
from collapse_core.echoes import echo_law, padded, room_response
from collapse_core.echoes.copier import Copier
from collapse_core.echoes.heard import bands_between
from collapse_core.echoes.pictures import picture
from collapse_core.echoes.recording import RATE
from collapse_core.echoes.sounds import sound_named
from collapse_core.geometry import Pattern, name_pattern
from collapse_core.measures.image_pair import image_pair
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.base import Model, Report, no_report
from collapse_core.models.frozen_loop import FrozenMap, Listening, Translators, iterate
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.loop import ModelLoop
from collapse_core.models.regression_network import fit_autoencoder
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.policies import Anchors
from collapse_core.streams import generator

__all__ = ["EXPERIMENTS", "Placed", "PlacedExperiments"]

Array = NDArray[np.float64]
Clouds = tuple[Array, Array]

DIMENSIONS, POINTS = 5, 600
PATCH = 8
SEGMENTS, SEGMENT = 400, 2048
PASSES = 20
THIRDS = bands_between(60.0, 7000.0, 3)


@dataclass(frozen=True)
class Placed:
    """One experiment and what its change is called.

    Parameters
    ----------
    name : str
        A key of ``EXPERIMENTS``.
    pattern : Pattern
        From its start to its end.
    """

    name: str
    pattern: Pattern


def _gaussian() -> Clouds:
    """Refit a Gaussian in five dimensions to 60 of its own points, 20 times."""
    rng = generator(1, 0, "gaussian cloud")
    covariance = np.diag([4.0, 2.0, 1.0, 0.5, 0.25])
    mean, first = np.zeros(DIMENSIONS), covariance
    for _ in range(PASSES):
        rows = rng.multivariate_normal(mean, covariance, 60)
        mean, covariance = rows.mean(axis=0), np.cov(rows.T, bias=True)
    before = rng.multivariate_normal(np.zeros(DIMENSIONS), first, POINTS)
    return before, rng.multivariate_normal(mean, covariance, POINTS)


def _refitted(model: Model) -> Clouds:
    """Retrain a model of the plane on 300 of its own points, eight times."""
    loop = ModelLoop(model, EightGaussians(), Anchors(0), 300, 8)
    first = last = loop.first(1)
    for _ in range(loop.generations):
        last = loop.following(last, 1)
    return first.made, last.made


def _passed(once: FrozenMap, name: str) -> Clouds:
    """Send 300 images through one frozen network, 20 times."""
    start = image_pair()[name].held_out_images[:300]
    *_, end = iterate(once, start, PASSES, 1)
    return start, end


def _fitted(kind: Model, noise: float) -> FrozenMap:
    """Return a network of digits that is frozen, with noise in its code."""
    fitted = kind.fit(image_pair()["digits"].training_images, generator(1, 1, "fit"))
    assert isinstance(fitted, FittedAutoencoder)
    return Listening(fitted, noise)


def _plain(name: str) -> Clouds:
    """Send images through a plain autoencoder with two numbers in its code."""
    network = fit_autoencoder(image_pair()[name].training_images, 2, 1)
    return _passed(Translators(network.apply, np.asarray), name)


def _copier() -> Clouds:
    """Return patches of a picture, and of its hundredth copy, saved and shifted each time."""
    copies = Copier(quality=75, shift="one_way").copies(picture("china"), 100, 1)
    return _patches(copies.pictures[0]), _patches(copies.laid_back(100))


def _patches(pixels: NDArray[np.uint8]) -> Array:
    grey = pixels.mean(axis=2) / 255.0
    down, across = (side // PATCH for side in grey.shape)
    tiles = grey[: down * PATCH, : across * PATCH].reshape(down, PATCH, across, PATCH)
    return np.asarray(tiles.swapaxes(1, 2).reshape(-1, PATCH * PATCH), dtype=np.float64)


def _room() -> Clouds:
    """Return the spectra of short pieces of a voice, and of its eighth recording, in decibels."""
    voice = sound_named("first_voice")
    response = room_response("bathroom", RATE)
    last = echo_law(padded(voice, response), response, 8)
    return _spectra(voice), _spectra(last[: len(voice)])


def _spectra(sound: Array) -> Array:
    starts = np.linspace(0, len(sound) - SEGMENT, SEGMENTS).astype(int)
    parts = sound[starts[:, np.newaxis] + np.arange(SEGMENT)] * np.hanning(SEGMENT)
    heights = np.abs(np.fft.rfft(parts, axis=1)) ** 2
    frequencies = np.fft.rfftfreq(SEGMENT, 1.0 / RATE).astype(np.float64)
    rows = [THIRDS.energies(row, frequencies) for row in heights]
    return np.asarray(10.0 * np.log10(np.array(rows) + 1e-5), dtype=np.float64)


EXPERIMENTS: dict[str, Callable[[], Clouds]] = {
    "gaussian": _gaussian,
    "mixture": lambda: _refitted(GaussianMixtureModel(8)),
    "kernel": lambda: _refitted(KernelDensity()),
    "linear": lambda: _passed(_fitted(ProbabilisticPCA(8), 1.0), "digits"),
    "digits": lambda: _plain("digits"),
    "photographs": lambda: _plain("photographs"),
    "variational": lambda: _passed(_fitted(VariationalAutoencoder(16), 1.0), "digits"),
    "room": _room,
    "copier": _copier,
}


@dataclass(frozen=True)
class PlacedExperiments:
    """All of them, one after the other."""

    names: tuple[str, ...] = field(default=tuple(EXPERIMENTS))

    @property
    def identity(self) -> str:
        """There is only one such work."""
        return repr(self)

    @property
    def total(self) -> int:
        """Number of experiments."""
        return len(self.names)

    def start(self) -> Placed | None:
        """Return nothing yet."""
        return None

    def after(self, done: Sequence[Placed | None], report: Report = no_report) -> Placed:
        """Return the next experiment, measured.

        Parameters
        ----------
        done : sequence
            Those so far, after nothing.
        report : callable
            Is told how much is done.
        """
        name = self.names[len(done) - 1]
        before, after = EXPERIMENTS[name]()
        report(0.8)
        return Placed(name, name_pattern(before, after))
