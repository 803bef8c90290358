"""A kind that half of all runs never lose has no median generation of loss."""

import numpy as np
import pytest

from collapse_core import ClosedLoop, Replace, families
from collapse_core.theory.tails import median_loss_generation
from collapse_core.topics.vanishing_tails.report import tails_law

TRUTHS = (
    (0.5, 0.5),
    (0.5, 0.3, 0.2),
    (0.6, 0.4),
    (0.9, 0.1),
    (0.45, 0.45, 0.1),
    (1.0, 0.0),
    (0.5, 0.25, 0.25, 0.0),
)


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("truth", TRUTHS)
def test_median_loss_is_finite_where_half_of_all_runs_lose_the_kind(truth, size):
    law = tails_law(ClosedLoop(families.Categorical(truth), Replace(), size, 600))
    np.testing.assert_array_equal(law.median_loss, median_loss_generation(truth, size, 600))
    for share, median in zip(truth, law.median_loss, strict=True):
        assert np.isinf(median) == (share > 0.5 or (share == 0.5 and size > 1))
