"""Two colours for any sample size: closed-form moments, branching and diffusion approximations.

The exact chain (``two_colours``) stops at a few thousand points per generation.  Beyond that, three
ideas take over.  Mean, variance and diversity obey a linear recursion, so their closed forms are
exact for every sample size.  A rare colour behaves like a branching process: every blue point has
a Poisson(1) number of offspring, and blue is lost when all its lineages have died out.  And over
times comparable to the sample size the share diffuses (Wright, Kimura), for any sample size.

What is exact carries a plain name; what is not has "approximation" or the method's name in it.
Generation 0 is the truth, generation 1 the first fit.
"""

from __future__ import annotations

from collapse_core.theory.two_colours.beta import (
    absent_beta_approximation,
    quantile_beta_approximation,
)
from collapse_core.theory.two_colours.branching import (
    absent_branching_approximation,
    lost_branching_approximation,
    surviving_lineages,
)
from collapse_core.theory.two_colours.diffusion import (
    absorption_times_diffusion_approximation,
    lost_approximation,
    lost_diffusion_approximation,
    stationary_beta_approximation,
)
from collapse_core.theory.two_colours.moments import (
    AccumulatedShare,
    ShareMoments,
    accumulate_share,
    share_moments,
)
from collapse_core.theory.two_colours.sharpened import sharpened_share_approximation

__all__ = [
    "AccumulatedShare",
    "ShareMoments",
    "absent_beta_approximation",
    "absent_branching_approximation",
    "absorption_times_diffusion_approximation",
    "accumulate_share",
    "lost_approximation",
    "lost_branching_approximation",
    "lost_diffusion_approximation",
    "quantile_beta_approximation",
    "share_moments",
    "sharpened_share_approximation",
    "stationary_beta_approximation",
    "surviving_lineages",
]
