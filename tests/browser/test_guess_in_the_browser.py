"""A guess is made in the picture, by hand, by keys or in a field, on every page that asks."""

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import EXPECT, main_player, query, ready
from playwright.sync_api import expect
from some_pages import some_always

from ui.catalogue import EXPERIMENTS

pages = some_always(EXPERIMENTS)
# One page always; the others, which share all of this with it, in `.ci/full`.
one_page_first = pytest.mark.parametrize(
    "entry", first_always(EXPERIMENTS), ids=lambda entry: entry.key
)
LAPTOP = {"width": 1366, "height": 640}
PRESSED = "stBaseButton-primary"
FOCUS = "document.activeElement.textContent"


def asked(visit, entry, **options):
    page = visit(f"/{entry.key}", **({"viewport": LAPTOP} | options))
    ready(page)
    expect(page.get_by_role("button", name="Lock my guess")).to_be_visible(timeout=EXPECT)
    return page


def told(page):
    """Wait until something is said of the guess, and return it."""
    expect(page.get_by_role("button", name="Guess again")).to_be_visible(timeout=EXPECT)
    question = main_player(page).locator(".question")
    expect(question).to_contain_text("You", timeout=EXPECT)
    expect(question).not_to_contain_text("being computed", timeout=EXPECT)
    ready(page)
    return question.inner_text()


def drawn_where_it_is_asked(page):
    """Return how many curves and points are drawn on the panel of the question."""
    return main_player(page).evaluate(
        """node => {
            const { picture, chart } = node.thePlayer;
            const spots = trace => Array.from(trace.y || []).filter(Number.isFinite).length;
            return chart.place._fullData.filter(trace => trace.visible === true
                && (trace.xaxis || "x") === picture.guess.x && trace.meta !== "guess"
                && trace.mode !== "lines+markers" && spots(trace)).length;
        }"""
    )


@one_page_first
def test_the_answer_shows_when_the_guess_is_locked_and_not_before(visit, entry):
    page = asked(visit, entry)
    assert drawn_where_it_is_asked(page) == 0
    for name in ("The numbers as a table", "More precisely"):
        expect(page.get_by_text(name)).to_have_count(0)
    page.get_by_role("button", name="Lock my guess").click()
    told(page)
    assert drawn_where_it_is_asked(page) > 0
    expect(page.get_by_text("The numbers as a table")).to_be_visible()


@one_page_first
def test_keys_move_a_point_and_the_field_says_where_it_is(visit, entry):
    page = asked(visit, entry)
    player = main_player(page)
    spots, fields = (
        player.get_by_role("slider").and_(page.locator(".spot")),
        player.locator("input[type=number]"),
    )
    assert spots.count() == fields.count() >= 1
    for spot, field in zip(spots.all(), fields.all(), strict=True):
        spot.focus()
        for _ in range(3):  # it may start at the lowest value
            page.keyboard.press("PageUp")
        before, at = spot.get_attribute("aria-valuetext"), spot.bounding_box()
        page.keyboard.press("PageDown")
        page.keyboard.press("ArrowDown")
        assert spot.get_attribute("aria-valuetext") != before
        assert spot.bounding_box()["y"] > at["y"]
        assert spot.get_attribute("aria-valuetext").startswith(field.input_value())
        assert spot.get_attribute("aria-label")
    spots.last.focus()
    page.keyboard.press("Home")
    low = spots.last.bounding_box()["y"]
    page.keyboard.press("End")
    assert spots.last.bounding_box()["y"] < low


@one_page_first
def test_a_point_is_dragged(visit, entry):
    page = asked(visit, entry)
    player = main_player(page)
    spot, panel = player.locator(".spot").last, player.locator(".guess").bounding_box()
    was = spot.bounding_box()
    across = was["x"] + was["width"] / 2
    page.mouse.move(across, was["y"] + was["height"] / 2)
    page.mouse.down()
    page.mouse.move(across, panel["y"] + 0.75 * panel["height"], steps=4)
    page.mouse.up()
    now = spot.bounding_box()
    assert abs(now["y"] + now["height"] / 2 - (panel["y"] + 0.75 * panel["height"])) < 8


