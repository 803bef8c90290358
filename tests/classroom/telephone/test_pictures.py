"""Small pictures: well-formed, said in words, and nothing that somebody wrote is markup."""

from xml.etree import ElementTree

import numpy as np
import pytest

from collapse_core.classroom.figures.progress import Progress
from collapse_core.classroom.games import GAMES, game_named
from collapse_core.figures.look import DARK, LIGHT
from ui.classroom.drawn.shown import draws_picture, model_picture
from ui.classroom.drawn.strips import strips

NAMES = {"bars": {str(kind): "ABCDE"[kind] for kind in range(5)}}
SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("1")</script>'


@pytest.mark.parametrize("count", [1, 4, 24])
@pytest.mark.parametrize("key", GAMES)
def test_draws_and_answers_are_well_formed(key, count):
    game, rng = game_named(key), np.random.default_rng(1)
    draws = game.draw(game.truth, count, rng)
    for look in (LIGHT, DARK):
        for written in (
            draws_picture(game, draws, look, EVIL, NAMES.get(key, {})),
            model_picture(game, game.fit(draws), look, EVIL, NAMES.get(key, {})),
        ):
            root = ElementTree.fromstring(written)
            assert root.get("aria-label") == EVIL
            assert root.get("role") == "img"
            assert not list(root.iter(f"{SVG}script"))
            assert "nan" not in written.replace(EVIL, "")


@pytest.mark.parametrize("count", [1, 5, 24])
def test_each_marble_is_drawn_and_a_blue_one_has_a_ring(count):
    game = game_named("jar")
    draws = ["blue"] + ["yellow"] * (count - 1)
    root = ElementTree.fromstring(draws_picture(game, draws, LIGHT, "alt", {}))
    assert len(list(root.iter(f"{SVG}circle"))) == count + 1


def test_what_a_learner_wrote_is_text():
    game = game_named("words")
    written = model_picture(game, {"words": [EVIL, "a&b"]}, LIGHT, "alt", {})
    assert "<script" not in written
    assert [node.text for node in ElementTree.fromstring(written).iter(f"{SVG}text")] == [
        EVIL, "a&b",
    ]  # fmt: skip


def test_strips_have_a_picture_for_each_answer_and_a_frame_for_each_simulated_one():
    game = game_named("jar")
    progress = Progress(game, 3, [[{"share": 0.5}, {"share": 0.0}], []], [["person", "ideal"], []])
    drawn = strips(progress, LIGHT, alt="alt", names={}, rows=["one", "two"], columns=list("0123"))
    root = ElementTree.fromstring(drawn)
    assert len(list(root.iter(f"{SVG}g"))) == 4, "two truths and two answers"
    assert drawn.count("stroke-dasharray") == 1


def test_progress_knows_what_is_there_and_what_is_to_come():
    game = game_named("jar")
    models = [[{"share": 0.5}, {"share": 0.0}], [{"share": 0.25}]]
    progress = Progress(game, 3, models, [["person", "ideal"], ["careless"]])
    np.testing.assert_array_equal(
        progress.diversity, [[1.0, 1.0, 0.0, np.nan], [1.0, 0.75, np.nan, np.nan]]
    )
    assert (progress.answered, progress.complete) == (3, 1)
    assert progress.mean_diversity()[:3].tolist() == [1.0, 0.875, 0.0]
    assert np.isnan(progress.mean_diversity()[3])
    assert progress.error()[1] == pytest.approx(0.125)
    assert np.isnan(progress.error()[2])
    assert progress.simulated.sum() == 2
