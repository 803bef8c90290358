"""How loops end: named from the chain, named from what is measured, and both alike."""

import math

import numpy as np
import pytest

from collapse_core.markov import (
    FiniteChain,
    LinearChain,
    card_shuffle,
    cycle,
    name_regime,
    plane_map,
    random_web,
    regime_of_runs,
    surfer,
    two_islands,
)
from collapse_core.measures.samples import frechet_distance, moments_of

STARTS = ((3.0, 0.0), (-2.0, 2.0), (0.0, -3.0), (2.0, 2.0))
POINTS = 100


def distance(one, other):
    """Return the Frechet distance, without what two samples of one law are apart."""
    law, beside = moments_of(one), moments_of(other)
    values = np.clip(np.linalg.eigvalsh(law.covariance + beside.covariance) / 2.0, 1e-300, None)
    pairs = np.outer(values, values) / np.add.outer(values, values)
    chance = (2.5 * values.sum() + pairs.sum()) / len(one)
    return math.sqrt(max(0.0, frechet_distance(law, beside) - chance))


def seen_from(chain, steps, seed=5):
    """Return the regime of four clouds that are simulated."""
    rng = np.random.default_rng(seed)
    clouds = []
    for start in STARTS:
        middle = np.pad(start, (0, max(0, chain.dimensions - 2)))[: chain.dimensions]
        points = middle + 0.5 * rng.standard_normal((POINTS, chain.dimensions))
        clouds.append(chain.simulate(points, steps, rng))
    apart = [distance(one, other) for one, other in zip(clouds[0], clouds[1], strict=True)]
    return regime_of_runs(apart, np.concatenate(clouds, axis=1))


CORNERS = [
    (0.6, 0.8, 0.0, "resonance"),
    (1.0, 1.0, 0.0, "resonance"),
    (0.1, 0.1, 0.0, "resonance"),
    (1.0, 0.0, 0.0, "wanders"),
    (0.5, 0.0, 0.0, "wanders"),
    (0.0, 0.8, 0.0, "stuck"),
    (0.0, 1.0, 0.0, "stuck"),
    (0.0, 0.0, 0.0, "stuck"),
    (0.0, 0.8, 180.0, "cycles"),
    (0.0, 0.0, 90.0, "cycles"),
    (0.0, 0.0, 120.0, "cycles"),
]


@pytest.mark.parametrize(("mixing", "contraction", "turn", "name"), CORNERS)
def test_regimes_are_named_from_the_chain_and_from_its_runs_alike(mixing, contraction, turn, name):
    chain = plane_map(mixing, contraction, turn=turn)
    known = name_regime(chain)
    assert known.name == name
    seen = seen_from(chain, 400)
    assert seen.name == name
    if name == "cycles":
        assert seen.period == known.period == round(360 / turn)


SLIDER = (0.0, 0.05, 0.1, 0.3, 0.6, 1.0)


def is_told_by(steps, chain):
    """Return whether the start is forgotten, nearly, in that time, or never."""
    left = chain.spectral_radius() ** steps
    return left <= 0.2 or left > 1.0 - 1e-9


IN_TIME = [
    (steps, mixing, contraction)
    for steps in (60, 100)
    for mixing in SLIDER
    for contraction in SLIDER
    if is_told_by(steps, plane_map(mixing, contraction))
]


@pytest.mark.parametrize(("steps", "mixing", "contraction"), IN_TIME)
def test_as_many_steps_as_a_page_shows_are_enough(steps, mixing, contraction):
    chain = plane_map(mixing, contraction)
    for seed in (5, 6):
        assert seen_from(chain, steps, seed).name == name_regime(chain).name


@pytest.mark.parametrize(
    ("noise", "name"), [(0.0, "stuck"), (1e-10, "wanders"), (1e-20, "wanders"), (1.0, "wanders")]
)
def test_any_noise_on_what_is_kept_wanders(noise, name):
    assert name_regime(LinearChain(np.eye(2), noise * np.eye(2))).name == name


@pytest.mark.parametrize("turn", [1.0, 5.0, 7.5, 10.0])
def test_a_slow_turn_goes_round_too(turn):
    known = name_regime(plane_map(0.0, 0.0, turn=turn))
    assert (known.name, known.period) == ("cycles", round(360.0 / turn))


@pytest.mark.parametrize(
    ("matrix", "name"),
    [
        ([[1.0, 1.0], [0.0, 1.0]], "wanders"),  # grows for ever, though no eigenvalue is above 1
        ([[2.0, 0.0], [0.0, 0.1]], "wanders"),
        (np.eye(2), "stuck"),
        (np.zeros((2, 2)), "resonance"),
        ([[-1.0]], "cycles"),
        ([[0.3]], "resonance"),
        ([[math.cos(1.0), -math.sin(1.0)], [math.sin(1.0), math.cos(1.0)]], "wanders"),
    ],
)
def test_borders_are_named_too(matrix, name):
    assert name_regime(LinearChain(matrix, np.zeros_like(np.asarray(matrix)))).name == name


def test_noise_beside_what_is_kept_does_not_wander():
    """One axis is kept without noise, the other one is squeezed and shaken: the start matters."""
    chain = LinearChain(np.diag([1.0, 0.5]), np.diag([0.0, 1.0]))
    assert name_regime(chain).name == "stuck"
    shaken = LinearChain(np.diag([1.0, 0.5]), np.diag([0.01, 1.0]))
    assert name_regime(shaken).name == "wanders"


