"""The player: its keys, its sketch, what it saves, and the page that plays without the app."""

import re
from pathlib import Path

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import (
    EXPECT,
    TWO,
    drawn,
    figure,
    part,
    settled,
    slider,
    stamp,
    tick,
    wait_for_another_picture,
    wait_for_figure,
)
from playwright.sync_api import expect

from collapse_core import Anchors, ClosedLoop, families
from collapse_core.topics.two_colours.figure import two_colours_figure

ROOT = Path(__file__).parents[2]
SHOWN = "/two_colours?anchors=1"
BUNDLE = "**/plotly-cartesian*"
# As Streamlit does where a component's data changed while its script was fetched: the script's two
# calls may come in any order, and the call with the older data is told at once that it is over.
OLDER_DATA_LAST = """async (script) => {
    const address = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
    const {default: called} = await import(address);
    const name = "two_colours", setStateValue = () => {};
    const sent = (tick) => ({data: {name, tick, seek: 1000 + tick}, setStateValue});
    called(sent(7));
    const over = called(sent(3));
    await Promise.resolve();
    over();
}"""


def wait_for_tick(page, at, key=TWO):
    wait_for_figure(page, key, "player.dataset.tick === String(argument)", at)


def test_older_data_that_come_last_are_not_mounted(visit):
    page = visit(SHOWN)
    drawn(page)
    script = (ROOT / "ui" / "player" / "meeting.js").read_text(encoding="utf-8")
    page.evaluate(OLDER_DATA_LAST, script.replace("METHOD", "hand"))
    wait_for_tick(page, 7)
    settled(page)
    assert tick(page) == 7


def test_the_whole_player_is_played_by_keys(visit):
    page = visit(SHOWN)
    drawn(page)
    player = page.locator(".st-key-two_colours_stage .player")
    player.focus()
    assert "solid" in player.evaluate("node => getComputedStyle(node).outline")
    keys = (("ArrowRight", 51), ("ArrowLeft", 50), ("PageUp", 60), ("PageDown", 50), ("Home", 0))
    for key, place in (*keys, ("ArrowLeft", 0), ("End", 100), ("ArrowUp", 100), ("Home", 0)):
        page.keyboard.press(key)
        wait_for_tick(page, place)
    page.keyboard.press("Space")
    expect(part(page, TWO, "play")).to_contain_text("Pause")
    wait_for_figure(page, TWO, "Number(player.dataset.tick) > 2")
    page.keyboard.press("Space")
    expect(part(page, TWO, "play")).to_contain_text("Play")
    shown, scrolled = part(page, TWO, "list"), page.evaluate("scrollY")
    for closing in ("?", "Escape"):
        expect(shown).to_be_hidden()
        page.keyboard.press("?")
        expect(shown).to_contain_text("full screen")
        expect(page.get_by_role("dialog", name="Keys of the picture")).to_be_visible()
        before = tick(page)
        page.keyboard.press("ArrowRight")
        assert tick(page) == before, "behind the list nothing moves"
        page.keyboard.press(closing)
    expect(shown).to_be_hidden()
    assert player.evaluate("node => node === document.activeElement"), "the focus is where it was"
    assert page.evaluate("scrollY") == scrolled, "its keys do not move the page"


def test_while_a_number_is_typed_no_key_is_the_players(visit):
    page = visit("/two_colours")
    field = page.locator(".player input[type=number]")
    field.wait_for()
    settled(page)
    before = tick(page)
    field.focus()
    for key in ("f", "?", "Space", "ArrowRight", "Home"):
        page.keyboard.press(key)
    assert page.evaluate("document.fullscreenElement") is None
    expect(part(page, TWO, "list")).to_be_hidden()
    expect(part(page, TWO, "play")).to_contain_text("Play")
    assert tick(page) == before


