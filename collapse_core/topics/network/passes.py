"""A network that is not trained any more, and what one pass through it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.models.frozen_loop import FrozenMap

__all__ = ["TENTH", "FrozenNetwork", "NoisyCode"]

Array = NDArray[np.float64]

TENTH = 0.1  # deviation of a noise of 1 where the network cannot say how uncertain its code is


@dataclass(frozen=True, eq=False)
class FrozenNetwork:
    """A network that is not trained any more, and its code.

    Parameters
    ----------
    once : FrozenMap
        One pass: rows in, rows out.
    encode : callable
        From rows to codes; a translator's code is what it translates into.
    decode : callable
        Back, without noise.
    """

    once: FrozenMap
    encode: Callable[[Array], Array]
    decode: Callable[[Array], Array]

    def again(self, codes: Array) -> Array:
        """Return the codes after one pass without noise: code, image, code."""
        return self.encode(self.decode(codes))


@dataclass(frozen=True, eq=False)
class NoisyCode:
    """One pass through a network without chance of its own: noise in its code, in tenths.

    Parameters
    ----------
    encode, decode : callable
        From rows to codes, and back.
    noise : float
        Ten times its standard deviation, from 0.
    reach : float
        Codes with noise are held between its negative and itself.
    """

    encode: Callable[[Array], Array]
    decode: Callable[[Array], Array]
    noise: float
    reach: float = np.inf

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return rows after one pass: encoded, given a random code, decoded."""
        codes = self.encode(rows)
        if self.noise:
            codes = codes + TENTH * self.noise * rng.standard_normal(codes.shape)
            codes = np.clip(codes, -self.reach, self.reach)
        return self.decode(codes)
