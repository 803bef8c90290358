"""What tells the exact law on each page: gaps of sentences, curves, and columns.

A teacher may leave the law untold, so that a class finds it. What is named here is then a question
mark, not drawn, or not in the table (`collapse_core.lessons.untold`). Approximations of the law,
its limits and rules of thumb count as the law.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["TELLS_THE_LAW", "WITHOUT_LAW", "names_of_the_law"]

CURVES = ("figure.exact", "figure.approximation")

TELLS_THE_LAW: Mapping[str, tuple[str, ...]] = {
    "any_model": ("columns.expected_held", "columns.expected_spread"),
    "bell_curve": (
        *("expected", "approximate", "rule", "limit", "end_rule", "end_annealed", "gaussian"),
        *("drift", "settles_at", "columns.expected", "columns.approximate"),
        *("columns.log_variance", "columns.risk", "columns.local", "columns.annealed"),
        *("columns.rule", "columns.gaussian", "figure.exact_log", "figure.exact_mean"),
        *("figure.exact_risk", "figure.exact_local", "figure.lyapunov", "figure.annealed"),
        *("figure.rule", "figure.limit", "figure.gaussian"),
    ),
    "digits_photographs": ("columns.expected_error",),
    "exponential_families": (
        *("exact", "before", "down", "same", "up", "columns.exact", "columns.chance_gone"),
        "figure.compared",
    ),
    "language": ("expected", "columns.expected", "columns.guide", "figure.guide"),
    "mitigation_lab": ("exact", "columns.exact"),
    "mixer_squeeze": (
        *("exact_apart", "exact_left", "exact_spread", "columns.apart_exact"),
        *("columns.left_exact", "columns.left_states_exact", "columns.spread_exact"),
        "columns.spread_states_exact",
    ),
    "network": ("columns.exact",),
    "one_real_point": (
        *("expected", "absent_chance", "limit", "figure.fresh", "figure.fixed", "figure.prior"),
        *("figure.chain", "figure.limit", "figure.band", "figure.pure", "figure.no_bound"),
        *("columns.expected", "columns.pure", "columns.absent_chance"),
    ),
    "photocopier": ("exact", "columns.cumulative_exact", "columns.local_exact"),
    "polluted_web": (
        *("training", "diversity_known", "columns.training", "columns.diversity_known"),
        *("columns.true_known", "columns.measured_known", "columns.worth_known"),
        *("figure.training", "crawlers.training", "crawlers.exact", "crawlers.course"),
    ),
    "room": ("exact", "rest", "columns.share_exact", "columns.odds_exact", "columns.apart_exact"),
    "two_colours": (
        *("chance", "expected", "figure.band", "figure.band_approximation", "figure.compared"),
        *("columns.expected", "columns.chance", "columns.expected_diversity"),
    ),
    "vanishing_tails": (
        *("expected", "expected_gini", "chance_lost", "columns.expected"),
        *("columns.expected_gini", "columns.chance"),
    ),
}

# Pages that measure everything, and know no law beforehand.
WITHOUT_LAW = frozenset({"early_warning", "eight_patterns"})


def names_of_the_law(topic: str) -> frozenset[str]:
    """Return what tells the exact law on a page, as `Lesson.without` takes it."""
    return frozenset((*CURVES, *TELLS_THE_LAW.get(topic, ())))
