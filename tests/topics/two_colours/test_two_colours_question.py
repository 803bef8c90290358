"""The experiment of the first page: parameters in, a closed loop out."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from law_check import SEED, disagreements

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Weighted,
    families,
)
from collapse_core.topics.two_colours.own_jar import parse_jar
from collapse_core.topics.two_colours.question import TwoColours


def test_the_start_is_the_pure_loop():
    expected = ClosedLoop(families.Bernoulli(0.1), Anchors(0), 100, 100)
    assert TwoColours().loop() == expected
    assert TwoColours().changes() == {}


@pytest.mark.parametrize(
    ("changes", "policy"),
    [
        ({"anchors": 3}, Anchors(3)),
        ({"anchors": 3, "fresh": False}, Anchors(3, fresh=False)),
        ({"policy": "prior"}, Prior(5.0)),
        ({"policy": "prior", "prior_strength": 0}, Prior(0.0)),
        ({"policy": "accumulate", "anchors": 3}, Accumulate()),
        ({"policy": "subsample"}, AccumulateSubsample()),
        ({"policy": "fraction"}, RealFraction(0.0)),
        ({"policy": "fraction", "anchors": 25}, RealFraction(0.25)),
        ({"policy": "fraction", "anchors": 50, "sample_size": 20}, RealFraction(1.0)),
        ({"policy": "fraction", "anchors": 50, "doubled": True}, RealFraction(0.25)),
        ({"policy": "weighted", "anchors": 2, "real_weight": 0.3}, Weighted(0.3, 2)),
        ({"policy": "weighted"}, Anchors(0)),
    ],
)
def test_the_policy_of_a_choice(changes, policy):
    assert TwoColours(**changes).recipe_policy() == policy


@given(st.integers(2, 10**6), st.integers(0, 100), st.booleans())
def test_a_fraction_holds_exactly_the_anchors(size, anchors, doubled):
    asked = TwoColours(size, anchors=anchors, policy="fraction", doubled=doubled)
    recipe = asked.loop().policy.recipe(asked.effective_sample_size)
    assert recipe.fresh == min(anchors, asked.effective_sample_size)
    assert recipe.fresh + recipe.synthetic == asked.effective_sample_size


def test_doubling_doubles_sample_and_time():
    single = TwoColours(sample_size=30, generations=40, anchors=2)
    double = dataclasses.replace(single, doubled=True)
    assert (double.loop().sample_size, double.loop().generations) == (60, 80)
    assert double.undoubled() == single
    assert double.changes()["doubled"] is True


def test_a_typed_jar_may_hold_any_share():
    assert TwoColours(share=parse_jar("999 yellow, 1 blue").share).loop().family.share == 0.001
    assert TwoColours(share=1).share == 1.0
    with pytest.raises(ValueError, match=r"^share=1\.1 .* from 0 to 1"):
        TwoColours(share=1.1)


@pytest.mark.parametrize("name", [name for name in TwoColours.params if name != "share"])
def test_every_number_is_checked_by_name(name):
    param = TwoColours.params[name]
    for value in (param.low - 1, param.high + 1, "x", None):
        with pytest.raises(ValueError, match=rf"^{name}=.* from .* Choose"):
            TwoColours(**{name: value})


def test_an_unknown_policy():
    with pytest.raises(ValueError, match=r"policy='hope' .* one of anchors, prior, accumulate"):
        TwoColours(policy="hope")


def test_parameters_are_the_fields():
    numbers = {field.name for field in dataclasses.fields(TwoColours)} - {
        "fresh",
        "policy",
        "doubled",
    }
    assert set(TwoColours.params) == numbers
    for field in dataclasses.fields(TwoColours):
        if field.name in TwoColours.params:
            assert TwoColours.params[field.name].default == field.default


def test_changes_make_the_experiment_again():
    asked = TwoColours(anchors=3, share=0.25, policy="fraction", seed=9)
    assert TwoColours(**asked.changes()) == asked
    assert set(asked.changes()) == {"anchors", "share", "policy", "seed"}


experiments = st.builds(
    TwoColours,
    sample_size=st.integers(2, 5),
    generations=st.integers(1, 3),
    anchors=st.integers(0, 3),
    share=st.sampled_from([0.0, 0.1, 0.5]),
    fresh=st.booleans(),
    temperature=st.sampled_from([0.9, 1.0]),
    policy=st.sampled_from(TwoColours.choices["policy"]),
    seed=st.integers(0, 2),
    doubled=st.booleans(),
)


@given(experiments, experiments)
def test_frozen_and_usable_as_a_key(one, other):
    assert (repr(one) == repr(other)) == (one == other)
    assert hash(one) == hash(dataclasses.replace(one))
    if one.loop() == other.loop():
        assert repr(one.loop()) == repr(other.loop())


@pytest.mark.parametrize("choice", TwoColours.choices["policy"])
def test_every_choice_agrees_with_its_law(choice):
    asked = TwoColours(40, 20, anchors=4, share=0.3, policy=choice, real_weight=0.3)
    runs = asked.loop().simulate(2000, SEED)
    assert disagreements(runs, asked.loop().exact(), (1, 5, 20)) == []
