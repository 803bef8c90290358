"""The mitigation lab: what is tried on which model, and with which strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
    several,
    share,
)

__all__ = ["CONTROL", "MEASURES", "MOST_RUNS_OF_ROWS", "REMEDIES", "MitigationLab"]

CONTROL = "replace"

# In the order of the page: what is added, what is remembered, what is chosen.
REMEDIES = (
    "fresh",
    "fixed",
    "golden",
    "hybrid",
    "prior",
    "accumulate",
    "subsample",
    "filter",
    "reweight",
    "temperature",
    "quota",
    "judge",
)
Measure = Literal["diversity", "tail", "distance"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
# Models that see rows take seconds.
MOST_RUNS_OF_ROWS = 4
MOST_GENERATIONS_OF_ROWS = 40

# What means nothing for a model: rows of text have no distance, points in the plane no categories.
NOT_OFFERED = {
    "gaussian": ("quota",),
    "mixture": ("temperature", "quota"),
    "language": ("prior", "quota", "judge"),
}


@dataclass(frozen=True)
class MitigationLab(Experiment):
    """Remedies on the same seeds.

    Parameters
    ----------
    model : str
        Two colours (10 % blue), 50 categories with a Zipf law, a Gaussian with mean and variance
        fitted, a mixture of eight Gaussians in the plane, counts of word pairs of a story.
    remedies : str
        Up to four of ``REMEDIES``, joined by "-". The control, pure replacement, is always run.
    measure : str
        ``"diversity"``, ``"tail"`` or ``"distance"``.
    price : str
        What is paid: ``"real"`` points, points ``"stored"``, points ``"fitted"``.
    right_prior : bool
        Whether the prior knows the truth's own mean; otherwise it believes something else.
    sample_size, generations, anchors, real_share, prior_strength, true_positive, false_positive,
    detector_power, temperature, quota, accept_right, accept_wrong, bias, runs, seed
        See ``MitigationLab.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    model: Literal["colours", "tails", "gaussian", "mixture", "language"] = "colours"
    remedies: str = several("fresh-golden-accumulate-filter", REMEDIES, 4)
    measure: Measure = "diversity"
    price: Literal["real", "stored", "fitted"] = "real"
    sample_size: int = sample_size(100, "Points in each sample.", least=5, most=500)
    generations: int = generations(50, 200)
    anchors: int = number(
        2, 1, 100, "Real points that join each training set.", symbol="k", unit="points"
    )
    real_share: float = share(0.1, 0.0, 1.0, "Share of a hybrid training set that is real.")
    prior_strength: float = number(
        2.0, 0.0, 100.0, "Imaginary points of the prior.", symbol="\\kappa", step=0.5
    )
    right_prior: bool = True
    true_positive: float = share(
        0.9, 0.0, 0.99, "Share of the synthetic points that the detector finds.", step=0.01
    )
    false_positive: float = share(
        0.05, 0.0, 0.99, "Share of the real points that it takes for synthetic.", step=0.01
    )
    detector_power: float = number(1.0, 0.0, 5.0, "How strongly its doubts count.", step=0.5)
    temperature: float = number(
        1.02, 0.8, 1.5, "Above 1 evens out what a model makes.", symbol="T", step=0.01
    )
    quota: int = number(1, 1, 50, "Points that each category has at least.", symbol="q")
    accept_right: float = share(
        1.0, 0.05, 1.0, "Share of the right points that the judge accepts.", step=0.05
    )
    accept_wrong: float = share(
        0.3, 0.0, 1.0, "Share of the wrong points that the judge accepts.", step=0.05
    )
    bias: float = number(0.0, 0.0, 2.0, "Strength of the judge's own taste.", step=0.02)
    runs: int = runs(200, 500)
    seed: int = seed()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the remedies that are asked for and mean something for this model."""
        left_out = NOT_OFFERED.get(self.model, ())
        return tuple(name for name in self.asked if name not in left_out)

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the remedies that are asked for."""
        return tuple(self.remedies.split("-")) if self.remedies else ()

    @property
    def sees_rows(self) -> bool:
        """Whether the model sees every row, which takes seconds."""
        return self.model in ("mixture", "language")

    @property
    def points(self) -> int:
        """What the loop calls its sample size: words, for text, ten to a point."""
        return self.sample_size * (10 if self.model == "language" else 1)

    @property
    def last(self) -> int:
        """The last generation: no more than 40 of a model that sees rows."""
        most = MOST_GENERATIONS_OF_ROWS
        return min(self.generations, most) if self.sees_rows else self.generations

    @property
    def effective_runs(self) -> int:
        """Number of runs: few of a model that sees rows."""
        return min(self.runs, MOST_RUNS_OF_ROWS) if self.sees_rows else self.runs