@pytest.mark.full
@one_page_first
def test_focus_stays_where_the_guess_was_locked(visit, entry):
    page = asked(visit, entry)
    lock = page.get_by_role("button", name="Lock my guess")
    lock.focus()
    page.keyboard.press("Enter")
    told(page)
    assert page.evaluate(FOCUS) == "Guess again"
    page.keyboard.press("Enter")
    expect(lock).to_be_visible(timeout=EXPECT)
    assert page.evaluate(FOCUS) == "Lock my guess"
    skip = page.get_by_role("button", name="Just show me")
    skip.focus()
    page.keyboard.press("Enter")
    expect(skip).to_be_hidden(timeout=EXPECT)
    ready(page)
    assert "Play" in page.evaluate(FOCUS)


@one_page_first
def test_a_guess_stays_in_the_own_address_and_in_no_shared_link(visit, entry):
    page = asked(visit, entry)
    page.get_by_role("button", name="Lock my guess").click()
    said = told(page)
    page.wait_for_function("new URLSearchParams(location.search).has('guess')")
    page.reload()
    ready(page)
    assert told(page) == said
    page.get_by_role("button", name="Share", exact=True).click()
    link = page.get_by_test_id("stCode").first
    expect(link).to_contain_text("seed=", timeout=EXPECT)
    assert "guess" not in link.inner_text()


@one_page_first
def test_a_guess_is_judged_against_its_own_settings(visit, entry):
    page = asked(visit, entry)
    page.get_by_role("button", name="Lock my guess").click()
    said = told(page)
    ready(page)
    locked = page.evaluate("history.length")
    presets = page.locator(".st-key-presets button:visible")
    for preset in presets.all():
        preset.click()
        # Only then the link holds it: another press before that would take its place.
        expect(preset).to_have_attribute("data-testid", PRESSED, timeout=EXPECT)
        ready(page)
        if "generations" in query(page) or "sample_size" in query(page):
            break
    question = main_player(page).locator(".question")
    if question.is_visible():  # of a view in which nothing is asked there is nothing to say
        expect(question).to_contain_text("was for other settings", timeout=EXPECT)
    marks = """node => node.thePlayer.chart.place._fullData
        .filter(trace => trace.meta === 'guess' && trace.visible === true).length"""
    assert main_player(page).evaluate(marks) == 0, "the old cross goes"
    page.get_by_role("button", name="Start over").click()
    ready(page)
    expect(page.get_by_role("button", name="Lock my guess")).to_be_visible(timeout=EXPECT)
    page.evaluate("steps => history.go(-steps)", page.evaluate("history.length") - locked)
    expect(main_player(page).locator(".question")).to_have_text(said, timeout=EXPECT)


def test_on_a_phone_the_guess_stays_in_view_beside_its_answer(visit):
    page = asked(visit, EXPERIMENTS[0], viewport={"width": 390, "height": 844})
    shown = main_player(page).locator(".panels button[aria-pressed=true]")
    where = shown.inner_text()
    page.get_by_role("button", name="Lock my guess").click()
    told(page)
    assert shown.inner_text() == where
    assert drawn_where_it_is_asked(page) > 0


@pytest.mark.full
def test_a_number_is_typed_and_locked_by_enter(visit):
    page = asked(visit, EXPERIMENTS[0])
    field = main_player(page).locator("input[type=number]")
    field.fill("65")
    field.press("Enter")
    assert "65 %" in told(page)


@pytest.mark.parametrize(
    "text", first_always(["0.3~sample_size:junk", "abc", "nan", "1e999", "0.5_0.5", "~", "inf"])
)
def test_a_junk_guess_in_a_link_does_no_harm(visit, text):
    page = visit(f"/two_colours?guess={text}")
    ready(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
