"""The monitor: is a series of generations drifting away while each step looks harmless?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_number, check_switch, check_whole_number
from collapse_core.drift.axes import pair_axes
from collapse_core.drift.compared import Comparison, compare
from collapse_core.drift.judged import Judged
from collapse_core.drift.labels import label_entropy, label_entropy_of_chance
from collapse_core.drift.nearby import Chance, Nearby, nearby
from collapse_core.drift.report import DriftReport
from collapse_core.drift.rows import Sample, check_samples, keys_of
from collapse_core.fingerprint import fingerprint
from collapse_core.lessons.messages import RefusedError
from collapse_core.measures.samples import effective_rank
from collapse_core.models.base import Report, no_report
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["Monitoring", "monitor", "monitoring"]

Progress = Callable[[int, int], None]
Whole = NDArray[np.int64]

FINER = 2  # times as many permutations as the level needs
MOST_PERMUTATIONS = 20_000


@dataclass(frozen=True, eq=False)
class Monitoring:
    """The monitor's work, one generation at a time (see `collapse_core.stepwise.Stepwise`).

    Make it with `monitoring`, which checks everything.

    Parameters
    ----------
    samples : tuple of Sample
        The generations.
    references : tuple of Sample
        Fresh real rows: none, one, or one for each generation.
    labels : tuple of ndarray
        Of the rows of each generation; none where there are no labels.
    seed : int
        Of the draws and permutations.
    false_alarm : float
        Chance of an alarm in the whole series where nothing happens.
    planned : int
        Length of the whole series: how many generations will be looked at after the first.
    extrapolate : bool
        Whether distances at infinitely many rows are estimated too.
    """

    samples: tuple[Sample, ...] = field(repr=False)
    references: tuple[Sample, ...] = field(repr=False)
    labels: tuple[Whole, ...] = field(repr=False)
    seed: int
    false_alarm: float
    planned: int
    extrapolate: bool
    digest: str

    @property
    def identity(self) -> str:
        """Everything that the steps depend on, as a text."""
        return repr(self)

    @property
    def total(self) -> int:
        """Number of generations after the first."""
        return len(self.samples) - 1

    @property
    def level(self) -> float:
        """Level of each look at the series: false_alarm / planned."""
        return self.false_alarm / self.planned

    @property
    def permutations(self) -> int:
        """How often each pair is permuted."""
        return FINER * math.ceil(self.planned / self.false_alarm - 1e-9) - 1

    def start(self) -> Judged:
        """Return generation 0; compared with the reference, if there is one."""
        return self.judged(0)

    def after(self, done: Sequence[Any], report: Report = no_report) -> Judged:
        """Return the generation after those that are done.

        Parameters
        ----------
        done : sequence of Judged
            All so far, from generation 0 on.
        report : callable
            Is told how much of this one is done, 0 to 1.
        """
        return self.judged(len(done), report)

    def report(self, steps: Sequence[Judged]) -> DriftReport:
        """Return what the generations judged so far come to."""
        return DriftReport(
            tuple(steps),
            self.false_alarm,
            self.planned,
            self.permutations,
            self.seed,
            ("none", "fixed", "moving")[min(len(self.references), 2)],
        )

    def judged(
        self,
        number: int,
        report: Report = no_report,
        *,
        local: bool = True,
        nearby: bool = True,
    ) -> Judged:
        """Return one generation, compared with the one before, with its beginning, or both.

        Parameters
        ----------
        number : int
            Which generation.
        report : callable
            Is told how much is done, 0 to 1.
        local, nearby : bool
            Whether to compare it with the one before, and to look at neighbours and labels: the
            rest does not depend on these.
        """
        sample, base = self.samples[number], self._base(number)
        step = Judged(number, len(sample.rows), effective_rank(sample.moments.covariance))
        if base is not None:
            pair = self._compared(base, sample, number, "cumulative", self.extrapolate)
            step = replace(step, cumulative=pair, rank_chance=_rank_chance(base, pair))
        report(0.35)
        step = self.with_local(step) if local else step
        report(0.7)
        if nearby:
            step = replace(step, world=self._world(number), **self._entropy(number))
            step = step if base is None else replace(step, nearby=self._nearby(base, number))
        return step

    def with_local(self, step: Judged) -> Judged:
        """Return a generation compared with the one before too."""
        if not step.generation:
            return step
        one, other = self.samples[step.generation - 1 : step.generation + 1]
        return replace(step, local=self._compared(one, other, step.generation, "local"))

    def _base(self, number: int) -> Sample | None:
        """Return what a generation is compared with."""
        if not self.references:
            return self.samples[0] if number else None
        return self.references[number if len(self.references) > 1 else 0]

    def _world(self, number: int) -> Comparison | None:
        if len(self.references) < 2 or not number:
            return None
        return self._compared(self.references[0], self.references[number], number, "world")

    def _compared(
        self, one: Sample, other: Sample, number: int, role: str, extrapolate: bool = False
    ) -> Comparison:
        rng = generator(self.seed, number, f"permutations of the {role} pair")
        return compare(one, other, self.permutations, self.level, rng, extrapolate)

    def _nearby(self, base: Sample, number: int) -> Nearby:
        sample, rng = self.samples[number], generator(self.seed, number, "permuted neighbours")
        return nearby(base, sample, pair_axes(base, sample), rng)

    def _entropy(self, number: int) -> dict[str, Any]:
        if not self.labels:
            return {}
        entropy = label_entropy(self.labels[number])
        if not number:
            return {"entropy": entropy}
        rng = generator(self.seed, number, "permutations of labels")
        first, other = ((self.samples[each], self.labels[each]) for each in (0, number))
        return {"entropy": entropy, "entropy_chance": label_entropy_of_chance(first, other, rng)}


def monitoring(
    generations: Sequence[ArrayLike],
    reference: ArrayLike | Sequence[ArrayLike] | None = None,
    seed: int = 0,
    false_alarm: float = 0.05,
    *,
    planned: int | None = None,
    groups: Sequence[ArrayLike] | None = None,
    labels: Sequence[ArrayLike] | None = None,
    extrapolate: bool = False,
) -> Monitoring:
    """Return the monitor's work, to be done one generation at a time; parameters as `monitor`."""
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    false_alarm = check_number("false_alarm", false_alarm, 0.001, 0.5)
    samples = check_samples("generations", generations, groups, seed)
    if len(samples) < 2:
        raise ValueError("generations holds only one: give at least two, the first one the truth.")
    planned = _planned(planned, len(samples) - 1, false_alarm)
    references = _references(reference, len(samples), samples[0].rows.shape[1], seed)
    keys = () if labels is None else tuple(keys_of("labels", labels, [s.rows for s in samples]))
    arrays = [s.rows for s in (*samples, *references)] + [s.groups for s in samples]
    return Monitoring(
        samples,
        references,
        tuple(key for key in keys if key is not None),
        seed,
        false_alarm,
        planned,
        check_switch("extrapolate", extrapolate),
        fingerprint(*arrays, *(key for key in keys if key is not None)),
    )


