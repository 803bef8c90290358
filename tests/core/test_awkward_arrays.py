"""What takes arrays, sounds, clouds, webs or files: it answers awkward ones as other names do.

`test_awkward_names` asks for what is typed; here are the public functions whose parameters are
arrays or objects, each with a call that works.
"""

import numpy as np
import pytest
from awkward import AWKWARD, faults_of, memory_traced
from public_names import ROWS, PublicCall, documentation_of, parameters_of

from collapse_core import drift, echoes, markov, web
from collapse_core.data.own_generations import read_generations
from collapse_core.geometry.own_clouds import read_clouds
from collapse_core.measures import neighbours, samples
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.variational_autoencoder import VariationalAutoencoder

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
