"""Pages open, controls change pictures, links bring them back, small and dark screens are fine."""

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import (
    EXPECT,
    TWO,
    at_rest,
    curves,
    drawn,
    menu,
    part,
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
from some_pages import some_always

from ui.catalogue import EXPERIMENTS, HOME, PAGES

SHOWN = "/two_colours?anchors=1"
ENTRIES, PICTURED = (HOME, *PAGES), (HOME, *EXPERIMENTS)
pages = some_always(ENTRIES)


def address(entry):
    return "/" if entry is HOME else "/" + entry.file.removeprefix("pages/").removesuffix(".py")


def charts_are_there(page):
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=EXPECT)
    settled(page)


def is_there(page, entry):
    """Wait for all of a page: its picture, where it promises one."""
    if entry in PICTURED:
        charts_are_there(page)
    expect(page.locator("[data-testid=stMain] h1, .js-plotly-plot").first).to_be_visible(
        timeout=EXPECT
    )
    settled(page)


def does_not_scroll_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


# --------------------------------------------------------------------------------- every page


def stands(page, entry):
    """Check that a page has its title, its question and its picture, and fits its window."""
    expect(page).to_have_title(f"{entry.title} · Model collapse, explained", timeout=EXPECT)
    is_there(page, entry)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert does_not_scroll_sideways(page)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(n => Number(n.tagName[1]))"
    )
    assert levels[0] == 1
    assert set(levels[1:]) <= {2}, "no level is left out"


@pytest.mark.parametrize(
    "entries", [PAGES[::8], pytest.param(PAGES, marks=pytest.mark.full)], ids=["some", "all"]
)
def test_the_menu_leads_to_the_pages_and_each_of_them_draws(visit, entries):
    page = visit("/")
    stands(page, HOME)
    for entry in entries:
        menu(page).get_by_role("link", name=entry.title).click()
        stands(page, entry)


@pages
def test_a_page_fits_a_phone_and_can_be_read_in_the_dark(visit, entry):
    page = visit(address(entry), viewport={"width": 390, "height": 844}, color_scheme="dark")
    is_there(page, entry)
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
    stands(page, entry)
    page.wait_for_function(
        """pictured => {
            const plot = document.querySelector(".js-plotly-plot");
            const width = plot ? plot.getBoundingClientRect().width : 0;
            return plot ? width > 0 && width <= 390 : !pictured;
        }""",
        arg=entry in PICTURED,
    )
    colours = page.evaluate(
        """() => {
            const rgb = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
            const style = node => getComputedStyle(node);
            const app = style(document.querySelector('[data-testid="stApp"]')).backgroundColor;
            const words = [...document.querySelectorAll(
                'h1, [data-testid="stMarkdownContainer"] p, .js-plotly-plot text')];
            const seen = node => node.getClientRects().length && node.textContent.trim();
            const drawn = node => node instanceof SVGElement;
            const colour = node => drawn(node) ? style(node).fill : style(node).color;
            return {behind: rgb(app), words: words.filter(seen).map(n => rgb(colour(n)))};
        }"""
    )
    assert max(colours["behind"]) < 64
    assert len(colours["words"]) > 3
    assert min(max(colour) for colour in colours["words"]) > 128
    chosen = page.get_by_role("radio", checked=True)
    assert chosen.count() or entry.key not in OFFERS_VIEWS
    for button in chosen.all():
        assert button.evaluate(CONTRAST) >= 4.5, button.inner_text()


OFFERS_VIEWS = {"bell_curve", "vanishing_tails"}  # at once, whatever is still computed
# Of the words on a button to what is behind them, by WCAG 2: its own tint over the page's colour.
CONTRAST = """button => {
    const parts = text => text.match(/[\\d.]+/g).map(Number);
    const colour = (node, name) => parts(getComputedStyle(node)[name]);
    const page = colour(document.querySelector('[data-testid="stApp"]'), "backgroundColor");
    const [r, g, b, tint = 1] = colour(button, "backgroundColor");
    const behind = [r, g, b].map((value, i) => tint * value + (1 - tint) * page[i]);
    const words = colour(button.querySelector("p") || button, "color");
    const light = values => values.slice(0, 3).map(value => value / 255)
        .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const [low, high] = [light(words), light(behind)].sort((one, other) => one - other);
    return (high + 0.05) / (low + 0.05);
}"""