@pytest.mark.full
@pytest.mark.parametrize("projector", ["true", "false"])
def test_on_a_projector_the_keys_act_wherever_the_focus_is(visit, projector):
    page = visit(f"{SHOWN}&projector={projector}")
    drawn(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    if projector == "true":
        wait_for_tick(page, 49)
        page.keyboard.press("End")
        wait_for_tick(page, 100)
    settled(page)
    assert tick(page) == (100 if projector == "true" else 50)


@pytest.mark.full
def test_a_button_keeps_its_own_keys(visit):
    page = visit(SHOWN)
    drawn(page)
    part(page, TWO, "step").focus()
    page.keyboard.press("Enter")
    wait_for_tick(page, 51)
    part(page, TWO, "speed").focus()
    page.keyboard.press("ArrowDown")
    assert part(page, TWO, "speed").input_value() == "40"
    settled(page)
    assert tick(page) == 51


def test_full_screen_is_larger_and_ends(visit):
    page = visit(SHOWN)
    drawn(page)
    sizes = "[gd._fullLayout.font.size, gd._fullLayout.height]"
    usual = figure(page, TWO, sizes)
    page.locator(".st-key-two_colours_stage .player").focus()
    page.keyboard.press("f")
    wait_for_figure(page, TWO, "gd._fullLayout.font.size > 1.2 * argument", usual[0])
    assert page.evaluate("document.fullscreenElement.className") == "player"
    # It fitted its window before: the screen has room for the bar above it besides.
    assert figure(page, TWO, sizes)[1] > 1.05 * usual[1]
    height = page.evaluate("innerHeight")
    bottom = part(page, TWO, "caption").evaluate("node => node.getBoundingClientRect().bottom")
    assert bottom <= height, "all of it is on the screen"
    page.keyboard.press("f")
    wait_for_figure(page, TWO, "gd._fullLayout.font.size === argument", usual[0])
    assert figure(page, TWO, sizes) == usual


@pytest.mark.full
def test_where_no_element_may_have_the_screen_it_fills_the_window(visit):
    page = visit(SHOWN)
    drawn(page)
    page.evaluate("Element.prototype.requestFullscreen = undefined")
    part(page, TWO, "full").click()
    wait_for_figure(page, TWO, "player.getBoundingClientRect().height === innerHeight")
    page.keyboard.press("Escape")
    wait_for_figure(page, TWO, "player.getBoundingClientRect().height < innerHeight")


# Counts what changes for the ear: the hand's value, and the sentence that is told.
SPOKEN = """() => {
    window.spoken = {hand: 0, told: []};
    const { hand, told } = Object.fromEntries(["hand", "told"].map(
        name => [name, player.querySelector("." + name)]));
    new MutationObserver(list => { window.spoken.hand += list.length; })
        .observe(hand, {attributes: true, attributeFilter: ['aria-valuetext']});
    new MutationObserver(() => window.spoken.told.push(told.textContent))
        .observe(told, {childList: true, characterData: true, subtree: true});
}"""


def test_what_is_read_aloud_rests_while_the_clock_runs(visit):
    page = visit(SHOWN + "&generation=0")
    drawn(page)
    told = part(page, TWO, "told")
    expect(told).to_contain_text("Generation 0. ")
    assert told.get_attribute("role") == "status"
    assert page.locator(".player [aria-live=polite]:not(.question)").count() == 0
    figure(page, TWO, f"({SPOKEN})()")
    part(page, TWO, "play").click()
    wait_for_figure(page, TWO, "Number(player.dataset.tick) > 20")
    assert page.evaluate("spoken") == {"hand": 0, "told": []}
    part(page, TWO, "play").click()
    rests = f"Generation {tick(page)}"
    expect(part(page, TWO, "hand")).to_have_attribute("aria-valuetext", rests)
    expect(told).to_have_text(f"{rests}. {part(page, TWO, 'caption').inner_text()}")
    # Nor does a hand that is moved on and on say every tick: once, where it rests.
    part(page, TWO, "hand").evaluate(
        """hand => { for (const at of [60, 61, 62, 63, 64]) {
            hand.value = at; hand.dispatchEvent(new Event('input', {bubbles: true})); } }"""
    )
    expect(told).to_contain_text("Generation 64. ")
    settled(page)
    said = [text.split(".")[0] for text in page.evaluate("spoken.told")]
    assert said == [rests, "Generation 64"]
    expect(part(page, TWO, "now")).to_have_attribute("aria-live", "off")


def test_the_hand_follows_the_pointer(visit):
    page = visit(SHOWN)
    drawn(page)
    place = part(page, TWO, "hand").bounding_box()
    across, down = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 0.3 * place["width"], down, steps=4)
    page.mouse.up()
    assert 75 <= tick(page) <= 90
    wait_for_tick(page, tick(page))


