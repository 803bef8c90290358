"""The three figures of the bell curve hold to Plotly's schema and show what they say."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from first_always import first_always

from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.bell_curve.spectrum import report_spectrum
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure
from collapse_core.topics.bell_curve.training_points import training_points

SMALL = {"sample_size": 20, "generations": 6, "runs": 8}


def told(trace):
    """Return what a trace says of itself on hovering, or else its name."""
    return trace.get("hovertemplate", trace.get("name", "")).partition(":")[0]


def line(moving, name, panel=None):
    (found,) = [
        trace
        for trace in moving.traces
        if told(trace).startswith(name) and panel in (None, trace["yaxis"])
    ]
    return np.asarray(found["y"], dtype=float)


@LOOK
@pytest.mark.parametrize(
    "changes",
    first_always(
        [
            {},
            {"anchors": 2},
            {"sample_size": 1, "generations": 1},
            {"sample_size": 2, "generations": 400, "estimator": "ml"},
            {"sample_size": 2, "generations": 500, "temperature": 1.5},
            {"anchors": 30, "policy": "fraction"},
            {"policy": "accumulate"},
            {"runs": 1},
        ],
        3,
    ),
    ids=str,
)
def test_one_dimension_is_valid(look, changes):
    paths, report = run_bell_curve(BellCurve(**SMALL | changes))
    for hidden in (None, "not yet"):
        moving = bell_curve_figure(paths, report, look=look, hidden=hidden)
        validated(moving)
        check_frames(moving)
        for axis in ("yaxis", "yaxis2", "yaxis3"):
            assert np.isfinite(moving.layout[axis]["range"]).all()


def test_what_is_hidden_is_not_in_the_picture():
    paths, report = run_bell_curve(BellCurve(**SMALL))
    names = {told(trace) for trace in bell_curve_figure(paths, report).traces}
    hidden = bell_curve_figure(paths, report, hidden="not yet")
    kept = {told(trace) for trace in hidden.traces}
    assert {"runs", "ln of mean", "exact ln E σ²", "mean of ln σ²"} <= names - kept
    named = {note["text"] for note in hidden.layout["annotations"]}
    assert not named & {"ln of mean", "ln of median", "mean of ln σ²"}


def test_curves_are_the_logarithms_and_the_exact_laws():
    paths, report = run_bell_curve(BellCurve(**SMALL))
    moving = bell_curve_figure(paths, report)
    np.testing.assert_allclose(line(moving, "exact E ln"), report.exact.log_variance, atol=1e-6)
    np.testing.assert_allclose(line(moving, "exact ln E"), np.zeros(7), atol=1e-6)
    np.testing.assert_allclose(line(moving, "ln of mean"), np.log(report.average), atol=1e-6)
    np.testing.assert_allclose(line(moving, "exact, to the truth"), report.exact.risk[1:], 1e-6)
    before = line(moving, "exact, to the last generation")
    np.testing.assert_allclose(before, report.exact.local[:-1], rtol=1e-6)


def test_the_rug_shows_the_training_points_of_the_generation():
    paths, report = run_bell_curve(BellCurve(**SMALL | {"anchors": 2}))
    points = training_points(paths, report.highlighted)
    frame = bell_curve_figure(paths, report).frames[4]
    np.testing.assert_allclose(frame.data[1]["x"], points.synthetic[3], rtol=1e-3)
    np.testing.assert_allclose(frame.data[2]["x"], points.real[3], rtol=1e-3)
    assert set(bell_curve_figure(paths, report).frames[0].data[1]["x"]) == {None}


@LOOK
@pytest.mark.parametrize(
    "changes",
    first_always(
        [
            {"dimension": 2},
            {"dimension": 12},
            {"sample_size": 1},
            {"anchors": 3},
            {"policy": "prior"},
            {"dimension": 2, "sample_size": 2, "generations": 500, "estimator": "ml"},
            {"temperature": 1.5, "generations": 500, "sample_size": 100},
            {"runs": 1},
        ],
        3,
    ),
    ids=str,
)
def test_several_dimensions_are_valid(look, changes):
    report = report_spectrum(BellCurve(**SMALL | {"dimension": 3} | changes), 50)
    moving = bell_spectrum_figure(report, look=look)
    validated(moving)
    check_frames(moving)


def test_the_ellipse_is_two_deviations_long():
    report = report_spectrum(BellCurve(**SMALL | {"dimension": 4}), 50)
    ellipse = bell_spectrum_figure(report).frames[5].data[0]
    long, short = np.exp(0.5 * report.log_eigenvalues[report.highlighted, 5, :2])
    assert max(ellipse["x"]) == pytest.approx(2 * long, abs=1e-3)
    assert max(ellipse["y"]) == pytest.approx(2 * short, abs=1e-3)


@LOOK
@pytest.mark.parametrize(
    "changes",
    [{}, {"bandwidth": 0.0}, {"bandwidth": 1.0}, {"sample_size": 1}, {"runs": 1}],
    ids=str,
)
def test_the_kernel_is_valid(look, changes):
    moving = bell_kernel_figure(report_kernel(BellCurve(**SMALL | changes), 50), look=look)
    validated(moving)
    check_frames(moving)


def test_the_kernel_density_is_a_density():
    report = report_kernel(BellCurve(sample_size=50, generations=20, bandwidth=0.4), 50)
    for frame in bell_kernel_figure(report).frames:
        assert np.trapezoid(frame.data[0]["y"], frame.data[0]["x"]) == pytest.approx(1.0, abs=0.02)
