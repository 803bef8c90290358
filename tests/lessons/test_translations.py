"""A translated lesson is the English one in other words: same parts, same gaps, same values."""

import copy
import re
import tomllib

import pytest
from opened import ROOT

from collapse_core.lessons.numbers import FORMATS
from collapse_core.lessons.template import gaps_of

FOLDER = ROOT / "assets" / "lessons"
FILES = sorted((FOLDER / "de").glob("*.toml"))
AS_IT_STANDS = re.compile(r"presets \d+\.values|why \d+\.formula|onward \d+\.page|read_first")
NO_NUMBER = re.compile(r"\{.*?\}|\$.*?\$|arXiv:[\d.]+|CC BY 4.0")
DECIMAL_POINT = re.compile(r"(?<![\d.])\d+\.\d{1,2}(?!\d)")
MAY_BE_OTHERS = re.compile(r"glossary\.terms \d+\.forms")  # how a language writes a word
OWN_WORDS = 5  # so many may be those of the English text: a name, a title, a term


def content_of(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def english(key):
    """Return the English lesson, wherever the house keeps it."""
    folder = FOLDER / "en" if (FOLDER / "en").exists() else FOLDER
    return content_of(folder / f"{key}.toml")


def may_be_added(key, place, table):
    """Return whether a translation may have a key of its own: its language, a case of a noun."""
    if place == "nouns":
        return any(key.startswith(f"{noun}_") for noun in table)
    return not place and key == "language"


def differences(first, second, place=""):
    """Yield what a translation has other than it should, with the place where it stands."""
    if type(first) is not type(second):
        yield f"{place} is of another kind"
    elif isinstance(first, dict):
        missing = first.keys() - second.keys()
        added = {key for key in second.keys() - first.keys() if not may_be_added(key, place, first)}
        yield from (f"{place} lacks {key}" for key in sorted(missing))
        yield from (f"{place} has {key} besides" for key in sorted(added))
        for key in sorted(first.keys() & second.keys()):
            inside = f"{place}.{key}" if place else key
            if not AS_IT_STANDS.fullmatch(inside):
                yield from differences(first[key], second[key], inside)
            elif _as_it_stands(first[key]) != _as_it_stands(second[key]):
                yield f"{inside} is not as it stands"
            elif left := _words_in_formulas(first[key]) & _words_in_formulas(second[key]):
                yield f"{inside} is not translated: {sorted(left)}"
    elif MAY_BE_OTHERS.fullmatch(place):
        yield from () if second and all(isinstance(one, str) for one in second) else [place]
    elif isinstance(first, list):
        if place.endswith(".forms"):  # of a word of the glossary: another language has other cases
            return
        if len(first) != len(second):
            yield f"{place} has {len(second)} entries, not {len(first)}"
        for number, (one, other) in enumerate(zip(first, second, strict=False), start=1):
            yield from differences(one, other, f"{place} {number}")
    elif isinstance(first, str):
        yield from _of_texts(first, second, place)
    elif first != second:
        yield f"{place} is {second!r}, not {first!r}"


def _as_it_stands(part):
    """Return a formula without words and with decimal points; anything else as it is."""
    part = part.replace("{,}", ".") if isinstance(part, str) else part
    return re.sub(r"(\\text\{[^{}]*\}|\s)+", " ", part) if isinstance(part, str) else part


def _words_in_formulas(part):
    """Return the words of a formula; what is shorter than four letters may be a sign."""
    told = re.findall(r"\\text\{([^{}]*)\}", part) if isinstance(part, str) else []
    return {word for text in told for word in re.findall(r"[^\W\d_]{4,}", text)}


def _of_texts(first, second, place):
    if gaps_of(first).keys() != gaps_of(second).keys():
        yield f"{place} has the gaps {sorted(gaps_of(second))}, not {sorted(gaps_of(first))}"
    words = re.findall(r"[^\W\d_]+", re.sub(r"\{.*?\}", "", first))
    if first == second and len(words) > OWN_WORDS and not place.endswith(".source"):
        yield f"{place} is not translated"
    if not second.strip():
        yield f"{place} is empty"


def leaves(value, place=""):
    """Yield every text of a lesson that is prose, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            inside = f"{place}.{key}" if place else key
            if not AS_IT_STANDS.fullmatch(inside):
                yield from leaves(part, inside)
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from leaves(part, f"{place} {number}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_parts_and_the_gaps_of_the_english_lesson(path):
    assert not list(differences(english(path.stem), content_of(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_is_in_the_language_of_its_folder(path):
    assert content_of(path).get("language", path.parent.name) == path.parent.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_format_of_a_gap_is_known_in_the_language(path):
    own = content_of(path)
    nouns = content_of(path.with_name("shell.toml"))["nouns"] | own.get("nouns", {})
    for place, text in leaves(own):
        for form in gaps_of(text).values():
            known = not form or form in FORMATS or form in nouns
            assert known or format(1.5, form), f"{form} is no format, at {place}"
    for noun in nouns.values():
        assert "other" in noun


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_german_is_set_as_german(path):
    for place, text in leaves(content_of(path)):
        if place.endswith(".source"):
            continue
        assert not re.search(r"[0-9}] %", text), f"a no-break space before %, at {place}"
        assert not re.search('["”‘]', text), f"German quotation marks, at {place}"
        if not place.endswith("placeholder"):  # what is typed there is read as it stands
            assert not DECIMAL_POINT.search(NO_NUMBER.sub("", text)), f"a decimal comma, at {place}"


# ------------------------------------------------------------------------- what must be found

LESSON = {
    "title": "Who is first, and who comes last of all?",
    "presets": [{"name": "A", "comment": "Ten of {n}.", "values": {"n": 1}}],
    "why": [{"formula": "a", "source": "One long source of more than five words, Nature 631, 755"}],
    "onward": [{"page": "room", "why": "Hear it."}],
    "nouns": {"run": {"one": "{n} run", "other": "{n} runs"}},
    "captions": {"lost": "{lost:count} of {runs:run}"},
}


def translated(**changes):
    own = copy.deepcopy(LESSON)
    own["title"] = "Wer ist zuerst da, und wer kommt ganz zuletzt?"
    return own | changes


def test_a_word_of_the_glossary_may_have_more_forms():
    one, other = {"terms": [{"forms": ["exact"]}]}, {"terms": [{"forms": ["exakt", "exakte"]}]}
    assert not list(differences(one, other))


def test_a_good_translation_may_have_its_language_a_case_of_a_noun_and_another_order():
    nouns = LESSON["nouns"] | {"run_dative": {"one": "{n} Lauf", "other": "{n} Läufen"}}
    captions = {"lost": "In {runs:run_dative} sind es {lost:count}"}
    assert not list(differences(LESSON, translated(language="de", nouns=nouns, captions=captions)))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": LESSON["title"]}, "title is not translated"),
        ({"title": " "}, "title is empty"),
        ({"captions": {}}, "captions lacks lost"),
        ({"captions": LESSON["captions"] | {"won": "x"}}, "captions has won besides"),
        ({"captions": {"lost": "{lost:count} von allen"}}, "captions.lost has the gaps"),
        ({"captions": {"lost": 3}}, "captions.lost is of another kind"),
        ({"nouns": LESSON["nouns"] | {"word": {"other": "{n} Wörter"}}}, "nouns has word besides"),
        ({"onward": [{"page": "home", "why": "Hör es."}]}, "page is not as it stands"),
        ({"onward": []}, "onward has 0 entries, not 1"),
        ({"why": [{"formula": "b", "source": "s"}]}, "formula is not as it stands"),
        ({"why": [{"formula": r"a + \text{more}"}]}, "formula is not as it stands"),
        ({"presets": [{"name": "A", "comment": "{n}", "values": {"n": 2}}]}, "values is not as it"),
    ],
)
def test_what_is_other_than_it_should_be_is_found(changes, found):
    assert any(found in complaint for complaint in differences(LESSON, translated(**changes)))
