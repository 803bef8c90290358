"""A link that a teacher builds opens the same picture in a fresh browser, locked as asked."""

import io
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright")

import numpy as np
from browsing import EXPECT, TWO, curves, drawn, query, settled, slider, tick, wait_for_query
from PIL import Image
from playwright.sync_api import expect

SET = "sample_size=50&anchors=2&generation=20"
LOCKED = f"{SET}&lock=sample_size&hide=generations&law=hidden"
LAPTOP = {"width": 1366, "height": 768}


def built_link(page):
    """Return the link that the builder shows."""
    code = page.get_by_test_id("stCode").first
    expect(code).to_contain_text("http", timeout=EXPECT)
    settled(page)
    return "".join(code.inner_text().split())


def path_of(link):
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def test_a_teachers_link_in_a_fresh_browser(visit):
    teacher = visit(f"/link_builder?page={TWO}&{LOCKED}&in_language=de", viewport=LAPTOP)
    link = built_link(teacher)
    assert query_of(link) == {*LOCKED.split("&"), "lang=de"}

    student = visit(path_of(link), viewport=LAPTOP, locale="en-GB")
    drawn(student)
    assert tick(student) == 20
    expect(student.get_by_role("button", name="Von vorn")).to_be_visible(timeout=EXPECT)
    expect(student.get_by_text("Vom Link gesperrt")).to_be_visible()
    locked = slider(student, "sample_size")
    expect(locked).to_be_disabled()
    expect(student.get_by_text("Stichprobengröße, n (gesperrt)").last).to_be_visible()
    expect(slider(student, "anchors")).to_be_enabled()
    assert student.locator("[class*='-generations']").count() == 0

    same = visit(f"/{TWO}?{SET}&law=hidden&lang=de", viewport=LAPTOP)
    drawn(same)
    assert curves(student) == curves(same)


def query_of(link):
    return set(urlsplit(link).query.split("&"))


@pytest.mark.full
def test_the_code_on_the_screen_is_scanned_as_the_link(visit):
    zxingcpp = pytest.importorskip("zxingcpp")
    for scheme in ("light", "dark"):
        page = visit(f"/link_builder?page={TWO}&{LOCKED}", viewport=LAPTOP, color_scheme=scheme)
        link = built_link(page)
        image = page.locator(".st-key-qr_code img")
        expect(image).to_be_visible(timeout=EXPECT)
        seen = np.asarray(Image.open(io.BytesIO(image.screenshot())).convert("L"))
        assert [code.text for code in zxingcpp.read_barcodes(seen)] == [link]
        assert image.get_attribute("alt") == f"QR code of the link to Two colours: {link}"


@pytest.mark.full
def test_locking_in_the_builder_is_one_step_of_back(visit):
    page = visit(f"/link_builder?page={TWO}", viewport=LAPTOP)
    before = built_link(page)
    steps = page.evaluate("history.length")
    row = page.locator(".st-key-row_seed")
    row.get_by_role("radio", name="Locked").click()
    wait_for_query(page, "lock", "seed")
    settled(page)
    assert page.evaluate("history.length") == steps + 1
    assert built_link(page) == f"{before}?lock=seed"
    page.go_back()
    wait_for_query(page, "lock", None)
    settled(page)
    assert built_link(page) == before
    assert query(page).get("lock") is None


@pytest.mark.full
def test_another_page_in_the_builder_is_one_step_of_back(visit):
    page = visit(f"/link_builder?page={TWO}&lock=seed", viewport=LAPTOP)
    before = built_link(page)
    steps = page.evaluate("history.length")
    page.get_by_role("combobox", name="Page").first.click()
    page.get_by_role("option", name="Bell curve").click()
    wait_for_query(page, "page", "bell_curve")
    settled(page)
    assert page.evaluate("history.length") == steps + 1
    assert urlsplit(built_link(page)).path == "/bell_curve"
    page.go_back()
    wait_for_query(page, "page", TWO)
    expect(page.get_by_test_id("stCode").first).to_contain_text("lock=seed", timeout=EXPECT)
    assert built_link(page) == before


@pytest.mark.full
def test_the_preview_shows_the_locked_page_in_its_size(visit):
    page = visit(f"/link_builder?page={TWO}&{LOCKED}&frame=phone", viewport=LAPTOP)
    built_link(page)
    assert page.locator("iframe").count() == 0, "nothing is shown before it is asked for"
    page.get_by_text("Preview", exact=True).click()
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("Open it unlocked")).to_be_visible(timeout=EXPECT)
    frame = page.locator("iframe").bounding_box()
    assert (frame["width"], frame["height"]) == (360, 640)


@pytest.mark.full
def test_the_line_that_says_so_leads_to_the_picture_unlocked(visit):
    page = visit(f"/{TWO}?{LOCKED}", viewport=LAPTOP)
    drawn(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="open it unlocked").click()
    free = opened.value
    drawn(free)
    assert tick(free) == 20
    expect(slider(free, "sample_size")).to_be_enabled()
    expect(slider(free, "generations")).to_be_enabled()
    assert not {"lock", "hide", "law"} & set(query(free))
