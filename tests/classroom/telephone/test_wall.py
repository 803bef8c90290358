"""The wall of telephone: chains, law, sentences, tables; with and without answers."""

import csv
import io
import json

import numpy as np
import pytest
from opened import entry_named, open_page, pictures
from telephone_class import playing, rehearsed, wall_of, words_of

from collapse_core.classroom.chain_law import chain_law
from collapse_core.classroom.games import GAMES, game_named
from ui.classroom.telephone.opening import way_on
from ui.classroom.telephone.standing import Standing, round_before
from ui.classroom.telephone.table import round_csv
from ui.share import spelled

QUICK = (("jar", "de"), ("plane", "en"), ("bars", "de"))


def named(picture, start):
    return [trace for trace in picture["traces"] if str(trace.get("name", "")).startswith(start)]


@pytest.mark.parametrize(
    ("game", "code"),
    [
        pytest.param(game, code, marks=[] if (game, code) in QUICK else [pytest.mark.full])
        for game in GAMES
        for code in ("en", "de")
    ],
)
def test_a_wall_is_drawn_before_between_and_after(game, code):
    room = playing(game=game, chains=3, length=3)
    nothing = "Nobody has answered" if code == "en" else "Noch hat niemand"
    assert nothing in words_of(wall_of(room, code=code))
    rehearsed(room, ("ideal", "memory", "careless", "memory"), 4)
    assert "4" in words_of(wall_of(room, code=code))
    rehearsed(room, ("ideal", "memory", "careless", "memory"))
    at = wall_of(room, code=code)
    assert len(pictures(at)) == 1
    assert "9" in words_of(at)


def test_the_law_is_drawn_exactly_and_the_class_as_it_played():
    room = playing(chains=5, length=4)
    rehearsed(room)
    (picture,) = pictures(wall_of(room))
    law = chain_law(game_named("jar"), room.round.settings)
    standing = Standing.of(room.store, room.round)
    np.testing.assert_allclose(named(picture, "ideal copiers, exact")[0]["y"], law.mean, rtol=1e-6)
    drawn = named(picture, "this class")[0]["y"]
    np.testing.assert_allclose(drawn, standing.progress.mean_diversity(), rtol=1e-6)
    assert picture["alt"].startswith("20 turns of telephone in 5 chains, Marbles in a jar: 20 are")


def test_simulated_learners_are_marked_as_such():
    room = playing(chains=2, length=2)
    _, token = room.store.join(room.code)
    taken = room.store.claim(room.round.id, token)
    room.store.answer(taken.id, token, {"share": 0.5})
    rehearsed(room, ("ideal", "careless"))
    at = wall_of(room)
    assert "3 of the answers are simulated" in words_of(at)
    (picture,) = pictures(at)
    signs = [sign for trace in picture["traces"] if "text" in str(trace.get("mode"))
             for sign in trace["marker"]["symbol"]]  # fmt: skip
    assert sum("open" in sign for sign in signs) == 3
    assert len(signs) == 2 * 3


def test_chains_that_end_in_one_place_are_named_in_one_label():
    room = playing(chains=6, length=1)
    shares = (0.5, 0.2, 0.5, 0.5, 0.21, 0.5)
    for _ in shares:
        _, token = room.store.join(room.code)
        taken = room.store.claim(room.round.id, token)
        room.store.answer(taken.id, token, {"share": shares[taken.chain]})
    (picture,) = pictures(wall_of(room))
    chains = [trace["text"] for trace in picture["traces"] if "text" in str(trace.get("mode"))]
    assert [texts[-1] for texts in chains] == ["", "", "", "", "2, 5", "1, 3, 4 …"]


def test_who_is_waited_for_is_named_with_the_seconds_left():
    room = playing(chains=2, wait=40)
    _, token = room.store.join(room.code)
    room.store.claim(room.round.id, token)
    room.clock.now += 15
    words = words_of(wall_of(room))
    assert "in 25 seconds the turn goes to somebody else" in words
    assert "Free turns, for the next phone: chains" in words


def test_two_rounds_of_one_game_stand_side_by_side():
    room = playing(chains=6, length=5)
    rehearsed(room)
    second = room.store.begin_round(
        room.of.id, room.teacher, {**room.round.settings, "variant": "anchor"}
    )
    assert round_before(room.store, second).id == room.round.id
    assert round_before(room.store, room.round) is None
    rehearsed(room, round_=second)
    at = wall_of(room, second)
    assert "Chain by chain, over 6 chains" in words_of(at)
    (picture,) = pictures(at)
    first = Standing.of(room.store, room.round).progress
    np.testing.assert_allclose(
        named(picture, "the round before")[0]["y"], first.mean_diversity(), rtol=1e-6
    )


def test_another_game_or_a_hidden_round_is_not_set_beside():
    room = playing()
    other = room.store.begin_round(room.of.id, room.teacher, {"kind": "telephone", "game": "line"})
    assert round_before(room.store, other) is None
    third = room.store.begin_round(
        room.of.id, room.teacher, {"kind": "telephone", "variant": "anchor"}
    )
    assert round_before(room.store, third).id == room.round.id
    room.store.set_hidden(room.round.id, room.teacher, True)
    assert round_before(room.store, third) is None


def test_the_table_holds_every_answer():
    room = playing(chains=3, length=2, game="melody")
    rehearsed(room, ("memory", "careless", "ideal"))
    standing = Standing.of(room.store, room.round)
    rows = list(csv.DictReader(io.StringIO(round_csv(standing))))
    assert len(rows) == 6
    given = [row.value for row in room.store.answers(room.round.id)]
    assert sorted(map(str, given)) == sorted(str(json.loads(row["answer"])) for row in rows)
    assert {row["learner"] for row in rows} <= {"ideal", "memory", "careless"}
    assert not any("token" in name for name in rows[0])


@pytest.mark.parametrize("game", GAMES)
def test_a_result_opens_where_a_page_has_its_law(game):
    room = playing(game=game, chains=3, length=2, variant="anchor")
    assert way_on(Standing.of(room.store, room.round)) is None
    rehearsed(room, ("memory",) * 4)
    found = way_on(Standing.of(room.store, room.round))
    wanted = {"jar": "two_colours", "line": "bell_curve"}.get(game)
    assert (found and found[0]) == wanted
    if found is None:
        return
    assert (found[1]["sample_size"], found[1]["anchors"], found[1]["generations"]) == (3, 1, 2)
    at = open_page(entry_named(wanted), spelled(found[1]))
    assert not at.exception
    assert not at.error
    traces = pictures(at)[0]["traces"]
    assert sum(trace.get("name") == "chains of a class" for trace in traces) == 3
