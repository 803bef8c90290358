"""The table of a sweep: a row for each cell, generation and measure; as CSV, Parquet, or back."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collapse_core.checks import check_choice
from collapse_core.sweeps.work import COLUMNS

__all__ = ["ENDINGS", "FailedCell", "Sweep", "check_parquet", "read_sweep"]

ABOUT = b"collapse_core"
_WORDS = {"true": True, "false": False}


@dataclass(frozen=True)
class FailedCell:
    """A cell without numbers: what was varied in it, by name, and why."""

    cell: Mapping[str, Any]
    why: str

    def __str__(self) -> str:
        place = ", ".join(f"{name}={_written(value)}" for name, value in self.cell.items())
        return f"{place}: {self.why}"


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a sweep found.

    Parameters
    ----------
    topic : str
        Whose loop.
    vary : mapping of str to tuple
        The values of each setting that was varied.
    settings : mapping of str to value
        Every other setting, and the number of runs.
    columns : mapping of str to list
        By name; all of one length. First what was varied, then the generation, the measure, its
        average over the runs with its standard error, its quantiles, and what is known of it: its
        exact expectation, or an approximation. What is not known is nan.
    failed : tuple of FailedCell
        The cells without rows.
    computed : int
        Cells that were computed, and not found in a journal.
    """

    topic: str
    vary: Mapping[str, tuple[Any, ...]]
    settings: Mapping[str, Any]
    columns: Mapping[str, list[Any]]
    failed: tuple[FailedCell, ...] = ()
    computed: int = 0

    @property
    def cells(self) -> list[dict[str, Any]]:
        """What was varied in each cell that has rows, in their order."""
        names = list(self.vary)
        rows = dict.fromkeys(zip(*(self.columns[name] for name in names), strict=True))
        return [dict(zip(names, row, strict=True)) for row in rows]

    @property
    def measures(self) -> tuple[str, ...]:
        """The names of what was measured."""
        return tuple(dict.fromkeys(self.columns["measure"]))

    def about(self) -> dict[str, Any]:
        """Return what the table does not hold: topic, settings, what was varied, what failed."""
        return {
            "page": self.topic,
            "vary": {name: list(values) for name, values in self.vary.items()},
            "settings": dict(self.settings),
            "failed": [[dict(one.cell), one.why] for one in self.failed],
        }

    def to_csv(self) -> str:
        """Return the table as text; lines that begin with ``#`` say how to make it again."""
        text = io.StringIO()
        for name, value in self.about().items():
            text.write(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n")
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(self.columns)
        columns = [list(map(_written, values)) for values in self.columns.values()]
        rows.writerows(zip(*columns, strict=True))
        return text.getvalue()

    def to_parquet(self) -> bytes:
        """Return the table as a Parquet file, which holds what `about` says in its metadata.

        Raises
        ------
        ModuleNotFoundError
            If pyarrow is not installed.
        """
        pyarrow, parquet = _parquet()
        table = pyarrow.table(dict(self.columns))
        about = {ABOUT: json.dumps(self.about(), ensure_ascii=False).encode()}
        made = io.BytesIO()
        parquet.write_table(table.replace_schema_metadata(about), made)
        return made.getvalue()

    def write(self, path: str | Path) -> None:
        """Write the table to a file that ends in .csv or .parquet, as a whole or not at all."""
        path = Path(path)
        content = ENDINGS[check_choice("ending", path.suffix.lower(), tuple(ENDINGS))](self)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(content)
        beside.replace(path)


ENDINGS: Mapping[str, Callable[[Sweep], bytes]] = {
    ".csv": lambda found: found.to_csv().encode(),
    ".parquet": lambda found: found.to_parquet(),
}


def read_sweep(path: str | Path) -> Sweep:
    """Return the sweep that a file holds.

    Parameters
    ----------
    path : str or Path
        A file of `Sweep.write`.

    Raises
    ------
    ValueError
        If the file is not one.
    ModuleNotFoundError
        If it is a Parquet file and pyarrow is not installed.
    """
    path = Path(path)
    readers = {".csv": _from_csv, ".parquet": _from_parquet}
    read = readers[check_choice("ending", path.suffix.lower(), tuple(readers))]
    try:
        about, columns = read(path)
        varied = {name: tuple(values) for name, values in about["vary"].items()}
        failed = tuple(FailedCell(cell, why) for cell, why in about["failed"])
        whole = set(columns) == {*varied, *COLUMNS}
        if whole:
            return Sweep(about["page"], varied, about["settings"], columns, failed)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{path} is no table of a sweep: {error}.") from error
    raise ValueError(f"{path} is no table of a sweep: it has the columns {', '.join(columns)}.")


def _from_csv(path: Path) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    about = dict[str, Any]()
    while lines and lines[0].startswith("# "):
        name, _, value = lines.pop(0)[2:].partition(": ")
        about[name] = json.loads(value)
    heading, *rows = list(csv.reader(lines))
    columns = zip(*rows, strict=True) if rows else ([] for _ in heading)
    return about, {
        name: [_read(name, text) for text in column]
        for name, column in zip(heading, columns, strict=True)
    }


def _from_parquet(path: Path) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    _, parquet = _parquet()
    table = parquet.read_table(path)
    about = json.loads((table.schema.metadata or {}).get(ABOUT, b"{}"))
    return about, table.to_pydict()


def check_parquet() -> None:
    """Check that Parquet files can be written.

    Raises
    ------
    ModuleNotFoundError
        If pyarrow is not installed; the message says what to do.
    """
    _parquet()


def _parquet() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "Parquet needs pyarrow: pip install pyarrow, or write to a file that ends in .csv."
        ) from error
    return pyarrow, parquet


def _written(value: Any) -> str:
    """Return a value so that it is read back as it is; nothing for nan."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value != value else str(value)


def _read(name: str, text: str) -> Any:
    if name in COLUMNS[2:]:
        return float(text or "nan")
    if name == "measure" or text in _WORDS:
        return _WORDS.get(text, text)
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text
