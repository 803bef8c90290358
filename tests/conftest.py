"""Settings for all tests: no example of Hypothesis fails because the machine is busy."""

import os
from functools import cache, partial

# Each test process has one core: threads of the linear algebra would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")


@pytest.fixture(scope="session", autouse=True)
def addresses_are_gone_to_by_history():
    """Say of each run without a browser that Back or Forward led to its address.

    Streamlit's tests say so of none, but send no address that is out of date either.
    """
    from streamlit.testing.v1 import local_script_runner as runs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "RerunData", partial(runs.RerunData, is_history_navigation=True))
        yield


@pytest.fixture(scope="session", autouse=True)
def installed_packages_are_read_once():
    """Look for components of installed packages once, and not at each page that is opened.

    Of the time of a page without a browser that was two thirds. Nothing is installed meanwhile.
    """
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def first_part_only(monkeypatch):
    """Draw each page once with the first part of its long work, as a reader sees it at first."""
    from ui import long_run

    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)


def pytest_collection_modifyitems(items):
    """Keep the tests of one page together: a process remembers what it computed for the page."""
    items.sort(key=page_of)


def page_of(item):
    """Return the page that a test opens without a browser, or nothing; these tests come first."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    topic = item.path.parent.name if item.path.parent.parent.name == "topics" else ""
    browser = item.path.parent.name == "browser"
    return "" if browser else getattr(parameters.get("entry"), "key", topic)
