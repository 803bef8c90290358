"""The engine, measured: against a loop over marbles, and against the bare random numbers.

    python benchmarks/engine.py

Prints a table and asserts nothing. What is compared is timed in turns within one run, so that a
busy machine slows both sides, and medians are shown.
"""

from __future__ import annotations

import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from collapse_core import Anchors, ClosedLoop, Replace, families  # noqa: E402
from collapse_core.streams import Blocks, Streams, generator  # noqa: E402

SHARE = 0.1
SEED = 7


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(*works: Callable[[], object], rounds: int) -> list[list[float]]:
    """Time several pieces of work in turns; the first round only warms up."""
    for work in works:
        work()
    return np.array([[seconds(work) for work in works] for _ in range(rounds)]).T.tolist()


def ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def row(what: str, measured: str, remark: str = "") -> None:
    print(f"{what:<58}{measured:>16}  {remark}".rstrip(), flush=True)


def closed_loop(generations: int, sample_size: int, anchors: int) -> ClosedLoop:
    policy = Anchors(anchors) if anchors else Replace()
    return ClosedLoop(families.Bernoulli(SHARE), policy, sample_size, generations)


def engine(runs: int, generations: int, sample_size: int, anchors: int = 0) -> Callable[[], object]:
    loop = closed_loop(generations, sample_size, anchors)
    return lambda: loop.simulate(runs, SEED)


def bare_draws(
    runs: int, generations: int, sample_size: int, anchors: int = 0
) -> Callable[[], object]:
    """Return the binomial calls of all runs from the engine's streams, with the shares it met."""
    loop = closed_loop(generations, sample_size, anchors)
    shares = [state.copy() for state in loop.iterate(runs, SEED)][:-1]
    blocks = Blocks.of(runs, loop.family.replicate_block, loop.family.in_order)
    truth = np.full(blocks.replicates, SHARE)

    def draw() -> None:
        streams, real = Streams(SEED, "synthetic", blocks), Streams(SEED, "real", blocks)
        for share in shares:
            for rows, stream in streams.for_a_draw():
                stream.binomial(sample_size, share[rows])
            if anchors:
                for rows, stream in real.for_a_draw():
                    stream.binomial(anchors, truth[rows])

    return draw


def one_stream(runs: int, generations: int, sample_size: int) -> Callable[[], object]:
    """Return as many binomial numbers, all runs in one call and from one stream."""
    loop = closed_loop(generations, sample_size, 0)
    shares = [state[:runs].copy() for state in loop.iterate(runs, SEED)][:-1]

    def draw() -> None:
        stream = generator(SEED, 0, "synthetic")
        for share in shares:
            stream.binomial(sample_size, share)

    return draw


def marble_by_marble(runs: int, generations: int, sample_size: int) -> list[list[float]]:
    """Run the loop as one would first write it: one random number per marble."""
    history = []
    for _ in range(runs):
        share, path = SHARE, [SHARE]
        for _ in range(generations):
            share = sum(random.random() < share for _ in range(sample_size)) / sample_size
            path.append(share)
        history.append(path)
    return history


def against_marbles() -> None:
    runs, generations, size = 200, 200, 100
    part = 10
    naive = seconds(lambda: marble_by_marble(runs // part, generations, size)) * part
    fast = statistics.median(in_turns(engine(runs, generations, size), rounds=7)[0])
    row(
        "marble by marble, 200 runs x 200 generations, n = 100",
        f"{naive:.2f} s",
        f"measured on {runs // part} runs, times {part}",
    )
    row("  the engine on the same", f"{fast * 1e3:.1f} ms", f"{naive / fast:,.0f} times faster")


def against_bare_draws() -> None:
    for runs, generations in ((200, 200), (1000, 500), (2000, 200)):
        for size in (100, 1000, 10**6):
            asked = (runs, generations, size)
            works = (engine(*asked), bare_draws(*asked), one_stream(*asked))
            ours, bare, together = in_turns(*works, rounds=25 if runs == 200 else 9)
            row(
                f"engine, {runs} runs x {generations} generations, n = {size:,}",
                f"{statistics.median(ours) * 1e3:.1f} ms",
                f"{ratio(ours, bare):.2f} of the bare draws "
                f"({statistics.median(bare) * 1e3:.1f} ms), {ratio(ours, together):.2f} of those "
                f"from one stream ({statistics.median(together) * 1e3:.1f} ms)",
            )


def flat_in_sample_size() -> None:
    small, large = in_turns(engine(200, 200, 10**3), engine(200, 200, 10**9), rounds=25)
    row(
        "engine, 200 x 200, n = 10^9 over n = 10^3",
        f"{ratio(large, small):.2f}",
        f"{statistics.median(large) * 1e3:.1f} ms, {statistics.median(small) * 1e3:.1f} ms",
    )


def with_anchors() -> None:
    works = (engine(200, 200, 100, anchors=1), bare_draws(200, 200, 100, anchors=1))
    ours, bare = in_turns(*works, rounds=25)
    row(
        "engine, 200 x 200, n = 100, one fresh anchor",
        f"{statistics.median(ours) * 1e3:.1f} ms",
        f"{ratio(ours, bare):.2f} of the bare draws ({statistics.median(bare) * 1e3:.1f} ms)",
    )


def exact_chain() -> None:
    for size in (100, 500, 2000):
        loop = ClosedLoop(families.Bernoulli(SHARE), Replace(), size, 200)
        times = in_turns(loop.exact, rounds=7 if size < 2000 else 3)[0]
        complete = loop.exact().lost is not None
        row(
            f"exact law, n = {size}, 200 generations",
            f"{statistics.median(times) * 1e3:.1f} ms",
            "" if complete else "moments only",
        )


def import_time() -> None:
    def program(module: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, "-c", f"import {module}"], check=True, cwd=ROOT
        )

    bare, core = in_turns(program("numpy"), program("collapse_core"), rounds=9)
    extra = statistics.median(a - b for a, b in zip(core, bare, strict=True))
    row(
        "import collapse_core, over numpy's own import",
        f"{extra * 1e3:.0f} ms",
        f"numpy {statistics.median(bare) * 1e3:.0f} ms with the interpreter's start",
    )


def main() -> None:
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}\n")
    for measure in (
        against_marbles,
        against_bare_draws,
        flat_in_sample_size,
        with_anchors,
        exact_chain,
        import_time,
    ):
        measure()


if __name__ == "__main__":
    main()
