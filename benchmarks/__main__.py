"""Everything measured, in one table with the goals beside it, and as JSON.

    python -m benchmarks [--small] [press] [first] [play] [class] [live]
                         [--json results.json]

``--small`` tries everything with few repetitions: whether it works, not how fast it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import class_at_once, first, live_class, play, press
from benchmarks.table import RESULTS, Row, print_heading, print_row, write

FEW = ("home", "language")
PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "press": press.measure,
    "first": first.measure,
    "play": play.measure,
    "class": class_at_once.measure,
    "live": live_class.measure,
}
SMALL: dict[str, Callable[[], Iterator[Row]]] = {
    "press": lambda: press.measure(2, FEW[:1], 0.0),
    "first": lambda: first.measure(1, 1, FEW),
    "play": lambda: play.measure(1.0, FEW),
    "class": lambda: class_at_once.measure(class_at_once.SMALL),
    "live": lambda: live_class.measure(live_class.SMALL, None),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part", default=[])
    parser.add_argument("--small", action="store_true", help="few repetitions")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the results go")
    asked = parser.parse_args()
    print_heading()
    rows = [
        print_row(row)
        for name, measure in (SMALL if asked.small else PARTS).items()
        if not asked.parts or name in asked.parts
        for row in measure()
    ]
    write(rows, asked.json)
    print(f"\nwritten to {asked.json}")


if __name__ == "__main__":
    main()
