"""Two specs never share a kept result, and nothing is computed twice."""

import functools
import gc
import itertools
import time
from dataclasses import dataclass, replace

import numpy as np
import pytest
from opened import ENTRIES, ROOT, open_page
from reached import bytes_reached

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.vanishing_tails.density import DensityTails
from collapse_core.topics.vanishing_tails.law import tails_law
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import COMMON_MASS, report_vanishing_tails
from collapse_core.topics.vanishing_tails.runs import run_tails
from ui import long_run, runs
from ui.kept import SHARED, Kept
from ui.pictures import PICTURES, packed_once
from ui.topics.bell_curve.runs import kernel_report, spectrum_report
from ui.topics.vanishing_tails.runs import density_tail, tail_report, tail_runs
from ui.workers import Workers

FAMILIES = [
    families.Bernoulli(0.1),
    families.Bernoulli(0.1 + 1e-12),
    families.Binomial(5, 0.1),
    families.Binomial(6, 0.1),
    families.Poisson(1.0),
    families.Geometric(1.0),
    families.NegativeBinomial(1.0, 1.0),
    families.NegativeBinomial(2.0, 1.0),
    families.Exponential(1.0),
    families.Gamma(1.0, 1.0),
    families.Gamma(2.0, 1.0),
    families.NormalMean(0.0, 1.0),
    families.NormalMean(1.0, 1.0),
    families.NormalVariance(1.0),
    families.Gaussian(0.0, 1.0),
    families.Gaussian(0.0, 1.0 + 1e-12),
    families.MultivariateGaussian.isotropic(2),
    families.MultivariateGaussian.isotropic(3),
    families.MultivariateGaussian.isotropic(20),
]
POLICIES = [
    Replace(),
    Anchors(0),
    Anchors(1),
    Anchors(1, fresh=False),
    Anchors(11),
    Prior(1.0),
    Prior(1.0, 0.5),
    Prior(1.0 + 1e-12),
    Accumulate(),
    AccumulateSubsample(),
    RealFraction(0.1),
    RealFraction(0.5),
    Weighted(0.1, 1),
    Weighted(0.1, 11),
    Weighted(0.2, 1),
]
SETTINGS = [(10, 5, 1.0), (10, 51, 1.0), (105, 1, 1.0), (10, 5, 0.9), (10, 5, 1.0 - 1e-12)]


def all_loops():
    for family, policy, (size, generations, temperature) in itertools.product(
        FAMILIES, POLICIES, SETTINGS
    ):
        yield ClosedLoop(family, policy, size, generations, temperature)


def test_every_spec_has_a_name_of_its_own():
    names = {}
    for loop in all_loops():
        name = repr(loop)
        assert name not in names, f"{loop} and {names[name]} would share a result"
        names[name] = loop
    assert len(names) == len(FAMILIES) * len(POLICIES) * len(SETTINGS)


def test_the_name_is_the_same_for_the_same_spec():
    for first, second in zip(all_loops(), all_loops(), strict=True):
        assert repr(first) == repr(second)


@pytest.mark.parametrize("difference", [1e-12, 1e-6, 1.0])
def test_a_single_entry_of_a_large_covariance_makes_another_name(difference):
    covariance = np.eye(20)
    one = families.MultivariateGaussian(covariance)
    covariance[10, 10] += difference
    other = families.MultivariateGaussian(covariance)
    assert repr(ClosedLoop(one, Replace(), 50, 5)) != repr(ClosedLoop(other, Replace(), 50, 5))


def test_cached_functions_return_what_was_asked_for():
    for policy in (Replace(), Anchors(1), Anchors(1, fresh=False), Prior(1.0), Accumulate()):
        for family in (families.Exponential(1.0), families.Poisson(1.0), families.Bernoulli(0.5)):
            loop = ClosedLoop(family, policy, 10, 5)
            paths = runs.sampled_runs(loop, 3, 7)
            assert paths.loop == loop
            np.testing.assert_array_equal(paths.mean, loop.simulate(3, 7).mean)


def test_replicates_and_seed_are_part_of_the_name():
    loop = ClosedLoop(families.Bernoulli(0.5), Replace(), 10, 5)
    asked = [(3, 7), (3, 8), (4, 7), (37, 0)]
    for replicates, seed in asked:
        paths = runs.sampled_runs(loop, replicates, seed)
        assert (paths.replicates, paths.seed) == (replicates, seed)


def made_while(action):
    """Return what was computed during an action, by name."""
    made, original = [], SHARED._make

    def note(name, make, mine):
        made.append(name)
        return original(name, make, mine)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SHARED, "_make", note)
        action()
    return made


