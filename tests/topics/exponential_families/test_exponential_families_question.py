"""The experiment with ten exponential families: loops, report, figures."""

import dataclasses

import numpy as np
import plotly.graph_objects as go
import pytest
from law_check import SEED, disagreements

from collapse_core import ClosedLoop, Replace, families
from collapse_core.families.variance_functions import variance_function_of
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import DARK
from collapse_core.figures.model_shape import model_shape
from collapse_core.lessons.lesson import read_lesson
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.topics.exponential_families.figure import exponential_families_figure
from collapse_core.topics.exponential_families.overview_figure import exponential_overview_figure
from collapse_core.topics.exponential_families.question import (
    FAMILY_CHOICES,
    ExponentialFamilies,
)
from collapse_core.topics.exponential_families.report import report_diversity, reports_side_by_side

SMALL = {"sample_size": 20, "generations": 12, "runs": 60}
HARSH = {"sample_size": 2, "generations": 500, "shape": 0.1, "r": 0.1, "runs": 30}


def opened(percentile=50, **changes):
    experiment = ExponentialFamilies(**changes)
    loop = experiment.loop()
    paths, law = loop.simulate(experiment.runs, experiment.seed), loop.exact(approximate=True)
    run = run_at_percentile(paths, percentile)
    return paths, law, run, report_diversity(paths, law, run)


@pytest.mark.parametrize("family", [name for name in FAMILY_CHOICES if name != "gaussian"])
@pytest.mark.parametrize("policy", ExponentialFamilies.choices["policy"])
def test_runs_agree_with_the_law(family, policy):
    asked = ExponentialFamilies(family, 40, 8, anchors=6, policy=policy, real_weight=0.3)
    loop = asked.loop()
    assert disagreements(loop.simulate(2000, SEED), loop.exact(), (1, 8)) == []


@pytest.mark.parametrize("policy", ExponentialFamilies.choices["policy"])
def test_gaussian_runs_agree_with_the_law(policy):
    asked = ExponentialFamilies("gaussian", 40, 8, anchors=6, policy=policy, real_weight=0.3)
    runs, law = asked.loop().simulate(4000, SEED), asked.loop().exact()
    centers, spreads = runs.mean[:, -1].T
    for values, expected in (
        (spreads, law.diversity[-1]),
        (centers, law.mean[-1, 0]),
        (centers**2, law.variance[-1]),
    ):
        assert abs(values.mean() - expected) < 5.5 * values.std() / 4000**0.5


@pytest.mark.parametrize("family", FAMILY_CHOICES)
def test_the_average_follows_v2(family):
    *_, report = opened(family=family, **SMALL)
    powers = (1 + report.v2 / 20) ** np.arange(13)
    np.testing.assert_allclose(report.exact, powers, rtol=1e-9)


@pytest.mark.parametrize("family", FAMILY_CHOICES)
@pytest.mark.parametrize("policy", ExponentialFamilies.choices["policy"])
def test_lost_inside_is_found_outside(family, policy):
    asked = ExponentialFamilies(family, 20, 15, anchors=3, policy=policy)
    law, truth = asked.loop().exact(), asked.truth()
    v2 = variance_function_of(truth).v2
    balance = law.diversity - v2 * law.variance
    np.testing.assert_allclose(balance, law.diversity[0], rtol=1e-8)


@pytest.mark.parametrize("family", FAMILY_CHOICES)
def test_parameters_reach_the_truth(family):
    start = ExponentialFamilies(family)
    for name in start.names_of(family):
        param = start.params[name]
        changed = dataclasses.replace(start, **{name: param.low})
        assert changed.truth() != start.truth()
        assert changed.changes() == {"family": family, name: param.low} or family == "exponential"
    assert read_lesson("exponential_families").text("fate", family).endswith(".")


@pytest.mark.parametrize("name", list(ExponentialFamilies.params))
def test_every_number_is_checked_by_name(name):
    with pytest.raises(ValueError, match=rf"^{name}=.* from .* Choose"):
        ExponentialFamilies(**{name: ExponentialFamilies.params[name].high + 1})


@pytest.mark.parametrize("name", ["family", "policy"])
def test_unknown_choices(name):
    with pytest.raises(ValueError, match=f"{name}='hope' .* choose one of"):
        ExponentialFamilies(**{name: "hope"})


def test_a_family_without_a_quadratic_variance():
    with pytest.raises(ValueError, match="no quadratic variance"):
        variance_function_of("hope")


def test_published_numbers():
    # n = 50, t = 60: exact 3.281, median .303; Poisson extinction as in arXiv:2412.17646.
    *_, report = opened(runs=2000, seed=SEED % 1000)
    assert report.exact[-1] == pytest.approx(3.281, abs=5e-4)
    assert report.median[-1] == pytest.approx(0.303, abs=0.07)
    *_, report = opened(family="poisson", sample_size=10, generations=100, runs=2000)
    assert report.chance_gone[-1] == pytest.approx(0.8225, abs=1e-4)
    assert abs(report.errors_apart[-1]) < 5


