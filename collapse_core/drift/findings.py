"""What the monitor found: an alarm or none, where it leads, and every series behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from collapse_core.drift.judged import Judged

__all__ = ["DIRECTIONS", "Findings"]

Series = tuple[float | None, ...]

DIRECTIONS = ("quiet", "moving", "expanding", "contracting")


@dataclass(frozen=True)
class Findings:
    """What the monitor found in a series of generations.

    Every series has one value for each generation, and None where there is nothing to compare.

    Parameters
    ----------
    steps : tuple of Judged
        Everything known of each generation, with what chance makes of it.
    false_alarm : float
        Chance of an alarm in the whole series where nothing happens.
    planned : int
        Generations after the first that will be looked at in all.
    permutations : int
        Of each pair.
    seed : int
        Of the permutations.
    reference : str
        "none" (generation 0 is compared with), "fixed" or "moving".
    """

    steps: tuple[Judged, ...] = field(repr=False)
    false_alarm: float
    planned: int
    permutations: int
    seed: int
    reference: str = "none"

    @property
    def level(self) -> float:
        """Level of each look: false_alarm / planned."""
        return self.false_alarm / self.planned

    # ------------------------------------------------------------------------- what is found

    @property
    def alarm(self) -> int | None:
        """First generation that is apart from where it began while its own step is quiet.

        A generation whose rows are all equal is one too, whatever came before.
        """
        found = self._first(lambda step: step.quiet and step.differs(self.level))
        return self._first(_is_a_point) if found is None else found

    @property
    def jump(self) -> int | None:
        """First generation that is apart and whose own step is not quiet either.

        Such a change is in plain sight, from one generation to the next.
        """
        return self._first(lambda step: not step.quiet and step.differs(self.level))

    @property
    def collapse(self) -> int | None:
        """First generation that is apart and has less spread, both beyond chance."""
        return self._first(lambda step: _is_a_point(step) or step.contracts(self.level))

    @property
    def closed_loop(self) -> int | None:
        """First generation that is closer to the one before than samples of one law are.

        So it is where each generation is trained on the rows of the one before.
        """
        return self._first(
            lambda step: step.local is not None and step.local.test.below <= self._least
        )

    @property
    def world_moved(self) -> int | None:
        """First generation whose own reference is apart from that of generation 0."""
        return self._first(
            lambda step: step.world is not None and step.world.test.above <= self._least
        )

    @property
    def direction(self) -> str:
        """Where it leads: "quiet", "moving", "expanding" or "contracting".

        "contracting" is the only one that is called a collapse: spread was lost beyond chance. The
        latest generation with less or more spread decides; without one it is "moving" if any is
        apart at all, which a change of the world would be too.
        """
        word = "quiet"
        for step in self.steps:
            if _is_a_point(step) or step.contracts(self.level):
                word = "contracting"
            elif step.expands(self.level):
                word = "expanding"
            elif word == "quiet" and step.differs(self.level):
                word = "moving"
        return word

    # ----------------------------------------------------------------------------- the series

    @property
    def local(self) -> Series:
        """Frechet distance (squared) to the generation before."""
        return tuple(None if s.local is None else s.local.distance for s in self.steps)

    @property
    def cumulative(self) -> Series:
        """Frechet distance (squared) to generation 0, or to the reference."""
        return self._series("cumulative", 0.0 if self.reference == "none" else None)

    @property
    def effective_rank(self) -> Series:
        """Participation ratio of the covariance: directions that are filled."""
        return tuple(step.effective_rank for step in self.steps)

    @property
    def label_entropy(self) -> Series:
        """Entropy of the labels in nats; all None where there are no labels."""
        return tuple(step.entropy for step in self.steps)

    def nearby(self, name: str) -> Series:
        """Return "precision", "recall", "density", "coverage" or "tail_coverage"."""
        return tuple(None if s.nearby is None else getattr(s.nearby, name) for s in self.steps)

    @property
    def precision(self) -> Series:
        """Share of made rows that look real."""
        return self.nearby("precision")

    @property
    def recall(self) -> Series:
        """Share of real rows that are still made."""
        return self.nearby("recall")

    @property
    def density(self) -> Series:
        """How densely made rows lie where real ones do: 1 for equal laws."""
        return self.nearby("density")

    @property
    def coverage(self) -> Series:
        """Share of real neighbourhoods with a made row in them."""
        return self.nearby("coverage")

    @property
    def tail_coverage(self) -> Series:
        """Coverage of the tenth of the real rows that lie farthest out."""
        return self.nearby("tail_coverage")

    @property
    def _least(self) -> float:
        return self.level * (1.0 + 1e-9)  # equal fractions may differ in their last bit

    def _first(self, holds: Callable[[Judged], bool]) -> int | None:
        return next((step.generation for step in self.steps if holds(step)), None)

    def _series(self, name: str, at_first: float | None) -> Series:
        found = [getattr(step, name) for step in self.steps]
        return tuple(at_first if part is None else part.distance for part in found)


def _is_a_point(step: Judged) -> bool:
    return step.effective_rank == 0.0
