"""From a key press to the repainted chart: every page beside the least that the framework needs.

Run with ``python -m benchmarks.ui.repaint``, and the keys of pages for these alone. It needs
Playwright and a Chromium or Chrome (named by CHROME_PATH, or found on the path). The floor is an
app of one slider and one line chart, measured in the same run on the same machine. Three panels of
nine plain lines in Plotly, with nothing else on the page, are shown beside it. Every press moves to
a value that was not shown before, so that nothing comes from a cache.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.catalogue import HOME, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
WARM_UP, PRESSES, VISITS = 3, 12, 5
PLAY_SECONDS = 3
GOAL_REPAINT, GOAL_FIRST_CHART = 1.5, 1.3

PICTURE = ".js-plotly-plot .main-svg"

FLOOR = """
import numpy as np, streamlit as st
n = st.slider("n", 1, 1000, 20)
st.line_chart(np.sin(np.arange(100) * n / 50))
"""
PLOTLY = """
import numpy as np, plotly.graph_objects as go, streamlit as st
n = st.slider("n", 1, 100, 20)
x = np.arange(101)
rng = np.random.default_rng(n)
data = []
for panel in ("", "2", "3"):
    axes = {"xaxis": "x" + panel, "yaxis": "y" + panel}
    for _ in range(3):
        data.append({"type": "scatter", "x": x, "y": rng.random(101), **axes})
layout = {f"{a}axis{p}": {"anchor": b + p} for p in ("", "2", "3") for a, b in ("xy", "yx")}
for place, p in enumerate(("", "2", "3")):
    layout["xaxis" + p]["domain"] = [place / 3, place / 3 + 0.28]
st.plotly_chart(go.Figure(data=data, layout=layout, _validate=False), key="chart")
"""
EMPTY = 'import streamlit as st\nst.markdown("empty")\n'

# Notes the last change inside any chart after a key went down.
WATCH = """
() => {
    const inside = node => (node.nodeType === 1 ? node : node.parentElement)
        ?.closest?.('.stPlotlyChart, [data-testid="stVegaLiteChart"]');
    window.watch = {pressed: null, changed: null};
    document.addEventListener('keydown', () => {
        window.watch = {pressed: performance.now(), changed: null};
    }, true);
    new MutationObserver(list => {
        if (watch.pressed !== null && list.some(change => inside(change.target)))
            watch.changed = performance.now();
    }).observe(document.body,
        {subtree: true, childList: true, attributes: true, characterData: true});
}
"""
QUIET = """
() => watch.changed !== null && performance.now() - watch.changed > 400 &&
    document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'
"""
FIRST_SEEN = """
selector => {
    const look = () => {
        if (document.querySelector(selector)) window.firstSeen = performance.now();
        else requestAnimationFrame(look);
    };
    look();
}
"""
COUNT_TICKS = """
([key, milliseconds]) => new Promise(done => {
    const root = [...document.querySelectorAll('.st-key-' + key + ' *')]
        .map(node => node.shadowRoot).find(Boolean) ||
        document.querySelector('.st-key-' + key);
    const now = root.querySelector('.now');
    let ticks = 0, frames = 0, last = now.textContent, moved = 0;
    const start = performance.now();
    root.querySelector('.play').click();
    const count = () => {
        frames += 1;
        if (now.textContent !== last) {
            ticks += 1; last = now.textContent; moved = performance.now() - start;
        }
        const spent = performance.now() - start;
        if (spent < milliseconds && (moved === 0 || spent - moved < 500))
            return requestAnimationFrame(count);
        done({ticks: 1000 * ticks / moved, frames: 1000 * frames / spent});
    };
    requestAnimationFrame(count);
})
"""


def browser_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        sys.exit("no Chromium or Chrome on this machine: install one or set CHROME_PATH.")
    return found


@contextmanager
def serving(script: Path) -> Iterator[str]:
    """Serve a Streamlit script on a free port and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script.name, f"--server.port={port}"]
    command += ["--server.headless=true", "--server.fileWatcherType=none"]
    command += ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=script.parent, stdout=quiet, stderr=quiet) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield address
        finally:
            process.terminate()