# That each page leaves out its own words is in tests/ui/test_links.py: here, Streamlit's frame.
@pytest.mark.parametrize(
    "entry",
    first_always([EXPERIMENTS[0], HOME, EXPERIMENTS[-2]]),
    ids=lambda entry: entry.key,
)
def test_an_embedded_page_has_no_menu_and_no_title(visit, entry):
    page = visit(address(entry) + "?embed=true")
    charts_are_there(page)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    expect(page.get_by_role("button", name="Share", exact=True)).to_have_count(0)


# --------------------------------------------------------------------------------- two colours


@pytest.mark.full
def test_projector_mode_set_by_a_link_stays_on_the_way_home(visit):
    page = visit("/two_colours?projector=true")
    charts_are_there(page)
    large = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    for name in ("Home", EXPERIMENTS[1].title):
        menu(page).get_by_role("link", name=name).click()
        expect(page).to_have_title(f"{name} · Model collapse, explained", timeout=EXPECT)
        charts_are_there(page)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == large


def test_a_slider_moved_by_keys_changes_the_picture(visit):
    page = visit("/two_colours?anchors=0")
    drawn(page)
    before, old = stamp(page), curves(page)
    slider(page, "anchors").focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_picture(page, before)
    assert curves(page) != old
    wait_for_query(page, "anchors", "1")


def test_a_shared_link_brings_the_picture_back(visit):
    page = visit("/two_colours?anchors=0")
    drawn(page)
    for key, presses in (("anchors", 2), ("generations", 3), ("share", 1)):
        before = stamp(page)
        slider(page, key).focus()
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
        wait_for_another_picture(page, before)
    for _ in range(3):
        part(page, TWO, "step").click()
    wait_for_query(page, "generation", "53")
    settled(page)
    page.get_by_role("button", name="Share", exact=True).click()
    code = page.get_by_test_id("stCode").first
    expect(code).to_contain_text("generation=53", timeout=EXPECT)
    link = "".join(code.locator("code").inner_text().split())
    path = link.split("/", 3)[3]

    again = visit("/" + path)
    drawn(again)
    wait_for_hands(again, 53)
    wait_for_hands(page, 53)
    assert curves(again) == curves(page)
    assert tick(again) == tick(page) == 53
    caption = part(page, TWO, "caption").inner_text()
    expect(part(again, TWO, "caption")).to_have_text(caption)
    for key in ("sample_size", "generations", "anchors", "share"):
        shown = slider(page, key).get_attribute("aria-valuenow")
        assert slider(again, key).get_attribute("aria-valuenow") == shown, key


@pytest.mark.full
def test_back_restores_the_earlier_picture(visit):
    page = visit("/two_colours?generations=30")
    drawn(page)
    earlier, before = curves(page), stamp(page)
    page.get_by_role("button", name="Small class").click()
    wait_for_another_picture(page, before)
    wait_for_query(page, "sample_size", "10")
    page.evaluate("history.back()")
    wait_for_query(page, "sample_size", None)
    wait_for_figure(page, TWO, "player.dataset.picture === argument", before)
    settled(page)
    wait_for_hands(page, 30)
    at_rest(page)
    assert curves(page) == earlier
    assert slider(page, "sample_size").get_attribute("aria-valuetext") == "100"


@pytest.mark.full
def test_back_restores_the_generation_and_forward_undoes_it(visit):
    page = visit(SHOWN)
    drawn(page)
    hand = part(page, TWO, "hand")
    for key, place in (("Home", 0), ("End", 100)):
        hand.focus()
        page.keyboard.press(key)
        wait_for_query(page, "generation", str(place))
        settled(page)
    page.evaluate("history.back()")
    wait_for_query(page, "generation", "0")
    wait_for_hands(page, 0)
    expect(part(page, TWO, "now")).to_have_text("Generation 0")
    page.evaluate("history.forward()")
    wait_for_query(page, "generation", "100")
    wait_for_hands(page, 100)


def test_keys_alone_reach_the_clock_and_play(visit):
    page = visit(SHOWN)
    drawn(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at && at.shadowRoot && at.shadowRoot.activeElement)
                    at = at.shadowRoot.activeElement;
                return at ? at.className : '';
            }"""
        )
        if "play" in str(place).split():
            break
    else:
        pytest.fail("60 presses of Tab do not reach the play button")
    page.keyboard.press("Enter")
    expect(part(page, TWO, "play")).to_contain_text("Pause")
    page.keyboard.press("Enter")
    expect(part(page, TWO, "play")).to_contain_text("Play")
