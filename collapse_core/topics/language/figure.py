"""A text that models learn from each other: the text itself, its words, and how it is judged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, band, cursor, cursor_at, curve
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.models.ngram import FLOOR
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import LanguageReport
from collapse_core.topics.language.text_lines import marked_characters, tagged_lines
from collapse_core.topics.python_code import shared_python

__all__ = ["LABELS", "SIGNS", "language_figure", "language_python", "tags_of_marks"]

Array = NDArray[np.float64]

TEXT, WORDS, PERPLEXITY, PHRASES, FOLLOWED = (Panel(number) for number in range(1, 6))
LINES, NARROW_LINES = 4, 7
SIGNS, NARROW_SIGNS = 140, 48
LINE_HEIGHT = 18

LABELS: Mapping[str, str] = {
    "text": "What it writes",
    "marks": "<u>underlined</u>: ends a phrase that its training text does not have · "
    "<b>bold</b>: rare in the real text · <b><i>bold slanted</i></b>: rare, and only 1 or 2 left",
    "marks_narrow": "<u>underlined</u>: ends a new phrase<br><b>bold</b>: rare word · "
    "<b><i>slanted</i></b>: only 1 or 2 left",
    "words": "Different words left",
    "perplexity": "Perplexity",
    "phrases": "Phrases in the text",
    "followed": "How often “{word}” is written",
    "generation": "generation",
    "left": "words left",
    "exact": "exact mean, ± 2 spreads",
    "approximate": "mean, approximation, ± 2 spreads",
    "guide": "order 1, as a guide",
    "guess": "your guess",
    "real": "real text, this model",
    "own": "its text, first model",
    "repeated": "repeated",
    "new": "new",
    "count": "the word",
    "gone": "0",
}


def tags_of_marks(look: Look) -> dict[str, tuple[str, str]]:
    """Return what Plotly's text has around each mark: never colour alone."""
    return {
        "new": ("<u>", "</u>"),
        "rare": (f'<span style="color:{look.blue}"><b>', "</b></span>"),
        "last": (f'<span style="color:{look.collapse}"><b><i>', "</i></b></span>"),
    }


