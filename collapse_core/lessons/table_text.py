"""A table of numbers as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

__all__ = ["table_as_csv"]


def table_as_csv(table: Mapping[str, Any], parameters: Mapping[str, object]) -> str:
    """Return the table as text, with every parameter in lines that begin with ``#``."""
    kept = {name: values for name, values in table.items() if values is not None}
    lines = [f"# {name}: {value}" for name, value in parameters.items()]
    lines.append(",".join(kept))
    rows = np.column_stack([np.asarray(list(values), dtype=float) for values in kept.values()])
    lines += [",".join(f"{value:.6g}" for value in row) for row in rows.tolist()]
    return "\n".join(lines) + "\n"
