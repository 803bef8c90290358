"""Behind the shipped proxy: its headers break no page, and a page outlives its replica."""

import functools
import http.server
import sys
import threading
import urllib.error
import urllib.request

import pytest

pytest.importorskip("playwright")

from browsing import (
    EXPECT,
    TWO,
    curves,
    drawn,
    part,
    query,
    ready,
    settled,
    slider,
    stamp,
    wait_for_another_picture,
    wait_for_query,
)
from playwright.sync_api import expect

from benchmarks.school import proxy_program, school
from collapse_core.topics.early_warning.example import example_table
from ui.catalogue import EXPERIMENTS, PAGES

pytestmark = pytest.mark.full
REFUSED = """addEventListener('securitypolicyviolation', (event) =>
    console.error('fatal error: refused ' + event.violatedDirective + ' ' + event.blockedURI))"""
SERVER_LOST = """() => document.querySelector('[data-testid=stApp]')
    .dataset.testConnectionState !== 'CONNECTED'"""
SERVER_BACK = SERVER_LOST.replace("!==", "===")
COUNT_RUNS = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const connected = () => app.dataset.testConnectionState === 'CONNECTED';
    window.runsSinceBack = 0;
    new MutationObserver(() => {
        if (connected() && app.dataset.testScriptState === 'notRunning') ++window.runsSinceBack;
    }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
}"""


@pytest.fixture
def found():
    yield from running()


def running():
    if proxy_program() is None:
        pytest.skip("no haproxy on this machine: apt-get install haproxy")
    if sys.platform != "linux":
        pytest.skip("each replica has a loopback address of its own, which Linux alone gives")
    with school() as found:
        yield found


def replica_of(page):
    return next(c["value"] for c in page.context.cookies() if c["name"] == "replica")


def kill_its_replica(page, found):
    page.evaluate(COUNT_RUNS)
    found.replicas[int(replica_of(page)) - 1].kill()
    page.wait_for_function(SERVER_LOST)
    page.wait_for_function(SERVER_BACK)
    # It has run on the other replica: until then that one does not know the page.
    page.wait_for_function("() => window.runsSinceBack >= 1")
    ready(page)


def test_a_page_shows_the_same_when_its_replica_is_killed(found, visit):
    page = visit("/two_colours?anchors=2&generation=30&sample_size=60&lang=en", at=found.address)
    drawn(page)
    before, was_on = (query(page), stamp(page), curves(page)), replica_of(page)
    hand = part(page, TWO, "hand").input_value()
    page.evaluate("window.neverLoadedAgain = true")
    kill_its_replica(page, found)
    settled(page)
    assert replica_of(page) != was_on
    assert (query(page), stamp(page), curves(page)) == before
    assert part(page, TWO, "hand").input_value() == hand
    assert page.evaluate("window.neverLoadedAgain")
    # The other replica knows the page by now: the first move after that counts.
    slider(page, "anchors").press("ArrowRight")
    wait_for_query(page, "anchors", "3")
    wait_for_another_picture(page, before[1])


def test_a_page_whose_answer_was_shown_is_not_asked_when_it_comes_back(found, visit):
    page = visit("/two_colours?anchors=1&lang=en", at=found.address)
    drawn(page)
    slider(page, "anchors").press("ArrowLeft")
    wait_for_query(page, "anchors", None)
    ready(page)
    before = stamp(page), curves(page)
    kill_its_replica(page, found)
    assert (stamp(page), curves(page)) == before


@pytest.fixture(scope="module")
def served():
    """Run the replicas for those who leave them alive."""
    yield from running()


PATHS = [
    f"/{entry.key}?generations=3" if entry in EXPERIMENTS else f"/{entry.key}" for entry in PAGES
]


@pytest.mark.parametrize("path", ["/", *PATHS, "/two_colours?anchors=1&embed=true"])
def test_the_headers_refuse_nothing_that_a_page_needs(served, visit, path):
    page = visit("/_stcore/health", at=served.address)
    page.add_init_script(REFUSED)
    answer = page.goto(served.address + path)
    assert "script-src" in answer.headers["content-security-policy"]
    settled(page)
    page.wait_for_timeout(1500)
    if "embed" in path:
        ready(page)
    else:
        assert page.get_by_role("heading").count() > 0


def test_the_headers_refuse_a_script_an_address_and_words_that_are_run(served, visit):
    page = visit("/two_colours?anchors=1", at=served.address)
    ready(page)
    refused = page.evaluate(
        """async () => {
            const told = [], rest = () => new Promise((done) => setTimeout(done, 200));
            const hear = ({ effectiveDirective }) => told.push(effectiveDirective);
            addEventListener('securitypolicyviolation', hear);
            await rest();  // the driver's own words may be run
            const script = document.createElement('script');
            script.textContent = 'window.wasRun = true';
            document.body.append(script);
            try { window.wasRun = (0, eval)('true'); } catch (refused) {}
            await fetch('https://elsewhere.invalid/').catch(() => {});
            await rest();
            return [told, Boolean(window.wasRun)];
        }"""
    )
    assert sorted(refused[0]) == ["connect-src", "script-src", "script-src-elem"]
    assert refused[1] is False


def test_a_page_stands_in_a_frame_of_another_site(found, browser, tmp_path):
    framed = f'<iframe src="{found.address}/two_colours?anchors=1&embed=true" width=900 height=620>'
    (tmp_path / "index.html").write_text(framed, encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    # Another address is another site.
    with http.server.ThreadingHTTPServer(("127.0.0.9", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.9:{other.server_port}/")
        inside = page.frame_locator("iframe")
        inside.locator(".player[data-state=still]").first.wait_for(timeout=30_000)
        page.close()
        other.shutdown()


def test_an_upload_reaches_the_replica_of_its_page_and_only_with_its_token(served, visit):
    page = visit("/early_warning?view=own&generations=3&lang=en", at=served.address)
    ready(page)
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": example_table().encode()}
    page.locator("input[type=file]").first.set_input_files([file])
    expect(page.get_by_text("Alarm at generation 8").first).to_be_visible(timeout=EXPECT)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(
            urllib.request.Request(
                f"{served.address}/_stcore/upload_file/one/two", data=b"x", method="PUT"
            )
        )


def test_pages_that_come_at_once_all_come(visit):
    if proxy_program() is None:
        pytest.skip("no haproxy on this machine: apt-get install haproxy")
    with school(COME_A_SECOND="1") as found:
        pages = [visit("/_stcore/host-config", at=found.address) for _ in range(5)]
        for page in pages:  # all ask at once: nobody waits for another's page
            page.evaluate(f"setTimeout(() => location.assign('{found.address}/two_colours'))")
        for page in pages:
            drawn(page)
