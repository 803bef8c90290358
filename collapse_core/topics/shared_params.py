"""Parameters that several pages share: the same name, words and range wherever they stand."""

from __future__ import annotations

from collapse_core.params import Param
from collapse_core.streams import LARGEST_SEED

__all__ = ["SEED", "generations_param", "runs_param", "sample_size_param"]

SEED = Param(
    "seed",
    "",
    0,
    LARGEST_SEED,
    1,
    "Start of the random numbers: the same seed gives the same runs on every machine.",
    label="Seed",
)


def runs_param(default: int, most: int = 2000) -> Param:
    """Return the number of independent runs.

    Parameters
    ----------
    default, most : int
        How many at the start, and at most.
    """
    return Param(
        "runs",
        "R",
        1,
        most,
        default,
        "How many independent runs are simulated. More runs, smaller Monte Carlo error.",
        label="Runs",
        scale="log",
    )


def generations_param(
    default: int,
    most: int,
    explanation: str = "How often a new model is fitted to a sample of the one before.",
) -> Param:
    """Return the number of generations.

    Parameters
    ----------
    default, most : int
        How many at the start, and at most.
    explanation : str
        What a generation is on this page.
    """
    return Param("generations", "t", 1, most, default, explanation, label="Generations")


def sample_size_param(
    default: int,
    explanation: str,
    *,
    least: int = 2,
    most: int = 10**6,
    label: str = "Sample size",
    unit: str = "points",
) -> Param:
    """Return the sample size, on a log scale.

    Parameters
    ----------
    default, least, most : int
        How many at the start, at least and at most.
    explanation : str
        What a sample is on this page.
    label, unit : str
        Words beside the slider, and what is counted.
    """
    return Param("sample_size", "n", least, most, default, explanation, label, unit, scale="log")
