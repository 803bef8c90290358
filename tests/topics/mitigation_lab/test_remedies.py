"""Remedies on the same seeds: against their laws, with their prices, and what is beyond noise."""

import numpy as np
import pytest
from law_check import seeds
from scipy.stats import ttest_ind, ttest_rel

from collapse_core.topics.mitigation_lab.course import family_course
from collapse_core.topics.mitigation_lab.question import CONTROL, MEASURES, REMEDIES, MitigationLab
from collapse_core.topics.mitigation_lab.remedies import treatment_of
from collapse_core.topics.mitigation_lab.report import frontier, report_lab, to_csv

SMALL = {"sample_size": 20, "generations": 12, "runs": 400}


@pytest.mark.parametrize("name", [CONTROL, *REMEDIES])
@pytest.mark.parametrize("model", ["colours", "tails", "gaussian"])
def test_what_is_exact_agrees_with_the_runs(model, name):
    asked = MitigationLab(
        model=model, remedies=name.replace(CONTROL, ""), seed=seeds(1)[0], **SMALL
    )
    if name not in (CONTROL, *asked.chosen):
        return  # it means nothing for this model
    course = family_course(asked, name)
    for measure in MEASURES:
        expected = course.exact[measure]
        if expected is None:
            continue
        values = course.values[measure]
        error = values.std(axis=0, ddof=1) / np.sqrt(len(values)) + 1e-9
        assert (np.abs(values.mean(axis=0) - expected) <= 5.0 * error + 2e-3).all(), measure


def test_the_comparison_notices_another_dose():
    one = family_course(MitigationLab(anchors=1, **SMALL), "fresh")
    other = family_course(MitigationLab(anchors=60, **SMALL), "fresh")
    values = one.values["distance"][:, 1:]
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    assert (np.abs(values.mean(axis=0) - other.exact["distance"][1:]) > 5.0 * error).all()


@pytest.mark.parametrize(
    ("name", "real", "stored", "fitted"),
    [
        (CONTROL, 0, 0, 1000),
        ("fresh", 20, 0, 1020),
        ("fixed", 2, 2, 1020),
        ("accumulate", 0, 1000, 5500),
        ("subsample", 0, 1000, 1000),
        ("hybrid", 100, 0, 1000),
    ],
)
def test_prices(name, real, stored, fitted):
    treatment = treatment_of(MitigationLab(), name)
    prices = {kind: treatment.price(kind, 100, 10)[-1] for kind in ("real", "stored", "fitted")}
    assert prices == {"real": real, "stored": stored, "fitted": fitted}


def test_a_filter_is_paid_with_the_real_points_that_pass():
    treatment = treatment_of(MitigationLab(true_positive=0.9, false_positive=0.05), "filter")
    left = 1.0 - treatment.policy.left_over
    assert np.isclose(treatment.price("real", 100, 10)[-1], 1000 * left)


def test_who_leads_and_what_is_noise():
    found = report_lab(MitigationLab(remedies="fresh-accumulate", **SMALL))
    best, *_ = found.ranked(12)
    assert best.name == "accumulate"
    assert found.lead(best, found.control, 12).beyond_noise
    # A prior without strength is the control itself: on the same seeds nothing lies between.
    same = report_lab(MitigationLab(remedies="prior", prior_strength=0.0, **SMALL))
    assert not same.lead(same.courses[0], same.control, 12).beyond_noise
    assert same.lead(same.courses[0], same.control, 12).mean == 0.0


def test_more_than_the_truth_has_is_no_gain():
    found = report_lab(MitigationLab(remedies="accumulate-temperature", temperature=1.4, **SMALL))
    assert found.ranked(12)[0].name == "accumulate"


def test_the_frontier_is_what_nothing_beats():
    assert frontier([0, 1, 2, 2, 3], [0.5, 0.4, 0.9, 0.7, 0.9]) == [0, 2]
    assert frontier([2, 1], [0.1, 0.2]) == [1]


@pytest.mark.parametrize("model", ["mixture", "language"])
def test_models_that_see_rows(model):
    asked = MitigationLab(
        model=model, remedies="accumulate-quota", sample_size=60, generations=3, runs=2
    )
    found = report_lab(asked)
    assert [course.name for course in found.everyone] == ["accumulate", CONTROL]
    for course in found.everyone:
        assert course.values["diversity"].shape == (2, 4)
        assert np.isfinite(course.values["distance"]).all()
    assert to_csv(found).splitlines()[-1].startswith("3,replace,1,")


def test_a_choice_of_some():
    assert MitigationLab(remedies="judge-fresh-judge").remedies == "fresh-judge"
    assert MitigationLab(remedies="").asked == ()
    for bad in ("fresh-nothing", "fresh-fixed-golden-hybrid-prior", 3):
        with pytest.raises(ValueError, match="choose at most 4 of fresh"):
            MitigationLab(remedies=bad)


@pytest.mark.parametrize("measure", ["diversity", "distance"])
def test_the_interval_is_students_of_the_differences_run_by_run(measure):
    found = report_lab(
        MitigationLab(remedies="accumulate", measure=measure, **SMALL | {"runs": 12})
    )
    one, other = (course.values[measure][:, 12] for course in (found.courses[0], found.control))
    if measure == "diversity":
        one, other = 1.0 - one, 1.0 - other
    known = ttest_rel(other, one).confidence_interval(0.95)
    lead = found.lead(found.courses[0], found.control, 12)
    assert (lead.mean - lead.reach, lead.mean + lead.reach) == pytest.approx(known)
    assert lead.mean == pytest.approx(other.mean() - one.mean())
    unpaired = ttest_ind(other, one).confidence_interval(0.95)
    assert 2.0 * lead.reach != pytest.approx(unpaired.high - unpaired.low, rel=0.01)