@pytest.mark.parametrize("motion", first_always(["reduce", "no-preference"]))
def test_it_begins_by_itself_only_where_motion_is_welcome(visit, motion):
    page = visit(SHOWN + "&generation=0", reduced_motion=motion)
    drawn(page)
    figure(page, TWO, "player.thePlayer.steer({...player.thePlayer.hand, autoplay: true})")
    plays = motion == "no-preference"
    if plays:
        expect(part(page, TWO, "play")).to_contain_text("Pause")
        wait_for_figure(page, TWO, "Number(player.dataset.tick) > 2")
    else:
        wait_for_tick(page, 100)  # it shows how it ends, and does not move
        expect(part(page, TWO, "play")).to_contain_text("Play")


@pytest.mark.full
def test_less_motion_means_few_steps(visit):
    page = visit(SHOWN + "&generation=0", reduced_motion="reduce")
    drawn(page)
    part(page, TWO, "play").click()
    wait_for_figure(page, TWO, "Number(player.dataset.tick) > 0")
    assert int(figure(page, TWO, "player.dataset.tick")) == 5, "a hundred generations in 20 steps"
    part(page, TWO, "play").click()


@pytest.mark.full
def test_scrubbing_does_not_scroll(visit):
    page = visit(SHOWN, viewport={"width": 390, "height": 844}, has_touch=True)
    drawn(page)
    assert part(page, TWO, "hand").evaluate("node => getComputedStyle(node).touchAction") == "none"


def test_a_sketch_is_there_before_what_draws(visit):
    page = visit("/")  # the same tab goes on: what is held back here was not asked for yet
    page.context.clear_cookies()
    held = []
    page.route(BUNDLE, lambda route: held.append(route))
    page.goto(page.url.rstrip("/") + SHOWN)
    page.wait_for_selector(".player[data-state=loading] .sketch circle")
    expect(part(page, TWO, "caption")).to_contain_text("50")
    for route in held:
        route.continue_()
    page.unroute(BUNDLE)
    drawn(page)
    expect(page.locator(".player .sketch").first).to_be_hidden()


@pytest.mark.full
def test_what_draws_is_asked_for_again_where_its_request_hangs(visit):
    page = visit("/")
    held = []
    page.route(
        BUNDLE,
        lambda route: route.continue_() if "?again" in route.request.url else held.append(route),
    )
    page.goto(page.url.rstrip("/") + SHOWN)
    drawn(page)
    assert held
    page.unroute(BUNDLE)


def test_without_what_draws_a_sketch_plays_and_says_so(visit):
    page = visit("/")
    page.route(BUNDLE, lambda route: route.abort())
    page.goto(page.url.rstrip("/") + SHOWN)
    page.wait_for_selector(".player[data-state=failed]")
    expect(part(page, TWO, "trouble")).to_be_visible()
    expect(part(page, TWO, "trouble")).to_contain_text("table")
    before = page.locator(".player .sketch").inner_html()
    part(page, TWO, "step").click()
    expect(part(page, TWO, "now")).to_have_text("Generation 51")
    page.wait_for_function(
        "before => document.querySelector('.player .sketch').innerHTML !== before", arg=before
    )
    expect(page.get_by_text("The numbers as a table")).to_be_visible()
    page.unroute(BUNDLE)


