"""Home at a glance, and a path from stop to stop, with Back."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, part, query, ready, settled, wait_for_figure, wait_for_query
from first_always import first_always
from playwright.sync_api import expect

HOME = "home_clock"
SCREENS = {"laptop": (1366, 768), "phone": (390, 844)}


def bottom(place):
    return place.evaluate("node => node.getBoundingClientRect().bottom")


@pytest.mark.parametrize("screen", first_always(reversed(SCREENS)))
def test_loop_sentence_and_start_are_in_view_and_the_loop_runs_once(visit, screen):
    width, height = SCREENS[screen]
    page = visit("/", viewport={"width": width, "height": height})
    wait_for_figure(page, HOME, "Number(player.dataset.tick) > 2")
    wait_for_figure(page, HOME, "player.dataset.tick === '60' && player.dataset.state === 'still'")
    caption = part(page, HOME, "caption")
    expect(caption).to_contain_text("?")
    expect(caption).to_contain_text("exact: 69.1 %")
    start = page.get_by_role("link", name="Start here: eight stops, 30 minutes")
    for place in (part(page, HOME, "chart"), caption, start):
        assert bottom(place) <= height
    settled(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


OVER_THE_BORDER = """() => [...document.querySelectorAll('[class*="st-key-card_"] a')]
    .filter((card) => [...card.querySelectorAll('p')].some((words) =>
        words.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom - 4))
    .map((card) => card.textContent)"""


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_words_of_a_card_reach_its_border(visit, screen, language):
    width, height = SCREENS[screen]
    page = visit(f"/?lang={language}", viewport={"width": width, "height": height})
    expect(page.locator(".st-key-card_your_guesses a")).to_be_visible(timeout=EXPECT)
    settled(page)
    assert page.evaluate(OVER_THE_BORDER) == []


@pytest.mark.full
def test_a_jar_alone_leaves_no_room_for_names_below_it(visit):
    page = visit("/", viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    wait_for_figure(page, HOME, "player.dataset.state === 'still'")
    wait_for_figure(page, HOME, "gd._fullLayout.margin.b < 20")


@pytest.mark.full
def test_who_prefers_less_motion_sees_the_end(visit):
    page = visit("/", reduced_motion="reduce")
    wait_for_figure(page, HOME, "player.dataset.tick === '60'")
    expect(part(page, HOME, "play")).to_contain_text("Play")
    expect(part(page, HOME, "caption")).to_contain_text("lost blue")


@pytest.mark.full
def test_a_path_leads_on_and_back(visit):
    page = visit("/")
    page.get_by_role("link", name="Start here").click()
    wait_for_query(page, "stop", "1")
    ready(page)
    page.get_by_role("button", name="Lock my guess").click()
    wait_for_query(page, "guess", "0.5")
    settled(page)
    page.get_by_role("link", name="Next: Vanishing tails").click()
    wait_for_query(page, "stop", "2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vanishing", timeout=EXPECT)
    settled(page)
    page.go_back()
    wait_for_query(page, "stop", "1")
    expect(page.locator(".question").first).to_contain_text("You said 50 %", timeout=EXPECT)
    settled(page)
    page.get_by_role("button", name="Leave the path").click()
    wait_for_query(page, "path", None)
    assert query(page)["guess"] == "0.5"
