"""Rehearsal: simulated learners through the store, against the exact law; and whose seats it is."""

import numpy as np
import pytest
from telephone_class import draw_rehearsal, drawn, playing, rehearsed

from ui.classroom.telephone.rehearsal import rehearse
from ui.classroom.telephone.standing import Standing

LIMIT = 4.0  # standard errors


# Nine of ten values of a bell curve lie within so many standard errors of its middle.
NINE_OF_TEN = 1.645


def errors_from_the_law(kind, game, variant="alone", chains=24):
    """Return how far the class's average diversity is from the law at each step.

    In standard errors of the class or by the law's own band, whichever are larger: those of the
    class are too small where chains are skewed, the band is where few diversities are possible.
    """
    room = playing(game=game, chains=chains, length=4, variant=variant, seed=11)
    rehearsed(room, (kind,) * 8)
    standing = Standing.of(room.store, room.round)
    progress, law = standing.progress, standing.law
    assert progress.answered == 4 * chains
    apart = progress.mean_diversity()[1:] - np.array(law.mean)[1:]
    spread = (np.array(law.high) - np.array(law.low))[1:] / (2 * NINE_OF_TEN)
    return apart / np.maximum(progress.error()[1:], spread / np.sqrt(chains))


GAMES = ("jar", "line", "plane", "words", "bars", "melody")


def test_ideal_learners_agree_with_the_exact_law():
    assert np.abs(errors_from_the_law("ideal", "jar")).max() < LIMIT


def test_careless_ones_do_not():
    assert np.abs(errors_from_the_law("careless", "jar")).max() > LIMIT


def error_of_fixed(kind):
    """Return how far the share of chains that are fixed is from the law, in standard errors."""
    room = playing(game="jar", chains=24, length=4, seed=11)
    rehearsed(room, (kind,) * 8)
    standing = Standing.of(room.store, room.round)
    law = standing.law.fixed[-1]
    assert 0 < law < 1
    error = np.sqrt(law * (1 - law) / 24)
    return abs(standing.progress.mean_fixed()[-1] - law) / error


def test_as_many_chains_are_fixed_as_the_law_says():
    assert error_of_fixed("ideal") < LIMIT


def test_those_of_careless_ones_are_not():
    assert error_of_fixed("careless") > LIMIT


@pytest.mark.full
@pytest.mark.parametrize("variant", ["alone", "anchor", "accumulate"])
@pytest.mark.parametrize("game", GAMES)
def test_ideal_learners_agree_with_the_exact_law_in_every_game(game, variant):
    assert np.abs(errors_from_the_law("ideal", game, variant)).max() < LIMIT


# Along a line and in a plane 24 chains vary too much to tell.
@pytest.mark.full
@pytest.mark.parametrize("game", ["words", "bars", "melody"])
def test_careless_ones_do_not_in_other_games(game):
    assert np.abs(errors_from_the_law("careless", game)).max() > LIMIT


def test_the_same_learners_go_on_and_stand_marked():
    room = playing()
    kinds = ("ideal", "memory", "memory")
    assert rehearse(room.store, room.round, room.teacher, kinds=kinds, plays=2) == 2
    first = {seat.id: seat.kind for seat in room.store.seats(room.of.id)}
    assert rehearse(room.store, room.round, room.teacher, kinds=kinds, plays=2) == 2
    assert {seat.id: seat.kind for seat in room.store.seats(room.of.id)} == first
    assert sorted(first.values()) == sorted(kinds)


def test_only_the_teacher_rehearses():
    room = playing()
    _, token = room.store.join(room.code)
    for wrong in (token, "", "x" * 32):
        with pytest.raises(PermissionError):
            rehearse(room.store, room.round, wrong)
    assert len(room.store.seats(room.of.id)) == 1


def test_a_round_that_is_closed_and_a_class_that_is_shut_stay_so():
    room = playing()
    room.store.set_state(room.round.id, room.teacher, "closed")
    assert rehearse(room.store, room.round, room.teacher) == 0
    room = playing()
    room.store.set_joinable(room.of.id, room.teacher, False)
    assert rehearse(room.store, room.round, room.teacher) == 0


def test_simulated_judges_let_a_round_come_to_its_end():
    room = playing(variant="judge", chains=2, length=2)
    rehearsed(room, ("ideal", "careless", "memory", "memory"))
    assert Standing.of(room.store, room.round).progress.answered == 4


def test_the_desk_plays_along_while_its_switch_is_on():
    room = playing()
    at = drawn(draw_rehearsal, store=room.store, round_id=room.round.id, token=room.teacher)
    assert not room.store.answers(room.round.id)
    at.toggle[0].set_value(True).run()
    assert not at.exception
    assert len(room.store.answers(room.round.id)) == 3
