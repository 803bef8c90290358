"""Any model: its parameters, its steps, what is exact beside what is measured, its presets."""

import json
from dataclasses import replace

import numpy as np
import pytest
from first_always import first_always
from law_check import LIMIT, seeds

from collapse_core.data.own_points import EXAMPLE, pasted_points
from collapse_core.measures.level_lines import level_lines
from collapse_core.measures.neighbours import precision_and_recall
from collapse_core.measures.samples import LEAST_LOG_LIKELIHOOD, held_modes
from collapse_core.topics.any_model.code import any_model_code
from collapse_core.topics.any_model.question import (
    AnyModel,
    SideBySide,
    courses_of,
)
from collapse_core.topics.any_model.report import (
    expected_held,
    expected_spread,
    report_any_model,
    steps_as_csv,
)
from collapse_core.topics.any_model.steps import INSIDE, MOST_DRAWN

QUICK = AnyModel(sample_size=60, generations=3)
OWN = pasted_points(EXAMPLE)


def averages(experiment, measure, count, judged=500):
    """Return the mean of a measure over runs, and its standard error: (generations + 1,) each."""
    source = experiment.source()

    def course(seed):
        made = [source.reference]
        for step in experiment.loop().iterate(seed):
            if step.fitted is not None:
                made.append(step.fitted.sample(judged, np.random.default_rng([seed, step.number])))
        return [measure(source, rows) for rows in made]

    runs = np.array([course(seed) for seed in seeds(count)])
    return runs.mean(axis=0), runs.std(axis=0, ddof=1) / count**0.5


def spread(source, rows):
    return rows.var(axis=0).sum() / source.reference.var(axis=0).sum()


def held(source, rows):
    return held_modes(source.modes.shares(rows), source.expected_shares)


def recall(source, rows):
    return precision_and_recall(source.reference[:500], rows[:500]).recall


# ----------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"data": "cats"}, "data='cats' is not known: choose one of eight, blobs"),
        ({"model": "gpt"}, "model='gpt' is not known"),
        ({"policy": "hope"}, "policy='hope' is not known"),
        ({"data": "own"}, "own=None holds no points"),
        ({"sample_size": 10}, "sample_size=10 .*from 20 to 2,000"),
        ({"generations": 51}, "generations=51 "),
        ({"anchors": -1}, "anchors=-1 "),
        ({"share": 1.5}, "share=1.5 "),
        ({"components": 0}, "components=0 "),
        ({"bandwidth": float("nan")}, "bandwidth=nan "),
        ({"latent": 9}, "latent=9 "),
        ({"seed": -1}, "seed=-1 "),
    ],
)
def test_bad_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        AnyModel(**settings)


def test_settings_and_data_are_named_apart():
    tasks = [
        AnyModel(data=data, model=model, policy=policy, own=OWN if data == "own" else None)
        for data in AnyModel.choices["data"]
        for model in AnyModel.choices["model"]
        for policy in AnyModel.choices["policy"]
    ]
    tasks += [AnyModel(seed=2), AnyModel(fresh=False), SideBySide(AnyModel(), "models")]
    tasks += [SideBySide(AnyModel(), "policies"), SideBySide(AnyModel(seed=2), "models")]
    other = pasted_points(EXAMPLE + "\n3, 3")
    tasks += [AnyModel(data="own", own=other)]
    assert len({repr(task) for task in tasks}) == len(tasks)


def test_changes_build_the_same_experiment():
    asked = AnyModel(model="kernel", bandwidth=0.3, seed=4)
    assert asked.changes() == {"model": "kernel", "bandwidth": 0.3, "seed": 4}
    assert AnyModel(**asked.changes()) == asked


# ---------------------------------------------------------------------------------------- steps


@pytest.mark.parametrize("model", AnyModel.choices["model"])
@pytest.mark.parametrize("data", first_always(AnyModel.choices["data"]))
def test_every_model_on_all_data(model, data):
    asked = AnyModel(
        data=data, model=model, sample_size=40, generations=1, own=OWN if data == "own" else None
    )
    first, last = asked.run()
    assert first.number == 0
    assert np.isnan(first.local)
    assert first.held == asked.source().modes.count
    assert first.spread == pytest.approx(1.0, abs=0.06)
    assert first.cumulative < 0.05
    for step in (first, last):
        assert 0.0 <= step.precision <= 1.0
        assert 0.0 <= step.recall <= 1.0
        assert 0.9 < step.rank <= 2.0
        assert step.cloud.shape == (40, 2)
        assert len(step.lines) == len(INSIDE)
        assert step.birth.total == 40
    assert LEAST_LOG_LIKELIHOOD <= last.log_likelihood < 5.0
    assert last.local >= 0.0
    assert last.lines[0], "a first fit has lines"
    assert report_any_model(asked, [first, last]).done == 1


