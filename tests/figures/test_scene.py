"""Scenes: words that must be there, places that do not overlap, frames, legends, what is hidden."""

import numpy as np
import pytest

from collapse_core import ClosedLoop, Replace, families
from collapse_core.figures.arrangement import grid
from collapse_core.figures.curve_names import name_of_curve, placed_names
from collapse_core.figures.guess_place import guessed_share
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT
from collapse_core.figures.panel import STYLES
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.lessons.lesson import LessonError
from collapse_core.topics.two_colours import two_colours_figure

WORDS = {key: f"the {key}" for key in (*STYLES, "runs", "one", "other", "gone", "area")}
COURSE = np.array([0.1, 0.2, 0.4])


def scene_of(look=LIGHT, words=WORDS, **gaps):
    return Scene("two_colours", look, words, **gaps)


def panel_of(scene, **options):
    return scene.panel("one", "other", x=time_axis(2), y=share_axis(), **options)


def everything(panel, law):
    panel.runs(np.array([COURSE, 2 * COURSE]))
    panel.lines(highlighted=COURSE, mean=COURSE, median=None)
    panel.band("area", COURSE, 2 * COURSE)
    panel.law(law, "mean")
    panel.guess(guessed_share(1, "the label"))
    panel.add({"mode": "markers", "x": [0], "y": [1], "name": "raw"}, [{"x": [1]}] * 3)
    panel.hand(COURSE)


def law_of_two(**changes):
    return ClosedLoop(families.Bernoulli(0.1), Replace(), 5, 2, **changes).exact(approximate=True)


# ---------------------------------------------------------------------------------------- words


def test_a_missing_word_is_an_error_that_says_where():
    with pytest.raises(LessonError, match=r"two_colours.toml has no text 'nothing' in \[figure\]"):
        scene_of().panel("nothing", x={}, y={})
    with pytest.raises(LessonError, match=r"no text 'mean' in \[figure\]"):
        panel_of(scene_of(words={"one": "1", "other": "2"})).line("mean", COURSE)
    with pytest.raises(LessonError, match=r"no table \[pictures\]"):
        Scene("two_colours", LIGHT, table="pictures").word("one")


def test_a_figure_that_lacks_one_word_is_an_error():
    loop = ClosedLoop(families.Bernoulli(0.1), Replace(), 5, 2)
    words = dict(Scene("two_colours", LIGHT).lesson.words("figure"))
    paths, law = loop.simulate(3, 1), loop.exact()
    moving = two_colours_figure(paths, law, 0, words=words)
    assert moving.layout == two_colours_figure(paths, law, 0).layout
    del words["median"]
    with pytest.raises(LessonError, match="'median'"):
        two_colours_figure(paths, law, 0, words=words)


def test_gaps_are_filled_and_one_that_nobody_fills_is_an_error():
    scene = scene_of(words={"one": "{rare} of {count}", "other": "{lost}"}, rare="blue")
    assert scene.word("one", count=3) == "blue of 3"
    with pytest.raises(LessonError, match=r"\[figure\] other: cannot fill in 'lost'"):
        scene.word("other")


# --------------------------------------------------------------------------------------- places


@pytest.mark.parametrize("columns", range(1, 8))
def test_a_grid_stays_inside_the_figure(columns):
    for place in grid(10, columns, 0.025, 0.03):
        assert all(0.0 <= end <= 1.0 for end in place)


def test_a_grid_fills_the_page_in_rows():
    places = grid(3, 2, 0.1, 0.2)
    assert np.allclose(places, [(0, 0.45, 0.6, 1), (0.55, 1, 0.6, 1), (0, 0.45, 0, 0.4)])


def test_a_figure_of_its_own_layout_keeps_it_and_has_no_named_panels():
    scene = scene_of(places=[(0.1, 0.4, 0.2, 0.9)])
    panel_of(scene)
    moving = scene.figure()
    assert moving.panels == []
    assert [moving.layout[axis]["domain"] for axis in ("xaxis", "yaxis")] == [
        [0.1, 0.4],
        [0.2, 0.9],
    ]


def test_panels_stand_in_a_row_as_wide_as_they_say():
    scene = scene_of()
    for width in (1.0, 3.0):
        panel_of(scene, width=width)
    moving = scene.figure()
    first, second = (moving.layout[axis]["domain"] for axis in ("xaxis", "xaxis2"))
    assert first[0] == 0.0
    assert second[1] == pytest.approx(1.0)
    assert 3 * (first[1] - first[0]) == pytest.approx(second[1] - second[0])
    assert second[0] - first[1] == pytest.approx(0.06)


def test_the_player_is_told_which_panels_there_are():
    scene = scene_of(words=WORDS | {"short": "a &amp; b"})
    upper = panel_of(scene, leads=True, up=(0.3, 1.0))
    panel_of(scene, within=upper, up=(0.0, 0.2))
    panel_of(scene, button="short", width=0.5)
    parts = [
        {"x": "x", "y": "y", "across": [0.0, 1.0], "up": [0.3, 1.0]},
        {"x": "x2", "y": "y2", "across": [0.0, 1.0], "up": [0.0, 0.2]},
        {"x": "x3", "y": "y3", "across": [0.0, 1.0], "up": [0.0, 1.0]},
    ]
    assert scene.figure().panels == [
        {"name": "the one", "leads": True, "width": 1.0, "parts": parts[:2]},
        {"name": "a & b", "leads": False, "width": 0.5, "parts": parts[2:]},
    ]
    assert scene.layout["yaxis2"]["domain"] == [0.0, 0.2]


