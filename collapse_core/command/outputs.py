"""Files by their ending."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from collapse_core.sweeps.figure import sweep_page

__all__ = ["FIGURE", "NOTEBOOK", "RUNS", "SWEPT", "check_outputs", "write"]

# What each takes is a `Handout`, or a `Sweep`.
Makers: TypeAlias = Mapping[str, Callable[[Any], str | bytes]]

FIGURE: Makers = {
    ".html": lambda handout: handout.html(),
    ".svg": lambda handout: handout.still("svg"),
    ".png": lambda handout: handout.still("png"),
    ".csv": lambda handout: handout.csv(),
    ".json": lambda handout: handout.json(),
}
RUNS: Makers = {".csv": lambda handout: handout.shown.csv()}
NOTEBOOK: Makers = {".ipynb": lambda handout: handout.notebook()}
SWEPT: Makers = {
    ".csv": lambda found: found.to_csv(),
    ".parquet": lambda found: found.to_parquet(),
    ".html": lambda found: sweep_page(found),
}

SCREEN = Path("-")


def check_outputs(outputs: Sequence[Path], makers: Makers) -> None:
    """Refuse what cannot be written before anything is computed.

    Raises
    ------
    ValueError
        If an ending is not known, or a folder is not there, or may not be written to.
    """
    for path in outputs:
        if path == SCREEN:
            continue
        if path.suffix.lower() not in makers:
            raise ValueError(
                f"-o {path}: the ending {path.suffix or '(none)'} is not known: use "
                f"{' or '.join(makers)}."
            )
        folder = path.absolute().parent
        if path.is_dir():
            raise ValueError(f"-o {path}: this is a folder: write the name of a file behind it.")
        if not folder.is_dir():
            raise ValueError(f"-o {path}: there is no folder to write it to: make it first.")
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise ValueError(f"-o {path}: it may not be written there: choose another folder.")


def write(found: Any, outputs: Sequence[Path], makers: Makers) -> None:
    """Write every file; each is made as a whole before it is opened.

    Parameters
    ----------
    found : Handout or Sweep
        What is written.
    outputs : sequence of Path
        Where to; "-" is the screen, and takes the first kind.
    makers : mapping
        By ending, what makes the content.
    """
    for path in outputs:
        suffix = next(iter(makers)) if path == SCREEN else path.suffix.lower()
        made = makers[suffix](found)
        content = made.encode("utf-8") if isinstance(made, str) else made
        if path == SCREEN:
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
            continue
        try:
            path.write_bytes(content)
        except OSError as error:
            # A full disk names no file.
            raise OSError(error.errno, error.strerror, str(path)) from error
        print(f"written: {path} ({len(content) / 1000:,.0f} kB)", file=sys.stderr)
