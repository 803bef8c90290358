"""A text that models learn from each other: the text itself, its words, and how it is judged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis
from collapse_core.lessons.typed import in_a_chart
from collapse_core.models.ngram import FLOOR
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import LanguageReport
from collapse_core.topics.language.text_lines import marked_characters, tagged_lines
from collapse_core.topics.python_code import shared_python

__all__ = ["language_figure", "language_python", "tags_of_marks"]

Whole = NDArray[np.int64]

# A text of a fixed size that fits a phone, which shows about 50 letters to a line.
LINES, SIGNS, TYPE = 9, 46, 12


def language_figure(
    report: LanguageReport,
    word: str,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the text of each generation over four panels of what becomes of it.

    Parameters
    ----------
    report : LanguageReport
        The generations that are done.
    word : str
        The word whose count is drawn.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words in place of the number of words left, while it is still to be guessed.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("language", look, words, word=in_a_chart(word, 14))
    experiment, unit = report.experiment, report.experiment.unit
    _draw_text(scene, _texts(report, look))
    last = experiment.generations
    x = {"range": [0, last]} | ({"dtick": 1} if last < 6 else {"nticks": 6})

    y: dict[str, Any] = {"range": [0, _most_kinds(report)], "nticks": 5}
    kinds = scene.panel(f"kinds_{unit}", "generation", x=x, y=y, leads=True, hidden=hidden)
    _draw_kinds(kinds, report, guess)
    kinds.hand(report.vocabulary, y["range"])

    most = 1.05 * len(report.source.vocabulary) / FLOOR
    perplexity = scene.panel("perplexity", "generation", x=x, y=_perplexity_axis(most))
    perplexity.line("real", report.real_perplexity, style=("real", 1.0, "solid"))
    perplexity.line("own", report.text_perplexity, style=("blue", 1.0, "dash"))
    perplexity.hand(report.real_perplexity, (1.0, most), tint="real")

    y = share_axis()
    phrases = scene.panel(f"phrases_{unit}", "generation", x=x, y=y, hover="%{y:.0%}")
    phrases.line("repeated", report.repeated, style=("collapse", 1.0, "solid"))
    phrases.line("new", report.new_share, style=("text", 1.0, "dashdot"))
    phrases.hand(report.repeated, tint="collapse")

    counts = LogAxis(0, math.ceil(math.log10(experiment.sample_size)))
    followed = scene.panel("followed", "generation", x=x, y=counts, button="followed_button")
    _draw_followed(followed, report.followed(word))
    return scene.figure(alt)


def language_python(experiment: Language, word: str, tick: int) -> str:
    """Return the lines of Python that run the generations and draw them."""
    own = experiment.corpus == "own"
    return shared_python(
        experiment,
        "language_figure",
        ["report = report_language(experiment, experiment.run())", "print(report.vocabulary)"],
        f"report, {word!r}",
        tick,
        names=["report_language"],
        first=['text = open("your_text.txt", encoding="utf-8").read()'] if own else [],
        **({"text": "text"} if own else {}),
    )


def tags_of_marks(look: Look) -> dict[str, tuple[str, str]]:
    """Return what stands around each mark in a text: never colour alone."""
    return {
        "new": ("<u>", "</u>"),
        "rare": (f'<span style="color:{look.blue}"><b>', "</b></span>"),
        "last": (f'<span style="color:{look.words(look.collapse)}"><b><i>', "</i></b></span>"),
    }


def _texts(report: LanguageReport, look: Look) -> list[str]:
    """Return what each generation's text begins with, broken into lines."""
    letters, tags = report.experiment.unit == "letters", tags_of_marks(look)
    most = LINES * SIGNS if letters else LINES * SIGNS // 2
    texts = (report.sentences(t, most, most) for t in range(len(report.steps)))
    marked = (marked_characters(text, letters=letters) for text in texts)
    return ["<br>".join(tagged_lines(text, SIGNS, LINES, tags)) for text in marked]


def _draw_text(scene: Scene, texts: list[str]) -> None:
    """Draw the text, and what its marks mean."""
    look, unseen = scene.look, {"visible": False, "range": [0, 1]}
    panel = scene.panel("text", x=unseen, y=unseen, bare=True, leads=True)
    trace = {
        "mode": "markers+text",  # with marks: lines of text are left to Plotly to change
        "marker": {"size": 4, "opacity": 0},
        "x": [0.0],
        "y": [1.0],
        "text": texts[:1],
        "textposition": "bottom right",
        "textfont": {"size": TYPE * look.scale, "color": look.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    panel.add(trace, [{"text": [text]} for text in texts])
    below: dict[str, Any] = {"x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "yshift": -16}
    panel.note(scene.word("marks"), 11, align="left", **below)


def _most_kinds(report: LanguageReport) -> float:
    """Return the upper end of an axis: known from the settings, so that it never moves."""
    asked = report.experiment
    possible = 1.05 * float(min(len(report.source.vocabulary), asked.sample_size))
    flatter = asked.temperature > 1.0 or asked.smoothing != "none"
    return possible if flatter else min(possible, 1.12 * float(report.vocabulary[0]))


def _draw_kinds(panel: Panel, report: LanguageReport, guess: GuessPlace | None) -> None:
    """Draw how many words are left, and what is known of that without sampling."""
    asked = report.experiment
    if (law := report.law) is not None:
        name, spread = "exact" if law.exact else "approximation", 2.0 * law.spread
        low, high = np.maximum(law.mean - spread, 0.0), law.mean + spread
        panel.band(name, low, high, opacity=0.1, showlegend=False)
        panel.known(law.mean, law.exact)
    elif report.guide is not None:
        panel.line("guide", report.guide.mean, style=("muted", 1.0, "dot"))
    panel.line(f"left_{asked.unit}", report.vocabulary, style="highlighted", hover="%{y}")
    panel.guess(guess, "collapse")


def _perplexity_axis(most: float) -> dict[str, Any]:
    decades = math.log10(most)
    powers = range(math.floor(decades) + 1)
    words = [f"{10**power}" if power < 4 else f"10<sup>{power}</sup>" for power in powers]
    ticks = {"tickvals": [10**power for power in powers], "ticktext": words}
    return {"type": "log", "range": [0.0, decades], **ticks}


def _draw_followed(panel: Panel, counts: Whole) -> None:
    """Draw how often a word is written."""
    panel.line(
        "count",
        counts,
        style=("blue", 0.8, "dot"),
        shape="hv",
        mode="lines+markers",
        marker={"size": 5 * panel.scene.look.scale, "color": panel.scene.look.blue},
        showlegend=False,
        customdata=counts,
        hovertemplate="%{customdata}<extra></extra>",
    )
    panel.hand(counts)
