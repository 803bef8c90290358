"""Seeded random streams: same seed, same picture, on every machine.

Replicates come in blocks of fixed size, and each block has a stream of its own for every role
(drawing synthetic points, drawing real ones, ...). A block is always drawn whole, so asking for
more replicates never changes the earlier ones; and turning a policy on never changes what the
model drew, because the real points come from another stream.
"""

from __future__ import annotations

import zlib

import numpy as np

from collapse_core.checks import check_whole_number

__all__ = ["BLOCK_SIZE", "LARGEST_SEED", "block_count", "generator"]

BLOCK_SIZE = 200
LARGEST_SEED = 2**32 - 1


def generator(seed: int, block: int, role: str) -> np.random.Generator:
    """Return the random stream of one role in one block of replicates.

    Parameters
    ----------
    seed : int
        The run's seed, 0 to 2**32 - 1.
    block : int
        Number of the block of replicates, from 0.
    role : str
        What the numbers are for, for example ``"synthetic"``. Different roles are independent.

    Raises
    ------
    ValueError
        If the seed or the block is not a whole number in range.
    """
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    block = check_whole_number("block", block, 0)
    # crc32 and not hash(): Python salts the hash of a string anew in every process.
    key = (zlib.crc32(role.encode()), block)
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def block_count(replicates: int, block_size: int = BLOCK_SIZE) -> int:
    """Return how many blocks hold this many replicates.

    Raises
    ------
    ValueError
        If either number is not a whole number of at least 1.
    """
    replicates = check_whole_number("replicates", replicates, 1)
    return -(-replicates // check_whole_number("block_size", block_size, 1))
