"""How long it takes to crumple a cloud and to measure it, generation by generation.

Run with ``python -m benchmarks.geometry``; 20 generations of 2,000 points, each measured with 200
resamples. The goal is two seconds in 50 dimensions.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import fastest
from collapse_core.geometry import crumple_steps, measure, sheet

POINTS, GENERATIONS = 2000, 20
AMOUNTS = np.linspace(0.0, 1.0, GENERATIONS + 1)[1:]


def main() -> None:
    print(f"{'':32} {'crumple':>9} {'measure':>9}")
    for pattern in ("coherent_expansion", "coherent_contraction"):
        for dimension in (3, 10, 50, 500):
            start = sheet(POINTS, dimension, 1)
            clouds = crumple_steps(pattern, start, AMOUNTS, 1)
            made = fastest(
                lambda start=start, pattern=pattern: crumple_steps(pattern, start, AMOUNTS, 1)
            )
            measured = fastest(lambda clouds=clouds: [measure(cloud) for cloud in clouds])
            print(f"{pattern:24} {dimension:4} axes {made:6.0f} ms {measured:6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
