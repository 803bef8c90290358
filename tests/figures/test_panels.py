"""What the player arranges: at most two panels lead, and no legend is longer than five names."""

import re
from functools import cache

import pytest
from main_figures import MAIN_FIGURES, preset_values

MOST_LEADING, MOST_ENTRIES = 2, 5

CASES = [
    (topic, name, values)
    for topic in MAIN_FIGURES
    for name, values in preset_values(topic).items()
    if not values.get("side_by_side")  # a grid of small panels
]
CASES += [
    ("two_colours", "doubled", {"doubled": True}),
    ("exponential_families", "doubled", {"doubled": True}),
    ("one_real_point", "drift", {"family": "normal_mean"}),
    ("bell_curve", "real points", {"anchors": 5}),
    ("vanishing_tails", "log axes", {"log_axes": True}),
]
cases = pytest.mark.parametrize(
    ("topic", "values"),
    [(topic, tuple(values.items())) for topic, _, values in CASES],
    ids=[f"{topic}-{name}" for topic, name, _ in CASES],
)


@cache
def figure(topic, values):
    given = dict(values)
    options = {"log_axes": True} if given.pop("log_axes", False) else {}
    return MAIN_FIGURES[topic](given, **options)


def axes_of(panels):
    return {part[letter] for panel in panels for part in panel["parts"] for letter in "xy"}


def legend(moving, panels):
    """Return the names in the legend while these panels are shown, as the player has them."""
    shown, names = axes_of(panels), []
    for number, trace in enumerate(moving.traces):
        if trace["xaxis"] not in shown or not trace.get("name"):
            continue
        told = trace.get("showlegend", True) or number in moving.twins
        if told and trace["name"] not in names:
            names.append(trace["name"])
    return names


@cases
def test_at_most_two_panels_lead(topic, values):
    panels = figure(topic, values).panels
    assert 1 <= sum(panel["leads"] for panel in panels) <= MOST_LEADING
    names = [panel["name"] for panel in panels]
    assert len(set(names)) == len(names)
    assert all(name and not re.search("[<>&]", name) for name in names)


@cases
def test_a_legend_is_short(topic, values):
    moving = figure(topic, values)
    leading = [panel for panel in moving.panels if panel["leads"]]
    alone = [[panel] for panel in moving.panels]
    besides = [[*leading, panel] for panel in moving.panels if not panel["leads"]]
    for shown in (leading, *alone, *besides):
        names = legend(moving, shown)
        assert len(names) <= MOST_ENTRIES, names


@cases
def test_all_that_is_drawn_belongs_to_a_panel(topic, values):
    moving = figure(topic, values)
    axes = axes_of(moving.panels)
    for trace in moving.traces:
        assert {trace["xaxis"], trace["yaxis"]} <= axes
    for layout in (moving.layout, *(frame.layout for frame in moving.frames)):
        for kind in ("annotations", "shapes", "images"):
            for item in layout.get(kind, ()):
                assert {item[ref].split()[0] for ref in ("xref", "yref")} <= axes, item


@cases
def test_parts_of_a_panel_do_not_overlap(topic, values):
    for panel in figure(topic, values).panels:
        for i, one in enumerate(panel["parts"]):
            for other in panel["parts"][:i]:
                apart = [
                    one[way][1] <= other[way][0] or other[way][1] <= one[way][0]
                    for way in ("across", "up")
                ]
                assert any(apart)


def test_the_check_of_legends_counts_twins():
    moving = figure("bell_curve", ())
    distance = moving.panels[-1]
    assert {"this run", "exact"} <= set(legend(moving, [distance]))
    assert not any(
        trace["xaxis"] == distance["parts"][0]["x"] and trace.get("showlegend", True)
        for trace in moving.traces
        if trace.get("name")
    )
