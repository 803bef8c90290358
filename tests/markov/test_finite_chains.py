"""Finite chains: against powers of the matrix, and against answers known by hand."""

import itertools
import math

import numpy as np
import pytest

from collapse_core.markov import (
    FiniteChain,
    card_shuffle,
    cycle,
    random_web,
    surfer,
    two_islands,
)

SEEDS = range(12)


def some_chain(seed):
    """Return a small chain with many zeros, so that it has classes and periods."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 7))
    weights = rng.random((size, size)) * (rng.random((size, size)) < 0.35)
    weights[weights.sum(axis=1) == 0.0, rng.integers(size)] = 1.0
    return FiniteChain(weights / weights.sum(axis=1, keepdims=True))


def reachable(chain):
    steps = np.linalg.matrix_power(np.eye(chain.states) + (chain.transition > 0.0), 50)
    return steps > 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_classes_are_those_of_the_powers(seed):
    chain = some_chain(seed)
    both = reachable(chain) & reachable(chain).T
    known = {tuple(np.flatnonzero(row).tolist()) for row in both}
    assert set(chain.communicating_classes()) == known
    left = {each for each in known if not reachable(chain)[each[0]][~both[each[0]]].any()}
    assert set(chain.recurrent_classes()) == left


@pytest.mark.parametrize("seed", SEEDS)
def test_the_period_is_that_of_the_ways_back(seed):
    chain = some_chain(seed)
    for number, states in enumerate(chain.recurrent_classes()):
        ways = [
            steps
            for steps in range(1, 60)
            if np.linalg.matrix_power(chain.transition, steps)[states[0], states[0]] > 1e-300
        ]
        assert chain.period(number) == math.gcd(*ways)


@pytest.mark.parametrize("seed", SEEDS)
def test_stationary_laws_stay_and_are_where_the_chain_ends(seed):
    chain = some_chain(seed)
    lazy = FiniteChain((chain.transition + np.eye(chain.states)) / 2.0)  # of period 1
    for law, states in zip(chain.stationary_laws(), chain.recurrent_classes(), strict=True):
        assert law.sum() == pytest.approx(1.0)
        assert np.allclose(law @ chain.transition, law)
        start = np.zeros(chain.states)
        start[states[-1]] = 1.0
        assert np.allclose(lazy.law_after(start, 20_000), law, atol=1e-9)


@pytest.mark.parametrize("bridge", [1e-3, 1e-10, 1e-13, 1e-16])
def test_a_bridge_that_is_hardly_ever_crossed_still_shares_out_the_law(bridge):
    chain = FiniteChain([[1.0 - bridge, bridge], [3.0 * bridge, 1.0 - 3.0 * bridge]])
    assert chain.stationary_law() == pytest.approx([0.75, 0.25], rel=1e-12)


@pytest.mark.parametrize("up", [0.45, 0.01, 1e-6])
def test_rare_states_keep_all_their_digits(up):
    """A ladder: by detailed balance each rung is rarer by the same factor."""
    rungs = np.arange(300)
    ladder = np.diag(np.full(299, up), 1) + np.diag(np.full(299, 1.0 - up), -1)
    ladder[0, 0], ladder[-1, -1] = 1.0 - up, up
    known = np.exp(rungs * math.log(up / (1.0 - up)))
    known /= known.sum()
    for order in (rungs, rungs[::-1], np.random.default_rng(1).permutation(rungs)):
        law = FiniteChain(ladder[np.ix_(order, order)]).stationary_law()
        seen = known[order] > 1e-250
        assert law[seen] == pytest.approx(known[order][seen], rel=1e-10)
        assert np.all(law[~seen] < 1e-240)


@pytest.mark.parametrize("seed", SEEDS)
def test_dobrushin_brings_laws_together_by_at_least_so_much(seed):
    chain, rng = some_chain(seed), np.random.default_rng(seed)
    pairs = itertools.combinations(chain.transition, 2)
    assert chain.dobrushin() == pytest.approx(
        max((0.5 * np.abs(a - b).sum() for a, b in pairs), default=0.0)
    )
    one, other = rng.dirichlet(np.ones(chain.states), size=2)
    before = np.abs(one - other).sum()
    after = np.abs(chain.law_after(one, 1) - chain.law_after(other, 1)).sum()
    assert after <= chain.dobrushin() * before + 1e-12


def test_a_surfer_on_a_web_at_random():
    web = random_web(40, 4, seed=3)
    for damping in (0.0, 0.5, 0.85, 1.0):
        chain = surfer(web.transition, damping)
        second = web.eigenvalue_moduli()[1]
        assert chain.spectral_gap() == pytest.approx(1.0 - damping * second, abs=1e-9)
        assert chain.spectral_gap() >= 1.0 - damping - 1e-12
        assert chain.dobrushin() == pytest.approx(damping * web.dobrushin())
    assert surfer(web.transition, 0.85).spectral_gap() > 0.3, "far above the teleport share"


@pytest.mark.parametrize("web", [two_islands(6), cycle(7)], ids=["islands", "cycle"])
def test_a_surfer_on_islands_or_on_a_circle_mixes_by_teleport_alone(web):
    assert surfer(web.transition, 0.85).spectral_gap() == pytest.approx(0.15)
    assert web.spectral_gap() == pytest.approx(0.0, abs=1e-9)


def test_a_page_without_links_leads_everywhere():
    chain = surfer([[0, 0], [1, 0]], 1.0)
    assert np.allclose(chain.transition, [[0.5, 0.5], [1.0, 0.0]])


@pytest.mark.parametrize("links", [1e-20, 1e150])
def test_only_the_shares_of_links_count(links):
    assert np.allclose(surfer([[0, links], [1, 0]], 1.0).transition, cycle(2).transition)


def test_islands_have_two_laws_until_there_is_a_bridge():
    assert len(two_islands(3).stationary_laws()) == 2
    with pytest.raises(ValueError, match="2 recurrent classes"):
        two_islands(3).stationary_law()
    with pytest.raises(ValueError, match="say which one"):
        two_islands(3).period()
    joined = two_islands(3, 0.1)
    assert np.allclose(joined.stationary_law(), 1.0 / 6.0)
    assert joined.spectral_gap() == pytest.approx(0.2)


def test_a_circle_goes_round_and_cards_forget():
    assert cycle(5).period() == 5
    assert cycle(1).period() == 1
    cards = card_shuffle()
    assert cards.states == 24
    assert cards.period() == 1
    assert np.allclose(cards.stationary_law(), 1.0 / 24.0)
    # Top to random with n cards: eigenvalues j/n for j = 0..n-2 and 1 (Phatarfod 1991).
    assert np.unique(cards.eigenvalue_moduli().round(6)).tolist() == [0.0, 0.25, 0.5, 1.0]
    assert cards.spectral_gap() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: FiniteChain([[0.5, 0.6], [0.5, 0.5]]), "row 0 sums to 1.1"),
        (lambda: FiniteChain([[0.5, 0.5]]), r"shape \(1, 2\)"),
        (lambda: FiniteChain([[1.5, -0.5], [0.5, 0.5]]), "transition"),
        (lambda: FiniteChain([[np.nan]]), "transition"),
        (lambda: FiniteChain(np.eye(2001)), "2,001 states"),
        (lambda: cycle(3).law_after([1.0, 0.0], 2), "give 3 numbers"),
        (lambda: cycle(3).law_after([0.0, 0.0, 0.0], 2), "not all of them 0"),
        (lambda: cycle(3).period(1), "number=1"),
        (lambda: cycle(3).law_after([1.0, 0.0, 0.0], -1), "steps=-1"),
        (lambda: surfer([[1.0]], 1.5), "damping=1.5"),
        (lambda: two_islands(0), "size=0"),
    ],
)
def test_impossible_chains_are_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
