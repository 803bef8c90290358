"""A phone joins, keeps its seat, guesses, and is told alone how close it was."""

import math
from dataclasses import replace

import pytest
from class_pages import TWO, asked_on, everything_sent, labels, linked, opened_page, press, words_on
from opened import parts, pictures

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from ui.classroom.guess.question import question_of
from ui.classroom.names import seat_name
from ui.classroom.store import NAMES
from ui.classroom.tries import PER_ADDRESS, PER_VISIT

LESSON = read_lesson("classroom")


def joined(code):
    """Return a phone that has joined, and the token of its seat."""
    at = press(opened_page("join", code=code), "Join")
    return at, linked(at, "seat")


def test_a_phone_joins_by_its_link_and_is_given_a_name_of_two_words(store, opened):
    at, token = joined(opened[0].code)
    assert not at.exception
    (seat,) = store.seats(opened[0].id)
    assert seat == store.seat(opened[0].id, token)
    assert f"**{seat_name(opened[0], seat.name)}**" in at.caption[0].value
    assert "Look at the wall" in words_on(at)
    assert labels(at) == ["English", "Deutsch"], "there is nothing left to press"


def test_a_code_that_is_typed_may_have_small_letters_and_blanks(store, opened):
    at = opened_page("join")
    typed = opened[0].code.lower()
    at.text_input[0].set_value(f" {typed[:3]} {typed[3:]} ")
    at = press(at, "Join")
    assert len(store.seats(opened[0].id)) == 1
    assert linked(at, "class") == opened[0].code


def test_the_link_leads_back_to_the_same_seat_in_every_tab(store, opened):
    at, token = joined(opened[0].code)
    for _ in range(2):
        again = opened_page("join", code=opened[0].code, seat=token)
        assert again.caption[0].value == at.caption[0].value
    assert len(store.seats(opened[0].id)) == 1


def test_what_the_browser_keeps_leads_back_too(store, opened):
    _, token = store.join(opened[0].code)
    at = opened_page("join", code=opened[0].code)
    assert "Join" in labels(at)
    at.session_state["seat_memory"] = {"seat": f"{opened[0].code} {token}"}
    at.run()
    assert linked(at, "seat") == token
    assert len(store.seats(opened[0].id)) == 1


def test_a_seat_of_another_class_is_not_taken(store, opened):
    other, _ = store.open_class("en")
    _, token = store.join(other.code)
    at = opened_page("join", code=opened[0].code, seat=token)
    assert LESSON.text("codes", "lost_seat").split("Press")[0] in words_on(at)
    assert "Join" in labels(at)
    assert linked(at, "seat") is None


@pytest.mark.parametrize("code", ["BCDFGH", "no code", "<script>alert(1)</script>", "**b**"])
def test_a_wrong_code_is_told_as_text_with_what_to_do(code):
    at = opened_page("join", code=code)
    assert not at.exception
    (warning,) = at.warning
    assert "six letters" in warning.value
    shown = code if len(code) <= 12 else f"{code[:11]}…"
    assert f"`{shown}`" in warning.value
    assert "Join" in labels(at)


def test_a_class_that_ended_says_so(store, opened):
    at, _ = joined(opened[0].code)
    store.end_class(*_ids(opened))
    at.run()
    assert "This class is over" in words_on(at)
    assert linked(at, "seat") is None


def test_a_door_that_is_closed_lets_seated_phones_stay(store, opened):
    at, _ = joined(opened[0].code)
    store.set_joinable(*_ids(opened), False)
    late = press(opened_page("join", code=opened[0].code), "Join")
    assert "lets nobody else in" in words_on(late)
    assert "Look at the wall" in words_on(at.run())
    assert len(store.seats(opened[0].id)) == 1


def test_trying_many_codes_is_slowed_and_who_is_in_stays(opened):
    at, token = joined(opened[0].code)
    trying = opened_page("join")
    for number in range(math.ceil(PER_VISIT) + 1):
        trying.text_input[0].set_value("BCDFG" + "BCDFGHJKMNPRSTVWXYZ"[number])
        press(trying, "Join")
    assert "too many wrong codes" in words_on(trying)
    assert PER_ADDRESS > PER_VISIT
    assert "Look at the wall" in words_on(at.run())
    assert "Look at the wall" in words_on(opened_page("join", code=opened[0].code, seat=token))


# ------------------------------------------------------------------------------------- a question


