"""Each remedy has a setting under which it fails: what the page says of it is measured here."""

from dataclasses import replace

import pytest

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import LessonError, read_lesson
from collapse_core.topics.mitigation_lab.course import family_course
from collapse_core.topics.mitigation_lab.failures import failures_of
from collapse_core.topics.mitigation_lab.question import CONTROL, REMEDIES, MitigationLab
from collapse_core.topics.mitigation_lab.remedies import treatment_of
from collapse_core.topics.mitigation_lab.report import report_lab

FAILURES = failures_of(read_lesson("mitigation_lab"))


def tried(name, seed):
    found = report_lab(MitigationLab(**{**FAILURES[name].values, "seed": seed}))
    return found, {course.name: course for course in found.everyone}, found.experiment.generations


def test_every_remedy_has_one():
    assert list(FAILURES) == list(REMEDIES)
    for name in REMEDIES:
        assert name in MitigationLab(**FAILURES[name].values).chosen


def test_settings_that_a_preset_has_are_said_once():
    told = read_lesson("mitigation_lab").words("failures")
    assert {name for name in told if "preset" in told[name]} == {"filter", "quota"}
    assert dict(FAILURES["quota"].values) == {
        "remedies": "quota", "quota": 20, "measure": "distance"
    }  # fmt: skip
    assert dict(FAILURES["filter"].values) == {
        "model": "tails", "measure": "tail", "remedies": "fresh-filter", "anchors": 1,
        "true_positive": 0.3, "false_positive": 0.61,
    }  # fmt: skip
    presets = [preset.values for preset in read_lesson("mitigation_lab").presets]
    assert all(told[name]["values"] not in presets for name in told if "values" in told[name])
    with speaking("de"):
        german = failures_of(read_lesson("mitigation_lab"))
    assert {n: f.values for n, f in german.items()} == {n: f.values for n, f in FAILURES.items()}


def test_a_preset_that_there_is_not_is_named():
    with pytest.raises(LessonError, match=r"no preset 'A filter that errs'.*failures.filter"):
        failures_of(replace(read_lesson("mitigation_lab"), presets=()))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["prior", "temperature", "quota", "judge"])
def test_it_does_harm(name, seed):
    found, courses, last = tried(name, seed)
    harm = found.lead(found.control, courses[name], last)
    assert harm.mean > 0
    assert harm.beyond_noise


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["fixed", "golden", "hybrid", "reweight"])
def test_it_does_not_help_beyond_noise(name, seed):
    found, courses, last = tried(name, seed)
    assert not found.lead(courses[name], found.control, last).beyond_noise


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("name", "better"), [("subsample", "accumulate"), ("filter", "fresh")])
def test_another_is_better(name, better, seed):
    found, courses, last = tried(name, seed)
    ahead = found.lead(courses[better], courses[name], last)
    assert ahead.mean > 0
    assert ahead.beyond_noise


@pytest.mark.parametrize(("name", "left"), [("fresh", 0.15), ("accumulate", 0.25)])
def test_most_of_the_tail_is_gone(name, left):
    _, courses, last = tried(name, 1)
    assert float(courses[name].exact["tail"][last]) == pytest.approx(left, abs=0.006)


def test_the_check_notices_a_remedy_that_helps():
    found = report_lab(MitigationLab(remedies="accumulate", seed=1))
    last = found.experiment.generations
    assert found.lead(found.courses[0], found.control, last).beyond_noise


def kept(values, name, measure):
    """Return what is kept at the end, exactly where that is known."""
    asked = MitigationLab(**values)
    course = family_course(asked, name)
    exact = course.exact[measure]
    return float((course.average(measure) if exact is None else exact)[asked.last])


def test_the_numbers_of_remember_all_are_true():
    (remember,) = (
        preset for preset in read_lesson("mitigation_lab").presets if preset.name == "Remember all"
    )
    assert "98 % of the diversity" in remember.comment
    assert kept(remember.values, "accumulate", "diversity") == pytest.approx(0.98, abs=0.005)
    assert "25 times as many points" in remember.comment
    asked = MitigationLab(**remember.values)
    dear, cheap = (
        treatment_of(asked, name).price("fitted", asked.points, asked.last)[-1]
        for name in ("accumulate", CONTROL)
    )
    assert dear / cheap == pytest.approx(25, abs=0.6)


@pytest.mark.parametrize(
    ("name", "measured", "told"),
    [
        ("fresh", "fresh", 15),
        pytest.param("subsample", "subsample", 15, marks=pytest.mark.full),
        pytest.param("subsample", "accumulate", 25, marks=pytest.mark.full),
    ],
)
def test_numbers_of_the_comments_are_true(name, measured, told):
    assert f"{told} %" in FAILURES[name].comment
    left = kept(FAILURES[name].values, measured, "tail")
    assert 100 * left == pytest.approx(told, abs=1.0)
