"""What a sweep reads off a loop of kinds: how many are left, and how diverse they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.loop import ClosedLoop
from collapse_core.topics.swept import Curve, Swept, fields_of_law
from collapse_core.topics.vanishing_tails.law import tails_law

__all__ = ["KINDS_SWEPT"]


def _measure(
    loop: ClosedLoop, runs: int, seed: int, at: Sequence[int]
) -> Mapping[str, NDArray[Any]]:
    truth, kinds = loop.family.truth, np.count_nonzero(loop.family.truth)
    gini = float(loop.family.variance(truth))
    left, diversity = [], []
    for generation, models in enumerate(loop.living(runs, seed)):
        if generation in at:
            q = models.probability
            left.append(models.alive)
            diversity.append(models.total(q * (1.0 - q)))
        if generation == at[-1]:
            break
    alive = np.stack(left)
    share = np.stack(diversity) / gini if gini else np.full(alive.shape, np.nan)
    return {
        "kinds_left": alive.astype(np.float64),
        "diversity_left": share,
        "any_lost": alive < kinds,
        "absorbed": alive <= 1,
    }


def _know(loop: ClosedLoop) -> Mapping[str, Curve]:
    law = tails_law(loop)
    known = fields_of_law(loop, loop.exact(approximate=True), "absorbed")
    if law.survivors is not None:
        known["kinds_left"] = law.survivors, law.exact
    if law.gini is not None:
        known["diversity_left"] = law.gini, True
    return known


KINDS_SWEPT = Swept(_measure, _know)
