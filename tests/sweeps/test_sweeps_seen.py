"""A sweep opens as lines or as a heat map in one call, with the exact law over what was sampled."""

import json
import re

import numpy as np
import pytest

from collapse_core import sweep
from collapse_core.sweeps.figure import MOST_LINES, sweep_figure, sweep_page
from collapse_core.sweeps.sentences import SweepSentences
from collapse_core.sweeps.view import view_of

SIZES, ANCHORS = [10, 40, 200], "0:5"
APPROXIMATED = {"sample_size": [100_000, 200_000]}


@pytest.fixture(scope="module")
def found():
    vary = {"anchors": ANCHORS, "sample_size": SIZES}
    return sweep("two_colours", vary, runs=200, generations=12, at="3,last")


def column(found, name, measure, generation, **where):
    """Return numbers as they stand in the table."""
    columns = found.columns
    return [
        columns[name][i]
        for i, told in enumerate(columns["measure"])
        if told == measure
        and columns["generation"][i] == generation
        and all(columns[key][i] == value for key, value in where.items())
    ]


def drawn(figure, kind):
    return [trace for trace in figure.data if trace.type == kind]


def sampled(figure):
    return [trace for trace in drawn(figure, "scatter") if trace.error_y.array is not None]


def lawful(figure):
    return [trace for trace in drawn(figure, "scatter") if trace.error_y.array is None]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("kind", ["lines", "heat"])
def test_a_file_opens_in_one_call_as_the_sweep_itself(found, tmp_path, ending, kind):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / f"s.{ending}"
    found.write(path)
    opened = sweep_figure(path, "lost", kind=kind)
    assert opened.to_json() == sweep_figure(found, "lost", kind=kind).to_json()
    assert "exact law" in opened.layout.meta["alt"]


def test_lines_are_the_averages_and_the_law_is_the_exact_one(found):
    figure = sweep_figure(found, "lost", at=3)
    assert len(sampled(figure)) == len(lawful(figure)) == len(SIZES)
    for size, line, law in zip(SIZES, sampled(figure), lawful(figure), strict=True):
        asked = {"measure": "lost", "generation": 3, "sample_size": size}
        assert list(line.x) == list(law.x) == list(range(6))
        assert list(line.y) == pytest.approx(column(found, "average", **asked), rel=1e-4)
        assert list(law.y) == pytest.approx(column(found, "exact", **asked), rel=1e-4)
        errors = column(found, "standard_error", **asked)
        assert list(line.error_y.array) == pytest.approx([2 * each for each in errors], rel=1e-4)


def test_a_heat_map_has_a_tile_for_each_cell_and_lines_of_the_law(found):
    figure = sweep_figure(found, "diversity_left", kind="heat", across="anchors", at=12)
    (tiles,) = drawn(figure, "heatmap")
    view = view_of(found, "diversity_left", across="anchors", at=12)
    assert np.shape(tiles.z) == (len(SIZES), 6)
    assert np.array(tiles.z, dtype=float) == pytest.approx(view.average, rel=1e-4)
    levels = drawn(figure, "contour")
    assert levels
    for line in levels:
        assert np.array(line.z, dtype=float) == pytest.approx(view.exact, rel=1e-4)
        assert line.contours.start == line.contours.end
        assert view.exact.min() < line.contours.start < view.exact.max()
    told = tiles.text[0][0]
    assert "standard error" in told
    assert "exact" in told


def test_one_setting_is_one_line_and_many_are_a_heat_map(found):
    few = sweep("two_colours", {"anchors": ANCHORS}, runs=20, generations=5)
    assert len(sampled(sweep_figure(few))) == 1
    many = {"anchors": ANCHORS, "sample_size": "10:100:10"}
    wide = sweep("two_colours", many, runs=20, generations=5)
    assert drawn(sweep_figure(wide), "heatmap")
    with pytest.raises(ValueError, match=rf"6 lines, and at most {MOST_LINES} can be told apart"):
        sweep_figure(wide, kind="lines", across="sample_size")


def test_an_approximation_is_called_so():
    found = sweep("vanishing_tails", APPROXIMATED, runs=2, at="1", generations=200)
    figure = sweep_figure(found, "kinds_left")
    assert [trace.name for trace in lawful(figure)] == ["approximation"]
    assert "nothing exact is known" in figure.layout.meta["alt"]


def view_sentence(found):
    return SweepSentences(found, view_of(found, "lost", at=3)).against_law()


def test_a_page_holds_picture_sentence_and_table(found):
    page = sweep_page(found, "lost", at=3, kind="heat")
    assert not re.search(r"<(script|link|img|iframe)[^>]*https?:", page), "it asks nobody"
    assert view_sentence(found) in page
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    assert len(rows) == 1 + len(SIZES) * 6
    exact = column(found, "exact", "lost", 3)
    assert len(exact) == len(rows) - 1


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"measure": "luck"}, "measure='luck'"),
        ({"across": "share"}, "across='share'"),
        ({"across": "anchors", "along": "anchors"}, "along='anchors'"),
        ({"at": 4}, "at=4 was not measured: choose last or one of 3, 12"),
        ({"kind": "pie"}, "kind='pie'"),
        ({"where": {"share": 0.1}}, "where"),
    ],
)
def test_what_is_not_in_it_is_refused(found, asked, complaint):
    with pytest.raises(ValueError, match=complaint):
        sweep_figure(found, **asked)


def test_a_failed_cell_is_a_gap_that_is_said(found, tmp_path):
    path = tmp_path / "s.csv"
    found.write(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    failed = json.dumps([[{"anchors": 2, "sample_size": 40}, "no such luck"]])
    kept = [f"# failed: {failed}\n" if line.startswith("# failed") else line for line in lines]
    path.write_text("".join(each for each in kept if not each.startswith("2,40,")), "utf-8")
    figure = sweep_figure(path, "lost", kind="heat", across="anchors", at=3)
    (tiles,) = drawn(figure, "heatmap")
    assert tiles.z[1][2] is None or np.isnan(tiles.z[1][2])
    assert np.isfinite(np.delete(np.array(tiles.z, dtype=float).ravel(), 8)).all()
    assert "Left out: 1 cell that failed." in figure.layout.meta["alt"]


def test_lines_go_along_the_axis_in_whatever_order_values_were_given(found):
    mixed = sweep("two_colours", {"anchors": [5, 0, 3]}, runs=200, generations=12, at="last")
    (line,) = lawful(sweep_figure(mixed, "mean"))
    assert list(line.x) == [0, 3, 5]
    straight = sweep("two_colours", {"anchors": [0, 3, 5]}, runs=200, generations=12, at="last")
    np.testing.assert_array_equal(line.y, lawful(sweep_figure(straight, "mean"))[0].y)


def test_rounding_is_no_distance_from_the_law():
    start = sweep("two_colours", {"anchors": "0:9"}, runs=50, generations=2, at=[0, 1])
    view = view_of(start, "mean", at=0)
    assert not view.errors_apart(50, chance=False).size
    assert "nothing to chance" in SweepSentences(start, view).against_law()


def test_one_run_is_held_against_no_law():
    one = sweep("two_colours", {"anchors": [1, 5]}, runs=1, generations=5, at="last")
    assert "too few" in SweepSentences(one, view_of(one, "mean")).against_law()
