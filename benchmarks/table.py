"""One table of everything that is measured, with the goals beside it, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

__all__ = ["RESULTS", "Row", "machine", "print_heading", "print_row", "short", "write"]

RESULTS = Path(__file__).parent / "results.json"
PACKAGES = ("streamlit", "numpy", "plotly")


@dataclass(frozen=True)
class Row:
    """One measured number.

    Parameters
    ----------
    what : str
        What was measured.
    measured : float
        The number.
    unit : str
        What it counts.
    goal : float, optional
        What it should be at most.
    at_least : bool
        Whether the goal is the least that it should be.
    beside : mapping of str to float
        Further numbers of the same measurement, for the JSON and for a closer look.
    """

    what: str
    measured: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal

    @property
    def goal_text(self) -> str:
        """The goal as it is written beside the number."""
        if self.goal is None:
            return ""
        return f"{'>=' if self.at_least else '<='} {short(self.goal)}"

    def __str__(self) -> str:
        word = {True: "yes", False: "no", None: ""}[self.reached]
        beside = ", ".join(f"{name} {short(value)}" for name, value in self.beside.items())
        measured = f"{short(self.measured)} {self.unit}"
        return f"{self.what:<52}{measured:>16}  {self.goal_text:>8}  {word:<4} {beside}".rstrip()


def print_heading() -> None:
    """Print the machine and the heads of the columns."""
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(f"\n{'':<52}{'measured':>16}  {'goal':>8}  {'met':<4} beside", flush=True)


def print_row(row: Row) -> Row:
    """Print a row as soon as it is there, and return it."""
    print(row, flush=True)
    return row


def write(rows: Iterable[Row], path: Path) -> None:
    """Write rows as JSON, with the machine they were measured on."""
    items = [asdict(row) | {"reached": row.reached} for row in rows]
    content = {"machine": machine(), "rows": items}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str]:
    """Return what the numbers depend on, besides the code."""
    found = {"processor": _processor(), "processors": str(os.cpu_count())}
    found |= {"Python": platform.python_version()}
    return found | {name: version(name) for name in PACKAGES}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def short(value: float) -> str:
    """Return a number with about three digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
