"""Figures hold to Plotly's schema; frames change traces that exist; pages send little."""

import copy

import numpy as np
import opened
import plotly.graph_objects as go
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import (
    ENTRIES,
    PICTURED,
    charts,
    clocks,
    open_page,
    sent,
)

from collapse_core import Anchors, ClosedLoop, RealFraction, Replace, Weighted, families
from collapse_core.figures.guess_place import guessed_share
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.topics.home.figure import home_figure
from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.slow_motion_figure import sample_and_refit_figure
from ui.pictures import PICTURES

MOST_BYTES_AT_THE_DEFAULTS = 300_000
pages = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)


def run(policy=None, sample_size=20, generations=12, replicates=6):
    loop = ClosedLoop(families.Bernoulli(0.1), policy or Replace(), sample_size, generations)
    return loop.simulate(replicates, 3), loop.exact(approximate=True)


@LOOK
def test_two_colours_is_valid(look):
    for policy in (Replace(), Anchors(2), Anchors(2, fresh=False), RealFraction(0.5)):
        paths, law = run(policy)
        for extra in (
            {},
            {"hidden": "not yet"},
            {"guess": guessed_share(5, "x")},
            {"compared": run(policy, 10, 6)[1]},
        ):
            moving = two_colours_figure(paths, law, 0, look=look, alt="A picture.", **extra)
            validated(moving)
            check_frames(moving)


def test_two_colours_without_any_law_shows_the_runs():
    loop = ClosedLoop(families.Bernoulli(0.1), Weighted(0.1, 3), 20, 12, temperature=0.9)
    law = loop.exact()
    assert law.mean is None
    moving = two_colours_figure(loop.simulate(6, 3), law, 0)
    validated(moving)
    assert not [trace for trace in moving.traces if trace.get("name") == "exact"]


@LOOK
def test_the_live_jar_is_valid(look):
    moving = home_figure(*run(), look=look)
    validated(moving)
    check_frames(moving)
    assert len(moving.frames) == 13


@LOOK
@pytest.mark.parametrize("sample_size", [1, 2, 20, 100, 10**6])
def test_slow_motion_is_valid(look, sample_size):
    paths, _ = run(Anchors(2), sample_size)
    for generation in (0, 11):
        moving, facts = sample_and_refit_figure(paths, 0, generation, look=look)
        validated(moving)
        check_frames(moving)
        assert len(facts) == len(moving.frames)
        assert [fact.stage for fact in facts][:1] + [fact.stage for fact in facts][-2:] == [
            "ready",
            "sampled",
            "refitted",
        ]


@pages
def test_every_figure_of_a_page_is_valid(entry, monkeypatch):
    seen, picture = [], MovingFigure.picture

    def listen(self, *given, **more):
        seen.append(self)
        return picture(self, *given, **more)

    monkeypatch.setattr(MovingFigure, "picture", listen)
    PICTURES.clear()  # none is kept from another test
    at = open_page(entry)
    for folded in at.get("expander"):
        if folded.key:
            at.session_state[folded.key] = True
    at.run()
    assert seen or entry not in PICTURED
    for moving in seen:
        validated(moving)
        check_frames(moving)
    for spec in charts(at):
        go.Figure(spec)
    shown = [moving.alt for moving in seen]
    assert {picture["alt"] for picture in opened.pictures(at)} <= set(shown)


@pages
def test_every_clock_has_a_sentence_for_every_frame(entry):
    for given in clocks(open_page(entry)).values():
        assert len(given["captions"]) == len(given["frames"])
        assert all(caption.strip() for caption in given["captions"])
        assert 0 <= given["start"] < len(given["frames"])


def axis_of(reference):
    return f"xaxis{reference.split()[0][1:]}"


@pages
def test_every_axis_says_what_it_is(entry):
    for spec in charts(open_page(entry)):
        notes = spec["layout"].get("annotations", [])
        for name, axis in spec["layout"].items():
            if not name.startswith(("xaxis", "yaxis")) or not axis.get("visible", True):
                continue
            if axis.get("title", {}).get("text"):
                continue
            if name.startswith("xaxis"):  # words below the axis
                assert any(note["xref"].split()[0] == f"x{name[5:]}" for note in notes), name
            else:  # the panel's heading, above its left end
                left = spec["layout"]["xaxis" + name[5:]]["domain"][0]
                headings = [note for note in notes if "<b>" in note["text"] and note["x"] == 0]
                lefts = [spec["layout"][axis_of(note["xref"])]["domain"][0] for note in headings]
                assert left in lefts, name


@pages
def test_no_figure_needs_a_graphics_card(entry):
    for spec in charts(open_page(entry)):
        kinds = {trace["type"] for trace in spec["data"]}
        assert not {kind for kind in kinds if kind.endswith("gl") or kind in ("splom", "scatter3d")}


def test_a_broken_figure_would_be_found():
    moving = home_figure(*run())
    broken = copy.deepcopy(moving)
    broken.traces[0]["mode"] = "dots"
    with pytest.raises(ValueError, match="mode"):
        validated(broken)
    far = MovingFigure(moving.traces, moving.layout, [Frame("0", ({"x": [1], "y": [1]},), (9,))])
    with pytest.raises(AssertionError):
        check_frames(far)


# --------------------------------------------------------------------------- one tick of a figure


def test_a_tick_beyond_the_ends_is_the_nearest_end():
    moving = home_figure(*run())
    for tick, nearest in ((-5, 0), (99, 12)):
        assert moving.at(tick).to_dict() == moving.at(nearest).to_dict()


def test_a_tick_leaves_the_figure_itself_unchanged():
    moving = two_colours_figure(*run(), 0)
    before = repr(moving.traces), repr(moving.layout)
    moving.at(7)
    moving.playable(7)
    assert (repr(moving.traces), repr(moving.layout)) == before


def test_marbles_show_the_share_and_never_lose_the_last_one():
    from collapse_core.topics.two_colours.jar_panel import blue_count, blue_places

    assert [blue_count(share) for share in (0, 1e-9, 0.1, 0.5, 1 - 1e-9, 1)] == [
        0,
        1,
        10,
        50,
        99,
        100,
    ]
    for share in np.linspace(0, 1, 41):
        cells = blue_places(share)
        assert len(set(cells)) == blue_count(share)
        assert {place for cell in cells for place in cell} <= set(range(10))


def test_marbles_are_outlines_that_do_not_touch():
    from collapse_core.topics.two_colours.jar_panel import CORNERS, outlines

    drawn = outlines([(0, 0), (3, 9)])
    x, y = (drawn[axis].reshape(3, CORNERS + 2) for axis in ("x", "y"))
    assert np.isnan(x[:, -1]).all()
    assert (x[0, :-1] < -0.6).all(), "one lies outside: no trace may be empty"
    for number, (across, up) in enumerate([(0, 0), (3, 9)], start=1):
        apart = np.hypot(x[number, :-1] - across, y[number, :-1] - up)
        assert (apart < 0.5).all()


# --------------------------------------------------------------------------- sizes


@pages
def test_a_page_sends_little(entry):
    at = open_page(entry, {"seed": "1"})
    assert sent(at) < MOST_BYTES_AT_THE_DEFAULTS
