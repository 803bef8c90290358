"""A browser that notes what happens between a key press and a picture."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.catalogue import HOME

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser_path", "chromium", "opened", "path_of", "wait_until_idle"]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WAIT = 60_000

# Runs before anything else in a page. Notes when things were first seen; after each key press,
# when the server was asked and answered, how much it sent, and when the picture changed last.
WATCH = """
(() => {
    const inside = (node, wanted) => (node.nodeType === 1 ? node : node.parentElement)
        ?.closest?.(wanted);
    const isRepaint = REPAINTS;
    const fresh = pressed => ({pressed, asked: null, answered: null, size: 0, changed: null});
    window.seen = SELECTORS.map(() => null);
    window.watch = fresh(null);
    const Socket = window.WebSocket;
    window.WebSocket = class extends Socket {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', ({data}) => {
                watch.answered = performance.now();
                watch.size += data.byteLength ?? data.size ?? data.length;
            });
        }
        send(data) {
            watch.asked ??= performance.now();
            super.send(data);
        }
    };
    document.addEventListener('keydown', () => { window.watch = fresh(performance.now()); }, true);
    new MutationObserver(changes => {
        if (watch.pressed !== null && changes.some(isRepaint)) watch.changed = performance.now();
    }).observe(document, {
        subtree: true, childList: true, characterData: true, attributes: true,
        attributeOldValue: true,
    });
    const look = () => {
        SELECTORS.forEach((selector, place) => {
            if (document.querySelector(selector)) window.seen[place] ??= performance.now();
        });
        if (window.seen.includes(null)) requestAnimationFrame(look);
    };
    look();
})()
"""


def browser_path() -> str | None:
    """Return the path of a Chromium or Chrome; None if there is none."""
    named = os.environ.get("CHROME_PATH")
    return named or next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    path = browser_path()
    if path is None:
        raise SystemExit("no Chromium or Chrome on this machine: install one or set CHROME_PATH.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, address: str, *selectors: str, repaints: str = "() => false"
) -> Iterator[Page]:
    """Open an address as if for the first time, and wait until it is on the screen.

    Parameters
    ----------
    browser : Browser
        From `chromium`.
    address : str
        What to open.
    selectors : str
        Of what is waited for; ``window.seen`` has the milliseconds until each was there.
    repaints : str
        JavaScript that tells which change of the document is a repaint.
    """
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    watch = WATCH.replace("REPAINTS", repaints).replace("SELECTORS", json.dumps(selectors))
    page.add_init_script(watch)
    page.goto(address)
    page.wait_for_function("() => !window.seen.includes(null)")
    wait_until_idle(page)
    yield page
    context.close()


def wait_until_idle(page: Page) -> None:
    """Wait until the server has run the page's script to its end."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def path_of(page: str) -> str:
    """Return where in the app a page is."""
    return "/" if page == HOME.key else f"/{page}"
