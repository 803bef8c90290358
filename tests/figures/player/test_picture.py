"""A picture as bytes: read again it is the same, number by number."""

import json

import numpy as np
import pytest
from opened import unpacked

from collapse_core import Anchors, ClosedLoop, families
from collapse_core.figures.guess_place import guessed_share
from collapse_core.figures.look import LIGHT
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.player.picture import Picture
from collapse_core.topics.two_colours.figure import two_colours_figure


def figure(policy=None, *, seed=1, look=LIGHT, **changes):
    policy = policy or Anchors(0)
    loop = ClosedLoop(families.Bernoulli(0.1), policy, 20, 10)
    return two_colours_figure(loop.simulate(5, seed), loop.exact(), 0, look=look, **changes)


def stamp(moving, **more):
    return unpacked(Picture(moving, **more).packed())["stamp"]


def plain(part):
    """Return a part of a figure with lists for arrays and None for gaps."""
    if isinstance(part, np.ndarray | tuple | range):
        return plain(list(part))
    if isinstance(part, dict):
        return {name: plain(value) for name, value in part.items()}
    if isinstance(part, list):
        return [plain(value) for value in part]
    if isinstance(part, np.generic):
        part = part.item()
    return None if isinstance(part, float) and np.isnan(part) else part


def test_every_number_comes_back():
    moving = figure(guess=guessed_share(5, "guess"))
    read = unpacked(Picture(moving, ["a **b**"] * 11, title="t", about=("x",)).packed())
    assert plain(read["traces"]) == plain(moving.traces)
    assert plain(read["layout"]) == plain(moving.layout)
    assert plain(read["frames"]) == plain([frame.to_dict() for frame in moving.frames])
    assert read["captions"] == ["a **b**"] * 11
    assert (read["title"], read["about"]) == ("t", ["x"])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0] * 20, "i1"),
        ([-1, 127] * 20, "i1"),
        ([0, 255] * 20, "u1"),
        ([-2, 200] * 20, "i2"),
        ([0, 65_535] * 20, "u2"),
        ([-70_000] * 20, "i4"),
        ([2**31] * 20, "f4"),
        ([2**40 + 1] * 20, "f8"),
        ([0.5] * 20, "i1"),
        ([2.0**-30] * 20, "f4"),
        ([0.1] * 20, "i1"),
        ([0.123, -3.5] * 20, "i2"),
        ([0.000123, 41.5] * 20, "i4"),
        ([1 / 3] * 20, "f8"),
        ([1e300] * 20, "f8"),
        (np.full(20, 0.1, dtype=np.float32), "f4"),
        (np.full(3, np.nan), "f4"),
        (range(300), "i2"),
    ],
)
def test_a_smaller_type_only_where_every_value_survives(values, kind):
    moving = MovingFigure([{"type": "scatter", "y": values}], {}, [])
    packed = Picture(moving).packed()
    length = int.from_bytes(packed[:4], "little")
    assert json.loads(packed[20 : 20 + length])["traces"][0]["y"]["$"][0] == kind
    read = np.asarray(unpacked(packed)["traces"][0]["y"], dtype=np.float64)  # None is NaN
    np.testing.assert_array_equal(read, np.asarray(values, dtype=np.float64))


def test_gaps_and_words_stay_what_they_are():
    words = {"type": "scatter", "text": ["ü"] * 30, "x": [None] * 30}
    trace = words | {"y": [1.0, None, float("nan"), float("inf")]}
    read = unpacked(Picture(MovingFigure([trace], {}, [Frame("0", [{"y": [2]}], [0])])).packed())
    assert read["traces"][0] == words | {"y": [1.0, None, None, None]}
    assert read["frames"] == [{"name": "0", "data": [{"y": [2]}], "traces": [0]}]


def test_the_same_picture_has_the_same_stamp():
    assert stamp(figure()) == stamp(figure())


@pytest.mark.parametrize(
    "changes",
    [
        {"policy": Anchors(1)},
        {"seed": 2},
        {"look": LIGHT.sized(1.35)},
        {"hidden": "guess first"},
        {"guess": guessed_share(5, "guess")},
        {"names": ("red", "green")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_picture_has_another_stamp(changes):
    assert stamp(figure(**changes)) != stamp(figure())


@pytest.mark.parametrize("more", [{"captions": ["a"]}, {"title": "a"}, {"name": "a"}], ids=repr)
def test_other_words_have_another_stamp(more):
    assert stamp(figure(), **more) != stamp(figure())
