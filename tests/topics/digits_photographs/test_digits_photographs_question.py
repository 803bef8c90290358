"""Digits and photographs in one loop: what is exact, what steps keep, what is measured."""

import math
import re
from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.lessons.lesson import read_lesson
from collapse_core.measures.image_pair import IMAGE_SETS, classifier_of, image_pair
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.topics.digits_photographs.followed import follow_probe
from collapse_core.topics.digits_photographs.guess import digits_photographs_prediction
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, course
from collapse_core.topics.digits_photographs.report import (
    compare_kept,
    complexity_of_sets,
    matched_check,
    meaning_left,
    measure_rows,
    to_csv,
)
from collapse_core.topics.digits_photographs.sentences import DigitsPhotographsSentences
from collapse_core.topics.digits_photographs.steps import (
    GRID_IMAGES,
    LEVELS,
    expected_chain_error,
    passed_once,
)

RUN = DigitsPhotographs(generations=4).run()


def errors_apart(strength_of_law):
    """Return how far sampled distances are from the law, in standard errors over seeds."""
    found = []
    for name in IMAGE_SETS:
        samples, expected = [], []
        for seed in seeds(12):
            steps = DigitsPhotographs(generations=3, strength=0.4, seed=seed).run()
            samples.append(steps[3][name].error)
            start = steps[0][name].images
            expected.append(expected_chain_error(steps[1][name].fitted, start, strength_of_law, 3))
        differences = np.array(samples) - np.array(expected)
        found.append(abs(differences.mean()) / (differences.std(ddof=1) / math.sqrt(12)))
    return max(found)


def test_the_distance_in_the_linear_chain_follows_its_law():
    assert errors_apart(0.4) < LIMIT


def test_a_wrong_law_would_be_found():
    assert errors_apart(0.45) > LIMIT


def test_without_a_push_the_law_is_the_run():
    steps = DigitsPhotographs(strength=0.0, generations=3).run()
    for name in IMAGE_SETS:
        np.testing.assert_allclose(
            course(steps, name, "error"), course(steps, name, "expected_error"), atol=1e-10
        )


@pytest.mark.parametrize("policy", ["replace", "accumulate"])
def test_retraining_from_steps_is_the_loop_itself(policy):
    asked = DigitsPhotographs(
        loop="retraining", policy=policy, anchors=20, sample_size=60, generations=3, components=4
    )
    steps = asked.run()
    for name in IMAGE_SETS:
        *_, last = asked.build_loop(name).iterate(asked.seed)
        held_out = asked.image_sets()[name].held_out_images
        np.testing.assert_allclose(
            passed_once(steps[-1][name].fitted, held_out), passed_once(last.fitted, held_out)
        )


def test_same_seed_same_run_and_another_seed_another_one():
    again, other = (DigitsPhotographs(generations=4, seed=seed).run() for seed in (1, 2))
    for name in IMAGE_SETS:
        np.testing.assert_array_equal(again[-1][name].images, RUN[-1][name].images)
        assert not np.array_equal(other[-1][name].images, RUN[-1][name].images)


def test_longer_runs_begin_like_shorter_ones():
    shorter = DigitsPhotographs(generations=2).run()
    for name in IMAGE_SETS:
        np.testing.assert_array_equal(shorter[2][name].images, RUN[2][name].images)


def test_steps_hold_small_grids_and_measures_in_range():
    for step in RUN:
        for side in step.values():
            assert side.greys.shape == (GRID_IMAGES, 64)
            assert side.greys.max() <= LEVELS
            assert 0.0 <= side.kept <= 1.0
            assert 0.0 <= side.confidence <= 1.0
            assert 0.0 <= side.entropy <= math.log2(10) + 1e-9
            assert side.error >= 0.0
            assert side.cumulative >= 0.0
    for name in IMAGE_SETS:
        assert RUN[0][name].kept == 1.0
        assert RUN[0][name].error == 0.0
        assert RUN[0][name].cumulative == pytest.approx(0.0, abs=1e-9)


