"""``python -m collapse_core site``: every page as plain files, for any web host."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from collapse_core.checks import check_whole_number
from collapse_core.command.options import Parser
from collapse_core.command.progress import CountProgress
from collapse_core.command.workers import cores, whole
from collapse_core.site.build import LARGEST, Site, write_site
from collapse_core.site.plan import plan_of
from collapse_core.streams import LARGEST_SEED
from collapse_core.topics.registry import all_topics, topic_named

__all__ = ["WHAT", "run_site"]

WHAT = "every page as plain files for any web host: pictures computed beforehand, no server"
DONE, FAILED = 0, 1
MOST_WORKERS = 64
MOST_TROUBLES_TOLD = 20


def run_site(options: Sequence[str], program: str, languages: Callable[[Parser], object]) -> int:
    """Do what is asked, and return the exit code: 1 if a picture failed or a limit is not kept.

    Parameters
    ----------
    options : sequence of str
        What was typed behind the command.
    program : str
        What was typed before.
    languages : callable
        Adds the option for the language to a parser.
    """
    parser = _parser(f"{program} site")
    languages(parser)
    asked = parser.parse_args(list(options))
    _check_folder(asked.output)
    topics = [topic_named(page) for page in dict.fromkeys(asked.page)] or all_topics()
    seed = None
    if asked.seed:
        seed = check_whole_number("seed", whole("seed", asked.seed), 0, LARGEST_SEED)
    workers = whole("workers", asked.workers) if asked.workers else cores()
    workers = check_whole_number("workers", workers, 1, MOST_WORKERS)
    app = _address(asked.app)
    plans = [plan_of(topic, seed) for topic in topics]
    progress = CountProgress("pictures", asked.quiet)
    try:
        site = write_site(asked.output, plans, app, workers, progress)
    finally:
        progress.end()
    return _tell(site, program)


def _parser(prog: str) -> Parser:
    parser = Parser(
        prog=prog,
        description=f"Writes {WHAT}. Open index.html, also from a memory stick.",
        allow_abbrev=False,
    )
    parser.add_argument("page", nargs="*", help="only these pages (default: all)")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FOLDER", help="an empty or new folder"
    )
    parser.add_argument("--app", default="", metavar="URL", help="of the full app, to link to")
    parser.add_argument("--seed", metavar="N", help="of the random numbers (default: each page's)")
    parser.add_argument("--workers", metavar="N", help="processes (default: one per core)")
    parser.add_argument("--quiet", action="store_true", help="without progress")
    return parser


def _check_folder(folder: Path) -> None:
    """Refuse what cannot be written to before anything is computed."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"-o {folder}: this is a file: name a folder.")
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise ValueError(f"-o {folder}: there is no folder {parent}: make it first.")
    if not os.access(folder if folder.exists() else parent, os.W_OK):
        raise ValueError(f"-o {folder}: it may not be written there: choose another folder.")


def _address(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"--app {text!r} is no address: write one such as https://example.org/.")
    return f"{text.rstrip('/')}/"


def _tell(site: Site, program: str) -> int:
    pages, total = len(site.firsts), site.total / 1e6
    print(
        f"written: {site.folder}/index.html and {pages} pages, {total:.1f} MB of at most "
        f"{LARGEST / 1e6:g} MB; largest first picture "
        f"{max(site.firsts.values(), default=0) / 1e6:.2f} MB",
        file=sys.stderr,
    )
    wrong = [*site.too_large(), *site.troubles]
    for line in wrong[:MOST_TROUBLES_TOLD]:
        print(f"{program}: {line}", file=sys.stderr)
    if len(wrong) > MOST_TROUBLES_TOLD:
        print(f"  and {len(wrong) - MOST_TROUBLES_TOLD} more.", file=sys.stderr)
    return FAILED if wrong else DONE
