"""What all games promise: JSON, the same draws again, fits that are fits, refusals in words."""

import json
import math

import numpy as np
import pytest

from collapse_core.classroom.games import GAMES, game_named
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.kinds import spread_evenly
from collapse_core.classroom.games.melody import MelodyGame
from collapse_core.classroom.games.plane import PlaneGame
from collapse_core.classroom.games.spot import START_SPREAD
from collapse_core.classroom.games.words import WordsGame
from collapse_core.classroom.rounds import DEFAULTS, VARIANTS, shown_draws, telephone_settings

AWKWARD = (
    None, "a", b"x", math.nan, math.inf, -5, 1e308, 10**30, True, [], [[]], object(), {"a": 1},
    [math.nan] * 5, [0.5] * 7, [None], [""], ["\x07"], ["x" * 99], [1e308] * 2, [True] * 5,
    range(10**12), np.zeros((2, 2, 2)),
)  # fmt: skip
every_game = pytest.mark.parametrize("game", [game_named(key) for key in GAMES], ids=list(GAMES))


def again(value):
    """Return a value after a way through JSON, in which nothing but JSON may be."""
    return json.loads(json.dumps(value, allow_nan=False))


@every_game
def test_all_values_are_json_and_come_back_equal(game):
    rng = np.random.default_rng(3)
    for model in (game.truth, game.fit(game.draw(game.truth, 5, rng)), game.guessed(5, rng)):
        draws = game.draw(model, 6, rng)
        recalled = game.recalled(game.features(model), 6, 0.2, rng)
        for value in (model, draws, recalled, game.described(draws), game.read(model)):
            assert again(value) == value
        assert game.read(again(recalled)) == recalled, "reading twice changes nothing"
        assert game.fit(again(draws)) == game.fit(draws)


@every_game
def test_the_truth_has_all_its_variety(game):
    assert game.diversity(game.truth) == pytest.approx(1.0)
    assert not game.fixed(game.truth)
    assert game.read(game.truth) == game.truth


@every_game
def test_the_same_stream_gives_the_same_draws_and_another_others(game):
    asked = {"game": game.key, "draws": 8}
    first = shown_draws(game, asked, [], 2, 0)
    assert shown_draws(game, asked, [], 2, 0) == first
    others = [
        shown_draws(game, {**asked, "seed": 8}, [], 2, 0),
        shown_draws(game, asked, [], 3, 0),
        shown_draws(game, asked, [], 2, 0, 1),
        shown_draws(game, asked, [game.truth], 2, 1),
    ]
    assert all(other != first for other in others) or game.key == "jar"
    assert any(other != first for other in others)


@every_game
def test_a_model_that_is_fixed_stays_so_without_a_real_point(game):
    fixed = {
        "jar": {"share": 1.0},
        "line": {"place": 30.0, "spread": 0.0},
        "plane": {"place": [30.0, 60.0], "spread": 0.0},
        "words": {"words": ["lamp"] * 3},
        "bars": {"shares": [0.0, 1.0, 0.0, 0.0, 0.0]},
        "melody": {"heights": [4, 4]},
    }[game.key]
    assert game.fixed(fixed)
    assert game.diversity(fixed) == pytest.approx(0.0)
    asked = {"game": game.key, "draws": 6}
    alone = shown_draws(game, asked, [fixed], 0, 1)
    assert game.fixed(game.fit(alone))
    assert len({json.dumps(draw) for draw in alone}) == 1
    seen = [
        game.fit(shown_draws(game, {**asked, "variant": "anchor", "seed": seed}, [fixed], 0, 1))
        for seed in range(40)
    ]
    assert not all(game.fixed(model) for model in seen), "a real point brings something back"


@every_game
def test_one_draw_and_no_more_is_real(game):
    rng = np.random.default_rng(1)
    draws = game.draw(game.truth, 9, rng)
    changed = [
        sum(a != b for a, b in zip(draws, game.with_anchor(draws, rng), strict=True))
        for _ in range(60)
    ]
    assert max(changed) == 1
    with pytest.raises(ValueError, match="draws"):
        game.with_anchor([], rng)


def test_the_real_draw_may_be_at_any_place():
    rng = np.random.default_rng(1)
    game, draws = PlaneGame(), [[0.0, 0.0]] * 4
    seen = [game.with_anchor(draws, rng) for _ in range(100)]
    places = [[point != [0.0, 0.0] for point in drawn].index(True) for drawn in seen]
    assert set(places) == {0, 1, 2, 3}