def test_photographs_go_first_by_their_labels_whatever_the_labels_are():
    for meaning in ("own", "groups"):
        for seed in seeds(2):
            steps = DigitsPhotographs(generations=5, meaning=meaning, seed=seed).run()
            assert compare_kept(steps, 359).first == "photographs"


def test_not_every_measure_says_so():
    said = {row.name: row.first for row in measure_rows(DigitsPhotographs().run())}
    assert said["kept"] == said["error"] == "photographs"
    assert said["confidence"] == "digits"
    assert said["entropy"] == "alike"


def test_the_comparison_can_say_alike():
    step = dict.fromkeys(IMAGE_SETS, RUN[-1]["digits"])
    assert compare_kept([step], 359).first == "alike"
    assert compare_kept([RUN[0]], 359).first == "alike"
    assert compare_kept([RUN[0]], 359).apart == 0.0
    assert meaning_left(RUN[0], "digits") == 1.0


def test_the_spectrum_of_patches_decays_more_slowly_only_without_brightness():
    evened, raw = complexity_of_sets(True), complexity_of_sets(False)
    assert evened["photographs"].numbers.decay < evened["digits"].numbers.decay
    assert evened["photographs"].missed[16] > 1.3 * evened["digits"].missed[16]
    assert raw["photographs"].missed[16] < raw["digits"].missed[16]


def test_the_spectrum_is_not_the_whole_reason():
    check = matched_check()
    assert check.missed["digits"] > check.missed["photographs"]
    assert check.kept["digits"] > check.kept["photographs"] + 0.1
    assert check.sure["digits"] > check.sure["photographs"]


def test_images_that_were_read_with_confidence_keep_their_meaning_longer():
    last = RUN[-1]
    assert all(last[name].kept_sharp > last[name].kept for name in IMAGE_SETS)
    origin = DigitsPhotographs(meaning="origin", generations=1).run()
    assert math.isnan(origin[1]["photographs"].kept_sharp)
    assert "kept_sharp" not in {row.name for row in measure_rows(origin)}


def test_the_answer_to_the_question_is_that_of_the_settings():
    experiment, lesson = DigitsPhotographs(sample_size=300), read_lesson("digits_photographs")
    steps = experiment.run()
    asked = digits_photographs_prediction(lesson, experiment, steps, "5 passes")
    kept = {name: steps[5][name].kept for name in IMAGE_SETS}
    told = asked.reveal([0.5, 0.5])
    assert all(f"**{100 * share:.0f} %**" in told for share in kept.values())
    assert asked.reveal([0.9, 0.1]) != asked.reveal([0.1, 0.9])


@pytest.mark.parametrize("loop", ["chain", "retraining"])
def test_a_probe_is_followed_through_both_models(loop):
    asked = DigitsPhotographs(loop=loop, generations=3, sample_size=200)
    steps = asked.run()
    followed = follow_probe(asked, steps, np.linspace(0.0, 1.0, 64))
    for name in IMAGE_SETS:
        assert [stop.number for stop in followed[name]] == [0, 1, 2, 3]
        assert all(stop.label in image_pair()[name].label_names for stop in followed[name])
        assert all(0.0 < stop.confidence <= 1.0 for stop in followed[name])
    assert len(follow_probe(asked, steps[:1], np.zeros(64))["digits"]) == 1


def test_a_mixture_describes_images_by_its_centres():
    rng = np.random.default_rng(5)
    rows = np.concatenate([rng.normal(0.2, 0.01, (50, 64)), rng.normal(0.8, 0.01, (50, 64))])
    fitted = GaussianMixtureModel(2, "diag", floor=1e-4).fit(rows, rng)
    described = passed_once(fitted, rows)
    assert np.abs(described[:50] - 0.2).max() < 0.01
    assert np.abs(described[50:] - 0.8).max() < 0.01


