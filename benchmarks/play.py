"""How many ticks a second a picture plays.

    python -m benchmarks.play

The clock is set to its fastest; what is counted is the ticks that were drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.browsing import chromium, opened, path_of, wait_until_idle
from benchmarks.picture import DRAWN, FASTEST, PLAYER
from benchmarks.serving import APP, serving
from benchmarks.table import Row, print_heading, print_row
from ui.catalogue import HOME, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECONDS = 4.0
ALL = (HOME.key, *(entry.key for entry in PAGES))
GOAL = 30.0

# Plays from the first tick until some seconds are over or the clock stands at the end.
COUNT_TICKS = """
milliseconds => new Promise(done => {
    const player = (PLAYER)();
    let ticks = 0, frames = 0, last = player.tick(), moved = 0, start = performance.now();
    player.part('play').click();
    const count = () => {
        frames += 1;
        if (player.tick() !== last) {
            ticks += 1; last = player.tick(); moved = performance.now() - start;
        }
        const spent = performance.now() - start;
        if (spent < milliseconds && (moved === 0 || spent - moved < 500))
            return requestAnimationFrame(count);
        done({ticks: 1000 * ticks / moved, frames: 1000 * frames / spent, counted: ticks});
    };
    requestAnimationFrame(count);
})
"""


def played(browser: Browser, address: str, page: str, seconds: float) -> Row:
    """Play the picture of a page from its first tick."""
    place = address + path_of(page) + ("" if page == HOME.key else "?seed=1")
    with opened(browser, place, DRAWN) as tab:
        tab.locator(".speed").first.select_option(FASTEST)
        tab.locator(".hand").first.focus()
        tab.keyboard.press("Home")
        wait_until_idle(tab)
        counted = tab.evaluate(COUNT_TICKS.replace("PLAYER", PLAYER), 1000 * seconds)
    beside = {"frames_per_s": counted["frames"], "ticks": counted["counted"]}
    return Row(f"play, {page}", counted["ticks"], "ticks/s", GOAL, at_least=True, beside=beside)


def measure(seconds: float = SECONDS, pages: Sequence[str] = ALL) -> Iterator[Row]:
    """Yield how fast the pictures play."""
    with chromium() as browser, serving(APP) as server:
        for page in pages:
            yield played(browser, server.address, page, seconds)


if __name__ == "__main__":
    print_heading()
    for row in measure():
        print_row(row)
