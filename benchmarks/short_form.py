"""The short form of the table, as README.md shows it.

    python -m benchmarks.short_form [results.json]

Prints what stands there between the marks ``measured: begin`` and ``measured: end``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.table import RESULTS, Row, short

# What a line says, and which rows it sums up.
LINES = {
    "key press to repainted picture, *Two colours*": "press, two_colours",
    "the same, *Bell curve*, *Exponential families*, *One real point*": (
        "press, (bell_curve|exponential_families|one_real_point)"
    ),
    "the same, *Vanishing tails*, and *Generations* of *Any model* and *Language*": (
        "press, (vanishing_tails|any_model, generations|language, generations)"
    ),
    "play, slowest to fastest page": "play, ",
    "first sketch of the home page's picture": "first sketch, warm, home",
    "the picture itself": "first picture, warm, home",
    "30 learners open one link within 5 s: first picture, median": r"30 .*one link: first picture$",
    "the same, 95 of 100": r"30 .*one link: first picture, p95",
    "30 learners move a slider every 5 s: next picture, 95 of 100": r"30 .*one link: a move",
    "100 learners move a slider every 10 s: next picture, 95 of 100": r"100 .*one link: a move",
    "memory after 1,000 sessions that came and went, of that after 100": "memory after",
}


def lines(results: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table and the name of the machine."""
    rows = [
        Row(*(row[name] for name in ("what", "measured", "unit", "goal", "at_least")))
        for row in results["rows"]
    ]
    yield "| | measured | goal |"
    yield "|---|---|---|"
    for said, pattern in LINES.items():
        found = [row for row in rows if re.match(pattern, row.what)]
        if found:
            numbers = sorted(row.measured for row in found)
            measured = " to ".join(dict.fromkeys(map(short, (numbers[0], numbers[-1]))))
            yield f"| {said} | {measured} {found[0].unit} | {found[0].goal_text} |"
    yield ""
    yield "Measured on " + ", ".join(f"{name} {it}" for name, it in results["machine"].items())


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    print("\n".join(lines(json.loads(path.read_text(encoding="utf-8")))) + ".")