@pytest.mark.full
def test_a_hand_just_moved_stays_when_the_preset_is_left(visit):
    key = "one_real_point"
    page = visit(f"/{key}?seed=1")
    drawn(page, key)
    player = page.locator(f".st-key-{key}_stage .player")
    player.evaluate("node => node.setAttribute('data-same', 'yes')")
    before = stamp(page, key)
    part(page, key, "hand").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    slider(page, "anchors").focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_picture(page, before, key)
    expect(player).to_have_attribute("data-same", "yes")
    wait_for_tick(page, 1, key)


@pytest.mark.full
def test_two_pages_side_by_side_do_not_disturb_each_other(visit):
    one, other = visit(SHOWN), visit("/bell_curve?seed=2&generation=10")
    drawn(one)
    drawn(other, "bell_curve")
    kept = stamp(other, "bell_curve")
    part(one, TWO, "play").click()
    before = stamp(one)
    slider(one, "anchors").focus()
    one.keyboard.press("ArrowRight")
    wait_for_figure(one, TWO, "player.dataset.picture !== argument", before)
    figure(one, TWO, "player.thePlayer.pause()")
    wait_for_another_picture(one, before)
    part(other, "bell_curve", "step").click()
    wait_for_tick(other, 11, "bell_curve")
    assert stamp(other, "bell_curve") == kept
    assert tick(one) != 11


def test_a_saved_picture_says_what_it_was_made_with(visit):
    page = visit(SHOWN)
    drawn(page)
    with page.expect_download() as waiting:
        part(page, TWO, "svg").click()
    with open(waiting.value.path(), encoding="utf-8") as file:
        svg = file.read()
    words = " ".join(re.findall(r">([^<>]+)<", svg))
    for word in ("Two colours", "Sample size: 100", "Real anchor points: 1", "Model collapse"):
        assert word in words
    wide = re.search(r'<svg[^>]* width="(\d+)"', svg)[1]
    inside = re.search(r'viewBox="0 0 (\d+)', svg)[1]
    assert int(wide) == 2 * int(inside), "twice the size"


def page_of_its_own(folder):
    loop = ClosedLoop(families.Bernoulli(0.1), Anchors(1), 20, 12)
    moving = two_colours_figure(loop.simulate(30, 1), loop.exact(), 0, alt="the picture")
    captions = [f"sentence {t}" for t in range(13)]
    playable = moving.playable(3, captions, {"t": range(13)}, title="A title", about=["made so"])
    playable.write_html(folder / "picture.html")
    return (folder / "picture.html").as_uri()


def test_a_page_of_its_own_plays_without_server_and_network(browser, tmp_path):
    context = browser.new_context(offline=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_of_its_own(tmp_path))
    player = page.locator(".player")
    expect(player).to_have_attribute("data-state", "still", timeout=EXPECT)
    expect(player).to_have_attribute("data-tick", "3")
    expect(player.locator(".caption")).to_have_text("sentence 3")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the picture")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")  # its keys act all the same
    page.keyboard.press("End")
    expect(player).to_have_attribute("data-tick", "12")
    page.keyboard.press("Space")
    expect(player.locator(".caption")).to_have_text("sentence 12", timeout=EXPECT)
    page.get_by_text("The numbers as a table").click()
    expect(page.locator("td").nth(2)).to_have_text("2")
    assert not errors
    context.close()


def test_an_embedding_page_can_show_it_as_a_notebook_does(browser, tmp_path):
    loop = ClosedLoop(families.Bernoulli(0.1), Anchors(1), 20, 12)
    moving = two_colours_figure(loop.simulate(30, 1), loop.exact(), 0, alt="the picture")
    context = browser.new_context()
    page = context.new_page()
    page.set_content(moving.playable()._repr_html_())
    inside = page.frame_locator("iframe").locator(".player")
    expect(inside).to_have_attribute("data-state", "still", timeout=EXPECT)
    context.close()
