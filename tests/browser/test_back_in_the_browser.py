"""The link: one action is one step of Back; other pages and a reload bring the settings back."""

import pytest

pytest.importorskip("playwright")

from browsing import (
    CURVES,
    EXPECT,
    curves,
    drawn,
    menu,
    part,
    query,
    settled,
    slider,
    stamp,
    wait_for_another_picture,
    wait_for_figure,
    wait_for_query,
)
from playwright.sync_api import expect

from collapse_core.lessons.lesson import read_lesson

# A page, and a slider of it whose steps all show another picture.
PAGES = {
    "two_colours": "anchors",
    "bell_curve": "anchors",
    "exponential_families": "anchors",
    "language": "real_sentences",
    "vanishing_tails": "anchors",
    "one_real_point": "anchors",
}
DEFAULTS = {"one_real_point": 1}  # of these sliders, where it is not 0
# One page always; the others, which share all of this with it, in `.ci/full`.
ALWAYS = {"two_colours"}
pages = pytest.mark.parametrize(
    ("key", "name"),
    [
        pytest.param(key, name, id=key, marks=() if key in ALWAYS else pytest.mark.full)
        for key, name in PAGES.items()
    ],
)


def nth(key, steps):
    """Return what the link says of a page's slider some steps after its default."""
    return str(DEFAULTS.get(key, 0) + steps)


def entries(page):
    """Return how many entries the browser's history has."""
    settled(page)
    return page.evaluate("history.length")


def moved(page, key, name):
    """Move a slider by one step, and wait for another picture."""
    before = stamp(page, key)
    slider(page, name).focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_picture(page, before, key)


def shown(page, key, name):
    return slider(page, name).get_attribute("aria-valuetext"), curves(page, key)


def back_to(page, key, name, wanted):
    page.evaluate("history.back()")
    wait_for(page, key, name, wanted)


def wait_for(page, key, name, wanted):
    value, drawn_curves = wanted
    expect(slider(page, name)).to_have_attribute("aria-valuetext", value, timeout=EXPECT)
    wait_for_figure(page, key, f"{CURVES} === argument", drawn_curves)
    settled(page)


def opened(visit, key, name):
    """Open a page with a link that holds a default: it shows its answer, and is not rewritten."""
    page = visit(f"/{key}?{name}={nth(key, 0)}")
    drawn(page, key)
    assert query(page) == {name: nth(key, 0)}, "a link that says what is shown stays as it is"
    return page


@pages
def test_each_move_is_one_entry_and_one_step_back(visit, key, name):
    page = opened(visit, key, name)
    start, first = entries(page), shown(page, key, name)
    moved(page, key, name)
    wait_for_query(page, name, nth(key, 1))
    assert entries(page) == start + 1
    second = shown(page, key, name)
    moved(page, key, name)
    wait_for_query(page, name, nth(key, 2))
    assert entries(page) == start + 2
    third = shown(page, key, name)
    back_to(page, key, name, second)
    back_to(page, key, name, first)
    assert entries(page) == start + 2, "going back adds nothing"
    page.evaluate("history.go(2)")
    wait_for(page, key, name, third)


@pytest.mark.full
@pages
def test_a_preset_is_one_entry_and_one_step_back(visit, key, name):
    page = opened(visit, key, name)
    moved(page, key, name)
    start, before = entries(page), shown(page, key, name)
    preset = max(read_lesson(key).presets, key=lambda item: len(item.values))
    picture = stamp(page, key)
    page.get_by_role("button", name=preset.name, exact=True).click()
    wait_for_another_picture(page, picture, key)
    assert len(preset.values) > 1
    assert entries(page) == start + 1
    back_to(page, key, name, before)


@pytest.mark.full
@pages
def test_a_rest_of_the_clock_is_one_entry_and_one_step_back(visit, key, name):
    page = opened(visit, key, name)
    start, now = entries(page), part(page, key, "now").inner_text()
    part(page, key, "back").click()
    expect(part(page, key, "now")).not_to_have_text(now)
    rested = part(page, key, "now").inner_text().split()[-1]
    wait_for_query(page, "generation", rested)
    assert entries(page) == start + 1
    page.evaluate("history.back()")
    expect(part(page, key, "now")).to_have_text(now, timeout=EXPECT)
    assert entries(page) == start + 1


