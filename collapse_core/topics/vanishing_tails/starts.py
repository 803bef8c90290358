"""Starting points of vanishing tails that have names, and the lines of Python that use them."""

from __future__ import annotations

from collapse_core.data.counted_names import (
    CountedNames,
    animals_of_a_park,
    english_letters,
    long_tailed_catalogue,
    names_of_a_class,
)
from collapse_core.topics.python_code import shared_python
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
    if isinstance(start, str) and start == "zipf":
        return None
    if not isinstance(start, str) or start not in _STARTS:
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
    first, given = _data(experiment, start) if experiment.counts else ([], {})
    names = ", names=names" if experiment.counts else ""
    return shared_python(
        experiment,
        "vanishing_tails_figure",
        [
            "loop = experiment.loop()",
            f"runs = run_tails(loop, experiment.runs, experiment.seed, {percentile}, "
            "common_mass=COMMON_MASS)",
            "report = report_vanishing_tails(runs, tails_law(loop))",
        ],
        f"runs, report{names}, log_axes={log_axes}",
        tick,
        names=("COMMON_MASS", "report_vanishing_tails", "run_tails", "tails_law"),
        first=first,
        runs=str(experiment.affordable_runs()),
        **given,
    )


def _data(experiment: VanishingTails, start: StartChoice) -> tuple[list[str], dict[str, str]]:
    """Return the lines that make names and counts, and how the experiment takes these."""
    if start == "own" and len(experiment.counts) <= MOST_COUNTS_IN_CODE:
        numbers = ", ".join(f"{count:.12g}" for count in experiment.counts)
        lines = [f"counts = ({numbers},)", 'names = [f"kind {i}" for i in range(len(counts))]']
        return [*lines, ""], {"counts": "counts"}
    room, made = "collapse_core.data.counted_names", _STARTS[start].__name__
    call = f"{made}()"
    if start == "own":
        room, made = "collapse_core.topics.vanishing_tails.own_counts", "parse_counts"
        call = 'parse_counts(open("your_list.csv", encoding="utf-8").read())'
    lines = [f"from {room} import {made}", "", f"data = {call}"]
    return [*lines, "names, counts = data.names, data.counts", ""], {"counts": "counts"}
