"""Sentences, words and letters of any script."""

import pytest

from collapse_core.reading.words import (
    in_small_letters,
    letters_of,
    sentences_of,
    signs_without_spaces,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t föhn l'été 42 snake_case!", ["Don't", "föhn", "l'été", "snake", "case"]),
        ("हिन्दी में लिखा है।", ["हिन्दी", "में", "लिखा", "है"]),
        ("e\u0301te\u0301 cafe\u0301s", ["e\u0301te\u0301", "cafe\u0301s"]),
        ("نمی\u200cخواهم بروم", ["نمی\u200cخواهم", "بروم"]),
        ("בג״ץ ג׳ירפה", ["בג״ץ", "ג׳ירפה"]),
        ("x² ½ Ⅷ 3e5", ["x", "e"]),
        ("'quoted' rock ’n’ roll", ["quoted", "rock", "n", "roll"]),
    ],
)
def test_a_word_keeps_its_marks(text, words):
    assert words_of(text) == words


def test_a_dotted_capital_does_not_split_its_word():
    assert words_of(in_small_letters("İstanbul'da Iğdır")) == ["istanbul'da", "iğdır"]
    assert in_small_letters("CAFE\u0301") == "caf\u00e9"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One two. Three four! “Five six?” seven\n\neight nine … ten", 6),
        ("It costs 3.50 at shop.example today. Yes.", 2),
        ("هل هذا صحيح؟ نعم۔ حسنا", 3),
        ("क्या है। हाँ॥ ठीक", 3),
        ("你好。再见！「好。」走了？是", 5),
        ("今日は。「はい！」と言った。", 3),
        ("ሰላም። እንዴት ነህ። ደህና", 3),
        ("Բարեւ։ Ինչպես ես։ Լավ", 3),
        ("Wait... what?! Really.", 3),
        ("a line\nof one sentence", 1),
        ("a line\n  \t\n of another", 2),
    ],
)
def test_sentences_end_at_the_marks_of_their_script(text, count):
    sentences = sentences_of(text)
    assert len([sentence for sentence in sentences if sentence.strip()]) == count
    assert "".join(sentences) == text


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("हिन्दी", ["हि", "न्", "दी"]),
        ("e\u0301te", ["e\u0301", "t", "e"]),
        ("👩‍👩‍👧x🇩🇪🇫🇷🇩", ["👩‍👩‍👧", "x", "🇩🇪", "🇫🇷", "🇩"]),
        ("ไทยนี้", ["ไ", "ท", "ย", "นี้"]),
        ("a \n", ["a", " ", "\n"]),
        ("👍🏽!", ["👍🏽", "!"]),
    ],
)
def test_a_letter_keeps_its_marks(text, letters):
    assert letters_of(text) == letters


def test_scripts_without_spaces():
    assert signs_without_spaces("漢字とカナ ไทย abc") == 8
    assert signs_without_spaces("한국어 русский हिन्दी") == 0
