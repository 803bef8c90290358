"""Open every page of a running app in a browser: a picture or words, no error, nobody else asked.

python .ci/visit_every_page.py http://127.0.0.1:8501
"""

from __future__ import annotations

import sys
import time
import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.browsing import browser_path
from ui.catalogue import HOME, PAGES

INSTALLS_WITHIN = 600  # seconds
WAIT = 90_000  # milliseconds
PICTURE = "section.player[data-picture]"
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
ERRORS = '[data-testid="stException"], [data-testid="stAlertContentError"]'


def wait_for(address: str) -> None:
    """Wait until the server answers.

    Raises
    ------
    SystemExit
        If it does not within ten minutes.
    """
    until = time.monotonic() + INSTALLS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"nobody answers at {address}")


def troubles(visit: BrowserContext, address: str, path: str, *, picture: bool) -> list[str]:
    """Return what is wrong with a page, in words; an empty list if nothing is."""
    found: list[str] = []
    asked: list[str] = []
    page = visit.new_page()
    page.set_default_timeout(WAIT)
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.goto(address + path)
    page.wait_for_selector(PICTURE if picture else "h1")
    page.wait_for_selector(READY)
    for node in page.query_selector_all(ERRORS):
        found.append(f"error: {node.inner_text()}")
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    found += [f"asked {host}" for host in sorted(map(str, hosts - {"127.0.0.1"}))]
    page.close()
    return found


def main(address: str) -> int:
    """Visit all; return how many pages had trouble."""
    path = browser_path()
    if path is None:
        print("no Chromium or Chrome on this machine: the pages were not opened")
        return 0
    wait_for(address)
    bad = 0
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        # One visit, so that a page finds the scripts that the one before has fetched.
        visit = launched.new_context(viewport={"width": 1366, "height": 768})
        for entry in (HOME, *PAGES):
            where = "/" if entry is HOME else f"/{entry.key}"
            picture = entry is HOME or entry.kind == "experiment"
            found = troubles(visit, address, where, picture=picture)
            bad += bool(found)
            print(f"{where}: {'; '.join(found) or 'opens'}", flush=True)
        launched.close()
    return bad


if __name__ == "__main__":
    raise SystemExit(bool(main(sys.argv[1])))
