"""The experiment, the report and the figures of vanishing tails."""

import dataclasses

import numpy as np
import plotly.graph_objects as go
import pytest

from collapse_core import Accumulate, AccumulateSubsample, Anchors, RealFraction, families
from collapse_core.figures.guess_place import guessed_curve
from collapse_core.figures.look import DARK, LIGHT
from collapse_core.theory.tails import expected_survivors, zipf_probabilities
from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.neighbours import collapse_neighbours
from collapse_core.topics.vanishing_tails.neighbours_figure import neighbours_figure
from collapse_core.topics.vanishing_tails.own_counts import Counts, parse_counts
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.rank_groups import rank_groups
from collapse_core.topics.vanishing_tails.report import (
    COMMON_MASS,
    report_vanishing_tails,
    survivors_csv,
    tails_law,
)
from collapse_core.topics.vanishing_tails.runs import run_tails
from collapse_core.topics.vanishing_tails.starts import EXAMPLE, named_start, python_lines

SMALL = {"sample_size": 60, "generations": 12, "kinds": 50, "runs": 100}
LOOKS = [LIGHT, DARK, LIGHT.sized(1.35)]


def told(experiment):
    runs = run_tails(
        experiment.loop(), experiment.affordable_runs(), experiment.seed, common_mass=COMMON_MASS
    )
    return runs, report_vanishing_tails(runs, tails_law(experiment.loop()))


def check_figure(moving):
    frames = [go.Frame(**frame.to_dict()) for frame in moving.frames]
    go.Figure(data=moving.traces, layout=moving.layout, frames=frames)
    for frame in moving.frames:
        for index, change in zip(frame.traces, frame.data, strict=True):
            size = len(moving.traces[index]["x"]) or len(change["x"])
            assert len(change["y"]) == size
            assert any(value is not None for value in change["y"]), "an empty trace"


# ------------------------------------------------------------------------------- the experiment


@pytest.mark.parametrize(
    ("changes", "policy"),
    [
        ({}, Anchors(0)),
        ({"anchors": 3, "fresh": False}, Anchors(3, fresh=False)),
        ({"policy": "fraction", "anchors": 15}, RealFraction(0.25)),
        ({"policy": "fraction", "anchors": 100}, RealFraction(1.0)),
        ({"policy": "accumulate"}, Accumulate()),
        ({"policy": "subsample"}, AccumulateSubsample()),
    ],
)
def test_the_policy_of_a_choice(changes, policy):
    assert VanishingTails(**SMALL, **changes).loop().policy == policy


def test_switches_change_the_loop_only_when_they_are_on():
    plain = VanishingTails(**SMALL, temperature=0.5, top_p=0.5, minimum_count=20)
    assert plain.loop() == VanishingTails(**SMALL).loop()
    family = dataclasses.replace(plain, favours_common=True, too_simple=True).loop().family
    assert (family.top_p, family.minimum_count) == (0.5, 20)
    assert dataclasses.replace(plain, favours_common=True).loop().temperature == 0.5
    assert dataclasses.replace(plain, finite=False).loop().family.infinite_data


@pytest.mark.parametrize("name", VanishingTails.params)
def test_every_number_is_checked_by_name(name):
    param = VanishingTails.params[name]
    for value in (param.low - 1, param.high + 1, "x", None):
        with pytest.raises(ValueError, match=rf"^{name}=.* from .* Choose"):
            VanishingTails(**{name: value})


def test_an_unknown_policy_and_bad_counts():
    with pytest.raises(ValueError, match=r"policy='hope' .* one of anchors"):
        VanishingTails(policy="hope")
    for counts in ((0.0, 0.0), (1.0, -1.0), (1.0, np.inf)):
        with pytest.raises(ValueError, match="counts must be finite"):
            VanishingTails(counts=counts).loop()


def test_counts_of_any_size_become_shares():
    shares = VanishingTails(counts=(1e12, 1.0, 0.0)).truth()
    assert sum(shares) == pytest.approx(1.0, abs=1e-12)
    assert shares[2] == 0.0


def test_runs_are_cut_only_where_they_are_long():
    assert VanishingTails().affordable_runs() == 200
    assert VanishingTails(runs=3).affordable_runs() == 3
    assert VanishingTails(finite=False).affordable_runs() == 1
    assert VanishingTails(finite=False, anchors=5).affordable_runs() > 1
    largest = VanishingTails(10**6, 200, kinds=10**4, runs=1000)
    assert 5 <= largest.affordable_runs() <= 20


