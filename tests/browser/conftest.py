"""A server, a browser, and pages that may talk to nobody but this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
START_WITHIN = 60
WAIT = 30_000


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path():
    """Return the path of a Chromium or Chrome."""
    named = os.environ.get("CHROME_PATH")
    if named:
        assert Path(named).is_file(), f"CHROME_PATH={named} is no file: name the browser's program."
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium or Chrome on this machine: install one or set CHROME_PATH")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(address):
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def server(chromium_path, tmp_path_factory):
    """Start the app on a free port and return its address; stop it at the end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log_path = tmp_path_factory.mktemp("server") / "log.txt"
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with (
        log_path.open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        until = time.monotonic() + START_WITHIN
        while not healthy(address):
            ended = process.poll() is not None
            if ended or time.monotonic() > until:
                process.kill()
                pytest.fail(f"the server did not start:\n{log_path.read_text()}")
            time.sleep(0.1)
        yield address
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser(chromium_path):
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def contexts(browser):
    """Keep one browser context for each kind of screen: it has the app's scripts already."""
    return {}


@pytest.fixture
def visit(browser, server, contexts):
    """Return a function that opens a path of the app in a new tab, as if for the first time.

    At the end the test fails if any page asked another host for anything, or raised an error.
    """
    pages, asked, errors = [], [], []

    def open_path(path, **options):
        kind = repr(sorted(options.items()))
        if kind not in contexts:
            wanted = {"viewport": {"width": 1366, "height": 768}, **options}
            contexts[kind] = browser.new_context(**wanted)
            contexts[kind].set_default_timeout(WAIT)
        page = contexts[kind].new_page()
        pages.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(server + path)
        return page

    yield open_path
    for page in pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts <= {"127.0.0.1"}, "a page asked somebody else for something"
    assert not errors
