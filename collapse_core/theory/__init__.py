"""Closed forms and exact chains: what a loop does on average, computed without simulating it.

Nothing here draws a random number or imports a simulator, so theory can be held against experiment.

What is called the same is the same in every room, and a docstring names only what is its own:
``sample_size`` is the number n of synthetic points per generation, a whole number from 1;
``generations`` the number of fits, from 0; ``count`` the number k of real points per generation,
from 0, drawn anew if ``fresh`` and else drawn once and kept (results are then averaged over that
draw); ``truth_mean`` the mean m* of the truth; ``variance_function`` the family, as the
``QuadraticVariance`` V; ``probabilities`` the truth over K categories, sum 1; ``unbiased`` says
whether a variance is divided by the number of points less 1, or by their number; ``variance_scale``
is a factor on a model's variance before it is sampled, above 0. Arrays over the generations have
``generations + 1`` entries, the first one being the truth, and hold inf where a number overflows.

Numbers are checked: one out of range, or an exact law that would take too long, raises a
``ValueError`` that names the parameter, its value, its range and the remedy.

The rooms, one idea each:

Any family
    ``quadratic_variance`` (the algebra behind every average), ``mixed_means`` (a mean pooled with
    anything else), ``stationary_laws`` (the whole law with real anchors), ``extinction`` (the
    typical run of each family), ``poisson_branching`` (counts that die out),
    ``diversity_spread`` (can runs show the average?), ``special_functions``.
Gaussians
    ``gaussian_refit`` (mean and variance unknown), ``log_variance_law`` (the variance's whole law),
    ``gaussian_anchors`` (with real points),
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
    ``diffusion`` (long times), ``beta`` (quantiles). ``pooled_models`` is the law of models that
    each learn a few draws from all models before them.
"""
