"""The options of a command for one page: every setting, as links name them."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any, NoReturn

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.shown import Topic

__all__ = ["Parser", "chosen", "range_of", "read_values", "spelled", "topic_parser"]

OWN = "own"
WIDTH = 79  # of a terminal


class Parser(argparse.ArgumentParser):
    """A parser whose complaint about an unknown option names the one that was meant."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return what was typed; leave with exit code 2 if it cannot be used."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return found

    def _unknown(self, typed: str) -> str:
        name = typed.partition("=")[0]
        flags = [flag for action in self._actions for flag in action.option_strings]
        options = [flag for flag in flags if flag not in ("-h", "--help")]
        meant = difflib.get_close_matches(name, options, n=1)
        remedy = f"did you mean {meant[0]}?" if meant else "--help lists what there is."
        return f"{name} is not known: {remedy}"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, without the long list of options, and leave with exit code 2."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(2)


def spelled(name: str) -> str:
    """Return how the command line spells a name of links."""
    return f"--{name.replace('_', '-')}"


def with_dashes(arguments: Sequence[str]) -> list[str]:
    """Return arguments with options as they are spelled here: ``--real_share`` is known too."""
    parts = [argument.partition("=") for argument in arguments]
    return [
        name.replace("_", "-") + equal + value if name.startswith("--") else name + equal + value
        for name, equal, value in parts
    ]


def topic_parser(prog: str, topic: Topic, outputs: str, *, needed: bool = True) -> Parser:
    """Return the parser of a command for one page.

    Parameters
    ----------
    prog : str
        What was typed before the options.
    topic : Topic
        The page.
    outputs : str
        What ``-o`` takes, in words.
    needed : bool
        Whether ``-o`` must be given.
    """
    lesson = read_lesson(topic.key)
    parser = Parser(
        prog=prog,
        usage=f"{prog} [settings] {'-o FILE' if needed else '[-o FILE]'}",
        description=f"{lesson.title}\n\n{fill(lesson.story, WIDTH)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    asked = parser.add_argument_group("settings, as in links")
    for name, kind in topic.settings().items():
        switch: dict[str, Any] = {"nargs": "?", "const": "true"} if name in kind.switches else {}
        told = f"{_label(lesson, name)}: {range_of(kind, name)}".replace("%", "%%")
        asked.add_argument(spelled(name), metavar=_metavar(kind, name), help=told, **switch)
    parser.add_argument("--link", default="", help="settings of a shared link, pasted in quotes")
    parser.add_argument("--generation", metavar="T", help="where the clock stands")
    parser.add_argument("--panels", metavar="N-M", help="panels to show besides those that lead")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        required=needed,
        type=Path,
        metavar="FILE",
        help=outputs,
    )
    parser.add_argument("--quiet", action="store_true", help="without progress")
    return parser


def _label(lesson: Lesson, name: str) -> str:
    try:
        return control_words(lesson, name)["label"]
    except LessonError:
        return name.replace("_", " ")


def _metavar(kind: type[Experiment], name: str) -> str:
    if name in kind.params:
        return "N" if kind.params[name].whole else "X"
    return "true|false" if name in kind.switches else "WORD"


def chosen(kind: type[Experiment], name: str) -> tuple[str, ...]:
    """Return what a choice may be here: all but a reader's own data."""
    return tuple(option for option in kind.choices[name] if option != OWN)


def range_of(kind: type[Experiment], name: str) -> str:
    """Return what a setting may be, and what it is if it is not given."""
    default = kind.defaults[name]
    if name in kind.params:
        param = kind.params[name]
        unit = f" {param.unit}" if param.unit not in ("", "share") else ""
        return f"{_number(param.low)} to {_number(param.high)}{unit} (default {_number(default)})"
    if name in kind.choices:
        return f"{', '.join(chosen(kind, name))} (default {default})"
    if name in kind.several:
        options, most = kind.several[name]
        return f"at most {most} of {', '.join(options)}, joined by - (default {default or 'none'})"
    return f"true or false (default {str(default).lower()})"


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


def read_values(topic: Topic, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of settings that were typed or pasted.

    Raises
    ------
    ValueError
        If one is not allowed; the message names it, and what is.
    """
    known = topic.settings()
    return {name: _value(known[name], name, text) for name, text in texts.items()}


def _value(kind: type[Experiment], name: str, text: str) -> Any:
    if name in kind.choices and text == OWN and OWN in kind.choices[name]:
        raise ValueError(
            f"{name}={OWN} needs data of your own, which are not read here: choose one of "
            f"{', '.join(chosen(kind, name))}, or open the page in the app."
        )
    if name not in kind.params:
        return kind.checked(name, text)
    try:
        number = int(text) if text.strip().lstrip("+-").isdecimal() else float(text)
    except ValueError as error:
        raise ValueError(
            f"{name}={text!r} is not a number: write one from {range_of(kind, name)}."
        ) from error
    return kind.checked(name, number)
