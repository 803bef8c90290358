"""What is left untold is a question mark in a sentence, and nothing in a picture."""

import numpy as np
import pytest

from collapse_core.figures.look import LIGHT
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.untold import leaving_untold, untold_now
from collapse_core.topics.exact_law import TELLS_THE_LAW

FACTS = {"t": 50, "lost": 64, "runs": 100, "rare": "blue", "chance": 0.648}


def test_an_untold_gap_is_a_question_mark_whatever_its_format():
    lesson = read_lesson("two_colours")
    told = lesson.say("captions", "lost_exact", FACTS)
    assert told == "After 50 generations **64** of 100 runs have lost blue; exact: **64.8 %**."
    untold = lesson.without({"chance"}).say("captions", "lost_exact", FACTS)
    assert untold == "After 50 generations **64** of 100 runs have lost blue; exact: **?**."
    assert lesson.say("captions", "lost_exact", FACTS) == told, "the lesson itself is as it was"


def test_an_untold_gap_need_not_be_known():
    lesson = read_lesson("two_colours").without({"nowhere"})
    assert "64.8" in lesson.say("captions", "lost_exact", FACTS)


def test_an_untold_heading_is_empty_and_the_others_stay():
    lesson = read_lesson("two_colours").without({"columns.chance"})
    assert lesson.say("columns", "chance", rare="blue") == ""
    assert lesson.words("columns")["chance"] == ""
    assert lesson.say("columns", "lost", rare="blue") == "runs without blue"
    assert read_lesson("two_colours").words("columns")["chance"]


def curves():
    scene = Scene("two_colours", LIGHT, common="yellow", rare="blue")
    panel = scene.panel("share", x=time_axis(3), y=share_axis())
    panel.line("exact", np.zeros(4), at_curve=True)
    panel.line("mean", np.ones(4))
    panel.band("band", np.zeros(4), np.ones(4))
    panel.points("exact", [1], [1], "circle", 5, "text")
    panel.corner(("-", "text", "exact"), ("-", "text", "median"))
    figure = scene.figure()
    notes = [note["text"] for note in figure.layout["annotations"]]
    return [trace.get("name") for trace in figure.traces], " ".join(notes)


def test_an_untold_curve_is_not_drawn_and_not_named():
    names, notes = curves()
    assert names == ["exact", "mean", "exact 10 to 90 % band", "exact"]
    assert "exact" in notes
    with leaving_untold({"figure.exact", "figure.band"}):
        names, notes = curves()
    assert names == ["mean"]
    assert "exact" not in notes
    assert "median" in notes
    assert untold_now() == frozenset()


def test_it_is_told_again_after_an_error():
    with pytest.raises(ValueError, match="no"), leaving_untold({"figure.exact"}):
        raise ValueError("no")
    assert untold_now() == frozenset()


@pytest.mark.parametrize("topic", list(TELLS_THE_LAW))
def test_what_tells_the_law_is_in_the_lesson(topic):
    """A name that nobody uses would hide nothing."""
    try:
        keys = [topic, "density_tails"] if topic == "vanishing_tails" else [topic]
        lessons = [read_lesson(key) for key in keys]
    except ValueError:
        pytest.skip(f"no page {topic!r} here")
    texts = "".join(str(lesson.tables) + lesson.alt for lesson in lessons)
    for name in TELLS_THE_LAW[topic]:
        table, _, key = name.partition(".")
        if key:
            assert any(key in lesson.tables.get(table, {}) for lesson in lessons), name
        else:
            assert f"{{{name}" in texts, name
