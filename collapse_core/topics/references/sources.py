"""Which sources there are, what rests on each, and which of them a reader looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.origins import has_origins, read_origins
from collapse_core.lessons.references import OTHERS, Reference, references
from collapse_core.lessons.statements import statements

__all__ = ["Source", "entry_line", "sources", "sources_for"]


@dataclass(frozen=True)
class Source:
    """A source, and what rests on it.

    Parameters
    ----------
    reference : Reference
        Who, what and where.
    shows : str
        What it shows here.
    rests : tuple of tuple
        Key of each page that rests on it, with the statements there; in the order of the menu.
    """

    reference: Reference
    shows: str
    rests: tuple[tuple[str, tuple[str, ...]], ...]

    def has(self, words: Sequence[str]) -> bool:
        """Return whether all words occur in what is said of it; capitals make no difference."""
        one = self.reference
        said = " ".join([*one.authors, one.title, one.venue, str(one.year or ""), *one.links])
        told = " ".join(text for _, texts in self.rests for text in texts)
        text = f"{said} {self.shows} {told}".casefold()
        return all(word.casefold() in text for word in words)


def sources(lesson: Lesson, pages: Sequence[str]) -> list[Source]:
    """Return every source with what rests on it: works by name first, then our own and textbooks.

    Parameters
    ----------
    lesson : Lesson
        Of the page that lists them.
    pages : sequence of str
        Keys of the pages, in the order of the menu. Those whose origins are not written down
        rest on nothing here.
    """
    rests = _rests(pages)
    found = [
        Source(reference, lesson.text("shows", key), tuple(rests.get(key, {}).items()))
        for key, reference in references().items()
    ]
    return sorted(found, key=_order)


def sources_for(found: Sequence[Source], page: str, search: str) -> list[Source]:
    """Return the sources that a page rests on and that hold all words of a search.

    Parameters
    ----------
    found : sequence of Source
        All of them.
    page : str
        Key of the page; empty for all.
    search : str
        Words, with spaces between them.
    """
    words = search.split()
    return [
        source
        for source in found
        if source.has(words) and (not page or page in {key for key, _ in source.rests})
    ]


def entry_line(lesson: Lesson, reference: Reference) -> str:
    """Return authors, year, title, venue and identifiers as one line of Markdown."""
    if not reference.can_be_cited:
        return lesson.say("list", "own", names=lesson.text("named", reference.key))
    known = ", ".join(name for name in reference.authors if name != OTHERS)
    names = lesson.say("cited", "several", first=known) if OTHERS in reference.authors else known
    title = f"*{reference.title}.*" if reference.title else ""
    case = "entry" if title else "entry_untitled"
    if reference.year is None:
        case = "entry_undated"
    said = [lesson.say("list", case, names=names, year=reference.year, title=title)]
    if reference.venue:
        said.append(lesson.say("list", "venue", venue=reference.venue))
    links = [f"[{name}]({address})" for name, address in reference.links.items()]
    said.append(f"{', '.join(links)}." if links else lesson.text("list", "no_identifier"))
    if reference.seen:
        said.append(lesson.text("seen", reference.seen))
    return " ".join(said)


def _rests(pages: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each source, the statements that rest on it by the key of their page."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for page in filter(has_origins, pages):
        told = statements(page)
        for view in read_origins(page).views:
            told += statements(view)
        for statement in told:
            for key in statement.cites:
                of_page = found.setdefault(key, {})
                of_page[page] = (*of_page.get(page, ()), statement.text)
        for key in {key for part in read_origins(page).all_origins for key in part.cites}:
            found.setdefault(key, {}).setdefault(page, ())
    return found


def _order(source: Source) -> tuple[bool, str, int]:
    one = source.reference
    first = one.authors[0].casefold() if one.authors else ""
    return not one.can_be_cited, first, one.year or 0
