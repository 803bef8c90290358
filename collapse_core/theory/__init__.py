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
Two colours, exactly
    ``two_colours`` is the door: it offers all of them. Behind it ``two_colours_parameters``,
    ``two_colours_draw`` (one draw), ``two_colours_chain`` (from generation to generation),
    ``two_colours_reading`` (moments, quantiles), ``two_colours_cost``, ``two_colours_absorption``
    (waiting times), ``two_colours_stationary`` (the long run), ``two_colours_elimination``.
Two colours, for any sample size
    ``two_colours_approximations`` is the door. Behind it ``two_colours_moments`` (exact),
    ``two_colours_noise_free``, ``two_colours_branching`` (a rare colour), ``two_colours_diffusion``
    (long times), ``two_colours_beta`` (quantiles).
"""