def test_what_runs_cannot_show_is_said():
    *_, heavy = opened(family="normal_variance")
    *_, light = opened(family="poisson")
    assert 0 < heavy.unseen_from < 60
    assert light.unseen_from is None
    *_, anchored = opened(anchors=1)
    *_, held = opened(anchors=3)
    assert not anchored.settles
    assert held.settles
    assert held.exact_error is None


def test_overflow_is_a_result():
    *_, report = opened(family="gamma", **HARSH)
    assert report.beyond_from == 395
    assert np.isinf(report.exact[-1])
    assert not np.isnan(report.average).any()


def test_percentiles_rank_diversity():
    paths, _, low, _ = opened(0, family="gaussian", **SMALL)
    high = run_at_percentile(paths, 100)
    ends = paths.diversity[:, -1]
    assert (ends[low], ends[high]) == (ends.min(), ends.max())


@pytest.mark.parametrize("harsh", [False, True])
@pytest.mark.parametrize("percentile", [0, 100])
@pytest.mark.parametrize("family", FAMILY_CHOICES)
def test_models_are_drawn_on_fixed_axes(family, percentile, harsh):
    paths, _, run, _ = opened(percentile, family=family, **(HARSH if harsh else SMALL))
    shape = model_shape(paths, run)
    assert len(shape.models) == paths.generations + 1
    assert shape.x[0] < shape.x[1]
    for model in shape.models:
        assert np.isfinite(model["y"]).all()
        assert len(model["y"]) == len(shape.truth["y"])
    assert shape.models[0]["y"] == shape.truth["y"]


def test_bars_hold_all_chances():
    paths, _, run, _ = opened(family="poisson", **SMALL)
    for model in model_shape(paths, run).models:
        assert sum(model["y"][1::4]) == pytest.approx(1.0, abs=0.02)


def test_only_families_with_a_shape_are_drawn():
    loop = ClosedLoop(families.MultivariateGaussian(((1, 0), (0, 1))), Replace(), 10, 2)
    with pytest.raises(ValueError, match="no shape to draw"):
        model_shape(loop.simulate(1, 1), 0)


def test_zero_has_a_place_on_the_axis():
    axis = log_axis_for(np.array([0.0, 3e-4, np.inf, np.nan]), np.array([5.0]))
    assert (axis.low, axis.high) == (-4, 12)
    assert axis.places(np.array([0.0, 1e-9, 1.0, np.inf])).tolist() == [
        axis.floor,
        axis.floor,
        1.0,
        1e30,
    ]
    assert axis.hides(np.array([1e-9]))
    assert not axis.hides(np.array([0.0, 1.0]))
    assert axis.ends[0] < axis.floor < 1e-4
    assert log_axis_for(np.zeros(3)) == LogAxis(-2, 1)


@pytest.mark.parametrize("family", FAMILY_CHOICES)
def test_the_figure_is_valid(family):
    paths, law, run, _ = opened(family=family, **SMALL)
    look = DARK.sized(1.35)
    moving = exponential_families_figure(paths, law, run, look=look, compared=law, alt="words")
    go.Figure(moving.at(3).to_dict())
    assert [frame.name for frame in moving.frames] == [str(t) for t in range(13)]
    for frame in moving.frames:
        assert all(trace["y"] for trace in frame.data), "an empty trace drops its neighbours"


def test_a_hidden_average_is_not_in_the_figure():
    paths, law, run, _ = opened(**SMALL)
    hidden = exponential_families_figure(paths, law, run, hidden="guess")
    left = [trace.get("name") for trace in hidden.traces if trace["xaxis"] == "x"]
    assert "exact mean" not in left
    assert "mean" not in left
    assert "median" not in left


def test_all_families_side_by_side():
    experiment = ExponentialFamilies(**SMALL, seed=3)
    reports = reports_side_by_side(experiment)
    assert tuple(reports) == FAMILY_CHOICES
    moving = exponential_overview_figure(reports)
    go.Figure(moving.at(3).to_dict())
    assert len(moving.frames) == 13
    assert all(len(frame.data) == 10 for frame in moving.frames)
    hidden = exponential_overview_figure(reports, hidden="guess")
    assert "exact mean" not in {trace.get("name") for trace in hidden.traces}
    with pytest.raises(ValueError, match="empty"):
        exponential_overview_figure({})
    code = experiment.python(0, 50, 5, side_by_side=True).replace(".show()", "")
    scope = {}
    exec(code, scope)
    np.testing.assert_array_equal(scope["reports"]["gamma"].median, reports["gamma"].median)
