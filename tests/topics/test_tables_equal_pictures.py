"""The tables of a page have the numbers of its picture: every curve, at its ticks, by its name."""

import numpy as np
import pytest
from headings_of_curves import HEADINGS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_in_tables import faults_of_tables, numbers, plain, standing, title_of
from whole_ranges import anywhere, short

from collapse_core.figures.curves import Curve, with_curves
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.registry import all_topics, topic_named

# Pictures and settings in which other curves are drawn.
VIEWS = {
    "bell_curve": ({}, {"picture": "several"}, {"picture": "kernel"}),
    "exponential_families": ({}, {"doubled": True}),
    "two_colours": ({}, {"doubled": True}),
    "network": ({}, {"beside": "other_loop"}),
    "polluted_web": ({}, {"generations": 12}),
}
CASES = [(topic.key, view) for topic in all_topics() for view in VIEWS.get(topic.key, ({},))]
# What takes seconds to run; `.ci/full` draws them.
SLOW = {"any_model", "digits_photographs", "early_warning", "network", "room"}


def marks(key):
    return [pytest.mark.full] if key in SLOW else []


cases = pytest.mark.parametrize(
    ("key", "view"),
    [
        pytest.param(key, view, id="-".join([key, *map(str, view.values())]), marks=marks(key))
        for key, view in CASES
    ],
)
every_topic = pytest.mark.parametrize(
    "key", [pytest.param(topic.key, marks=marks(topic.key)) for topic in all_topics()]
)


def shown_for(key, view):
    topic = topic_named(key)
    return topic.shown(read_lesson(key), topic.ask(short(topic) | view))


@cases
def test_each_curve_stands_in_the_table_under_its_name(key, view):
    shown = shown_for(key, view)
    for tick in {0, shown.start}:
        assert not faults_of_tables(shown, key, tick, HEADINGS.get(key, {}))


@pytest.mark.parametrize(("key", "view"), [("bell_curve", {}), *CASES[-3:]])
def test_a_column_that_is_shifted_renamed_or_gone_is_found(key, view):
    shown = shown_for(key, view)
    table = {name: cells for name, cells in shown.table(0).items() if cells is not None}
    assert not faults_of_tables(shown, key, 0, HEADINGS.get(key, {}), table)
    found = 0
    for name, cells in list(table.items())[1:]:
        shifted = [cells[0], *list(cells)[:-1]]
        if any(isinstance(cell, str) for cell in cells) or np.allclose(shifted, cells):
            continue
        for wrong in (
            table | {name: shifted},
            {heading if heading != name else "?": values for heading, values in table.items()},
            {heading: values for heading, values in table.items() if heading != name},
        ):
            found += bool(faults_of_tables(shown, key, 0, HEADINGS.get(key, {}), wrong))
    curves = len(shown.draw().curves)
    assert found >= 3 * (curves // 2), "most columns are those of curves"


@pytest.mark.full
@pytest.mark.parametrize("key", [topic.key for topic in all_topics()])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_each_curve_stands_in_the_table_whatever_is_asked(key, data):
    topic = topic_named(key)
    values = data.draw(anywhere(topic))
    try:
        shown = topic.shown(read_lesson(key), topic.ask(values))
    except ValueError:
        return
    if not values.get("side_by_side"):
        assert not faults_of_tables(shown, key, shown.start)


def test_families_side_by_side_stand_at_the_tick_that_is_shown():
    shown = shown_for("exponential_families", {"side_by_side": True})
    words = read_lesson("exponential_families").words("columns")
    for tick in (0, shown.last):
        table, drawn = shown.columns(tick), {}
        for trace in standing(shown.draw(), tick)[0]:
            drawn.setdefault(trace.get("name"), []).append(trace)
        for name, column in (("mean", "average"), ("median", "median"), ("this run", "own")):
            at = np.array([numbers(trace["y"])[tick] for trace in drawn[name]])
            floor = np.array([min(numbers(gone["y"])) for gone in drawn["gone"]])
            told = np.array(table[words[column]], dtype=float)
            seen = at > floor * 1.0001
            assert seen.any()
            np.testing.assert_allclose(told[seen], at[seen], rtol=2e-5)
            assert (told[~seen] < 10 * floor[~seen]).all()


@every_topic
def test_a_panel_without_a_clock_has_a_table_of_its_points_at_the_tick(key):
    shown = shown_for(key, {})
    for tick in {0, shown.start}:
        figure = shown.draw()
        traces, layout = standing(figure, tick, key)
        for title, table in shown.tables(tick, figure).items():
            names, _, heights = table.values()
            for name in set(names):
                told = [h for h, other in zip(heights, names, strict=True) if other == name]
                drawn = [
                    float(y)
                    for trace in traces
                    if title_of(trace["xaxis"], layout) == title
                    and plain(trace.get("name") or "") == name
                    for x, y in zip(trace["x"], trace["y"], strict=True)
                    if x is not None and y is not None and np.isfinite(x) and np.isfinite(y)
                ]
                assert len(told) == len(drawn)
                # 0 is drawn on the floor of its axis.
                same = np.isclose(told, drawn, rtol=2e-5) | (np.array(told) == 0.0)
                assert same.all(), f"{title}: {name}"


def test_a_curve_is_told_once_and_by_one_column():
    ticks = np.arange(3.0)
    up = Curve("Panel", "up", ticks, ticks)
    again = Curve("Panel", "again", ticks, ticks)
    mark = Curve("Panel", "mark", np.array([0.0, 2.0]), np.array([1.0, 1.0]))
    table = with_curves({"t": range(3), "known": [0, 1, 2]}, [up, again, mark, again])
    assert list(table) == ["t", "known", "Panel: again"]
    assert list(with_curves({"name": ["a", "b"]}, [up])) == ["name"]
    late = with_curves({"t": range(4)}, [Curve("", "late <b>one</b>", ticks[1:], ticks[1:])])
    np.testing.assert_array_equal(late["late one"], [np.nan, 1.0, 2.0, np.nan])
    assert list(with_curves({"t": range(3)}, [mark])) == ["t"]
