"""From a family and a recipe to what is known of their loop: adapters over `collapse_core.theory`.

Each file here turns the closed forms of one family into a `Law`, and registers that for the
family's type: no family knows of laws. Theory itself knows neither families nor recipes, so it can
never borrow a simulator's error.
"""

from collapse_core.laws import (
    binomial,
    categorical,
    gaussian,
    multivariate_gaussian,
    quadratic_variance,
    two_colours,
)
from collapse_core.laws.registry import begins_alike, known_law, law_of

__all__ = [
    "begins_alike",
    "binomial",
    "categorical",
    "gaussian",
    "known_law",
    "law_of",
    "multivariate_gaussian",
    "quadratic_variance",
    "two_colours",
]
