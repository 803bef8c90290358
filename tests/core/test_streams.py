"""Seeded streams: same seed, same numbers; more replicates, the same first ones."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

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
from collapse_core.streams import (
    BLOCK_SIZE,
    LARGEST_SEED,
    Blocks,
    RestartingGenerator,
    block_count,
    generator,
)

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
    Replace(): ([8, 10, 9, 7, 5, 5, 3, 7, 17, 20], [14, 10, 11, 11, 9, 15, 16, 15, 19, 24]),
    Anchors(3): ([10, 12, 11, 14, 12, 17, 14, 13, 12, 11], [14, 11, 12, 11, 8, 15, 17, 16, 19, 23]),
    Anchors(3, fresh=False): (
        [10, 14, 15, 14, 12, 10, 10, 13, 21, 24],
        [14, 10, 11, 10, 8, 14, 15, 14, 17, 21],
    ),
    AccumulateSubsample(): (
        [8, 11, 12, 7, 13, 18, 12, 15, 13, 14],
        [14, 13, 16, 12, 10, 13, 13, 15, 14, 18],
    ),
}


@pytest.mark.parametrize(("key", "first"), FIRST_INTEGERS.items())
def test_the_first_number_of_a_stream_is_pinned(key, first):
    assert int(generator(*key).integers(0, 2**63)) == first


@pytest.mark.parametrize("policy", FIRST_COUNTS, ids=repr)
def test_the_first_runs_are_pinned(policy):
    # Run 1 is from the stream of the first block, run 201 from that of all others. NumPy may change
    # how it draws a binomial number (NEP 19); if only this test fails after an update, that is why.
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


# ------------------------------------------------------------------------- streams of many runs


@given(st.integers(1, 10**5), st.integers(1, 10**4), st.booleans())
def test_blocks_hold_all_replicates_without_gaps(replicates, size, in_order):
    blocks = Blocks.of(replicates, size, in_order)
    assert blocks.rows[0] == slice(0, size)
    for one, other in pairwise(blocks.rows):
        assert one.stop == other.start < other.stop
    assert blocks.replicates >= replicates
    if in_order:
        assert blocks.replicates == max(replicates, size)
        assert len(blocks.rows) <= 2
    else:
        assert all(rows.stop - rows.start == size for rows in blocks.rows)


def restarting(seed=1):
    return RestartingGenerator(generator(seed, 1, "synthetic"))


DRAWS = {
    "binomial": lambda rng, rows: rng.binomial(100, np.linspace(0.0, 1.0, 900)[:rows]),
    "poisson": lambda rng, rows: rng.poisson(np.linspace(0.0, 50.0, 900)[:rows]),
    "gamma": lambda rng, rows: rng.standard_gamma(3.0, size=rows),
    "normal": lambda rng, rows: rng.standard_normal((rows, 3)),
    "chisquare": lambda rng, rows: rng.chisquare(5, rows),
    "integers": lambda rng, rows: rng.integers(np.arange(3), 40, size=(rows, 3)),
    "hypergeometric": lambda rng, rows: rng.hypergeometric(np.arange(rows), 900, 50),
    "multinomial": lambda rng, rows: rng.multinomial(50, np.full((rows, 4), 0.25)),
}


@pytest.mark.parametrize("name", DRAWS)
def test_the_first_numbers_of_a_call_do_not_depend_on_the_others(name):
    draw, few, many = DRAWS[name], restarting(), restarting()
    for repetition in range(70):  # more than are made ready at a time
        few.next_draw()
        many.next_draw()
        for _ in range(2):
            np.testing.assert_array_equal(draw(few, 20), draw(many, 900)[:20])
        if repetition % 3:
            many.standard_normal(4)  # what only the larger one asks for moves nothing after it


def test_with_one_stream_for_all_calls_they_would():
    few, many = generator(1, 0, "synthetic"), generator(1, 0, "synthetic")
    np.testing.assert_array_equal(few.standard_normal(20), many.standard_normal(900)[:20])
    assert not np.array_equal(few.standard_normal(20), many.standard_normal(900)[:20])


def test_every_call_has_a_stream_of_its_own():
    rng, drawn = restarting(), []
    for _ in range(40):
        rng.next_draw()
        drawn += [rng.random(3000) for _ in range(3)]
    first_block = generator(1, 0, "synthetic").random(3000)
    table = np.corrcoef(np.stack([*drawn, first_block]))
    apart = table[~np.eye(len(table), dtype=bool)]
    assert np.abs(apart).max() < 5.5 / np.sqrt(3000)
    assert stats.kstest(np.concatenate(drawn), "uniform").pvalue > 1e-6


def test_a_draw_has_no_more_calls_than_it_has_streams():
    rng = restarting()
    with pytest.raises(RuntimeError, match="more than 8 times"):
        rng.random()  # no draw has begun
    rng.next_draw()
    for _ in range(8):
        rng.random()
    with pytest.raises(RuntimeError, match=r"more than 8 times.*in_order"):
        rng.standard_normal(3)


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
