"""Digits and patches of photographs in the same loop, with the same settings, side by side.

Two loops. *Retraining*: a model is fitted to what the last one made, again and again. *Chain*: one
model is fitted to real images, and each image is encoded, perturbed and decoded, again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np

from collapse_core.checks import check_choice
from collapse_core.data.images import ImageSet
from collapse_core.measures.image_pair import IMAGE_SETS, Meaning, image_pair
from collapse_core.models.base import Model, Report, no_report
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.loop import ModelLoop
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.policies import Accumulate, Anchors, Policy
from collapse_core.stepwise import all_steps
from collapse_core.topics.digits_photographs.steps import (
    ImageStep,
    chain_step,
    first_step,
    retraining_step,
)
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    sample_size,
    seed,
)

__all__ = [
    "DigitsPhotographs",
    "PairStep",
    "course",
]

ModelChoice = Literal["pca", "mixture", "vae"]
LoopChoice = Literal["chain", "retraining"]
PolicyChoice = Literal["replace", "accumulate"]
TRAINING_IMAGES = 1438
VAE_STEPS = 800

PairStep = dict[str, ImageStep]


@dataclass(frozen=True)
class DigitsPhotographs(Experiment):
    """The same loop on digits and on photographs.

    Parameters
    ----------
    model : str
        A linear autoencoder, a mixture of Gaussians, or a variational autoencoder.
    loop : str
        A mixture has no code to perturb: it is always retrained.
    policy : str
        For retraining: what each model is fitted to.
    meaning : str
        What a label says: digits and textures ("own"), groups of
        similar images in both sets ("groups"), or digits and the photograph of origin ("origin").
    evened : bool
        Whether every patch is given the same brightness and contrast.
    sample_size, generations, anchors, components, strength, seed
        See ``DigitsPhotographs.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    model: ModelChoice = "pca"
    loop: LoopChoice = "chain"
    policy: PolicyChoice = "replace"
    meaning: Meaning = "own"
    evened: bool = True
    sample_size: int = sample_size(
        TRAINING_IMAGES,
        "Images each model is fitted to, in both sets.",
        least=50,
        most=TRAINING_IMAGES,
        unit="images",
    )
    generations: int = generations(10, 30)
    anchors: int = number(
        0, 0, 1000, "Fresh real images in each set.", symbol="k", unit="images", step=10
    )
    components: int = number(16, 1, 32, "Numbers kept of an image's 64.", symbol="d")
    strength: float = number(
        0.3, 0.0, 1.0, "Deviation of each pass's push on the code.", symbol="s", step=0.05
    )
    seed: int = seed()

    @property
    def identity(self) -> str:
        """All that the steps depend on: everything but how many generations are asked for."""
        return repr(replace(self, generations=1))

    @property
    def total(self) -> int:
        """Number of steps after the first: generations, or passes."""
        return self.generations

    @property
    def chained(self) -> bool:
        """Whether the images go through one model again and again."""
        return self.loop == "chain" and self.model != "mixture"

    @property
    def is_exact(self) -> bool:
        """Whether the expected distance has a closed form: a chain of a linear model."""
        return self.chained and self.model == "pca"

    def image_sets(self) -> dict[str, ImageSet]:
        """Return both sets, with the labels that are asked for."""
        return image_pair(self.meaning, self.evened)

    def build_model(self) -> Model:
        """Return the model before its fit, the same for both sets."""
        if self.model == "pca":
            return ProbabilisticPCA(self.components)
        if self.model == "mixture":
            return GaussianMixtureModel(self.components, "diag", floor=1e-4)
        return VariationalAutoencoder(latent=self.components, steps=VAE_STEPS)

    def build_policy(self) -> Policy:
        """Return what each generation trains on."""
        return Accumulate() if self.policy == "accumulate" else Anchors(self.anchors)

    def build_loop(self, name: str) -> ModelLoop:
        """Return the retraining loop of one set."""
        sets = self.image_sets()
        source = sets[check_choice("name", name, tuple(sets))].source()
        return ModelLoop(
            self.build_model(), source, self.build_policy(), self.sample_size, self.generations
        )

    def start(self) -> PairStep:
        """Return the real images."""
        return {
            name: first_step(images, self.build_loop(name), self.chained, self.seed)
            for name, images in self.image_sets().items()
        }

    def after(self, done: Sequence[PairStep], report: Report = no_report) -> PairStep:
        """Return the next generation, or pass, of both sets.

        Parameters
        ----------
        done : sequence
            All steps so far.
        report : callable
            Is told how much of this step is done, 0 to 1.
        """
        made = {}
        for place, (name, images) in enumerate(self.image_sets().items()):

            def half(share: float, place: int = place) -> None:
                report((place + share) / len(IMAGE_SETS))

            steps = [step[name] for step in done]
            loop = self.build_loop(name)
            if self.chained:
                made[name] = chain_step(images, loop, steps, self.strength, self.seed, half)
            else:
                made[name] = retraining_step(images, loop, steps, self.seed, half)
        return made

    def run(self, report: Report = no_report) -> list[PairStep]:
        """Return all steps, without a screen; ``report`` is told how much is done, 0 to 1."""
        return all_steps(self, report)

    def changes(self) -> dict[str, Any]:
        """Return the settings that differ from their defaults."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }


def course(steps: Sequence[PairStep], name: str, measure: str) -> np.ndarray:
    """Return one measure of one set over the steps.

    Parameters
    ----------
    steps : sequence
        From step 0 on.
    name : str
        One of ``IMAGE_SETS``.
    measure : str
        A number of `ImageStep`.
    """
    return np.array([getattr(step[name], measure) for step in steps], dtype=np.float64)
