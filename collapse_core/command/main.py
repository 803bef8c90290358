"""Pictures, tables and notebooks of every page, without the app.

    python -m collapse_core list
    python -m collapse_core figure two_colours --sample-size 100 --anchors 1 -o jar.html
    python -m collapse_core run two_colours --runs 500 -o runs.csv
    python -m collapse_core notebook two_colours -o two_colours.ipynb
    python -m collapse_core sweep two_colours --vary anchors=0:20 --runs 10000 -o sweep.csv
    python -m collapse_core site --app https://example.org/ -o site/
    python -m collapse_core figure --link "two_colours?anchors=1&generation=50" -o jar.svg

Settings have the names that they have in links, and `--link` takes those of a link. Each command
says with `--help` behind a page what that page takes. `--language de` speaks German. Exit code 0:
done; 1: it did not work; 2: what was asked cannot be done; 130: stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper

from collapse_core.command.link import PastedLink, read_link
from collapse_core.command.options import (
    Parser,
    range_of,
    read_values,
    topic_parser,
    with_dashes,
)
from collapse_core.command.outputs import (
    FIGURE,
    NOTEBOOK,
    RUNS,
    SCREEN,
    Makers,
    check_outputs,
    write,
)
from collapse_core.command.progress import Progress
from collapse_core.command.site import WHAT as SITE_WHAT
from collapse_core.command.site import run_site
from collapse_core.command.sweep import WHAT, run_sweep
from collapse_core.lessons.language import ENGLISH, languages, speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.handout import Handout, hand_out
from collapse_core.topics.registry import all_topics, topic_named
from collapse_core.topics.shown import Topic

__all__ = ["main"]

LANGUAGE_OPTIONS = ("--language", "--lang")  # a link says "lang"
DONE, FAILED, WRONG, STOPPED = 0, 1, 2, 130
PROGRAM = "python -m collapse_core"
SWEEP = "sweep"
SITE = "site"


@dataclass(frozen=True)
class _Command:
    """What a command makes, in words and by the ending of a file."""

    what: str
    outputs: str
    makers: Makers
    to_screen: bool = False


COMMANDS = {
    "figure": _Command(
        "the picture of a page: .html plays anywhere, .svg and .png need a browser here, "
        ".csv and .json hold its numbers",
        "where to: .html, .svg, .png, .csv or .json; may be given several times",
        FIGURE,
    ),
    "run": _Command(
        "the table of all runs of a page",
        "where to: .csv; the screen if it is not given",
        RUNS,
        to_screen=True,
    ),
    "notebook": _Command("a page as a Jupyter notebook", "where to: .ipynb", NOTEBOOK),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked, and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        As typed after ``python -m collapse_core``; those of this process without it.
    """
    typed = with_dashes(sys.argv[1:] if arguments is None else arguments)
    _write_what_the_terminal_can()
    try:
        with speaking(_language(typed)):
            return _do(typed)
    except KeyboardInterrupt:
        return _refused("stopped; a file that is not named above was not written.", STOPPED, "\n")
    except BrokenPipeError:
        # Whoever read the table has enough: Python is not to complain of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except ValueError as error:
        return _refused(str(error), WRONG)
    except OSError as error:
        where = error.filename or "what is printed"
        return _refused(f"{where}: {error.strerror or error}.", FAILED)
    except (RuntimeError, ImportError, MemoryError) as error:
        return _refused(str(error) or type(error).__name__, FAILED)


