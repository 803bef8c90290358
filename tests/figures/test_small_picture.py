"""A figure drawn small: its points are where the figure has them."""

import re

import numpy as np
import pytest

from collapse_core.figures.look import DARK, LIGHT
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.figures.small_image import small_image
from collapse_core.figures.small_picture import HEIGHT, WIDTH, in_look, small_picture
from collapse_core.figures.small_place import EDGE, places_of

LINEAR = {"xaxis": {"range": [0, 10]}, "yaxis": {"range": [-1, 1]}}
PARTS = [{"x": "x", "y": "y"}]


def place(layout):
    return places_of(layout, PARTS, WIDTH, HEIGHT)[0]


def test_the_ends_of_the_axes_are_the_ends_of_the_picture():
    corners = place(LINEAR).points({"x": [0, 10], "y": [-1, 1]})
    wide, high = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    assert np.allclose(corners, [[EDGE, EDGE + high], [EDGE + wide, EDGE]])


def test_powers_are_placed_by_their_logarithm_and_gaps_stay_gaps():
    layout = {"xaxis": {"range": [0, 2], "type": "log"}, "yaxis": {"range": [0, 1]}}
    points = place(layout).points({"x": [1, 10, 100, 0], "y": [0, None, 1, 1]})
    assert points[2, 0] - points[0, 0] == pytest.approx(2 * (points[1, 0] - points[0, 0]))
    assert np.isnan(points[1, 1])
    assert not np.isfinite(points[3, 0])


def test_a_square_panel_stays_square():
    layout = {
        "xaxis": {"range": [0, 1]},
        "yaxis": {"range": [0, 1], "scaleanchor": "x"},
    }
    assert place(layout).width == place(layout).height == HEIGHT - 2 * EDGE


def figure():
    scene = Scene("two_colours", LIGHT, common="yellow", rare="blue")
    panel = scene.panel("share", "generation", x=time_axis(4), y=share_axis(0.0, 1.0), leads=True)
    panel.runs(np.tile(np.linspace(1.0, 0.0, 5), (30, 1)))
    panel.line("highlighted", [0.0, 0.25, 0.5, 0.75, 1.0])
    panel.hand([0.0, 0.25, 0.5, 0.75, 1.0])
    return scene.figure()


def test_lines_marks_and_the_clock_are_drawn_at_a_tick():
    drawn = [small_picture(figure(), tick) for tick in (0, 4)]
    assert drawn[0] != drawn[1], "the hand moves"
    for picture in drawn:
        assert picture.count("<path") <= 2 + 12 + 1 + 1, "of many runs the first are drawn"
        assert LIGHT.blue.lower() in picture
        numbers = [float(number) for number in re.findall(r"[ML ]([\d.]+) [\d.]+", picture)]
        assert max(numbers) <= WIDTH


def test_it_takes_the_colours_of_a_look():
    dark = in_look(small_picture(figure(), 2), DARK)
    assert DARK.blue in dark
    assert LIGHT.blue.lower() not in dark


def test_an_image_is_small_and_what_is_none_is_refused():
    from PIL import Image

    image = Image.effect_noise((90, 90), 60)
    import base64
    import io

    stream = io.BytesIO()
    image.save(stream, format="PNG")
    source = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
    small = small_image(source, 30)
    assert len(small) < len(source) / 3
    with pytest.raises(ValueError, match="source must be an image"):
        small_image("https://example.org/picture.png", 30)
