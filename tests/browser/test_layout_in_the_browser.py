"""Room for the picture, on every page: a laptop, a projector, a phone, inside another page."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, main_player, ready
from first_always import first_always
from playwright.sync_api import expect

from ui.catalogue import EXPERIMENTS

# One page always; the others, which share all of this with it, in `.ci/full`.
one_page_first = pytest.mark.parametrize(
    "entry", first_always(EXPERIMENTS), ids=lambda entry: entry.key
)
LAPTOP, PROJECTOR = {"width": 1366, "height": 640}, {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
MOST_NAMES = 5
ASKED, TOLD = "", "?seed=2"


def address(entry, query=""):
    return f"/{entry.key}{query}"


def box(place):
    found = place.bounding_box()
    assert found is not None
    return found


def ends(place):
    found = box(place)
    return found["y"] + found["height"]


def first_control(page):
    return page.locator(".st-key-controls [data-testid=stElementContainer]").first


def in_view(place, height):
    assert ends(place) <= height


def soon(page, check, *arguments):
    """Check something until it holds: a page that was just drawn may still make room."""
    for _ in range(30):
        try:
            return check(page, *arguments)
        except AssertionError:
            page.wait_for_timeout(200)
    return check(page, *arguments)


def fits(page, height):
    """Check that controls, picture and clock are in view, side by side."""
    player = main_player(page)
    for place in (player.locator(".chart"), player.locator(".hand"), player.locator(".play")):
        assert box(place)["y"] >= 0
        assert ends(place) <= height
    assert ends(page.locator(".st-key-controls [data-testid=stPopover] button")) <= height
    picture, control = box(player.locator(".chart")), box(first_control(page))
    assert control["x"] >= picture["x"] + picture["width"], "controls stand beside the picture"
    assert control["y"] < picture["y"] + picture["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def names_are_whole(page):
    """Check that no name of a control and no preset is cut or broken within a word."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-presets button, .st-key-controls label')]
            .filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.innerText)"""
    )
    assert cut == []


@one_page_first
@pytest.mark.parametrize("query", first_always([ASKED, TOLD]), ids=["asked", "told"])
def test_picture_clock_and_controls_fit_a_laptop(visit, entry, query):
    page = visit(address(entry, query), viewport=LAPTOP)
    ready(page)
    soon(page, fits, LAPTOP["height"])
    names_are_whole(page)


@one_page_first
@pytest.mark.parametrize("query", first_always(["?projector=true&seed=2", "?projector=true"]))
def test_picture_clock_and_controls_fit_a_projector(visit, entry, query):
    page = visit(address(entry, query), viewport=PROJECTOR)
    ready(page)
    soon(page, fits, PROJECTOR["height"])
    names_are_whole(page)


@one_page_first
def test_every_preset_can_be_seen_and_pressed(visit, entry):
    page = visit(address(entry, TOLD), viewport=LAPTOP)
    ready(page)
    panel = box(page.locator(".st-key-presets").first)
    for preset in page.locator(".st-key-presets button:visible").all():
        found = box(preset)
        assert found["x"] + found["width"] <= panel["x"] + panel["width"] + 1


@one_page_first
def test_at_most_two_panels_lead_and_few_names_are_in_the_legend(visit, entry):
    page = visit(address(entry, TOLD), viewport=LAPTOP)
    ready(page)
    player = main_player(page)
    panels = player.evaluate("node => node.thePlayer.panels.length")
    assert 1 <= panels <= 2
    assert player.locator(".legendtext").count() <= MOST_NAMES
    for button in player.locator(".panels button").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        ready(page)
        assert player.evaluate("node => node.thePlayer.panels.length") > panels
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")


@one_page_first
def test_a_chosen_panel_is_in_the_link_and_one_step_of_back(visit, entry):
    page = visit(address(entry, TOLD), viewport=LAPTOP)
    ready(page)
    button = main_player(page).locator(".panels button").first
    before = page.evaluate("history.length")
    button.click()
    page.wait_for_function("new URLSearchParams(location.search).has('panels')")
    ready(page)
    assert page.evaluate("history.length") == before + 1
    page.reload()
    ready(page)
    expect(button).to_have_attribute("aria-pressed", "true", timeout=EXPECT)
    page.go_back()
    expect(button).to_have_attribute("aria-pressed", "false", timeout=EXPECT)


def painted(place):
    return place.evaluate("node => getComputedStyle(node).backgroundColor")


@one_page_first
def test_on_a_phone_the_picture_stays_while_its_controls_move(visit, entry):
    page = visit(address(entry, TOLD), viewport=PHONE)
    ready(page)
    player = main_player(page)
    assert player.evaluate("node => node.thePlayer.panels.length") == 1
    column = page.locator(".st-key-lesson [data-testid=stColumn]").first
    behind = [painted(each) for each in (column, page.locator("body"))]
    assert behind[0] == behind[1], "nothing shows through the picture that stays"
    for control in page.locator(".st-key-controls input[type=range], .st-key-controls input").all():
        control.evaluate("node => node.scrollIntoView()")
        place, hand = box(control), box(player.locator(".hand"))
        chart = box(player.locator(".chart"))
        assert chart["y"] >= -1
        assert hand["y"] + hand["height"] <= place["y"], "the picture does not cover the control"
        assert place["y"] < PHONE["height"]
    tabs = player.locator(".panels button")
    tabs.last.click()
    expect(tabs.last).to_have_attribute("aria-pressed", "true")
    assert player.locator(".panels button[aria-pressed=true]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_a_grid_that_is_higher_than_the_screen_hides_no_control(visit):
    page = visit("/exponential_families?side_by_side=true&seed=2", viewport=PHONE)
    ready(page)
    slider = page.locator(".st-key-controls input").last
    slider.evaluate("node => node.scrollIntoView({ block: 'center' })")
    place, hand = box(slider), box(main_player(page).locator(".hand"))
    assert hand["y"] + hand["height"] <= place["y"] < PHONE["height"]


sizes = pytest.mark.parametrize("size", [(800, 600), (360, 640)], ids=["wide", "phone"])


def scrolls_nowhere(page):
    page.wait_for_function(
        """() => [document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain]')]
            .every(node => node.scrollHeight <= node.clientHeight + 1
                && node.scrollWidth <= node.clientWidth + 1)"""
    )


@one_page_first
@pytest.mark.full
@sizes
def test_nothing_scrolls_inside_another_page_that_locks_it(visit, entry, size):
    width, height = size
    locked = "?embed=true&lock=generations-seed&law=hidden"
    page = visit(address(entry, locked), viewport={"width": width, "height": height})
    ready(page)
    scrolls_nowhere(page)
    way_out = page.get_by_role("link", name="Open it unlocked")
    soon(page, lambda _: in_view(way_out, height))
    assert not {"embed", "lock", "law"} & {
        part.partition("=")[0] for part in way_out.get_attribute("href").split("?")[1].split("&")
    }


@one_page_first
def test_picture_clock_and_controls_fit_a_laptop_where_they_are_locked(visit, entry):
    page = visit(address(entry, "?seed=2&lock=generations&law=hidden"), viewport=LAPTOP)
    ready(page)
    soon(page, fits, LAPTOP["height"])
    names_are_whole(page)


@one_page_first
@sizes
def test_nothing_scrolls_inside_another_page(visit, entry, size):
    width, height = size
    page = visit(address(entry, "?embed=true"), viewport={"width": width, "height": height})
    ready(page)
    scrolls_nowhere(page)
    expect(page.locator(".st-key-presets button").nth(1)).to_be_attached(timeout=EXPECT)
    way_out = page.get_by_role("link", name="Open the full page")
    soon(page, lambda _: in_view(way_out, height))
    assert "embed" not in way_out.get_attribute("href")
    assert f"/{entry.key}" in way_out.get_attribute("href")


@pytest.mark.full
@one_page_first
def test_the_menu_is_folded_beside_a_picture_and_open_at_home(visit, entry):
    page = visit("/", viewport=LAPTOP)
    side = page.get_by_test_id("stSidebar")
    expect(side).to_have_attribute("data-collapsed", "false", timeout=EXPECT)
    side.get_by_role("link", name=entry.title, exact=False).last.click()
    ready(page)
    expect(side).to_have_attribute("data-collapsed", "true", timeout=EXPECT)
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(side.get_by_role("link", name="Home")).to_be_visible()
