"""What is known of a web without sampling: exact averages, or the course without noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made
from collapse_core.theory.mixed_generations import mixed_generations
from collapse_core.web.composition import composition
from collapse_core.web.normal_numbers import NormalContent
from collapse_core.web.settings import Web

__all__ = ["WebLaw", "expected_web"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WebLaw:
    """What is expected of the model of each year; all shapes are (years + 1,).

    Attributes
    ----------
    exact : bool
        Whether these are the averages of the runs. If not (two or more kinds at a temperature other
        than 1), they are the course of one run without any noise of sampling, as with endless
        crawls: an approximation.
    diversity, error, measured, contamination : ndarray
        As in `WebRuns`; ``contamination`` is exact always.
    group : ndarray or None
        Share of the group; None where nothing is known.
    group_error : ndarray or None
        Root mean squared distance of that share from the truth's; None where nothing is known.
    """

    exact: bool
    diversity: Array
    error: Array
    measured: Array
    contamination: Array
    group: Array | None
    group_error: Array | None


def expected_web(web: Web) -> WebLaw:
    """Return what is known of a web. Do not change it: it is shared.

    Sources: the exact averages are `theory.mixed_generations`; the course without noise is the
    recursion m_{t+1} = sum of shares times what each model publishes.

    Raises
    ------
    TypeError
        If ``web`` is no Web.
    """
    check_made("web", web, Web)
    return _expected_web(web)


@lru_cache(maxsize=64)
def _expected_web(web: Web) -> WebLaw:
    if web.temperature == 1.0 or isinstance(web.content, NormalContent):
        return _averages(web)
    return _without_noise(web)


def _averages(web: Web) -> WebLaw:
    known = composition(web)
    moments = mixed_generations(known.lessons, known.sizes, web.reserve, web.temperature)
    group = group_error = None
    if web.content.exact_group:
        group = np.full(web.years + 1, web.content.group)
        group_error = np.sqrt(moments.error * web.content.group_variance)
    measured = np.where(known.kept.sum(axis=1) > 0.0, moments.error_against(known.kept), 0.0)
    return WebLaw(
        True,
        moments.diversity,
        moments.error,
        measured,
        known.in_training(web.reserve),
        group,
        group_error,
    )


def _without_noise(web: Web) -> WebLaw:
    known, content = composition(web), web.content
    models = np.zeros((web.years + 1, content.truth.size))
    models[0] = content.truth
    published = models.copy()
    for t in range(1, web.years + 1):
        size, total = int(known.sizes[t]), int(known.sizes[t]) + web.reserve
        learned = known.kept[t - 1, :t] @ published[:t]
        models[t] = (
            (size * learned + web.reserve * content.truth) / total if total else models[t - 1]
        )
        published[t] = content.published(models[t], web.temperature)
    group = content.group_share(models)
    tests = np.where(known.kept.sum(axis=1, keepdims=True) > 0, known.kept @ published, models)
    return WebLaw(
        False,
        content.diversity(models),
        content.error(models, content.truth),
        content.error(models, tests),
        known.in_training(web.reserve),
        group,
        np.abs(group - content.group),
    )
