"""The language of a visit: who says it, where it is kept, and that no visit changes another's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from first_always import first_always
from opened import HOME, entry_named, open_page, pictures, said, setting, unpacked

from collapse_core.figures.moving import MovingFigure
from collapse_core.lessons.language import language, languages, speak, speaking
from collapse_core.lessons.lesson import read_lesson, shell_words
from ui.kept import Kept
from ui.pictures import PICTURES, packed_once
from ui.visit import name_of

TWO = entry_named("two_colours")
SHOWN = {"guess": "skip", "generations": "12", "runs": "20"}
pytestmark = pytest.mark.skipif("de" not in languages(), reason="there are no German lessons")


def title(code, key="two_colours"):
    with speaking(code):
        return read_lesson(key).title


def spoken(at):
    assert not at.exception
    return next(code for code in languages() if at.title[0].value == title(code))


def query(at):
    link = at.query_params.items()
    return {name: value if isinstance(value, str) else value[-1] for name, value in link}


def press(at, code):
    next(button for button in at.sidebar.button if button.key == f"language_{code}").click()
    return at.run()


@pytest.mark.parametrize(
    ("link", "browser", "heard"),
    [
        ({}, None, "en"),
        ({}, "en-GB", "en"),
        ({}, "de", "de"),
        ({}, "de-AT", "de"),
        ({}, "fi", "en"),
        ({}, "../..", "en"),
        ({"lang": "de"}, "en-GB", "de"),
        ({"lang": "en"}, "de-DE", "en"),
        ({"lang": "xx"}, "en-GB", "en"),
    ],
)
def test_the_link_says_it_before_the_browser(link, browser, heard):
    assert spoken(open_page(TWO, link, context={"locale": browser})) == heard


@pytest.mark.parametrize("junk", first_always(["xx", "DE", "../de", "", "de_DE"]))
def test_junk_is_named_and_taken_out(junk):
    at = open_page(TWO, {"lang": junk})
    assert spoken(at) == "en"
    assert f"lang={junk}" in at.warning[0].value
    assert f"choose one of {', '.join(languages())}" in at.warning[0].value
    assert "lang" not in query(at)


def test_what_is_picked_is_written_to_the_link_and_moves_nothing_else():
    at = open_page(TWO, SHOWN | {"sample_size": "60"})
    before = {name: setting(at, name) for name in ("sample_size", "generations", "runs", "guess")}
    press(at, "de")
    assert spoken(at) == "de"
    assert query(at) == SHOWN | {"sample_size": "60", "lang": "de"}
    assert {name: setting(at, name) for name in before} == before
    # Back, to a link that says nothing: as it was. One entry lies between.
    del at.query_params["lang"]
    assert spoken(at.run()) == "en"
    at.query_params["lang"] = "de"
    assert spoken(at.run()) == "de"


def test_english_is_written_too_for_a_browser_that_asks_for_german():
    at = press(open_page(TWO, {}, context={"locale": "de-DE"}), "en")
    assert spoken(at) == "en"
    assert query(at)["lang"] == "en"
    assert spoken(at.run()) == "en"


def test_a_link_that_says_the_language_is_left_as_it_is():
    link = {"lang": "de", "generations": "12"}
    assert query(open_page(TWO, link)) == link


def test_a_link_with_a_language_alone_is_asked_to_guess():
    at = open_page(TWO, {"lang": "de"})
    assert at.session_state["two_colours/guess"] == ""
    assert len(pictures(at)[0]["frames"]) <= 7


def links_of(at):
    return [parse_qs(link.proto.query_string) for link in at.sidebar.page_link]


def test_the_menu_leads_on_in_the_language_of_the_link():
    for page in (HOME, TWO):
        assert all(link.get("lang") == ["de"] for link in links_of(open_page(page, {"lang": "de"})))
    # One that follows the browser says nothing, and goes on to follow it.
    at = open_page(TWO, {}, context={"locale": "de-DE"})
    assert not any("lang" in link for link in links_of(at))
    assert all(link.get("lang") == ["en"] for link in links_of(press(at, "en")))


@pytest.mark.parametrize("link", [{}, {"lang": "de"}])
def test_a_shared_link_always_says_the_language(link, shared):
    open_page(TWO, SHOWN | link)
    assert shared[-1].parameters["lang"] == link.get("lang", "en")


def test_an_embedded_page_is_in_the_language_of_its_link_and_leads_out_in_it():
    at = open_page(TWO, SHOWN | {"lang": "de"}, context={"is_embedded": True})
    way_out = next(text.value for text in at.caption if "](" in text.value)
    address = way_out.split("](")[1].rstrip(")")
    assert parse_qs(urlsplit(address).query)["lang"] == ["de"]
    with speaking("de"):
        assert read_lesson("shell").words("share")["full_page"] in way_out


def test_buttons_call_each_language_as_it_calls_itself():
    at = open_page(HOME)
    buttons = {item.key: item for item in at.sidebar.button}
    assert (name_of("en"), name_of("de")) == ("English", "Deutsch")
    for code in languages():
        assert buttons[f"language_{code}"].label == name_of(code)
        assert buttons[f"language_{code}"].help


# ------------------------------------------------------------------- what is kept for everyone


def words_of(at):
    (picture,) = pictures(at)
    return picture["captions"], [note["text"] for note in picture["layout"]["annotations"]]


@pytest.mark.parametrize("first", ["en", "de"])
def test_the_same_picture_has_other_words_in_another_language(first):
    PICTURES.clear()
    second = "de" if first == "en" else "en"
    one = words_of(open_page(TWO, SHOWN | {"lang": first}))
    other = words_of(open_page(TWO, SHOWN | {"lang": second}))
    again = words_of(open_page(TWO, SHOWN | {"lang": first}))
    assert one == again
    assert not set(one[0]) & set(other[0])
    assert all(mine != yours for mine, yours in zip(one[1], other[1], strict=True) if " " in mine)


def test_visits_between_each_other_keep_their_own():
    PICTURES.clear()
    one, other = open_page(TWO, SHOWN | {"lang": "de"}), open_page(TWO, SHOWN)
    for at, code in ((one, "de"), (other, "en")) * 2:
        at.session_state["two_colours/sample_size"] += 10
        assert spoken(at.run()) == code
    before, told = words_of(one), words_of(other)
    assert spoken(press(other, "de")) == spoken(one.run()) == "de"
    assert words_of(other) == words_of(one) == before != told


def test_readers_at_once_each_have_their_own():
    kept, together = Kept(10**7), threading.Barrier(8)
    figure = MovingFigure([], {"height": 300}, [])

    def reader(code):
        speak(code)  # a thread is a visit, and says its language itself
        together.wait()
        for number in range(20):
            made = packed_once(
                kept, "a", number, lambda: figure.picture([shell_words("share")["link"]])
            )
            said = {unpacked(made)["captions"][0], unpacked(made)["words"]["play"]}
            with speaking(code):
                if said != {shell_words("share")["link"], shell_words("player")["play"]}:
                    return f"{code} heard {said}"
        return language()

    codes = ["de", "en"] * 4
    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(reader, codes)) == codes
    assert len(kept) == 40
    assert language() == "en"


def test_what_is_made_later_is_made_in_the_language_of_the_page(shared):
    for code in languages():
        open_page(TWO, SHOWN | {"lang": code})
        page = shared[-1].html()
        assert f'<html lang="{code}">' in page
        assert title(code) in page
        assert language() == "en"
    assert "Zwei Farben" in page
    assert said(open_page(TWO, SHOWN | {"lang": "de"})).count("{") == 0
