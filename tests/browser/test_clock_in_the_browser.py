"""Play, pause, step, scrub: the clock and the picture move together, without the server."""

from contextlib import suppress

import pytest

pytest.importorskip("playwright")

from browsing import (
    CURVES,
    EXPECT,
    TWO,
    curves,
    drawn,
    figure,
    hands,
    part,
    query,
    settled,
    slider,
    stamp,
    tick,
    wait_for_another_picture,
    wait_for_figure,
    wait_for_hands,
    wait_for_query,
)
from playwright.sync_api import expect

SHOWN = "/two_colours?anchors=1"


@pytest.mark.full
def test_the_clock_starts_where_the_page_says(visit):
    page = visit(SHOWN)
    drawn(page)
    wait_for_hands(page, 50)
    assert tick(page) == 50
    expect(part(page, TWO, "caption")).to_contain_text("50")


def test_play_moves_the_picture_and_pause_rests(visit):
    page = visit(SHOWN + "&generation=5")
    drawn(page)
    wait_for_hands(page, 5)
    play = part(page, TWO, "play")
    play.click()
    expect(play).to_contain_text("Pause")
    wait_for_figure(page, TWO, "Number(player.dataset.tick) > 12")
    play.click()
    expect(play).to_contain_text("Play")
    rested = tick(page)
    assert rested > 12
    wait_for_hands(page, rested)
    wait_for_query(page, "generation", str(rested))
    settled(page)
    assert tick(page) == rested
    assert set(hands(page)) == {rested}
    expect(part(page, TWO, "caption")).to_contain_text(str(rested))


@pytest.mark.full
def test_play_stops_at_the_end_and_starts_again_from_the_beginning(visit):
    page = visit(SHOWN + "&generations=12&generation=11")
    drawn(page)
    play = part(page, TWO, "play")
    play.click()
    wait_for_hands(page, 12)
    expect(play).to_contain_text("Play")
    play.click()
    expect(part(page, TWO, "now")).not_to_have_text("Generation 12", timeout=EXPECT)
    wait_for_hands(page, 12)
    expect(play).to_contain_text("Play")


def test_steps_move_by_one(visit):
    page = visit(SHOWN)
    drawn(page)
    part(page, TWO, "step").click()
    wait_for_hands(page, 51)
    part(page, TWO, "back").click()
    part(page, TWO, "back").click()
    wait_for_hands(page, 49)
    expect(part(page, TWO, "now")).to_have_text("Generation 49")
    wait_for_query(page, "generation", "49")


def test_the_hand_is_moved_by_keys(visit):
    page = visit(SHOWN)
    drawn(page)
    hand = part(page, TWO, "hand")
    hand.focus()
    for key, place in (("ArrowRight", 51), ("End", 100), ("ArrowRight", 100), ("Home", 0)):
        page.keyboard.press(key)
        wait_for_hands(page, place)
        expect(hand).to_have_attribute("aria-valuetext", f"Generation {place}")
    wait_for_query(page, "generation", "0")


def test_the_picture_keeps_the_hands_place_when_a_control_changes(visit):
    page = visit(SHOWN)
    drawn(page)
    part(page, TWO, "hand").focus()
    page.keyboard.press("End")
    wait_for_hands(page, 100)
    wait_for_query(page, "generation", "100")
    settled(page)
    before = stamp(page)
    slider(page, "anchors").focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_picture(page, before)
    wait_for_hands(page, 100)
    assert tick(page) == 100


def test_the_hand_rests_without_a_new_picture(visit):
    page = visit(SHOWN)
    drawn(page)
    figure = page.locator(".st-key-two_colours_stage .js-plotly-plot .main-svg").first
    figure.evaluate("node => node.setAttribute('data-same', 'yes')")
    part(page, TWO, "step").click()
    wait_for_query(page, "generation", "51")
    settled(page)
    expect(figure).to_have_attribute("data-same", "yes")
    wait_for_hands(page, 51)


@pytest.mark.full
def test_slow_motion_plays(visit):
    page = visit(SHOWN + "&generation=3")
    drawn(page)
    page.get_by_text("Inside one generation").click()
    drawn(page, "steps_clock")
    before = curves(page, "steps_clock")
    part(page, "steps_clock", "speed").select_option("40")
    caption = part(page, "steps_clock", "caption")
    for _ in range(3):
        # On a busy machine the clock may just be mounted anew, and a press before that is lost.
        part(page, "steps_clock", "play").click()
        with suppress(AssertionError):
            expect(caption).to_contain_text("refit", timeout=EXPECT / 3)
            break
    expect(caption).to_contain_text("refit")
    expect(part(page, "steps_clock", "play")).to_contain_text("Play")
    assert curves(page, "steps_clock") != before
    assert query(page)["generation"] == "3", "the small clock leaves the link alone"


@pytest.mark.full
def test_a_picture_can_be_saved(visit):
    page = visit(SHOWN)
    drawn(page)
    for name, start in (("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<svg")):
        with page.expect_download() as waiting:
            part(page, TWO, name).click()
        saved = waiting.value
        assert saved.suggested_filename == f"two-colours-generation-50.{name}"
        with open(saved.path(), "rb") as file:
            content = file.read()
        assert content.startswith(start)
        assert len(content) > 10_000


@pytest.mark.full
def test_the_home_page_plays(visit):
    page = at_home_when_it_has_run(visit)
    before = curves(page, "home_clock")
    page.keyboard.press("Home")
    wait_for_figure(page, "home_clock", f"{CURVES} !== argument", before)
    part(page, "home_clock", "play").click()
    expect(part(page, "home_clock", "caption")).to_contain_text("lost blue", timeout=EXPECT)
    drawn(page, "home_clock")
    assert curves(page, "home_clock") == before
    assert "generation" not in query(page)


def at_home_when_it_has_run(visit):
    """Open home, and wait until its clock, which begins by itself, is at its end."""
    page = visit("/")
    wait_for_figure(page, "home_clock", "player.dataset.tick === '60'")
    drawn(page, "home_clock")
    part(page, "home_clock", "hand").focus()
    return page


# Whoever looks now and then may look when all is over.
TICKS_ARE_NOTED = """(globalThis.ticks = [],
    new MutationObserver(() => ticks.push(Number(player.dataset.tick)))
        .observe(player, {attributes: true, attributeFilter: ["data-tick"]}))"""


@pytest.mark.full
def test_another_jar_is_another_run(visit):
    page = at_home_when_it_has_run(visit)
    before = stamp(page, "home_clock")
    figure(page, "home_clock", TICKS_ARE_NOTED)
    page.get_by_role("button", name="Another jar").click()
    wait_for_figure(page, "home_clock", "player.dataset.picture !== argument", before)
    page.wait_for_function("Math.min(...ticks) < 40")  # it runs anew
    drawn(page, "home_clock")
    shown = part(page, "home_clock", "caption").inner_text()
    marbles = "gd.data[1].x.length / 16 - 1 === Number(argument)"  # outlines of 16 numbers
    blue = shown.split(":")[1].split()[0]
    wait_for_figure(page, "home_clock", marbles, blue if blue.isdigit() else 0)


def test_who_prefers_less_motion_can_still_step(visit):
    page = visit(SHOWN, reduced_motion="reduce")
    drawn(page)
    part(page, TWO, "step").click()
    wait_for_hands(page, 51)
