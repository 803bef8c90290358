"""What the further views of the page on digits and photographs say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import percent
from collapse_core.topics.digits_photographs.followed import ProbeStop
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS, classifier_of
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep
from collapse_core.topics.digits_photographs.report import MatchedCheck, SetComplexity, measure_rows
from collapse_core.topics.digits_photographs.sentences import after

__all__ = [
    "complexity_table",
    "matched_words",
    "measure_table",
    "measures_note",
    "probe_captions",
    "spectrum_alt",
    "spectrum_words",
]

NUMBERS = (
    "missed",
    "decay",
    "participation_ratio",
    "effective_rank",
    "two_neighbour",
    "likelihood",
)
CLOSE = 0.02  # relative
CLEARLY = 0.02


def spectrum_words(
    lesson: Lesson, sets: Mapping[str, SetComplexity], components: int, evened: bool
) -> str:
    """Return what a model of this size misses of both sets, and what that means."""
    missed = _missed(sets, components)
    apart = float(sets["photographs"].missed[components] - sets["digits"].missed[components])
    if evened:
        name = "text" if apart > CLEARLY else "text_few"
    else:
        name = "text_opposite"
    return lesson.say(
        "spectrum",
        name,
        components=components,
        decay_digits=f"{sets['digits'].numbers.decay:.2f}",
        decay_photographs=f"{sets['photographs'].numbers.decay:.2f}",
        **missed,
    )


def matched_words(lesson: Lesson, check: MatchedCheck) -> str:
    """Return what happens when it is the digits that miss more."""
    return lesson.say(
        "spectrum",
        "matched",
        components_digits=check.components["digits"],
        components_photographs=check.components["photographs"],
        missed_digits=percent(check.missed["digits"], 0),
        missed_photographs=percent(check.missed["photographs"], 0),
        kept_digits=percent(check.kept["digits"], 0),
        kept_photographs=percent(check.kept["photographs"], 0),
        sure_digits=percent(check.sure["digits"], 0),
        sure_photographs=percent(check.sure["photographs"], 0),
    )


def spectrum_alt(lesson: Lesson, sets: Mapping[str, SetComplexity], components: int) -> str:
    """Return the picture of the spectra in one sentence."""
    return lesson.say("spectrum", "alt", components=components, **_missed(sets, components))


def complexity_table(lesson: Lesson, sets: Mapping[str, SetComplexity]) -> dict[str, list[str]]:
    """Return how complex both sets are, number by number."""
    words = lesson.words("spectrum")
    digits, photographs, says = [], [], []
    for number in NUMBERS:
        values = [float(getattr(sets[name].numbers, number)) for name in IMAGE_SETS]
        told = [percent(value) if number == "missed" else f"{value:.2f}" for value in values]
        digits.append(told[0])
        photographs.append(told[1])
        # A spectrum that decays slowly is the complex one; all other numbers grow with complexity.
        grown = [-value for value in values] if number == "decay" else values
        if abs(grown[0] - grown[1]) < CLOSE * abs(grown[0]):
            says.append(words["alike"])
        else:
            says.append(words[IMAGE_SETS[int(grown[1] > grown[0])]])
    return {
        words["measure"]: [words[number] for number in NUMBERS],
        words["digits"]: digits,
        words["photographs"]: photographs,
        words["says"]: says,
    }


def measure_table(lesson: Lesson, steps: Sequence[PairStep]) -> dict[str, list[str]]:
    """Return every measure at the start and now, and which set it says goes first."""
    words, rows = lesson.words("measures"), measure_rows(steps)

    def told(name: str, value: float) -> str:
        shares = ("kept", "kept_sharp", "beyond_chance", "confidence")
        return percent(value, 0) if name in shares else f"{value:.2f}"

    def cells(side: str) -> list[str]:
        return [
            lesson.say(
                "measures",
                "start_now",
                start=told(row.name, row.start[side]),
                now=told(row.name, row.now[side]),
            )
            for row in rows
        ]

    return {
        words["measure"]: [words[row.name] for row in rows],
        words["digits"]: cells("digits"),
        words["photographs"]: cells("photographs"),
        words["first"]: [words[row.first] for row in rows],
    }


def measures_note(lesson: Lesson, experiment: DigitsPhotographs) -> str:
    """Return what the measures are and are not, with how well real images are read."""
    sharp = [
        percent(classifier_of(images).held_out_accuracy, 0)
        for images in experiment.image_sets().values()
    ]
    return lesson.say("measures", "note", sharp_digits=sharp[0], sharp_photographs=sharp[1])


def probe_captions(
    lesson: Lesson, experiment: DigitsPhotographs, followed: Mapping[str, Sequence[ProbeStop]]
) -> dict[str, list[str]]:
    """Return the words under each image of a probe, by set."""
    evened = {name: images.evened for name, images in experiment.image_sets().items()}

    def when(name: str, number: int) -> str:
        if number:
            return after(lesson, experiment, number)
        return lesson.say("probe", "original_evened" if evened[name] else "original")

    return {
        name: [
            lesson.say(
                "probe",
                "stop",
                when=when(name, stop.number),
                label=stop.label,
                confidence=percent(stop.confidence, 0),
            )
            for stop in stops
        ]
        for name, stops in followed.items()
    }


def _missed(sets: Mapping[str, SetComplexity], components: int) -> dict[str, str]:
    missed = [percent(float(sets[name].missed[components]), 0) for name in IMAGE_SETS]
    return {"missed_digits": missed[0], "missed_photographs": missed[1]}
