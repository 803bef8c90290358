"""The report as a table: one row for each generation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from collapse_core.drift.findings import Findings
from collapse_core.drift.judged import Judged

__all__ = ["MEASURES", "columns_of", "settings_of"]

MEASURES = ("precision", "recall", "density", "coverage", "tail_coverage")
_OF_A_PAIR = {
    "": "distance",
    "_floor": "floor",
    "_tested": "test.distance",
    "_chance": "test.chance",
    "_limit": "test.limit",
    "_p": "test.above",
}


def columns_of(found: Findings) -> dict[str, list[float]]:
    """Return the columns by name; columns without any number are left out."""
    steps = found.steps
    table: dict[str, list[float]] = {
        "generation": [step.generation for step in steps],
        "rows": [step.rows for step in steps],
    }
    for pair in ("local", "cumulative", "world"):
        for ending, path in _OF_A_PAIR.items():
            table[pair + ending] = _column(steps, f"{pair}.{path}")
    table["local_lower_p"] = _column(steps, "local.test.below")
    table["contraction_p"] = _column(steps, "cumulative.test.contraction")
    table["expansion_p"] = _column(steps, "cumulative.test.expansion")
    table["log_volume_change"] = _column(steps, "cumulative.test.volume")
    table["extrapolated"] = _column(steps, "cumulative.extrapolated")
    if found.reference == "none":
        table["cumulative"][0] = 0.0
    table |= _with_chance(steps, "effective_rank", "effective_rank", lambda s: s.rank_chance)
    for name in MEASURES:
        chance = _chance_of(name)
        table |= _with_chance(steps, name, f"nearby.{name}", chance)
    table["coverage_equal_laws"] = _column(steps, "nearby.equal_laws")
    table |= _with_chance(steps, "label_entropy", "entropy", lambda s: s.entropy_chance)
    return {name: values for name, values in table.items() if not all(map(math.isnan, values))}


def settings_of(found: Findings) -> dict[str, object]:
    """Return the settings that the table depends on."""
    names = ("false_alarm", "planned", "level", "permutations", "seed", "reference")
    return {name: getattr(found, name) for name in names}


def _chance_of(name: str) -> Callable[[Judged], Any]:
    return lambda step: None if step.nearby is None else step.nearby.chance[name]


def _with_chance(
    steps: Sequence[Judged], name: str, path: str, chance: Callable[[Judged], Any]
) -> dict[str, list[float]]:
    found = [chance(step) for step in steps]
    table = {name: _column(steps, path)}
    for part in ("average", "low", "high"):
        values = [math.nan if each is None else float(getattr(each, part)) for each in found]
        table[f"{name}_chance_{part}"] = values
    return table


def _column(steps: Sequence[Judged], path: str) -> list[float]:
    return [step.number(path) for step in steps]
