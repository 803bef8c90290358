"""Sources: who found what, and how to look it up; as a list for readers and as BibTeX."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from collapse_core.assets import asset

__all__ = ["KINDS", "OTHERS", "Reference", "SourceError", "bibtex", "read_references", "references"]

# What BibTeX calls each kind. Nothing can be looked up of what is derived here or is common
# knowledge: it is no entry.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "article": "article",
        "book": "book",
        "conference": "inproceedings",
        "preprint": "misc",
        "report": "misc",
        "standard": "misc",
        "music": "misc",
        "project": "",
        "textbook": "",
    }
)
OTHERS = "others"  # BibTeX's own word for authors who are not named
_SPECIAL = MappingProxyType({mark: f"\\{mark}" for mark in "&%$#_{}"})


class SourceError(ValueError):
    """A file of sources does not hold what it needs to."""


@dataclass(frozen=True)
class Reference:
    """One source.

    Parameters
    ----------
    key : str
        Its short name, as in ``ewens2004``.
    kind : str
        One of `KINDS`.
    authors : tuple of str
        Surnames, or institutions; ``"others"`` at the end for those who are not named.
    title, venue : str
        Empty where there is none.
    year : int, optional
        None where none is known.
    doi, arxiv : str
        Identifiers; empty where none is known to us.
    seen : str
        What we know of it, where we did not have it before us: a key of the page's words.
    """

    key: str
    kind: str
    authors: tuple[str, ...] = ()
    title: str = ""
    venue: str = ""
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    seen: str = ""

    @property
    def links(self) -> dict[str, str]:
        """Addresses where it can be looked up, by how they are written."""
        found = {f"doi:{self.doi}": f"https://doi.org/{self.doi}"} if self.doi else {}
        if self.arxiv:
            found[f"arXiv:{self.arxiv}"] = f"https://arxiv.org/abs/{self.arxiv}"
        return found

    @property
    def can_be_cited(self) -> bool:
        """Whether it is a work of its own, and neither this project's nor common knowledge."""
        return bool(KINDS[self.kind])


def read_references(path: Path) -> dict[str, Reference]:
    """Read a file of sources: one table for each, under its short name.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    dict
        The sources by their short names, in the order of the file.

    Raises
    ------
    SourceError
        If an entry lacks a part, has one that is not known or a kind that is not in `KINDS`.
    """
    found = {}
    for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        where = f"{path.name}, [{key}]"
        if (kind := entry.get("kind")) not in KINDS:
            raise SourceError(f"{where}: kind = {kind!r} is none of {', '.join(KINDS)}.")
        if KINDS[kind] and not entry.get("authors"):
            raise SourceError(f"{where}: 'authors' is missing; write authors = [\"Wright\"].")
        try:
            found[key] = Reference(key, **{**entry, "authors": tuple(entry.get("authors", ()))})
        except TypeError as error:
            raise SourceError(f"{where}: {error}; leave that part out.") from error
    return found


@cache
def references() -> Mapping[str, Reference]:
    """Return the sources of this project by their short names."""
    return MappingProxyType(read_references(asset("references.toml")))


def bibtex(sources: Iterable[Reference]) -> str:
    """Return sources as BibTeX, those left out that are no works of their own.

    Parameters
    ----------
    sources : iterable of Reference
        In the order wanted.
    """
    return "\n".join(_entry(source) for source in sources if source.can_be_cited)


def _entry(source: Reference) -> str:
    kind = KINDS[source.kind]
    place = {"article": "journal", "inproceedings": "booktitle", "book": "publisher"}
    # Two braces keep an institution's name and a title's capitals as they are.
    names = [name if name == OTHERS else f"{{{_escaped(name)}}}" for name in source.authors]
    parts = {
        "author": " and ".join(names),
        "title": f"{{{_escaped(source.title)}}}" if source.title else "",
        place.get(kind, "howpublished"): _escaped(source.venue),
        "year": str(source.year or ""),
        "doi": source.doi,
        "eprint": source.arxiv,
        "archiveprefix": "arXiv" if source.arxiv else "",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in parts.items() if text]
    return "\n".join([f"@{kind}{{{source.key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(mark, mark) for mark in text)
