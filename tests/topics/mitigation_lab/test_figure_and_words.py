"""The lab's picture and its sentences: who is best for the chosen measure, and where nobody is."""

from itertools import combinations

import numpy as np
import pytest
from first_always import first_always

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.mitigation_lab.balance_panel import apart
from collapse_core.topics.mitigation_lab.figure import mitigation_lab_figure
from collapse_core.topics.mitigation_lab.guess import mitigation_lab_prediction
from collapse_core.topics.mitigation_lab.place_panel import judged_mean
from collapse_core.topics.mitigation_lab.question import REMEDIES, MitigationLab
from collapse_core.topics.mitigation_lab.report import report_lab
from collapse_core.topics.mitigation_lab.sentences import MitigationLabSentences

LESSON = read_lesson("mitigation_lab")
SMALL = {"sample_size": 20, "generations": 10, "runs": 50}


def spoken(**asked):
    found = report_lab(MitigationLab(**{**SMALL, **asked}))
    return found, MitigationLabSentences(LESSON, found)


def test_small_panels_share_their_axes():
    found, _ = spoken(remedies="fresh-golden-accumulate-filter")
    figure = mitigation_lab_figure(found)
    row, balance = figure.panels[:2]
    assert [row["leads"], balance["leads"]] == [True, True]
    small = row["parts"]
    assert len(small) == 5
    ranges = {str(figure.layout[f"yaxis{part['y'][1:]}"]["range"]) for part in small}
    assert len(ranges) == 1
    assert len(figure.frames) == 11


def test_the_winner_is_that_of_the_chosen_measure():
    asked = {"remedies": "fresh-accumulate-quota", "generations": 30, "sample_size": 100}
    found, said = spoken(model="tails", measure="tail", **asked)
    best = found.ranked(30)[0]
    assert best.name == "quota"
    assert said.captions()[30].startswith("Generation 30, best: **a quota**, with **100 %**")
    other, said = spoken(model="tails", measure="distance", **asked)
    assert other.ranked(30)[0].name == "accumulate"
    assert "best: **accumulating**" in said.captions()[30]


def test_exact_stands_beside_sampled():
    found, said = spoken(remedies="accumulate", generations=30)
    exact = found.courses[0].exact["diversity"][30]
    assert f"(exact {100 * exact:.3g} %)" in said.captions()[30]


def test_no_difference_beyond_noise_is_said():
    _, said = spoken(remedies="prior", prior_strength=0.0)
    assert "no difference beyond noise" in said.captions()[10]
    assert any("no difference to replacement beyond noise" in each for each in said.details(10))


def test_replacement_can_be_best():
    _, said = spoken(remedies="quota", quota=8, measure="distance", sample_size=40, runs=200)
    assert "no remedy helps here. **Pure replacement** is nearest" in said.captions()[10]


@pytest.mark.parametrize("measure", ["diversity", "tail", "distance"])
@pytest.mark.parametrize("model", first_always(["colours", "tails", "gaussian"]))
def test_every_case_can_be_said(model, measure):
    for names in combinations(REMEDIES, 2):
        _, said = spoken(model=model, measure=measure, remedies="-".join(names), runs=5)
        told = [*said.captions(), *said.notes(), *said.details(10), said.alt()]
        assert not any("nan" in each or "None" in each for each in told)
        said.columns(), said.kept(10)


def test_a_single_run_and_no_remedy():
    _, said = spoken(runs=1)
    assert "with one run" in said.details(10)[0]
    assert any("single run" in each for each in said.notes())
    found, said = spoken(remedies="")
    assert "Choose remedies to compare" in said.captions()[10]
    assert mitigation_lab_prediction(LESSON, found) is None
    mitigation_lab_figure(found)


def test_what_means_nothing_is_left_out_and_said():
    found, said = spoken(model="gaussian", remedies="fresh-quota")
    assert [course.name for course in found.courses] == ["fresh"]
    assert any("a quota" in each for each in said.notes())


def test_nothing_tells_before_the_guess():
    found = report_lab(MitigationLab(**SMALL, remedies="fresh-accumulate"))
    said = MitigationLabSentences(LESSON, found, waiting=True)
    asked = mitigation_lab_prediction(LESSON, found)
    figure = mitigation_lab_figure(found, guess=asked.place, hidden="wait", alt=said.alt())
    shown = {trace.get("name") for trace in figure.traces}
    assert LESSON.text("figure", "frontier") not in shown
    assert LESSON.text("figure", "control") not in shown
    best = found.courses[1].average("diversity")[10]
    assert all(f"{100 * best:.3g}" not in each for each in [*said.captions(), said.alt()])
    assert "It keeps" in asked.reveal([0.5])


def test_names_do_not_lie_over_each_other():
    heights = apart([0, 0, 0, 90], [0.5, 0.5, 0.49, 0.5], 100.0, (0.0, 1.0))
    near = sorted(heights[:3])
    assert np.diff(near).min() > 0.07
    assert heights[3] == 0.5
    low = apart([0, 0, 0], [0.0, 0.0, 0.0], 100.0, (0.0, 1.0))
    assert min(low) > 0.0
    assert np.diff(sorted(low)).min() > 0.07


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_judge_leads_to_its_own_centre(seed):
    for model, settings in (
        ("gaussian", {"accept_wrong": 1.0, "bias": 0.3, "sample_size": 500}),
        ("colours", {"accept_wrong": 0.5, "bias": 0.2, "sample_size": 50}),
    ):
        asked = MitigationLab(
            model=model, remedies="judge", generations=10, runs=400, seed=seed, **settings
        )
        found = report_lab(asked)
        course = found.courses[0]
        expected, exact = judged_mean(asked, course)
        assert exact == (model == "colours")
        error = course.place.std(axis=0, ddof=1) / 20.0 + 1e-9
        room = 0.0 if exact else 0.01  # endless samples are an approximation
        apart_from = np.abs(course.place.mean(axis=0) - expected) - room
        assert (apart_from <= 4.0 * error).all()
        beside = np.abs(found.control.place.mean(axis=0) - expected)[10]
        assert beside > 4.0 * error[10] + room
        figure = mitigation_lab_figure(found)
        assert LESSON.text("figure", f"place_{model}") in [each["name"] for each in figure.panels]


def test_models_that_see_rows_end_earlier():
    asked = MitigationLab(model="mixture", generations=200)
    assert asked.last == 40
    assert MitigationLab(generations=200).last == 200


@pytest.mark.full
@pytest.mark.parametrize("model", ["mixture", "language"])
def test_rows_are_told_too(model):
    found, said = spoken(
        model=model, remedies="fresh-quota-accumulate", sample_size=60, generations=3, runs=2
    )
    assert any("2 runs" in each or "runs" in each for each in said.details(3))
    mitigation_lab_figure(found)
