"""The page on two colours: its sentences, presets and overlays say what the theory says."""

import json
import re

import numpy as np
import pytest
from opened import (
    JUNK_TEXTS,
    charts,
    clocks,
    entry_named,
    numbers,
    open_page,
    said,
    set_control,
    setting,
    trace,
)

from collapse_core import Anchors, ClosedLoop, Replace, families
from collapse_core.lessons.lesson import read_lesson
from collapse_core.theory.two_colours import absorption_times

PAGE = entry_named("two_colours")
percent = read_lesson("shell").numbers.percent
LESSON = read_lesson("two_colours")
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn
BLUE = families.Bernoulli(0.1)


def click(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def main_figure(at):
    return charts(at)[0]


def law(policy, sample_size, generations, temperature=1.0):
    loop = ClosedLoop(BLUE, policy, sample_size, generations, temperature)
    return loop.exact(approximate=True)


# --------------------------------------------------------------------------------- extremes


@pytest.mark.parametrize(
    "link",
    [
        {"sample_size": "2"},
        {"sample_size": "2", "generations": "1", "runs": "1"},
        {"sample_size": "2", "temperature": "0.5", "generations": "500"},
        {"sample_size": "10", "anchors": "100"},
        {"sample_size": "10", "anchors": "100", "policy": "fraction"},
        {"sample_size": "10", "anchors": "100", "policy": "weighted", "real_weight": "1.0"},
        {"sample_size": "10", "anchors": "100", "policy": "weighted", "real_weight": "0.0"},
        {"policy": "prior", "prior_strength": "0.0"},
        {"sample_size": "1000000", "generations": "500", "runs": "2000", "doubled": "true"},
        {"generations": "500", "runs": "2000", "anchors": "3"},
        {"sample_size": "2000", "generations": "500", "runs": "2000"},
    ],
    ids=lambda link: " ".join(f"{key}={value}" for key, value in link.items()),
)
def test_extremes_draw_a_picture_and_a_sentence_for_every_generation(link):
    at = open_page(PAGE, link, state=MORE)
    assert not at.exception
    assert not at.error
    assert not at.warning
    given = clocks(at)["two_colours"]
    generations = int(link.get("generations", 100)) * (2 if "doubled" in link else 1)
    assert len(given["frames"]) == len(given["captions"]) == generations + 1
    words = said(at) + " ".join(given["captions"])
    assert not re.search(r"\bnan\b|\binf\b|\{|\}|e[+-]\d\d", words), "a number for readers"


def test_more_real_points_than_sampled_ones_is_said():
    at = open_page(PAGE, {"sample_size": "10", "anchors": "100"})
    assert "k = 100" in at.info[0].value
    assert "n = 10" in at.info[0].value


@pytest.mark.parametrize("text", JUNK_TEXTS, ids=lambda text: text[:20])
def test_a_jar_in_any_words_leaves_the_rest_intact(text):
    at = open_page(PAGE, {"anchors": "0", "runs": "20"})
    set_control(at, "jar", text)
    at.run()
    assert not at.exception
    assert main_figure(at)["data"]
    assert clocks(at)["two_colours"]["captions"]
    assert len(at.error) + len(at.info) <= 1
    for message in at.error:
        assert len(message.value) < 300
        assert not re.search(r"(?<!\\)[<*$`{]", message.value), "typed markup must not be markup"


def test_a_jar_of_one_colour_is_a_result_and_not_an_error():
    at = open_page(PAGE, {"jar": "10 yellow, 0 blue"})
    assert not at.error
    assert "one colour only" in at.info[0].value
    final = clocks(at)["two_colours"]["captions"][-1].replace("**", "")
    assert "200 of 200" in final
    assert "exact: 100 %." in final


def test_a_jar_gives_its_names_to_the_words():
    at = open_page(PAGE, {"jar": "9 foxes, 1 owl"})
    assert not at.exception
    assert "owl" in clocks(at)["two_colours"]["captions"][50]
    assert "blue" not in " ".join(clocks(at)["two_colours"]["captions"])
    assert any("owl" in note["text"] for note in main_figure(at)["layout"]["annotations"])


def test_an_unreadable_jar_says_what_to_write_and_keeps_the_colours():
    at = open_page(PAGE, {"jar": "blueberries"})
    assert "for example" in at.error[0].value
    assert "blue" in clocks(at)["two_colours"]["captions"][50]


# --------------------------------------------------------------------------------- predict first


def test_the_answer_hides_from_the_table_and_the_words_while_it_is_guessed():
    at, shown = open_page(PAGE, state=MORE), open_page(PAGE, {"guess": "skip"}, state=MORE)
    exact = f"{100 * law(Replace(), 100, 50).lost[50]:.1f} %"
    assert exact not in said(at)
    assert exact not in json.dumps(clocks(at)) + json.dumps(charts(at))
    assert exact in said(shown)
    assert exact in json.dumps(clocks(shown))


# --------------------------------------------------------------------------------- presets


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


@pytest.mark.parametrize("item", LESSON.presets, ids=lambda item: item.name)
def test_a_preset_sets_the_controls_and_shows_its_comment(item):
    at = open_page(PAGE, {"anchors": "7", "share": "0.3", "policy": "prior", "seed": "5"})
    click(at, item.name)
    assert not at.exception
    for key, value in item.values.items():
        assert setting(at, key) == value, key
    for key, value in {"share": 0.1, "policy": "anchors", "seed": 1}.items():
        assert setting(at, key) == item.values.get(key, value), "the rest is the default"
    assert item.comment in [caption.value for caption in at.caption]
    chosen = [button.label for button in at.button if button.proto.type == "primary"]
    assert item.name in chosen


def test_every_preset_shows_another_picture():
    pictures = set()
    for item in LESSON.presets:
        at = open_page(PAGE, {"anchors": "7"})
        click(at, item.name)
        pictures.add(json.dumps(main_figure(at)["data"]))
    assert len(pictures) == len(LESSON.presets)


def test_the_numbers_in_the_presets_comments_are_true():
    classic = law(Replace(), 100, 50)
    assert "By generation 50, two jars in three" in preset("The classic").comment
    assert classic.lost[50] == pytest.approx(2 / 3, abs=0.03)

    assert "Half of the jars lose their blue within a few" in preset("Small class").comment
    small = law(Replace(), 10, 30)
    assert small.lost[1] < 0.5 < small.lost[3]

    assert "absent 41 % of the time" in preset("One fresh real point").comment
    assert law(Anchors(1), 100, 200).lost[200] == pytest.approx(0.41, abs=0.005)

    assert "in the end the whole jar" in preset("One fixed real point").comment
    fixed = law(Anchors(1, fresh=False), 100, 500)
    assert fixed.lost[500] + fixed.taken_over[500] > 0.99

    # Like with like: all jars beside all jars, and those in which blue dies beside their own kind.
    cold, plain = (absorption_times(100, 0.1, temperature) for temperature in (0.9, 1.0))
    both = f"both colours last {cold.mean:.0f} generations, not {plain.mean:.0f}"
    dying = f"where blue dies, it lives for {cold.given_lost:.0f}, not {plain.given_lost:.0f}"
    assert f"{both}; {dying}." in preset("Temperature 0.9").comment

    assert "one jar in eight" in preset("Temperature 1.05").comment
    hot = law(Replace(), 100, 200, 1.05)
    assert hot.lost[200] == pytest.approx(1 / 8, abs=0.01)
    assert hot.mean[200] > 0.4

    assert "nothing happens in 500" in preset("A million marbles").comment
    assert np.sqrt(law(Replace(), 10**6, 500).variance[500]) < 0.01


# --------------------------------------------------------------------------------- overlays


def lost_curves(at, name):
    """Return the curve of that name in the panel of losses, as (x, y)."""
    (line,) = [item for item in trace(main_figure(at), name) if item["yaxis"] == "y2"]
    return numbers(line["x"]), numbers(line["y"])


def test_doubling_samples_and_generations_draws_the_same_curve():
    at = open_page(PAGE, {"doubled": "true", "sample_size": "100", "generations": "100"})
    x, exact = lost_curves(at, "exact")
    stretched, before = lost_curves(at, "before doubling")
    assert x[-1] == stretched[-1] == 200
    assert len(stretched) == 101
    apart = np.abs(np.interp(stretched, x, exact) - before)
    assert apart[10:].max() < 0.02
    # A curve that is only sampled twice as often, and not stretched, is far away.
    assert np.abs(exact[:101] - before).max() > 0.2


def test_without_doubling_there_is_no_second_curve():
    assert not trace(main_figure(open_page(PAGE, {"anchors": "0"})), "before doubling")


def test_the_curves_in_the_picture_are_the_laws():
    at = open_page(PAGE, {"anchors": "1", "generations": "60"})
    exact = law(Anchors(1), 100, 60)
    np.testing.assert_allclose(lost_curves(at, "exact")[1], exact.lost, atol=1e-6)
    (mean,) = [
        item
        for item in trace(main_figure(at), "exact")
        if item["yaxis"] == "y" and item["line"]["dash"] == "dash"
    ]
    np.testing.assert_allclose(numbers(mean["y"]), exact.mean, atol=1e-6)


def test_a_sentence_states_count_exact_chance_and_distance():
    link = {"anchors": "0", "runs": "200", "seed": "1", "generation": "50"}
    at = open_page(PAGE, link, state=MORE)
    caption = clocks(at)["two_colours"]["captions"][50].replace("**", "")
    loop = ClosedLoop(BLUE, Anchors(0), 100, 100)
    lost = int(loop.simulate(200, 1).lost[:, 50].sum())
    exact = loop.exact().lost[50]
    assert f"{lost} of 200" in caption
    assert f"exact: {100 * exact:.1f} %" in caption
    error = np.sqrt(exact * (1 - exact) / 200)
    errors = (lost / 200 - exact) / error
    (told,) = [line for line in said(at).splitlines() if "exact chance is" in line]
    assert f"are without blue; the exact chance is **{100 * exact:.1f} %**" in told
    assert f"(standard error of the runs: {100 * error:.1f} %" in told
    match = re.search(r"; ([\d.]+) standard errors (above|below)", told)
    assert float(match[1]) == pytest.approx(abs(errors), abs=0.051)
    assert (match[2] == "above") == (errors > 0)


def test_the_same_link_is_the_same_picture_and_another_seed_is_not():
    link = {"anchors": "1", "seed": "7"}
    once, again = (open_page(PAGE, link) for _ in range(2))
    assert charts(once) == charts(again)
    assert charts(once) != charts(open_page(PAGE, {**link, "seed": "8"}))


def test_the_button_for_a_new_seed_changes_the_seed():
    at = open_page(PAGE, {"anchors": "1"})
    before = charts(at)
    click(at, "New seed")
    assert setting(at, "seed") == 2
    assert charts(at) != before


def test_slow_motion_shows_the_step_of_the_run():
    at = open_page(PAGE, {"anchors": "0", "generation": "10"}, state={"steps": True})
    assert not at.exception
    given = clocks(at)["steps_clock"]
    assert len(given["frames"]) == len(given["captions"])
    loop = ClosedLoop(BLUE, Anchors(0), 100, 100)
    paths = loop.simulate(200, 1)
    after = paths.mean[paths.run_nearest(50), 11]
    assert f"**{read_lesson('shell').numbers.percent(after)}**" in given["captions"][-1]
    (told,) = {line for line in given["captions"] if "all 100 marbles are drawn" in line}
    assert f"**{round(100 * after)}** of them" in told
