"""The first picture of every page, against the first paint of an app that shows one word.

    python -m benchmarks.first

Cold is the first visitor of a server that was just started, warm is a later one. Each visitor's
browser has an empty cache.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.browsing import chromium, opened, path_of
from benchmarks.picture import DRAWN
from benchmarks.serving import APP, EMPTY, Server, serving, serving_lines
from benchmarks.table import Row, print_heading, print_row
from ui.catalogue import HOME, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLD, WARM = 3, 7
ALL = (HOME.key, *(entry.key for entry in PAGES))
WORD = '[data-testid="stMarkdown"] p'
GOAL = 1.6


def first_paint(browser: Browser, server: Server, page: str | None) -> float:
    """Return milliseconds from opening a page to its picture; without a page, to the word."""
    link = "" if page in (None, HOME.key) else "?seed=1"
    place = server.address + path_of(page or HOME.key) + link
    with opened(browser, place, DRAWN if page else WORD) as tab:
        return float(tab.evaluate("window.firstSeen"))


def cold(browser: Browser, page: str | None) -> float:
    """Return the milliseconds of the first visitor of a server."""
    with serving(APP) if page else serving_lines(EMPTY) as server:
        return first_paint(browser, server, page)


def row(kind: str, page: str, times: Sequence[float], empty: Sequence[float]) -> Row:
    """Return how many times an empty app's first paint a page's first picture takes."""
    ours, least = statistics.median(times), statistics.median(empty)
    return Row(
        f"first picture, {kind}, {page}",
        ours / least,
        "x empty app",
        GOAL if (kind, page) == ("warm", HOME.key) else None,
        beside={"median_ms": ours, "empty_ms": least, "visits": len(times)},
    )


def measure(
    cold_visits: int = COLD, visits: int = WARM, pages: Sequence[str] = ALL
) -> Iterator[Row]:
    """Yield first pictures, cold and warm; the empty app is opened in turns with each page."""
    with chromium() as browser:
        for page in pages:
            pairs = [(cold(browser, page), cold(browser, None)) for _ in range(cold_visits)]
            yield row("cold", page, *zip(*pairs, strict=True))
        with serving(APP) as server, serving_lines(EMPTY) as least:
            for page in pages:
                pairs = [
                    (first_paint(browser, server, page), first_paint(browser, least, None))
                    for _ in range(visits + 1)
                ]
                yield row("warm", page, *zip(*pairs[1:], strict=True))


if __name__ == "__main__":
    print_heading()
    for measured in measure():
        print_row(measured)
