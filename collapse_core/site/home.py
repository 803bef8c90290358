"""The first page of the site: every question with a small picture, and what only the app has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from collapse_core.lessons.lesson import read_lesson, shell_words
from collapse_core.site.page import document
from collapse_core.site.plan import ONLY_IN_THE_APP, SECTIONS
from collapse_core.site.text import blocks, inline
from collapse_core.topics.registry import all_topics

__all__ = ["home"]


def home(
    made: Collection[str], missing: Collection[str], pictured: Collection[str], app: str
) -> str:
    """Return the page that leads to all others.

    Parameters
    ----------
    made : collection of str
        Keys of the topics that have a page.
    missing : collection of str
        Keys of those whose pictures could not be computed.
    pictured : collection of str
        Keys of the pages that have a small picture.
    app : str
        Address of the full app, with "/" at its end; empty if there is none to lead to.
    """
    site = read_lesson("site")
    words, names = site.words("home"), shell_words("menu_sections")
    parts = [f"<main><h1>{inline(site.title)}</h1>{blocks(site.story)}"]
    for section, keys in SECTIONS.items():
        cards = "".join(_card(key, key in pictured, made) for key in keys if key in made)
        if cards:
            parts.append(f'<h2>{escape(names[section])}</h2><div class="cards">{cards}</div>')
    if further := sorted(set(made) - {key for keys in SECTIONS.values() for key in keys}):
        parts.append(f"<p>{escape(words['also'])} {', '.join(map(_link, further))}</p>")
    if missing:
        parts.append(_listed(words["missing"], words["missing_text"], missing, app))
    parts.append(_listed(words["only"], words["only_text"], ONLY_IN_THE_APP, app))
    texts = site.words("page")
    way = f'<a href="{escape(app)}">{escape(texts["app"])}</a>' if app else escape(texts["without"])
    parts.append(f"<p>{way}</p><footer><p>{escape(words['licence'])}</p></footer></main>")
    return document(site.title, site.story, "\n".join(parts))


def _card(key: str, pictured: bool, made: Collection[str]) -> str:
    lesson, picture = read_lesson(key), ""
    if pictured:
        picture = (
            f'<picture><source srcset="pictures/{key}-dark.svg" '
            f'media="(prefers-color-scheme: dark)"><img src="pictures/{key}.svg" alt="" '
            'width="240" height="135" loading="lazy"></picture>'
        )
    return (
        f'<a class="card" href="{key}.html">{picture}<strong>{inline(lesson.menu)}</strong>'
        f"<span>{inline(lesson.question)}</span></a>"
    )


def _link(key: str) -> str:
    return f'<a href="{key}.html">{inline(read_lesson(key).title)}</a>'


def _listed(heading: str, text: str, keys: Iterable[str], app: str) -> str:
    pages = {topic.key: topic.page or topic.key for topic in all_topics()}
    items = []
    for key in keys:
        lesson = read_lesson(key)
        name = inline(lesson.menu or lesson.title)
        if app:
            name = f'<a href="{escape(app + pages.get(key, key))}">{name}</a>'
        items.append(f"<li>{name}: {inline(lesson.question or lesson.story)}</li>")
    return f"<h2>{escape(heading)}</h2><p>{escape(text)}</p><ul>{''.join(items)}</ul>"
