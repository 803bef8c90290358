"""A phone of telephone: what it is sent, what it may answer, and what it waits for."""

import pytest
from telephone_class import phone_of, playing, rehearsed, turn_of, words_of

from collapse_core.classroom.games import GAMES
from ui.classroom.telephone import phone as phones
from ui.classroom.telephone.asking import model_of

ANSWERS = {
    "jar": ([0.25], {"share": 0.25}),
    "line": ([40, 9.5], {"place": 40.0, "spread": 9.5}),
    "plane": ([40, 60.5, 0], {"place": [40.0, 60.5], "spread": 0.0}),
    "words": ([2, 0, 1] + [0] * 9, {"words": ["apple", "apple", "lamp"]}),
    "bars": ([50, 25, 25, 0, 0], {"shares": [0.5, 0.25, 0.25, 0.0, 0.0]}),
    "melody": ([1, 8, 4, 4], {"heights": [1, 8, 4, 4]}),
}
JUNK = (
    [1e400] * 4, [1e308] * 30,
    None, "0.5", 0.5, [], ["0.5"], [None], [True], [float("nan")], [float("inf")], [-0.1], [1.1],
    {"share": 0.5}, [[0.5]],
)  # fmt: skip


def tell(monkeypatch, room, token, value, taken=None):
    """Tell an answer as a phone does."""
    taken = taken or room.store.claim(room.round.id, token)
    told = {"turn": taken.id, "value": value}
    monkeypatch.setattr(phones, "told_answer", lambda key: told)
    phones.take(room.store, room.round, taken, token, "a key")
    return taken


@pytest.mark.parametrize(("game", "code"), list(zip(GAMES, ["en", "de"] * 3, strict=True)))
def test_a_turn_has_a_picture_the_same_in_words_and_a_question(game, code):
    room = playing(game=game, shown_seconds=6)
    _, token = room.store.join(room.code)
    turn = turn_of(phone_of(room, token, code))
    assert turn["seconds"] == 6
    assert turn["language"] == code
    assert turn["looked_at"]["svg"].startswith("<svg ")
    assert 'role="img"' in turn["looked_at"]["svg"]
    assert "4" in turn["looked_at"]["told"] or game == "jar"
    assert len(turn["asked"]["fields"]) == len(ANSWERS[game][0])
    assert turn["asked"]["question"].endswith("?")


@pytest.mark.parametrize("game", GAMES)
def test_what_a_phone_sends_is_read_as_an_answer(monkeypatch, game):
    room = playing(game=game)
    _, token = room.store.join(room.code)
    tell(monkeypatch, room, token, ANSWERS[game][0])
    assert room.store.answers(room.round.id)[0].value == ANSWERS[game][1]


def test_an_answer_told_twice_or_changed_is_counted_once(monkeypatch):
    room = playing()
    _, token = room.store.join(room.code)
    taken = tell(monkeypatch, room, token, [0.25])
    tell(monkeypatch, room, token, [0.25], taken)
    tell(monkeypatch, room, token, [0.75], taken)
    assert [row.value for row in room.store.answers(room.round.id)] == [{"share": 0.25}]


def test_what_was_told_for_another_turn_is_not_taken(monkeypatch):
    room = playing()
    _, token = room.store.join(room.code)
    taken = room.store.claim(room.round.id, token)
    monkeypatch.setattr(phones, "told_answer", lambda key: {"turn": taken.id + 1, "value": [0.5]})
    phones.take(room.store, room.round, taken, token, "a key")
    assert room.store.answers(room.round.id)[0].answered is None


@pytest.mark.parametrize("value", JUNK, ids=repr)
def test_what_is_no_answer_leaves_the_turn_open(monkeypatch, value):
    room = playing()
    _, token = room.store.join(room.code)
    tell(monkeypatch, room, token, value)
    assert room.store.answers(room.round.id)[0].answered is None
    with pytest.raises(ValueError, match=r"value|share"):
        model_of(room.round.settings, value)


def test_a_reload_shows_the_same_draws_and_another_phone_another_chain():
    room = playing(draws=12)
    tokens = [room.store.join(room.code)[1] for _ in range(2)]
    first, again, other = (turn_of(phone_of(room, token)) for token in (tokens[0], *tokens))
    assert first == again
    assert other["turn"] != first["turn"]
    assert other["looked_at"] != first["looked_at"]


def test_the_next_one_is_shown_draws_of_the_answer_before(monkeypatch):
    room = playing(chains=1, length=3)
    tokens = [room.store.join(room.code)[1] for _ in range(2)]
    tell(monkeypatch, room, tokens[0], [1.0])
    assert turn_of(phone_of(room, tokens[0])) is None, "not two steps of a chain in a row"
    told = turn_of(phone_of(room, tokens[1]))["looked_at"]["told"]
    assert told == "4 yellow marbles and no blue marble."


def test_who_has_answered_is_told_so_and_what(monkeypatch):
    room = playing(chains=1, length=3)
    tokens = [room.store.join(room.code)[1] for _ in range(2)]
    tell(monkeypatch, room, tokens[0], [0.25])
    words = words_of(phone_of(room, tokens[0]))
    assert "Sent. Your answer is the model that the next one is shown." in words
    assert "Chain 1, generation 1. Your answer: 25 % yellow." in words


def test_a_turn_that_took_too_long_goes_to_somebody_else(monkeypatch):
    room = playing(chains=1, length=3, wait=30)
    tokens = [room.store.join(room.code)[1] for _ in range(2)]
    slept = room.store.claim(room.round.id, tokens[0])
    assert turn_of(phone_of(room, tokens[1])) is None
    room.clock.now += 31
    assert turn_of(phone_of(room, tokens[1])) is not None
    tell(monkeypatch, room, tokens[0], [0.5], slept)
    page = phone_of(room, tokens[0])
    assert "Your turn went to somebody else." in words_of(page)
    assert not page.success, "it is no success"
    assert all(row.value is None for row in room.store.answers(room.round.id))


def test_a_phone_says_that_all_is_over_and_that_answers_are_closed():
    room = playing(chains=2, length=2)
    _, token = room.store.join(room.code)
    rehearsed(room)
    assert "All chains are complete" in words_of(phone_of(room, token))
    room = playing()
    _, token = room.store.join(room.code)
    room.store.set_state(room.round.id, room.teacher, "closed")
    page = phone_of(room, token)
    assert turn_of(page) is None
    assert "Answers are closed" in words_of(page)


@pytest.mark.parametrize("accepts", [True, False])
def test_a_judge_sees_draws_and_answer_and_decides(monkeypatch, accepts):
    room = playing(chains=1, length=2, variant="judge")
    tokens = [room.store.join(room.code)[1] for _ in range(3)]
    tell(monkeypatch, room, tokens[0], [0.25])
    turn = turn_of(phone_of(room, tokens[1]))
    assert turn["judging"]["answered"]["told"] == "25 % yellow"
    assert "marble" in turn["judging"]["shown"]["told"]
    assert "asked" not in turn
    tell(monkeypatch, room, tokens[1], accepts)
    after = turn_of(phone_of(room, tokens[2]))
    assert after["words"]["ready"].startswith("You will see" if accepts else "You begin a chain")
    said = words_of(phone_of(room, tokens[1]))
    assert ("goes on" if accepts else "Somebody else answers") in said
