"""The class's pull and sharpening: what was put into simulated learners is found again."""

import math

import numpy as np
import pytest

from collapse_core.classroom.copiers import COPIERS, Copied, Copier, play
from collapse_core.classroom.estimates import copied_chains, estimate
from collapse_core.classroom.games import GAMES, game_named
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import Chain


def found(key, copier, seed, draws=4, chains=6):
    game = game_named(key)
    asked = {"game": key, "draws": draws, "chains": chains, "seed": seed}
    return estimate(game, play(game, asked, [copier], seed))


def covered(key, copier, classes, draws=4):
    """Return how often the intervals hold pull and sharpening, and how often the latter is told."""
    pulls, powers = [], []
    for seed in range(classes):
        told = found(key, copier, seed, draws)
        if told.pull:
            pulls.append(told.pull.low <= copier.pull <= told.pull.high)
        if told.sharpening:
            powers.append(told.sharpening.low <= copier.sharpening <= told.sharpening.high)
    return np.mean(pulls), np.mean(powers) if powers else 1.0, len(pulls)


@pytest.mark.parametrize("key", list(GAMES))
def test_a_simulated_pull_is_covered(key):
    pull, power, told = covered(key, Copier(pull=0.2, noise=0.15), 40)
    assert told == 40
    # 95 % of 40 is 38; fewer than 33 in 40 happen once in a thousand.
    assert pull >= 33 / 40
    assert power >= 33 / 40


@pytest.mark.full
@pytest.mark.parametrize("draws", [4, 10])
@pytest.mark.parametrize("key", list(GAMES))
def test_a_simulated_pull_is_covered_in_95_of_100(key, draws):
    pull, power, told = covered(key, Copier(pull=0.2, noise=0.15), 200, draws)
    assert told >= 195
    assert 0.90 <= pull <= 1.0
    assert 0.90 <= power <= 1.0


@pytest.mark.full
@pytest.mark.parametrize("key", ["jar", "line", "bars"])
def test_a_simulated_sharpening_is_covered_too(key):
    pull, power, told = covered(key, Copier(sharpening=1.6, noise=0.1), 200, 6)
    assert told >= 195
    assert pull >= 0.90
    assert power >= 0.90


def test_an_interval_that_is_too_narrow_would_be_found():
    inside = []
    for seed in range(60):
        pull = found("jar", Copier(pull=0.2, noise=0.15), seed).pull
        narrow = 0.4 * (pull.high - pull.low) / 2
        inside.append(abs(pull.value - 0.2) <= narrow)
    assert np.mean(inside) < 33 / 40


@pytest.mark.parametrize("key", list(GAMES))
def test_ideal_copiers_have_neither(key):
    told = found(key, COPIERS["ideal"], 3)
    assert told.answers == 30
    assert np.allclose(told.pull, 0.0, atol=1e-6)
    if told.sharpening:
        assert np.allclose(told.sharpening, 1.0, atol=1e-5)


@pytest.mark.parametrize("key", ["jar", "line", "plane", "bars"])  # a list of six has few shares
@pytest.mark.parametrize("copier", [Copier(pull=0.3), Copier(sharpening=1.5)])
def test_learners_who_do_not_scatter_are_read_exactly(key, copier):
    told = found(key, copier, 5, draws=6)
    if told.sharpening is None:
        assert copier.pull
        assert told.pull.value == pytest.approx(copier.pull, abs=1e-6)
        return
    assert told.pull.value == pytest.approx(copier.pull, abs=1e-4)
    assert told.sharpening.value == pytest.approx(copier.sharpening, abs=1e-3)


def test_what_cannot_be_told_is_not_told():
    game = JarGame()
    even = Copied(["yellow", "blue"], {"share": 0.5})
    assert estimate(game, [[even] * 5]).pull is None
    assert estimate(game, [[even] * 5]).sharpening is None
    assert estimate(game, [[even]]).answers == 1
    assert estimate(game, []).pull is None
    # One colour alone cannot tell of sharpening, but of a pull it can.
    one = Copied(["yellow", "yellow"], {"share": 0.9})
    told = estimate(game, [[one] * 5])
    assert told.sharpening is None
    assert told.pull.value == pytest.approx(0.2)


def test_what_one_answer_alone_tells_has_no_interval():
    """Its own residual is always 0, so nothing says how answers scatter."""
    even = [Copied(["yellow"] * 2 + ["blue"] * 2, {"share": share}) for share in (0.4, 0.5, 0.6)]
    alone = Copied(["yellow"] + ["blue"] * 3, {"share": 0.2})
    told = estimate(JarGame(), [[*even, alone]])
    assert told.pull is None
    assert told.sharpening is None
    assert estimate(JarGame(), [[*even, alone, alone, alone]]).pull is not None


@pytest.mark.parametrize(
    ("chains", "steps"),
    [(1, 5), *(pytest.param(*of, marks=pytest.mark.full) for of in [(6, 1), (2, 5)])],
)
def test_intervals_of_small_classes_hold_what_is_so(chains, steps):
    copier, inside = Copier(pull=0.2, noise=0.15), []
    for seed in range(300):
        asked = {"game": "jar", "draws": 4, "chains": chains, "length": steps, "seed": seed}
        pull = estimate(JarGame(), play(JarGame(), asked, [copier], seed)).pull
        if pull is not None and pull.high - pull.low < 2.0:  # wider ones are not told
            inside.append(pull.low <= copier.pull <= pull.high)
    assert len(inside) > 60
    # With answers that tell all by themselves it was .665, .740 and .899.
    assert np.mean(inside) > 0.91


def test_careless_learners_are_wider_apart():
    widths = {
        kind: np.median(
            [np.subtract(*found("line", COPIERS[kind], seed).pull[:0:-1]) for seed in range(12)]
        )
        for kind in ("memory", "careless")
    }
    assert widths["careless"] > 1.5 * widths["memory"]


def test_what_learners_were_shown_is_made_again_from_the_chains():
    game, asked = JarGame(), telephone_settings({"chains": 3})
    played = play(game, asked, [COPIERS["memory"]], 4)
    chains = [
        Chain(number, tuple(c.model for c in steps), (1,) * 5, (0,) * 5, None)
        for number, steps in enumerate(played)
    ]
    assert copied_chains(game, asked, chains) == played
    later = Chain(0, chains[0].models, (1,) * 5, (0, 2, 0, 0, 0), None)
    assert copied_chains(game, asked, [later])[0] != played[0]


@pytest.mark.parametrize("key", list(GAMES))
def test_what_is_recalled_is_right_on_average(key):
    game, rng = game_named(key), np.random.default_rng(5)
    model = game.fit(game.draw(game.truth, 5, rng))
    wanted = game.departed(game.features(model), 0.3, 1.4)
    recalled = [game.features(game.recalled(wanted, 6, 0.3, rng)) for _ in range(3000)]
    error = np.std(recalled, axis=0) / math.sqrt(3000) + 1e-12
    assert (np.abs(np.mean(recalled, axis=0) - wanted) / error).max() < 4.5
    wrong = game.departed(game.features(model), 0.6, 1.4)
    assert (np.abs(np.mean(recalled, axis=0) - wrong) / error).max() > 4.5
