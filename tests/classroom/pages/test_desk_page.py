"""The desk opens a class, leads it, reads it out and ends it; and nobody else does."""

import csv
import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from class_pages import TWO, labels, linked, opened_page, press, words_on
from opened import entry_named, open_page

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.names import seat_name
from ui.classroom.table import answers_as_csv

LESSON = read_lesson("classroom")
OPEN, BEGIN = "Open a class", "Begin this question"


@pytest.fixture
def desk(opened):
    """Return the desk of a class."""
    return opened_page("desk", code=opened[0].code, key=opened[1])


def newest(store, opened):
    return store.rounds(opened[0].id)[-1]


def links_of(at):
    return [button.proto.url for button in at.get("link_button")]


def test_opening_a_class_gives_a_code_links_and_a_token_that_only_the_desk_has(store):
    at = press(opened_page("desk"), OPEN)
    assert not at.exception
    code, token = linked(at, "class"), linked(at, "key")
    found = store.find(code)
    assert store.teacher(found.id, token)
    shown = [*links_of(at), *(block.value for block in at.code), words_on(at)]
    assert any(f"join?class={code}" in text for text in shown)
    assert any(f"wall?class={code}" in text for text in shown)
    assert not [text for text in shown if token in text]


def test_the_links_to_phones_and_wall_say_the_language(opened):
    at = opened_page("desk", code=opened[0].code, key=opened[1], lang="de")
    (wall,) = links_of(at)
    assert dict(parse_qsl(urlsplit(wall).query)) == {"class": opened[0].code, "lang": "de"}


@pytest.mark.parametrize("key", ["", "x" * 32])
def test_without_the_token_there_is_no_desk(opened, key):
    at = opened_page("desk", code=opened[0].code, key=key)
    assert "opens no class" in words_on(at)
    assert OPEN in labels(at)
    assert BEGIN not in labels(at)


def test_a_link_that_is_looked_at_opens_nothing(store):
    opened_page("desk", page="two_colours")
    with store.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from classes").scalar() == 0


def test_a_page_with_its_settings_becomes_the_first_question(store):
    two = open_page(
        entry_named("two_colours"), {"sample_size": "30"}, state={"share_popover": True}
    )
    (desk,) = [url for url in links_of(two) if "/desk?" in url]
    query = dict(parse_qsl(urlsplit(desk).query))
    at = press(opened_page("desk", **query), OPEN)
    assert "as you left the page" in at.selectbox[1].options
    at = press(at, BEGIN)
    (begun,) = store.rounds(store.find(linked(at, "class")).id)
    assert begun.settings == {"kind": "guess", "page": "two_colours", "link": "sample_size=30"}


def test_a_question_is_led_from_asking_to_its_answer(store, opened, desk):
    at = press(desk, BEGIN)
    assert newest(store, opened).state == "asking"
    at = press(at, "Close")
    assert newest(store, opened).state == "closed"
    at = press(at, "Take answers again")
    at = press(at, "Close")
    at = press(at, "Show the answer")
    assert newest(store, opened).state == "shown"
    assert not {"Close", "Show the answer", "Skip it"} & set(labels(at))
    assert at.selectbox(key="desk/page").value == "vanishing_tails", "the next page is offered"


def test_a_preset_of_a_page_can_be_asked(store, opened, desk):
    desk.selectbox(key="desk/page").set_value("two_colours").run()
    desk.selectbox(key="desk/preset/two_colours").set_value("Small class").run()
    press(desk, BEGIN)
    assert newest(store, opened).settings["link"] == "generations=30&sample_size=10"


def test_what_is_skipped_takes_no_answer_and_is_not_on_the_wall(store, opened, desk):
    press(press(desk, BEGIN), "Skip it")
    asked = newest(store, opened)
    assert (asked.state, asked.hidden) == ("closed", True)


def test_hiding_and_the_door_are_switches(store, opened, desk):
    at = press(desk, BEGIN)
    at.toggle(key="desk/hidden").set_value(True).run()
    assert newest(store, opened).hidden
    at.toggle(key="desk/joinable").set_value(False).run()
    assert not store.find(opened[0].code).joinable


def test_telephone_is_begun_with_its_settings(store, opened, desk):
    desk.button_group(key="desk/kind").set_value("telephone").run()
    assert not desk.exception
    at = press(desk, "Begin telephone")
    assert not at.exception
    assert newest(store, opened).settings["kind"] == "telephone"
    assert "Round 1: telephone" in words_on(at)
    _, token = store.join(opened[0].code)
    claimed = store.claim(newest(store, opened).id, token)
    at.run()
    at = press(at, f"Skip chain {claimed.chain + 1}")
    assert not [row for row in store.answers(claimed.round_id) if row.answered is None]


def test_results_are_a_round_that_asks_nothing(store, opened, desk):
    desk.button_group(key="desk/kind").set_value("results").run()
    at = press(desk, "Show the results")
    assert not at.exception
    assert newest(store, opened).settings == {"kind": "guess", "results": True}
    assert newest(store, opened).state == "shown"


def test_ending_a_class_deletes_it_and_the_desk_offers_another(store, opened, desk):
    store.join(opened[0].code)
    at = press(desk, "End it, and delete everything")
    assert store.find(opened[0].code) is None
    assert "The class is over" in words_on(at)
    assert (linked(at, "class"), linked(at, "key")) == (None, None)
    assert OPEN in labels(at)


def test_a_class_that_somebody_else_ended_is_told(store, opened, desk):
    store.end_class(opened[0].id, opened[1])
    at = press(desk, BEGIN)
    assert not at.exception
    assert OPEN in labels(at)


def test_the_table_has_a_row_for_each_answer_with_a_name_and_no_token(store, opened):
    seat, token = store.join(opened[0].code)
    asked = store.begin_round(opened[0].id, opened[1], TWO | {"link": "sample_size=30"})
    store.guess(asked.id, token, [0.25])
    text = answers_as_csv(opened[0], store.export(opened[0].id, opened[1]))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["name"] == seat_name(opened[0], seat.name)
    assert (row["page_or_game"], row["settings"]) == ("two_colours", "sample_size=30")
    assert (row["value"], row["round"], row["chain"]) == ("0.25", "1", "")
    assert token not in text


def test_teach_leads_to_the_desk():
    at = open_page(entry_named("teach"))
    assert "**Open a class**" in [link.value for link in at.main.page_link]
