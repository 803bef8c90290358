"""Sampled webs: many runs at once, each year drawn as what its crawls add up to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_memory, check_whole_number
from collapse_core.streams import BLOCK_SIZE, block_count, generator
from collapse_core.web.composition import Composition, composition
from collapse_core.web.settings import Web

__all__ = ["WebRuns", "simulate_web"]

Array = NDArray[np.float64]
MEASURES = ("diversity", "group", "error", "measured", "contamination")


@dataclass(frozen=True, eq=False)
class WebRuns:
    """What is measured of the model of each year; all shapes are (replicates, years + 1).

    Attributes
    ----------
    web : Web
        What was asked.
    seed : int
        Start of the random numbers.
    diversity : ndarray
        Variance of an item that the model would make without sharpening, over the truth's.
    group : ndarray
        Share that the model gives to the group that is followed.
    error : ndarray
        Squared distance of the model's mean from the truth's, in units of the truth's variance.
    measured : ndarray
        The same from a test set that is crawled at the end of the model's own year with the same
        filter, and so large that chance plays no part in it.
    contamination : ndarray
        Share of synthetic items in the model's training set, the reserve counted; 0 in year 0.
    """

    web: Web
    seed: int
    diversity: Array
    group: Array
    error: Array
    measured: Array
    contamination: Array

    @property
    def replicates(self) -> int:
        """Number of runs."""
        return len(self.diversity)


def simulate_web(web: Web, replicates: int = 200, seed: int = 1) -> WebRuns:
    """Draw runs of a web.

    The web is far larger than a crawl, so each item is drawn anew from what its writer writes. The
    number of items that pass the filter is the expected one, rounded; how many of them are
    synthetic is drawn.

    Parameters
    ----------
    web : Web
        What is asked.
    replicates : int
        Runs, at least 1. More of them never change the first ones.
    seed : int
        0 to 2**32 - 1. The same seed gives the same runs.

    Raises
    ------
    ValueError
        If a number is out of range, or the runs would not fit into memory.
    TypeError
        If ``web`` is no Web.
    """
    check_made("web", web, Web)
    replicates = check_whole_number("replicates", replicates, 1)
    blocks = block_count(replicates)
    years = web.years + 1
    numbers = blocks * BLOCK_SIZE * years * len(MEASURES)
    check_memory(
        "replicates", replicates, numbers + 3 * BLOCK_SIZE * years * web.content.truth.size
    )
    known = composition(web)
    parts = [_block(web, known, seed, number) for number in range(blocks)]
    found = {name: np.vstack([part[name] for part in parts])[:replicates] for name in MEASURES}
    return WebRuns(web, seed, **found)


def _block(web: Web, known: Composition, seed: int, number: int) -> dict[str, Array]:
    """Draw one block of runs."""
    content, years = web.content, web.years + 1
    models = np.zeros((BLOCK_SIZE, years, content.truth.size))
    models[:, 0] = content.truth
    published = models.copy()
    contamination = np.zeros((BLOCK_SIZE, years))
    nothing = np.zeros(BLOCK_SIZE, dtype=np.int64)
    reserve = content.drawn(
        generator(seed, number, "reserve of a web"),
        nothing + web.reserve,
        nothing,
        np.zeros(1),
        models[:, :1],
    )
    for t in range(1, years):
        size, total = int(known.sizes[t]), int(known.sizes[t]) + web.reserve
        if total == 0:
            models[:, t], published[:, t] = models[:, t - 1], published[:, t - 1]
            continue
        # A stream of its own for each year: what one year draws never moves the next.
        rng = generator(seed, number, f"web year {t}")
        shares = known.kept[t - 1].copy()
        made = rng.binomial(size, min(float(shares[1:].sum()), 1.0), BLOCK_SIZE)
        shares[0] = 0.0
        parts = shares[:t] / max(float(shares.sum()), 1e-300)
        totals = content.drawn(rng, size - made, made, parts, published[:, :t]) + reserve
        models[:, t] = content.fitted(totals, total)
        published[:, t] = content.published(models[:, t], web.temperature)
        contamination[:, t] = made / total
    return _measured(web, known, models, published) | {"contamination": contamination}


def _measured(web: Web, known: Composition, models: Array, published: Array) -> dict[str, Array]:
    """Return what is measured of models, and of what is published at the end of each year."""
    content = web.content
    tests = np.einsum("tg,rgk->rtk", known.kept, content.mean(published))
    emptied = known.kept.sum(axis=1) <= 0.0
    tests[:, emptied] = content.mean(models)[:, emptied]  # no test set finds no error
    return {
        "diversity": content.diversity(models),
        "group": content.group_share(models),
        "error": content.error(models, content.mean(content.truth)),
        "measured": content.error(models, tests),
    }
