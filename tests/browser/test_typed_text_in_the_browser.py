"""What a reader typed, as a browser shows it: every sign, and no link, no icon, no formula."""

from io import BytesIO
from urllib.parse import urlencode

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, ready, settled
from PIL import Image
from playwright.sync_api import expect

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import read_lesson
from ui.catalogue import PAGES

ODD = (
    "http://x.y www.x.y a@b.cd :material/home: :smile: :red[x] [x](y) **bold** $x^2$ "
    "<b>x</b> a -> b -- c >= d ~~e~~ `f` :streamlit:"
)
# What a browser makes of such words, where it makes more of them than words.
MORE = """place => [...place.querySelectorAll(
    'a, img, b, em, strong, del, .katex, .stMarkdownColoredText, [role=img]')]
    .map(node => node.outerHTML)"""
OWN = {
    "any_model": {"data": "own", "sample_size": "100", "generations": "2"},
    "language": {"corpus": "own", "generations": "2"},
    "vanishing_tails": {"start": "own", "generations": "3"},
}
OPENED_BY = {"language": "own_text", "vanishing_tails": "counts"}


def link(key, parameters):
    return f"/{key}?{urlencode(parameters)}"


def only_words(place):
    """Check that a message quotes what was typed, all of it, as words."""
    assert place.evaluate(MORE) == []
    return place.inner_text().replace("\u2060", "")


# One page always; the others, which share this with it, in `.ci/full`.
@pytest.mark.parametrize(
    "key",
    [
        pytest.param(entry.key, marks=[pytest.mark.full] if number else [])
        for number, entry in enumerate(PAGES)
    ],
)
def test_what_a_link_holds_in_vain(visit, key):
    page = visit(link(key, {ODD[:23]: ODD[23:50], "a`b": ":material/home:", "generation": "x"}))
    message = page.get_by_test_id("stAlertContentWarning")
    expect(message).to_contain_text("ignored", timeout=EXPECT)
    said = only_words(message)
    assert f"{ODD[:23]}={ODD[23:50]}" in said
    assert "a`b=:material/home:" in said
    page.get_by_test_id("stMain").get_by_role("button", name="OK", exact=True).click()
    expect(message).to_have_count(0, timeout=EXPECT)


def test_a_jar_that_cannot_be_read(visit):
    page = visit(link("two_colours", {"jar": ODD[:55]}))
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_contain_text("material", timeout=EXPECT)
    assert ODD[:55] in only_words(message)


def test_a_name_of_a_jar_in_its_sentences(visit):
    page = visit(link("two_colours", {"jar": "9 a -- b, 1 c -- d"}))
    ready(page)
    page.get_by_text(read_lesson("shell").words("sections")["more_precisely"]).first.click()
    details = page.get_by_test_id("stExpanderDetails").first
    expect(details).to_contain_text("c -", timeout=EXPECT)
    assert "c -- d" in details.inner_text().replace("\u2060", "")


@pytest.mark.parametrize("key", OWN)
def test_own_data_that_cannot_be_read(visit, key):
    page = visit(link(key, OWN[key]))
    ready(page)
    if key != "any_model":
        words = control_words(read_lesson(key), OPENED_BY[key])
        page.get_by_role("button", name=words["open"]).click()
    field = page.locator("textarea:visible").first
    field.fill(ODD)
    field.press("Control+Enter")
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_be_visible(timeout=EXPECT)
    settled(page)
    only_words(message)


def test_the_name_of_a_picture(visit):
    page = visit(link("digits_photographs", {"view": "probe", "generations": "1"}))
    ready(page)
    page.get_by_test_id("stMain").get_by_role("radiogroup").last.get_by_role("radio").last.click()
    settled(page)
    name, file = "1. www.x.y :smile: a@b.cd -- c.png", BytesIO()
    Image.new("L", (8, 8), 200).save(file, "PNG")
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}
    )
    caption = page.get_by_test_id("stCaptionContainer").filter(has_text="www")
    expect(caption).to_be_visible(timeout=EXPECT)
    assert only_words(caption) == name
