"""What tests do in a page, with waits for what is to happen and never for a time."""

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import expect

TWO = "two_colours"
EXPECT = 60_000

PLAYER = "document.querySelector('.st-key-{key}_stage .player')"


def figure(page, key, body, argument=None):
    """Evaluate JavaScript with ``gd``, the chart of a player, and ``player``, its frame."""
    return page.evaluate(f"(argument) => {{ {_named(key)} return {body}; }}", argument)


def wait_for_figure(page, key, condition, argument=None):
    """Wait until a condition on ``gd``, the chart of a player, holds."""
    page.wait_for_function(
        f"(argument) => {{ {_named(key)} return gd && gd.layout && ({condition}); }}",
        arg=argument,
    )


def _named(key):
    return (
        f"const player = {PLAYER.format(key=key)}, gd = player && player.querySelector('.chart');"
    )


def settled(page):
    """Wait until the script has run and nothing is left to run."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=EXPECT)


def drawn(page, key=TWO):
    """Wait until a chart and its clock are there and show the same moment."""
    still(page, key)
    expect(part(page, key, "now")).not_to_be_empty(timeout=EXPECT)
    settled(page)
    at_rest(page, key)


def still(page, key=TWO):
    """Wait until a player shows its picture at the tick of its hand, and rests."""
    condition = "player.dataset.state === 'still' && player.dataset.tick === hand && gd.data.length"
    hand = "player.querySelector('.hand').value"
    wait_for_figure(page, key, condition.replace("hand &&", f"{hand} &&"))


def part(page, key, name):
    """Return one part of a player: play, back, step, hand, now, caption, png, svg, speed, full."""
    return page.locator(f".st-key-{key}_stage .{name}")


def tick(page, key=TWO):
    """Return the number that the clock shows."""
    return int(re.search(r"\d+", part(page, key, "now").inner_text())[0])


def hands(page, key=TWO):
    """Return where the clock's hands stand in the picture, one number per panel."""
    return figure(
        page, key, "gd.data.filter(t => t.mode === 'lines+markers').map(t => Number(t.x[0]))"
    )


def wait_for_hands(page, at, key=TWO):
    condition = "gd.data.filter(t => t.mode === 'lines+markers').every(t => t.x[0] == argument)"
    wait_for_figure(page, key, condition, at)


def stamp(page, key=TWO):
    return figure(page, key, "player.dataset.picture")


def wait_for_another_picture(page, before, key=TWO):
    wait_for_figure(page, key, "player.dataset.picture !== argument", before)
    settled(page)
    at_rest(page, key)


def at_rest(page, key=TWO):
    """Wait until Plotly knows what is shown: while something moves it is not asked."""
    wait_for_figure(page, key, "!player.thePlayer.chart.restless")


CURVES = """JSON.stringify(gd._fullData.filter(t => t.visible)
    .map(t => [t.name, Array.from(t.x), Array.from(t.y)]))"""


def curves(page, key=TWO):
    """Return every trace's name and numbers as they are drawn, as text."""
    return figure(page, key, CURVES)


def query(page):
    """Return the query of the address, as the browser's own address bar shows it."""
    return dict(parse_qsl(urlsplit(page.evaluate("location.href")).query))


def wait_for_query(page, name, value):
    """Wait until the address holds a value, or no such name where it is None."""
    page.wait_for_function(
        "([name, value]) => new URLSearchParams(location.search).get(name) === value",
        arg=[name, value],
    )


def slider(page, key):
    """Return the handle of the slider of a control."""
    place = page.locator(f".st-key-{key}, [class*='st-key-'][class*='-{key}']")
    return place.get_by_role("slider").last


def main_player(page):
    """Return the player of the page's own picture."""
    return page.get_by_test_id("player").first


def ready(page):
    """Wait until the page's own picture is drawn and rests, and nothing is left to run."""
    expect(main_player(page)).to_have_attribute("data-state", "still", timeout=EXPECT)
    settled(page)
    page.wait_for_function(
        """() => {
            const player = (document.querySelector('.player') || {}).thePlayer;
            return player && player.chart && !player.chart.restless
                && !player.drawing && !player.fitted;
        }"""
    )


def menu(page):
    """Return the menu, opened if it is folded beside a picture."""
    side = page.get_by_test_id("stSidebar")
    expect(side).to_be_attached(timeout=EXPECT)
    if side.get_attribute("data-collapsed") == "true":
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(side).to_have_attribute("data-collapsed", "false", timeout=EXPECT)
    return side
