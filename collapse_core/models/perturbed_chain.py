"""The second loop: each row is encoded, pushed a little in latent space and decoded, over and over.

No model is trained again. Decoding squeezes: what comes out is a row that the model can make. The
push mixes: without it the chain would settle where it happened to start. Together they lead every
row to the same law, whatever it showed at the start; how fast depends on how much one pass loses.

Decoding adds no output noise, so that all randomness is the push. A mixture of Gaussians has no
code in the middle that a row could be squeezed through and is not offered: a row's place within its
component says everything about it, and nothing would be lost but by the push.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_number
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.principal_axes import check_rows
from collapse_core.streams import generator

__all__ = ["ChainGeneration", "PerturbedChain"]

Array = NDArray[np.float64]

STRONGEST = 10.0


@dataclass(frozen=True, eq=False)
class ChainGeneration:
    """The rows after some passes.

    Parameters
    ----------
    number : int
        Passes so far; 0 for the start.
    rows : ndarray, shape (rows, values)
        The rows, in the order of the start.
    probe : ndarray, shape (values,), or None
        One more row that is followed, if there is one.
    """

    number: int
    rows: Array
    probe: Array | None


@dataclass(frozen=True)
class PerturbedChain:
    """A fitted autoencoder that is applied to its own output, with a push in between.

    Parameters
    ----------
    model : FittedAutoencoder
        Encodes and decodes.
    strength : float
        Standard deviation of the push, 0 to 10, in units of the latent coordinates' own: the models
        describe rows by coordinates of standard deviation 1.
    """

    model: FittedAutoencoder
    strength: float

    def __post_init__(self) -> None:
        strength = check_number("strength", self.strength, 0.0, STRONGEST)
        object.__setattr__(self, "strength", strength)

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return rows after one pass: encoded, pushed, decoded.

        Parameters
        ----------
        rows : ndarray, shape (rows, values)
            The rows before.
        rng : numpy.random.Generator
            Draws the push.
        """
        codes = self.model.encode(rows)
        return self.model.decode(codes + self.strength * rng.standard_normal(codes.shape))

    def iterate(
        self, rows: Array, generations: int, seed: int, probe: Array | None = None
    ) -> Iterator[ChainGeneration]:
        """Yield the rows at the start and after every pass.

        Parameters
        ----------
        rows : ndarray, shape (rows, values)
            Where the chain starts.
        generations : int
            Number of passes, from 0.
        seed : int
            0 to 2**32 - 1. Same seed, same chain.
        probe : ndarray, shape (values,), optional
            One more row to follow. It has random numbers of its own: the others stay as they are.
        """
        generations = check_generations(generations)
        rows = check_rows(rows)
        followed = None if probe is None else check_rows([probe], rows.shape[1])
        for number in range(generations + 1):
            if number:
                rows = self.apply(rows, generator(seed, number, "push"))
                if followed is not None:
                    followed = self.apply(followed, generator(seed, number, "push of the probe"))
            yield ChainGeneration(number, rows, None if followed is None else followed[0])