def language_figure(
    report: LanguageReport,
    word: str,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    guess: tuple[int, float] | None = None,
    hidden: str | None = None,
    signs: int = SIGNS,
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
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    guess : tuple of (int, float), optional
        A generation, and the share of the words that the reader expects to be left.
    hidden : str, optional
        Words in place of the number of words left, while it is still to be guessed.
    signs : int
        Letters to a line of text, where the figure is not narrow.
    alt : str
        The picture in one sentence.
    """
    words = {**LABELS, **labels}
    words["followed"] = words["followed"].format(word=_short(word))
    tops = _Tops(report)
    counts = report.followed(word).astype(np.float64)
    texts = _texts(report, look, signs)
    traces = [_text_trace(texts[0], look)]
    traces += [] if hidden else _word_traces(report, guess, look, words)
    traces += _perplexity_traces(report, look, words)
    traces += _phrase_traces(report, look, words)
    traces += _followed_traces(report, counts, tops.followed, look, words)
    hands = len(traces)
    colours = (look.blue, look.real, look.collapse, look.blue)
    panels = (WORDS, PERPLEXITY, PHRASES, FOLLOWED)
    traces += [cursor(*place, look) for place in zip(panels, colours, strict=True)]
    left = np.full(len(texts), np.nan) if hidden else report.vocabulary.astype(np.float64)
    courses = (left, report.real_perplexity, report.repeated, tops.followed.places(counts))
    frames = _frames(texts, courses, tops, (0, *range(hands, hands + 4)))
    layout = _layout(report, tops, look, words)
    if hidden:
        layout["annotations"].append(words_over(WORDS, hidden, look))
    return MovingFigure(traces, layout, frames, alt=alt)


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


class _Tops:
    """Upper ends of the axes: known from the settings, so that they hold for all generations."""

    def __init__(self, report: LanguageReport) -> None:
        experiment, size = report.experiment, len(report.experiment.source().vocabulary)
        possible = float(min(size, experiment.sample_size))
        usual = 1.12 * float(report.vocabulary[0])
        flatter = experiment.temperature > 1.0 or experiment.smoothing != "none"
        self.words = 1.05 * possible if flatter else min(1.05 * possible, usual)
        self.perplexity = 1.05 * size / FLOOR
        decades = max(1, math.ceil(math.log10(experiment.sample_size)))
        self.followed = LogAxis(0, decades)


def _frames(
    texts: list[list[str]], courses: tuple[Array, ...], tops: _Tops, moved: tuple[int, ...]
) -> list[Frame]:
    """Return one frame per generation: its text, and the hand in each panel."""
    ranges = ((0.0, tops.words), (1.0, tops.perplexity), (0.0, 1.0), tops.followed.ends)
    return [
        Frame(
            str(t),
            (
                {"text": text},
                *(
                    cursor_at(t, float(course[t]), *ends)
                    for course, ends in zip(courses, ranges, strict=True)
                ),
            ),
            moved,
        )
        for t, text in enumerate(texts)
    ]


def _short(word: str) -> str:
    return escape(word if len(word) <= 14 else word[:13] + "…", quote=False)


def _texts(report: LanguageReport, look: Look, signs: int) -> list[list[str]]:
    """Return the lines that each generation's text begins with."""
    letters = report.experiment.unit == "letters"
    width = NARROW_SIGNS if look.narrow else round(signs / look.scale)
    lines, tags = NARROW_LINES if look.narrow else LINES, tags_of_marks(look)
    most = lines * width if letters else lines * width // 2
    return [
        tagged_lines(
            marked_characters(report.sentences(t, most, most), letters=letters), width, lines, tags
        )
        for t in range(len(report.steps))
    ]


def _text_trace(lines: list[str], look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0.0] * len(lines),
        "y": [float(-place) for place in range(len(lines))],
        "text": lines,
        "textposition": "middle right",
        "textfont": {"size": 13 * look.scale, "color": look.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
        **TEXT.axes,
    }


def _word_traces(
    report: LanguageReport,
    guess: tuple[int, float] | None,
    look: Look,
    words: Mapping[str, str],
) -> list[dict[str, Any]]:
    width, traces = 2.0 * look.scale, []
    law = report.law or report.guide
    if law is not None:
        ticks = np.arange(law.mean.size, dtype=np.float64)
        name = words["guide" if not report.law else "exact" if law.exact else "approximate"]
        if report.law:
            low, high = law.mean - 2.0 * law.spread, law.mean + 2.0 * law.spread
            shade = band(WORDS, ticks, np.maximum(low, 0.0), high, name, look.text, 0.1)
            traces.append(shade | {"showlegend": False})
        dash, colour = ("dash", look.text) if report.law else ("dot", look.muted)
        traces.append(curve(WORDS, ticks, law.mean, name, colour, width=width, dash=dash))
    left = report.vocabulary.astype(np.float64)
    line = _line(WORDS, report, left, words["left"], look.blue, width * 1.3, "solid", "%{y}")
    traces.append(line)
    if guess is not None:
        traces.append(_guess_trace(report, guess, look, words))
    return traces


def _guess_trace(
    report: LanguageReport, guess: tuple[int, float], look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    generation, share = guess
    return {
        "type": "scatter",
        "mode": "markers+text",
        "text": [words["guess"]],
        "textposition": "top right"
        if generation * 2 <= report.experiment.generations
        else "top left",
        "textfont": {"size": 11 * look.scale, "color": look.collapse},
        "showlegend": False,
        "x": [generation],
        "y": [share * float(report.vocabulary[0])],
        "marker": {"symbol": "star", "size": 13 * look.scale, "color": look.collapse},
        "name": words["guess"],
        "hovertemplate": f"{words['guess']}<extra></extra>",
        "cliponaxis": False,
        **WORDS.axes,
    }


def _perplexity_traces(
    report: LanguageReport, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    width = 2.0 * look.scale
    return [
        _line(PERPLEXITY, report, report.real_perplexity, words["real"], look.real, width, "solid"),
        _line(PERPLEXITY, report, report.text_perplexity, words["own"], look.blue, width, "dash"),
    ]


def _phrase_traces(
    report: LanguageReport, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    width = 2.0 * look.scale
    repeated, new = words["repeated"], words["new"]
    return [
        _line(
            PHRASES, report, report.repeated, repeated, look.collapse, width, "solid", "%{y:.0%}"
        ),
        _line(PHRASES, report, report.new_share, new, look.text, width, "dashdot", "%{y:.0%}"),
    ]


def _line(
    panel: Panel,
    report: LanguageReport,
    values: Array,
    name: str,
    colour: str,
    width: float,
    dash: str,
    hover: str = "%{y:.3g}",
) -> dict[str, Any]:
    ticks = report.generations.astype(np.float64)
    return curve(panel, ticks, values, name, colour, width=width, dash=dash, hover=hover)


def _followed_traces(
    report: LanguageReport,
    counts: Array,
    axis: LogAxis,
    look: Look,
    words: Mapping[str, str],
) -> list[dict[str, Any]]:
    width = 1.6 * look.scale
    line = _line(FOLLOWED, report, axis.places(counts), words["count"], look.blue, width, "dot")
    line |= {
        "mode": "lines+markers",
        "showlegend": False,
        "line": line["line"] | {"shape": "hv"},
        "marker": {"size": 5 * look.scale, "color": look.blue},
        "customdata": counts,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return [line]


def _layout(
    report: LanguageReport, tops: _Tops, look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    lines = NARROW_LINES if look.narrow else LINES
    strip = lines * LINE_HEIGHT
    room, between = (4 * 164, 52) if look.narrow else (166, 38)
    top, bottom = (64.0, 122.0) if look.narrow else (24.0, 66.0)
    layout = empty_layout(look, top + strip + between + room + bottom, bottom=bottom, top=top)
    whole = strip + between + room
    upper = 1.0 - strip / whole
    layout["xaxis"] = {"domain": [0.0, 1.0], "anchor": "y", "range": [0, 1], "visible": False}
    layout["yaxis"] = {
        "domain": [upper, 1.0], "anchor": "x", "range": [0.5 - lines, 0.5], "visible": False,
    }  # fmt: skip
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"fixedrange": True}
    layout["annotations"] += _strip_words(look, words)
    if look.narrow:
        share, gap = (room - 3 * between) / 4 / whole, between / whole
        highs = [room / whole - number * (share + gap) for number in range(4)]
        places = [([0.0, 1.0], [max(0.0, high - share), high]) for high in highs]
    else:
        up = [0.0, room / whole]
        places = [([left, left + 0.205], up) for left in (0.0, 0.265, 0.53, 0.795)]
    generations = report.experiment.generations
    time = {"range": [0, generations]} | ({"dtick": 1} if generations < 6 else {"nticks": 6})
    powers = range(math.floor(math.log10(tops.perplexity)) + 1)
    scale = {
        "type": "log",
        "range": [0.0, math.log10(tops.perplexity)],
        "tickvals": [10**power for power in powers],
        "ticktext": [f"{10**power}" if power < 4 else f"10<sup>{power}</sup>" for power in powers],
    }
    entries: tuple[tuple[Panel, str, dict[str, Any]], ...] = (
        (WORDS, "words", {"range": [0, tops.words], "nticks": 5}),
        (PERPLEXITY, "perplexity", scale),
        (PHRASES, "phrases", {"range": [-0.02, 1.02], "tickformat": ".0%", "dtick": 0.25}),
        (FOLLOWED, "followed", dict(tops.followed.layout(words["gone"]))),
    )
    for (panel, name, y), place in zip(entries, places, strict=True):
        below = words["generation"] if not look.narrow or panel is FOLLOWED else ""
        add_panel(layout, panel, place, look, title=words[name], below=below, x=time, y=y)
    return layout


def _strip_words(look: Look, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the title of the text, and what its marks mean."""
    common = {"showarrow": False, "xref": "paper", "yref": "paper", "y": 1.0, "yanchor": "bottom"}
    title = {"text": f"<b>{words['text']}</b>", "x": 0.0, "xanchor": "left"}
    marks = {"text": words["marks"], "x": 1.0, "xanchor": "right"}
    shift = 0.0
    if look.narrow:
        marks = {"text": words["marks_narrow"], "x": 0.0, "xanchor": "left", "align": "left"}
        shift = 32.0
    return [
        common | title | {"yshift": shift, "font": {"size": 12.6 * look.scale}},
        common | marks | {"font": {"size": 11.5 * look.scale, "color": look.muted}},
    ]
