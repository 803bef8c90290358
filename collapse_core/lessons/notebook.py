"""A page as a Jupyter notebook: its words, the Python that redraws its picture, its formulas.

The format is nbformat 4: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson, Reason, read_lesson, shell_words

__all__ = ["notebook"]


def notebook(
    lesson: Lesson,
    python: str,
    sentences: Sequence[str] = (),
    details: Sequence[str] = (),
    link: str = "",
) -> str:
    """Return a notebook as text.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    python : str
        The lines that redraw its picture.
    sentences, details : sequence of str
        What the picture shows, and what there is to say more precisely.
    link : str
        The address of the page with every setting, or what of it follows the app's; empty where it
        is not known.
    """
    words = shell_words("notebook")
    cells = [
        _text("title", _opening(lesson, link)),
        _text("lines", words["lines"]),
        _code("picture", python),
    ]
    if sentences or details:
        heading = shell_words("sections")["more_precisely"]
        more = [f"**{heading}**", "\n".join(f"- {line}" for line in details)] if details else []
        cells.append(_text("said", f"## {words['said']}", *sentences, *more))
    if lesson.why:
        reasons = [part for reason in lesson.why for part in _reason(reason)]
        cells.append(_text("why", f"## {words['why']}", *reasons))
    if lesson.next:
        tips = "\n".join(f"- {tip}" for tip in lesson.next)
        cells.append(_text("next", f"## {words['next']}", words["next_text"], tips))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _opening(lesson: Lesson, link: str) -> list[str]:
    shell, words = read_lesson("shell"), shell_words("notebook")
    asked = lesson.question if lesson.question.lower() not in lesson.title.lower() else ""
    told = [f"# {lesson.title}", f"**{asked}**" if asked else "", lesson.story]
    told += [lesson.needs, words["install"]]
    where = "page" if "://" in link else "page_without_address"
    return [*told, shell.say("notebook", where, link=link) if link else ""]


def _reason(reason: Reason) -> list[str]:
    shell = read_lesson("shell")
    assumes = shell.say("sections", "assumes", assumes=reason.assumes)
    source = shell.say("sections", "source", source=reason.source)
    return [f"### {reason.heading}", reason.text, f"$$\n{reason.formula}\n$$", assumes, source]


def _text(name: str, *parts: str | Sequence[str]) -> dict[str, Any]:
    """Return a cell of words: paragraphs, of which those that are empty are left out."""
    told = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return _cell("markdown", name, "\n\n".join(line for line in told if line))


def _code(name: str, python: str) -> dict[str, Any]:
    cell = _cell("code", name, python.rstrip("\n"))
    return cell | {"execution_count": None, "outputs": []}


def _cell(kind: str, name: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"cell_type": kind, "id": name, "metadata": {}, "source": lines}
