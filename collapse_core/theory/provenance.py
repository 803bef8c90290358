"""What a detector of synthetic points, or a judge of right ones, leaves behind."""

from __future__ import annotations

from collapse_core.checks import check_share

__all__ = ["left_over_synthetic", "passing_share", "share_right_among_kept"]


def passing_share(synthetic_share: float, true_positive: float, false_positive: float) -> float:
    """Return the share of a stream that a filter lets pass.

    ``pi (1 - t) + (1 - pi)(1 - f)``. Exact.

    Parameters
    ----------
    synthetic_share : float
        Share pi of synthetic points in the stream, 0 to 1.
    true_positive, false_positive : float
        Chances t and f that a synthetic, and that a real, point is thrown away, 0 to 1.
    """
    pi = check_share("synthetic_share", synthetic_share)
    kept = 1.0 - check_share("true_positive", true_positive)
    return pi * kept + (1.0 - pi) * (1.0 - check_share("false_positive", false_positive))


def left_over_synthetic(
    synthetic_share: float, true_positive: float, false_positive: float
) -> float:
    """Return the share of synthetic points among those that have passed a filter.

    ``pi (1 - t) / (pi (1 - t) + (1 - pi)(1 - f))`` by Bayes' rule. Exact. Half synthetic, t = .9
    and f = .01: 9.2 %. Parameters as for `passing_share`.

    Raises
    ------
    ValueError
        If nothing passes.
    """
    passing = passing_share(synthetic_share, true_positive, false_positive)
    if not passing:
        raise ValueError(
            f"true_positive={true_positive:g} and false_positive={false_positive:g} let nothing of "
            f"synthetic_share={synthetic_share:g} pass: lower one of the rates."
        )
    return synthetic_share * (1.0 - true_positive) / passing


def share_right_among_kept(wrong_share: float, accept_right: float, accept_wrong: float) -> float:
    """Return the share of right points among those that a judge keeps.

    ``(1 - p) phi / ((1 - p) phi + p psi)`` by Bayes' rule. Exact: it is the filter's formula, with
    wrong points in the place of the synthetic ones.

    Parameters
    ----------
    wrong_share : float
        Share p of wrong points, 0 to 1.
    accept_right, accept_wrong : float
        Chances phi and psi that a right, and that a wrong, point is kept, 0 to 1.

    Raises
    ------
    ValueError
        If nothing is kept.
    """
    wrong = check_share("wrong_share", wrong_share) * check_share("accept_wrong", accept_wrong)
    right = (1.0 - wrong_share) * check_share("accept_right", accept_right)
    if not right + wrong:
        raise ValueError(
            f"accept_right={accept_right:g} and accept_wrong={accept_wrong:g} keep nothing at "
            f"wrong_share={wrong_share:g}: raise one of them."
        )
    return right / (right + wrong)
