"""Texts: what becomes a sentence, what becomes a word, and what is refused."""

import sys

import numpy as np
import pytest

from collapse_core.data import corpora as text_corpora
from collapse_core.data.corpora import language_reference, own_text, story
from collapse_core.data.language_reference import TOPICS, python_reference_text
from collapse_core.models.ngram import END, flat_tokens

PLAIN = (
    "The cat sat on the mat. A dog ran! Did the dog see it? Yes, the dog saw it.\n\nThe end" * 12
)


def words(source):
    return {name for name in source.vocabulary if name != "."}


def texts(source):
    """Return all sentences, in the order of the text."""
    rows, training, testing = [], list(source.training), list(source.testing)
    while training or testing:
        rows.append((testing if len(rows) % 5 == 0 else training).pop(0))
    return [source.decode(row) for row in rows]


# --------------------------------------------------------------------------- sentences and words


def test_sentences_end_at_marks_and_blank_lines():
    found = texts(own_text("One two.\nThree four! “Five six?” seven\n\neight nine … ten. " * 8))
    start = ["one two.", "three four.", "five six.", "seven.", "eight nine.", "ten."]
    assert found[:6] == start


def test_a_full_stop_inside_a_number_or_a_name_ends_nothing():
    found = texts(own_text("It costs 3.50 at shop.example today. Buy one. " * 12))
    assert found[:2] == ["it costs at shop example today.", "buy one."]


def test_words_are_letters_and_apostrophes_of_any_alphabet():
    source = own_text("Don’t föhn l'été 42 snake_case naïve! Привет мир, ΑΒΓ straße. " * 12)
    expected = {"don't", "föhn", "l'été", "snake", "case", "naïve", "привет", "мир", "αβγ"}
    assert words(source) == expected | {"straße"}


def test_letters_are_all_characters_with_single_spaces():
    source = own_text("A  cat,\nsat. 12 dogs\t ran! " * 12, "letters")
    assert texts(source)[:2] == ["a cat, sat.", "12 dogs ran!"]
    assert source.vocabulary[END] == "¶"
    assert source.vocabulary[1] in "a s"


def test_words_of_hindi_keep_their_vowels_and_its_sentences_end_at_a_danda():
    source = own_text("यह हिन्दी में लिखा है। क्या यह सही है? हाँ॥ " * 12)
    assert words(source) == {"यह", "हिन्दी", "में", "लिखा", "है", "क्या", "सही", "हाँ"}
    assert texts(source)[:3] == ["यह हिन्दी में लिखा है.", "क्या यह सही है.", "हाँ."]


def test_a_dotted_capital_does_not_split_a_word():
    assert words(own_text("İstanbul İzmir kenti. " * 30)) == {"istanbul", "izmir", "kenti"}


@pytest.mark.parametrize(
    "text", ["今日は学校に行きました。楽しかった！", "你好世界。今天天气很好？", "วันนี้อากาศดี มาก. "]
)
def test_a_text_without_spaces_is_told_of_letters_and_they_work(text):
    with pytest.raises(ValueError, match=r"no spaces between its words.*model of letters"):
        own_text(text * 30)
    source = own_text(text * 30, "letters")
    assert source.spaceless
    assert "".join(source.vocabulary[1:]).isprintable()
    assert source.all_words == source.used_words > 50
    assert source.decode(source.training[0]).strip()
    with pytest.raises(ValueError, match=r"has \d+ signs, and at least 50 are needed"):
        own_text(text, "letters")


def test_a_foreign_name_in_a_text_with_spaces_is_a_word():
    source = own_text("Tokyo is written 東京 in Japanese. " * 12)
    assert "東京" in words(source)
    assert not source.spaceless


def test_the_most_frequent_word_comes_first_and_the_end_before_it():
    source = own_text(PLAIN)
    tokens = flat_tokens(np.concatenate((source.training, source.testing)))[0]
    counts = np.bincount(tokens)
    assert source.vocabulary[:2] == (".", "the")
    assert np.all(np.diff(counts[1:]) <= 0)
    assert counts.min() >= 1
    assert counts.size == len(source.vocabulary)


