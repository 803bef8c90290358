"""A whole lesson by keys alone: the guided path from home to its end, and each of its stops."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, main_player, ready, settled
from playwright.sync_api import expect
from test_accessible_in_the_browser import opened

from collapse_core.lessons.lesson import read_lesson
from ui.guided_path.stops import guided_paths

STOPS = [stop.page for stop in guided_paths()["30"].stops]
WORDS = read_lesson("guided_path").words("strip")

AT = """() => {
    const at = document.activeElement;
    const text = at.matches('button, a, summary') ? at.textContent : '';
    return [at.className, at.type, at.getAttribute('aria-label'), text].join(' ');
}"""
PRESSES = 150


def go_to(page, words, key="Tab"):
    """Press Tab until what has the focus is called so."""
    for _ in range(PRESSES):
        page.keyboard.press(key)
        if words in page.evaluate(AT):
            return
    pytest.fail(f"{PRESSES} presses of {key} do not reach {words!r}")


def walked(page):
    """Do all that a stop asks, by keys: guess, see, play, change something, read the table."""
    player = main_player(page)
    go_to(page, "spot")
    page.keyboard.press("PageUp")
    go_to(page, "Lock my guess")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Guess again")).to_be_visible(timeout=EXPECT)
    ready(page)
    go_to(page, "play")
    page.keyboard.press("Enter")
    expect(player.locator(".play")).to_contain_text("Pause")
    page.keyboard.press("Enter")
    expect(player.locator(".play")).to_contain_text("Play")
    page.wait_for_function("document.querySelector('.player .told').textContent")
    before = player.get_attribute("data-picture")
    first = page.locator(".st-key-controls input[type=range]").first.get_attribute("aria-label")
    go_to(page, f"range {first}")
    page.keyboard.press("ArrowRight")
    expect(player).not_to_have_attribute("data-picture", before, timeout=EXPECT)
    ready(page)
    assert first in page.evaluate(AT), "the focus stays on what was moved"
    go_to(page, "The numbers as a table")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=EXPECT)
    settled(page)


@pytest.mark.full
@pytest.mark.parametrize("number", range(len(STOPS)))
def test_a_stop_of_the_guided_path_is_walked_by_keys_alone(visit, number):
    page = opened(visit, f"/{STOPS[number]}?path=30&stop={number + 1}")
    walked(page)
    if number + 1 < len(STOPS):
        go_to(page, "Next: ", "Shift+Tab")
        page.keyboard.press("Enter")
        title = read_lesson(STOPS[number + 1]).title
        expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=EXPECT)


@pytest.mark.full
def test_the_guided_path_is_walked_from_home_to_its_end_by_keys_alone(visit):
    page = opened(visit, "/")
    go_to(page, read_lesson("home").text("start", "short"))
    page.keyboard.press("Enter")
    for number, stop in enumerate(STOPS):
        title = read_lesson(stop).title
        expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=EXPECT)
        ready(page)
        walked(page)
        onward = WORDS["guesses"] if number + 1 == len(STOPS) else "Next: "
        go_to(page, onward, "Shift+Tab")
        page.keyboard.press("Enter")
    ended = WORDS["end"].partition("**")[2].partition("**")[0]
    expect(page.get_by_text(ended)).to_be_visible(timeout=EXPECT)
    settled(page)
    guesses = page.locator(".player")
    expect(guesses.first).to_be_visible(timeout=EXPECT)