def test_one_point_that_never_moves_is_stuck():
    still = regime_of_runs(np.ones(6), np.ones((6, 1, 2)))
    assert (still.name, still.period) == ("stuck", 1)


def test_a_turn_that_never_returns_is_not_stuck():
    golden = plane_map(0.0, 0.0, turn=180.0 * (3.0 - math.sqrt(5.0)))
    assert name_regime(golden).name == "wanders"
    assert seen_from(golden, 60).name == "wanders"


@pytest.mark.parametrize("seed", range(10))
def test_crowds_that_shake_in_their_places_are_stuck_and_those_that_leave_them_wander(seed):
    shaken = LinearChain(np.diag([1.0, 0.5]), np.diag([0.0, 1.0]))
    assert seen_from(shaken, 60, seed).name == name_regime(shaken).name == "stuck"
    walking = LinearChain(np.eye(2), 0.05 * np.eye(2))
    assert seen_from(walking, 60, seed).name == name_regime(walking).name == "wanders"


@pytest.mark.parametrize("seed", range(5))
def test_many_dimensions_are_no_memory(seed):
    chain = LinearChain(0.8 * np.eye(16), np.eye(16))
    assert seen_from(chain, 60, seed).name == name_regime(chain).name == "resonance"


def test_two_wells_are_stuck_until_the_noise_leads_across():
    """A loop that is not linear: x falls into the nearer one of two wells, at 2 and at -2."""

    def wells(noise, seed):
        rng = np.random.default_rng(seed)
        runs = [np.repeat([[2.5], [-1.5]], 200, axis=0) + 0.3 * rng.standard_normal((400, 1))]
        for _ in range(60):
            x = np.clip(runs[-1] + 0.2 * (runs[-1] - runs[-1] ** 3 / 4.0), -5.0, 5.0)
            runs.append(x + noise * rng.standard_normal(x.shape))
        return regime_of_runs([distance(x[:200], x[200:]) for x in runs], np.array(runs)).name

    for seed in range(5):
        assert [wells(noise, seed) for noise in (0.0, 0.1, 2.0)] == ["stuck", "stuck", "resonance"]


@pytest.mark.parametrize("steps", [8, 12, 20, 30, 60])
def test_what_slowly_comes_to_rest_in_many_places_is_stuck_all_along(steps):
    """As images do in a frozen network without noise: each goes to one of the rests, slowly."""
    rng = np.random.default_rng(1)
    rests = 4.0 * rng.choice([-1.0, 1.0], 300)[:, np.newaxis] * np.eye(8)[0]
    away, left = 3.0 * rng.standard_normal((300, 8)), 0.97 ** np.arange(steps + 1.0)
    runs = rests + left[:, np.newaxis, np.newaxis] * away
    right = rests[:, 0] > 0.0
    apart = [np.linalg.norm(rows[right].mean(axis=0) - rows[~right].mean(axis=0)) for rows in runs]
    assert regime_of_runs(apart, runs).name == "stuck"


@pytest.mark.parametrize("left", [0.9, 0.75, 0.6])
def test_where_most_is_remembered_nothing_is_said_to_be_forgotten(left):
    """A distance that has begun to fall may stop: nobody knows where it is going yet."""
    rng = np.random.default_rng(1)
    apart = 1.0 - (1.0 - left) * (np.arange(13) / 12.0) ** 2  # faster and faster
    assert regime_of_runs(apart, rng.standard_normal((13, 100, 2))).name != "resonance"


def test_one_point_alone_is_named():
    steps = np.arange(31.0)
    for course, name in [
        (np.zeros(31), "stuck"),
        (0.5**steps, "stuck"),
        ((-1.0) ** steps, "cycles"),
        (0.1 * steps, "wanders"),
    ]:
        assert regime_of_runs(np.ones(31), course.reshape(31, 1, 1)).name == name
    assert regime_of_runs(0.5**steps, (0.5**steps).reshape(31, 1, 1)).name == "resonance"


@pytest.mark.parametrize(
    ("chain", "name", "period"),
    [
        (two_islands(3), "stuck", 0),
        (FiniteChain(np.eye(3)), "stuck", 1),
        (FiniteChain([[0.5, 0.5], [0.0, 1.0]]), "resonance", 1),
        (two_islands(3, 0.1), "resonance", 0),
        (cycle(1), "resonance", 1),
        (cycle(7), "cycles", 7),
        (FiniteChain(np.kron(np.eye(2), cycle(3).transition)), "cycles", 3),
        (surfer(cycle(7).transition, 0.85), "resonance", 0),
        (surfer(random_web(20, 3, 1).transition, 0.85), "resonance", 0),
        (card_shuffle(), "resonance", 0),
    ],
)
def test_chains_on_states_are_named_by_the_same_function(chain, name, period):
    known = name_regime(chain)
    assert (known.name, known.period) == (name, period)
    # Known by brute force: what two starts that are furthest apart still differ by, much later.
    far = np.linalg.matrix_power(chain.transition, 5040)
    left = 0.5 * np.abs(far[:, np.newaxis] - far[np.newaxis]).sum(axis=2).max()
    assert known.remembered == pytest.approx(left, abs=1e-9)


def test_too_few_steps_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="at least five steps"):
        regime_of_runs([1.0, 1.0], np.ones((2, 3, 1)))
