"""Seeded random streams: same seed, same picture, on every machine.

Replicates come in blocks, and each block has a stream of its own for every role (drawing synthetic
points, drawing real ones, ...). Asking for more replicates never changes the earlier ones; and
turning a policy on never changes what the model drew, because the real points come from another
stream.

A block has a fixed size and is always drawn whole. For families that draw in order (see
`Family.in_order`) two blocks are enough, the first one and all the others: the stream of the second
begins anew for every call, so that what a run draws does not depend on how many come after it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.checks import check_text, check_whole_number

__all__ = [
    "BLOCK_SIZE",
    "LARGEST_SEED",
    "Blocks",
    "RestartingGenerator",
    "Streams",
    "block_count",
    "generator",
]

BLOCK_SIZE = 200
LARGEST_SEED = 2**32 - 1
MOST_CALLS = 8  # calls for random numbers in one draw
DRAWS_AHEAD = 32


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
    key = (zlib.crc32(check_text("role", role).encode()), block)
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


@dataclass(frozen=True)
class Blocks:
    """How replicates share random streams.

    Parameters
    ----------
    rows : tuple of slice
        The replicates of each block, without gaps.
    in_order : bool
        Whether the stream of every block but the first begins anew for each call.
    """

    rows: tuple[slice, ...]
    in_order: bool = False

    @classmethod
    def of(cls, replicates: int, size: int, in_order: bool) -> Blocks:
        """Return blocks of a size for at least so many replicates.

        In order: a first block of that size, and all others together.

        Raises
        ------
        ValueError
            If a number is not a whole number of at least 1.
        """
        count = block_count(replicates, size)
        ends = [size, replicates] if in_order and count > 1 else range(size, count * size + 1, size)
        starts = [0, *ends][:-1]
        return cls(tuple(slice(*both) for both in zip(starts, ends, strict=True)), in_order)

    @property
    def replicates(self) -> int:
        """Number of replicates in all blocks: as many as asked for, or more."""
        return int(self.rows[-1].stop)


class Streams:
    """The random streams of one role.

    Parameters
    ----------
    seed, role
        As for `generator`.
    blocks : Blocks
        Each has a stream of its own.

    Attributes
    ----------
    of_blocks : list of (slice, numpy.random.Generator)
        The replicates and the stream of each block.
    """

    def __init__(self, seed: int, role: str, blocks: Blocks) -> None:
        self.of_blocks = [(rows, generator(seed, i, role)) for i, rows in enumerate(blocks.rows)]
        if blocks.in_order:
            first, *others = self.of_blocks
            self.of_blocks = [first, *((rows, RestartingGenerator(keys)) for rows, keys in others)]

    def for_a_draw(self) -> Iterator[tuple[slice, np.random.Generator]]:
        """Yield the replicates and the stream of each block, for one draw of all of them."""
        for rows, stream in self.of_blocks:
            if isinstance(stream, RestartingGenerator):
                stream.next_draw()
            yield rows, stream


class RestartingGenerator(np.random.Generator):
    """A generator of which every call has a stream of its own.

    NumPy fills an array from its first entry to its last one. So the first entries of what a call
    returns are the same, however many follow; with one stream for all calls they would be so for
    the first call alone.

    Parameters
    ----------
    keys : numpy.random.Generator
        Makes the streams.
    """

    def __init__(self, keys: np.random.Generator) -> None:
        bits = np.random.SFC64(0)  # its state is set before it is used
        super().__init__(bits)
        self._bits, self._state, self._keys = bits, bits.state, keys
        self._streams: list[list[Any]] = []
        self._draw, self._call = DRAWS_AHEAD - 1, MOST_CALLS

    def next_draw(self) -> None:
        """Begin a draw, which has eight streams: what one draw calls for never moves the next."""
        self._draw, self._call = (self._draw + 1) % DRAWS_AHEAD, 0
        if not self._draw:
            shape = (DRAWS_AHEAD, MOST_CALLS, 4)
            made = self._keys.integers(0, 2**64, size=shape, dtype=np.uint64)
            self._streams = [list(draw) for draw in made]

    def restart(self) -> None:
        """Begin the stream of the next call.

        Raises
        ------
        RuntimeError
            If a draw calls for random numbers more than eight times.
        """
        if self._call == MOST_CALLS:
            raise RuntimeError(
                f"a draw calls for random numbers more than {MOST_CALLS} times: make fewer calls, "
                "or leave in_order of the family False."
            )
        self._state["state"]["state"] = self._streams[self._draw][self._call]
        self._bits.state = self._state
        self._call += 1


def _restarting(name: str) -> Callable[..., Any]:
    drawn = getattr(np.random.Generator, name)

    def draw(self: RestartingGenerator, *args: Any, **named: Any) -> Any:
        self.restart()
        return drawn(self, *args, **named)

    return draw


for _name in dir(np.random.Generator):
    if not _name.startswith("_") and _name not in ("bit_generator", "spawn"):
        setattr(RestartingGenerator, _name, _restarting(_name))
