"""Languages in a browser: picked in one step of Back, and long words that break no page."""

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import EXPECT, TWO, drawn, menu, part, query, ready, settled, slider, wait_for_query
from playwright.sync_api import expect

from collapse_core.lessons.language import languages, speaking
from collapse_core.lessons.lesson import read_lesson, shell_words
from ui.catalogue import EXPERIMENTS, HOME, PAGES
from ui.visit import name_of

pytestmark = pytest.mark.skipif("de" not in languages(), reason="there are no German lessons")
SIGN = {"de": "\N{NO-BREAK SPACE}%"}
TEN = {"de": f"10{SIGN['de']}"}
PHONE = {"viewport": {"width": 390, "height": 844}}
PICTURED = {page.key for page in EXPERIMENTS}
OTHERS = [page.key for page in PAGES if page.key != TWO]
# What is cut although nobody scrolls it: words of a button, a label, a heading, a legend.
CUT = """() => {
    const parts = document.querySelectorAll(
        'h1, h2, label, summary, .player button, .player .question, .player .caption, '
        + '[data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"], '
        + '[data-testid^="stBaseButton"]');
    const seen = [...parts].filter((part) => part.checkVisibility() && part.clientWidth > 1);
    const beyond = (part) => part.scrollWidth > part.clientWidth + 1
        || (!part.closest('.panels') && part.getBoundingClientRect().right > innerWidth + 1);
    return seen.filter(beyond).map((part) => part.textContent.trim().slice(0, 60));
}"""

# What is chosen in a list stands in a field that would scroll.
CUT_CHOICE = """() => [...document.querySelectorAll('[data-testid="stSelectbox"] input')]
    .filter((field) => field.checkVisibility() && field.scrollWidth > field.clientWidth + 1)
    .map((field) => field.value)"""


def title(code, key):
    with speaking(code):
        return read_lesson(key).title


def play(code):
    with speaking(code):
        return shell_words("player")["play"]


def in_language(page, code, key=TWO):
    expect(page.get_by_role("heading", level=1)).to_have_text(title(code, key), timeout=EXPECT)
    drawn(page, key)
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(part(page, key, "play")).to_have_text(play(code))


def test_a_language_is_picked_in_one_step_and_taken_back_by_one(visit):
    page = visit(f"/{TWO}?guess=skip&generations=20")
    in_language(page, "en")
    before = page.evaluate("history.length")
    menu(page).get_by_role("button", name=name_of("de")).click()
    wait_for_query(page, "lang", "de")
    in_language(page, "de")
    assert page.evaluate("history.length") == before + 1
    assert query(page) == {"guess": "skip", "generations": "20", "lang": "de"}
    page.evaluate("history.back()")
    wait_for_query(page, "lang", None)
    in_language(page, "en")
    page.evaluate("history.forward()")
    wait_for_query(page, "lang", "de")
    in_language(page, "de")
    # The menu leads on in German, with one entry more.
    with speaking("de"):
        name = read_lesson("bell_curve").menu
    menu(page).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title("de", "bell_curve"))
    settled(page)
    assert query(page)["lang"] == "de"


@pytest.mark.parametrize("browser_speaks", first_always(["de-DE", "en-US"]))
def test_sliders_and_hovering_write_numbers_in_the_language_of_the_page(visit, browser_speaks):
    page = visit(f"/{TWO}?lang=de&guess=skip&generations=20", locale=browser_speaks)
    in_language(page, "de")
    share = slider(page, "share")
    expect(share).to_have_attribute("aria-valuetext", TEN["de"])
    assert all(told.endswith(SIGN["de"]) for told in hovered(page))
    # What is English is not German, and the slider is moved as ever.
    share.press("ArrowRight")
    wait_for_query(page, "share", "0.11")
    expect(share).to_have_attribute("aria-valuetext", TEN["de"].replace("10", "11"))
    menu(page).get_by_role("button", name=name_of("en")).click()
    in_language(page, "en")
    expect(slider(page, "share")).to_have_attribute("aria-valuetext", "11%")
    told = hovered(page)
    assert all(text.endswith("%") and not text.endswith(SIGN["de"]) for text in told)


def hovered(page):
    """Return the shares that are told where the pointer is in the first panel of a picture."""
    settled(page)
    drawn(page)
    place = page.locator(".player .nsewdrag").first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    page.mouse.move(0, 0)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(page.locator(".player .hoverlayer text").first).to_be_attached()
    texts = page.locator(".player .hoverlayer text").all_text_contents()
    told = [text for text in texts if "%" in text]
    assert told, texts
    return told


def test_long_words_fit_a_phone(visit):
    fits(visit, TWO)


@pytest.mark.full
@pytest.mark.parametrize("key", OTHERS)
def test_long_words_fit_a_phone_on_every_page(visit, key):
    fits(visit, key)


@pytest.mark.full
@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "screen"])
def test_long_words_fit_home(visit, size):
    page = visit("/?lang=de", **size)
    expect(page.get_by_role("heading", level=1)).to_have_text(title("de", HOME.key), timeout=EXPECT)
    settled(page)
    unbroken(page)


@pytest.mark.full
@pytest.mark.parametrize("key", [TWO, *OTHERS])
def test_long_words_fit_a_screen(visit, key):
    fits(visit, key, {})


def fits(visit, key, size=PHONE):
    page = visit(f"/{key}?lang=de&guess=skip", **size)
    expect(page.get_by_role("heading", level=1)).to_have_text(title("de", key), timeout=EXPECT)
    (ready if key in PICTURED else settled)(page)
    unbroken(page)


def unbroken(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CUT) == []
    assert page.evaluate(CUT_CHOICE) == []
