"""The parameters of the two-colour chain, and which of them can go together.

A run has a sample size, a share of blue in the truth and a number of generations, and perhaps one
pull back to the truth: real anchors in every training set, or a prior, but not both.  The exact
chain has a matrix with a row per possible fit, so its sizes are limited too.
"""

from __future__ import annotations

from typing import Any

from collapse_core.checks import check_generations, check_number, check_share, check_whole_number

__all__ = [
    "LARGEST_EXACT_SAMPLE_SIZE",
    "check_exact_sizes",
    "check_pull",
    "check_start",
]

LARGEST_EXACT_SAMPLE_SIZE = 2000
"""Largest number of points per generation for which the exact chain is offered."""


LARGEST_PRIOR = 10**12  # imaginary points


def check_start(sample_size: Any, share: float, generations: Any) -> tuple[int, int]:
    """Check how a run starts and how long it is; return (sample size, generations).

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    points = check_whole_number("sample_size", sample_size, 1)
    check_share("share", share)
    return points, check_generations(generations)


def check_pull(anchors: Any, prior_strength: float, prior_mean: float) -> int:
    """Check what pulls a run back to the truth; return the number of anchors.

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors and a prior are asked for together.
    """
    count = check_whole_number("anchors", anchors, 0)
    check_number("prior_strength", prior_strength, 0.0, LARGEST_PRIOR)
    check_share("prior_mean", prior_mean)
    if count > 0 and prior_strength > 0.0:
        raise ValueError(
            f"anchors={anchors} and prior_strength={prior_strength} exclude each other: "
            "a run has real points or a prior. Choose 0 for one of them."
        )
    return count


def check_exact_sizes(sample_size: Any, anchors: Any = 0) -> tuple[int, int]:
    """Check that the exact chain can be built; return (sample size, anchors).

    Raises
    ------
    ValueError
        If a size is out of range or too large.
    """
    sizes = (
        check_whole_number("sample_size", sample_size, 1),
        check_whole_number("anchors", anchors, 0),
    )
    for name, value in zip(("sample_size", "anchors"), sizes, strict=True):
        if value > LARGEST_EXACT_SAMPLE_SIZE:
            raise ValueError(
                f"{name}={value} is out of range: the exact chain takes at most "
                f"{LARGEST_EXACT_SAMPLE_SIZE}. Choose fewer, or use "
                "collapse_core.theory.two_colours.approximations."
            )
    return sizes