# ----------------------------------------------------------------------------- the report


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"anchors": 5},
        {"policy": "fraction", "anchors": 20},
        {"policy": "fraction", "anchors": 60},
        {"policy": "accumulate"},
        {"counts": (30.0, 9.0, 1.0, 0.0)},
    ],
)
def test_the_runs_agree_with_the_law(changes):
    experiment = VanishingTails(**{**SMALL, "runs": 1000}, **changes)
    for seed in (1, 2):
        _, report = told(dataclasses.replace(experiment, seed=seed))
        assert report.known_by == "exact"
        error = np.where(report.standard_error > 0, report.standard_error, 0.05)
        assert np.all(np.abs(report.mean - report.law.survivors) < 5 * error)


def test_a_law_of_another_loop_is_noticed():
    runs, _ = told(VanishingTails(**{**SMALL, "runs": 1000}))
    wrong = tails_law(VanishingTails(**SMALL, anchors=5).loop())
    report = report_vanishing_tails(runs, wrong)
    assert abs(report.errors_apart(12)) > 10


def test_the_published_numbers_of_the_default():
    law = tails_law(VanishingTails().loop())
    assert law.survivors[[1, 10, 100]] == pytest.approx([333.75, 96.48, 16.42], abs=0.005)
    assert law.ancestors[[10, 100]] == pytest.approx([172.6, 19.88], abs=0.05)
    assert law.gini[10] == pytest.approx(0.999**10, rel=1e-9)


@pytest.mark.parametrize(
    "changes",
    [
        {"too_simple": True},
        {"favours_common": True},
        {"finite": False, "favours_common": True},
        {"anchors": 2, "fresh": False},
        {"policy": "subsample"},
    ],
)
def test_no_law_is_claimed_where_none_is_known(changes):
    _, report = told(VanishingTails(**SMALL, **changes))
    assert report.law.survivors is None
    assert report.known_by == "simulated"
    assert np.isnan(report.errors_apart(5))


def test_beyond_the_exact_limit_it_is_called_an_approximation():
    law = tails_law(VanishingTails(10**6, 100).loop())
    assert not law.exact
    assert not law.ancestors_exact


def test_the_order_of_loss_follows_the_count():
    _, report = told(VanishingTails())
    assert report.checked_kinds >= 8
    assert report.exact_loss_per_count == pytest.approx(2.885, rel=0.12)
    assert report.loss_per_count == pytest.approx(report.exact_loss_per_count, rel=0.5)


def test_what_is_newly_missing_adds_up():
    runs, report = told(VanishingTails(**SMALL))
    gone = np.concatenate(report.newly_missing)
    assert gone.size == np.unique(gone).size == 50 - report.own[-1]
    assert report.newly_missing[0].size == 0
    shares = runs.truth[report.newly_missing[1]]
    assert np.all(np.diff(shares) <= 0), "the common ones first"


def test_the_dashboard_starts_at_the_truth():
    _, report = told(VanishingTails(**SMALL))
    for name, values in report.dashboard.items():
        assert values[0] == pytest.approx(1.0), name
        assert np.isfinite(values).all()


@pytest.mark.parametrize("counts", [(1.0,), (1.0, 0.0), (1.0, 1.0)])
def test_one_or_two_kinds_and_two_points(counts):
    runs, report = told(VanishingTails(2, 5, counts=counts, runs=10))
    check_figure(vanishing_tails_figure(runs, report, log_axes=True))
    assert report.mean[-1] >= 1.0


def test_the_table_can_be_read_back():
    runs, _ = told(VanishingTails(**SMALL))
    text = survivors_csv(runs, {"note": "two\nlines"})
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    back = np.loadtxt(lines[1:], delimiter=",")
    assert np.array_equal(back[:, 1:].T, runs.survivors)


# ------------------------------------------------------------------------------- the figures


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "projector"])
@pytest.mark.parametrize("log_axes", [False, True])
def test_the_figure_is_valid(look, log_axes):
    for changes in ({}, {"kinds": 500, "anchors": 3}, {"too_simple": True}):
        runs, report = told(VanishingTails(**{**SMALL, **changes}))
        for extra in ({}, {"hidden": "not yet"}, {"guess": guessed_curve(30, 500.0, "x")}):
            moving = vanishing_tails_figure(runs, report, look=look, log_axes=log_axes, **extra)
            check_figure(moving)


def test_names_are_no_markup():
    runs, report = told(VanishingTails(10, 3, counts=(5, 3, 1), runs=5))
    nasty = ("<b>bold</b>", "%{y} & $x$", "🫐" * 60)
    moving = vanishing_tails_figure(runs, report, names=nasty)
    shown = moving.traces[0]["text"]
    assert shown[0] == "&lt;b&gt;bold&lt;/b&gt;"
    assert "%{" not in shown[1]
    assert len(shown[2]) <= 30