def test_a_run_in_steps_is_the_run_and_the_seed_decides():
    whole = QUICK.run()
    again = [QUICK.start()]
    while len(again) < 4:
        again.append(QUICK.after(again))
    other = replace(QUICK, seed=2).run()
    for one, same, different in zip(whole, again, other, strict=True):
        np.testing.assert_array_equal(one.cloud, same.cloud)
        assert one.recall == same.recall
        assert not np.array_equal(one.cloud, different.cloud)
    longer = replace(QUICK, generations=5).run()
    np.testing.assert_array_equal(longer[3].cloud, whole[3].cloud)


def test_births_are_counted():
    run = replace(QUICK, policy="accumulate").run()
    assert [(s.birth.real, s.birth.last, s.birth.older) for s in run] == [
        (60, 0, 0),
        (60, 0, 0),
        (60, 60, 0),
        (60, 60, 60),
    ]
    run = replace(QUICK, anchors=15).run()
    assert (run[3].birth.real, run[3].birth.last, run[3].birth.older) == (15, 60, 0)


def test_steps_are_small_enough_to_keep():
    step = AnyModel(sample_size=2000, generations=1, model="kernel", policy="accumulate").run()[1]
    assert len(step.cloud) == MOST_DRAWN
    assert step.generation.fitted is None
    assert not len(step.generation.rows)
    points = sum(len(line) for lines in step.lines for line in lines)
    assert points < 2000
    assert len(json.dumps(np.round(step.cloud, 2).tolist())) < 9000


def test_a_collapsed_run_is_a_result():
    points = pasted_points("\n".join(["0, 0"] * 19 + ["1, 1"]))
    asked = AnyModel(data="own", own=points, model="kernel", bandwidth=0.0, sample_size=20)
    last = asked.run()[-1]
    assert last.rank == 0.0
    assert last.spread == 0.0
    assert last.lines == ([], [])
    assert np.isfinite(last.log_likelihood)
    for model in AnyModel.choices["model"]:
        replace(asked, model=model, generations=2).run()


# ------------------------------------------------------------------------ exact beside measured

SPREADS = {
    "one Gaussian": {"model": "pca", "data": "moons"},
    "a mixture of one": {"model": "mixture", "components": 1, "data": "blobs"},
    "a kernel": {"model": "kernel", "bandwidth": 0.3, "data": "ring"},
    "a kernel without blur": {"model": "kernel", "bandwidth": 0.0},
    "real points": {"model": "pca", "anchors": 10},
    "a kernel with real points": {"model": "kernel", "anchors": 10, "bandwidth": 0.3},
    "a part is real": {"model": "pca", "policy": "real_share", "share": 0.3},
    "all real": {"model": "pca", "policy": "real_share", "share": 1.0},
}


@pytest.mark.parametrize("kind", first_always(SPREADS, 3))
def test_the_spread_has_its_exact_average(kind):
    asked = AnyModel(sample_size=20, generations=6, **SPREADS[kind])
    mean, error = averages(asked, spread, 60)
    law = expected_spread(asked)
    assert (np.abs(mean - law) < LIMIT * error + 0.01).all()
    assert not (np.abs(mean - 1.3 * law) < LIMIT * error + 0.01).all()


def test_the_spread_of_a_kernel_tends_to_its_limit():
    asked = AnyModel(model="kernel", sample_size=20, generations=50, bandwidth=0.5)
    truth = asked.source().reference.var(axis=0).sum()
    # v tends to h^2 (n - 1) in each coordinate, and the model adds another h^2.
    limit = 2 * 0.5**2 * 20 / truth
    gap = np.abs(expected_spread(asked) - limit)
    assert gap[50] == pytest.approx(gap[0] * (1 - 1 / 20) ** 50, rel=0.1)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"model": "vae"},
        {"model": "pca", "policy": "accumulate"},
        {"model": "pca", "anchors": 3, "fresh": False},
        {"model": "pca", "data": "own", "own": OWN},
    ],
)
def test_no_law_is_claimed_where_none_is_known(settings):
    assert expected_spread(AnyModel(**settings)) is None


@pytest.mark.full
def test_places_left_follow_the_chain_of_labels():
    for settings in ({}, {"anchors": 5}, {"data": "blobs", "components": 3}):
        asked = AnyModel(sample_size=60, generations=8, **settings)
        mean, error = averages(asked, held, 8, 2000)
        law = expected_held(asked)
        assert law[0] == asked.source().modes.count
        # An approximation for the mixture: fits share points between neighbours.
        assert (np.abs(mean - law) < 4 * error + 0.45).all(), (settings, mean, law)
    faster = expected_held(AnyModel(sample_size=20, generations=8))
    mean, error = averages(AnyModel(sample_size=60, generations=8), held, 6, 2000)
    assert not (np.abs(mean - faster) < 4 * error + 0.45).all()


@pytest.mark.parametrize(
    "settings",
    [
        {"model": "kernel"},
        {"data": "ring"},
        {"components": 7},
        {"policy": "accumulate"},
        {"anchors": 3, "fresh": False},
        {"sample_size": 2000},
        {"policy": "real_share", "share": 1.0},
    ],
)
def test_no_chain_is_claimed_where_there_is_none(settings):
    assert expected_held(AnyModel(**settings)) is None


