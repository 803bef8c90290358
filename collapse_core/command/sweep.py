"""``python -m collapse_core sweep``: one loop at every cell of a grid, as a table or a picture."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from collapse_core.command.link import PastedLink
from collapse_core.command.options import Parser, add_outputs, read_values, settings_parser
from collapse_core.command.outputs import SCREEN, SWEPT, check_outputs, write
from collapse_core.command.progress import CellProgress
from collapse_core.command.workers import cores, whole
from collapse_core.sweeps.grid import Grid, grid_of
from collapse_core.sweeps.journal import journal_beside
from collapse_core.sweeps.run import sweep_grid
from collapse_core.sweeps.table import Sweep, check_parquet
from collapse_core.sweeps.values import RUNS, swept_settings, swept_topic
from collapse_core.topics.shown import Topic

__all__ = ["WHAT", "run_sweep"]

WHAT = "a table of one loop at every cell of a grid of settings, with its exact law"
OUTPUTS = (
    "where to: .csv, .parquet or .html (a picture); the screen if it is not given; may be given "
    "several times. Finished cells are kept in a file beside the first one"
)
MOST_FAILURES_TOLD = 20
DONE, FAILED = 0, 1


def run_sweep(
    topic: Topic,
    options: Sequence[str],
    link: PastedLink | None,
    program: str,
    languages: Callable[[Parser], object],
) -> int:
    """Do what is asked, and return the exit code: 1 if a cell failed.

    Parameters
    ----------
    topic : Topic
        Whose loop.
    options : sequence of str
        What was typed behind its name.
    link : PastedLink, optional
        The link among them.
    program : str
        What was typed before.
    languages : callable
        Adds the option for the language to a parser.
    """
    swept_topic(topic.key)
    parser = _parser(f"{program} sweep {topic.key}", topic)
    languages(parser)
    asked = parser.parse_args(list(options))
    outputs = asked.output or [SCREEN]
    check_outputs(outputs, SWEPT)
    if any(path.suffix.lower() == ".parquet" for path in outputs):
        check_parquet()
    grid = _grid(topic, asked, link, program)
    kept = None if outputs[0] == SCREEN else journal_beside(outputs[0])
    found = _swept(grid, asked, kept)
    write(found, outputs, SWEPT)
    return _tell_failures(found, len(grid.cells), program)


def _parser(prog: str, topic: Topic) -> Parser:
    usage = "[settings] --vary NAME=VALUES [--vary NAME=VALUES] [-o FILE]"
    parser = settings_parser(prog, topic, usage, swept_settings(topic))
    parser.add_argument(
        "--vary",
        action="append",
        required=True,
        metavar="NAME=VALUES",
        help="a setting and its values: 0:20, 0:20:5, 10,100,1000 or names; may be given several "
        "times",
    )
    parser.add_argument("--runs", metavar="N", help="runs of each cell (default 1,000)")
    parser.add_argument(
        "--at", metavar="T,T", help="generations that are measured (default 10,50,last)"
    )
    parser.add_argument("--workers", metavar="N", help="processes (default: one per core)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="of a Dask scheduler, to work there")
    add_outputs(parser, OUTPUTS, needed=False)
    return parser


def _grid(topic: Topic, asked: Namespace, link: PastedLink | None, program: str) -> Grid:
    vary = dict[str, str]()
    for typed in asked.vary:
        name, equal, values = typed.partition("=")
        name = name.strip().replace("-", "_")
        if not equal:
            raise ValueError(f"--vary {typed} has no values: write them as in anchors=0:20.")
        if name in vary:
            raise ValueError(f"--vary {name} stands twice: join its values with commas.")
        vary[name] = values
    texts = {name: text for name, text in vars(asked).items() if name in swept_settings(topic)}
    texts = {name: text for name, text in texts.items() if text is not None}
    of_link, runs = _of_link(topic, link, program)
    fixed = {name: text for name, text in of_link.items() if name not in vary} | texts
    typed_runs = asked.runs or runs
    runs_asked = whole("runs", typed_runs) if typed_runs else 1000
    return grid_of(topic.key, vary, read_values(topic, fixed), runs_asked, asked.at)


def _of_link(topic: Topic, link: PastedLink | None, program: str) -> tuple[dict[str, str], str]:
    """Return the settings of a link that a loop has, and its number of runs."""
    if link is None:
        return {}, ""
    texts, left_out = link.settings(topic)
    known = swept_settings(topic)
    for name, text in texts.items():
        kind = topic.settings()[name]
        if name in known or name == RUNS:
            continue
        if name in kind.choices and text != kind.defaults[name]:
            raise ValueError(
                f"--link shows {name}={text}, and a sweep runs the loop of "
                f"{name}={kind.defaults[name]} alone: take {name} out of it."
            )
        left_out.append(f"{name}={text}")
    if left_out:
        print(f"{program}: left out of the link: {', '.join(left_out)}", file=sys.stderr)
    return {name: text for name, text in texts.items() if name in known}, texts.get(RUNS, "")


def _swept(grid: Grid, asked: Namespace, journal: Path | None) -> Sweep:
    progress = CellProgress(asked.quiet)
    workers = whole("workers", asked.workers) if asked.workers else _cores()
    try:
        return sweep_grid(
            grid, workers=workers, cluster=asked.cluster, journal=journal, told=progress
        )
    except KeyboardInterrupt:
        if journal is not None:
            progress.end()
            print(f"finished cells are in {journal}: the same command goes on.", file=sys.stderr)
        raise
    finally:
        progress.end()


def _cores() -> int:
    """Return how many processes are of use: one where joblib is not installed."""
    return 1 if find_spec("joblib") is None else cores()


def _tell_failures(found: Sweep, cells: int, program: str) -> int:
    if not found.failed:
        return DONE
    many = len(found.failed)
    print(f"{program}: {many} of {cells} cells failed, the others are written:", file=sys.stderr)
    for failure in found.failed[:MOST_FAILURES_TOLD]:
        print(f"  {failure}", file=sys.stderr)
    if many > MOST_FAILURES_TOLD:
        print(f"  and {many - MOST_FAILURES_TOLD} more, named in the table.", file=sys.stderr)
    return FAILED
