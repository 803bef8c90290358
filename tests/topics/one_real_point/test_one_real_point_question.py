"""One real point: parameters in, loops, numbers and figures out."""

import dataclasses
import math

import numpy as np
import plotly.graph_objects as go
import pytest

from collapse_core import Anchors, Replace, families
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.theory.gaussian_anchors import stationary_anchored_moments
from collapse_core.theory.quadratic_variance import best_real_weight, stationary_weighted
from collapse_core.topics.one_real_point.doses import (
    DOSES,
    DoseQuestion,
    dose_curves,
    is_average_trustworthy,
    kept_in_the_long_run,
    sampled_doses,
    sampled_ranks,
    sampled_weights,
)
from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.map_figure import COUNTS, SIZES, real_point_map_figure
from collapse_core.topics.one_real_point.mean_bins import (
    chain_in_bins,
    limit_in_bins,
    mean_bins,
    runs_in_bins,
)
from collapse_core.topics.one_real_point.question import (
    FAMILY_CHOICES,
    SIDES,
    OneRealPoint,
    family_of,
)
from collapse_core.topics.one_real_point.rank_figure import anchored_rank_figure
from collapse_core.topics.one_real_point.report import collapse_chance, report_one_real_point
from collapse_core.topics.one_real_point.side_by_side_figure import side_by_side_figure
from collapse_core.topics.one_real_point.view_facts import family_rows
from collapse_core.topics.one_real_point.weight_figure import real_point_weight_figure

every_family = pytest.mark.parametrize("family", FAMILY_CHOICES)

# Long-run values at n = 100, k = 1: fresh diversity and variance, fixed diversity and variance.
TABLE = {
    "bernoulli": (200 / 301, 0.030199, 0.0, 0.09),
    "gaussian": (0.66445, 0.33555, 0.0, 1.0),
    "normal_mean": (1.0, 0.502488, 1.0, 1.497512),
    "poisson": (1.0, 0.502488, 1.0, 1.497512),
    "exponential": (2.0, 1.0, 3.980198, 2.980198),
    "geometric": (2.0, 2.0, 3.980198, 5.960396),
    "normal_variance": (203.0, 202.0, 603.0, 602.0),
}


def told(asked):
    loop, alone = asked.loop(), asked.pure_loop()
    paths = loop.simulate(asked.runs, asked.seed)
    law, pure = loop.exact(approximate=True), alone.exact(approximate=True)
    return paths, law, report_one_real_point(asked, paths, law, pure, paths.run_nearest(50.0))


def figure_of(asked, **options):
    paths, law, _ = told(asked)
    return one_real_point_figure(paths, law, 0, family=asked.family, **options)


def test_the_start():
    loop = OneRealPoint().loop()
    assert (loop.family, loop.policy) == (families.Bernoulli(0.1), Anchors(1))
    assert OneRealPoint().pure_loop().policy == Replace()
    assert OneRealPoint().changes() == {}
    assert OneRealPoint(fresh=False).loop().policy == Anchors(1, fresh=False)


@pytest.mark.parametrize("name", OneRealPoint.params)
def test_every_number_is_checked_by_name(name):
    param = OneRealPoint.params[name]
    for value in (param.low - 1, param.high + 1, "x", None):
        with pytest.raises(ValueError, match=rf"^{name}=.* from .* Choose"):
            OneRealPoint(**{name: value})
    assert param.default == getattr(OneRealPoint(), name)


def test_an_unknown_family():
    with pytest.raises(ValueError, match=r"family='hope' .* one of bernoulli"):
        OneRealPoint(family="hope")
    with pytest.raises(ValueError, match="no quadratic variance function"):
        variance_function_of(families.MultivariateGaussian.isotropic(2))


def test_the_table_of_families():
    for row in family_rows(100, 1):
        found = (row.fresh_kept, row.fresh_variance, row.fixed_kept, row.fixed_variance)
        assert found == pytest.approx(TABLE[row.family], abs=5e-6), row.family


def test_without_a_point_the_table_has_no_tail():
    for row in family_rows(100, 0):
        assert math.isnan(row.tail)
        assert row.fresh_kept == row.fixed_kept


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_a_gaussian_has_the_averages_of_two_colours(count, fresh):
    function = variance_function_of(families.Gaussian(0.0, 1.0))
    kind = "fresh" if fresh else "fixed"
    kept = dose_curves(function, 0.0, 100, np.array([float(count)]))[kind][0]
    moments = stationary_anchored_moments(100, count, fresh=fresh)
    assert kept == pytest.approx(float(moments.expected_variance), abs=1e-12)


