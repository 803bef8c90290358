"""Rows of one's own on the page of early warning: a file is watched, a bad one is refused."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, ready
from playwright.sync_api import expect

from collapse_core.topics.early_warning.example import example_table


def give(page, name, text):
    """Choose a file for the generations."""
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").first.set_input_files([file])


def test_the_example_is_watched_and_its_report_can_be_kept(visit):
    page = visit("/early_warning?view=own&generations=3")
    ready(page)
    give(page, "mine.csv", example_table())
    verdict = page.get_by_text("Alarm at generation 8")
    expect(verdict.first).to_be_visible(timeout=EXPECT)
    with page.expect_download() as started:
        page.get_by_role("button", name="Report as one page").click()
    assert started.value.suggested_filename == "drift-report.html"
    assert "Alarm at generation 8" in started.value.path().read_text(encoding="utf-8")


@pytest.mark.full
def test_a_file_that_cannot_be_read_is_refused_and_the_page_lives(visit):
    page = visit("/early_warning?view=own&generations=3")
    ready(page)
    give(page, "bad.csv", "generation,x\n0,1\n1,<b>two</b>\n")
    told = page.get_by_test_id("stAlert").first
    expect(told).to_contain_text("Line 3 of bad.csv holds “<b>two</b>”", timeout=EXPECT)
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_visible()
