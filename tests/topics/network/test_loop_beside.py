"""Another loop beside the one that is asked for: what it is, how it is drawn, what is said."""

import numpy as np
import pytest
from checked_figures import check_frames, validated
from opened import entry_named, open_page, said

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.network.beside import beside_of, compare, names_of, shared_lines
from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.report import to_csv
from collapse_core.topics.network.sentences import NetworkSentences
from collapse_core.topics.network.steps import MEASURES

ENTRY = entry_named("network")
LESSON = read_lesson("network")
ASKED = ListeningNetwork(model="pca", code=8, noise=1.0, generations=8)
LINK = {"model": "pca", "code": "8", "noise": "1.0", "generations": "8", "generation": "8"}
MOST_NAMES = 5  # in a legend


@pytest.fixture(scope="module")
def steps():
    return ASKED.run()


@pytest.fixture(scope="module")
def others():
    return {kind: beside_of(ASKED, kind).run() for kind in ("other_loop", "no_noise")}


def test_what_is_beside_it():
    assert beside_of(ASKED, "alone") is None
    assert beside_of(ASKED, "other_loop").loop == "retrained"
    back = beside_of(beside_of(ASKED, "other_loop"), "other_loop")
    assert back == ASKED
    assert beside_of(ASKED, "no_noise").noise == 0.0
    assert beside_of(ListeningNetwork(), "no_noise") is None, "it would be the same"
    assert beside_of(ListeningNetwork(model="translators"), "other_loop") is None


def test_the_same_loop_is_alike_in_everything(steps):
    assert all(row.alike for row in compare(steps, steps, 8))
    assert compare(steps, steps, 0) == []
    assert compare(steps, steps[:3], 5) == [], "not computed yet"


def test_frozen_and_retrained_are_compared(steps, others):
    found = {row.measure: row for row in compare(steps, others["other_loop"], 8)}
    assert found["different"].alike
    kept = found["kept"]
    assert kept.other > kept.value + 0.1
    assert not kept.alike
    spoken = NetworkSentences(LESSON, ASKED, steps, False, "other_loop", others["other_loop"])
    (note,) = spoken.notes(8)
    alike, unlike = note.split("**not alike**")
    assert "After 8 passes, against the retrained loop: **alike** in images that differ" in alike
    assert "meaning kept" in unlike
    assert spoken.notes(0) == []
    waiting = NetworkSentences(LESSON, ASKED, steps, True, "other_loop", others["other_loop"])
    assert waiting.notes(8) == []


@pytest.mark.parametrize("kind", ["other_loop", "no_noise"])
def test_the_other_loop_lies_over_the_curves(steps, others, kind):
    figure = network_figure(ASKED, steps, beside=kind, others=others[kind], alt="Two loops.")
    check_frames(figure)
    validated(figure)
    name = LESSON.text("figure", names_of(ASKED, kind)[1])
    drawn = [trace for trace in figure.traces if trace.get("name") == name]
    assert len(drawn) == 7  # different, kept, apart, effective dimension, spread, both drifts
    assert all(trace["line"]["dash"] == "dot" for trace in drawn)
    assert all(trace["marker"]["symbol"] == "diamond-open" for trace in drawn)
    alone = network_figure(ASKED, steps, alt="One loop.")
    assert len(figure.panels) == len(alone.panels) + 1


@pytest.mark.parametrize("kind", ["other_loop", "no_noise"])
def test_legends_stay_short(steps, others, kind):
    figure = network_figure(ASKED, steps, beside=kind, others=others[kind])
    leading = [panel for panel in figure.panels if panel["leads"]]
    for shown in ([*leading, panel] for panel in figure.panels):
        axes = {part["x"] for panel in shown for part in panel["parts"]}
        names = {
            trace["name"]
            for number, trace in enumerate(figure.traces)
            if trace["xaxis"] in axes
            and trace.get("name")
            and (trace.get("showlegend", True) or number in figure.twins)
        }
        assert len(names) <= MOST_NAMES, names


def test_a_loop_that_is_still_computed_is_drawn_so_far(steps, others):
    figure = network_figure(ASKED, steps, beside="other_loop", others=others["other_loop"][:3])
    check_frames(figure)
    columns = NetworkSentences(
        LESSON, ASKED, steps, False, "other_loop", others["other_loop"][:3]
    ).columns()
    late = columns["meaning kept, retrained"]
    assert len(late) == 9
    assert np.isnan(late[3:]).all()


def test_the_tables_have_both(steps, others):
    text = to_csv(ASKED, steps, "retrained", others["other_loop"])
    head = next(line for line in text.splitlines() if not line.startswith("#"))
    assert head.split(",")[-len(MEASURES) :] == [f"retrained_{name}" for name in MEASURES]


def test_the_page_shows_both():
    at = open_page(ENTRY, {**LINK, "beside": "no_noise"}, state={"more_precisely": True})
    assert "After 8 passes, against the loop without noise in its code:" in said(at)
    assert "at most two standard errors" in said(at)


def test_what_has_nothing_beside_it_is_told():
    at = open_page(ENTRY, {"generations": "8", "beside": "no_noise", "generation": "8"})
    assert "the loop without it is this one" in said(at)


def test_nothing_is_trained_beside_it_before_the_guess(first_part_only):
    at = open_page(ENTRY)
    at.selectbox(key="network/beside").set_value("other_loop").run()
    assert not [node for node in at.button if "beside" in str(node.key)]


def test_the_lines_of_python_make_both():
    assert "beside_of" not in shared_lines(ASKED, "alone", 3)
    lines = shared_lines(ASKED, "no_noise", 3)
    assert 'others = beside_of(experiment, "no_noise").run()' in lines
    assert "import ListeningNetwork, network_figure, beside_of" in lines