def test_a_mixture_is_never_chained():
    asked = DigitsPhotographs(model="mixture", loop="chain", generations=1, sample_size=60)
    assert not asked.chained
    assert not asked.is_exact
    assert asked.run()[1]["digits"].images is None


def test_degenerate_settings_are_results():
    for settings in (
        {"sample_size": 50, "components": 32, "loop": "retraining"},
        {"sample_size": 50, "components": 32, "model": "mixture"},
        {"strength": 1.0, "components": 1},
    ):
        steps = DigitsPhotographs(generations=2, **settings).run()
        assert all(np.isfinite(step[name].error) for step in steps for name in IMAGE_SETS)


def test_the_table_names_every_setting():
    lines = to_csv(DigitsPhotographs(generations=4), RUN).splitlines()
    header = [line for line in lines if line.startswith("# ")]
    assert {line[2:].split(":")[0] for line in header} == {
        item.name for item in fields(DigitsPhotographs)
    }
    assert len(lines) == len(header) + 1 + 5


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"model": "gan"}, "model='gan' is not known: choose one of pca, mixture, vae"),
        ({"loop": "once"}, "loop='once' is not known"),
        ({"policy": "both"}, "policy='both' is not known"),
        ({"meaning": "none"}, "meaning='none' is not known"),
        ({"sample_size": 49}, "sample_size=49 is out of range"),
        ({"strength": math.nan}, "strength=nan is out of range"),
        ({"anchors": 1001}, "anchors=1001 is out of range"),
    ],
)
def test_bad_settings_are_named(settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        DigitsPhotographs(**settings)


def test_the_classifier_reads_real_images():
    for name, images in image_pair().items():
        assert classifier_of(images).held_out_accuracy > 0.8, name
    origin = image_pair("origin", True)["photographs"]
    assert classifier_of(origin).held_out_accuracy < 0.6, "texture alone does not tell the photo"


def test_meaning_beyond_chance_and_how_far_apart_by_hand():
    step = {
        "digits": SimpleNamespace(kept=0.55, chance=0.1),
        "photographs": SimpleNamespace(kept=0.4, chance=0.25),
    }
    assert meaning_left(step, "digits") == pytest.approx(0.45 / 0.9)
    assert meaning_left(step, "photographs") == pytest.approx(0.15 / 0.75)
    found = compare_kept([step], 100)
    error = math.sqrt(0.55 * 0.45 / 100 / 0.9**2 + 0.4 * 0.6 / 100 / 0.75**2)
    assert found.apart == pytest.approx(0.3 / error)
    assert found.facts()["left_digits"] == pytest.approx(0.5)
    assert found.apart != pytest.approx(0.15 / error, rel=0.1), "shares before chance is taken off"


def test_measures_for_and_against_are_counted():
    asked = DigitsPhotographs(generations=4)
    spoken = DigitsPhotographsSentences(read_lesson("digits_photographs"), asked, RUN)
    told = re.search(
        r"four other measures (\d) put photographs first, (\d) digits and (\d) neither",
        " ".join(spoken.details(4)),
    )
    others = ("error", "confidence", "entropy", "rank")
    found = [row.first for row in measure_rows(RUN) if row.name in others]
    counted = [found.count(first) for first in ("photographs", "digits", "alike")]
    assert list(map(int, told.groups())) == counted
    assert sum(counted) == 4
    assert counted != sorted(counted), "so that their order is told"


def test_rows_of_measures_are_those_of_the_steps():
    rows = {row.name: row for row in measure_rows(RUN)}
    assert set(rows) > {"kept", "beyond_chance", "error", "confidence", "entropy", "rank"}
    for name, row in rows.items():
        for side in IMAGE_SETS:
            first, last = (
                meaning_left(step, side) if name == "beyond_chance" else getattr(step[side], name)
                for step in (RUN[0], RUN[-1])
            )
            assert (row.start[side], row.now[side]) == pytest.approx((first, last))
    assert rows["kept"].start != rows["kept"].now
