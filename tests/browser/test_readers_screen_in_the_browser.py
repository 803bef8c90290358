"""A reader's own colours and less motion: every page stays seen and usable."""

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import EXPECT, ready, settled
from playwright.sync_api import expect
from test_accessible_in_the_browser import ASKED, DARK, LIGHT, PICTURED, TOLD, address, opened

from ui.catalogue import EXPERIMENTS, HOME, PAGES

ALWAYS = "two_colours"


def each(keys):
    """Return a mark for a test of these pages; all but one are slow repetitions."""
    return pytest.mark.parametrize(
        "key", [pytest.param(k, marks=[] if k == ALWAYS else [pytest.mark.full]) for k in keys]
    )


# What is said or pressed in colours that do not stand off their ground, and what has no edge.
UNSEEN = """() => {
    const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
        const [r, g, b] = rgba(colour).slice(0, 3).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const ground = (node) => {  // the number above a thumb is part of it, and not on it
        const place = node.getBoundingClientRect();
        const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
        const under = ({ left, right, top, bottom }) =>
            left <= x && x <= right && top <= y && y <= bottom;
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (rgba(colour)[3] > 128 && under(at.getBoundingClientRect())) return colour;
        }
        return getComputedStyle(document.body).backgroundColor;
    };
    const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && node.getBoundingClientRect().width > 1 && !node.closest('.told, #skip-to-picture');
    const told = (node) => `${node.tagName} ${node.className.baseVal ?? node.className} `
        + `${node.textContent.trim().slice(0, 50)}`;
    const main = document.querySelector('[data-testid=stMain]');
    const found = [];
    for (const node of main.querySelectorAll('h1, h2, p, label, button, input, summary, a, text')) {
        if (!seen(node) || node.disabled || node.closest('[aria-disabled=true]')) continue;
        if (!node.textContent.trim() && node.tagName !== 'BUTTON') continue;
        const style = getComputedStyle(node), svg = node.tagName === 'text';
        const colour = svg ? getComputedStyle(node.querySelector('tspan') || node).fill
            : style.color;
        if (contrast(colour, ground(node)) < 4.5) found.push(`pale: ${told(node)} ${colour}`);
    }
    const edged = (node) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, outlineStyle } =
            getComputedStyle(node);
        return outlineStyle !== 'none' || (parseFloat(borderTopWidth) > 0
            && borderTopStyle !== 'none' && contrast(borderTopColor, ground(node)) >= 3);
    };
    // The arrow of a list is inside the list's own edge.
    const within = (node) => {
        const list = node.closest('[data-testid=stSelectbox], [data-testid=stMultiSelect]');
        for (let at = node.parentElement; list && at !== list; at = at.parentElement) {
            if (edged(at)) return true;
        }
        return false;
    };
    const pressed = '.player button, .st-key-presets button, .st-key-controls button';
    for (const node of main.querySelectorAll(pressed)) {
        const inside = node.closest('[data-baseweb=input], [data-testid=stNumberInput], label');
        if (seen(node) && !inside && !node.disabled && !edged(node) && !within(node)
            && !node.matches('[aria-label^="Help for"]')) found.push(`no edge: ${told(node)}`);
    }
    return found;
}"""


@each([HOME.key, *(page.key for page in PAGES)])
@pytest.mark.parametrize("scheme", first_always([DARK, LIGHT]))
def test_with_the_readers_own_colours_all_is_seen(visit, key, scheme):
    page = opened(visit, address(key, TOLD), forced_colors="active", color_scheme=scheme)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(UNSEEN) == []


@pytest.mark.full
@each([page.key for page in EXPERIMENTS])
def test_with_the_readers_own_colours_a_guess_is_made_and_the_picture_plays(visit, key):
    page = opened(visit, address(key, ASKED), forced_colors="active")
    assert page.evaluate(UNSEEN) == []
    lock = page.get_by_role("button", name="Lock my guess")
    if lock.count():  # the picture has something to guess
        lock.click()
        expect(page.get_by_role("button", name="Guess again")).to_be_visible(timeout=EXPECT)
    ready(page)
    play = page.locator(".player .play").first
    play.click()
    expect(play).to_contain_text("Pause")
    play.click()
    expect(play).to_contain_text("Play")


@pytest.mark.full
@pytest.mark.parametrize("key", [HOME.key, *(page.key for page in PAGES)])
def test_who_wants_less_motion_sees_nothing_move_by_itself(visit, key):
    page = opened(visit, address(key, TOLD), reduced_motion="reduce")
    if key in PICTURED:
        assert page.locator(".player[data-state=playing]").count() == 0
    settled(page)
    moving = page.evaluate(
        """() => document.getAnimations().filter(({ playState }) => playState === 'running')
            .map(({ effect }) => effect.target.outerHTML.slice(0, 100))"""
    )
    assert moving == []