@every_family
@pytest.mark.parametrize("fresh", [True, False])
def test_the_expectation_tends_to_the_limit(family, fresh):
    asked = OneRealPoint(family, 10, 500, anchors=3, fresh=fresh, runs=2)
    report = told(asked)[2]
    assert report.expected[-1] == pytest.approx(report.limit, rel=1e-3)
    assert report.expected[0] == (0.0 if report.drift else 1.0)


@every_family
def test_runs_agree_with_the_expectation(family):
    for seed in (1, 2, 3):
        report = told(OneRealPoint(family, 20, 60, anchors=10, runs=2000, seed=seed))[2]
        apart = (report.measured[1:] - report.expected[1:]) / report.error[1:]
        assert np.abs(apart[[0, 10, 59]]).max() < 4.5
        # A wrong expectation (that of the loop without real points) is found out.
        assert abs(report.measured[-1] - report.pure[-1]) / report.error[-1] > 5 or family in (
            "geometric",
            "exponential",
            "normal_variance",
        )


def test_fixed_points_collapse_at_a_boundary_only():
    assert collapse_chance(families.Bernoulli(0.1), 2, fresh=False) == pytest.approx(0.82)
    assert collapse_chance(families.Poisson(2.0), 1, fresh=False) == pytest.approx(math.exp(-2))
    assert collapse_chance(families.Geometric(1.0), 2, fresh=False) == pytest.approx(0.25)
    assert collapse_chance(families.Exponential(1.0), 1, fresh=False) == 0.0
    assert collapse_chance(families.Gaussian(0, 1), 1, fresh=False) == 1.0
    assert collapse_chance(families.Gaussian(0, 1), 2, fresh=False) == 0.0
    assert collapse_chance(families.Bernoulli(0.1), 1, fresh=True) == 0.0
    assert collapse_chance(families.Bernoulli(0.1), 0, fresh=True) == 1.0
    assert collapse_chance(families.NormalMean(0, 1), 0, fresh=True) == 0.0


def test_heavy_tails_are_not_trusted():
    assert is_average_trustworthy(-1.0, 0)
    assert not is_average_trustworthy(1.0, 1)
    assert is_average_trustworthy(1.0, 2)
    assert not is_average_trustworthy(2.0, 2)
    assert not is_average_trustworthy(1.0, 0)


@every_family
def test_sampled_doses_lie_on_the_exact_line(family):
    truth = family_of(family)
    function = variance_function_of(truth)
    exact = dose_curves(function, mean_coordinate(truth), 20, np.array(DOSES, dtype=float))["fresh"]
    for seed in (1, 2):
        found = sampled_doses(DoseQuestion(truth, 20, seed=seed))
        sure = found.settled & found.trusted & (found.high > found.low) & (found.doses > 1)
        error = (found.high - found.value)[sure] / 1.96
        assert np.count_nonzero(sure) >= 5
        # 2 % of the way may be left.
        assert np.all(np.abs(found.value - exact)[sure] < 4.5 * error + 0.02 * exact[sure] + 0.02)


def test_a_million_points_do_not_settle():
    found = sampled_doses(DoseQuestion(families.Bernoulli(0.1), 10**6), counts=(1,))
    assert not found.settled[0]
    assert found.value[0] == pytest.approx(1.0, abs=0.02)


def test_weights_have_their_optimum():
    function = variance_function_of(families.Bernoulli(0.1))
    best = float(best_real_weight(function, 100, 1))
    assert best == pytest.approx(1 / 11)
    kept = stationary_weighted(function, 0.1, 100, 1, np.array([best, 1 / 101]))[1] / 0.09
    assert kept == pytest.approx([10 / 11, 200 / 301])
    spread, diversity = sampled_weights(DoseQuestion(families.Bernoulli(0.1), 100), 1)
    exact = stationary_weighted(function, 0.1, 100, 1, spread.doses)
    for found, line in zip((spread, diversity), exact, strict=True):
        error = np.maximum((found.high - found.value) / 1.96, 1e-3)
        assert np.all(np.abs(found.value - line / 0.09) < 4.5 * error + 0.02)


def test_half_the_dimensions_need_half_as_many_points():
    found = sampled_ranks(6, 40, 1, counts=(1, 3, 20))
    assert found.value[1] == pytest.approx(3.0, abs=0.6)
    assert np.all(np.diff(found.value) > 0)
    asked = OneRealPoint(sample_size=40, anchors=3, dimension=6)
    figure = anchored_rank_figure(asked, found)
    go.Figure(figure.traces, figure.layout)


