"""Behind the shipped proxy: its headers break no page, and a page outlives its replica."""

import functools
import http.server
import sys
import threading
import urllib.error
import urllib.request

import pytest
from browsing import (
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

from benchmarks.school import proxy_program, school

pytestmark = pytest.mark.full
REFUSED = """addEventListener('securitypolicyviolation', (event) =>
    console.error('fatal error: refused ' + event.violatedDirective + ' ' + event.blockedURI))"""
SERVER_LOST = """() => document.querySelector('[data-testid=stApp]')
    .dataset.testConnectionState !== 'CONNECTED'"""
SERVER_BACK = SERVER_LOST.replace("!==", "===")


@pytest.fixture
def found():
    if proxy_program() is None:
        pytest.skip("no haproxy on this machine: apt-get install haproxy")
    if sys.platform != "linux":
        pytest.skip("each replica has a loopback address of its own, which Linux alone gives")
    with school() as running:
        yield running


def replica_of(page):
    return next(c["value"] for c in page.context.cookies() if c["name"] == "replica")


def kill_its_replica(page, found):
    found.replicas[int(replica_of(page)) - 1].kill()
    page.wait_for_function(SERVER_LOST)
    page.wait_for_function(SERVER_BACK)
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


@pytest.mark.parametrize("path", ["/", "/two_colours?anchors=1", "/room", "/link_builder"])
def test_the_headers_refuse_nothing_that_a_page_needs(found, visit, path):
    page = visit("/_stcore/health", at=found.address)
    page.add_init_script(REFUSED)
    answer = page.goto(found.address + path)
    assert "script-src" in answer.headers["content-security-policy"]
    settled(page)
    page.wait_for_timeout(1500)
    assert page.get_by_role("heading").count() > 0


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


def test_an_upload_reaches_the_replica_of_its_page_and_only_with_its_token(found, visit):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(
            urllib.request.Request(
                f"{found.address}/_stcore/upload_file/one/two", data=b"x", method="PUT"
            )
        )
