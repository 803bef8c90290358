"""What every moving figure must hold to, and the looks it is drawn in."""

import plotly.graph_objects as go
import pytest

from collapse_core.figures.look import DARK, LIGHT

LOOKS = [LIGHT, DARK, LIGHT.sized(1.35)]
LOOK = pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "projector"])


def validated(moving):
    """Build a figure with all of Plotly's checks; it raises where the schema is broken."""
    frames = [go.Frame(**frame.to_dict()) for frame in moving.frames]
    return go.Figure(data=moving.traces, layout=moving.layout, frames=frames)


def check_frames(moving):
    names = [frame.name for frame in moving.frames]
    assert len(set(names)) == len(names)
    for frame in moving.frames:
        assert len(frame.data) == len(frame.traces) == len(set(frame.traces))
        for index, change in zip(frame.traces, frame.data, strict=True):
            assert 0 <= index < len(moving.traces)
            assert set(change) <= set(moving.traces[index]), "a frame only changes what is there"
            if {"x", "y"} <= set(change):
                assert len(change["x"]) == len(change["y"])