def test_all_earlier_answers_count_alike():
    game, rng = JarGame(), np.random.default_rng(2)
    models = [{"share": 0.0}, {"share": 0.0}, {"share": 1.0}]
    drawn = [draw for _ in range(200) for draw in game.with_all(models, 10, rng)]
    assert drawn.count("yellow") / 2000 == pytest.approx(1 / 3, abs=4.5 * math.sqrt(2 / 9 / 2000))
    asked = {"variant": "accumulate", "draws": 24}
    assert "yellow" in shown_draws(game, asked, models, 0, 3)
    assert "yellow" not in shown_draws(game, asked, models, 0, 2)


@every_game
@pytest.mark.parametrize("value", AWKWARD, ids=lambda value: f"{value!r:.20}")
def test_answers_that_cannot_be_used_are_refused_in_a_sentence(game, value):
    answers = [value]
    for field in game.fields:
        answers += [{**game.truth, field: value}]
    answers += [{**game.truth, "more": 1}, {}]
    for answer in answers:
        try:
            model = game.read(answer)
        except (ValueError, TypeError) as refusal:
            said = str(refusal)
            assert said.endswith(".")
            assert len(said.split()) > 5
            assert "=" in said, "it names the parameter"
        else:
            assert again(model) == model
            assert math.isfinite(game.diversity(model))


@every_game
@pytest.mark.parametrize(
    "value", [None, "a", [], [None], ["\n"], [1.5, "x"], [[1.0] * 3], object()]
)
def test_draws_that_are_none_are_refused(game, value):
    with pytest.raises((ValueError, TypeError)) as refusal:
        game.fit(value)
    assert str(refusal.value).endswith(".")


def test_a_fit_is_the_likeliest_model():
    """No model near the fit makes the draws more probable."""
    rng = np.random.default_rng(4)
    game = PlaneGame()
    draws = np.array(game.draw(game.truth, 7, rng))

    def log_likelihood(place, spread):
        away = np.square(draws - place).sum(axis=1) / (2.0 * spread**2)
        return float((-away - 2.0 * math.log(spread)).sum())

    fitted = game.fit(draws.tolist())
    best = log_likelihood(fitted["place"], fitted["spread"])
    for _ in range(200):
        place = np.array(fitted["place"]) + rng.normal(0.0, 0.5, 2)
        assert log_likelihood(place, fitted["spread"] * math.exp(rng.normal(0.0, 0.1))) < best


def test_words_are_read_as_people_write_them():
    game = WordsGame(("Apfel", "Straße"))
    assert game.read({"words": [" apfel ", "STRASSE", "Birne"]}) == {
        "words": ["Apfel", "Straße", "birne"]
    }
    assert game.features({"words": ["Apfel", "birne"]}).tolist() == [0.5, 0.0]
    assert game.diversity({"words": ["Apfel", "birne"]}) == pytest.approx(1.0)
    assert game_named("words", ("ja", "nein")).truth == {"words": ["ja", "nein"]}
    with pytest.raises(ValueError, match="differ"):
        WordsGame(("ja", "Ja", "nein"))


def test_what_is_seen_is_described():
    assert JarGame().described(["yellow", "blue", "blue"]) == {"yellow": 1, "blue": 2, "count": 3}
    assert MelodyGame().described([3, 3, 5])["different"] == 2
    facts = PlaneGame().described([[10.0, 0.0], [20.0, 40.0]])
    assert (facts["across_average"], facts["up_highest"]) == (15.0, 40.0)


def test_shares_are_spread_as_evenly_as_can_be():
    rng = np.random.default_rng(6)
    shares = np.array([0.5, 0.3, 0.2, 0.0])
    counts = np.array(
        [np.bincount(spread_evenly(shares, 7, rng), minlength=4) for _ in range(4000)]
    )
    assert (np.abs(counts - 7 * shares) < 1.0).all()
    assert counts.mean(axis=0) == pytest.approx(7 * shares, abs=0.05)


def test_sharpening_a_bell_curve_divides_its_variance():
    game = game_named("line")
    sharp = game.departed(game.features(game.truth), 0.0, 4.0)
    assert math.exp(sharp[-1] / START_SPREAD) == pytest.approx(START_SPREAD / 2.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("game", "chess"), ("draws", 1), ("draws", 25), ("chains", 0), ("length", 41),
        ("variant", "none"), ("wait", 4), ("wait", math.nan), ("seed", -1), ("shown_seconds", 0),
        ("kind", "guess"), ("colour", "red"), ("draws", "4"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_refused(name, value):
    with pytest.raises(ValueError, match=name if name in DEFAULTS else "values"):
        telephone_settings({name: value})


def test_settings_are_completed():
    assert telephone_settings({}) == DEFAULTS == again(dict(DEFAULTS))
    for variant in VARIANTS:
        asked = telephone_settings({"variant": variant, "game": "melody"})
        assert telephone_settings(asked) == asked == again(asked)


def test_draws_need_the_answers_before_them():
    with pytest.raises(ValueError, match="models"):
        shown_draws(JarGame(), {}, [], 0, 1)
