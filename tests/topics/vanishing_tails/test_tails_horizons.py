"""Tails of a few generations are the beginning of those of more."""

from dataclasses import fields, replace

import numpy as np
import pytest

from collapse_core.horizon import rounded_horizon
from collapse_core.topics.vanishing_tails import living
from collapse_core.topics.vanishing_tails.law import TailsLaw, tails_horizon, tails_law
from collapse_core.topics.vanishing_tails.measures import MEASURES
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import COMMON_MASS, report_vanishing_tails
from collapse_core.topics.vanishing_tails.runs import run_tails

ASKED = VanishingTails(sample_size=80, generations=60, kinds=100, runs=30)
VARIANTS = {
    "pure": {},
    "anchors": {"anchors": 5},
    "fixed": {"anchors": 5, "fresh": False},
    "fraction": {"policy": "fraction", "anchors": 40},
    "only real": {"policy": "fraction", "anchors": 80},
    "accumulate": {"policy": "accumulate"},
    "subsample": {"policy": "subsample"},
    "temperature": {"favours_common": True},
    "limited": {"too_simple": True, "minimum_count": 2},
    "infinite": {"finite": False},
}


def variant(name, generations):
    return replace(ASKED, generations=generations, **VARIANTS[name]).loop()


def assert_same_runs(one, other):
    assert (one.loop, one.seed, one.highlight) == (other.loop, other.seed, other.highlight)
    for name in (*MEASURES, "probabilities", "loss_generation", "share_with_infinite_divergence"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)


def assert_same_law(one, other):
    for item in fields(TailsLaw):
        values = getattr(one, item.name), getattr(other, item.name)
        if isinstance(values[0], np.ndarray):
            np.testing.assert_allclose(*values, rtol=1e-12, err_msg=item.name)
        else:
            assert values[0] == values[1], item.name


@pytest.mark.parametrize("name", VARIANTS)
def test_runs_begin_with_the_runs_of_fewer_generations(name):
    whole = run_tails(variant(name, 60), 30, 5, 20.0, common_mass=COMMON_MASS)
    for generations in (1, 2, 25, 60):
        asked = run_tails(variant(name, generations), 30, 5, 20.0, common_mass=COMMON_MASS)
        assert_same_runs(whole.until(generations), asked)
        assert np.shares_memory(whole.until(generations).gini, whole.gini)
        other = run_tails(variant(name, generations), 30, 5, 90.0, common_mass=COMMON_MASS)
        assert_same_runs(whole.highlighting(90.0).until(generations), other)


def test_runs_that_are_made_again_begin_so_too(monkeypatch):
    kept = run_tails(variant("pure", 60), 30, 5)
    monkeypatch.setattr(living, "MOST_KEPT", 100)
    made_again = run_tails(variant("pure", 60), 30, 5)
    assert_same_runs(made_again.until(20), kept.until(20))


@pytest.mark.parametrize("name", VARIANTS)
def test_laws_begin_with_the_laws_of_fewer_generations(name):
    for generations in (1, 20, 60, 110):
        loop = variant(name, generations)
        longer = tails_horizon(loop)
        assert longer.generations == rounded_horizon(generations)
        assert_same_law(tails_law(longer).until(generations), tails_law(loop))


@pytest.mark.parametrize(
    ("asked", "generations", "furthest"),
    [
        (VanishingTails(5000), 110, 200),
        (VanishingTails(5000), 510, 515),  # a longer chain is too slow
        (VanishingTails(5001), 510, 1000),  # an approximation, as the longer one
        (VanishingTails(100, kinds=10**4), 310, 499),  # a longer table of all kinds is too large
        (VanishingTails(4900, anchors=50), 110, 174),  # real points take three times as long
    ],
    ids=repr,
)
def test_a_law_goes_as_far_as_its_formulas(asked, generations, furthest):
    loop = replace(asked.loop(), generations=generations)
    assert tails_horizon(loop).generations == furthest


def test_a_report_of_cut_runs_is_that_of_short_ones():
    runs, law = run_tails(variant("pure", 60), 30, 5, common_mass=COMMON_MASS), tails_law
    short = variant("pure", 35)
    one = report_vanishing_tails(runs.until(35), law(tails_horizon(short)).until(35))
    other = report_vanishing_tails(run_tails(short, 30, 5, common_mass=COMMON_MASS), law(short))
    assert one.facts() == pytest.approx(other.facts(), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("generations", [0, 61])
def test_nothing_is_cut_to_what_is_not_there(generations):
    with pytest.raises(ValueError, match=r"^generations=.* from 1 to 60"):
        run_tails(variant("pure", 60), 2, 5).until(generations)