def test_a_question_shows_its_empty_panel_and_not_its_answer(store, opened):
    at, _ = joined(opened[0].code)
    store.begin_round(*_ids(opened), TWO)
    at.run()
    ask, guess = asked_on(at)
    question = question_of(TWO)
    assert (ask["state"], ask["text"], guess) == ("asking", question.asked.question, None)
    assert ask["words"] == {"lock": "Send my guess", "skip": "", "again": ""}
    (picture,) = pictures(at)
    assert picture["guess"]["at"] == [50]
    assert len(picture["frames"]) == 6
    truth = question.asked.truth()[0]
    assert f"{truth:.3f}" not in everything_sent(at)
    drawn = [t for t in picture["traces"] if t.get("xaxis", "x") == picture["guess"]["x"]]
    assert not [t for t in drawn if t.get("meta") != "guess" and any(_finite(t))]


def test_an_answer_counts_once_and_each_phone_alone_is_told_how_close(store, opened):
    at, token = joined(opened[0].code)
    asked = store.begin_round(*_ids(opened), TWO)
    store.guess(asked.id, token, [0.4])
    store.guess(asked.id, token, [0.6])
    at.run()
    ask, guess = asked_on(at)
    assert (ask["state"], guess) == ("told", [0.4])
    assert "**40 %**" in ask["text"]
    store.set_state(asked.id, opened[1], "closed")
    other, _ = joined(opened[0].code)
    assert "You did not guess this time" in words_on(other)
    store.set_state(asked.id, opened[1], "shown")
    ask, guess = asked_on(at.run())
    assert (ask["text"], guess) == (question_of(TWO).asked.reveal([0.4]), [0.4])
    ask, guess = asked_on(other.run())
    assert guess is None
    assert "40" not in ask["text"]


def test_what_is_no_guess_is_not_drawn(store, opened):
    at, token = joined(opened[0].code)
    asked = store.begin_round(*_ids(opened), TWO)
    store.guess(asked.id, token, ["<b>", None])
    at.run()
    assert not at.exception
    assert asked_on(at)[1] is None


def test_a_round_that_cannot_be_read_says_where_to_look(store, opened):
    at, _ = joined(opened[0].code)
    store.begin_round(*_ids(opened), {"kind": "guess", "page": "nowhere"})
    at.run()
    assert not at.exception
    assert LESSON.text("phone", "unclear") in words_on(at)


def test_results_tell_a_phone_its_own_guesses(store, opened):
    at, token = joined(opened[0].code)
    asked = store.begin_round(*_ids(opened), TWO)
    store.guess(asked.id, token, [0.6])
    store.set_state(asked.id, opened[1], "shown")
    last = store.begin_round(*_ids(opened), {"kind": "guess", "results": True})
    store.set_state(last.id, opened[1], "shown")
    at.run()
    assert "Your guesses: 1 of 1 were close." in words_on(at)
    assert "You: **60 %**" in words_on(at)


def test_the_browser_is_told_to_keep_the_seat(opened):
    at, token = joined(opened[0].code)
    sent = [part.proto for part in at.get("bidi_component")]
    (memory,) = [item for item in sent if item.component_name.startswith("seat_memory")]
    assert token in memory.json
    assert not parts(at, "stage")


def test_no_two_names_are_the_same_in_any_language(store):
    for code in ("en", "de"):
        of, _ = store.open_class(code)
        names = {seat_name(of, number) for number in range(NAMES)}
        assert len(names) == NAMES
        assert all(len(name.split()) == 2 for name in names)
    with pytest.raises(ValueError, match=f"number={NAMES} has no name"):
        seat_name(of, NAMES)


def test_a_phone_in_another_language_has_the_name_that_the_wall_has(store):
    of, _ = store.open_class("de")
    seat, token = store.join(of.code)
    name = seat_name(of, seat.name)
    with speaking("en"):
        assert seat_name(of, seat.name) == name
    for code, you_are in {"en": "You are", "de": "Du bist"}.items():
        at = opened_page("join", code=of.code, seat=token, lang=code)
        assert at.caption[0].value.startswith(f"{you_are} **{name}**")
    assert seat_name(replace(of, language="en"), seat.name) != name


def _ids(opened):
    return opened[0].id, opened[1]


def _finite(trace):
    return [v is not None and not isinstance(v, str) for v in trace.get("y") or []]