def monitor(
    generations: Sequence[ArrayLike],
    reference: ArrayLike | Sequence[ArrayLike] | None = None,
    seed: int = 0,
    false_alarm: float = 0.05,
    *,
    planned: int | None = None,
    groups: Sequence[ArrayLike] | None = None,
    labels: Sequence[ArrayLike] | None = None,
    extrapolate: bool = False,
    progress: Progress | None = None,
) -> DriftReport:
    """Return whether a series of generations drifts away while each step looks harmless.

    An alarm is raised at generation t if X_0 and X_t, permuted with each other alone, are apart at
    p <= false_alarm / planned, while X_{t-1} and X_t are not (p > 0.05). The word collapse needs a
    spread, ln det S, that has shrunk beyond false_alarm / planned too. Source: derived for this
    project; its false alarms and its power are in `collapse_core.drift.calibration`.

    Parameters
    ----------
    generations : sequence of array_like, each of shape (n_t, d)
        Rows (embeddings, features) of each generation, the first one real or the first model's.
        At least two; each with more rows than columns.
    reference : array_like of shape (m, d), or a sequence of such, optional
        Fresh real rows that no model was trained on. With an array for each generation a world
        that moves is told from a collapse, as both move together.
    seed : int
        Of the permutations and of the rows that are drawn for them.
    false_alarm : float
        Chance of an alarm where nothing happens, in the whole series, 0.001 to 0.5.
    planned : int, optional
        How many generations after the first will be looked at in all: at least those given.
    groups : sequence of array_like, each of shape (n_t,), optional
        A number or text for each row. Rows of one group are near-copies, permuted together.
    labels : sequence of array_like, each of shape (n_t,), optional
        A class for each row; its entropy is then followed too.
    extrapolate : bool
        Whether to estimate the cumulative distance at infinitely many rows too.
    progress : callable, optional
        Is told (generations done, generations in all).

    Raises
    ------
    ValueError
        If an argument is out of range; the message names it and the remedy.
    """
    more: dict[str, Any] = {"planned": planned, "groups": groups, "labels": labels}
    work = monitoring(generations, reference, seed, false_alarm, extrapolate=extrapolate, **more)
    steps = [work.start()]
    while len(steps) <= work.total:
        steps.append(work.after(steps))
        if progress is not None:
            progress(len(steps) - 1, work.total)
    return work.report(steps)


def _planned(planned: int | None, given: int, false_alarm: float) -> int:
    if planned is None:
        return given
    planned = check_whole_number("planned", planned, 1, int(MOST_PERMUTATIONS * false_alarm))
    if planned < given:
        raise ValueError(
            f"planned={planned} is out of range: there are {given} generations after the first "
            f"already. Choose {given} or more."
        )
    return planned


def _references(given: Any, count: int, width: int, seed: int) -> tuple[Sample, ...]:
    if given is None:
        return ()
    one = isinstance(given, np.ndarray) and given.ndim == 2
    found = check_samples("reference", [given] if one else given, None, seed)
    if len(found) not in (1, count):
        raise RefusedError("monitor", "references", count=len(found), wanted=count)
    if found[0].rows.shape[1] != width:
        widths = {"width": found[0].rows.shape[1], "others": width}
        raise RefusedError("monitor", "reference_columns", **widths)
    return found


def _rank_chance(base: Sample | None, cumulative: Comparison | None) -> Chance | None:
    if base is None or cumulative is None:
        return None
    rank, test = effective_rank(base.moments.covariance), cumulative.test
    return Chance(rank, rank * test.rank_low, rank * test.rank_high)
