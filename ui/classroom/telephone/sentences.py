"""What the wall says of a round: how far it is, what is left, and how the class departs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from collapse_core.classroom.chain_law import ChainLaw
from collapse_core.classroom.departed_law import departed_law
from collapse_core.classroom.estimates import Interval, estimate
from collapse_core.classroom.paired import paired
from collapse_core.lessons.lesson import Lesson
from ui.classroom.telephone.showing import game_name
from ui.classroom.telephone.standing import Standing

__all__ = ["WallSentences"]

NO_PULL, NO_SHARPENING = 0.0, 1.0
# An interval that is wider says nothing that a class could use.
MOST_PULL, MOST_SHARPENING, MOST_CHANGE = 2.0, 10.0, 2.0


class WallSentences:
    """The sentences of a round, all from one moment.

    Parameters
    ----------
    lesson : Lesson
        ``telephone``.
    standing : Standing
        The round.
    before : Standing, optional
        The round that is set beside it.
    """

    def __init__(self, lesson: Lesson, standing: Standing, before: Standing | None = None) -> None:
        self.lesson, self.standing, self.before = lesson, standing, before
        deviation = estimate(standing.game, standing.copied)
        self.pull = _told(deviation.pull, MOST_PULL)
        self.sharpening = _told(deviation.sharpening, MOST_SHARPENING)

    @cached_property
    def departed(self) -> ChainLaw | None:
        """The law of learners who depart as this class does; None if that may be none."""
        pull, sharpening = self.pull, self.sharpening
        if not (_apart(pull, NO_PULL) or _apart(sharpening, NO_SHARPENING)):
            return None
        # What no learner can have is moved to the nearest that one can.
        weight = NO_PULL if pull is None else min(max(pull.value, 0.0), 1.0)
        exponent = NO_SHARPENING if sharpening is None else min(max(sharpening.value, 0.05), 20.0)
        return departed_law(self.standing.game, self.standing.settings, weight, exponent)

    def facts(self) -> dict[str, Any]:
        """Return the numbers of the round at the last step that every chain has reached."""
        progress, law = self.standing.progress, self.standing.law
        step, settings = progress.complete, self.standing.settings
        return {
            "game": game_name(self.lesson, settings["game"]),
            "turns": settings["chains"] * settings["length"],
            "chains": settings["chains"],
            "done": progress.answered,
            "learners": self.standing.learners,
            "step": step,
            "left": float(progress.mean_diversity()[step]),
            "exact_left": law.mean[step],
            "fixed": round(settings["chains"] * float(progress.mean_fixed()[step])),
            "exact_fixed": settings["chains"] * law.fixed[step],
            "simulated": sum(self.standing.simulated.values()),
        }

    def alt(self) -> str:
        """Return the picture in one sentence."""
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts())

    def progress(self) -> str:
        """Return how far the round is, and which answers are simulated."""
        facts = self.facts()
        said = [self.lesson.say("wall", "progress", facts)]
        if kinds := self.standing.simulated:
            names = ", ".join(f"{self.lesson.text('kinds', kind)}: {count}"
                              for kind, count in kinds.items())  # fmt: skip
            said.append(self.lesson.say("wall", "simulated", facts, kinds=names))
        return " ".join(said)

    def found(self) -> list[str]:
        """Return what is left, how many are fixed, and how the class departs from ideal ones."""
        facts = self.facts()
        if facts["step"] == 0:
            return []
        simulated = "fixed" in self.standing.law.simulated
        said = [
            self.lesson.say("sentences", "left", facts),
            self.lesson.say("sentences", "fixed_approximate" if simulated else "fixed", facts),
        ]
        return [" ".join(said), *self._deviation(), *self._beside()]

    def _deviation(self) -> list[str]:
        pull, sharpening = self.pull, self.sharpening
        if pull is None and sharpening is None:
            return [self.lesson.text("sentences", "untold")]
        prior = self.lesson.text("priors", self.standing.settings["game"])
        said = []
        if pull is not None:
            name = f"pull_{_case(pull, NO_PULL)}"
            said.append(self.lesson.say("sentences", name, pull._asdict(), prior=prior))
        if sharpening is not None:
            name = f"sharpening_{_case(sharpening, NO_SHARPENING)}"
            said.append(self.lesson.say("sentences", name, sharpening._asdict()))
        if (law := self.departed) is not None:
            name = "changes_approximate" if "mean" in law.simulated else "changes"
            kept = {"kept": law.mean[-1], "exact_left": self.standing.law.mean[-1]}
            step = self.standing.settings["length"]
            said.append(self.lesson.say("sentences", name, kept, step=step))
        return [" ".join(said)]

    def _beside(self) -> list[str]:
        """Return what is kept here more than in the round before, chain by chain."""
        if self.before is None:
            return []
        variant = self.before.settings["variant"]
        names = self.lesson.words("controls")["variant"]["options"]
        found = paired(
            self.standing.game, self.before.progress.models, self.standing.progress.models
        )
        facts: dict[str, Any] = {"variant": names[variant], "pairs": len(found.differences)}
        facts |= {"first": found.first, "second": found.second}
        difference = _told(found.difference, MOST_CHANGE)
        if difference is None:
            return [self.lesson.say("sentences", "beside", facts)] if found.differences else []
        facts |= {name: 100 * value for name, value in difference._asdict().items()}
        return [self.lesson.say("sentences", "beside_paired", facts)]


def _case(found: Interval, none: float) -> str:
    """Return whether an estimate is above or below none, or open where that cannot be told."""
    return "above" if found.low > none else "below" if found.high < none else "open"


def _apart(found: Interval | None, none: float) -> bool:
    """Return whether an interval leaves out what would be none."""
    return found is not None and _case(found, none) != "open"


def _told(found: Interval | None, most: float) -> Interval | None:
    """Return an estimate, None where its interval is too wide to be told."""
    return found if found is not None and found.high - found.low <= most else None
