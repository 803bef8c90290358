"""Chains by name: a web surfer, two islands, a circle, a web at random, a deck of cards."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import check_numbers, check_share, check_whole_number
from collapse_core.markov.finite import FiniteChain
from collapse_core.streams import generator

__all__ = ["card_shuffle", "cycle", "random_web", "surfer", "two_islands"]

DECK = 4  # cards: 24 orders


def surfer(links: ArrayLike, damping: float) -> FiniteChain:
    """Return a web surfer who follows a link with probability ``damping``, else goes anywhere.

    The gap is 1 - d |second eigenvalue of the links|, so at least 1 - d, and Dobrushin's
    coefficient is d times that of the links: Haveliwala and Kamvar 2003.

    Parameters
    ----------
    links : array_like, shape (pages, pages)
        How many links lead from the page of the row to that of the column; a page without any
        leads everywhere.
    damping : float
        d, 0 to 1.
    """
    damping = check_share("damping", damping)
    chain = _followed(links)
    return FiniteChain(damping * chain.transition + (1.0 - damping) / chain.states)


def _followed(links: ArrayLike) -> FiniteChain:
    """Return the chain that only follows links."""
    counts = check_numbers("links", links, 0.0)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not len(counts) > 0:
        raise ValueError(f"links has shape {counts.shape}: give as many rows as columns.")
    sums = counts.sum(axis=1, keepdims=True)
    return FiniteChain(
        np.where(sums > 0.0, counts / np.where(sums > 0.0, sums, 1.0), 1.0 / len(counts))
    )


def two_islands(size: int, bridge: float = 0.0) -> FiniteChain:
    """Return two islands of pages, each of which leads to all of its own island.

    Parameters
    ----------
    size : int
        Pages of one island, 1 to 200.
    bridge : float
        Probability of a step to the other island, 0 to 1.
    """
    size = check_whole_number("size", size, 1, 200)
    bridge = check_share("bridge", bridge)
    stay, cross = np.full((size, size), (1.0 - bridge) / size), np.full((size, size), bridge / size)
    return FiniteChain(np.block([[stay, cross], [cross, stay]]))


def cycle(size: int) -> FiniteChain:
    """Return a chain that goes round: from each state to the next, 1 to 1,000 of them."""
    return FiniteChain(np.roll(np.eye(check_whole_number("size", size, 1, 1000)), 1, axis=1))


def random_web(pages: int, links: int, seed: int) -> FiniteChain:
    """Return a web whose pages lead to others at random.

    Parameters
    ----------
    pages, links : int
        Pages, 2 to 1,000, and links from each of them, 1 to 100; two may lead to the same page.
    seed : int
        0 to 2**32 - 1.
    """
    pages = check_whole_number("pages", pages, 2, 1000)
    links = check_whole_number("links", links, 1, 100)
    counts = np.zeros((pages, pages))
    for row, places in zip(
        counts, generator(seed, 0, "web").integers(pages, size=(pages, links)), strict=True
    ):
        np.add.at(row, places, 1.0)
    return _followed(counts)


def card_shuffle() -> FiniteChain:
    """Return four cards, the top one of which goes anywhere in the deck: 24 orders."""
    orders = list(permutations(range(DECK)))
    place = {order: number for number, order in enumerate(orders)}
    moves = np.zeros((len(orders), len(orders)))
    for order in orders:
        top, rest = order[0], order[1:]
        for put in range(DECK):
            moves[place[order], place[(*rest[:put], top, *rest[put:])]] += 1.0 / DECK
    return FiniteChain(moves)
