"""Why the tail of a distribution goes first: K categories refitted on their own samples.

Each generation draws n points from K categories and refits the frequencies. A category that gets
no point is gone for good. Seen alone, a category is "it or anything else": whatever the others do,
its count is the two-type chain of Wright and Fisher (the categories are *lumped*). An expected
number of survivors is a sum over categories, so one chain answers for all of them, exactly. Rare
categories go first: the median life of a category is about 2.9 times its expected count in the
first sample. Gini diversity barely notices, because it is a sum of squares and the tail weighs
nothing in it: the summary looks fine while the tail is already gone.

Lumping needs the refit to treat "anything else" as one category. Sharpening by a temperature T,
p_i^(1/T) / sum_j p_j^(1/T), breaks it for K > 2, because the denominator depends on how the others
are split. So there is no function of temperature here: simulate it.

All curves are arrays (generations + 1,); index 0 is the truth, where each category with p > 0 is
alive; index 1 is the first fit, made from n draws of the truth.
"""

from collapse_core.theory.tails.any_size import (
    expected_ancestors_approximation,
    expected_gini,
    expected_survivors_approximation,
    median_loss_generation_approximation,
)
from collapse_core.theory.tails.frequencies import (
    check_probabilities,
    distinct_probabilities,
    zipf_probabilities,
)
from collapse_core.theory.tails.survival import (
    can_be_lost_in_half,
    check_exact_is_feasible,
    check_survival_parameters,
    expected_survivors,
    is_exact_feasible,
    median_loss_generation,
    survival_probabilities,
)

__all__ = [
    "can_be_lost_in_half",
    "check_exact_is_feasible",
    "check_probabilities",
    "check_survival_parameters",
    "distinct_probabilities",
    "expected_ancestors_approximation",
    "expected_gini",
    "expected_survivors",
    "expected_survivors_approximation",
    "is_exact_feasible",
    "median_loss_generation",
    "median_loss_generation_approximation",
    "survival_probabilities",
    "zipf_probabilities",
]
