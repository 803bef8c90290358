"""The page on mixer and squeeze: presets, sentences, the law under the crowds, the map."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import clocks, entry_named, open_page, said, setting, told_of_guess

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.mixer_squeeze.course import CROWDS, crowds_of
from collapse_core.topics.mixer_squeeze.figure import mixer_squeeze_figure
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze
from collapse_core.topics.mixer_squeeze.regime_map import map_points, steps_to_halve
from collapse_core.topics.mixer_squeeze.sentences import MixerSqueezeSentences

ENTRY = entry_named("mixer_squeeze")
LESSON = read_lesson("mixer_squeeze")
MORE = {"more_precisely": True}


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


def course_of(name, **values):
    return crowds_of(MixerSqueeze(**{**preset(name).values, **values}))


@pytest.mark.parametrize(
    ("name", "regime"),
    [
        ("Both", "resonance"),
        ("No squeeze", "wanders"),
        ("No mixer", "stuck"),
        ("Translators", "cycles"),
        ("Room", "resonance"),
        ("JPEG saved", "stuck"),
        ("JPEG shifted", "resonance"),
        ("Surfer", "resonance"),
        ("Islands", "resonance"),
        ("Cards", "resonance"),
    ],
)
def test_presets_end_as_they_say(name, regime):
    assert course_of(name).regime.name == regime


@pytest.mark.parametrize(
    ("name", "step", "percent"),
    [
        ("Both", 20, 27),
        ("No mixer", 40, 69),
        ("JPEG shifted", 20, 22),
        ("Surfer", 5, 4),
    ],
)
def test_numbers_of_the_comments_are_true(name, step, percent):
    assert f"{percent} %" in preset(name).comment
    assert 100 * course_of(name).exact_apart[step] == pytest.approx(percent, abs=0.6)


def test_the_other_numbers_of_the_comments():
    assert course_of("Cards").exact_apart[12] < 0.001
    islands = course_of("Islands").exact_apart
    assert islands[20] / islands[19] == pytest.approx(0.85)
    saved = course_of("JPEG saved").places
    assert np.abs(saved[2] - saved[1]).max() < 1e-9
    assert np.abs(saved[1] - saved[0]).max() > 0.3
    gaussian = course_of("Gaussian")
    assert gaussian.exact_apart[-1] == pytest.approx(1.05, abs=0.03)
    assert gaussian.exact_spread[-1] < 0.15
    assert gaussian.regime is None
    translators = course_of("Translators").places
    assert np.abs(translators[30] - translators[32]).max() < 1e-9
    assert np.abs(translators[30] - translators[31]).max() > 1.0


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("values", [{}, {"contraction": 0.0}, {"mixing": 1.0, "contraction": 0.4}])
def test_crowds_in_the_plane_follow_their_law(values, seed):
    course = crowds_of(MixerSqueeze(**values, seed=seed, sample_size=2000))
    for sampled, exact in (
        (course.apart, course.exact_apart),
        (course.left, course.exact_left),
        (course.spread, course.exact_spread),
    ):
        # A relative error of 5 standard errors of a variance, and a floor where all is gone.
        assert np.all(np.abs(sampled - exact) < 5.0 * exact * np.sqrt(2.0 / 2000) + 0.02)
    other = crowds_of(MixerSqueeze(**{**values, "mixing": 0.5, "contraction": 0.9}))
    assert np.abs(course.apart - other.exact_apart).max() > 0.1


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("chain", ["surfer", "cards"])
def test_walkers_on_states_follow_their_law(chain, seed):
    asked = MixerSqueeze(chain=chain, seed=seed, sample_size=2000)
    course = crowds_of(asked)
    floor = 0.09  # two samples of 2,000 on 24 states look so different
    assert np.all(np.abs(course.apart - course.exact_apart) < floor)
    assert np.allclose(course.left, course.exact_left, rtol=0.05)
    assert course.exact_left[-1] <= 24.0 + 1e-9


def test_the_floor_of_a_measured_distance_is_said():
    asked = MixerSqueeze(chain="cards")
    course = crowds_of(asked)
    facts = MixerSqueezeSentences(LESSON, asked, course)._computed()
    assert facts["floor"] == pytest.approx(course.apart[25:].mean(), rel=0.15)


def test_a_retrained_gaussian_stays_where_it_was_on_average():
    runs = [
        crowds_of(MixerSqueeze(chain="gaussian", sample_size=20, seed=seed)) for seed in range(60)
    ]
    squares = np.array([run.apart[-1] ** 2 for run in runs])
    error = squares.std() / np.sqrt(len(runs))
    assert abs(squares.mean() - runs[0].exact_apart[-1] ** 2) < 4.0 * error
    spreads = np.array([run.spread[10] for run in runs])
    error = spreads.std() / np.sqrt(len(runs))
    assert abs(spreads.mean() - runs[0].exact_spread[10]) < 4.0 * error


def test_more_steps_do_not_change_the_first_ones():
    few, more = (crowds_of(MixerSqueeze(generations=steps)) for steps in (5, 9))
    assert np.array_equal(few.places, more.places[:6])
    assert few.places.shape == (6, CROWDS, 40, 2)


def test_the_map_resonates_except_at_its_edges():
    points = map_points(0.0)
    assert len(points) == 441
    for point in points:
        edge = "stuck" if point.mixing == 0.0 else "wanders" if point.contraction == 0.0 else ""
        assert point.regime == (edge or "resonance")
        assert (point.halving == np.inf) == bool(edge)
    assert steps_to_halve(0.5) == pytest.approx(1.0)
    assert {point.regime for point in map_points(180.0) if point.mixing == 0.0} == {"cycles"}


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY, state={"regime_map": True})
    captions = clocks(at)["mixer_squeeze"]["captions"]
    assert all("appears after your guess" in caption for caption in captions[1:])
    assert "27 %" not in said(at)
    assert "the map tells the answer" in said(at)
    told = told_of_guess(open_page(ENTRY, {"guess": "0.8"}))["text"]
    assert "You said **80 %**; exactly **27 %** is left, measured 27 %." in told


def test_sentences_hold_measured_and_exact_numbers():
    at = open_page(ENTRY, {"seed": "2", "generation": "20"}, state=MORE)
    words = said(at)
    assert "One frozen map is iterated" in words
    assert "(exact: 27.2 %)" in words
    assert "discrete Lyapunov equation" in words
    surfer = said(open_page(ENTRY, {"chain": "surfer", "web": "islands"}, state=MORE))
    assert "leaves a gap of **0.150**" in surfer
    retrained = said(open_page(ENTRY, {"chain": "gaussian"}, state=MORE))
    assert "none of the resonances" in retrained
    assert "One frozen map" not in retrained


def test_the_map_counts_how_loops_end():
    at = open_page(ENTRY, {"seed": "2"}, state={"regime_map": True})
    assert not at.exception
    assert "91 % of the map resonates" in said(at)
    assert setting(at, "mixing") == 0.3


@LOOK
@pytest.mark.parametrize("chain", ["plane", "surfer"])
def test_pictures_are_valid(look, chain):
    asked = MixerSqueeze(chain=chain, generations=3, sample_size=30)
    figure = mixer_squeeze_figure(
        crowds_of(asked), finite=asked.is_finite, look=look, alt="Four crowds."
    )
    check_frames(figure)
    validated(figure)
