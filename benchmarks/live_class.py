"""A live class: phones join, are asked a question, and answer while a replica is killed.

    python -m benchmarks.live_class --phones 300 --replicas 2 --postgresql --kill
    python -m benchmarks.live_class --phones 30 --telephone

The first is a large class behind the proxy, with a PostgreSQL that is started for it; the second
one process with SQLite, and a round of telephone at the end. The phones are no browsers: they speak
Streamlit's protocol (`benchmarks.phone`), all of them in this process.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator

from benchmarks.class_measured import Size, a_class
from benchmarks.class_place import missing, place
from benchmarks.table import Row, print_heading, print_row

__all__ = ["ALONE", "LARGE", "SMALL", "measure"]

ALONE = Size(phones=30, arrive_within=10.0, telephone=True)
LARGE = Size(phones=300, kill=True)
SMALL = Size(phones=10, arrive_within=1.0, quiet=1.5, answer_within=1.0, pace=5.0)


def measure(alone: Size = ALONE, large: Size | None = LARGE) -> Iterator[Row]:
    """Yield what is measured of a class in one process, and of a large one where that can be.

    Parameters
    ----------
    alone : Size
        Of the class in one process, with SQLite.
    large : Size, optional
        Of the class on two replicas with PostgreSQL.
    """
    with place() as where:
        yield from asyncio.run(a_class(where, alone))
    if large is not None and not missing(2, shared=True):
        with place(2, shared=True) as where:
            yield from asyncio.run(a_class(where, large))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--replicas", type=int, default=0, help="behind the proxy")
    parser.add_argument("--postgresql", action="store_true", help="in place of SQLite")
    parser.add_argument("--kill", action="store_true", help="one replica, in the middle")
    parser.add_argument("--telephone", action="store_true", help="a round of it, at the end")
    parser.add_argument("--arrive", type=float, default=50.0, help="seconds in which they come")
    asked = parser.parse_args()
    if why := missing(asked.replicas, asked.postgresql):
        parser.error(why)
    if asked.kill and asked.replicas < 2:
        parser.error("--kill needs two replicas or more")
    size = Size(asked.phones, asked.arrive, kill=asked.kill, telephone=asked.telephone)
    print_heading()
    with place(asked.replicas, asked.postgresql) as where:
        for row in asyncio.run(a_class(where, size)):
            print_row(row)


if __name__ == "__main__":
    main()