def _write_what_the_terminal_can() -> None:
    """Have a terminal that knows few letters show "?" for the others, and not stop at them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _refused(why: str, code: int, before: str = "") -> int:
    # Whoever pasted a page of text as a value reads its beginning.
    short = re.sub(r"'([^'\s]{60})[^'\s]+'", r"'\1…'", why)
    print(f"{before}{PROGRAM}: {short}", file=sys.stderr)
    return code


def _do(typed: Sequence[str]) -> int:
    name, *rest = typed or ["--help"]
    if name == SITE:
        return run_site(rest, PROGRAM, _add_language)
    if name not in COMMANDS and name != SWEEP:
        asked = _first_parser().parse_args([name, *rest])
        print("\n\n".join(_told(topic) for topic in _topics(asked.page)))
        return DONE
    page, options = _page_first(rest)
    link = _link_in(options)
    if not page and not link:
        if {"-h", "--help"} & {*options}:
            _first_parser(name).parse_args(options)
        raise ValueError(f"name a page behind {name}: {PROGRAM} list tells which there are.")
    topic = link.topic(page) if link else topic_named(page)
    if name == SWEEP:
        return run_sweep(topic, options, link, PROGRAM, _add_language)
    command = COMMANDS[name]
    asked = _parser(name, command, topic).parse_args(options)
    handout = _made(topic, asked, link, command)
    write(handout, asked.output or [SCREEN], command.makers)
    if name == "figure" and SCREEN not in asked.output:
        print(re.sub(r"\*\*", "", handout.caption))
    return DONE


def _language(typed: Sequence[str]) -> str:
    """Return the language that is asked for, by an option or else by a link: help is in it too."""
    parser = Parser(add_help=False, allow_abbrev=False, prog=PROGRAM)
    parser.add_argument(*LANGUAGE_OPTIONS, dest="language")
    found, _ = parser.parse_known_args(list(typed))
    link = _link_in(typed)
    code = found.language or (link.values.get("lang", ENGLISH) if link else ENGLISH)
    if code not in languages():
        known = " or ".join(languages())
        raise ValueError(f"language={code!r} has no lessons: choose {known}.")
    return str(code)


def _first_parser(command: str = "") -> Parser:
    """Return the parser of what needs no page: the help, and the list."""
    if command:
        parser = Parser(
            prog=f"{PROGRAM} {command}",
            description=f"Writes {_whats()[command]}. With a page and --help: its settings.",
        )
        parser.add_argument("page", nargs="?", help=f"{PROGRAM} list tells which there are")
        return parser
    parser = Parser(prog=PROGRAM, description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="command")
    told = commands.add_parser("list", help="the pages, their questions and their settings")
    told.add_argument("page", nargs="*", help="only these")
    told.add_argument(*LANGUAGE_OPTIONS, metavar="CODE", help=" or ".join(languages()))
    for name, what in _whats().items():
        commands.add_parser(name, help=what, add_help=False)
    return parser


def _whats() -> dict[str, str]:
    """Return what each command writes."""
    return {name: known.what for name, known in COMMANDS.items()} | {SWEEP: WHAT, SITE: SITE_WHAT}


def _add_language(parser: Parser) -> None:
    parser.add_argument(*LANGUAGE_OPTIONS, metavar="CODE", help=" or ".join(languages()))


def _parser(name: str, command: _Command, topic: Topic) -> Parser:
    prog = f"{PROGRAM} {name} {topic.key}"
    parser = topic_parser(prog, topic, command.outputs, needed=not command.to_screen)
    _add_language(parser)
    if name == "figure":
        parser.add_argument("--dark", action="store_true", help="on a dark ground")
    if name == "notebook":
        parser.add_argument("--address", help="of the app, for the link to the page")
    return parser


def _page_first(rest: Sequence[str]) -> tuple[str, list[str]]:
    """Return the page, if one is named, and what was typed behind it."""
    if rest and not rest[0].startswith("-"):
        return rest[0], list(rest[1:])
    return "", list(rest)


def _link_in(options: Sequence[str]) -> PastedLink | None:
    """Return the link among the options: it may say which page it is, and so which there are."""
    parser = Parser(add_help=False, allow_abbrev=False, prog=PROGRAM)
    parser.add_argument("--link", default="")
    found, _ = parser.parse_known_args(list(options))
    return read_link(found.link) if found.link else None


def _made(topic: Topic, asked: Namespace, link: PastedLink | None, command: _Command) -> Handout:
    """Read the settings, run, and return what can be written."""
    check_outputs(asked.output, command.makers)
    texts, left_out = link.settings(topic) if link else ({}, [])
    if left_out:
        print(f"{PROGRAM}: left out of the link: {', '.join(left_out)}", file=sys.stderr)
    said = vars(asked)
    texts |= {name: said[name] for name in topic.settings() if said[name] is not None}
    held = link.values if link else {}
    panels = _panels(said["panels"] or held.get("panels", ""))
    clock = _whole("generation", said["generation"] or held.get("generation", ""))
    settings = topic.ask(read_values(topic, texts))
    progress = Progress(asked.quiet)
    address = said.get("address") or (link.address if link else "")
    try:
        return hand_out(
            topic,
            settings,
            clock,
            progress,
            clamped=said["generation"] is None,
            panels=panels,
            dark=said.get("dark", False),
            address=f"{address.rstrip('/')}/" if address else "",
        )
    finally:
        progress.end()


def _whole(name: str, text: str) -> int | None:
    try:
        return int(text) if text else None
    except ValueError as error:
        raise ValueError(f"{name}={text!r} is not a whole number: write one such as 50.") from error


def _panels(text: str) -> str:
    if text and not all(part.isascii() and part.isdigit() for part in text.split("-")):
        raise ValueError(f"panels={text!r} are not numbers joined by -: write them as in 2-4.")
    return text


def _topics(pages: Sequence[str]) -> Sequence[Topic]:
    return [topic_named(page) for page in pages] if pages else all_topics()


def _told(topic: Topic) -> str:
    """Return what the list tells of a topic: its question, and what it can be asked."""
    lesson = read_lesson(topic.key)
    settings = topic.settings().items()
    lines = [f"  --{name.replace('_', '-')}: {range_of(kind, name)}" for name, kind in settings]
    return "\n".join([f"{topic.key}: {lesson.question or lesson.title}", *lines])
