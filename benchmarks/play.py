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
from ui.catalogue import EXPERIMENTS, HOME

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECONDS = 4.0
ALL = (HOME.key, *(entry.key for entry in EXPERIMENTS))
GOAL = 30.0

# Plays once, for some time or until the clock stands at the end.
COUNT_TICKS = """
milliseconds => new Promise(done => {
    const player = (PLAYER)(), start = performance.now();
    let ticks = 0, frames = 0, last = player.tick(), moved = 0;
    player.part('play').click();
    const count = () => {
        frames += 1;
        if (player.tick() !== last) {
            ticks += 1; last = player.tick(); moved = performance.now() - start;
        }
        const spent = performance.now() - start;
        if (spent < milliseconds && (moved === 0 || spent - moved < 500))
            return requestAnimationFrame(count);
        done([ticks, moved, frames, spent]);
    };
    requestAnimationFrame(count);
})
""".replace("PLAYER", PLAYER)


def played(browser: Browser, address: str, page: str, seconds: float) -> Row:
    """Play the picture of a page from its first tick, a short one again and again."""
    place = address + path_of(page) + ("" if page == HOME.key else "?seed=1")
    total = [0.0, 0.0, 0.0, 0.0]
    with opened(browser, place, DRAWN) as tab:
        tab.locator(".speed").first.select_option(FASTEST)
        while (left := 1000 * seconds - total[1]) > 0:
            tab.locator(".hand").first.focus()
            tab.keyboard.press("Home")
            wait_until_idle(tab)
            once = tab.evaluate(COUNT_TICKS, left)
            total = [so_far + new for so_far, new in zip(total, once, strict=True)]
    ticks, moved, frames, spent = total
    beside = {"frames_per_s": 1000 * frames / spent, "ticks": ticks}
    return Row(f"play, {page}", 1000 * ticks / moved, "ticks/s", GOAL, True, beside)


def measure(seconds: float = SECONDS, pages: Sequence[str] = ALL) -> Iterator[Row]:
    """Yield how fast the pictures play."""
    with chromium() as browser, serving(APP) as server:
        for page in pages:
            yield played(browser, server.address, page, seconds)


if __name__ == "__main__":
    print_heading()
    for row in measure():
        print_row(row)
