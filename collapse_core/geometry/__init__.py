"""The shape of a cloud of points: its dimensions, its spread, and eight ways to crumple it."""

from collapse_core.geometry.clouds import sheet
from collapse_core.geometry.crumple import crumple, crumple_steps
from collapse_core.geometry.dimension import (
    effective_dimension,
    local_dimension,
    spread,
)
from collapse_core.geometry.patterns import (
    PATTERNS,
    Pattern,
    Shape,
    measure,
    name_pattern,
)

__all__ = [
    "PATTERNS",
    "Pattern",
    "Shape",
    "crumple",
    "crumple_steps",
    "effective_dimension",
    "local_dimension",
    "measure",
    "name_pattern",
    "sheet",
    "spread",
]
