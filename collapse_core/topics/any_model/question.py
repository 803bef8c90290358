"""Any model in the plane: every parameter of the page, and the loop they make, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, get_args

from collapse_core.checks import check_choice
from collapse_core.data.own_points import OwnPoints
from collapse_core.data.planar import (
    EightGaussians,
    PlanarSource,
    Ring,
    SwissRoll,
    ThreeBlobs,
    TwoMoons,
)
from collapse_core.models.base import Model, Report, no_report
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.loop import ModelLoop
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.policies import Policy, RealFraction
from collapse_core.stepwise import all_steps
from collapse_core.topics.any_model.steps import ModelStep, first_step, next_step
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    sample_size,
    seed,
    share,
)
from collapse_core.topics.policy_choice import policy_of

__all__ = ["AnyModel", "Side", "SideBySide", "SideStep", "courses_of"]

Side = Literal["models", "policies"]

SOURCES: dict[str, PlanarSource] = {
    "eight": EightGaussians(),
    "blobs": ThreeBlobs(),
    "moons": TwoMoons(),
    "ring": Ring(),
    "roll": SwissRoll(),
}
FEW_REAL_POINTS = 10


@dataclass(frozen=True)
class AnyModel(Experiment):
    """A model of points in the plane that is trained on what it made.

    Parameters
    ----------
    data : str
        The real data; ``"own"`` are the points of ``own``.
    model : str
        A mixture of Gaussians, a kernel density estimate, probabilistic PCA (in the plane: one
        Gaussian), a variational autoencoder.
    policy : str
        ``"anchors"`` adds real points to the synthetic ones (none is `Replace`); ``"real_share"``
        replaces a share of them.
    fresh : bool
        Whether the anchors are drawn anew in each generation.
    sample_size, generations, anchors, share, components, bandwidth, latent, seed
        See ``AnyModel.params``.
    own : OwnPoints, optional
        A learner's own points.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    data: Literal["eight", "blobs", "moons", "ring", "roll", "own"] = "eight"
    model: Literal["mixture", "kernel", "pca", "vae"] = "mixture"
    policy: Literal["anchors", "real_share", "accumulate", "subsample"] = "anchors"
    fresh: bool = True
    sample_size: int = sample_size(100, "Points each model makes.", least=20, most=2000)
    generations: int = generations(20, 50)
    anchors: int = number(0, 0, 500, "Real points in each training set.", symbol="k", unit="points")
    share: float = share(
        0.1, 0.0, 1.0, "Share of each training set that is real.", symbol="\\alpha", step=0.05
    )
    components: int = number(8, 1, 16, "Gaussians in the mixture.", symbol="c")
    bandwidth: float = number(
        0.15, 0.0, 1.0, "Deviation of the kernel's blur.", symbol="h", step=0.01
    )
    latent: int = number(2, 1, 4, "Numbers the autoencoder keeps of a point.", symbol="z")
    seed: int = seed()
    own: OwnPoints | None = None

    # On other pages "fraction" is k of n points; here the share itself is asked.
    renamed: ClassVar[Mapping[str, Mapping[str, str]]] = {"policy": {"fraction": "real_share"}}

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.data == "own" and self.own is None:
            raise ValueError("own=None holds no points: give some, or choose other data.")

    @property
    def identity(self) -> str:
        """All that the steps depend on: everything but how many generations are asked for."""
        return repr(replace(self, generations=1))

    @property
    def total(self) -> int:
        """Number of steps after the first: one per generation."""
        return self.generations

    def source(self) -> PlanarSource:
        """Return the real data."""
        if self.data == "own":
            assert self.own is not None
            return self.own
        return SOURCES[self.data]

    def build_model(self) -> Model:
        """Return the model before its fit."""
        match self.model:
            case "mixture":
                return GaussianMixtureModel(self.components)
            case "kernel":
                return KernelDensity(self.bandwidth)
            case "pca":
                return ProbabilisticPCA(1)
            case "vae":
                # Ten generations in three seconds. Points in the plane are not learned by heart:
                # the number of steps does not depend on how many there are.
                return VariationalAutoencoder(self.latent, 64, 1600, 100, 0.04, passes=10**6)

    def build_policy(self) -> Policy:
        """Return what each generation trains on."""
        if self.policy == "real_share":
            return RealFraction(self.share)
        return policy_of(self.policy, self.sample_size, self.anchors, fresh=self.fresh)

    def loop(self) -> ModelLoop:
        """Return the closed loop."""
        model, policy = self.build_model(), self.build_policy()
        return ModelLoop(model, self.source(), policy, self.sample_size, self.generations)

    def start(self) -> ModelStep:
        """Return the real data, as generation 0."""
        return first_step(self.loop(), self.source(), self.seed)

    def after(self, done: Sequence[ModelStep], report: Report = no_report) -> ModelStep:
        """Return the generation after those that are done.

        Parameters
        ----------
        done : sequence
            All steps so far, from step 0 on.
        report : callable
            Is told how much of this step is done, 0 to 1.
        """
        return next_step(self.loop(), self.source(), done[-1], self.seed, report)

    def run(self, report: Report = no_report) -> list[ModelStep]:
        """Return all steps, without a screen; ``report`` is told how much is done, 0 to 1."""
        return all_steps(self, report)

    @property
    def some_anchors(self) -> int:
        """Real points of the policy that adds some, where policies are side by side."""
        return self.anchors or FEW_REAL_POINTS

    def variants(self, side: Side) -> dict[str, AnyModel]:
        """Return the experiments that a view puts side by side.

        Parameters
        ----------
        side : str
            ``"models"``: every model under this policy. ``"policies"``: this model with synthetic
            points only, with real points added (10 if none are asked for), with everything kept,
            and with everything kept but a sample of it used.
        """
        if check_choice("side", side, get_args(Side)) == "models":
            models: Any = self.choices["model"]
            return {name: replace(self, model=name) for name in models}
        return {
            "replace": replace(self, policy="anchors", anchors=0),
            "anchors": replace(self, policy="anchors", anchors=self.some_anchors),
            "accumulate": replace(self, policy="accumulate"),
            "subsample": replace(self, policy="subsample"),
        }

    def changes(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults, the own points left out."""
        return {name: value for name, value in super().changes().items() if name != "own"}


SideStep = tuple[str, ModelStep]


@dataclass(frozen=True)
class SideBySide:
    """Several variants of an experiment, one generation of each in turn.

    Parameters
    ----------
    experiment : AnyModel
        What they have in common, the seed included.
    side : str
        What differs: ``"models"`` or ``"policies"``.
    """

    experiment: AnyModel
    side: Side

    @property
    def identity(self) -> str:
        """All that the steps depend on: everything but how many generations are asked for."""
        return repr(replace(self, experiment=replace(self.experiment, generations=1)))

    @property
    def total(self) -> int:
        """Number of steps after the first: generations of all variants."""
        return self.experiment.generations * len(self.experiment.variants(self.side))

    def start(self) -> SideStep:
        """Return the real data, which all variants share."""
        return "", self.experiment.start()

    def after(self, done: Sequence[SideStep], report: Report = no_report) -> SideStep:
        """Return the next generation of the variant whose turn it is.

        Parameters
        ----------
        done : sequence
            All steps so far, from step 0 on.
        report : callable
            Is told how much of this step is done, 0 to 1.
        """
        variants = self.experiment.variants(self.side)
        name = list(variants)[(len(done) - 1) % len(variants)]
        own = courses_of(done, (name,))[name]
        return name, variants[name].after(own, report)


def courses_of(steps: Sequence[SideStep], names: Sequence[str]) -> dict[str, list[ModelStep]]:
    """Return the steps of each variant, from the truth on.

    Parameters
    ----------
    steps : sequence
        Steps of `SideBySide`.
    names : sequence of str
        Names of variants.
    """
    return {name: [step for own, step in steps if own in ("", name)] for name in names}
