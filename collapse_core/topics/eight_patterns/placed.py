"""This app's own experiments among the eight patterns, by measurement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.copier import Copier
from collapse_core.echoes.pictures import picture
from collapse_core.echoes.recording import RATE
from collapse_core.geometry import Pattern, name_pattern
from collapse_core.models.base import Report, no_report
from collapse_core.streams import generator
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import FINE, heard_at

__all__ = ["EXPERIMENTS", "Placed", "PlacedExperiments"]

Array = NDArray[np.float64]
Clouds = tuple[Array, Array]

DIMENSIONS, POINTS = 5, 600
PATCH = 8
SEGMENTS, SEGMENT = 400, 2048
PASSES = 20


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


def _any_model(model: str) -> Clouds:
    asked = AnyModel(model=model, sample_size=300, generations=8)  # type: ignore[arg-type]
    steps = [asked.start()]
    while len(steps) <= asked.generations:
        steps.append(asked.after(steps))
    return np.asarray(steps[0].cloud), np.asarray(steps[-1].cloud)


def _network(**changes: object) -> Clouds:
    asked = ListeningNetwork(generations=PASSES, **changes)  # type: ignore[arg-type]
    steps = asked.run()
    return steps[0].rows, steps[-1].rows


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
    asked = SoundInARoom(generations=8)
    first, last = (_spectra(heard_at(asked, number)) for number in (0, 8))
    return first, last


def _spectra(sound: Array) -> Array:
    starts = np.linspace(0, len(sound) - SEGMENT, SEGMENTS).astype(int)
    parts = sound[starts[:, np.newaxis] + np.arange(SEGMENT)] * np.hanning(SEGMENT)
    heights = np.abs(np.fft.rfft(parts, axis=1)) ** 2
    frequencies = np.fft.rfftfreq(SEGMENT, 1.0 / RATE).astype(np.float64)
    rows = [FINE.energies(row, frequencies)[::4] for row in heights]
    return np.asarray(10.0 * np.log10(np.array(rows) + 1e-5), dtype=np.float64)


EXPERIMENTS: dict[str, Callable[[], Clouds]] = {
    "gaussian": _gaussian,
    "mixture": lambda: _any_model("mixture"),
    "kernel": lambda: _any_model("kernel"),
    "linear": lambda: _network(model="pca", code=8, noise=1.0),
    "digits": _network,
    "photographs": lambda: _network(images="photographs"),
    "variational": lambda: _network(model="vae", code=16, noise=1.0),
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
