"""Early and late collapse as criteria on curves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import tails
from collapse_core.theory.stages import (
    collapse_stages,
    early_collapse,
    generation_bands,
    late_collapse,
)


def test_zipf_is_early_at_once_and_late_much_later():
    truth = tails.zipf_probabilities(200, 1.0)
    alive = tails.survival_probabilities(truth, 100, 150)
    rare = alive[:, 100:].sum(axis=1)
    gini = tails.expected_gini(truth, 100, 150)
    stages = collapse_stages(rare, gini)
    first_early = int(np.argmax(rare < 50.0))
    last_early = int(np.flatnonzero(gini >= 0.95 * gini[0])[-1])
    assert stages.early == ((first_early, last_early),)
    assert last_early == 5  # (1 - 1/100)^5 = 0.951
    assert stages.late == ((69, 150),)  # (1 - 1/100)^69 < 1/2


def test_every_summary_must_look_well():
    rare = np.array([10.0, 4.0, 3.0, 2.0, 1.0])
    gini = np.array([0.9, 0.89, 0.88, 0.87, 0.3])
    accuracy = np.array([0.2, 0.2, 0.2, 0.1, 0.1])
    assert early_collapse(rare, gini).tolist() == [False, True, True, True, False]
    assert early_collapse(rare, gini, accuracy).tolist() == [False, True, True, False, False]
    assert collapse_stages(rare, gini, accuracy).early == ((1, 2),)
    assert late_collapse(gini).tolist() == [False, False, False, False, True]
    assert early_collapse(rare, gini, rare_left=0.25).tolist() == [False] * 3 + [True, False]
    assert early_collapse(rare, gini, summary_lost=0.0).tolist() == [False] * 5
    assert late_collapse(gini, diversity_left=0.98).tolist() == [False] * 2 + [True] * 3


def test_degenerate_truths_have_no_stages():
    nothing = np.zeros(4)
    assert collapse_stages(nothing, nothing, np.ones(4)).early == ()
    assert collapse_stages(nothing, nothing).late == ()
    assert early_collapse([2, 0, 0], [0, 0, 0]).tolist() == [False, True, True]


def test_bands():
    assert generation_bands([False, True, True, False, True]) == ((1, 2), (4, 4))
    assert generation_bands([True]) == ((0, 0),)
    assert generation_bands([]) == ()


@given(st.lists(st.booleans(), max_size=30))
def test_bands_hold_exactly_what_is_true(mask):
    held = [g for first, last in generation_bands(mask) for g in range(first, last + 1)]
    assert held == [g for g, value in enumerate(mask) if value]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: early_collapse([1, 2], [1, 2, 3]), r"summaries\[0\] has the shape \(3,\)"),
        (lambda: early_collapse([[1, 2]]), "rare_survivors has the shape"),
        (lambda: early_collapse([1], rare_left=1.5), "rare_left=1.5"),
        (lambda: early_collapse([1], summary_lost=-0.1), "summary_lost=-0.1"),
        (lambda: late_collapse([]), "diversity has the shape"),
        (lambda: late_collapse([1], diversity_left=2), "diversity_left=2"),
        (lambda: generation_bands([[True]]), "mask has the shape"),
    ],
)
def test_what_is_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
