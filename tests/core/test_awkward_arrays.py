"""What takes arrays, sounds, clouds, webs or files: it answers awkward ones as other names do.

`test_awkward_names` asks for what is typed; here are the public functions whose parameters are
arrays or objects, each with a call that works.
"""

from itertools import islice

import numpy as np
import pytest
from awkward import AWKWARD, faults_of, memory_traced
from public_names import ROWS, PublicCall, documentation_of, parameters_of

from collapse_core import ClosedLoop, Replace, drift, echoes, markov, web
from collapse_core.alone import categories_alone, runs_alone
from collapse_core.data.corpora import story
from collapse_core.data.own_generations import read_generations
from collapse_core.data.planar import TwoMoons
from collapse_core.data.sources import whole_copies
from collapse_core.families import Bernoulli, Categorical
from collapse_core.geometry.own_clouds import read_clouds
from collapse_core.measures import neighbours, samples
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.variational_autoencoder import VariationalAutoencoder
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.mitigation_lab.papers.regression import regression_errors
from collapse_core.topics.mitigation_lab.report import frontier
from collapse_core.topics.mixer_squeeze.regime_map import steps_to_halve
from collapse_core.topics.one_real_point.report import absence_in_the_long_run
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import report_web
from collapse_core.topics.vanishing_tails.runs import run_tails

