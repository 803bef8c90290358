"""Open to all: no finding of axe-core that is ours, enlarged pages, headings, languages."""

from itertools import pairwise

import pytest

pytest.importorskip("playwright")

from axe_findings import findings
from browsing import EXPECT, ready, settled
from playwright.sync_api import expect

from ui.catalogue import EXPERIMENTS, HOME, PAGES

PICTURED = {HOME.key, *(page.key for page in EXPERIMENTS)}
ASKED, TOLD = "", "?guess=skip"
LIGHT, DARK = "light", "dark"
ALWAYS = ("two_colours", "de")  # the other headings are read by `.ci/full`
VIEWS = (
    *(f"/teach?view={view}" for view in ("worksheet", "quiz", "cures", "unplugged", "glossary")),
    "/references?page=two_colours",
    "/two_colours?path=30&stop=1",
    "/two_colours?embed=true&guess=skip",
    "/two_colours?projector=true&guess=skip",
    "/two_colours?lang=de&guess=skip",
    "/two_colours?lock=generations&law=hidden",
    "/teach?lang=de",
    "/?lang=de",
)
# Four times as large as in a window of 1280 by 1024, and twice.
ENLARGED = {"400": {"width": 320, "height": 256}, "200": {"width": 640, "height": 512}}


def address(key, query=""):
    return f"/{'' if key == HOME.key else key}{query}"


def opened(visit, path, **options):
    """Open a page with all that can be unfolded, and wait until nothing moves in it."""
    page = visit(path, **options)
    key = path.strip("/").split("?")[0] or HOME.key
    expect(page.get_by_test_id("stMainBlockContainer")).to_be_visible(timeout=EXPECT)
    (ready if key in PICTURED else settled)(page)
    whole(page)
    return page


def whole(page):
    """Wait until nothing fades, which axe would take for pale."""
    settled(page)
    page.wait_for_function(
        """() => !document.querySelector('[data-stale="true"], [data-testid=stSkeleton]')
            && document.getAnimations().every(({ playState, effect }) => playState !== 'running'
                || effect.getTiming().iterations === Infinity)"""
    )


def unfold(page):
    """Open everything that is folded, one after the other: some is made only then."""
    for number in range(page.locator("summary").count()):
        summary = page.locator("summary").nth(number)
        if summary.locator("..").get_attribute("open") is None:
            summary.click()
            whole(page)


def accessible(page):
    found = findings(page)
    assert not found, "\n" + "\n".join(found)


def test_nothing_keeps_a_reader_out(visit):
    page = opened(visit, address("two_colours", TOLD))
    accessible(page)


@pytest.mark.full
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("key", [HOME.key, *(page.key for page in PAGES)])
def test_nothing_keeps_a_reader_out_of_any_page(visit, key, scheme):
    page = opened(visit, address(key, ASKED), color_scheme=scheme)
    accessible(page)
    if key in PICTURED and key != HOME.key:
        page = opened(visit, address(key, TOLD), color_scheme=scheme)
        accessible(page)
    unfold(page)
    accessible(page)


@pytest.mark.full
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("path", VIEWS)
def test_nothing_keeps_a_reader_out_of_any_view(visit, path, scheme):
    accessible(opened(visit, path, color_scheme=scheme))


@pytest.mark.full
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_nothing_keeps_a_reader_out_of_what_opens(visit, scheme):
    page = opened(visit, address("two_colours", TOLD), color_scheme=scheme)
    for name in ("More", "Share"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        whole(page)
        accessible(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name=name)).to_be_hidden()
    page.locator(".player").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the picture")).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")
    whole(page)
    accessible(page)


# Parts that reach past the window, and words that are cut.
BEYOND = """() => {
    const parts = document.querySelectorAll('h1, h2, p, label, summary, button, input, a, .chart');
    const scrolls = (node) => node && node !== document.body
        && (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    const seen = [...parts].filter((part) => part.checkVisibility({ visibilityProperty: true })
        && part.clientWidth > 1
        && !part.closest('.told, #skip-to-picture'));
    const cut = (part) => part.matches('label, summary, button, h1, h2')
        && part.scrollWidth > part.clientWidth + 1;
    const beyond = (part) => cut(part) || part.getBoundingClientRect().right > innerWidth + 1;
    return seen.filter((part) => beyond(part) && !scrolls(part.parentElement))
        .map((part) => `${part.tagName} ${part.textContent.trim().slice(0, 60)} ${part.className}`);
}"""
# How far the main part can be scrolled at all, in pixels, in a window of this size.
ROLLS = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return [main, document.scrollingElement].map(({ scrollWidth, clientWidth }) =>
        scrollWidth - clientWidth);
}"""


@pytest.mark.full
@pytest.mark.parametrize("size", ENLARGED.values(), ids=ENLARGED)
@pytest.mark.parametrize("key", [HOME.key, *(page.key for page in PAGES)])
def test_an_enlarged_page_is_scrolled_one_way_and_nothing_is_cut(visit, key, size):
    page = opened(visit, address(key, TOLD), viewport=size)
    assert max(page.evaluate(ROLLS)) <= 1
    assert page.evaluate(BEYOND) == []
    if key in PICTURED - {HOME.key}:
        stage = page.locator(".st-key-lesson [data-testid=stColumn]").first
        assert stage.evaluate("node => getComputedStyle(node).position") == "static"
        reached_by_keys(page, size["height"])


def reached_by_keys(page, height):
    """Check that the control with the focus is seen whole: nothing lies over it."""
    control = page.locator(".st-key-controls input, .st-key-controls button").first
    control.focus()
    place = page.locator(".st-key-controls [data-testid=stElementContainer]").first.bounding_box()
    assert place["y"] < height
    assert place["y"] + place["height"] > 0


HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter((node) => node.checkVisibility() && !node.closest('dialog'))
    .map((node) => Number(node.tagName[1]))"""


@pytest.mark.parametrize(
    ("key", "language"),
    [
        pytest.param(key, language, marks=[] if (key, language) == ALWAYS else [pytest.mark.full])
        for key in (HOME.key, *(page.key for page in PAGES))
        for language in ("en", "de")
    ],
)
def test_headings_are_in_order_and_the_language_is_named(visit, key, language):
    page = opened(visit, address(key, f"{TOLD}&lang={language}"))
    unfold(page)
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    expect(page.locator("html")).to_have_attribute("lang", language)


# The colour of the edge of a part, or nothing where it has none.
EDGE = """node => {
    const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(node);
    return parseFloat(borderTopWidth) >= 1 && borderTopStyle !== 'none' ? borderTopColor : '';
}"""


@pytest.mark.full
def test_with_the_readers_own_colours_what_is_pressed_and_moved_is_seen(visit):
    page = opened(visit, address("two_colours", TOLD), forced_colors="active")
    thumb = ".st-key-controls [data-testid=stSlider] [role=group] > div > "
    pressed = ".st-key-presets [data-testid=stBaseButton-primary]"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for place in (thumb + ":first-child", thumb + ":nth-child(2)", ".player .play"):
        assert page.locator(place).first.evaluate(EDGE) not in ("", ground), place
    outline = page.locator(pressed).first.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    accessible(page)
