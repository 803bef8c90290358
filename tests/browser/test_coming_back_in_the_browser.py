"""The server ends with pages open: each comes back by itself to what it showed. Tabs are apart."""

import re
import time
from contextlib import ExitStack

import pytest

pytest.importorskip("playwright")

from browsing import (
    EXPECT,
    TWO,
    curves,
    drawn,
    main_player,
    part,
    query,
    ready,
    settled,
    slider,
    stamp,
    wait_for_another_picture,
    wait_for_query,
)
from playwright.sync_api import expect
from serving import free_port, serving

from benchmarks.serving import APP
from benchmarks.serving import serving as measured_serving

CONNECTION = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
LONG = "/digits_photographs?model=vae&loop=retraining&generations=30&seed=431"
STOPPED_WITHIN = 30.0  # seconds


class Restarted:
    """A server that can be ended and started again at the same address."""

    def __init__(self, folder):
        self.folder, self.port, self.running = folder, free_port(), ExitStack()

    def start(self):
        self.address = self.running.enter_context(serving(self.folder / "log.txt", port=self.port))
        return self.address

    def end(self, *pages):
        self.running.close()
        for page in pages:
            page.wait_for_function(f"{CONNECTION} !== 'CONNECTED'")

    def again(self, *pages):
        """End it, start it again, and wait until the pages are back."""
        for page in pages:
            page.evaluate("window.neverLoadedAgain = true")
        self.end(*pages)
        self.start()
        for page in pages:
            back(page)


def back(page):
    page.wait_for_function(f"{CONNECTION} === 'CONNECTED'")
    ready(page)
    settled(page)
    assert page.evaluate("window.neverLoadedAgain")


@pytest.fixture
def restarted(tmp_path):
    found = Restarted(tmp_path)
    with found.running:
        found.start()
        yield found
        found.running.close()


def question(page):
    return main_player(page).locator(".question")


def lock(page):
    return page.get_by_role("button", name="Lock my guess")


def start_over(page):
    page.get_by_role("button", name="Start over").click()
    expect(lock(page)).to_be_visible(timeout=EXPECT)


def seen(page):
    """Return what a page shows: its link, its picture, its clock, what is said of the guess."""
    hand, said = part(page, TWO, "hand").input_value(), question(page)
    return query(page), curves(page), hand, said.inner_text() if said.is_visible() else ""


def guessed(page, percent):
    field = main_player(page).locator("input[type=number]")
    field.fill(str(percent))
    field.press("Enter")
    expect(page.get_by_role("button", name="Guess again")).to_be_visible(timeout=EXPECT)
    expect(question(page)).to_contain_text(f"{percent} %", timeout=EXPECT)
    wait_for_query(page, "guess", f"0.{percent}")
    ready(page)


def moved(page, key="ArrowRight"):
    """Move the slider of the anchors, and wait for the picture."""
    before = stamp(page)
    slider(page, "anchors").press(key)
    wait_for_another_picture(page, before)


@pytest.mark.full
def test_two_tabs_of_one_person_come_back_each_to_its_own_picture(restarted, visit):
    one = visit("/two_colours?lang=en", at=restarted.address)
    ready(one)
    guessed(one, 65)
    two = visit("/two_colours?anchors=2&generation=30&sample_size=60&lang=en", at=restarted.address)
    drawn(two)
    before = seen(one), seen(two)
    assert before[0] != before[1]
    moved(two)
    assert seen(one) == before[0], "the other tab stays as it is"
    before = seen(one), seen(two)
    restarted.again(one, two)
    assert (seen(one), seen(two)) == before
    # The new server knows both by now: the first move counts, and in its own tab alone.
    moved(two)
    wait_for_query(two, "anchors", "4")
    assert seen(one) == before[0]


@pytest.mark.full
def test_a_page_whose_answer_was_shown_is_not_asked_when_it_comes_back(restarted, visit):
    page = visit("/two_colours?anchors=1&lang=en", at=restarted.address)
    drawn(page)
    moved(page, "ArrowLeft")
    wait_for_query(page, "anchors", None)
    before = seen(page)
    restarted.again(page)
    assert seen(page) == before
    moved(page)
    expect(lock(page)).to_have_count(0)


@pytest.mark.full
def test_a_guess_that_is_not_locked_yet_stays_where_it_was_put(restarted, visit):
    page = visit("/two_colours?lang=en", at=restarted.address)
    ready(page)
    # Neither the clock nor other runs answer the question.
    part(page, TWO, "step").click()
    wait_for_query(page, "guess", "ask")
    field = main_player(page).locator("input[type=number]")
    field.fill("65")
    restarted.again(page)
    expect(lock(page)).to_be_visible()
    assert field.input_value() == "65"
    lock(page).click()
    expect(question(page)).to_contain_text("65 %", timeout=EXPECT)


@pytest.mark.full
def test_a_guess_for_other_settings_is_not_made_for_those_of_now(restarted, visit):
    page = visit("/two_colours?lang=en", at=restarted.address)
    ready(page)
    guessed(page, 65)
    moved(page)
    expect(question(page)).to_contain_text("was for other settings", timeout=EXPECT)
    before = seen(page)
    restarted.again(page)
    assert seen(page) == before
    moved(page, "ArrowLeft")
    expect(question(page)).not_to_contain_text("was for other settings", timeout=EXPECT)
    expect(question(page)).to_contain_text("65 %")
    start_over(page)


@pytest.mark.full
def test_a_new_tab_of_the_same_address_has_the_guess_and_its_own_way(server, visit):
    one = visit("/two_colours?lang=en")
    ready(one)
    guessed(one, 65)
    two = visit(one.evaluate("location.pathname + location.search"))
    ready(two)
    assert seen(two) == seen(one)
    before = seen(one)
    start_over(two)
    guessed(two, 31)
    assert seen(one) == before
    one.reload()
    ready(one)
    assert seen(one) == before


@pytest.mark.full
def test_a_long_run_goes_on_for_the_tab_that_stays_and_ends_with_the_last(visit):
    with measured_serving(APP) as server:
        one, two = (visit(LONG, at=server.address) for _ in range(2))
        for page in (one, two):
            expect(page.get_by_test_id("stProgress")).to_contain_text(
                re.compile(r"\b[2-9] of 30"), timeout=EXPECT
            )
        one.get_by_test_id("stMain").get_by_role("button", name="Stop").click()
        expect(one.get_by_test_id("stProgress")).to_contain_text("Stopped at", timeout=EXPECT)
        done = generations_done(two)
        two.wait_for_function(
            """done => parseInt(document.querySelector('[data-testid="stProgress"]')
                ?.innerText) > done""",
            arg=done,
        )
        two.goto(f"{server.address}/_stcore/health")
        before = server.processor_seconds()
        if before != before:
            pytest.skip("no kernel says what a process has computed")
        assert ended(server), "it went on for nobody"
        assert generations_done(one) < 30


def generations_done(page):
    return int(re.search(r"(\d+) of 30", page.get_by_test_id("stProgress").inner_text())[1])


def ended(server):
    """Return whether the server comes to rest."""
    until = time.monotonic() + STOPPED_WITHIN
    while time.monotonic() < until:
        before = server.processor_seconds()
        time.sleep(2)
        if server.processor_seconds() - before < 0.2:
            return True
    return False
