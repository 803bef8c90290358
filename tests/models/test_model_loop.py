"""The loop on rows: where rows come from, repetition, and what every model shows in it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Prior,
    RealFraction,
    Replace,
    Weighted,
)
from collapse_core.data.planar import EightGaussians, Ring, ThreeBlobs, TwoMoons
from collapse_core.measures.neighbours import precision_and_recall
from collapse_core.measures.samples import (
    frechet_distance,
    mean_log_likelihood,
    moments_of,
)
from collapse_core.models.base import FittedModel, Model, no_report
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.loop import Generation, ModelLoop
from collapse_core.models.variational_autoencoder import VariationalAutoencoder


@dataclass(frozen=True)
class Bootstrap(Model):
    """Draws the rows of its fit again: as cheap a model as there is."""

    def fit(self, rows, rng, report=no_report):
        return FittedBootstrap(rows)


@dataclass(frozen=True, eq=False)
class FittedBootstrap(FittedModel):
    rows: np.ndarray

    def sample(self, count, rng):
        return self.rows[rng.integers(len(self.rows), size=count)]

    def log_density(self, rows):
        return np.zeros(len(rows))


def loop(policy, *, size=40, generations=6, model=None, source=None):
    return ModelLoop(model or Bootstrap(), source or EightGaussians(), policy, size, generations)


def births(policy, size=40, generations=6, seed=1):
    """Return, for each generation, how many rows of its fit were born when."""
    made = list(loop(policy, size=size, generations=generations).iterate(seed))
    return [dict(zip(*np.unique(step.born, return_counts=True), strict=True)) for step in made[1:]]


# ----------------------------------------------------------------------------------- provenance


def test_replace_trains_on_the_generation_before():
    assert births(Replace()) == [{t: 40} for t in range(6)]


def test_anchors_are_real():
    assert births(Anchors(7)) == [{0: 47}] + [{0: 7, t: 40} for t in range(1, 6)]
    assert births(Anchors(7, fresh=False)) == births(Anchors(7))


def test_a_prior_is_made_of_imaginary_rows():
    assert births(Prior(5.0)) == births(Anchors(5))


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (Prior(0.5), r"strength=0\.5 of the prior .* whole imaginary rows\. Choose a whole number"),
        (Prior(2.5), r"strength=2\.5"),
        (Weighted(0.01, 5), r"real_weight=0\.01 .* of 40 rows it leaves one side without any"),
        (Weighted(0.99, 5), r"real_weight=0\.99"),
    ],
    ids=repr,
)
def test_no_real_row_is_rounded_away(policy, message):
    with pytest.raises(ValueError, match=message):
        loop(policy)
    for whole in (Prior(0.0), Weighted(0.0, 5), Weighted(1.0, 5), Weighted(0.0125 + 1e-9, 5)):
        loop(whole)


def test_accumulate_keeps_everything():
    assert births(Accumulate()) == [dict.fromkeys(range(last + 1), 40) for last in range(6)]


@pytest.mark.parametrize("replacement", [False, True])
def test_a_subsample_of_the_pool_has_the_usual_size(replacement):
    counts = births(AccumulateSubsample(replacement), size=600)
    for number, found in enumerate(counts, start=1):
        assert sum(found.values()) == 600
        assert set(found) == set(range(number)), "every generation so far has its chance"
        share = 1.0 / number
        error = (600 * share * (1 - share)) ** 0.5
        assert all(abs(count - 600 * share) <= LIMIT * error for count in found.values())


@pytest.mark.parametrize(("share", "real"), [(0.0, 0), (0.25, 10), (1.0, 40)])
def test_a_fraction_is_real(share, real):
    for number, found in enumerate(births(RealFraction(share))):
        wanted = {number: 40 - real}
        wanted[0] = wanted.get(0, 0) + real
        assert found == {born: count for born, count in wanted.items() if count}


def test_weights_are_shares_of_a_training_set_of_the_usual_size():
    for number, found in enumerate(births(Weighted(0.3, 5))):
        assert found == ({0: 40} if number == 0 else {0: 12, number: 28})


def test_fixed_anchors_stay_and_fresh_ones_do_not():
    def real_rows(policy):
        made = list(loop(policy).iterate(3))[2:]
        return [step.rows[step.born == 0] for step in made]

    fixed, fresh = real_rows(Anchors(5, fresh=False)), real_rows(Anchors(5))
    for later in fixed[1:]:
        np.testing.assert_array_equal(later, fixed[0])
    assert not np.intersect1d(fresh[0], fresh[1]).size


def test_rows_are_those_that_were_made():
    made = list(loop(Accumulate()).iterate(2))
    np.testing.assert_array_equal(made[0].made, made[0].rows)
    for step in made[1:]:
        for born in range(step.number):
            np.testing.assert_array_equal(step.rows[step.born == born], made[born].made)


# --------------------------------------------------------------------------- repetition, resuming

POLICIES = (Replace(), Anchors(3), Accumulate(), AccumulateSubsample(), RealFraction(0.2))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: type(policy).__name__)
def test_the_same_seed_gives_the_same_run(policy):
    one, same = (list(loop(policy, model=KernelDensity(0.1)).iterate(5)) for _ in range(2))
    other = list(loop(policy, model=KernelDensity(0.1)).iterate(6))
    for first, second, third in zip(one, same, other, strict=True):
        np.testing.assert_array_equal(first.made, second.made)
        assert not np.array_equal(first.made, third.made)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: type(policy).__name__)
def test_a_run_that_was_stopped_goes_on_as_if_it_never_had_been(policy):
    asked = loop(policy, model=KernelDensity(0.1))
    whole = list(asked.iterate(7))
    step = asked.first(7)
    for number in range(1, 7):
        if number == 3:  # stopped in the middle of a fit, and taken up again
            with pytest.raises(KeyboardInterrupt):
                asked.following(step, 7, _stop)
        kept = Generation(step.number, step.rows[:0], step.born[:0], None, step.made, step.pool)
        step = asked.following(kept, 7)
        np.testing.assert_array_equal(step.made, whole[number].made)
        np.testing.assert_array_equal(step.born, whole[number].born)


def _stop(share):
    raise KeyboardInterrupt


def test_more_generations_leave_the_first_ones_as_they_are():
    short, long = (list(loop(Replace(), generations=t).iterate(1)) for t in (2, 5))
    np.testing.assert_array_equal(short[2].made, long[2].made)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"model": 3}, "model=3 is not a Model"),
        ({"source": "data"}, "source='data' is not a RowSource"),
        ({"size": 0}, "sample_size=0 "),
        ({"generations": 0}, "generations=0 "),
    ],
)
def test_bad_parts_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        loop(Replace(), **settings)


# ------------------------------------------------------------------------------- against the law


def one_gaussian(policy, seed, size=20, generations=8, model=None):
    asked = loop(policy, size=size, generations=generations, model=model or GaussianMixtureModel(1))
    return [float(step.rows.var(axis=0).sum()) for step in asked.iterate(seed)][1:]


@pytest.mark.parametrize("model", [GaussianMixtureModel(1), ProbabilisticPCA(1)], ids=repr)
def test_one_gaussian_loses_one_nth_of_its_variance_per_generation(model):
    runs = np.array([one_gaussian(Replace(), seed, model=model) for seed in range(400)])
    law = EightGaussians().reference.var(axis=0).sum() * (1 - 1 / 20) ** np.arange(1, 9)
    error = runs.std(axis=0) / len(runs) ** 0.5
    assert (np.abs(runs.mean(axis=0) - law) < LIMIT * error + 0.02).all()
    slower = law[0] * (1 - 1 / 40) ** np.arange(8)
    assert (np.abs(runs.mean(axis=0) - slower) > LIMIT * error + 0.02)[-1]


# --------------------------------------------------------- what real data do, whatever the model


@dataclass(frozen=True)
class Case:
    """A model in its loop, and the measure on which the policies are compared."""

    model: Model
    source: object
    size: int
    generations: int


CASES = {
    "mixture": Case(GaussianMixtureModel(8), EightGaussians(), 60, 10),
    "kernel": Case(KernelDensity(0.15), TwoMoons(), 60, 15),
    "one Gaussian": Case(ProbabilisticPCA(1), ThreeBlobs(), 40, 20),
    "autoencoder": Case(VariationalAutoencoder(2, 24, 300, 40, 0.04), Ring(), 60, 8),
}
cases = pytest.mark.parametrize("name", CASES)
PAIRS = 8


@lru_cache(maxsize=256)
def judged(name, policy, seed, generations=None):
    """Return three measures of the last generation: likelihood, minus distance, recall."""
    case = CASES[name]
    asked = loop(
        policy,
        size=case.size,
        generations=generations or case.generations,
        model=case.model,
        source=case.source,
    )
    *_, last = asked.iterate(seed)
    rows = last.fitted.sample(500, np.random.default_rng(seed))
    return np.array(
        [
            mean_log_likelihood(last.fitted.log_density(case.source.held_out)),
            -frechet_distance(moments_of(case.source.reference), moments_of(rows)),
            precision_and_recall(case.source.held_out, rows).recall,
        ]
    )


def differences(name, one, other):
    """Return how much better one policy is than another, pair by pair: (pairs, measures)."""
    return np.array([judged(name, one, s) - judged(name, other, s) for s in seeds(PAIRS)])


@cases
def test_accumulate_beats_replace(name):
    gained = differences(name, Accumulate(), Replace())
    likelihood, distance, reach = gained.T
    assert (likelihood > 0).sum() >= PAIRS - 1, "real points are more likely, pair by pair"
    assert likelihood.mean() > 2.0 * likelihood.std(ddof=1) / PAIRS**0.5
    # Not in every pair: a run that collapsed may by chance have about the right moments.
    assert distance.mean() > 0
    assert reach.mean() > 0


def test_a_policy_does_not_beat_itself():
    gained = differences("one Gaussian", Replace(), Anchors(0))
    assert not gained.any()


@cases
def test_all_real_data_do_not_collapse(name):
    first = np.array([judged(name, Replace(), seed, 1)[0] for seed in seeds(PAIRS)])

    def lower_than_the_first_fit(policy):
        last = np.array([judged(name, policy, seed)[0] for seed in seeds(PAIRS)])
        error = np.hypot(last.std(ddof=1), first.std(ddof=1)) / PAIRS**0.5
        return first.mean() - last.mean() > 3.0 * error

    assert not lower_than_the_first_fit(RealFraction(1.0))
    assert lower_than_the_first_fit(Replace())
    assert (differences(name, RealFraction(1.0), Replace())[:, 0] > 0).sum() >= PAIRS - 1