def test_a_name_at_a_curve_is_not_in_the_legend():
    scene = scene_of()
    panel_of(scene).lines(mean=COURSE, median=COURSE, at_curve=True)
    moving = scene.figure()
    assert not any(trace["showlegend"] for trace in moving.traces)
    assert moving.twins == []
    notes = {note["text"]: note for note in moving.layout["annotations"]}
    mean, median = notes["the mean"], notes["the median"]
    assert (mean["xref"], mean["yref"], mean["x"], mean["xanchor"]) == ("x", "y", 2.0, "right")
    assert mean["y"] == median["y"] == pytest.approx(0.4)
    assert abs(mean["yshift"] - median["yshift"]) >= 15


def test_a_curve_without_a_point_is_not_named():
    scene = scene_of()
    panel_of(scene).line("mean", np.full(3, np.nan), at_curve=True)
    panel_of(scene, hidden="guess first").line("mean", COURSE, at_curve=True)
    assert "the mean" not in [note["text"] for note in scene.figure().layout["annotations"]]


@pytest.mark.parametrize("height", [120.0, 235.0, 430.0])
@pytest.mark.parametrize(
    "ends", [(0.0, 0.0, 0.0, 0.0), (0.0, 0.5, 0.52, 1.0), (1.0, 1.0, 0.99, 0.4)]
)
def test_names_at_curves_do_not_cover_each_other(ends, height):
    axes = ({"range": [0, 10]}, {"range": [0, 1]})
    names = [name_of_curve("a", "text", [0, 10], [0.5, end], axes, 1.0) for end in ends]
    places = [place["y"] * height + place["yshift"] for place in placed_names(names, axes)]
    assert np.diff(sorted(places)).min() >= 15 - 1e-9
    assert min(places) >= 7
    assert max(places) <= height - 7


def test_a_name_stands_at_its_curve_on_a_logarithmic_axis():
    axes = ({"range": [0, 10]}, {"type": "log", "range": [-2.0, 2.0]})
    name = name_of_curve("a", "text", [0, 5, 10], [1.0, 10.0, 0.0], axes, 1.0)
    (place,) = placed_names([name], axes)
    assert (place["x"], place["y"]) == (5.0, 1.0)


# --------------------------------------------------------------------------- what is drawn on them


def test_a_hidden_panel_shows_no_answer():
    scene = scene_of()
    everything(panel_of(scene, hidden="guess first"), law_of_two())
    unseen, guess, hand = scene.traces
    assert (unseen["x"], unseen["y"], unseen["hoverinfo"]) == ([None], [None], "skip")
    assert (guess["meta"], guess["y"], guess["visible"]) == ("guess", [None], False)
    moving = scene.figure()
    assert hand["xaxis"] == "x"
    assert [frame.traces for frame in moving.frames] == [(2,)] * 3
    assert all(frame.data[0]["y"] == [0.0, 1.0, None, None] for frame in moving.frames)
    assert "guess first" in [note["text"] for note in moving.layout["annotations"]]


def test_words_over_a_hidden_panel_have_axes_though_nothing_is_drawn_on_it():
    scene = scene_of()
    hidden, seen = panel_of(scene, hidden="guess first"), panel_of(scene)
    assert [trace["xaxis"] for trace in scene.traces] == [hidden.x]
    assert not scene.traces[0]["showlegend"]
    scene.unseen(seen.axes)
    assert scene.traces[1]["xaxis"] == seen.x


def test_frames_carry_only_what_moves():
    scene = scene_of()
    everything(panel_of(scene), law_of_two())
    moving = scene.figure("A picture.")
    moved = [number for number, trace in enumerate(scene.traces) if trace["mode"] != "lines"]
    moved = [number for number in moved if scene.traces[number].get("name") != "your guess"]
    assert moving.alt == "A picture."
    assert [frame.name for frame in moving.frames] == ["0", "1", "2"]
    assert {frame.traces for frame in moving.frames} == {tuple(moved)}
    assert moving.frames[1].data[1] == {"x": [1, 1, None, 1], "y": [0.0, 1.0, None, 0.2]}


def test_traces_that_move_for_different_times_are_refused():
    scene = scene_of()
    panel_of(scene).hand(COURSE)
    panel_of(scene).hand(COURSE[:2])
    with pytest.raises(ValueError, match="shorter"):
        scene.figure()


def test_a_name_is_in_the_legend_once_and_its_twins_are_known():
    scene = scene_of()
    for _ in range(2):
        everything(panel_of(scene), law_of_two())
    shown = [t["name"] for t in scene.traces if t.get("name") and t.get("showlegend", True)]
    assert len(shown) == len(set(shown))
    unsaid = {"the runs", "your guess"}  # never in it: the run that is followed is, and its cross
    assert set(shown) == {t["name"] for t in scene.traces if t.get("name")} - unsaid
    twins = [scene.traces[number]["name"] for number in scene.figure().twins]
    assert twins == shown


def test_the_law_says_whether_it_is_exact():
    scene = scene_of()
    panel, law = panel_of(scene), law_of_two()
    panel.law(law, "mean")
    panel.law(type(law)(2, mean=law.mean, approximations={"mean": "some"}), "mean")
    panel.law(type(law).unknown(2), "mean")
    told = [(trace["name"], trace["line"]["dash"]) for trace in scene.traces]
    assert told == [("the exact", "dash"), ("the approximation", "dashdot")]


def test_a_logarithmic_panel_places_all_that_is_drawn():
    scene, axis = scene_of(), LogAxis(-2, 1)
    panel = scene.panel("one", x=time_axis(2), y=axis)
    values = np.array([0.0, 0.1, 1.0])
    panel.lines(mean=values)
    panel.hand(values)
    frame = scene.figure().frames[0]
    assert np.allclose(scene.traces[0]["y"], axis.places(values))
    assert frame.data[0]["y"] == [*axis.ends, None, float(f"{axis.floor:.5g}")]
    assert "the gone" in scene.layout["yaxis"]["ticktext"]
