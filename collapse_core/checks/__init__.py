"""Checks of parameters: complaints name the parameter, its value, its range and the remedy."""

from collapse_core.checks.arrays import (
    FloatArray,
    check_array,
    check_numbers,
    check_together,
    is_long,
)
from collapse_core.checks.choices import (
    check_bytes,
    check_choice,
    check_made,
    check_switch,
    check_text,
)
from collapse_core.checks.memory import check_memory, fits_memory
from collapse_core.checks.messages import shown
from collapse_core.checks.numbers import (
    check_fit_size,
    check_generations,
    check_level,
    check_number,
    check_positive,
    check_share,
    check_whole_number,
)

__all__ = [
    "FloatArray",
    "check_array",
    "check_bytes",
    "check_choice",
    "check_fit_size",
    "check_generations",
    "check_level",
    "check_made",
    "check_memory",
    "check_number",
    "check_numbers",
    "check_positive",
    "check_share",
    "check_switch",
    "check_text",
    "check_together",
    "check_whole_number",
    "fits_memory",
    "is_long",
    "shown",
]
