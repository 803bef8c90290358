"""Scenes: words that must be there, places that do not overlap, frames, legends, what is hidden."""

from importlib import import_module
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import collapse_core.topics
from collapse_core import ClosedLoop, Replace, families
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT
from collapse_core.figures.panel import STYLES
from collapse_core.figures.scene import Scene, Sheet, grid, row, share_axis, time_axis
from collapse_core.lessons.lesson import LessonError
from collapse_core.topics.two_colours import two_colours_figure

WORDS = {key: f"the {key}" for key in (*STYLES, "runs", "guess", "one", "other", "gone", "area")}
NARROW = LIGHT.sized(1.0, True)
COURSE = np.array([0.1, 0.2, 0.4])


def scene_of(look=LIGHT, words=WORDS, **gaps):
    return Scene("two_colours", look, row(1, 2), words, **gaps)


def panel_of(scene, **options):
    return scene.panel("one", "other", x=time_axis(2), y=share_axis(), **options)


def everything(panel, law):
    panel.runs(np.array([COURSE, 2 * COURSE]))
    panel.lines(highlighted=COURSE, mean=COURSE, median=None)
    panel.band("area", COURSE, 2 * COURSE)
    panel.law(law, "mean")
    panel.guess((1, 0.3))
    panel.add({"mode": "markers", "x": [0], "y": [1], "name": "raw"}, [{"x": [1]}] * 3)
    panel.hand(COURSE)


def law_of_two(**changes):
    return ClosedLoop(families.Bernoulli(0.1), Replace(), 5, 2, **changes).exact(approximate=True)


# ---------------------------------------------------------------------------------------- words


def test_a_missing_word_is_an_error_that_says_where():
    with pytest.raises(LessonError, match=r"two_colours.toml has no text 'nothing' in \[figure\]"):
        scene_of().panel("nothing", x={}, y={})
    with pytest.raises(LessonError, match=r"no text 'guess' in \[figure\]"):
        panel_of(scene_of(words={"one": "1", "other": "2"})).guess((1, 0.5))
    with pytest.raises(LessonError, match=r"no table \[pictures\]"):
        Scene("two_colours", LIGHT, row(1), table="pictures").word("one")


def test_a_figure_that_lacks_one_word_is_an_error():
    loop = ClosedLoop(families.Bernoulli(0.1), Replace(), 5, 2)
    words = dict(Scene("two_colours", LIGHT, row(1)).lesson.words("figure"))
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
    for place in grid(10, [1.0] * columns, 0.025, 0.03):
        assert all(0.0 <= end <= 1.0 for end in place)


def sheets_of_topics():
    """Return the sheets of every figure, by the name of its module."""
    topics = Path(collapse_core.topics.__file__).parent
    names = [f"{path.parent.name}.{path.stem}" for path in sorted(topics.glob("*/*figure.py"))]
    modules = {name: import_module(f"collapse_core.topics.{name}") for name in names}
    return {name: found.SHEETS for name, found in modules.items() if hasattr(found, "SHEETS")}


SHEETS = sheets_of_topics() | {"row": row(1, 1, 2)}


@pytest.mark.parametrize("sheets", SHEETS.values(), ids=list(SHEETS))
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_places_do_not_overlap(sheets, narrow):
    sheet = sheets[narrow]
    places = [sheet.domains(number, narrow) for number in range(len(sheet.places))]
    for place in places:
        assert all(0.0 <= low < high <= 1.0 for low, high in place)
    for one, other in combinations(places, 2):
        apart = [a[1] <= b[0] or b[1] <= a[0] for a, b in zip(one, other, strict=True)]
        assert any(apart), (one, other)


def test_a_grid_fills_the_page_in_rows():
    places = grid(5, [1, 1, 2], 0.1, 0.2)
    assert np.allclose(places[0], (0.0, 0.2, 0.6, 1.0))
    assert np.allclose(places[2], (0.6, 1.0, 0.6, 1.0))
    assert np.allclose(places[4], (0.3, 0.5, 0.0, 0.4))


def test_a_phone_has_its_own_places_and_margins():
    sheets = Sheet(300, [(0.1, 0.4)]), Sheet(500, [(0.2, 0.9)], bottom=100)
    wide, narrow = (Scene("two_colours", look, sheets, WORDS) for look in (LIGHT, NARROW))
    for scene in (wide, narrow):
        panel_of(scene)
    assert [wide.layout[axis]["domain"] for axis in ("xaxis", "yaxis")] == [[0.1, 0.4], [0, 1]]
    assert [narrow.layout[axis]["domain"] for axis in ("xaxis", "yaxis")] == [[0, 1], [0.2, 0.9]]
    assert (narrow.layout["height"], narrow.layout["margin"]["b"]) == (500, 100)


# --------------------------------------------------------------------------- what is drawn on them


def test_a_hidden_panel_shows_no_answer():
    scene = scene_of()
    everything(panel_of(scene, hidden="guess first"), law_of_two())
    (hand,) = scene.traces
    moving = scene.figure()
    assert hand["xaxis"] == "x"
    assert [frame.traces for frame in moving.frames] == [(0,)] * 3
    assert all(frame.data[0]["y"] == [0.0, 1.0, None, None] for frame in moving.frames)
    assert "guess first" in [note["text"] for note in moving.layout["annotations"]]


def test_frames_carry_only_what_moves():
    scene = scene_of()
    everything(panel_of(scene), law_of_two())
    moving = scene.figure("A picture.")
    moved = [number for number, trace in enumerate(scene.traces) if trace["mode"] != "lines"]
    moved = [number for number in moved if scene.traces[number].get("name") != "the guess"]
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


def test_a_name_is_in_the_legend_once():
    scene = scene_of()
    for _ in range(2):
        everything(panel_of(scene), law_of_two())
    shown = [t["name"] for t in scene.traces if t.get("name") and t.get("showlegend", True)]
    assert len(shown) == len(set(shown))
    assert set(shown) == {t["name"] for t in scene.traces if t.get("name")}


def test_a_panel_without_names_leaves_them_to_the_next():
    scene = scene_of()
    for named in (False, True):
        everything(panel_of(scene, named=named), law_of_two())
    shown = {t["xaxis"] for t in scene.traces if t.get("name") and t.get("showlegend", True)}
    assert shown == {"x2"}


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
