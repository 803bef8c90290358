"""A live class in browsers: a teacher opens it, phones join and guess, the wall shows them."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, query, settled, still
from playwright.sync_api import expect
from serving import serving

from ui.classroom.connection import ADDRESS

PHONE = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
}
WALL = {"viewport": {"width": 1366, "height": 768}}
DESK = {"viewport": {"width": 1400, "height": 900}}


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Start the app with a store of its own, and return its address."""
    folder = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS, f"sqlite:///{folder / 'class.sqlite'}")
        with serving(folder / "log.txt") as address:
            yield address


class Lesson:
    """A class that was opened in a browser: its teacher's desk, and the code."""

    def __init__(self, browser, address, path="/desk", **more):
        self.address, self.contexts, self.errors = address, [], []
        self.browser, self.more = browser, more
        self.desk = self.page(path, DESK)
        self.press(self.desk, "Open a class")
        expect(self.button(self.desk, "Begin this question")).to_be_visible(timeout=EXPECT)
        self.code, self.token = query(self.desk)["class"], query(self.desk)["key"]

    def page(self, path, screen):
        """Open a path in a browser of its own, as another person would."""
        context = self.browser.new_context(**{**screen, **self.more})
        context.set_default_timeout(EXPECT)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address + path)
        return page

    def phone(self):
        """Open a phone that joins by the link."""
        page = self.page(f"/join?class={self.code}", PHONE)
        self.press(page, "Join")
        expect(page.get_by_text("You are", exact=False).first).to_be_visible(timeout=EXPECT)
        return page

    def wall(self):
        return self.page(f"/wall?class={self.code}", WALL)

    @staticmethod
    def button(page, name):
        return page.get_by_role("button", name=name, exact=True)

    def press(self, page, name):
        self.button(page, name).click()

    def begin(self):
        self.press(self.desk, "Begin this question")
        expect(self.button(self.desk, "Close")).to_be_visible(timeout=EXPECT)

    def show(self):
        self.press(self.desk, "Close")
        self.press(self.desk, "Show the answer")


@pytest.fixture
def lesson(browser, school):
    """Return what opens a class; its browsers are closed at the end, and none had an error."""
    opened = []

    def open_lesson(path="/desk", **more):
        opened.append(Lesson(browser, school, path, **more))
        return opened[-1]

    yield open_lesson
    for one in opened:
        for context in one.contexts:
            context.close()
        assert not one.errors


def player(page):
    return page.get_by_test_id("player").first


def guess(page, value):
    """Type a guess into the field of the question, and send it."""
    expect(player(page)).to_have_attribute("data-state", "still", timeout=EXPECT)
    field = player(page).locator(".fields input").first
    field.fill(str(value))
    field.blur()
    page.get_by_role("button", name="Send my guess").click()
    expect(player(page).locator(".question")).to_contain_text("is in", timeout=EXPECT)


def test_a_class_guesses_together(lesson):
    one = lesson()
    one.begin()
    wall, first, second = one.wall(), one.phone(), one.phone()
    expect(wall.get_by_text("0 of 2 have guessed")).to_be_visible(timeout=EXPECT)
    guess(first, 60)
    expect(wall.get_by_text("1 of 2 have guessed")).to_be_visible(timeout=EXPECT)
    guess(second, 20)
    expect(wall.get_by_text("2 of 2 have guessed")).to_be_visible(timeout=EXPECT)
    assert wall.locator(".player").count() == 0
    one.show()
    expect(wall.get_by_text("The middle guess is 40 %, the answer 65 %.")).to_be_visible(
        timeout=EXPECT
    )
    for phone, said in ((first, "You said 60 %"), (second, "You said 20 %")):
        expect(player(phone).locator(".question")).to_contain_text(said, timeout=EXPECT)
    assert one.token not in wall.content()
    assert one.token not in first.content()


@pytest.mark.full
def test_a_seat_survives_reload_another_tab_and_a_lost_network(lesson):
    one = lesson()
    phone = one.phone()
    name = phone.get_by_text("You are", exact=False).first.inner_text()
    seat = query(phone)["seat"]
    phone.reload()
    expect(phone.get_by_text(name)).to_be_visible(timeout=EXPECT)
    tab = phone.context.new_page()
    tab.goto(f"{one.address}/join?class={one.code}")
    expect(tab.get_by_text(name)).to_be_visible(timeout=EXPECT)
    assert query(tab)["seat"] == seat
    phone.context.set_offline(True)
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_text(name)).to_be_visible(timeout=EXPECT)
    expect(one.desk.get_by_text("1 phone in class")).to_be_visible(timeout=EXPECT)


