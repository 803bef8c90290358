"""Pages with long work: it can be watched, stopped and taken up again, and its clock moves."""

import re

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, drawn, figure, part, query, settled, tick, wait_for_figure
from playwright.sync_api import expect

LONG = "/digits_photographs?model=vae&loop=retraining&generations=30&seed=5"
IMAGES, POINTS, TEXT = "digits_photographs", "any_model", "language"


def progress(page):
    return page.get_by_test_id("stProgress")


def generations_done(page):
    return int(re.search(r"(\d+) of 30", progress(page).inner_text())[1])


def test_long_work_is_stopped_with_what_it_has_and_goes_on(visit):
    page = visit(LONG)
    expect(progress(page)).to_contain_text("of 30 generations", timeout=EXPECT)
    page.wait_for_function(
        r"""() => /\b[2-9] of 30/.test(
            document.querySelector('[data-testid="stProgress"]')?.innerText)"""
    )
    page.get_by_test_id("stMain").get_by_role("button", name="Stop").click()
    expect(progress(page)).to_contain_text("Stopped at", timeout=EXPECT)
    drawn(page, IMAGES)
    kept = generations_done(page)
    assert 2 <= kept < 30
    assert tick(page, IMAGES) == kept
    assert figure(page, IMAGES, "gd.querySelectorAll('image').length") == 2
    page.get_by_test_id("stMain").get_by_role("button", name="Go on").click()
    page.wait_for_function(
        """kept => {
            const shown = document.querySelector('[data-testid="stProgress"]')?.innerText;
            return shown && parseInt(shown) > kept;
        }""",
        arg=kept,
    )


@pytest.mark.parametrize(
    "link",  # that no other test asks for: what is kept is shown at once
    [
        LONG.replace("seed=5", "seed=55"),
        pytest.param(
            "/any_model?model=vae&generations=20&sample_size=5000&seed=12&view=models",
            marks=pytest.mark.full,
        ),
    ],
)
@pytest.mark.full
def test_pictures_do_not_pile_up_while_the_work_goes_on(visit, link):
    page = visit(link)
    expect(page.get_by_test_id("player").first).to_be_attached(timeout=EXPECT)
    expect(progress(page).first).to_be_attached(timeout=EXPECT)
    seen = set()
    while len(seen) < 8:
        told = page.evaluate(
            """() => [document.querySelector('[data-testid="stProgress"]')?.innerText,
                document.querySelectorAll('.player').length,
                document.querySelectorAll('[class*="_stage"]').length]"""
        )
        seen.add(told[0])
        assert told[1] <= told[2] <= 2, f"at {told[0]}"
        # Between two runs of the script there is no bar for a moment.
        page.wait_for_function(
            """told => {
                const now = document.querySelector('[data-testid="stProgress"]')?.innerText;
                return now && now !== told;
            }""",
            arg=told[0],
        )
    assert len(seen) > 3, "the work was watched"


@pytest.mark.full
def test_a_link_to_a_generation_waits_until_it_is_computed(visit):
    page = visit("/any_model?model=vae&seed=11&generation=9")
    expect(part(page, POINTS, "now")).to_have_text(re.compile(r"\b9$"), timeout=EXPECT)
    expect(progress(page)).to_have_count(0, timeout=EXPECT)
    settled(page)
    assert tick(page, POINTS) == 9
    assert query(page)["generation"] == "9"


@pytest.mark.full
def test_images_move_with_the_clock(visit):
    page = visit("/digits_photographs?seed=6")
    drawn(page, IMAGES)
    shown = "JSON.stringify([...gd.querySelectorAll('image')].map(n => n.getAttribute('href')))"
    before = figure(page, IMAGES, shown)
    assert before.count("data:image/png") == 2
    part(page, IMAGES, "back").click()
    wait_for_figure(page, IMAGES, f"{shown} !== argument", before)


def test_text_moves_with_the_clock(visit):
    page = visit("/language?seed=6")
    drawn(page, TEXT)
    written = "[...gd.querySelectorAll('.main-svg')].map(n => n.textContent).join()"
    before, caption = figure(page, TEXT, written), part(page, TEXT, "caption").inner_text()
    part(page, TEXT, "step").click()
    wait_for_figure(page, TEXT, f"{written} !== argument", before)
    expect(part(page, TEXT, "caption")).not_to_have_text(caption, timeout=EXPECT)
