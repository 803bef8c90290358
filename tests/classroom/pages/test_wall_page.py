"""The wall tells how many have guessed, then what, then what is so; and never who."""

import pytest
from class_pages import TWO, everything_sent, linked, opened_page, press, words_on
from opened import pictures

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.guess.question import question_of
from ui.classroom.names import seat_name

LESSON = read_lesson("classroom")
GUESSES = [0.05, 0.6, 0.62]
RESULTS = {"kind": "guess", "results": True}


@pytest.fixture
def asked(store, opened):
    """Return a question that three of four phones have answered."""
    begun = store.begin_round(opened[0].id, opened[1], TWO)
    tokens = [store.join(opened[0].code)[1] for _ in range(4)]
    for token, guess in zip(tokens, GUESSES, strict=False):
        store.guess(begun.id, token, [guess])
    return begun


def legend(at):
    return {trace.get("name") for picture in pictures(at) for trace in picture["traces"]}


def test_before_a_question_the_wall_says_how_to_join(store, opened):
    store.join(opened[0].code)
    at = opened_page("wall", code=opened[0].code)
    words = words_on(at)
    assert "collapse.test/join" in words
    assert opened[0].code in words
    assert "1 phone in class" in words
    assert len(at.get("image")) == 1, "the QR code"


def test_a_class_can_be_shown_by_its_code_alone(opened):
    at = opened_page("wall")
    at.text_input[0].set_value(opened[0].code.lower())
    at = press(at, "Show the wall")
    assert linked(at, "class") == opened[0].code
    assert opened[0].code in words_on(at)


def test_while_phones_answer_the_wall_tells_only_how_many(opened, asked):
    at = opened_page("wall", code=opened[0].code)
    assert "3 of 4 have guessed" in words_on(at)
    assert not pictures(at)


def test_once_it_is_closed_the_wall_shows_what_was_guessed_and_not_what_is_so(store, opened, asked):
    store.set_state(asked.id, opened[1], "closed")
    at = opened_page("wall", code=opened[0].code)
    assert "3 guesses made" in words_on(at)
    assert LESSON.text("wall", "legend") in legend(at)
    assert LESSON.text("wall", "answer") not in legend(at)
    assert f"{question_of(TWO).asked.truth()[0]:.3f}" not in everything_sent(at)


def test_once_it_is_shown_runs_law_and_answer_lie_over_the_guesses(store, opened, asked):
    store.set_state(asked.id, opened[1], "shown")
    at = opened_page("wall", code=opened[0].code)
    assert "middle guess is **60 %**, the answer **65 %**. Close: 2 of 3" in words_on(at)
    assert {"exact", LESSON.text("wall", "legend"), LESSON.text("wall", "answer")} <= legend(at)
    (picture,) = pictures(at)
    (mark,) = [t for t in picture["traces"] if t.get("name") == LESSON.text("wall", "answer")]
    assert mark["y"] == pytest.approx(list(question_of(TWO).asked.truth()))
    assert len(picture["frames"]) == 101


def test_the_table_has_the_quarters_of_the_guesses(store, opened, asked):
    store.set_state(asked.id, opened[1], "shown")
    at = opened_page("wall", code=opened[0].code)
    at.session_state[at.get("expander")[0].key] = True
    (table,) = at.run().dataframe
    words = LESSON.words("table")
    assert table.value[words["middle"]][0] == "60 %"
    assert table.value[words["number"]][0] == 3


def test_the_wall_has_no_name_and_no_token_of_anybody(store, opened, asked):
    seats = store.seats(opened[0].id)
    for state in ("asking", "closed", "shown"):
        store.set_state(asked.id, opened[1], state)
        sent = everything_sent(opened_page("wall", code=opened[0].code))
        assert opened[1] not in sent
        assert not [s for s in seats if seat_name(opened[0], s.name) in sent]


def test_what_is_hidden_is_not_on_the_wall(store, opened, asked):
    store.set_state(asked.id, opened[1], "shown")
    store.set_hidden(asked.id, opened[1], True)
    at = opened_page("wall", code=opened[0].code)
    assert not pictures(at)
    assert LESSON.text("wall", "hidden") in words_on(at)


def test_a_question_that_nobody_has_answered_still_shows_its_answer(store, opened):
    begun = store.begin_round(opened[0].id, opened[1], TWO)
    store.set_state(begun.id, opened[1], "shown")
    at = opened_page("wall", code=opened[0].code)
    assert not at.exception
    assert LESSON.text("wall", "nobody") in words_on(at)
    assert LESSON.text("wall", "legend") not in legend(at)


def test_several_questions_end_in_one_picture_of_how_good_the_class_is(store, opened, asked):
    store.set_state(asked.id, opened[1], "shown")
    second = store.begin_round(opened[0].id, opened[1], TWO | {"link": "sample_size=10"})
    for _ in range(2):
        _, token = store.join(opened[0].code)
        store.guess(second.id, token, [0.97])
    store.set_state(second.id, opened[1], "shown")
    store.begin_round(opened[0].id, opened[1], RESULTS)
    at = opened_page("wall", code=opened[0].code)
    assert not at.exception
    words = words_on(at)
    assert "2 questions, 5 guesses. 80 % of the guesses were close." in words
    assert "95 % interval" not in words, "two questions tell nothing of others"
    (picture,) = pictures(at)
    (middle,) = [t for t in picture["traces"] if t.get("text") == ["1", "2"]]
    assert middle["y"] == pytest.approx([0.6, 0.97])
    truths = [question_of(TWO | {"link": link}).asked.truth()[0] for link in ("", "sample_size=10")]
    assert middle["x"] == pytest.approx(truths)


def test_a_lean_is_told_with_its_interval(store, opened):
    for size, guess in ((10, 0.95), (20, 0.85), (40, 0.6), (60, 0.45)):
        asked = store.begin_round(*opened_as(opened), TWO | {"link": f"sample_size={size}"})
        _, token = store.join(opened[0].code)
        store.guess(asked.id, token, [guess])
        store.set_state(asked.id, opened[1], "shown")
    store.begin_round(*opened_as(opened), RESULTS)
    assert "95 % interval" in words_on(opened_page("wall", code=opened[0].code))


def opened_as(opened):
    return opened[0].id, opened[1]


def test_a_question_that_asks_nothing_is_told_and_the_pages_go_on(store, opened):
    nothing = TWO | {"page": "one_real_point", "link": "family=normal_variance"}
    store.begin_round(*opened_as(opened), nothing)
    for key, page in (("", "wall"), (opened[1], "desk")):
        at = opened_page(page, code=opened[0].code, **({"key": key} if key else {}))
        assert not at.exception
        assert "asks nothing" in at.error[0].value


def test_simulated_learners_are_no_phones(store, opened, asked):
    before = store.pulse(opened[0].id).seats
    store.join(opened[0].code, kind="ideal")
    assert store.pulse(opened[0].id).seats == before


def test_results_without_any_question_say_what_to_do(store, opened):
    store.begin_round(opened[0].id, opened[1], RESULTS)
    at = opened_page("wall", code=opened[0].code)
    assert LESSON.text("results", "nothing") in words_on(at)
