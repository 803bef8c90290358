"""Where the numbers of a page come from, as a table in Markdown."""

from __future__ import annotations

import re

from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.lessons.origins import WORDS, Numbers, Origin, number_words
from collapse_core.lessons.references import OTHERS, Reference, references

__all__ = ["cited", "origin_table", "settings_line"]

# A bar would end the cell of a table: KaTeX has names for it.
_BARS = ((r"\\\|", r"\\Vert "), (r"\|", r"\\vert "))
# Formulas that stand side by side may break into lines between them, and nowhere else.
_SIDE_BY_SIDE = re.compile(r"\s*\\q?quad\s*")
_BETWEEN, _APART = " · ", "\u2003"
_FEW = 2  # authors who are all named


def cited(source: Reference) -> str:
    """Return how a source is named in a sentence: surnames and year, or what it stands for."""
    lesson = read_lesson("references")
    if not source.can_be_cited:
        return lesson.text("cited", source.key)
    first, *others = source.authors
    case = "one" if not others else "two" if len(source.authors) == _FEW else "several"
    if source.authors[-1] == OTHERS:
        case = "several"
    names = lesson.say("cited", case, first=first, second=source.authors[-1])
    return lesson.say("cited", "dated" if source.year else "undated", names=names, year=source.year)


def origin_table(lesson: Lesson, origins: Numbers) -> str:
    """Return formula, source and test of every number as a table in Markdown.

    Parameters
    ----------
    lesson : Lesson
        Of the page.
    origins : Numbers
        Where its numbers, or those of some of its sentences, come from.
    """
    words = read_lesson(WORDS)
    head = [words.text("section", name) for name in ("number", "formula", "source", "test")]
    rows = [_row(lesson, origins, origin) for origin in origins.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def settings_line(lesson: Lesson, origins: Numbers) -> str:
    """Return the sentence on numbers that are chosen, or shown by the clock; nothing for none."""
    if not origins.settings:
        return ""
    names = dict.fromkeys(number_words(lesson, name, origins.place) for name in origins.settings)
    return read_lesson(WORDS).say("section", "settings", numbers="; ".join(names))


def _row(lesson: Lesson, origins: Numbers, origin: Origin) -> list[str]:
    names = dict.fromkeys(number_words(lesson, name, origins.place) for name in origin.numbers)
    sources = "; ".join(cited(references()[key]) for key in origin.cites)
    kind = "counted" if origin in origins.counted else "written"
    formula = _formula(lesson, origin) or read_lesson(WORDS).text("section", kind)
    return [_BETWEEN.join(names), formula, sources, f"`{origin.test}`"]


def _formula(lesson: Lesson, origin: Origin) -> str:
    """Return the formula behind the heading that it has on the page; nothing where none is."""
    if not (formula := origin.formula_in(lesson)):
        return ""
    for bar, name in _BARS:
        formula = re.sub(bar, name, formula)
    parts = [f"$\\displaystyle {part}$" for part in _SIDE_BY_SIDE.split(" ".join(formula.split()))]
    heading = f"*{lesson.why[origin.why - 1].heading}*  " if origin.why else ""
    return heading + _APART.join(parts)