LOOP = ClosedLoop(families.Bernoulli(0.25), Replace(), 12, 60)
COVARIANCES = BellCurve(sample_size=30, generations=60, runs=20, dimension=2)
TAILS = VanishingTails(kinds=20, sample_size=30, generations=60, runs=20)
DENSITY = DensityTails(sample_size=20, generations=60, runs=20)
QUESTIONS = {
    "runs": (runs.sampled_runs, LOOP, 3, 7),
    "law": (runs.exact_law, LOOP),
    "spectrum": (spectrum_report, COVARIANCES, 50.0),
    "tails": (tail_runs, TAILS, 50.0),
    "density": (density_tail, DENSITY),
    "density of kernels": (density_tail, replace(DENSITY, model="kernel")),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_step_of_the_generations_slider_computes_nothing(name):
    ask, question, *more = QUESTIONS[name]
    SHARED.clear()
    assert made_while(lambda: ask(question, *more))
    for generations in (60, 61, 100, 51):
        other = replace(question, generations=generations)
        assert not made_while(lambda other=other: ask(other, *more))
    beyond = replace(question, generations=101)
    assert made_while(lambda: ask(beyond, *more))


def test_the_law_of_the_tails_is_computed_once_for_all_seeds():
    SHARED.clear()
    for seed in (1, 2):
        asked = replace(TAILS, seed=seed)
        sampled = tail_runs(asked, 50.0)
        made = made_while(lambda asked=asked, sampled=sampled: tail_report(asked, sampled))
        assert any("law" in name for name in made) == (seed == 1)


def test_a_report_of_cut_runs_is_that_of_runs_alone():
    asked = replace(TAILS, generations=70, seed=5)
    sampled = tail_runs(asked, 25.0)
    alone = run_tails(asked.loop(), asked.affordable_runs(), 5, 25.0, common_mass=COMMON_MASS)
    np.testing.assert_array_equal(sampled.survivors, alone.survivors)
    np.testing.assert_array_equal(sampled.probabilities, alone.probabilities)
    expected = report_vanishing_tails(alone, tails_law(asked.loop()))
    np.testing.assert_array_equal(tail_report(asked, sampled).mean, expected.mean)
    report = kernel_report(COVARIANCES, 50.0)
    np.testing.assert_array_equal(report.points, report_kernel(COVARIANCES, 50.0).points)


ASKED_ANEW = {
    "runs": lambda seed: runs.sampled_runs(LOOP, 200, seed).mean,
    "spectrum": lambda seed: spectrum_report(replace(COVARIANCES, seed=seed), 50.0),
    "tails": lambda seed: tail_report(*asked_tails(seed)).mean,
    "density": lambda seed: density_tail(replace(DENSITY, seed=seed)),
}
ROOM = 2_000_000


@dataclass
class Packed:
    data: bytes

    def packed(self):
        return self.data


def asked_tails(seed):
    asked = replace(TAILS, seed=seed)
    return asked, tail_runs(asked, 50.0)


def test_many_different_questions_take_no_more_room_than_there_is(monkeypatch):
    monkeypatch.setattr(SHARED, "most_bytes", ROOM)
    SHARED.clear()
    for seed in range(1, 21):
        for ask in ASKED_ANEW.values():
            ask(seed)
            assert SHARED.size <= ROOM
    assert 4 < len(SHARED) < 20 * len(ASKED_ANEW)
    held, largest = bytes_reached(SHARED._entries)
    assert held < 1.25 * ROOM, largest
    SHARED.clear()


def test_many_different_pictures_take_no_more_room_than_there_is():
    pictures = Kept(100_000)
    for seed in range(200):
        packed = packed_once(pictures, "page", seed, lambda: Packed(bytes(3000)))
        assert len(packed) == 3000
        assert pictures.size <= 100_000
    assert len(pictures) > 20
    assert bytes_reached(pictures._entries)[0] < 1.25 * 100_000


def test_long_work_for_many_readers_takes_no_more_room_than_there_is():
    kept = Kept(ROOM)
    workers = Workers(kept, 1)
    for seed in range(60):
        job = workers.job(f"work {seed}", lambda: 0, lambda done, report: np.zeros(10_000))
        job.wish("reader", 5)
        assert job.wait(5, 20)
        job.leave("reader")
    until = time.monotonic() + 20
    while kept.size > ROOM and time.monotonic() < until:  # the last one is measured as it ends
        time.sleep(0.01)
    assert kept.size <= ROOM
    steps = sum(step.nbytes for entry in kept._entries.values() for step in entry.value.steps[1:])
    assert 0 < steps <= ROOM


@pytest.mark.full
def test_what_is_kept_beside_it_could_not_grow_large(monkeypatch):
    """Each cache that counts results would be small with as many as it may hold."""
    monkeypatch.setattr(long_run, "go_on", lambda *work: None)
    for entry in ENTRIES:
        open_page(entry)
    for found in gc.get_objects():
        if not isinstance(found, functools._lru_cache_wrapper):
            continue
        told, module = found.cache_info(), str(found.__module__)
        if told.currsize and told.maxsize and module.startswith(("collapse_core", "ui")):
            own = (found.__wrapped__, found.__dict__, SHARED, PICTURES)
            held = bytes_reached(gc.get_referents(found), own)[0]
            size = held / told.currsize * told.maxsize
            assert size < 25e6, f"{module}.{found.__qualname__}"


def test_streamlit_caches_nothing():
    for path in (ROOT / "ui").rglob("*.py"):
        assert "st.cache" not in path.read_text(encoding="utf-8"), path
