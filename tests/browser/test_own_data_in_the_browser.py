"""What one visitor pastes is not felt by another."""

import time

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, drawn, ready, slider, stamp, wait_for_another_picture
from playwright.sync_api import expect

MOVES = 8
# As in the test without a browser: each of these once took the server seconds.
PASTED = {
    "/any_model?data=own&sample_size=60&generations=2": "1" * 15_000 + "x",
    "/vanishing_tails?start=own&generations=3": "1," * 90_000,
    "/language?corpus=own&generations=2": "." * 150_000 + "x",
}


def longest_wait(page, moves=MOVES):
    """Return the longest time from the press of an arrow key to another picture, in seconds."""
    waits = []
    slider(page, "anchors").focus()
    for move in range(moves):
        before, started = stamp(page), time.monotonic()
        page.keyboard.press("ArrowRight" if move % 2 else "ArrowLeft")
        wait_for_another_picture(page, before)
        waits.append(time.monotonic() - started)
    return max(waits)


@pytest.mark.full
@pytest.mark.parametrize("path", PASTED)
def test_a_paste_of_one_visitor_is_not_felt_by_another(visit, path):
    other = visit("/two_colours?anchors=5")
    drawn(other)
    longest_wait(other)
    quiet = longest_wait(other)
    page = visit(path)
    ready(page)
    box = page.locator("textarea").first
    if not box.is_visible():
        page.get_by_role("button", name="list").or_(
            page.get_by_role("button", name="Paste or upload your text")
        ).first.click()
    expect(box).to_be_visible(timeout=EXPECT)
    box.fill(PASTED[path])
    box.press("Control+Enter")
    other.bring_to_front()
    assert longest_wait(other) < 3 * quiet + 0.5
    page.bring_to_front()
    expect(page.get_by_test_id("stAlert").first).to_be_visible(timeout=EXPECT)
