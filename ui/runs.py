"""The only cached functions: a frozen spec goes in, a result comes out.

Streamlit hashes nested dataclasses without their types, so that ``Exponential(1)`` and
``Poisson(1)`` would share a result. Every spec is therefore hashed by its ``repr``, which names the
type and all values; a test checks that no two specs collide. All caches are bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from collapse_core import ClosedLoop, Law, Trajectory
from collapse_core.experiments.exponential_families_report import (
    DiversityReport,
    report_diversity,
    run_at_percentile,
)
from collapse_core.theory.two_colours import AbsorptionTimes

__all__ = ["HASH_BY_REPR", "absorption_times", "diversity_report", "exact_law", "sampled_runs"]

HASH_BY_REPR: dict[str | type[Any], Callable[[Any], Any]] = {ClosedLoop: repr}
MOST_ENTRIES = 64


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def sampled_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    """Return sampled runs of a loop. Do not change what is returned: it is shared."""
    return loop.simulate(replicates, seed)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def exact_law(loop: ClosedLoop) -> Law:
    """Return a loop's law, with named approximations where nothing exact is known."""
    return loop.exact(approximate=True)


@st.cache_resource(max_entries=MOST_ENTRIES, show_spinner=False)
def absorption_times(sample_size: int, share: float, temperature: float) -> AbsorptionTimes:
    """Return how long two colours live together, exactly."""
    from collapse_core.theory.two_colours import absorption_times as exact_times

    return exact_times(sample_size, share, temperature)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def diversity_report(
    loop: ClosedLoop, replicates: int, seed: int, percentile: float
) -> DiversityReport:
    """Return what the runs and the law of an exponential family say of its diversity."""
    paths = sampled_runs(loop, replicates, seed)
    return report_diversity(paths, exact_law(loop), run_at_percentile(paths, percentile))
