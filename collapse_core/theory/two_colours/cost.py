"""What the exact two-colour chain costs, estimated before it is run.

A page has to answer while a slider moves; the sizes alone tell whether the exact law can.
"""

from __future__ import annotations

import math

from collapse_core.checks import check_generations, check_switch, check_whole_number
from collapse_core.theory.two_colours.chain import LARGEST_DENSE_STATES
from collapse_core.theory.two_colours.draw import BAND_EXPONENT
from collapse_core.theory.two_colours.parameters import LARGEST_EXACT_SAMPLE_SIZE

__all__ = [
    "chain_cost",
    "is_exact_feasible",
]

_WORK_OF_ONE_ENTRY = 40.0  # building one matrix entry (logarithms, an exponential) in products
_WORK_OF_ONE_STEP = 3000.0  # the fixed cost of one generation, in products
_FEASIBLE_WORK = 2.0e8  # products done in about 0.4 s by a slow laptop core


def chain_cost(sample_size: int, generations: int, anchors: int = 0, fresh: bool = True) -> float:
    """Work of ``two_colours.share_law``, in multiplications (or operations that take as long).

    An estimate from the sizes alone: entries inside the bands, times generations, times the
    anchors' colour counts when the anchors are fixed, plus building the matrix.  A laptop core does
    about 5e8 to 1e9 of them per second.

    Parameters
    ----------
    sample_size, generations, anchors, fresh
        As for ``two_colours.share_law``; the sizes are not limited here.

    Raises
    ------
    ValueError
        If a size is out of range.

    Notes
    -----
    An approximation, derived for this project.
    """
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_generations(generations)
    anchors = check_whole_number("anchors", anchors, 0)
    fresh = check_switch("fresh", fresh)
    states = sample_size + anchors + 1.0
    # the mean over p of a band: 2 sqrt(2 L n p q), plus Bernstein's constant
    width = 0.79 * math.sqrt(2.0 * BAND_EXPONENT * sample_size) + 0.7 * BAND_EXPONENT
    banded = states * min(width, sample_size + 1.0)
    product = states * (sample_size + 1.0) / 2.0 if states <= LARGEST_DENSE_STATES else banded
    likely_anchors = min(anchors + 1.0, 8.0 * math.sqrt(anchors + 1.0))
    if fresh or anchors == 0:
        each = product + (sample_size + 1.0) * (likely_anchors if anchors else 1.0)
    else:
        # many columns share each matrix entry: measured 5 (dense) and 2.5 (sparse) times faster
        shared = 0.2 * 2.0 * product if states <= LARGEST_DENSE_STATES else 0.4 * product
        each = (shared + 2.0 * states) * likely_anchors
    # 3: writing the law down and reading the moments off it
    per_generation = each + 3.0 * states + _WORK_OF_ONE_STEP
    return _WORK_OF_ONE_ENTRY * banded + generations * per_generation


def is_exact_feasible(
    sample_size: int, generations: int, anchors: int = 0, fresh: bool = True
) -> bool:
    """Whether ``two_colours.share_law`` answers within about 0.4 s on a slow laptop core.

    Parameters
    ----------
    sample_size, generations, anchors, fresh
        As for ``two_colours.share_law``.

    Raises
    ------
    ValueError
        If a size is out of range.

    Notes
    -----
    Rests on :func:`chain_cost`, an estimate.
    """
    cost = chain_cost(sample_size, generations, anchors, fresh)
    return max(sample_size, anchors) <= LARGEST_EXACT_SAMPLE_SIZE and cost <= _FEASIBLE_WORK
