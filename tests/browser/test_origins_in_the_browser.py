"""Where the numbers come from, in a browser: formulas are set, and a phone has room for them."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, TWO, drawn, settled
from playwright.sync_api import expect

from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.origins import WORDS, read_origins
from ui.catalogue import EXPERIMENTS

PHONE = {"viewport": {"width": 390, "height": 844}}
OTHERS = [entry.key for entry in EXPERIMENTS if entry.key != TWO]


def parts_of(key):
    """Return what a page tells: key of its lesson, its table, and the numbers."""
    page = read_origins(key)
    yield key, page
    yield from ((key, place) for place in page.places if place.rows)
    for view in page.views:
        yield from parts_of(view)


def look_at(page, key):
    drawn(page, key)
    page.get_by_text(read_lesson(WORDS).text("section", "heading")).click()
    for lesson, origins in parts_of(key):
        if (lesson, origins.place) != (key, ""):
            settled(page)  # a part that is pressed while the page still runs may stay folded
            page.locator(f".st-key-origins_of_{lesson}_{origins.place} summary").click()
        rows = page.locator(f".st-key-origins_{lesson}_{origins.place} tbody tr")
        expect(rows).to_have_count(len(origins.rows), timeout=EXPECT)
    settled(page)
    assert page.locator(".katex-error").count() == 0
    formulas = page.locator(f".st-key-origins_{key}_ .katex").count()
    assert formulas >= len(read_origins(key).origins)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.full
def test_two_colours_says_where_its_numbers_come_from(visit):
    look_at(visit(f"/{TWO}?guess=skip&generations=20", **PHONE), TWO)


@pytest.mark.full
@pytest.mark.parametrize("key", OTHERS)
def test_every_other_page_does(visit, key):
    look_at(visit(f"/{key}?guess=skip", **PHONE), key)