@contextmanager
def opened(browser: Browser, address: str, selector: str) -> Iterator[tuple[Page, list[int]]]:
    """Open an address in a new context; yield the page and the sizes of what the server sent."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    received: list[int] = []

    def listen(frame: str | bytes) -> None:
        received.append(len(frame))

    page.on("websocket", lambda socket_: socket_.on("framereceived", listen))
    page.add_init_script(f"({FIRST_SEEN})({selector!r})")
    page.goto(address)
    page.wait_for_function("() => window.firstSeen")
    wait_until_idle(page)
    yield page, received
    context.close()


def wait_until_idle(page: Page) -> None:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def press_times(page: Page) -> list[float]:
    """Return milliseconds from key press to the last change in a chart, for each press."""
    if page.evaluate("window.watch === undefined"):
        page.evaluate(WATCH)
    main = page.get_by_test_id("stMain")
    slider, key = main.get_by_test_id("stSlider"), "ArrowRight"
    # Whole numbers one apart, where there are some: on a log scale the work itself would grow.
    small_steps = [main.locator(f".st-key-{name}") for name in ("anchors", "generations")]
    handle = next((item for item in small_steps if item.count()), slider.first).get_by_role(
        "slider"
    )
    if slider.count() == 0:
        handle, key = main.get_by_test_id("stButton").last.locator("button").first, "Enter"
    times = []
    for _ in range(WARM_UP + PRESSES):
        handle.focus()
        page.keyboard.press(key)
        page.wait_for_function(QUIET)
        times.append(page.evaluate("watch.changed - watch.pressed"))
    return times[WARM_UP:]


def first_seen(browser: Browser, address: str, selector: str) -> list[float]:
    """Return milliseconds from opening an address to the first sight of something."""
    times = []
    for _ in range(VISITS + 1):
        with opened(browser, address, selector) as (page, _received):
            times.append(page.evaluate("window.firstSeen"))
    return times[1:]


def clock_key(page: Page) -> str:
    """Return the key of the first clock of a page."""
    name = page.evaluate(
        """() => [...document.querySelectorAll('[class*="st-key-"]')]
            .map(node => node.className.match(/st-key-(\\S+)_figure/)).find(Boolean)?.[1]"""
    )
    return str(name)


def playing(page: Page) -> dict[str, float]:
    """Return how many ticks the clock makes, and the browser draws, in a second of fast play."""
    key = clock_key(page)
    page.locator(f".st-key-{key} .speed").select_option("30")
    hand = page.locator(f".st-key-{key} .hand")
    hand.focus()
    page.keyboard.press("Home")
    return dict(page.evaluate(COUNT_TICKS, [key, 1000 * PLAY_SECONDS]))


def print_row(name: str, times: list[float], floors: list[float], note: str = "") -> None:
    middle, floor = statistics.median(times), statistics.median(floors)
    print(
        f"{name:27} {middle:6.0f} ms {floor:6.0f} ms {middle / floor:6.2f}   "
        f"{min(times):5.0f} to {max(times):5.0f}   {note}",
        flush=True,
    )


def path_of(file: str) -> str:
    # Any parameter in the link leaves out the question that comes first.
    return "/" if file == HOME.file else f"/{Path(file).stem}?seed=1"


def measure_others(browser: Browser, floor: Page, folder: Path) -> float:
    """Print what a bare Plotly chart takes; return the first paint of an empty app."""
    script = folder / "panels.py"
    script.write_text(PLOTLY, encoding="utf-8")
    with serving(script) as address, opened(browser, address, PICTURE) as (page, _received):
        print_row("three panels, Plotly alone", press_times(page), press_times(floor))
    script = folder / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    with serving(script) as address:
        return statistics.median(first_seen(browser, address, '[data-testid="stMarkdown"] p'))


def measure_pages(browser: Browser, address: str, floor: Page, chosen: Sequence[str]) -> None:
    for entry in (HOME, *PAGES):
        if chosen and entry.key not in chosen:
            continue
        with opened(browser, address + path_of(entry.file), PICTURE) as (page, received):
            kilobytes = sum(received) / 1000
            times = press_times(page)
            speed = playing(page)
        note = (
            f"{kilobytes:5.0f} kB received; plays {speed['ticks']:.0f} ticks/s "
            f"at {speed['frames']:.0f} frames/s"
        )
        print_row(entry.key, times, press_times(floor), note)


def main(*chosen: str) -> None:
    from playwright.sync_api import sync_playwright

    print(f"key press to repaint, {PRESSES} presses each; goal {GOAL_REPAINT} times the floor,")
    print("which is measured again after each page: the machine may have other work")
    print(f"{'':27} {'median':>9} {'floor':>9} {'ratio':>6}   range in ms")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR, encoding="utf-8")
        with (
            serving(script) as floor_address,
            opened(browser, floor_address, '[data-testid="stVegaLiteChart"]') as (floor, _received),
            serving(ROOT / "app.py") as address,
        ):
            empty = measure_others(browser, floor, Path(folder))
            home = statistics.median(first_seen(browser, address, PICTURE))
            measure_pages(browser, address, floor, chosen)
        browser.close()
    print(f"\nempty app, first paint: {empty:.0f} ms; home, first chart: {home:.0f} ms")
    print(f"ratio {home / empty:.2f}, goal {GOAL_FIRST_CHART}")


if __name__ == "__main__":
    main(*sys.argv[1:])
