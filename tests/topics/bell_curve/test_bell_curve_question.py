"""The bell curve's experiment: its loops, the points it shows, and the numbers it reports."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from collapse_core import Accumulate, Anchors, Prior, RealFraction, Weighted
from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.table_text import runs_as_csv
from collapse_core.models.base import no_report
from collapse_core.theory.multivariate_gaussian import lyapunov_exponents, spectrum_moments
from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import exact_bell_curve, run_bell_curve
from collapse_core.topics.bell_curve.shown import BellView, find_bell_curve, show_bell_curve
from collapse_core.topics.bell_curve.spectrum import (
    followed_runs,
    report_spectrum,
    sample_spectrum,
)
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure
from collapse_core.topics.bell_curve.training_points import points_with, training_points


def pooled(points):
    together = np.hstack([points.synthetic, points.real])
    return together.mean(axis=1), together.var(axis=1), together.shape[1]


# ------------------------------------------------------------------------------- parameters


def test_parameters_are_the_fields():
    fields = {field.name: field.default for field in dataclasses.fields(BellCurve)}
    words = {"estimator", "fresh", "policy"}
    assert set(BellCurve.params) == set(fields) - words
    assert all(param.default == fields[name] for name, param in BellCurve.params.items())
    assert BellCurve().changes() == {}


@pytest.mark.parametrize(
    ("changes", "policy"),
    [
        ({"anchors": 3}, Anchors(3)),
        ({"anchors": 3, "fresh": False}, Anchors(3, fresh=False)),
        ({"policy": "prior"}, Prior(5.0)),
        ({"policy": "accumulate"}, Accumulate()),
        ({"policy": "fraction", "anchors": 25}, RealFraction(0.25)),
        ({"policy": "fraction", "anchors": 100, "sample_size": 5}, RealFraction(1.0)),
        ({"policy": "weighted", "anchors": 2}, Weighted(0.1, 2)),
        ({"policy": "weighted"}, Anchors(0)),
    ],
)
def test_the_policy_of_a_choice(changes, policy):
    assert BellCurve(**changes).loop().policy == policy


@given(
    some.builds(
        BellCurve,
        sample_size=some.integers(1, 4),
        anchors=some.integers(0, 2),
        generations=some.integers(1, 3),
        estimator=some.sampled_from(["ml", "unbiased"]),
        policy=some.sampled_from(BellCurve.choices["policy"]),
        fresh=some.booleans(),
        temperature=some.sampled_from([0.5, 1.0, 1.5]),
        runs=some.integers(1, 3),
        dimension=some.integers(2, 3),
    )
)
def test_every_experiment_runs_and_reports(experiment):
    paths, report = run_bell_curve(experiment)
    assert report.typical.shape == (experiment.generations + 1,)
    training_points(paths, report.highlighted)
    spectrum = report_spectrum(experiment, 50)
    assert ((spectrum.rank >= 0) & (spectrum.rank <= experiment.dimension + 1e-9)).all()
    assert report_kernel(experiment, 50).limit >= 0


def test_bad_values_are_named():
    with pytest.raises(ValueError, match=r"policy='hope' .* one of anchors"):
        BellCurve(policy="hope")
    with pytest.raises(ValueError, match=r"estimator='best' .* one of unbiased, ml"):
        BellCurve(estimator="best")
    with pytest.raises(ValueError, match=r"^sample_size=0 .* from 1 to"):
        BellCurve(sample_size=0)


def test_one_point_falls_back_to_maximum_likelihood():
    assert not BellCurve(sample_size=1).unbiased
    assert BellCurve(sample_size=1, anchors=1).unbiased
    assert not BellCurve(sample_size=1, policy="accumulate").unbiased
    assert run_bell_curve(BellCurve(sample_size=1))[1].typical[1] == 0.0


# ------------------------------------------------------------------------------- training points


@pytest.mark.parametrize("estimator", ["ml", "unbiased"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"anchors": 1},
        {"anchors": 4},
        {"anchors": 3, "fresh": False},
        {"anchors": 5, "policy": "fraction"},
        {"anchors": 20, "policy": "fraction"},
    ],
    ids=str,
)
def test_a_fit_to_the_points_shown_gives_the_next_model(estimator, changes):
    experiment = BellCurve(sample_size=20, generations=12, estimator=estimator, runs=250, **changes)
    paths, report = run_bell_curve(experiment, 90)
    mean, variance, count = pooled(training_points(paths, report.highlighted))
    if estimator == "unbiased":
        variance = variance * count / (count - 1)
    np.testing.assert_allclose(mean, paths.mean[report.highlighted, 1:, 0], atol=1e-12)
    np.testing.assert_allclose(variance, report.typical[1:], rtol=1e-10)


def test_fixed_anchors_stay_where_they_are():
    paths, _ = run_bell_curve(BellCurve(20, 10, 3, fresh=False))
    real = training_points(paths, 0).real
    assert (real == real[0]).all()
    assert not (training_points(run_bell_curve(BellCurve(20, 10, 3))[0], 0).real == real[0]).all()


def test_some_of_many_points_are_like_all_of_them():
    rng = np.random.default_rng(5)
    average = np.tile([2.0, 9.0], (20_000, 1))
    shown = points_with(average, 8, 3, rng)
    assert shown.shape == (20_000, 3)
    # Of 8 points with mean square 9 about their average 2, each has exactly these moments.
    for moment, exact in ((shown - 2, 0.0), ((shown - 2) ** 2, 9.0)):
        error = moment[:, 0].std() / np.sqrt(len(shown))
        assert abs(moment[:, 0].mean() - exact) < 4 * error
    # Two of them are anticorrelated, by -1/(n-1).
    product = (shown[:, 0] - 2) * (shown[:, 1] - 2)
    assert abs(product.mean() + 9 / 7) < 4 * product.std() / np.sqrt(len(shown))


def test_a_family_without_points_is_refused():
    paths = BellCurve(dimension=2, generations=2, sample_size=5).covariance_loop().simulate(2, 1)
    with pytest.raises(ValueError, match="use a Gaussian"):
        training_points(paths, 0)


# ------------------------------------------------------------------------------- one dimension


def test_the_numbers_of_the_classic():
    unbiased = exact_bell_curve(BellCurve().loop())
    likely = exact_bell_curve(BellCurve(estimator="ml").loop())
    assert unbiased.half_life == pytest.approx(68.4, abs=0.05)
    assert likely.half_life == pytest.approx(34.3, abs=0.05)
    assert likely.risk[100] == pytest.approx(1.060, abs=0.001)
    assert likely.local[[0, 50, 100]] == pytest.approx([0.01504, 0.00910, 0.00551], abs=2e-5)
    assert exact_bell_curve(BellCurve(anchors=1).loop()) is None
    assert exact_bell_curve(BellCurve(sample_size=1).loop()) is None


@pytest.mark.parametrize("estimator", ["ml", "unbiased"])
@pytest.mark.parametrize("temperature", [1.0, 0.9])
def test_runs_agree_with_what_is_exact(estimator, temperature):
    experiment = BellCurve(40, 15, estimator=estimator, temperature=temperature, runs=2000)
    _, report = run_bell_curve(experiment)
    exact = report.exact
    errors = (report.mean_log - exact.log_variance)[1:] / (exact.log_error[1:] / np.sqrt(2000))
    assert np.abs(errors).max() < 4
    assert np.abs(report.errors_apart[1:]).max() < 4
    np.testing.assert_allclose(report.distance[1:], exact.risk[1:], rtol=0.12)
    np.testing.assert_allclose(report.step[:-1], exact.local[:-1], rtol=0.12)
    assert np.abs(exact.log_variance[15] - np.log(report.median[15])) < 0.08


def test_the_exact_error_of_the_average_is_that_of_the_runs():
    experiment = BellCurve(60, 10, runs=2000)
    paths, report = run_bell_curve(experiment)
    estimated = paths.mean[:, 10, 1].std(ddof=1) / np.sqrt(2000)
    assert report.average_error[10] == pytest.approx(estimated, rel=0.1)


@pytest.mark.parametrize(
    ("changes", "conserved"),
    [
        ({"estimator": "ml"}, True),
        ({"estimator": "ml", "anchors": 2}, True),
        ({}, False),
        ({"estimator": "ml", "temperature": 0.9}, False),
    ],
)
def test_what_is_conserved(changes, conserved):
    _, report = run_bell_curve(BellCurve(**changes))
    assert report.is_conserved == conserved
    if conserved:
        total = report.average[-1] + report.outside[-1]
        assert abs(total - 1) < 4 * report.balance_error[-1]


def test_where_the_average_settles():
    settles = {
        estimator: run_bell_curve(BellCurve(anchors=1, estimator=estimator))[1]
        for estimator in ("ml", "unbiased")
    }
    assert settles["unbiased"].settles_at == pytest.approx(2.0, abs=1e-12)
    assert not settles["unbiased"].spread_settles
    assert settles["ml"].settles_at == pytest.approx(0.66445, abs=1e-5)
    assert settles["ml"].spread_settles
    fixed = run_bell_curve(BellCurve(anchors=1, fresh=False, estimator="ml"))[1]
    assert fixed.settles_at == pytest.approx(0.0, abs=1e-12)
    assert run_bell_curve(BellCurve())[1].settles_at is None


def test_when_runs_cannot_show_the_average():
    assert run_bell_curve(BellCurve(generations=300))[1].unseen_from == 131
    assert run_bell_curve(BellCurve(runs=2000, generations=200))[1].unseen_from is None
    # The exact relative error of an average over R runs: (((n+1)/(n-1))^t - 1) / R.
    assert ((101 / 99) ** 130 - 1) / 200 < 0.25**2 < ((101 / 99) ** 131 - 1) / 200


# ------------------------------------------------------------------------------- dimensions


def test_the_log_determinant_and_the_rank_agree_with_theory():
    report = report_spectrum(BellCurve(generations=25), 50)
    measured, error = report.log_determinant()
    assert abs(measured - 25 * lyapunov_exponents(100, 10).sum()) < 4 * error
    assert report.exact.exponents.sum() == pytest.approx(lyapunov_exponents(100, 10).sum())
    assert report.median_rank[25] == pytest.approx(3.05, abs=0.25)
    moments = spectrum_moments(100, 10, 25)
    np.testing.assert_allclose(report.exact.annealed, moments.annealed_effective_rank)


def test_maximum_likelihood_shifts_every_exponent_alike():
    unbiased = report_spectrum(BellCurve(dimension=3, generations=5), 50)
    likely = report_spectrum(BellCurve(dimension=3, generations=5, estimator="ml"), 50)
    shift = likely.exact.exponents - unbiased.exact.exponents
    np.testing.assert_allclose(shift, np.log(0.99))
    np.testing.assert_allclose(likely.rank, unbiased.rank)
    moved = likely.log_eigenvalues - unbiased.log_eigenvalues
    np.testing.assert_allclose(moved[:, 5], 5 * np.log(0.99), atol=1e-9)


def test_fewer_points_than_directions_are_a_result():
    report = report_spectrum(BellCurve(sample_size=5, dimension=10, generations=3), 50)
    assert report.survivors == 4
    alive = np.isfinite(report.log_eigenvalues[:, 1]).sum(axis=1)
    assert alive.tolist() == [4] * report.followed
    assert np.isneginf(report.exact.exponents).sum() == 6
    assert report.log_determinant()[0] == -np.inf


def test_anchors_hold_dimensions():
    report = report_spectrum(BellCurve(sample_size=101, anchors=10, generations=200), 50)
    assert report.exact.annealed[-1] == pytest.approx(101.63 / 16.132, abs=0.01)
    assert report.mean_rank[-1] == pytest.approx(6.51, abs=0.3)
    assert report.exact.rule[-1] == pytest.approx(6.667, abs=0.001)
    assert report_spectrum(BellCurve(policy="prior", generations=2), 50).exact.annealed is None


def test_two_dimensions_know_where_their_ellipse_points():
    experiment = BellCurve(sample_size=30, dimension=2, generations=4)
    report = report_spectrum(experiment, 50)
    paths = experiment.covariance_loop().simulate(report.runs, experiment.seed)
    matrix = paths.loop.family.covariance_of(paths.mean[report.highlighted, 3])
    axis = np.array([np.cos(report.turn[3]), np.sin(report.turn[3])])
    stretched = np.exp(report.log_eigenvalues[report.highlighted, 3, 0]) * axis
    np.testing.assert_allclose(matrix @ axis, stretched, atol=1e-10)


# ------------------------------------------------------------------------------- kernel


def test_the_kernel_report_follows_the_run_asked_for():
    low, high = (report_kernel(BellCurve(20, 30, runs=10), p) for p in (0, 100))
    assert low.typical[-1] == low.variance[:, -1].min()
    assert high.typical[-1] == high.variance[:, -1].max()
    assert low.limit == pytest.approx(0.04 * 19)
    np.testing.assert_allclose(low.points.var(axis=1), low.typical[1:])
    assert report_kernel(BellCurve(10**6, 500), 50).sample_size == 2000


def test_few_runs_reach_an_average_that_rare_ones_carry():
    report = report_kernel(BellCurve(50, 300, bandwidth=0.0), 50)
    assert report.above[1] > 3
    assert report.above[-1] < 3


# ------------------------------------------------------------------------------- code and table


@pytest.mark.parametrize("view", ["one", "several", "kernel"])
def test_the_python_lines_draw_the_same_picture(view):
    experiment = BellCurve(sample_size=20, generations=5, dimension=3, runs=6, anchors=1)
    looked_at = BellView(percentile=80, picture=view)
    found = find_bell_curve(experiment, looked_at, no_report)
    code = show_bell_curve(read_lesson("bell_curve"), experiment, looked_at, found).python(3)
    assert len(code.splitlines()) <= 12
    scope = {}
    exec(code.replace(".show()", ""), scope)
    expected = {
        "one": lambda: bell_curve_figure(*run_bell_curve(experiment, 80)),
        "several": lambda: bell_spectrum_figure(report_spectrum(experiment, 80)),
        "kernel": lambda: bell_kernel_figure(report_kernel(experiment, 80)),
    }[view]()
    assert repr(scope["figure"]) == repr(expected)


def test_the_table_names_every_parameter():
    said = {"quantity": "effective rank", "experiment": BellCurve(seed=7)}
    text = runs_as_csv(np.array([[1.0, 0.5], [1.0, 0.25]]), said)
    lines = text.splitlines()
    assert "seed=7" in lines[1]
    assert lines[-3:] == ["generation,run_1,run_2", "0,1,1", "1,0.5,0.25"]


@pytest.mark.parametrize("changes", [{"dimension": 2}, {"anchors": 2}, {"runs": 3}], ids=repr)
def test_a_spectrum_of_cut_runs_is_that_of_short_ones(changes):
    asked = BellCurve(
        **{"sample_size": 20, "generations": 30, "runs": 40, "dimension": 2} | changes
    )
    loop, runs = asked.covariance_loop().horizon_of_runs(asked.covariance_runs), asked.runs
    assert loop.generations == 50
    sampled = sample_spectrum(loop, runs, followed_runs(asked), asked.seed).until(30)
    one, other = report_spectrum(asked, 70, sampled=sampled), report_spectrum(asked, 70)
    for name in ("highlighted", "percentile", "rank", "log_eigenvalues", "turn"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    with pytest.raises(ValueError, match=r"^generations=31 .* from 1 to 30"):
        sampled.until(31)


def test_a_kernel_report_of_cut_runs_is_that_of_short_ones():
    asked = BellCurve(20, 30, runs=10)
    runs = asked.kernel().horizon(10).simulate(asked.kernel_runs, asked.seed)
    one, other = report_kernel(asked, 30, runs.until(30)), report_kernel(asked, 30)
    np.testing.assert_equal(vars(one), vars(other))
