"""The policies that pages offer, by the name that a link has for them."""

from __future__ import annotations

from collapse_core.checks import check_choice, check_whole_number
from collapse_core.policies import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Policy,
    Prior,
    RealFraction,
    Weighted,
)

__all__ = ["policy_of"]


NAMES = ("anchors", "prior", "fraction", "weighted", "accumulate", "subsample")


def policy_of(
    name: str,
    sample_size: int,
    anchors: int,
    *,
    fresh: bool = True,
    prior_strength: float = 0.0,
    real_weight: float = 0.0,
) -> Policy:
    """Return the policy that a page's settings describe.

    Parameters
    ----------
    name : str
        ``"anchors"`` adds real points to the synthetic ones (none is the pure loop); ``"prior"``
        adds imaginary points with the truth's own mean; ``"fraction"`` replaces synthetic points
        by the real ones; ``"weighted"`` gives the real points a weight of their own;
        ``"accumulate"`` keeps everything; ``"subsample"`` keeps everything and uses a sample.
    sample_size, anchors : int
        Synthetic points per generation, and real ones.
    fresh : bool
        Whether real points are drawn anew in each generation.
    prior_strength, real_weight : float
        For ``"prior"`` and ``"weighted"``.
    """
    check_choice("name", name, NAMES)
    anchors = check_whole_number("anchors", anchors, 0)
    match name:
        case "prior":
            return Prior(prior_strength)
        case "accumulate":
            return Accumulate()
        case "subsample":
            return AccumulateSubsample()
        case "fraction":
            return RealFraction(min(1.0, anchors / sample_size))
        case "weighted" if anchors:
            return Weighted(real_weight, anchors)
        case _:
            return Anchors(anchors, fresh)