KINDS = Categorical((0.2, 0.3, 0.5))
PATHS = ClosedLoop(Bernoulli(0.3), Replace(), 9, 3).simulate(4, 1)
TAILS = run_tails(ClosedLoop(KINDS, Replace(), 9, 3), 4, 1)
STORY = story(words=200)
BELL = BellCurve(generations=2, runs=3, sample_size=9)
RNG = np.random.default_rng(1)
SERIES = [RNG.normal(size=(12, 2)) for _ in range(3)]
SOUND, ROOM = RNG.normal(size=64), np.array([1.0, 0.5, 0.0, 0.2])
MOMENTS = samples.moments_of(ROWS)
WEB = web.Web(years=3, crawl=10)
RUNS = web.simulate_web(WEB, 4)
TABLE = "generation,x,y\n" + "".join(f"{n % 2},{n},{n * n % 7}\n" for n in range(120))
FILES = [("own.csv", TABLE.encode())]
ARRAYS = (
    np.zeros((0, 3)),
    np.full((60, 3), np.nan),
    np.full((60, 3), 1e308),
    np.array([["1", "2"]] * 60),
    np.zeros((60, 3), dtype=complex),
    np.array([1, "a", None], dtype=object),
    np.zeros((60, 4)),
    np.zeros(64),
    np.zeros((2, 2), dtype="datetime64[s]"),
    [[1.0], [1.0, 2.0]],
    [("own.csv", "a text")],
    [("own.csv",)],
    [None],
    "own.csv",
    {1: 2},
)
CALLED = ("rng", "progress", "report")  # a generator and what is told of progress
# A function, and arguments with which it works.
TAKES_ARRAYS = {
    "coverage": (neighbours.neighbour_measures, {"real": ROWS, "made": ROWS + 0.1}),
    "precision": (neighbours.precision_and_recall, {"real": ROWS, "made": ROWS + 0.1}),
    "moments": (samples.moments_of, {"rows": ROWS}),
    "distance": (samples.frechet_distance, {"one": MOMENTS, "other": MOMENTS}),
    "chance": (samples.frechet_of_chance, {"law": MOMENTS, "first": 9, "second": 9}),
    "rank": (samples.effective_rank, {"covariance": MOMENTS.covariance}),
    "changed": (drift.most_changed, {"real": ROWS, "made": ROWS + 0.1}),
    "monitor": (
        drift.monitor,
        {"generations": SERIES, "reference": SERIES[0], "groups": None, "labels": None},
    ),
    "padded": (echoes.padded, {"sound": SOUND, "impulse_response": ROOM}),
    "rerecord": (echoes.rerecord, {"sound": SOUND, "impulse_response": ROOM, "generations": 3}),
    "echo": (echoes.echo_law, {"sound": SOUND, "impulse_response": ROOM, "generation": 3}),
    "rest": (echoes.echo_fixed_point, {"sound": SOUND, "impulse_response": ROOM, "fresh": 0.3}),
    "fresh": (echoes.enough_fresh, {"sound": SOUND, "impulse_response": ROOM}),
    "composition": (web.composition, {"web": WEB}),
    "expected web": (web.expected_web, {"web": WEB}),
    "web": (web.simulate_web, {"web": WEB, "replicates": 4}),
    "worth": (web.worth_of_reserve, {"web": WEB, "reserve": 3, "replicates": 4}),
    "paired worth": (web.paired_worth, {"with_it": RUNS, "without": RUNS}),
    "followed run": (run_at_percentile, {"paths": PATHS, "percentile": 50.0}),
    "run of a web": (report_web(PollutedWeb(generations=2, runs=4)).run_at, {"percentile": 50.0}),
    "run of tails": (TAILS.percentile_of, {"run": 1}),
    "run of a kernel": (
        lambda percentile: report_kernel(BELL, percentile),
        {"percentile": 1},
    ),
    "run of a bell": (
        lambda percentile: run_bell_curve(BELL, percentile)[1].highlighted,
        {"percentile": 1},
    ),
    "frontier": (frontier, {"prices": [1.0, 2.0], "values": [0.5, 0.7]}),
    "halving": (steps_to_halve, {"radius": 0.5}),
    "absence": (absence_in_the_long_run, {"sample_size": 20, "share": 0.1, "count": 1}),
    "regression": (
        regression_errors,
        {"seed": 1, "accumulates": True, "runs": 3, "rows": 9, "last": 2},
    ),
    "alone": (
        lambda family, replicates, points, temperature: islice(
            runs_alone(family, replicates, points, temperature, RNG), 2
        ),
        {"family": Bernoulli(0.3), "replicates": 4, "points": 9, "temperature": 0.9},
    ),
    "categories alone": (
        lambda family, points: islice(categories_alone(family, points, RNG), 2),
        {"family": KINDS, "points": 9},
    ),
    "copies": (
        lambda available, count: whole_copies(available, count, RNG),
        {"available": 3, "count": 7},
    ),
    "choosing points": (
        lambda rows, count, replacement: TwoMoons().choose(
            rows, count, RNG, replacement=replacement
        ),
        {"rows": ROWS, "count": 7, "replacement": False},
    ),
    "choosing sentences": (
        lambda rows, count, replacement: STORY.choose(rows, count, RNG, replacement=replacement),
        {"rows": [[1, 2, 0]] * 9, "count": 7, "replacement": False},
    ),
    "regime": (markov.name_regime, {"chain": markov.cycle(4)}),
    "own rows": (read_generations, {"files": FILES}),
    "own clouds": (read_clouds, {"files": FILES}),
    **{
        type(model).__name__: (model.fit, {"rows": ROWS, "rng": RNG})
        for model in (
            GaussianMixtureModel(2),
            KernelDensity(),
            ProbabilisticPCA(1),
            VariationalAutoencoder(latent=1, hidden=2, steps=2),
        )
    },
}


@pytest.fixture(autouse=True, scope="module")
def _memory_is_traced():
    with memory_traced():
        yield


@pytest.mark.parametrize("name", TAKES_ARRAYS)
def test_awkward_arrays_are_answered_or_refused_in_a_sentence(name):
    function, good = TAKES_ARRAYS[name]
    asked = tuple(each for each, _, _ in parameters_of(function) if each not in CALLED)
    call = PublicCall(name, function, good, (), asked, documentation_of(function))
    faults = faults_of(call, (*AWKWARD, *ARRAYS))
    assert not faults, "\n".join([name, *map(": ".join, faults.items())])
