"""One page of the site: question, story, choices, the player, formulas, and the way on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from collapse_core.checks import check_text
from collapse_core.figures.player.program import frame
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import Lesson, read_lesson, shell_words
from collapse_core.site.drawn import Drawn
from collapse_core.site.formulas import in_mathml
from collapse_core.site.plan import Plan
from collapse_core.site.text import blocks, inline

__all__ = ["document", "page_of"]

_DOCUMENT = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{about}">
<title>{title}</title>
<link rel="stylesheet" href="site.css"></head><body>
{body}
</body></html>
"""


def document(title: str, about: str, body: str) -> str:
    """Return a whole page.

    Parameters
    ----------
    title, about : str
        Plain text: what stands on its tab, and what it is about.
    body : str
        HTML.

    Raises
    ------
    ValueError
        If one of them is no text.
    """
    return _DOCUMENT.format(
        language=language().replace("_", "-"),
        title=escape(check_text("title", title)),
        about=escape(check_text("about", about)),
        body=check_text("body", body),
    )


def page_of(plan: Plan, drawn: Sequence[Drawn], app: str, onward: Mapping[str, str]) -> str:
    """Return the page of a topic.

    Parameters
    ----------
    plan : Plan
        Its pictures, and what leads to them.
    drawn : sequence of Drawn
        These pictures, in the order of the plan.
    app : str
        Address of the full app, with "/" at its end; empty if there is none to lead to.
    onward : mapping of str to str
        The titles of the pages that this site has, by their key.
    """
    lesson, site = read_lesson(plan.topic.key), read_lesson("site")
    words, first = site.words("page"), drawn[plan.first]
    told = {
        "key": plan.topic.key,
        "cells": list(plan.cells),
        "sizes": [len(values) for values in plan.grid.values()],
        "presets": list(plan.presets),
        "first": plan.first,
        "missing": [one.wanted.number for one in drawn if not one.script],
        "words": {name: words[name] for name in ("loading", "failed", "uncomputed", "shown")},
    }
    # A script ends at the first "</", wherever it stands.
    data = json.dumps(told, ensure_ascii=False).replace("</", "<\\/")
    script = escape(site.say("page", "script", alt=first.alt))
    parts = [
        f'<nav><a href="index.html">‹ {escape(words["home"])}</a></nav><main>',
        f"<h1>{inline(lesson.title)}</h1>{blocks(lesson.story)}",
        _choices(plan, lesson, words),
        _presets(plan, lesson, words),
        f'<section class="shown" aria-label="{escape(words["picture"])}">{frame()}</section>',
        f'<noscript><p class="note">{script}</p></noscript>',
        '<p class="trouble-told" role="status" hidden></p><p class="about"></p>',
        '<div class="notes"></div><div class="table"></div>',
        _app(words, app),
        why(lesson),
        _onward(lesson, onward),
        f'</main><script id="page" type="application/json">{data}</script>',
        '<script src="player.js"></script><script src="site.js"></script>',
        '<script src="plotly.js" async></script>',
    ]
    return document(f"{lesson.title} · {site.title}", lesson.story, "\n".join(parts))


def _choices(plan: Plan, lesson: Lesson, words: Mapping[str, Any]) -> str:
    known = plan.topic.settings()
    groups = []
    for name, values in plan.grid.items():
        texts = control_words(lesson, name)
        options = []
        for place, value in enumerate(values):
            kind = known[name]
            spoken = texts.option(value) if name in kind.choices else _number(kind, name, value)
            options.append(
                f'<label><input type="radio" name="{name}" value="{place}">'
                f"<span>{escape(spoken)}</span></label>"
            )
        groups.append(
            f"<fieldset><legend>{escape(texts['label'])}</legend>{''.join(options)}</fieldset>"
        )
    return (
        f'<form class="choices" aria-label="{escape(words["settings"])}">{"".join(groups)}</form>'
    )


def _number(kind: Any, name: str, value: Any) -> str:
    numbers, param = read_lesson("shell").numbers, kind.params[name]
    if param.unit == "share":
        return str(numbers.plain(value, ".0%"))
    return str(numbers.plain(value, "," if param.whole else ",.6g"))


def _presets(plan: Plan, lesson: Lesson, words: Mapping[str, Any]) -> str:
    if not lesson.presets:
        return ""
    pressed = "".join(
        f'<button type="button" value="{place}" aria-pressed="false">{inline(preset.name)}</button>'
        for place, preset in enumerate(lesson.presets)
    )
    comments = "".join(f"<p hidden>{inline(preset.comment)}</p>" for preset in lesson.presets)
    return (
        f'<div class="presets" role="group" aria-label="{escape(words["presets"])}">'
        f"<span>{escape(words['presets'])}</span>{pressed}</div>"
        f'<div class="comments" role="status">{comments}</div>'
    )


def _app(words: Mapping[str, Any], app: str) -> str:
    way = escape(words["without"])
    if app:
        way = f'<a class="app" href="{escape(app)}">{escape(words["here"])}</a>'
    return f'<p class="note">{escape(words["more"])} {way}</p>'


def why(lesson: Lesson) -> str:
    """Return the formulas of a lesson with their sources."""
    if not lesson.why:
        return ""
    shell = read_lesson("shell")
    parts = []
    for reason in lesson.why:
        source = shell.say("sections", "source", source=reason.source)
        assumes = shell.say("sections", "assumes", assumes=reason.assumes)
        parts.append(
            f"<h2>{inline(reason.heading)}</h2>{blocks(reason.text)}"
            f'<div class="formula" tabindex="0">{in_mathml(reason.formula)}</div>'
            f"<p>{inline(assumes)}</p><p>{inline(source)}</p>"
        )
    heading = escape(shell_words("sections")["why"])
    return f'<details class="why"><summary>{heading}</summary>{"".join(parts)}</details>'


def _onward(lesson: Lesson, onward: Mapping[str, str]) -> str:
    ways = [
        f'<li><a href="{way.page}.html">{inline(onward[way.page])}</a>: {inline(way.why)}</li>'
        for way in lesson.onward
        if way.page in onward
    ]
    if not ways:
        return ""
    heading = inline(shell_words("sections")["onward"].removesuffix("."))
    return f'<section class="onward"><h2>{heading}</h2><ul>{"".join(ways)}</ul></section>'
