"""What is said of a mixer and a squeeze: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.mixer_squeeze.course import Course
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze

__all__ = ["MixerSqueezeSentences"]


class MixerSqueezeSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : MixerSqueeze
        What was asked.
    course : Course
        What the crowds do.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self, lesson: Lesson, experiment: MixerSqueeze, course: Course, waiting: bool = False
    ) -> None:
        self.lesson, self.experiment, self.course = lesson, experiment, course
        self.waiting = waiting

    @property
    def regime(self) -> str:
        """Key of how the loop ends."""
        return "retrained" if self.course.regime is None else self.course.regime.name

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one step, by name."""
        course = self.course
        return {
            "steps": t,
            "apart": float(course.apart[t]),
            "exact_apart": float(course.exact_apart[t]),
            "left": float(course.left[t]),
            "exact_left": float(course.exact_left[t]),
            "spread": float(course.spread[t]),
            "exact_spread": float(course.exact_spread[t]),
            "period": 0 if course.regime is None else course.regime.period,
            "regime": self.lesson.text("regimes", self.regime),
            "damping": self.experiment.damping,
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(len(self.course.apart) - 1))

    def captions(self) -> list[str]:
        """Return one or two sentences for each step."""
        return [
            self.lesson.pick(
                "captions",
                self.facts(t),
                start=t == 0,
                waiting=self.waiting,
                **{self.regime: True},
            )
            for t in range(len(self.course.apart))
        ]

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one step."""
        asked = self.experiment
        facts = self.facts(t) | self._computed()
        finite, plane = asked.is_finite, asked.chain == "plane"
        settles = plane and math.isfinite(facts["long_dimension"])
        return self.lesson.every(
            "sentences",
            facts,
            frozen=asked.chain != "gaussian",
            gaussian=asked.chain == "gaussian",
            apart=True,
            **{f"why_{self.regime}": True},
            plane=plane,
            long_run=settles,
            left=not finite,
            filled=finite,
            surfer=asked.chain == "surfer",
            gap=finite,
            floor=finite,
        )

    def _computed(self) -> dict[str, Any]:
        """Return what the chain's matrix says by itself."""
        asked = self.experiment
        if asked.chain == "plane":
            chain = asked.plane()
            exponents = chain.lyapunov_exponents()
            dimension = math.nan
            if chain.spectral_radius() < 1.0 and np.any(chain.noise):
                values = np.linalg.eigvalsh(chain.stationary_covariance())
                dimension = float(values.sum() ** 2 / (values**2).sum())
            return {
                "factor": math.exp(float(exponents[0])),
                "squeeze": float(chain.contraction()[0][-1]),
                "long_dimension": dimension,
            }
        if not asked.is_finite:
            return {"factor": math.nan, "squeeze": math.nan, "long_dimension": math.nan}
        states = asked.states()
        known = {
            "states": states.states,
            "gap": states.spectral_gap(),
            "dobrushin": states.dobrushin(),
            "classes": len(states.recurrent_classes()),
            "long_dimension": math.nan,
            "walkers": asked.sample_size,
            "floor": _noise_floor(states.stationary_laws()[0], asked.sample_size),
        }
        if asked.chain == "surfer":
            links = asked.links()
            known["second"] = float(links.eigenvalue_moduli()[1])
            known["links_dobrushin"] = links.dobrushin()
        return known

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words, course = self.lesson.words("columns"), self.course
        finite = "_states" if self.experiment.is_finite else ""
        return {
            words["step"]: range(len(course.apart)),
            words["apart"]: course.apart,
            words["apart_exact"]: course.exact_apart,
            words[f"left{finite}"]: course.left,
            words[f"left{finite}_exact"]: course.exact_left,
            words[f"spread{finite}"]: course.spread,
            words[f"spread{finite}_exact"]: course.exact_spread,
        }

    def to_csv(self) -> str:
        """Return the same as a table for other programs, with all settings in its header."""
        (_, steps), *measured = self.columns().items()
        table = {"generation": steps} | {name.replace(",", ""): v for name, v in measured}
        return table_as_csv(table, self.experiment.settings())


def _noise_floor(law: np.ndarray, walkers: int) -> float:
    """Return how different two samples of one law look on average: sum sqrt(p (1-p) / (pi n))."""
    return float(np.sqrt(law * (1.0 - law) / (math.pi * walkers)).sum())
