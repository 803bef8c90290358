"""Telephone on phones: by touch and by keys, sent once though pressed twice, kept over a reload."""

import pytest

pytest.importorskip("playwright")

from axe_findings import findings
from browsing import EXPECT
from playwright.sync_api import expect
from serving import serving

from collapse_core.classroom.rounds import DEFAULTS
from ui.classroom.connection import ADDRESS
from ui.classroom.store import ClassStore

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
GAMES = ("jar", "line", "plane", "words", "bars", "melody")


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Start the app with a store of its own; return its address and the store."""
    folder = tmp_path_factory.mktemp("telephone")
    place = f"sqlite:///{folder / 'class.sqlite'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS, place)
        with serving(folder / "log.txt") as address:
            yield address, ClassStore.at(place)


@pytest.fixture
def phone(browser, school):
    """Return what opens a phone in a new round: the page, the store and the round."""
    address, store = school
    contexts = []

    def opened(**settings):
        of_class, teacher = store.open_class("en")
        asked = store.begin_round(of_class.id, teacher, {**DEFAULTS, **settings})
        context = browser.new_context(**PHONE)
        context.set_default_timeout(EXPECT)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/join?class={of_class.code}")
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.get_by_role("heading", name="It is your turn")).to_be_visible(timeout=EXPECT)
        return page, store, asked

    yield opened
    for context in contexts:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def wide(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def values(store, asked):
    return [row.value for row in store.answers(asked.id) if row.value is not None]


def test_by_touch_an_answer_is_sent_once_though_pressed_twice(phone):
    page, store, asked = phone(chains=1)
    press(page, "Show me")
    expect(page.get_by_role("img").first).to_be_visible()
    press(page, "I have looked")
    expect(page.get_by_role("img")).to_have_count(0)
    page.get_by_role("button", name="Send", exact=True).click(force=True)
    expect(page.get_by_text("Set your answer first.")).to_be_visible()
    board = page.locator("svg.board")
    box = board.bounding_box()
    board.click(position={"x": box["width"] * 0.25, "y": 20})
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_text("Sent. Your answer is the model").first).to_be_visible(timeout=EXPECT)
    assert [value["share"] for value in values(store, asked)] == pytest.approx([0.25], abs=0.02)


def test_by_keys_alone_a_turn_comes_to_its_end(phone):
    page, store, asked = phone(chains=1)
    button = page.get_by_role("button", name="Show me", exact=True)
    button.focus()
    for name in ("I have looked", None):
        page.keyboard.press("Enter")
        if name:
            button = page.get_by_role("button", name=name, exact=True)
            expect(button).to_be_visible()
            button.focus()
    slider = page.get_by_role("slider", name="Yellow")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "1%"
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent. Your answer is the model").first).to_be_visible(timeout=EXPECT)
    assert values(store, asked) == [{"share": 0.01}]
    # The turn has gone with the button that was pressed: the focus is on what is said now.
    expect(page.locator(".st-key-class_phone")).to_be_focused()


def test_the_draws_go_when_their_time_is_over_and_a_reload_does_not_bring_them_back(phone):
    page, _, _ = phone(shown_seconds=2)
    press(page, "Show me")
    expect(page.get_by_role("slider", name="Yellow")).to_be_visible(timeout=10_000)
    page.reload()
    expect(page.get_by_role("slider", name="Yellow")).to_be_visible(timeout=EXPECT)
    expect(page.get_by_role("img")).to_have_count(0)


@pytest.mark.full
def test_more_time_keeps_the_draws(phone):
    page, _, _ = phone(shown_seconds=3)
    press(page, "Show me")
    press(page, "More time")
    page.wait_for_timeout(3500)
    expect(page.get_by_role("img").first).to_be_visible()


@pytest.mark.parametrize(
    "game", [GAMES[0], *(pytest.param(game, marks=pytest.mark.full) for game in GAMES[1:])]
)
def test_a_phone_can_be_used_by_everybody(phone, game):
    page, _, _ = phone(game=game, shown_seconds=60)
    for name in ("Show me", "I have looked", None):
        assert wide(page) <= 0
        assert findings(page) == []
        if name:
            press(page, name)
    send = page.get_by_role("button", name="Send", exact=True)
    send.scroll_into_view_if_needed()
    assert send.bounding_box()["height"] >= 44


@pytest.mark.full
def test_under_each_column_of_an_answer_is_its_name(phone):
    page, _, _ = phone(game="bars", chains=1)
    press(page, "Show me")
    shown = page.locator(".picture svg text").all_text_contents()
    press(page, "I have looked")
    labels = page.locator(".row label").all_inner_texts()
    assert page.locator("svg.board text.name").all_text_contents() == labels
    assert set(labels) <= set(shown), "as in the picture that was shown"
