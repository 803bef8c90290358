"""A picture of a reader's own data goes with the session; all others are kept for everyone."""

from streamlit.testing.v1 import AppTest

from ui.pictures import PICTURES


def shown(private):
    """Show a picture of one dot in a session; return whether the session keeps pictures."""
    script = f"""
import streamlit as st
from collapse_core.figures.look import LIGHT
from collapse_core.figures.scene import Scene
from ui.pictures import show

def picture():
    scene = Scene("home", LIGHT, {{"dot": "dot"}})
    panel = scene.panel(x={{"range": [0, 1]}}, y={{"range": [0, 1]}})
    panel.points("dot", [0.5], [0.5], "circle", 5, "blue")
    return scene.figure("One dot.").picture(name="dot", saves=False)

show(picture, "private {private}", key="dot", private={private})
"""
    at = AppTest.from_string(script).run()
    assert not at.exception, at.exception
    return "own_pictures" in at.session_state


def test_it_is_not_kept_for_others():
    before = len(PICTURES)
    assert shown(private=True)
    assert len(PICTURES) == before
    assert not shown(private=False)
    assert len(PICTURES) == before + 1