def test_bars_hold_every_run_and_the_chain():
    asked = OneRealPoint(runs=400, generations=60)
    paths, law, _ = told(asked)
    bins = mean_bins(paths.loop.family)
    held, chain = runs_in_bins(bins, paths.mean), chain_in_bins(bins, law)
    assert held.sum(axis=1) == pytest.approx(1.0)
    assert chain.sum(axis=1) == pytest.approx(1.0)
    assert chain[1:, 0] == pytest.approx(law.lost[1:])
    assert held[:, 0] == pytest.approx(paths.lost.mean(axis=0))
    error = np.sqrt(chain[-1] * (1 - chain[-1]) / 400)
    assert np.all(np.abs(held[-1] - chain[-1]) < 4.5 * error + 1e-3)


@every_family
def test_the_limit_law_fills_the_bars(family):
    truth = family_of(family)
    bins = mean_bins(truth)
    late = limit_in_bins(bins, truth, 5)
    assert (late is None) == (family == "gaussian")
    assert limit_in_bins(bins, truth, 0) is None
    if late is not None:
        assert late.sum() == pytest.approx(1.0)
        assert len(bins.heights(late)) == len(bins.outline())


def test_the_map_depends_on_the_number_and_not_on_the_share():
    function = variance_function_of(families.Bernoulli(0.1))
    values = kept_in_the_long_run(function, 0.1, SIZES[None, :], COUNTS[:, None])
    row, wide = values[COUNTS == 1][0], SIZES >= 1000
    assert np.ptp(row[wide]) < 1e-3
    assert row[-1] == pytest.approx(2 / 3, abs=1e-5)
    share = kept_in_the_long_run(function, 0.1, 900, 100)
    few = kept_in_the_long_run(function, 0.1, 9, 1)
    assert share - few > 0.2


@every_family
@pytest.mark.parametrize("settings", [{}, {"anchors": 0}, {"fresh": False}, {"anchors": 100}])
def test_figures_are_valid(family, settings):
    for size, generations in ((100, 12), (2, 500)):
        figure = figure_of(OneRealPoint(family, size, generations, runs=20, **settings))
        go.Figure(figure.traces, figure.layout)
        for frame in (figure.frames[0], figure.frames[-1]):
            go.Frame(frame.to_dict())
            for change in frame.data:
                assert all(len(values) for values in change.values())


def test_every_panel_moves_so_that_none_is_dropped():
    for hidden in (None, "guess"):
        figure = figure_of(OneRealPoint(generations=5), hidden=hidden)
        moved = {figure.traces[index]["xaxis"] for index in figure.frames[0].traces}
        assert moved == {"x", "x2", "x3"}


def test_the_answer_is_hidden_while_it_is_to_be_guessed():
    names = [trace.get("name") for trace in figure_of(OneRealPoint(), hidden="?").traces]
    assert not {"mean", "exact mean", "fresh points (exact)"} & set(names)


@every_family
def test_view_figures_are_valid(family):
    truth = family_of(family)
    doses = sampled_weights(DoseQuestion(truth, 100), 1)
    for figure in (
        real_point_map_figure(OneRealPoint(family)),
        real_point_map_figure(OneRealPoint(family, fresh=False)),
        real_point_weight_figure(OneRealPoint(family, real_weight=0.0), doses),
    ):
        go.Figure(figure.traces, figure.layout)


def test_side_by_side():
    asked = OneRealPoint(generations=40)
    loops = {name: asked.side(name) for name in SIDES}
    paths = {name: loop.simulate(50, 1) for name, loop in loops.items()}
    laws = {name: loop.exact(approximate=True) for name, loop in loops.items()}
    # A flat prior with its mode in the share adds nothing; in the log-odds it forgets the truth.
    assert np.array_equal(paths["nothing"].mean, paths["flat_share"].mean)
    assert not paths["flat_odds"].absorbed[:, 1:].any()
    assert laws["flat_odds"].mean[-1] > 0.25
    figure = side_by_side_figure(paths, laws, 0)
    go.Figure(figure.traces, figure.layout)
    assert len(figure.frames) == 41


def test_specs_of_dots_do_not_collide():
    asked = [DoseQuestion(family_of(name), 100) for name in FAMILY_CHOICES]
    assert len({repr(question) for question in asked}) == len(FAMILY_CHOICES)
    assert dataclasses.replace(asked[0], fresh=False) != asked[0]
