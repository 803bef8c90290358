"""The page on any model: presets, sentences, own points, figures while the work is under way."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from first_always import first_always
from opened import (
    charts,
    clocks,
    entry_named,
    numbers,
    open_page,
    said,
    sent,
    set_control,
    told_of_guess,
    trace,
)

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.question import AnyModel, SideBySide, courses_of
from collapse_core.topics.any_model.report import expected_held, expected_spread
from collapse_core.topics.any_model.sides_figure import any_model_sides_figure
from ui import long_run

ENTRY = entry_named("any_model")
LESSON = read_lesson("any_model")
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn
FEW = {"generations": "2", "sample_size": "50"}
QUICK = AnyModel(sample_size=50, generations=3)


def button(at, label):
    return next(item for item in at.button if item.label == label)


def last_steps(seeds, **settings):
    runs = [AnyModel(**settings, seed=seed).run()[-1] for seed in seeds]
    return {
        name: np.mean([getattr(step, name) for step in runs])
        for name in ("held", "precision", "recall", "spread")
    }


# --------------------------------------------------------------------------------- presets

SEEDS = range(1, 5)


@pytest.mark.full  # over several seeds
@pytest.mark.parametrize(
    ("name", "told", "holds"),
    [
        ("Eight places", "about 5 of 8", lambda s: 4 < s["held"] < 6.5 and s["precision"] > 0.9),
        ("Eight places", "about 7 %", lambda s: 0.02 < s["recall"] < 0.15),
        ("Ten real points", "7 to 8 places", lambda s: s["held"] > 6.9 and s["recall"] > 0.6),
        ("The same ten points", "6 to 7 places", lambda s: 5.7 < s["held"] < 7.5),
        ("The same ten points", "about 20 %", lambda s: 0.1 < s["recall"] < 0.35),
        ("Accumulate", "above 80 %", lambda s: s["held"] == 8 and s["recall"] > 0.8),
        ("All real", "All 8 places", lambda s: s["held"] == 8 and s["recall"] > 0.8),
        (
            "Kernel on two moons",
            "about half",
            lambda s: s["recall"] > 0.94 and 0.4 < s["precision"] < 0.6,
        ),
        ("One Gaussian on two moons", "about 50 %", lambda s: 0.4 < s["precision"] < 0.6),
    ],
)
def test_comments_of_presets_are_true(name, told, holds):
    preset = next(item for item in LESSON.presets if item.name == name)
    assert told in preset.comment
    found = last_steps(SEEDS, **preset.values)
    assert holds(found), found


@pytest.mark.full
def test_the_other_numbers_of_the_comments():
    first = AnyModel(data="moons", model="pca", generations=1).run()[1]
    assert 0.4 < first.precision < 0.6, "wrong from the first generation on"
    vae = last_steps([1, 2], data="ring", model="vae")
    assert vae["spread"] < 1 / 3
    grown = AnyModel(policy="accumulate", generations=20)
    assert grown.build_policy().recipe(100).memory == "all"
    assert 20 * grown.sample_size == 2000


# --------------------------------------------------------------------------------- predict first


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    told = said(at) + "".join(clocks(at)["any_model"]["captions"][1:])
    assert "5.4" not in told
    assert "places left" not in told
    assert "appear after your guess" in told
    assert len(clocks(at)["any_model"]["frames"]) == 2, "nothing further is computed"
    for name in ("places left", "precision", "recall", "to the truth"):
        (line,) = trace(charts(at)[0], name)
        assert not np.isfinite(numbers(line["y"])).any()


def test_a_guess_is_set_beside_what_is_left_and_beside_what_is_exact():
    at = open_page(ENTRY, {"guess": "0.75"})
    left = AnyModel().run()[-1].held
    assert f"You said **6.0** of 8. Here **{left:.0f}** are left" in told_of_guess(at)["text"]
    assert "**5.5** would be left on average (exact)" in told_of_guess(at)["text"]
    assert len(clocks(at)["any_model"]["frames"]) == 21


# --------------------------------------------------------------------------------- sentences


def test_sentences_hold_what_was_measured_and_what_is_exact():
    at = open_page(ENTRY, {"seed": "2"}, state=MORE)
    asked = AnyModel(seed=2)
    last = asked.run()[-1]
    assert f"**{last.held}** of 8 places are left" in clocks(at)["any_model"]["captions"][-1]
    assert f"**{last.held}** of 8 places are left (measured in this run)" in said(at)
    assert f"**{expected_held(asked)[-1]:.2f}** of them would be left on average" in said(at)
    at = open_page(ENTRY, {**FEW, "model": "pca"}, state=MORE)
    asked = AnyModel(model="pca", sample_size=50, generations=2)
    expected = read_lesson("shell").numbers.percent(float(expected_spread(asked)[-1]))
    assert f"on average over all runs it is **{expected}** (exact)" in said(at)


@pytest.mark.parametrize(
    ("generation", "told"),
    [
        ("1", "Generation 1 was trained on 50 points: 50 real."),
        ("2", "Generation 2 was trained on 100 points: 50 real, 50 made by generation 1."),
    ],
)
def test_it_is_said_where_the_points_were_born(generation, told):
    link = {**FEW, "policy": "accumulate", "generation": generation}
    assert told in said(open_page(ENTRY, link, state=MORE))


def test_a_page_under_way_says_so(monkeypatch, first_part_only):
    monkeypatch.setattr(long_run, "FIRST_WATCH", 0.0)
    monkeypatch.setattr(long_run, "LATER_WATCH", 60.0)
    monkeypatch.setattr(long_run.Job, "seconds_left", lambda *_: 100.0)
    at = open_page(ENTRY, {"seed": "77", "model": "vae"}, state=MORE)
    clock = clocks(at)["any_model"]
    done = len(clock["frames"]) - 1
    assert 1 <= done < 20
    assert f"So far {done} of 20 generations are computed." in said(at)
    assert len(clock["captions"]) == len(clock["frames"])
    assert charts(at)[0]["layout"]["xaxis3"]["range"] == [0, 20], "axes are fixed"
    assert not at.exception


def test_notes_on_unusual_settings():
    assert "this is the control" in said(
        open_page(ENTRY, {**FEW, "policy": "real_share", "share": "1"})
    )
    at = open_page(ENTRY, {**FEW, "model": "kernel", "bandwidth": "0"})
    assert "only copies points" in said(at)


# --------------------------------------------------------------------------------- own points


def test_own_points_are_used_and_stay_out_of_the_link():
    at = open_page(ENTRY, {**FEW, "data": "own"})
    assert not at.exception
    assert not at.error
    before = charts(at)
    text = "\n".join(f"{n % 7}; {n % 5},5" for n in range(60))
    at.text_area(key="any_model/own/own_points/typed").set_value(text).run()
    assert not at.error
    assert charts(at) != before
    assert "own_text" not in at.query_params
    assert "The link cannot hold your points." in said(at)


@pytest.mark.parametrize(
    ("text", "complaint"),
    first_always(
        [
            ("", "the text is empty"),
            ("a, b\nc, d\n" * 9, "is not a number"),
            ("1, 2\n" * 20, "are equal to 1, 2"),
            ("1, nan\n" * 20, "is not a finite number"),
            ("<script>alert(1)</script>, 2\n" * 20, "is not a number"),
            ("1, 2\n3, 4", "There are 2 points"),
        ],
        2,
    ),
)
def test_bad_points_are_said_and_the_page_goes_on(text, complaint):
    at = open_page(ENTRY, {**FEW, "data": "own"})
    before = charts(at)
    at.text_area(key="any_model/own/own_points/typed").set_value(text).run()
    assert not at.exception
    assert complaint in at.error[0].value
    assert "<script>" not in at.error[0].value
    assert charts(at) == before, "the last good points stay"


# --------------------------------------------------------------------------------- views


@pytest.mark.parametrize("view", first_always(["models", "policies"]))
def test_views_side_by_side(view):
    at = open_page(ENTRY, {**FEW, "view": view})
    assert not at.exception
    assert len(charts(at)) == 2
    assert len(clocks(at)["any_model_sides"]["frames"]) == 3
    assert at.query_params["view"] == view


def test_views_wait_for_the_guess(first_part_only):
    at = open_page(ENTRY)
    set_control(at, "view", 1)
    at.run()
    assert "these views tell the answer" in said(at)
    assert len(charts(at)) == 1


# --------------------------------------------------------------------------------- figures


@LOOK
@pytest.mark.parametrize("done", first_always([1, 2, 4], 1))
def test_figures_are_valid_while_the_work_is_under_way(look, done):
    steps = QUICK.run()[:done]
    for hidden in (None, "not yet"):
        moving = any_model_figure(QUICK, steps, look=look, hidden=hidden, alt="A picture.")
        validated(moving)
        check_frames(moving)
        assert len(moving.frames) == done
    task = SideBySide(QUICK, "policies")
    sides = [task.start()]
    while len(sides) < done:
        sides.append(task.after(sides))
    courses = courses_of(sides, list(QUICK.variants("policies")))
    moving = any_model_sides_figure(QUICK, courses, look=look, alt="A picture.")
    validated(moving)
    check_frames(moving)
    assert len(moving.frames) == 1, "the clock ends where the slowest does"


def test_no_trace_of_a_frame_is_empty():
    collapsed = AnyModel(model="kernel", bandwidth=0.0, sample_size=20, generations=30).run()
    for frame in any_model_figure(AnyModel(generations=30), collapsed).frames:
        assert all(len(change["x"]) for change in frame.data)


@pytest.mark.full
def test_the_page_is_light():
    assert sent(open_page(ENTRY, {"seed": "1"})) < 300_000
    link = {"generations": "50", "sample_size": "2000", "view": "policies", "model": "pca"}
    assert sent(open_page(ENTRY, link)) < 1_500_000
