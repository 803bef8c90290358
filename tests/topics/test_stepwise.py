"""Work in steps goes on where it stood: the first steps are the same however many are asked for."""

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from collapse_core.models.base import no_report
from collapse_core.stepwise import all_steps
from collapse_core.topics.any_model.question import AnyModel, SideBySide
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.language.question import Language

POINTS = {"sample_size": 40, "anchors": 3}
TEXT = {"sample_size": 300, "corpus_words": 1000, "generations": 2}
IMAGES = {"sample_size": 60, "components": 4}
MANY = 4

TASKS = {
    **{
        f"points {model}": AnyModel(**POINTS, model=model) for model in ("mixture", "kernel", "pca")
    },
    **{
        f"points {policy}": AnyModel(**POINTS, model="pca", policy=policy)
        for policy in ("real_share", "accumulate", "subsample")
    },
    "points fixed": AnyModel(**POINTS, model="pca", fresh=False),
    "points vae": AnyModel(sample_size=20, model="vae"),
    "side by side": SideBySide(AnyModel(**POINTS, model="pca"), "policies"),
    **{
        f"text {policy}": Language(**TEXT, policy=policy, real_sentences=2)
        for policy in Language.choices["policy"]
    },
    "text letters": Language(**TEXT, unit="letters", smoothing="interpolation"),
    **{
        f"images {loop} {model}": DigitsPhotographs(**IMAGES, loop=loop, model=model)
        for loop, model in (("chain", "pca"), ("retraining", "pca"), ("retraining", "mixture"))
    },
    "images accumulate": DigitsPhotographs(**IMAGES, loop="retraining", policy="accumulate"),
}


def with_generations(task, generations):
    if isinstance(task, SideBySide):
        return replace(task, experiment=with_generations(task.experiment, generations))
    return replace(task, generations=generations)


def steps_of(task, begun=()):
    """Return all steps, of which some may be made already."""
    steps = list(begun) or [task.start()]
    while len(steps) <= task.total:
        steps.append(task.after(steps, no_report))
    return steps


def same(one, other):
    """Return whether two results hold the same numbers, however deep they are."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray) and one.dtype == object:
        return same(list(one), list(other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dict__"):
        return same(vars(one), vars(other))
    return one == other or (one != one and other != other)


@pytest.mark.parametrize("name", TASKS)
def test_steps_do_not_depend_on_how_many_are_asked_for(name):
    few, many = with_generations(TASKS[name], 2), with_generations(TASKS[name], MANY)
    assert few.identity == many.identity
    begun = steps_of(few)
    at_once = steps_of(many)
    assert same(begun, at_once[: len(begun)])
    assert same(steps_of(many, begun), at_once)


def test_the_comparison_can_say_no():
    one, other = (
        steps_of(with_generations(replace(TASKS["points pca"], seed=s), 1)) for s in (1, 2)
    )
    assert same(one, one)
    assert not same(one, other)


@pytest.mark.parametrize(
    "task",
    [AnyModel(), Language(), DigitsPhotographs(), SideBySide(AnyModel(), "models")],
    ids=repr,
)
def test_everything_else_is_part_of_the_identity(task):
    experiment = getattr(task, "experiment", task)
    seen = {task.identity}
    for name, default in experiment.defaults.items():
        if name in experiment.params:
            param = experiment.params[name]
            value = param.high if default == param.low else param.low
        else:
            choices = experiment.choices.get(name, (True, False))
            value = next(choice for choice in choices if choice not in (default, "own"))
        changed = replace(experiment, **{name: value})
        other = replace(task, experiment=changed) if experiment is not task else changed
        assert (other.identity in seen) == (name == "generations"), name
        seen.add(other.identity)
    assert len(seen) == len(experiment.defaults)


def test_all_steps_at_once_are_told_of_and_can_be_stopped():
    task, told = TASKS["points pca"], []
    assert same(all_steps(task, told.append), steps_of(task))
    assert told == sorted(told)
    assert 0.0 <= told[0] < 1.0
    assert told[-1] == 1.0

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        all_steps(task, stop)
