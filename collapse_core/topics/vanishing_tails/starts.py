"""Starting points of vanishing tails that have names, and the lines of Python that use them."""

from __future__ import annotations

from collapse_core.data.counted_names import (
    CountedNames,
    animals_of_a_park,
    english_letters,
    long_tailed_catalogue,
    names_of_a_class,
)
from collapse_core.topics.vanishing_tails.own_counts import Counts
from collapse_core.topics.vanishing_tails.question import StartChoice, VanishingTails

__all__ = ["EXAMPLE", "named_start", "python_lines"]

_STARTS = {
    "letters": english_letters,
    "names": names_of_a_class,
    "catalogue": long_tailed_catalogue,
    "own": animals_of_a_park,
}
MOST_COUNTS_IN_CODE = 100


def _example() -> Counts:
    park = animals_of_a_park()
    return Counts(park.names, park.counts)


EXAMPLE = _example().to_text()


def named_start(start: StartChoice, own: Counts | None = None) -> CountedNames | None:
    """Return the names and counts of a starting point; None for Zipf's law, which has no names.

    Parameters
    ----------
    start : str
        One of ``START_CHOICES``.
    own : Counts, optional
        What was typed, for ``"own"``; the animals of a park if it is not given.

    Raises
    ------
    ValueError
        If the starting point is not known.
    """
    if start == "zipf":
        return None
    if start not in _STARTS:
        raise ValueError(
            f"start={start!r} is not known: choose zipf or one of {', '.join(_STARTS)}."
        )
    if start == "own" and own is not None:
        return CountedNames("A list of your own", "", own.names, own.counts)
    return _STARTS[start]()


def python_lines(
    experiment: VanishingTails, start: StartChoice, percentile: float, log_axes: bool, tick: int
) -> str:
    """Return about ten lines that run the experiment with `collapse_core` and draw it."""
    changes = {name: value for name, value in experiment.changes().items() if name != "counts"}
    changes |= {"runs": experiment.affordable_runs()}
    given = [f"{name}={value!r}" for name, value in changes.items()]
    lines = [
        "from collapse_core.data import counted_names",
        "from collapse_core.topics.vanishing_tails import VanishingTails, vanishing_tails_figure",
        "from collapse_core.topics.vanishing_tails.runs import run_tails",
        "from collapse_core.topics.vanishing_tails.report import *",
        "",
    ]
    names = ""
    if experiment.counts:
        lines += _counts(experiment, start)
        given.insert(0, "counts=counts")
        names = ", names=names"
    lines += [
        f"experiment = VanishingTails({', '.join(given)})",
        "loop = experiment.loop()",
        f"runs = run_tails(loop, experiment.runs, experiment.seed, {percentile}, "
        "common_mass=COMMON_MASS)",
        "report = report_vanishing_tails(runs, tails_law(loop))",
        f"figure = vanishing_tails_figure(runs, report{names}, log_axes={log_axes})",
        f"figure.playable({tick}).show()",
    ]
    return "\n".join(lines) + "\n"


def _counts(experiment: VanishingTails, start: StartChoice) -> list[str]:
    if start != "own":
        return [f"data = counted_names.{_STARTS[start].__name__}()", "names, counts = data.names, data.counts"]  # fmt: skip  # noqa: E501
    if len(experiment.counts) <= MOST_COUNTS_IN_CODE:
        numbers = ", ".join(f"{count:.12g}" for count in experiment.counts)
        return [f"counts = ({numbers},)", 'names = [f"kind {i}" for i in range(len(counts))]']
    return [
        "from collapse_core.topics.vanishing_tails.own_counts import parse_counts",
        'data = parse_counts(open("your_list.csv", encoding="utf-8").read())',
        "names, counts = data.names, data.counts",
    ]
