"""Chains of ideal copiers, played one turn after the other, against the law of the wall."""

import itertools

import numpy as np
import pytest
from first_always import first_always

from collapse_core.classroom.chain_law import chain_law
from collapse_core.classroom.copiers import Copier, play
from collapse_core.classroom.departed_law import _simulated, departed_law
from collapse_core.classroom.games import GAMES, game_named
from collapse_core.classroom.games.jar import JarGame

EXACT = ("alone", "anchor", "accumulate")
MOST = 4.5  # standard errors; of some hundreds of numbers
QUICK = [(key, "alone", 1) for key in GAMES] + [("jar", "anchor", 2), ("line", "accumulate", 3)]
ALL = list(itertools.product(GAMES, EXACT, (4, 5, 6)))


def played(key, variant, seed, copier=Copier(), chains=600, draws=5):  # noqa: B008
    """Return diversity and whether it is fixed of chains from the truth on, (chains, steps + 1)."""
    game = game_named(key)
    asked = {"game": key, "draws": draws, "variant": variant, "chains": 60}
    models = [
        [game.truth, *(copied.model for copied in chain)]
        for part in range(chains // 60)
        for chain in play(game, {**asked, "seed": 1000 * seed + part}, [copier], part)
    ]
    diversity = np.array([[game.diversity(model) for model in chain] for chain in models])
    return diversity, np.array([[game.fixed(model) for model in chain] for chain in models])


def errors_apart(key, variant, found):
    """Return the most standard errors between averages and shares of fixed chains and their law."""
    diversity, fixed = found
    law = chain_law(game_named(key), {"draws": 5, "variant": variant})
    runs = len(diversity)
    error = diversity[:, 1:].std(axis=0, ddof=1) / np.sqrt(runs)
    by_mean = np.abs(diversity[:, 1:].mean(axis=0) - law.mean[1:]) / error
    chance = np.array(law.fixed[1:])
    # A chance that was simulated itself, or is tiny, has an error of one chain or two.
    spread = np.sqrt(chance * (1.0 - chance) / runs) + 1.0 / runs
    by_fixed = np.abs(fixed[:, 1:].mean(axis=0) - chance) / spread
    return max(by_mean.max(), by_fixed.max())


@pytest.mark.parametrize(("key", "variant", "seed"), QUICK)
def test_ideal_chains_follow_their_law(key, variant, seed):
    assert errors_apart(key, variant, played(key, variant, seed)) < MOST


@pytest.mark.full
@pytest.mark.parametrize(("key", "variant", "seed"), ALL)
def test_all_ideal_chains_follow_their_law(key, variant, seed):
    assert errors_apart(key, variant, played(key, variant, seed, chains=1800)) < MOST


@pytest.mark.parametrize("key", first_always(GAMES, 2))
def test_chains_of_another_variant_or_of_people_with_a_prior_do_not(key):
    other = played(key, "anchor", 1)
    assert errors_apart(key, "alone", other) > MOST
    pulled = played(key, "alone", 1, Copier(pull=0.4))
    assert errors_apart(key, "alone", pulled) > MOST


@pytest.mark.parametrize(
    ("key", "variant"),
    [("jar", "anchor"), ("line", "alone"), ("plane", "accumulate"), ("bars", "anchor")],
)
def test_nine_chains_of_ten_are_in_the_band(key, variant):
    law = chain_law(game_named(key), {"draws": 5, "variant": variant})
    diversity, _ = played(key, variant, 7, chains=300)
    for step in range(1, 6):
        low, high = law.low[step] - 1e-9, law.high[step] + 1e-9
        inside = ((diversity[:, step] >= low) & (diversity[:, step] <= high)).mean()
        # A law with few values has more inside than nine of ten.
        assert inside > 0.9 - MOST * np.sqrt(0.09 / 300)
        outside = (diversity[:, step] < low).mean(), (diversity[:, step] > high).mean()
        assert max(outside) < 0.05 + MOST * np.sqrt(0.05 * 0.95 / 300)


@pytest.mark.parametrize(
    ("draws", "left", "fixed", "three"),
    [(4, 0.24, 4.3, 0.94), (6, 0.40, 3.0, 0.64), (10, 0.59, 1.4, 0.13)],
)
def test_the_numbers_that_were_worked_out_for_a_class(draws, left, fixed, three):
    law = chain_law(JarGame(), {"draws": draws, "chains": 6, "length": 5})
    assert law.mean[-1] == pytest.approx(left, abs=0.005)
    assert 6 * law.fixed[-1] == pytest.approx(fixed, abs=0.06)
    assert law.chance_fixed(6, 3) == pytest.approx(three, abs=0.005)
    assert law.simulated == ()


def test_what_is_exact_is_said():
    said = {
        (key, variant): chain_law(game_named(key), {"variant": variant}).simulated
        for key in GAMES
        for variant in EXACT
    }
    assert all(said["jar", variant] == () for variant in EXACT)
    assert said["line", "alone"] == said["plane", "alone"] == ()
    assert said["line", "anchor"] == ("band", "fixed")
    assert all(said[key, "alone"] == ("band",) for key in ("words", "bars", "melody"))


def test_a_judge_who_accepts_everything_changes_nothing():
    assert chain_law(JarGame(), {"variant": "judge"}) == chain_law(JarGame(), {})


@pytest.mark.parametrize("key", ["jar", "bars"])
def test_averages_agree_with_counting_every_case(key):
    """Two draws, two steps: all ways that they can fall, written out."""
    game = game_named(key)
    truth = {"jar": [0.5, 0.5], "bars": list(getattr(game, "shares", []))}[key]

    def left(shares):
        return 1.0 - sum(share * share for share in shares)

    def after(shares, steps):
        if not steps:
            return left(shares)
        total = 0.0
        for first, second in itertools.product(range(len(shares)), repeat=2):
            seen = [0.5 * ((first == kind) + (second == kind)) for kind in range(len(shares))]
            total += shares[first] * shares[second] * after(seen, steps - 1)
        return total

    law = chain_law(game, {"draws": 2, "length": 2})
    assert law.mean[2] == pytest.approx(after(truth, 2) / left(truth))


def test_a_pull_is_a_prior_and_its_law_that_of_simulated_learners():
    exact, near = departed_law(JarGame(), {}, 0.2), _simulated(JarGame(), 4, 5, "alone", 0.2, 1.0)
    assert exact.simulated == ()
    assert near.simulated == ("mean", "band", "fixed")
    assert np.abs(np.array(exact.mean) - near.mean).max() < 0.08
    assert exact.mean[-1] > 2.5 * chain_law(JarGame(), {}).mean[-1]


def test_without_pull_and_sharpening_it_is_the_law_itself():
    assert departed_law(JarGame(), {}, 0.0).mean == pytest.approx(chain_law(JarGame(), {}).mean)
    sharper = departed_law(JarGame(), {}, 0.0, 2.0)
    assert sharper.mean[-1] < chain_law(JarGame(), {}).mean[-1]
