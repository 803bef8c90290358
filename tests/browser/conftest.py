"""A server, a browser, and pages that may talk to nobody but this machine."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import serving

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WAIT = 60_000
# What a page shows when a test fails on it.
STANDS = """() => [
    ...[...document.querySelectorAll('[data-testid=stApp]')].map(n => n.dataset.testScriptState),
    ...[...document.querySelectorAll('.player')].map(n => JSON.stringify(n.dataset)),
    document.body.innerText,
].join('\\n')"""
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep whether a test failed, for those who clear up after it."""
    report = yield
    item.stash[FAILED] = report.failed
    return report


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


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Start the app and return its address; stop it at the end."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


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
def visit(browser, server, contexts, request):
    """Return a function that opens a path of the app in a new tab, as if for the first time.

    ``at`` is the app's address, if it is another than the common server's.

    At the end the test fails if any page asked another host for anything, or raised an error. What
    the pages show is printed if it failed.
    """
    pages, asked, errors = [], [], []

    def open_path(path, at=server, **options):
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
        page.on("console", lambda told: "fatal error" in told.text and errors.append(told.text))
        page.goto(at + path)
        return page

    yield open_path
    for page in pages:
        if request.node.stash.get(FAILED, False):
            print(page.url, page.evaluate(STANDS))
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts <= {"127.0.0.1"}, "a page asked somebody else for something"
    assert not errors