@pytest.mark.full
def test_a_point_is_dragged_or_moved_by_keys_on_a_phone(lesson):
    one = lesson()
    phones = [one.phone(), one.phone()]
    one.begin()
    for phone in phones:
        expect(player(phone)).to_have_attribute("data-state", "still", timeout=EXPECT)
    spots = [player(phone).locator(".spot").first for phone in phones]
    spots[0].focus()
    for _ in range(3):
        spots[0].press("PageUp")
    assert spots[0].get_attribute("aria-valuenow") == "0.8"
    box = spots[1].bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phones[1].mouse.move(*middle)
    phones[1].mouse.down()
    phones[1].mouse.move(middle[0], middle[1] - 15, steps=4)
    phones[1].mouse.up()
    assert float(spots[1].get_attribute("aria-valuenow")) > 0.55
    for phone in phones:
        phone.get_by_role("button", name="Send my guess").focus()
        phone.keyboard.press("Enter")
        expect(player(phone).locator(".question")).to_contain_text("is in", timeout=EXPECT)
        expect(player(phone).locator(".question")).to_be_focused()


@pytest.mark.full
def test_two_tabs_of_a_seat_answer_once(lesson):
    one = lesson()
    first = one.phone()
    second = first.context.new_page()
    second.goto(first.evaluate("location.href"))
    one.begin()
    expect(second.get_by_role("button", name="Send my guess")).to_be_visible(timeout=EXPECT)
    guess(first, 70)
    player(second).locator(".fields input").first.fill("10")
    player(second).locator(".fields input").first.blur()
    second.get_by_role("button", name="Send my guess").click()
    expect(player(second).locator(".question")).to_contain_text("70 %", timeout=EXPECT)
    expect(one.desk.get_by_text("1 of 1 have")).to_be_visible(timeout=EXPECT)


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("page", ["two_colours", "vanishing_tails", "digits_photographs"])
def test_nothing_scrolls_sideways_on_a_phone(lesson, page, language):
    one = lesson(f"/desk?page={page}")
    phone = one.phone()
    one.begin()
    phone.goto(f"{phone.evaluate('location.href')}&lang={language}")
    expect(player(phone)).to_have_attribute("data-state", "still", timeout=EXPECT)
    settled(phone)
    wide = phone.evaluate(
        """() => Math.max(...[document.documentElement,
            document.querySelector('[data-testid=stMain]')].map(n => n.scrollWidth))"""
    )
    assert wide <= 360


@pytest.mark.full
def test_what_has_not_changed_is_not_drawn_again(lesson):
    one = lesson()
    phone = one.phone()
    one.begin()
    expect(player(phone)).to_have_attribute("data-state", "still", timeout=EXPECT)
    settled(phone)
    phone.evaluate(
        """() => {
            globalThis.drawn = [];
            const watched = new MutationObserver((changes) => {
                for (const { target, addedNodes } of changes)
                    if (addedNodes.length && !target.matches('.told'))
                        globalThis.drawn.push(target.outerHTML.slice(0, 200));
            });
            const place = document.querySelector('.st-key-class_phone');
            watched.observe(place, { childList: true, subtree: true });
        }"""
    )
    one.phone()  # the class changes, and what this phone shows does not
    phone.wait_for_timeout(7000)  # at least one poll
    assert phone.evaluate("globalThis.drawn") == []


@pytest.mark.full
def test_the_wall_fits_its_projector_when_the_answer_is_shown(lesson):
    one = lesson()
    wall, phone = one.wall(), one.phone()
    one.begin()
    guess(phone, 50)
    one.show()
    expect(wall.get_by_text("the answer 65 %")).to_be_visible(timeout=EXPECT)
    key = wall.locator(".player").first.evaluate(
        "n => [...n.closest('[class*=_stage]').classList].find(c => c.endsWith('_stage'))"
    )
    still(wall, key.removeprefix("st-key-").removesuffix("_stage"))
    box = player(wall).locator(".chart").bounding_box()
    assert box["y"] + box["height"] <= 768
    assert box["x"] + box["width"] <= 1366


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_class_can_be_used_by_everybody(lesson, scheme):
    pytest.importorskip("axe_playwright_python")
    from axe_findings import findings

    one = lesson(color_scheme=scheme)
    phone, wall = one.phone(), one.wall()
    for page in (phone, wall, one.desk):
        settled(page)
        assert findings(page) == []
    one.begin()
    guess(phone, 50)
    one.show()
    expect(player(phone).locator(".question")).to_contain_text("You said", timeout=EXPECT)
    for page in (phone, wall, one.desk):
        expect(
            page.get_by_text("65 %")
            .or_(page.get_by_text("64.8 %"))
            .or_(page.get_by_text("the answer is shown"))
            .first
        ).to_be_visible(timeout=EXPECT)
        settled(page)
        assert findings(page) == []


def test_what_a_phone_has_sent_is_answered_in_its_language(lesson):
    one = lesson()
    phone = one.page(f"/join?class={one.code}&lang=de", PHONE)
    one.press(phone, "Beitreten")
    expect(phone.get_by_text("Du bist", exact=False).first).to_be_visible(timeout=EXPECT)
    one.begin()
    expect(player(phone)).to_have_attribute("data-state", "still", timeout=EXPECT)
    one.press(phone, "Meine Schätzung senden")
    expect(player(phone).locator(".question")).to_contain_text("angekommen", timeout=EXPECT)
    expect(player(phone).locator("button.play")).to_contain_text("Start")
    expect(player(phone).get_by_text("Wahrscheinlichkeit: Blau weg").first).to_be_visible()