@pytest.mark.parametrize("kinds", [1, 2, 7, 150, 151, 1000, 10_000])
def test_groups_cover_every_kind_once(kinds):
    truth = zipf_probabilities(kinds, 1.0)
    groups = rank_groups(truth)
    assert groups.sizes.sum() == kinds
    assert groups.count <= 150
    assert groups.average(truth) @ groups.sizes == pytest.approx(1.0)
    assert np.all(np.diff(groups.places(False)) > 0)
    assert np.all(np.diff(groups.places(True)) > 0)
    places, ranks = groups.marks()
    assert len(places) == len(ranks)
    assert 1 <= min(places) <= max(places) <= groups.count


# ------------------------------------------------------------------- starts, neighbours, density


def test_starting_points():
    assert named_start("zipf") is None
    assert len(named_start("letters").names) == 26
    assert sum(named_start("names").counts) == 30
    assert named_start("own").names == parse_counts(EXAMPLE).names
    assert named_start("own", Counts(("a", "b"), (1.0, 2.0))).counts == (1.0, 2.0)
    with pytest.raises(ValueError, match=r"start='x' is not known"):
        named_start("x")


@pytest.mark.parametrize("start", ["zipf", "letters", "own"])
def test_the_python_lines_run(start):
    named = named_start(start)
    experiment = VanishingTails(
        sample_size=50, generations=3, kinds=20, runs=4, counts=named.counts if named else ()
    )
    lines = python_lines(experiment, start, 50, True, 2)
    made = {}
    exec(lines.replace(".show()", ""), made)
    assert made["loop"] == experiment.loop()


def test_the_neighbours_differ_as_they_should():
    found = collapse_neighbours(1)
    assert found.known[-1] < 0.2
    assert found.first_task[-1] == 0.0
    assert found.second_task[-1] > 0.7
    assert found.together[-1] > 0.5
    assert found.today[-1] == pytest.approx(found.today[1], abs=0.03)
    assert found.yesterday[-1] < 0.4
    assert 1 < found.best_capacity < 100
    assert found.old_data[-1] > found.new_data[-1]
    moving = neighbours_figure(found, look=DARK, alt="Four panels.")
    go.Figure(data=moving.traces, layout=moving.layout)


@pytest.mark.parametrize("model", ["histogram", "kernel"])
@pytest.mark.parametrize("density", ["second_mode", "heavy"])
def test_the_tail_of_a_density_agrees_with_its_law(model, density):
    experiment = DensityTails(100, 10, model=model, density=density, runs=400)
    tail = experiment.refit().run(experiment.affordable_runs(), 3)
    report = report_density_tails(experiment, tail)
    apart = np.abs(report.mean - report.expected)[1:] / report.standard_error[1:]
    assert np.all(apart < 5)
    if model == "histogram":
        chance = report.chance_lost[1:]
        error = np.sqrt(chance * (1 - chance) / report.runs) + 1e-3
        assert np.all(np.abs(report.lost[1:] - chance) < 5 * error)
    for look in LOOKS:
        check_figure(density_tails_figure(tail, report, look=look))


@pytest.mark.parametrize("model", ["histogram", "kernel"])
def test_two_points_and_no_bandwidth(model):
    experiment = DensityTails(2, 1, 0.995, bandwidth=0.0, model=model, runs=1)
    tail = experiment.refit().run(1, 0)
    check_figure(density_tails_figure(tail, report_density_tails(experiment, tail)))


def test_density_parameters_are_checked():
    for name in ("density", "model"):
        with pytest.raises(ValueError, match=f"^{name}='x' is not known"):
            DensityTails(**{name: "x"})
    for name, param in DensityTails.params.items():
        with pytest.raises(ValueError, match=rf"^{name}=.* from "):
            DensityTails(**{name: param.high + 1})
    assert DensityTails(10**6, model="kernel").points == 2000


def test_a_pure_loop_is_a_categorical():
    assert type(VanishingTails().loop().family) is families.Categorical


def test_what_neighbours_know_is_what_is_expected():
    truth, points = zipf_probabilities(100, 1.0), 200
    found = [collapse_neighbours(seed) for seed in (1, 3)]
    known = np.array([each.known[-1] for each in found])
    law = expected_survivors(truth, points, 30)[-1] / 100
    # Twice 40 runs; a run that keeps K of 100 kinds varies by less than the root of K.
    error = np.sqrt(100 * law) / 100 / np.sqrt(80)
    assert abs(known.mean() - law) < 4.0 * error
    assert abs(known.mean() - expected_survivors(truth, points, 15)[-1] / 100) > 4.0 * error
    # Both at once: each of the two tasks gives half of every real sample, kinds half as common.
    task = truth[:50] / truth[:50].sum() / 2.0
    both = (1.0 - (1.0 - task) ** points).mean()
    together = np.mean([each.together[-1] for each in found])
    assert abs(together - both) < 4.0 * np.sqrt(both * (1.0 - both) / 50 / 80)
