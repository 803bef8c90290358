"""Models that learn from the pool of all models before them."""

import itertools

import numpy as np
import pytest

from collapse_core.theory.mixed_generations import mixed_generations
from collapse_core.theory.pooled_models import pooled_models_law


@pytest.mark.parametrize(("n", "share"), [(1, 0.3), (4, 0.5), (10, 0.05), (7, 1.0), (3, 0.0)])
def test_moments_are_those_of_mixed_generations(n, share):
    steps = 8
    law = pooled_models_law(n, share, steps)
    values = np.arange(n + 1) / n
    assert law.sum(axis=1) == pytest.approx(np.ones(steps + 1))
    assert law @ values == pytest.approx(np.full(steps + 1, share))
    shares = np.zeros((steps + 1, steps + 1))
    shares[1, 0] = 1.0
    for step in range(2, steps + 1):
        shares[step, 1:step] = 1.0 / (step - 1)
    other = mixed_generations(shares, [0.0] + [float(n)] * steps)
    wanted = share * (1.0 - share) * other.diversity[1:]
    assert (law @ (values * (1.0 - values)))[1:] == pytest.approx(wanted)


def test_every_case_counted():
    """Two draws, three models: all ways that they can fall."""
    share, law = 0.3, np.zeros(3)
    for falls in itertools.product((0, 1), repeat=6):
        first, second, third = (sum(falls[i : i + 2]) for i in (0, 2, 4))
        chance = 1.0
        for fall, p in zip(
            falls, np.repeat([share, first / 2, (first + second) / 4], 2), strict=True
        ):
            chance *= p if fall else 1.0 - p
        law[third] += chance
    assert pooled_models_law(2, share, 3)[3] == pytest.approx(law)
    assert pooled_models_law(2, 0.35, 3)[3] != pytest.approx(law)


def test_the_truth_is_placed_between_counts():
    assert pooled_models_law(4, 0.3, 0)[0] == pytest.approx([0.0, 0.8, 0.2, 0.0, 0.0])


def test_what_would_take_too_long_is_refused():
    with pytest.raises(ValueError, match="generations"):
        pooled_models_law(500, 0.5, 11)
