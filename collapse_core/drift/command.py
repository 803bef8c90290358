"""The monitor as a command.

    collapse-drift embeddings.csv -o report.html

A CSV file has a row for each point and a column "generation"; an NPZ file one array for each
generation; several files are one generation each, in the order of their names. Exit code 0: no
alarm; 1: an alarm or a jump; 2: the files or the options cannot be used;
130: it was stopped.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from collapse_core.drift.monitoring import monitor
from collapse_core.drift.report import DriftReport
from collapse_core.geometry.own_clouds import LARGEST_FILE, read_clouds

__all__ = ["main"]

QUIET, LOUD, WRONG, STOPPED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Read files, print what the monitor finds, and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        As typed after the command; those of this process without it.
    """
    asked = _parser().parse_args(arguments)
    try:
        _check_outputs(asked.output)
        read = read_clouds([_file(path) for path in asked.files])
        report = monitor(
            read.clouds,
            None if asked.reference is None else read_clouds([_file(asked.reference)]).clouds,
            asked.seed,
            asked.false_alarm,
            planned=asked.planned,
            progress=None if asked.quiet else _progress,
        )
        _write(report, asked.output, asked.title)
        print("\n".join((*report.reasons, *read.notes)), flush=True)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return _refused("stopped; no report was written.", STOPPED)
    except BrokenPipeError:
        # Whoever read it has enough: Python is not to complain of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except OSError as error:
        where = error.filename or "what is printed"
        return _refused(f"{where} cannot be used: {error.strerror or error}.")
    except ValueError as error:
        return _refused(str(error))
    return QUIET if report.alarm is None and report.jump is None else LOUD


def _refused(why: str, code: int = WRONG) -> int:
    print(f"collapse-drift: {why}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="collapse-drift",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="file", help="CSV or NPZ")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        type=Path,
        help="where the report goes: .html for a page, .csv for the table; may be given twice",
    )
    parser.add_argument(
        "--reference",
        type=Path,
        help="fresh real rows of each generation, as CSV or NPZ",
    )
    parser.add_argument("--false-alarm", type=float, default=0.05, help="0.05 if not given")
    parser.add_argument(
        "--planned", type=int, help="generations after the first in all, if more will come"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the permutations; 0 if not given")
    parser.add_argument("--title", default="", help="of the page")
    parser.add_argument("--quiet", action="store_true", help="without progress")
    return parser


def _file(path: Path) -> tuple[str, bytes]:
    """Return name and content of a file that is not too large."""
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise ValueError(
            f"{path.name} has {size / 1e6:.0f} MB: at most {LARGEST_FILE // 10**6} MB are read. "
            "Keep fewer rows, or call collapse_core.drift.monitor with your arrays."
        )
    return path.name, path.read_bytes()


def _check_outputs(outputs: Sequence[Path]) -> None:
    for path in outputs:
        if path.suffix.lower() not in (".html", ".csv"):
            raise ValueError(f"{path.name} is neither .html nor .csv: name the report so.")


def _write(report: DriftReport, outputs: Sequence[Path], title: str) -> None:
    for path in outputs:
        is_page = path.suffix.lower() == ".html"
        path.write_text(report.to_html(title) if is_page else report.to_csv(), encoding="utf-8")


def _progress(done: int, total: int) -> None:
    print(f"\rgeneration {done} of {total}", end="\n" if done == total else "", file=sys.stderr)
