"""Ancestors, against the simulator of population genetics.

A point of the loop that trains on its own points alone is a copy of a point of the generation
before: that is a gene in the Wright-Fisher model, and 200 individuals with two genes each are 400
points. msprime follows them back in time.
"""

import numpy as np
import pytest

from collapse_core.theory import coalescent

pytestmark = pytest.mark.oracle("msprime")

INDIVIDUALS, POINTS = 200, 400
BACK = np.array([1, 2, 4, 9, 19, 39, 59])
LIMIT = 4.0  # standard errors


def ancestors_left(seed, histories, model="dtwf"):
    """Return how many genes still have descendants so long ago, shape (histories, len(BACK))."""
    msprime = pytest.importorskip("msprime", reason="msprime is missing")
    trees = msprime.sim_ancestry(
        samples=INDIVIDUALS,
        population_size=INDIVIDUALS,
        ploidy=2,
        model=model,
        end_time=float(BACK.max()),
        num_replicates=histories,
        random_seed=seed,
    )
    return np.array([lines_of(tree.tables) for tree in trees])


def lines_of(tables):
    """Return the lines left: each parent takes the place of all its children."""
    parents, children = np.unique(tables.edges.parent, return_counts=True)
    merged = tables.nodes.time[parents] <= BACK[:, np.newaxis] + 1e-9
    return POINTS - merged @ (children - 1)


def off_by(counts, known):
    """Return by how many standard errors the averages are off, shape (len(BACK),)."""
    error = counts.std(axis=0, ddof=1) / np.sqrt(len(counts))
    return np.abs(counts.mean(axis=0) - known) / error


@pytest.mark.parametrize(
    ("seed", "histories"),
    [(1, 100), *(pytest.param(seed, 2000, marks=pytest.mark.full) for seed in (2, 3, 4))],
)
def test_ancestors_are_as_many_as_in_the_simulator(seed, histories):
    # Entry 1 is the first fit, which copies the truth: from there one generation back is entry 2.
    expected = coalescent.expected_ancestors(POINTS, 60)
    counts = ancestors_left(seed, histories)
    assert off_by(counts, expected[BACK + 1]).max() < LIMIT
    # What must be refused: a generation more, and individuals in place of their genes.
    assert off_by(counts, expected[BACK]).max() > 5 * LIMIT
    assert off_by(counts, coalescent.expected_ancestors(INDIVIDUALS, 60)[BACK + 1]).min() > LIMIT


def test_the_coalescent_in_continuous_time_is_another_law():
    # It lets two lines meet at a time, and 400 genes have many meetings in one generation.
    expected = coalescent.expected_ancestors(POINTS, 60)[BACK + 1]
    assert off_by(ancestors_left(5, 100, "hudson"), expected)[0] > 2 * LIMIT