@pytest.mark.full
def test_the_answer_to_the_question():
    asked = AnyModel()
    assert expected_held(asked)[-1] == pytest.approx(5.48, abs=0.005)
    mean, error = averages(asked, held, 8, 2000)
    assert abs(mean[-1] - 5.4) < 4 * error[-1] + 0.2
    mean, error = averages(asked, recall, 4)
    assert abs(mean[-1] - 0.07) < 4 * error[-1] + 0.05


# --------------------------------------------------------------------------------- side by side


@pytest.mark.parametrize("side", first_always(["models", "policies"]))
def test_variants_take_turns_and_are_the_runs_alone(side):
    base = AnyModel(sample_size=40, generations=2, model="kernel", data="moons")
    task = SideBySide(base, side)
    names = list(base.variants(side))
    assert len(names) == 4
    if side == "models":  # the slow one is as the others
        names.remove("vae")
    steps = [task.start()]
    while len(steps) <= 4:
        steps.append(task.after(steps))
    assert [name for name, _ in steps] == ["", *base.variants(side)]
    courses = courses_of(steps, names)
    assert [len(course) for course in courses.values()] == [2] * len(names)
    for name in names:
        alone = replace(base.variants(side)[name], generations=1).run()[1]
        np.testing.assert_array_equal(courses[name][1].cloud, alone.cloud)
    assert task.total == 8


def test_policies_side_by_side_add_ten_real_points_if_none_are_asked_for():
    assert AnyModel().variants("policies")["anchors"].anchors == 10
    assert AnyModel(anchors=3).variants("policies")["anchors"].anchors == 3
    assert AnyModel(anchors=3).variants("policies")["replace"].anchors == 0


# ------------------------------------------------------------------------------ tables and code


def test_the_table_holds_what_was_measured():
    run = QUICK.run()
    lines = steps_as_csv(QUICK, run).splitlines()
    assert "# model: GaussianMixtureModel(components=8, covariance='full', floor=1e-08)" in lines
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    assert rows[0][:3] == ["generation", "log_likelihood", "held"]
    assert [int(row[0]) for row in rows[1:]] == [0, 1, 2, 3]
    assert float(rows[-1][4]) == pytest.approx(run[-1].recall, rel=1e-4)


@pytest.mark.parametrize(
    "asked", [AnyModel(generations=1), AnyModel("own", generations=1, own=OWN)]
)
def test_the_lines_of_python_run(asked, capsys):
    code = any_model_code(asked, 1).replace(".show()", "")
    assert len(code.splitlines()) <= 14
    exec(code, {})
    assert capsys.readouterr().out.startswith("[8, ")


# ---------------------------------------------------------------------------------- level lines


def test_level_lines_of_a_hill_are_circles():
    places = np.linspace(-3.0, 3.0, 61)
    x, y = np.meshgrid(places, places)
    for radius in (0.5, 1.0, 2.5):
        lines = level_lines(-(x**2 + 2.0 * y**2), places, -(radius**2))
        assert len(lines) == 1
        (line,) = lines
        np.testing.assert_array_equal(line[0], line[-1])
        np.testing.assert_allclose(line[:, 0] ** 2 + 2.0 * line[:, 1] ** 2, radius**2, atol=0.01)


def test_level_lines_of_two_hills_a_slope_and_nothing():
    places = np.linspace(-3.0, 3.0, 41)
    x, y = np.meshgrid(places, places)
    hills = np.logaddexp(-((x - 1.5) ** 2) - y**2, -((x + 1.5) ** 2) - y**2)
    assert len(level_lines(hills, places, -0.5)) == 2
    assert len(level_lines(hills, places, -2.0)) == 1
    (slope,) = level_lines(x, places, 0.3)
    np.testing.assert_allclose(slope[:, 0], 0.3)
    assert len(slope) == 41
    assert level_lines(hills, places, 5.0) == []
    assert level_lines(hills, places, -np.inf) == []
    spike = np.full((41, 41), -np.inf)
    spike[20, 20] = 0.0
    (line,) = level_lines(spike, places, -1.0)
    assert np.isfinite(line).all()
    saddle = level_lines(x * y, places, 1e-9)
    assert len(saddle) == 2


def test_points_outside_the_picture_are_counted():
    report = report_any_model(QUICK, QUICK.run())
    step = report.steps[1]
    moved = step.cloud.copy()
    moved[: len(moved) // 4, 0] = 3.5
    inside = np.clip(step.cloud, -2.9, 2.9)
    for cloud, share in ((inside, 0.0), (np.where(moved > 3, moved, inside), 0.25)):
        steps = [report.steps[0], replace(step, cloud=cloud)]
        told = report_any_model(QUICK, steps).facts_at(1)["outside"]
        assert told == pytest.approx(share, abs=1 / len(cloud))
