"""The page on the bell curve: its sentences and presets say what the theory says."""

import json
import re

import numpy as np
import pytest
from first_always import first_always
from opened import charts, clocks, entry_named, open_page, said, sent, setting, told_of_guess, trace

from collapse_core.lessons.lesson import read_lesson
from collapse_core.theory import gaussian_anchors, gaussian_refit
from collapse_core.theory.gaussian_mixing import mixed_gaussian_averages
from collapse_core.theory.mixed_means import Mixture
from collapse_core.theory.multivariate_gaussian import effective_rank_rule
from collapse_core.topics.bell_curve.question import BellCurve

PAGE = entry_named("bell_curve")
LESSON = read_lesson("bell_curve")
SEVERAL, KERNEL = {"picture": "several"}, {"picture": "kernel"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn


def click(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def captions(at):
    return [text.replace("**", "") for text in clocks(at)["bell_curve"]["captions"]]


# --------------------------------------------------------------------------------- extremes


@pytest.mark.parametrize(
    "link",
    first_always(
        [
            {"sample_size": "1"},
            {"sample_size": "1", "anchors": "1"},
            {"sample_size": "2", "generations": "500", "estimator": "ml"},
            {"sample_size": "2", "generations": "500", "temperature": "1.5"},
            {"sample_size": "10", "anchors": "100"},
            {"sample_size": "10", "anchors": "100", "policy": "fraction"},
            {"policy": "weighted", "anchors": "2", "real_weight": "1.0"},
            {"policy": "prior", "prior_strength": "0.0"},
            {"policy": "accumulate", "generations": "500"},
            {"anchors": "100", "generations": "500", "runs": "2000"},
            {"sample_size": "1000000", "generations": "500", "runs": "2000"},
            {"generations": "1", "runs": "1"},
            SEVERAL | {"dimension": "20", "sample_size": "2"},
            SEVERAL | {"dimension": "2", "sample_size": "1"},
            SEVERAL | {"anchors": "5", "fresh": "false"},
            SEVERAL | {"generations": "1", "runs": "1"},
            KERNEL | {"sample_size": "1000000", "bandwidth": "1.0", "anchors": "3"},
            KERNEL | {"sample_size": "1", "runs": "1"},
            KERNEL | {"bandwidth": "0.0", "generations": "500"},
        ],
        2,
    ),
    ids=lambda link: " ".join(f"{key}={value}" for key, value in link.items()),
)
def test_extremes_draw_a_picture_and_a_sentence_for_every_generation(link):
    at = open_page(PAGE, link, state=MORE)
    assert not at.exception
    assert not at.error
    assert not at.warning
    spoken = captions(at)
    assert len(spoken) == len(clocks(at)["bell_curve"]["frames"])
    assert len(spoken) == int(link.get("generations", 100)) + 1
    words = said(at) + " ".join(spoken)
    assert not re.search(r"\bnan\b|\binf\b|\{|\}|e[+-]\d\d|runs runs", words), (
        "a number for readers"
    )
    assert sent(at) < 1_500_000


def test_only_the_picture_that_is_shown_is_computed(monkeypatch):
    from ui.topics.bell_curve import runs

    called, names = [], ["bell_curve_report", "spectrum_report", "kernel_report"]
    for name in names:
        original = getattr(runs, name)

        def listen(*given, name=name, original=original):
            called.append(name)
            return original(*given)

        monkeypatch.setattr(runs, name, listen)
    for link in ({"seed": "2"}, SEVERAL, KERNEL):
        open_page(PAGE, link)
    assert called == names


def test_one_point_and_two_points_are_said():
    assert "nothing to divide by" in open_page(PAGE, {"sample_size": "1"}).info[0].value
    two = open_page(PAGE, {"sample_size": "2", "estimator": "ml"}).info[0].value
    assert f"−{-gaussian_refit.log_variance_drift(2):.3g} a generation" in two


def test_a_singular_covariance_is_said():
    note = open_page(PAGE, SEVERAL | {"sample_size": "5"}).info[0].value
    assert "n − 1 = 4 is below d = 10" in note
    assert "other 6 are gone" in note


def test_what_monte_carlo_cannot_see_is_said():
    at = open_page(PAGE, {"generations": "300"})
    assert any("From generation 131 on, 200 runs cannot show" in note.value for note in at.info)
    assert "these runs cannot show it" in captions(at)[131]
    assert "these runs cannot show it" not in captions(at)[130]
    assert "without limit" in open_page(PAGE, {"anchors": "1"}).info[0].value
    bootstrap = captions(open_page(PAGE, KERNEL | {"bandwidth": "0.0", "generations": "300"}))
    assert "cannot show it" in bootstrap[-1]


# --------------------------------------------------------------------------------- predict first


def test_the_answer_hides_until_it_is_given():
    at, shown = open_page(PAGE, state=MORE), open_page(PAGE, {"guess": "skip"}, state=MORE)
    hidden = read_lesson("shell").words("predict")["hidden"]
    assert hidden in json.dumps(charts(at)[0], ensure_ascii=False)
    before, after = (said(page) + json.dumps(clocks(page)) for page in (at, shown))
    for words in ("halves every", "median ends"):
        assert words not in before
        assert words in after, "it is told once nobody is to guess"
    assert not trace(charts(at)[0], "ln of mean")
    assert trace(charts(shown)[0], "ln of mean")


def test_a_guess_is_set_beside_the_middle_run_and_the_exact_average():
    told = told_of_guess(open_page(PAGE, {"guess": "0"}))["text"]
    known = gaussian_refit.median_variance_approximation(100, 100, unbiased=True)[-1]
    assert f"You said **1**. The run in the middle has approximately **{known:.3g}**" in told
    assert "exactly **1**" in told
    assert LESSON.words("predict")["high"] in told


def test_where_no_law_of_the_middle_run_is_known_a_guess_is_set_beside_the_runs():
    told = told_of_guess(open_page(PAGE, {"guess": "0~anchors:1", "anchors": "1"}))["text"]
    end = np.sort(BellCurve(anchors=1).loop().simulate(200, 1).mean[:, -1, 1])
    assert f"You said **1**. The run in the middle has **{end[99]:.3g}**" in told


# --------------------------------------------------------------------------------- sentences


def test_the_sentences_of_the_classic():
    words = said(open_page(PAGE, {"estimator": "ml"}, state=MORE))
    assert "halves every 34.3 generations" in words
    assert "Together they are exactly 1" in words
    loop = BellCurve(estimator="ml").loop()
    end = loop.simulate(200, 1).mean[:, -1]
    total = np.square(end[:, 0]).mean() + end[:, 1].mean()
    assert f"= **{total:.3g}**" in words


def test_unbiased_plus_anchors_overshoots():
    assert "settles at exactly **2**, not at 1" in said(
        open_page(PAGE, {"anchors": "1"}, state=MORE)
    )
    likely = said(open_page(PAGE, {"anchors": "1", "estimator": "ml"}, state=MORE))
    assert "settles at exactly **0.664**" in likely
    assert "overshoots" not in likely


def test_a_caption_states_runs_exact_value_and_distance():
    at = open_page(PAGE, {"estimator": "ml", "generation": "50"}, state=MORE)
    text, more = captions(at)[50], said(at).replace("**", "")
    loop = BellCurve(estimator="ml").loop()
    drawn = loop.simulate(200, 1).mean[:, 50, 1]
    exact = gaussian_refit.expected_variance(100, 50)[-1]
    squares = gaussian_refit.expected_squared_variance(100, 50)[-1]
    errors = (drawn.mean() - exact) / np.sqrt((squares - exact**2) / 200)
    assert f"average variance is {drawn.mean():.3g}; exact: {exact:.3g}" in text
    error = np.sqrt((squares - exact**2) / 200)
    assert f"200 runs is {drawn.mean():.3g} ± {error:.3g} (one standard error); exact" in more
    match = re.search(r"exact: [\d.]+ \(([\d.]+) standard errors (above|below)\)", more)
    assert float(match[1]) == pytest.approx(abs(errors), abs=0.051)
    risk = gaussian_refit.wasserstein_risk(100, 50)[-1]
    local = gaussian_refit.local_frechet_drift(100, 49)[-1]
    assert f"(exact: {risk:.3g})" in more
    assert f"(exact: {local:.3g})" in more


# --------------------------------------------------------------------------------- presets


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


@pytest.mark.parametrize("item", first_always(LESSON.presets, 3), ids=lambda item: item.name)
def test_a_preset_sets_the_controls_and_shows_its_comment(item):
    at = click(open_page(PAGE, {"anchors": "7", "policy": "prior", "seed": "5"}), item.name)
    assert not at.exception
    for key, value in item.values.items():
        assert setting(at, key) == value, key
    assert setting(at, "seed") == 1
    assert item.comment in [caption.value for caption in at.caption]


def test_presets_come_back_from_other_pictures():
    at = click(open_page(PAGE, {"anchors": "0"}, state=MORE), "Kernel")
    assert "blur" in said(at)
    assert "halves every 68.4" in said(click(at, "Unbiased"))
    assert "Directions die" in said(click(at, "10-D"))


def test_the_numbers_in_the_presets_comments_are_true():
    def median(n, t, **options):
        return gaussian_refit.median_variance_approximation(n, t, **options)[-1]

    assert "about 0.36" in preset("Unbiased").comment
    assert median(100, 100, unbiased=True) == pytest.approx(0.36, abs=0.005)
    assert "0.366" in preset("Maximum likelihood").comment
    assert gaussian_refit.expected_variance(100, 100)[-1] == pytest.approx(0.366, abs=5e-4)
    assert "about 0.13" in preset("Maximum likelihood").comment
    assert median(100, 100) == pytest.approx(0.13, abs=0.005)
    assert "every 6 generations" in preset("Small class").comment
    half = gaussian_refit.median_half_life_approximation(10, unbiased=True)
    assert half == pytest.approx(6.0, abs=0.05)

    def settled(**options):
        return gaussian_anchors.stationary_anchored_moments(100, 1, **options).expected_variance

    assert "settles at 0.664" in preset("One real point, n").comment
    assert settled() == pytest.approx(0.664, abs=5e-4)
    assert "exactly 2" in preset("One real point, n − 1").comment
    assert settled(unbiased=True) == pytest.approx(2.0, abs=1e-12)
    assert "down to 0.007" in preset("Same real point").comment
    mixture = Mixture(100 / 101, 1 / 101, 0.0, 1.0, kept=True)
    fixed = mixed_gaussian_averages(1.0, 100, 500, mixture).expected_variance[-1]
    assert fixed == pytest.approx(0.007, abs=5e-4)

    assert "λ = 1.0102 keeps" in preset("Temperature 1.0102").comment
    hot = {"unbiased": True, "variance_scale": 1.0102}
    assert median(100, 200, **hot) == pytest.approx(1.0, abs=0.01)
    assert gaussian_refit.expected_variance(100, 200, **hot)[-1] == pytest.approx(7.6, abs=0.05)
    assert "0.05 %" in preset("A million").comment
    assert 1 - median(10**6, 500, unbiased=True) == pytest.approx(0.0005, abs=5e-6)
    assert "five of ten directions" in preset("10-D").comment
    assert effective_rank_rule(100, 10, 10)[-1] == pytest.approx(5.0, abs=0.05)
    assert "3.96" in preset("Kernel").comment
    limit = BellCurve().bandwidth ** 2 * (BellCurve().sample_size - 1)
    assert limit == pytest.approx(3.96)
