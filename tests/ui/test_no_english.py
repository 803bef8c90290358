"""No English is left on a German page: no sentence of the English lessons, and no English word."""

import re
import tomllib

import pytest
from first_always import first_always
from opened import ENTRIES, ROOT, entry_named, hands, open_page, pictures
from own_places import views_of

from collapse_core.lessons.language import languages
from ui import long_run

FOLDER = ROOT / "assets" / "lessons"
OPEN = dict.fromkeys(("why", "numbers", "more_precisely", "share_popover", "origins"), True)
# Words that no German sentence has, and hardly any title or name.
ENGLISH = re.compile(r"\b(the|of|and|is|are|with|which|from|you|your|this|that|not|has)\b")
SHORTEST = 12  # letters of a text that cannot be the same in both languages by chance
# Titles of papers and books, addresses, and what a reader could type stay as they are.
SOURCES = re.compile(
    r"^(Quelle|Nach):[^\n]*$|`[^`]*`|https?://\S+|<style>.*?</style>"
    r"|^\*\*[^*\n]+\*\*(?: \(\d{4}\)\. |\. \*)[^\n]*$"  # an entry of the sources
    r"|[A-Z]\w+(?: (?:of|and|the) [A-Z]\w+)+",
    re.M | re.S,
)


@pytest.fixture(autouse=True)
def in_one_go(monkeypatch):
    """Compute all generations before a page is drawn."""
    monkeypatch.setattr(long_run, "FIRST_WATCH", 1e6)
    monkeypatch.setattr(long_run, "LATER_WATCH", 1e6)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def is_of_a_corpus(text):
    """Return whether a text is what a model of the corpus wrote: it has no capital letters."""
    plain = re.sub(r"<[^>]*>", "", text)
    return len(plain) > 60 and plain == plain.lower()


def words_on(at):
    """Yield every text of a page that a reader can meet: words, labels, helps, options, charts."""
    for element in [*at.main, *at.sidebar]:
        if element.type in ("code", "bidi_component", "iframe", "latex") or (
            str(getattr(element, "key", None)) == "language_en"
        ):
            continue
        if element.type == "arrow_data_frame":
            yield from map(str, element.value.columns)
        for part in ("value", "label", "help", "placeholder", "options"):
            yield from strings(getattr(element, part, None))
    for picture in pictures(at):
        shown = {name: part for name, part in picture.items() if name not in ("filename", "name")}
        yield from (text for text in strings(shown) if " " in text)
    for hand in hands(at).values():
        yield from strings(hand.get("ask"))


def lesson(code, key):
    path = FOLDER / code / f"{key}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def untranslated(english, german):
    """Yield the pieces of English texts that the German lesson has in other words."""
    if isinstance(english, str) and english != german:
        for piece in re.split(r"\{[^{}]*\}", english):
            if len(piece.strip()) >= SHORTEST and " " in piece.strip():
                yield piece.strip()
    elif isinstance(english, dict) and isinstance(german, dict):
        for key in english.keys() & german.keys():
            yield from untranslated(english[key], german[key])
    elif isinstance(english, list) and isinstance(german, list):
        for one, other in zip(english, german, strict=False):
            yield from untranslated(one, other)


def left_of_english(texts, key):
    """Return the English sentences and words in some texts of a page."""
    told = "\n".join(SOURCES.sub("", text) for text in texts if not is_of_a_corpus(text))
    pairs = [(lesson("en", name), lesson("de", name)) for name in ("shell", "origins", key)]
    german = "\n".join(text for _, translated in pairs for text in strings(translated))
    pieces = {piece for pair in pairs for piece in untranslated(*pair)}
    whole = sorted(piece for piece in pieces if piece in told and piece not in german)
    return whole + [text for text in told.split("\n") if len(set(ENGLISH.findall(text))) > 1]


TRANSLATED = [entry for entry in ENTRIES if (FOLDER / "de" / f"{entry.key}.toml").exists()]


@pytest.mark.skipif("de" not in languages(), reason="there are no German lessons")
@pytest.mark.parametrize(
    "link", [{"guess": "skip"}, pytest.param({}, marks=pytest.mark.full)], ids=["answered", "asked"]
)
@pytest.mark.parametrize("entry", TRANSLATED, ids=lambda entry: entry.key)
def test_no_english_is_left_on_a_german_page(entry, link):
    at = open_page(entry, {**link, "lang": "de"}, state=OPEN)
    assert not at.exception
    found = left_of_english(words_on(at), entry.key)
    assert not found


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=entry.key, marks=[] if entry.key == "teach" else pytest.mark.full)
        for entry in TRANSLATED
        if views_of(entry)
    ],
)
def test_no_english_is_left_on_any_view(entry):
    for view in views_of(entry):
        at = open_page(entry, {"guess": "skip", "lang": "de"} | view, state=OPEN)
        assert not at.exception
        assert not left_of_english(words_on(at), entry.key), view


def test_english_on_a_page_is_found():
    at = open_page(ENTRIES[1], {"guess": "skip"})
    assert len(left_of_english(words_on(at), ENTRIES[1].key)) > 20
    assert left_of_english(["This is a message that nobody translated."], "two_colours")
    assert not left_of_english(["Das ist eine Meldung, die jemand übersetzt hat."], "two_colours")


PLACES = {
    "two_colours": ({}, "jar", ("9 gelb", "gelb, blau", "9 x, 1 x", "0 a, 0 b", "9 7up, 1 b")),
    "vanishing_tails": (
        {"start": "own"},
        "typed",
        ("", "a", "Äpfel 0\nBirnen 0", "a 1\nb x", "a 1,200\nb 3", "a -3\nb 1", "a 1\na 2\nb 0"),
    ),
    "any_model": ({"data": "own"}, "typed", ("1", "1 2\n" * 12, "1 2 3\n1 2 3", "nan 1\n1 2")),
    "language": ({"corpus": "own"}, "typed", ("12", "Kurz.", "Ein Satz mit Wörtern. " * 3)),
    "network": ({"probe": "drawing"}, "typed", ("123", "abcdefgh\n" * 8)),
}


@pytest.mark.parametrize("key", first_always(PLACES, 2))
def test_what_cannot_be_read_is_said_in_german(key):
    link, place, texts = PLACES[key]
    at = open_page(entry_named(key), link | {"lang": "de", "guess": "skip"})
    for text in texts:
        boxes = [box for box in (*at.text_area, *at.text_input) if box.key.endswith(f"/{place}")]
        assert boxes, "the place is there"
        boxes[0].set_value(text).run()
        assert not at.exception
        told = [message.value for kind in (at.error, at.info, at.warning) for message in kind]
        assert told, text
        assert not left_of_english(words_on(at), key), text


def test_what_a_link_holds_in_vain_is_said_in_german():
    junk = {"sample_size": "x", "generations": "1e9", "runs": "7", "policy": "x", "guess": "?"}
    junk |= {"panels": "x", "blah": "1", "seed": "1.5", "fresh": "perhaps"}
    at = open_page(entry_named("two_colours"), junk | {"lang": "de"})
    assert at.warning[0].value.startswith("Dieser Link")
    assert len(at.warning[0].value.split(";")) >= len(junk)
    assert not left_of_english(words_on(at), "two_colours")
