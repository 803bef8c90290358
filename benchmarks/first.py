"""The first picture of every page, against the first paint of an app that shows one word.

    python -m benchmarks.first

Cold is the first visitor of a server that was just started, warm is a later one. Each visitor's
browser has an empty cache. A sketch of the picture's lines is there before what draws it is loaded.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.browsing import chromium, opened, path_of
from benchmarks.picture import DRAWN, SKETCHED
from benchmarks.serving import APP, EMPTY, Server, serving, serving_lines
from benchmarks.table import Row, print_heading, print_row
from ui.catalogue import EXPERIMENTS, HOME

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLD, WARM = 3, 7
ALL = (HOME.key, *(entry.key for entry in EXPERIMENTS))
WORD = '[data-testid="stMarkdown"] p'
GOAL = 1.6


@dataclass(frozen=True)
class Visit:
    """Milliseconds until a picture was sketched and drawn, and an empty app's first paint."""

    sketch: float
    picture: float
    empty: float


def seen(browser: Browser, server: Server, page: str) -> list[float]:
    """Return milliseconds from opening a page to its sketch and to its picture."""
    link = "" if page == HOME.key else "?seed=1"
    with opened(browser, server.address + path_of(page) + link, SKETCHED, DRAWN) as tab:
        return list(tab.evaluate("seen"))


def empty(browser: Browser, server: Server) -> list[float]:
    """Return milliseconds from opening an empty app to its word."""
    with opened(browser, server.address, WORD) as tab:
        return list(tab.evaluate("seen"))


def cold(browser: Browser, page: str) -> Visit:
    """Be the first visitor of two servers."""
    with serving(APP) as server:
        ours = seen(browser, server, page)
    with serving_lines(EMPTY) as least:
        return Visit(*ours, *empty(browser, least))


def rows(kind: str, page: str, visits: Sequence[Visit]) -> list[Row]:
    """Return how many times an empty app's first paint a page's first picture takes."""
    least = statistics.median(visit.empty for visit in visits)
    goal = GOAL if (kind, page) == ("warm", HOME.key) else None
    parts = {
        "sketch": statistics.median(visit.sketch for visit in visits),
        "picture": statistics.median(visit.picture for visit in visits),
    }
    return [
        Row(
            f"first {name}, {kind}, {page}",
            ours / least,
            "x empty app",
            goal,
            beside={"median_ms": ours, "empty_ms": least, "visits": len(visits)},
        )
        for name, ours in parts.items()
    ]


def measure(
    cold_visits: int = COLD, visits: int = WARM, pages: Sequence[str] = ALL
) -> Iterator[Row]:
    """Yield first pictures, cold and warm; the empty app is opened in turns with each page."""
    with chromium() as browser:
        for page in pages:
            yield from rows("cold", page, [cold(browser, page) for _ in range(cold_visits)])
        with serving(APP) as server, serving_lines(EMPTY) as least:
            for page in pages:
                all_visits = [
                    Visit(*seen(browser, server, page), *empty(browser, least))
                    for _ in range(visits + 1)
                ]
                yield from rows("warm", page, all_visits[1:])


if __name__ == "__main__":
    print_heading()
    for measured in measure():
        print_row(measured)