def test_the_first_of_every_five_sentences_is_held_out():
    source = own_text(PLAIN)
    total = len(source.training) + len(source.testing)
    assert len(source.testing) == -(-total // 5)
    assert source.held_out is source.testing
    assert source.decode(source.testing[0]) == "the cat sat on the mat."


def test_a_cut_sentence_has_no_full_stop():
    source = own_text(PLAIN)
    row = source.testing[0]
    assert source.decode(row) == "the cat sat on the mat."
    assert source.decode(row[:3]) == "the cat sat"


def test_fewer_words_of_a_text():
    source = story(words=300)
    tokens = flat_tokens(np.concatenate((source.training, source.testing)))[0]
    size = np.count_nonzero(tokens != END)
    assert 300 <= size < 350
    assert len(source.vocabulary) < len(story().vocabulary)
    assert source.used_words == size
    assert source.all_words == story().all_words == story().used_words == 4285
    with pytest.raises(ValueError, match=r"words=10 .*from 50"):
        story(words=10)


# ------------------------------------------------------------------------------- drawing samples


@pytest.mark.parametrize("count", [1, 7, 100, 1000, 5000])
def test_real_text_is_drawn_to_the_token(count):
    source = story()
    rows = source.draw(count, np.random.default_rng(3))
    tokens, _ = flat_tokens(rows)
    assert tokens.size == count
    again = source.draw(count, np.random.default_rng(3))
    np.testing.assert_array_equal(tokens, flat_tokens(again)[0])
    shorter = source.take(rows, max(1, count // 2))
    np.testing.assert_array_equal(flat_tokens(shorter)[0], tokens[: max(1, count // 2)])


def test_no_sentence_comes_twice_before_all_came_once():
    source = own_text(PLAIN.replace(".", " end.") + "".join(f" a{'b' * n} c." for n in range(40)))
    everything = sorted(row.tobytes() for row in source.training)
    drawn = source.draw(source.tokens, np.random.default_rng(1))
    assert sorted(row.tobytes() for row in drawn) == everything
    twice = source.draw(2 * source.tokens, np.random.default_rng(1))
    assert sorted(row.tobytes() for row in twice) == sorted(2 * everything)


def test_places_are_chosen_until_the_size_is_reached():
    source = story()
    rows = source.training[:50]
    lengths = np.array([len(row) for row in rows])
    for replacement in (False, True):
        places = source.choose(rows, 400, np.random.default_rng(2), replacement=replacement)
        assert lengths[places].sum() >= 400 > lengths[places[:-1]].sum()
        assert (np.unique(places).size == places.size) is not replacement
    many = source.choose(rows, 3 * lengths.sum(), np.random.default_rng(2), replacement=False)
    assert np.bincount(many, minlength=50).tolist() == [3] * 50


def test_sources_with_other_texts_are_told_apart():
    sources = [
        story(),
        story("letters"),
        story(words=300),
        own_text(PLAIN),
        own_text(PLAIN + " one."),
        own_text(PLAIN.replace("cat", "cow")),
    ]
    assert len({repr(source) for source in sources}) == len(sources)
    assert repr(own_text(PLAIN)) == repr(own_text(PLAIN.encode()))
    assert len(repr(story())) < 100


# ------------------------------------------------------------------------------------- the texts


def test_the_story_has_words_to_lose():
    source = story()
    counts = np.bincount(flat_tokens(source.training)[0], minlength=len(source.vocabulary))
    assert source.tokens > 3000
    assert np.count_nonzero(counts == 1) > 100
    for name in ("averil", "petronel"):  # the story ends with the one; a model must see both
        assert counts[source.vocabulary.index(name)] == 1, name
    assert counts[source.vocabulary.index("wenna")] > 20


def test_the_language_reference_is_prose():
    source = language_reference()
    assert source.tokens > 10_000
    assert {"object", "class", "statement", "value"} <= set(source.vocabulary[:200])
    text = python_reference_text()
    assert ">>>" not in text
    assert "::=" not in text
    assert "***" not in text
    assert len(set(TOPICS)) == len(TOPICS)


def test_a_topic_that_is_missing_is_left_out(monkeypatch):
    from pydoc_data import topics

    fewer = {name: topics.topics[name] for name in ("objects", "if", "try", "class")}
    monkeypatch.setattr(topics, "topics", fewer)
    assert 1000 < len(python_reference_text()) < 40_000


def test_a_python_without_its_reference_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    with pytest.raises(ValueError, match=r"pydoc_data is missing.*another text"):
        python_reference_text()


def test_a_missing_story_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(text_corpora, "STORY_FILE", tmp_path / "story.txt")
    with pytest.raises(ValueError, match=r"story is missing.*another text"):
        story()


# --------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n\t ", "is empty"),
        ("hello", "has 1 word, and at least 50"),
        ("hello world. " * 10, "has 20 words, and at least 50"),
        ("hello world " * 60, "has 1 sentence, and at least 5"),
        ("123 456. 789! " * 40, "has no letters"),
        ("x" * 200_001, "200,001 bytes: at most 200,000"),
        ("ä" * 150_000, "300,000 bytes"),
        ("a b c. \0 d e f." * 30, "NUL.*binary"),
        (b"\x89PNG\r\n\x1a\n\xff\xd8" * 30, "byte 0 is not UTF-8"),
        (b"\x00\x01\x02", "NUL.*UTF-8"),
        ("caf\u00e9 au lait. ".encode("latin-1") * 30, "byte 3 is not UTF-8"),
        ("bad \ud800 half. " * 30, "byte 4 is not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(text, message):
    with pytest.raises(ValueError, match=message):
        own_text(text)


def test_a_text_with_a_byte_order_mark_is_fine():
    assert repr(own_text(b"\xef\xbb\xbf" + PLAIN.encode())) == repr(own_text(PLAIN))


def test_an_unknown_unit_is_named():
    with pytest.raises(ValueError, match="unit='bytes'"):
        own_text(PLAIN, "bytes")
