"""Another loop beside the one that is asked for: the other kind, or the same without noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep
from collapse_core.topics.python_code import shared_python

__all__ = [
    "BESIDE",
    "BesideChoice",
    "Compared",
    "beside_of",
    "compare",
    "names_of",
    "shared_lines",
]

BesideChoice = Literal["alone", "other_loop", "no_noise"]
BESIDE: tuple[BesideChoice, ...] = ("alone", "other_loop", "no_noise")

SHARES = ("different", "kept", "apart")  # of the start's
SIZES = ("rank", "cumulative")
CLOSE_SHARE, CLOSE_SIZE = 0.05, 0.1


def beside_of(asked: ListeningNetwork, beside: BesideChoice) -> ListeningNetwork | None:
    """Return the other loop; None if there is none to be shown, or it would be the same.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    beside : {"alone", "other_loop", "no_noise"}
        What is asked for beside it: nothing; the retrained loop, or the frozen one beside a
        retrained one; or the same loop without noise in its code.
    """
    if beside == "alone" or asked.model == "translators":
        return None
    if beside == "no_noise":
        return replace(asked, noise=0.0) if asked.noise else None
    return replace(asked, loop="retrained" if asked.loop == "frozen" else "frozen")


def names_of(asked: ListeningNetwork, beside: BesideChoice) -> tuple[str, str]:
    """Return the keys of the names of the loop that is asked for and of the other one."""
    if beside == "no_noise":
        return "with_noise", "no_noise"
    return asked.loop, "retrained" if asked.loop == "frozen" else "frozen"


@dataclass(frozen=True)
class Compared:
    """One measure of two loops after the same pass.

    Parameters
    ----------
    measure : str
        One of ``MEASURES``.
    value, other : float
        Of the loop that is asked for, and of the other one.
    alike : bool
        Whether they are as good as the same: meaning kept, if the two shares of 300 images are at
        most two standard errors of their difference apart; other shares of the start, if at most 5
        points apart; dimension and drift, if at most a tenth.
    """

    measure: str
    value: float
    other: float
    alike: bool


def compare(
    steps: Sequence[NetworkStep], others: Sequence[NetworkStep], number: int
) -> list[Compared]:
    """Return what is alike in two loops and what is not; nothing at the start or too early.

    Parameters
    ----------
    steps, others : sequence of NetworkStep
        What is computed so far of both.
    number : int
        After which pass.
    """
    if not 0 < number < min(len(steps), len(others)):
        return []
    found = []
    for measure in (*SHARES, *SIZES):
        one, two = (float(getattr(run[number], measure)) for run in (steps, others))
        found.append(Compared(measure, one, two, _alike(measure, one, two)))
    return found


def _alike(measure: str, one: float, other: float) -> bool:
    if measure == "kept":
        squared = (one * (1.0 - one) + other * (1.0 - other)) / STARTS
        return (one - other) ** 2 <= 4.0 * squared
    if measure in SHARES:
        return abs(one - other) <= CLOSE_SHARE
    return abs(one - other) <= CLOSE_SIZE * max(one, other)


def shared_lines(asked: ListeningNetwork, beside: BesideChoice, tick: int) -> str:
    """Return the lines of Python that redraw the picture.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    beside : {"alone", "other_loop", "no_noise"}
        What is shown beside it.
    tick : int
        Where the clock stands.
    """
    lines, arguments, names = ["steps = experiment.run()"], "experiment, steps", list[str]()
    if beside_of(asked, beside) is not None:
        lines.append(f'others = beside_of(experiment, "{beside}").run()')
        arguments += f', beside="{beside}", others=others'
        names.append("beside_of")
    return shared_python(asked, "network_figure", lines, arguments, tick, names=names)
