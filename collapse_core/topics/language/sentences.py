"""What the page about language says about the text it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.data.corpora import TextSource
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import as_typed, count, percent, short
from collapse_core.measures.text import token_counts
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import LanguageReport

__all__ = [
    "alt",
    "captions",
    "columns",
    "escaped",
    "follow_options",
    "listed",
    "notes",
    "python_lines",
    "reveal",
    "shown",
    "summary",
    "used_words",
    "words_of",
]

MOST_NAMES = 5
LONGEST_NAME = 24
HARDER = 1.25


def alt(lesson: Lesson, experiment: Language, report: LanguageReport) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    return lesson.fill(
        lesson.alt,
        "alt",
        kinds=words_of(lesson, experiment, int(report.vocabulary[0])),
        left=count(int(report.vocabulary[-1])),
        generations=len(report.steps) - 1,
        repeated=percent(float(report.repeated[-1]), 0),
    )


def words_of(lesson: Lesson, experiment: Language, number: int) -> str:
    """Return a number of different words, or letters, with its noun."""
    return lesson.counted("captions", experiment.unit, number)


def shown(token: str) -> str:
    """Return a word or letter as a reader can see it, cut if it is very long."""
    text = "␣" if token == " " else token.replace("*", "∗")  # two stars mark what is bold
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def captions(lesson: Lesson, report: LanguageReport, word: str, waiting: bool = False) -> list[str]:
    """Return what to say under the clock at every generation.

    While the reader is still to guess, how many words are left is not told.
    """
    counts = report.followed(word).tolist()
    return [
        " ".join(
            part
            for part in (
                _left(lesson, report, number, waiting),
                _gone(lesson, report, number, waiting),
                _followed(lesson, report, word, counts, number),
            )
            if part
        )
        for number in range(len(report.steps))
    ]


def listed(lesson: Lesson, names: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return the first of some words, and how many more there are."""
    text = ", ".join(shown(name) for name in names[:most])
    more = len(names) - most
    if more > 0:
        return lesson.say("captions", "and_more", names=text, more=count(more))
    return text


def summary(lesson: Lesson, report: LanguageReport) -> list[str]:
    """Return what can be said of the generations that are done."""
    last = len(report.steps) - 1
    if last == 0:
        return []
    return [_half(lesson, report), _judged(lesson, report), _phrases(lesson, report)]


def notes(
    lesson: Lesson, experiment: Language, report: LanguageReport, used: str | None
) -> list[str]:
    """Return what a reader should know about the settings.

    Parameters
    ----------
    used : str, optional
        How much of a text of the reader's own is used.
    """
    said = [used] if used else []
    source = experiment.source()
    if report.law is not None and not report.law.exact:
        said.append(lesson.say("notes", "approximation"))
    if experiment.smoothing != "none" and experiment.order > 1:
        said.append(lesson.say("notes", "smoothing"))
    if experiment.sample_size > 2 * source.tokens:
        said.append(
            lesson.say(
                "notes",
                "long_sample",
                sample_size=count(experiment.sample_size),
                tokens=count(source.tokens),
            )
        )
    return said


def reveal(lesson: Lesson, guess: float, report: LanguageReport, generation: int) -> str:
    """Return the sentence that sets a guess beside what this run has left."""
    truth = float(report.vocabulary[generation] / report.vocabulary[0])
    verdict = "close" if abs(guess - truth) <= 0.1 else "low" if guess < truth else "high"
    return lesson.say(
        "predict",
        "reveal",
        guess=percent(guess, 0),
        truth=percent(truth, 0),
        generation=generation,
        verdict=lesson.say("predict", verdict),
    )


def columns(lesson: Lesson, report: LanguageReport, word: str) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    headings, done = lesson.words("columns"), len(report.steps)
    return {
        headings["generation"]: report.generations,
        headings["left"]: report.vocabulary,
        headings["expected"]: None if report.law is None else report.law.mean[:done],
        headings["guide"]: None if report.guide is None else report.guide.mean[:done],
        headings["entropy"]: report.entropy,
        headings["real"]: report.real_perplexity,
        headings["own"]: report.text_perplexity,
        headings["repeated"]: report.repeated,
        headings["new"]: report.new_share,
        headings["followed"]: report.followed(word),
    }


def used_words(lesson: Lesson, source: TextSource) -> str:
    """Return how much of a text is used: all of it, or its first words."""
    name = "part_used" if source.used_words < source.all_words else "all_used"
    used, total = count(source.used_words), count(source.all_words)
    return lesson.say("notes", name, used=used, total=total)


