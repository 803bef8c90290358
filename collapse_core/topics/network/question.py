"""A network listens to itself: image, code, image, and again; frozen, or trained each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import ImageSet
from collapse_core.measures.image_pair import image_pair
from collapse_core.models.base import Report, no_report
from collapse_core.models.one_thread import one_thread
from collapse_core.stepwise import all_steps
from collapse_core.streams import generator
from collapse_core.topics.experiment import Experiment, generations, number, seed, share
from collapse_core.topics.network.frozen import fit_frozen
from collapse_core.topics.network.steps import NetworkStep, first_step, next_step

__all__ = ["STARTS", "ImageChoice", "ListeningNetwork", "LoopChoice", "NetworkChoice"]

Array = NDArray[np.float64]
ImageChoice = Literal["digits", "photographs"]
NetworkChoice = Literal["autoencoder", "vae", "pca", "pca_pixels", "plain_pca", "translators"]
LoopChoice = Literal["frozen", "retrained"]

STARTS = 300
RETRAINED = 1000  # rows of every fit
REAL = "real images"


@dataclass(frozen=True)
class ListeningNetwork(Experiment):
    """300 images that go through a network again and again.

    Parameters
    ----------
    images : str
        Digits, or patches of photographs.
    model : str
        A plain autoencoder, a variational one, a linear one (probabilistic PCA; the same with
        noise in its pixels; plain PCA), or two translators: image to outline and back.
    loop : str
        One frozen network, or one that is trained anew on what the last one made.
    code, noise, generations, real, seed
        See ``ListeningNetwork.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    images: ImageChoice = "digits"
    model: NetworkChoice = "autoencoder"
    loop: LoopChoice = "frozen"
    code: int = number(2, 1, 32, "Numbers in the code of an image.", symbol="d")
    noise: float = number(0.0, 0.0, 2.0, "Noise in the code.", symbol="s", step=0.1)
    generations: int = generations(50, 100)
    real: float = share(0.0, 0.0, 0.5, "Share of real images laid in at each pass.", step=0.02)
    seed: int = seed()

    @property
    def identity(self) -> str:
        """All that the steps depend on: everything but how many are asked for."""
        return repr(replace(self, generations=1))

    @property
    def total(self) -> int:
        """Number of passes."""
        return self.generations

    @property
    def is_frozen(self) -> bool:
        """Whether one network is iterated; translators always are."""
        return self.loop == "frozen" or self.model == "translators"

    def image_set(self) -> ImageSet:
        """Return the images, with the labels that their meaning is read by."""
        return image_pair("own")[self.images]

    def starts(self) -> Array:
        """Return 300 images that no network has learned from."""
        return self.image_set().held_out_images[:STARTS]

    def crowds(self) -> NDArray[np.bool_]:
        """Return which images belong to the second crowd: digits 5 to 9, or the second photo."""
        if self.images == "digits":
            return self.image_set().held_out_labels[:STARTS] >= 5
        origin = image_pair("origin")["photographs"]
        return np.asarray(origin.held_out_labels[:STARTS] == 1)

    def start(self) -> NetworkStep:
        """Return the real images."""
        return first_step(self.starts(), self.crowds(), self.image_set())

    def after(self, done: Sequence[NetworkStep], report: Report = no_report) -> NetworkStep:
        """Return the next pass.

        Parameters
        ----------
        done : sequence of NetworkStep
            All steps so far.
        report : callable
            Is told how much of this step is done, 0 to 1.
        """
        number_, last, images = len(done), done[-1], self.image_set()
        network = last.network
        learned = images
        if network is None or not self.is_frozen:
            learned = self._real() if network is None else self._made_by(last)
            fit_seed = (self.seed + 7919 * (number_ - 1)) % 2**32
            network = fit_frozen(self.model, learned, self.code, self.noise, fit_seed, report)
        rows, laid = self._with_real(last.rows, number_)
        with one_thread():  # small matrices: threads would only wait for each other
            made = network.once.apply(rows, generator(self.seed, number_, "listening"))
            step = next_step(done, made, network, self.crowds(), images, laid)
        if self.is_frozen:
            return step
        return replace(step, learned=learned.training_images)

    def _real(self) -> ImageSet:
        """Return what the first network learns from: all real images, or as many as each later."""
        images = self.image_set()
        few = images.training_images[:RETRAINED]
        if self.is_frozen:
            return images
        return replace(images, training_images=few, training_labels=np.zeros(len(few), int))

    def _with_real(self, rows: Array, number_: int) -> tuple[Array, NDArray[np.int64]]:
        """Return rows with real images laid in, and where they lie."""
        laid = round(self.real * len(rows))
        rng = generator(self.seed, number_, REAL)
        places = rng.permutation(len(rows))[:laid]
        if laid:
            real = self.image_set().training_images
            rows = rows.copy()
            rows[places] = real[rng.integers(len(real), size=laid)]
        return rows, places

    def _made_by(self, last: NetworkStep) -> ImageSet:
        """Return what the last network makes of its own images: what the next one learns from."""
        images, network = self.image_set(), last.network
        assert network is not None
        rng = generator(self.seed, last.number, "made")
        assert last.learned is not None
        made = np.clip(network.once.apply(last.learned, rng), 0.0, 1.0)
        laid = round(self.real * len(made))
        if laid:
            real = images.training_images
            made[rng.permutation(len(made))[:laid]] = real[rng.integers(len(real), size=laid)]
        return replace(images, training_images=made, training_labels=np.zeros(len(made), int))

    def run(self, report: Report = no_report) -> list[NetworkStep]:
        """Return all steps, without a screen; ``report`` is told how much is done, 0 to 1."""
        return all_steps(self, report)
