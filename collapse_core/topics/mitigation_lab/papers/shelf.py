"""All papers in miniature, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from collapse_core.topics.mitigation_lab.papers.loops import (
    accumulating,
    golden,
    iterative,
    self_consuming,
)
from collapse_core.topics.mitigation_lab.papers.miniature import Miniature
from collapse_core.topics.mitigation_lab.papers.regression import regression
from collapse_core.topics.mitigation_lab.papers.scaling import strong, tale

__all__ = ["PAPERS", "miniature_of"]

PAPERS: Mapping[str, Callable[[int], Miniature]] = {
    "accumulating": accumulating,
    "regression": regression,
    "golden": golden,
    "strong": strong,
    "tale": tale,
    "iterative": iterative,
    "self_consuming": self_consuming,
}


def miniature_of(paper: str, seed: int) -> Miniature:
    """Return a paper in miniature.

    Parameters
    ----------
    paper : str
        One of ``PAPERS``.
    seed : int
        Of the random numbers.

    Raises
    ------
    ValueError
        If there is no such paper.
    """
    if paper not in PAPERS:
        raise ValueError(f"paper={paper!r} is not known: choose one of {', '.join(PAPERS)}.")
    return PAPERS[paper](seed)