@pytest.mark.full
@pages
def test_another_page_and_back_brings_the_settings_back(visit, key, name):
    page = opened(visit, key, name)
    moved(page, key, name)
    moved(page, key, name)
    before = shown(page, key, name)
    menu(page).get_by_role("link", name="Home").click()
    drawn(page, "home_clock")
    assert query(page) == {}
    page.evaluate("history.back()")
    drawn(page, key)
    wait_for(page, key, name, before)
    assert query(page) == {name: nth(key, 2)}


@pytest.mark.full
@pages
def test_starting_over_is_one_entry_and_one_step_back(visit, key, name):
    page = opened(visit, key, name)
    first = shown(page, key, name)
    moved(page, key, name)
    moved(page, key, name)
    part(page, key, "back").click()
    wait_for_query(page, "generation", part(page, key, "now").inner_text().split()[-1])
    settled(page)
    start, before = entries(page), shown(page, key, name)
    page.get_by_role("button", name="Start over").click()
    wait_for(page, key, name, first)
    assert query(page) == {}
    assert entries(page) == start + 1
    # It keeps the focus; pressed again it does nothing. Back waits for that run: one that is still
    # under way would write the address after Back.
    page.get_by_role("button", name="Start over").click()
    settled(page)
    assert entries(page) == start + 1
    assert query(page) == {}
    back_to(page, key, name, before)


@pages
def test_the_menu_leads_back_to_a_page_as_it_was_left(visit, key, name):
    page = opened(visit, key, name)
    moved(page, key, name)
    before = shown(page, key, name)
    other = "bell_curve" if key == "two_colours" else "two_colours"
    menu(page).get_by_role("link", name=read_lesson(other).menu).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(read_lesson(other).title)
    settled(page)
    assert query(page) == {}, "settings belong to their page"
    menu(page).get_by_role("link", name=read_lesson(key).menu).click()
    wait_for(page, key, name, before)
    wait_for_query(page, name, nth(key, 1))


@pytest.mark.full
def test_there_and_back_again_and_again_loses_nothing(visit):
    key, name = "two_colours", "anchors"
    page = opened(visit, key, name)
    before = shown(page, key, name)
    for _ in range(3):
        menu(page).get_by_role("link", name="Home").click()
        drawn(page, "home_clock")
        page.evaluate("history.back()")
        drawn(page, key)
        wait_for(page, key, name, before)


@pages
def test_a_reload_brings_the_settings_back(visit, key, name):
    page = opened(visit, key, name)
    moved(page, key, name)
    before = shown(page, key, name)
    page.reload()
    drawn(page, key)
    wait_for(page, key, name, before)
    assert query(page) == {name: nth(key, 1)}


@pages
def test_an_embedded_page_keeps_its_link_too(visit, key, name):
    page = visit(f"/{key}?embed=true&{name}={nth(key, 0)}")
    drawn(page, key)
    first = shown(page, key, "sample_size")  # which is in view on every page
    moved(page, key, "sample_size")
    page.wait_for_function("new URLSearchParams(location.search).has('sample_size')")
    assert query(page)["embed"] == "true"
    back_to(page, key, "sample_size", first)
    assert query(page) == {"embed": "true", name: nth(key, 0)}


def test_back_to_a_link_that_holds_something_in_vain_shows_the_page_and_leads_on(visit):
    page = visit("/two_colours?sample_size=1e309")
    drawn(page)
    assert query(page) == {}
    page.get_by_test_id("stMain").get_by_role("button", name="OK", exact=True).click()
    warning = page.get_by_test_id("stAlertContentWarning")
    expect(warning).to_have_count(0, timeout=EXPECT)
    page.evaluate("history.back()")
    wait_for_query(page, "sample_size", "1e309")
    drawn(page)
    assert query(page) == {"sample_size": "1e309"}, "one more entry would lead Back here for ever"
    expect(warning).to_have_count(0, timeout=EXPECT)
    moved(page, "two_colours", "anchors")
    wait_for_query(page, "sample_size", None)
