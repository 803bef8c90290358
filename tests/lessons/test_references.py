"""Sources: every one that a lesson names is in the file, and every entry is needed."""

import re
import tomllib

import pytest
from opened import ROOT

from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.origins import read_origins
from collapse_core.lessons.references import (
    KINDS,
    Reference,
    SourceError,
    bibtex,
    read_references,
    references,
)
from collapse_core.lessons.statements import statements

KEYS = sorted(path.stem for path in (ROOT / "assets" / "origins").glob("*.toml"))
YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!\.)")
ARXIV = re.compile(r"arXiv:(\d{4}\.\d{5})")


def all_texts(value):
    """Yield every text of a lesson's file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from all_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_texts(part)


def lesson_file(key):
    """Return the English words of a page."""
    path = ROOT / "assets" / "lessons" / "en" / f"{key}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def not_found(source, cites):
    """Return the years and identifiers that a text names and none of the cited sources has."""
    cited = [references()[key] for key in cites]
    years = {int(year) for year in YEAR.findall(source)} - {one.year for one in cited}
    return [*years, *(set(ARXIV.findall(source)) - {one.arxiv for one in cited})]


@pytest.mark.parametrize("key", KEYS)
def test_every_source_of_a_formula_is_in_the_file(key):
    for reason, cites in zip(read_lesson(key).why, read_origins(key).why, strict=True):
        assert cites, reason.heading
        assert set(cites) <= set(references()), reason.heading
        assert not_found(reason.source, cites) == [], reason.heading
        named = [references()[one].authors[0] for one in cites if references()[one].authors]
        assert all(name in reason.source for name in named), reason.heading
        ours = "this_project" in cites
        said = re.search(r"erived|ours|our own|this project|this app|checked|proven", reason.source)
        assert not ours or said, reason.heading


def test_every_identifier_and_every_author_in_a_lesson_is_in_the_file():
    known = {one.arxiv for one in references().values()}
    names = {name for one in references().values() for name in one.authors}
    for key in KEYS:
        for text in all_texts(lesson_file(key)):
            assert set(ARXIV.findall(text)) <= known, text
            for name, _ in re.findall(r"\b([A-Z]\w+) (?:et al\.|and others) \(?(\d{4})", text):
                assert name in names, text


def test_every_entry_is_needed():
    used = {key for page in KEYS for told in statements(page) for key in told.cites}
    used |= {key for page in KEYS for part in read_origins(page).all_origins for key in part.cites}
    assert used == set(references())


def test_a_source_that_nobody_wrote_down_is_found():
    assert not_found("Wright 1931; He, arXiv:2502.18049", ["wright1931"]) == ["2502.18049"]
    assert not_found("Ewens 2005", ["ewens2004"]) == [2005]
    assert not_found("Ewens 2004", ["ewens2004"]) == []


@pytest.mark.parametrize("one", references().values(), ids=lambda one: one.key)
def test_an_entry_is_whole(one):
    assert one.kind in KINDS
    assert re.fullmatch(r"(10\.\d{4,}/\S+)?", one.doi)
    assert re.fullmatch(r"(\d{4}\.\d{5})?", one.arxiv)
    if one.can_be_cited:
        assert one.authors
        assert one.title or one.seen, "a work without a title is known from reports alone"
        assert one.year is None or 1900 < one.year < 2030
        assert one.key.endswith(str(one.year or ""))
    assert len(read_lesson("references").text("shows", one.key)) > 20


def test_identifiers_of_the_readme_are_those_of_the_file():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for one in references().values():
        for address in one.links.values():
            if one.authors[0] in readme and "arxiv" in address:
                assert address in readme
    known = {link for one in references().values() for link in one.links.values()}
    assert {"https://doi.org/10.1103/156q-3ngc", "https://arxiv.org/abs/2506.20623"} <= known


def test_bibtex_has_what_can_be_looked_up():
    text = bibtex(references().values())
    assert text.count("\n}") == sum(one.can_be_cited for one in references().values())
    assert "@article{wright1931,\n  author = {{Wright}},\n" in text
    assert "  journal = {Genetics 16, 97},\n  year = {1931},\n" in text
    assert "{{Kobak} and others}" in text
    assert "this_project" not in text
    odd = Reference("a", "report", ("A & B",), "100 % of {x}_1", year=2000)
    assert "{{A \\& B}}" in bibtex([odd])
    assert "{{100 \\% of \\{x\\}\\_1}}" in bibtex([odd])


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('kind = "novel"', r"\[a\]: kind = 'novel' is none of article, book"),
        ('kind = "book"', r"\[a\]: 'authors' is missing; write authors"),
        ('kind = "book"\nauthors = ["A"]\nisbn = "1"', r"\[a\]: .*isbn.*leave that part out"),
    ],
)
def test_a_bad_entry_is_named(tmp_path, entry, complaint):
    path = tmp_path / "sources.toml"
    path.write_text(f"[a]\n{entry}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=complaint):
        read_references(path)
