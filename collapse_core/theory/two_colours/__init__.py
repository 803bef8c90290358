"""Two colours, exactly: the law of the share of blue, generation by generation.

A jar holds blue and yellow marbles.  Each generation draws ``sample_size`` marbles from the last
model, counts the blue ones, and takes that count as the new model.  The count is a Markov chain
with binomial transitions: the Wright-Fisher model of population genetics, where losing a colour is
"loss of an allele".  Its matrix is small enough to iterate, so nothing here is sampled and nothing
is approximated: the chance that blue is gone by generation 50, the spread, the waiting times and
the long-run law are computed to rounding error.  Real anchor points mix the truth back in, a prior
acts as imaginary anchors, and a temperature sharpens (or flattens) what the model generates.

Generation 0 is the truth; generation 1 is the first fit.

Source: Ewens, Mathematical Population Genetics (2004), for the chain; Grassmann, Taksar and Heyman,
Operations Research 33 (1985), for the elimination without subtractions; Suresh et al.,
arXiv:2412.17646, for the chain as a model of recursive training.
"""

from collapse_core.theory.two_colours.absorption import AbsorptionTimes, absorption_times
from collapse_core.theory.two_colours.cost import chain_cost, is_exact_feasible
from collapse_core.theory.two_colours.draw import sharpen
from collapse_core.theory.two_colours.parameters import LARGEST_EXACT_SAMPLE_SIZE
from collapse_core.theory.two_colours.share_law import ShareLaw, share_law
from collapse_core.theory.two_colours.stationary import (
    StationaryLaw,
    stationary_law,
    stationary_law_with_prior,
)

__all__ = [
    "LARGEST_EXACT_SAMPLE_SIZE",
    "AbsorptionTimes",
    "ShareLaw",
    "StationaryLaw",
    "absorption_times",
    "chain_cost",
    "is_exact_feasible",
    "share_law",
    "sharpen",
    "stationary_law",
    "stationary_law_with_prior",
]