def python_lines(experiment: Language, word: str, tick: int) -> str:
    """Return the lines of Python that run the generations and draw them."""
    changes = experiment.changes()
    read = ""
    if experiment.corpus == "own":
        changes.pop("text")
        read = 'text = open("your_text.txt", encoding="utf-8").read()\n'
    given = [f"{name}={value!r}" for name, value in changes.items()]
    given += ["text=text"] if read else []
    return f"""\
from collapse_core.topics.language import Language, language_figure
from collapse_core.topics.language.report import report_language

{read}experiment = Language({", ".join(given)})
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, {word!r})
figure.playable({tick}).show()
"""


def _left(lesson: Lesson, report: LanguageReport, number: int, waiting: bool) -> str:
    experiment, kinds = report.experiment, int(report.vocabulary[0])
    if number == 0:
        return lesson.say(
            "captions",
            "start",
            kinds=words_of(lesson, experiment, kinds),
            sample_size=count(experiment.sample_size),
        )
    after = lesson.counted("captions", "generations", number)
    if waiting:
        return lesson.say("captions", "waiting", after=after)
    left = int(report.vocabulary[number])
    return lesson.say(
        "captions",
        "left",
        after=after,
        left=count(left),
        kinds=words_of(lesson, experiment, kinds),
        share=percent(left / kinds, 0),
        law=_law(lesson, report, number),
    )


def _law(lesson: Lesson, report: LanguageReport, number: int) -> str:
    if report.law is not None:
        name = "exact" if report.law.exact else "approximation"
        return lesson.say(
            "captions",
            name,
            expected=count(float(report.law.mean[number])),
            spread=count(float(report.law.spread[number])),
        )
    if report.guide is not None:
        return lesson.say("captions", "guide", expected=count(float(report.guide.mean[number])))
    return lesson.say("captions", "measured")


def _gone(lesson: Lesson, report: LanguageReport, number: int, waiting: bool) -> str:
    if number == 0:
        return ""
    lost, back = report.lost(number), report.returned(number)
    said = []
    if lost:
        names = ", ".join(map(shown, lost[:MOST_NAMES])) if waiting else listed(lesson, lost)
        said.append(lesson.say("captions", "gone", names=names))
    if back:
        said.append(lesson.say("captions", "back", names=listed(lesson, back, 3)))
    return " ".join(said)


def _followed(
    lesson: Lesson, report: LanguageReport, word: str, counts: Sequence[int], number: int
) -> str:
    name = shown(word)
    if number == 0 or counts[number]:
        times = lesson.counted("captions", "times", int(counts[number]))
        return lesson.say("captions", "written", word=name, times=times)
    had = [t for t in range(number) if counts[t]]
    if not had:
        return lesson.say("captions", "never", word=name)
    return lesson.say("captions", "lost", word=name, generation=had[-1] + 1)


def _half(lesson: Lesson, report: LanguageReport) -> str:
    total, last = report.experiment.generations, len(report.steps) - 1
    so_far = lesson.say("sentences", "so_far", done=last, total=total) if last < total else ""
    if report.half_gone is None:
        return lesson.say("sentences", "half_left", generation=last, so_far=so_far)
    return lesson.say("sentences", "half_gone", half=report.half_gone)


def _judged(lesson: Lesson, report: LanguageReport) -> str:
    floor, (own_first, own_last) = "", report.text_perplexity[[1, -1]].tolist()
    if report.experiment.smoothing == "none" and report.experiment.order > 1:
        floor = " " + lesson.say("sentences", "floor")
    return (
        lesson.say(
            "sentences",
            "judged" if own_last < HARDER * own_first else "judged_harder",
            generation=len(report.steps) - 1,
            own_first=short(own_first),
            own_last=short(own_last),
            real_first=short(float(report.real_perplexity[1])),
            real_last=short(float(report.real_perplexity[-1])),
        )
        + floor
    )


def _phrases(lesson: Lesson, report: LanguageReport) -> str:
    last = float(report.repeated[-1])
    if not math.isfinite(last):
        return lesson.say("sentences", "no_phrases")
    return lesson.say(
        "sentences",
        f"phrases_{report.experiment.unit}",
        repeated=percent(last, 0),
        real=percent(float(report.repeated[0]), 0),
        new=percent(float(report.new_share[-1]), 0),
        length=report.experiment.order + 1,
    )


def escaped(names: Sequence[str], lesson: Lesson, most: int) -> str:
    """Return a list of words for Markdown, which shows them as they are."""
    return as_typed(listed(lesson, names, most))


def follow_options(lesson: Lesson, source: TextSource, words: Sequence[str]) -> dict[str, str]:
    """Return the words that can be followed, by their key in the link."""
    counts = token_counts(source.training, len(source.vocabulary))
    number = dict(zip(source.vocabulary, counts.tolist(), strict=True))
    return {
        f"w{place}": lesson.say(
            "captions",
            "option",
            word=shown(word),
            times=lesson.counted("captions", "times", number[word]),
        )
        for place, word in enumerate(words, start=1)
    }
