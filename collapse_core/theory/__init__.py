"""Closed forms and exact chains: what a loop does on average, computed without simulating it.

Nothing here draws a random number or imports a simulator, so theory can be held against experiment.
The rooms, one idea each:

Any family
    ``quadratic_variance`` (the algebra behind every average), ``mixed_means`` (a mean pooled with
    anything else), ``stationary_laws`` (the whole law with real anchors), ``extinction`` (the
    typical run of each family), ``poisson_branching`` (nothing but zeros), ``special_functions``.
Gaussians
    ``gaussian_refit`` (mean and variance unknown), ``gaussian_anchors`` (with real points),
    ``gaussian_mixing`` (every other policy), ``multivariate_gaussian`` (many dimensions),
    ``covariance_mixing`` (the average covariance matrix).
Many categories
    ``tails`` (why the rare ones go first), ``coalescent`` (the same, traced back in time).
Two colours
    ``two_colours`` is a folder with a door: it offers the exact law, waiting times and the long
    run. Behind it ``parameters``, ``draw`` (one draw), ``chain`` (from generation to generation),
    ``share_law``, ``reading`` (moments, quantiles), ``cost``, ``absorption``, ``stationary``,
    ``elimination``. For any sample size ``two_colours.approximations`` is the door; behind it
    ``moments`` (exact), ``sharpened`` (at a temperature), ``branching`` (a rare colour),
    ``diffusion`` (long times), ``beta`` (quantiles).
"""
