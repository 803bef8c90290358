"""Seeded streams: same seed, same numbers; more replicates, the same first ones."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)
from collapse_core.streams import BLOCK_SIZE, LARGEST_SEED, block_count, generator

POLICIES = [
    Replace(),
    Anchors(3),
    Anchors(3, fresh=False),
    Prior(2.0),
    Accumulate(),
    AccumulateSubsample(),
    AccumulateSubsample(replacement=True),
    RealFraction(0.2),
    RealFraction(1.0),
    Weighted(0.3, 2),
]


def simulate(policy, replicates, seed=7, temperature=1.0):
    loop = ClosedLoop(families.Bernoulli(0.1), policy, 100, 10, temperature)
    return loop.simulate(replicates, seed).mean


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_more_replicates_leave_the_first_ones_as_they_are(policy):
    many = simulate(policy, 900)
    for few in (1, 2, 150, BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 1, 650):
        np.testing.assert_array_equal(simulate(policy, few), many[:few])


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_blocks_differ(policy):
    runs = simulate(policy, 2 * BLOCK_SIZE)
    assert not np.array_equal(runs[:BLOCK_SIZE], runs[BLOCK_SIZE:])


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
def test_seeds_differ_and_repeat(policy):
    np.testing.assert_array_equal(simulate(policy, 30, seed=1), simulate(policy, 30, seed=1))
    assert not np.array_equal(simulate(policy, 30, seed=1), simulate(policy, 30, seed=2))


def test_simulating_does_not_touch_the_global_generator():
    np.random.seed(4)  # noqa: NPY002
    untouched = np.random.random()  # noqa: NPY002
    np.random.seed(4)  # noqa: NPY002
    simulate(Anchors(2), 10)
    assert np.random.random() == untouched  # noqa: NPY002


# The first numbers of a stream belong to every shared link: a change here breaks them all.
FIRST_INTEGERS = {
    (7, 0, "synthetic"): 2010854913169135655,
    (7, 1, "synthetic"): 2337090125891045255,
    (7, 0, "real"): 8991486242839367760,
    (8, 0, "synthetic"): 6014415304992965304,
}
FIRST_COUNTS = {
    Replace(): ([8, 10, 9, 7, 5, 5, 3, 7, 17, 20], [8, 10, 9, 10, 11, 13, 10, 10, 9, 8]),
    Anchors(3): ([10, 12, 11, 14, 12, 17, 14, 13, 12, 11], [8, 10, 8, 6, 8, 15, 19, 22, 24, 18]),
    Anchors(3, fresh=False): (
        [10, 14, 15, 14, 12, 10, 10, 13, 21, 24],
        [8, 10, 8, 9, 10, 10, 14, 12, 20, 18],
    ),
    AccumulateSubsample(): (
        [8, 11, 12, 7, 13, 18, 12, 15, 13, 14],
        [8, 11, 6, 10, 10, 10, 8, 5, 9, 6],
    ),
}


@pytest.mark.parametrize(("key", "first"), FIRST_INTEGERS.items())
def test_the_first_number_of_a_stream_is_pinned(key, first):
    assert int(generator(*key).integers(0, 2**63)) == first


@pytest.mark.parametrize("policy", FIRST_COUNTS, ids=repr)
def test_the_first_runs_are_pinned(policy):
    # Run 1 is from the first block of streams, run 201 from the second. NumPy may change how it
    # draws a binomial number (NEP 19); if only this test fails after an update, that is why.
    runs = simulate(policy, BLOCK_SIZE + 1)
    points = 103 if isinstance(policy, Anchors) else 100
    for run, counts in zip((0, BLOCK_SIZE), FIRST_COUNTS[policy], strict=True):
        np.testing.assert_allclose(runs[run, 1:] * points, counts, atol=1e-9)


def test_a_fresh_process_draws_the_same():
    program = (
        "from collapse_core import *\n"
        "loop = ClosedLoop(families.Bernoulli(0.1), Anchors(3), 100, 10)\n"
        "print(loop.simulate(250, 7).mean.tobytes().hex())"
    )
    # Another salt for hash(), so that nothing may depend on it.
    environment = {"PYTHONHASHSEED": "12345", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert bytes.fromhex(done.stdout.strip()) == simulate(Anchors(3), 250).tobytes()


roles = st.sampled_from(["synthetic", "real", "subsample", "initial", "x"])
keys = st.tuples(st.integers(0, LARGEST_SEED), st.integers(0, 500), roles)


@given(keys, keys)
def test_streams_are_the_same_only_for_the_same_key(one, other):
    same = bool(np.array_equal(generator(*one).random(4), generator(*other).random(4)))
    assert same == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 0, "synthetic"), (1, 0, "real")),
        ((1, 0, "synthetic"), (1, 1, "synthetic")),
        ((1, 0, "synthetic"), (2, 0, "synthetic")),
        ((0, 1, "synthetic"), (1, 0, "synthetic")),
    ],
)
def test_streams_are_uncorrelated(one, other):
    count = 100_000
    first, second = generator(*one).random(count), generator(*other).random(count)
    for lag in (0, 1, 2):
        correlation = np.corrcoef(first[lag:], second[: count - lag])[0, 1]
        assert abs(correlation) < 5 / np.sqrt(count)


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_block_count(replicates, size):
    blocks = block_count(replicates, size)
    assert (blocks - 1) * size < replicates <= blocks * size


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1, 1.5, "1", None, float("nan"), True])
def test_bad_seeds(seed):
    with pytest.raises(ValueError, match=r"^seed=.* from 0 to 4,294,967,295"):
        generator(seed, 0, "synthetic")
    with pytest.raises(ValueError, match=r"^seed="):
        simulate(Replace(), 1, seed=seed)


def test_bad_blocks_and_counts():
    with pytest.raises(ValueError, match=r"^block=-1 is out of range"):
        generator(0, -1, "synthetic")
    with pytest.raises(ValueError, match=r"^replicates=0 .* at least 1\. Choose 1 or more\."):
        block_count(0)
    with pytest.raises(ValueError, match=r"^block_size=0"):
        block_count(1, 0)
    with pytest.raises(ValueError, match=r"^replicates=-3"):
        simulate(Replace(), -3)
