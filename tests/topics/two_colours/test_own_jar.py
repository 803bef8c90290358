"""A jar typed in words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collapse_core.topics.two_colours.own_jar import Jar, parse_jar


@pytest.mark.parametrize(
    ("text", "jar"),
    [
        ("9 yellow, 1 blue", Jar("yellow", "blue", 9, 1)),
        ("1 blue, 9 yellow", Jar("yellow", "blue", 9, 1)),
        ("5 red; 5 green", Jar("red", "green", 5, 5)),
        ("90 black sheep and 10 white-ish sheep", Jar("black sheep", "white-ish sheep", 90, 10)),
        ("  3   sand ,  2 land ", Jar("sand", "land", 3, 2)),
        ("0 blue, 4 yellow", Jar("yellow", "blue", 4, 0)),
        ("4 yellow, 0 blue", Jar("yellow", "blue", 4, 0)),
        ("7 grün, 3 синий", Jar("grün", "синий", 7, 3)),
        ("2 cat's eyes, 1 blue", Jar("cat's eyes", "blue", 2, 1)),
        ("1000000000 a, 1 b", Jar("a", "b", 10**9, 1)),
        ("1 a, 2 b,", Jar("b", "a", 2, 1)),
        ("9 नीला, 1 पीला", Jar("नीला", "पीला", 9, 1)),
        ("٩ أصفر, ١ أزرق", Jar("أصفر", "أزرق", 9, 1)),
        ("9\u00a0yellow,\u200b1 blue", Jar("yellow", "blue", 9, 1)),
    ],
)
def test_jars_that_can_be_read(text, jar):
    assert parse_jar(text) == jar


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r'jar="" names 0 kinds, not 2\. Write two counts'),
        ("9 yellow", r"names 1 kind, not 2"),
        ("9 yellow, 1 blue, 3 red", r"names 3 kinds"),
        ("nine yellow, one blue", r'"nine yellow" is not a count and a word\. Write two counts'),
        ("9yellow, 1 blue", r"is not a count and a word"),
        ("-9 yellow, 1 blue", r"is not a count and a word"),
        ("9.5 yellow, 1 blue", r"is not a count and a word"),
        ("9 blue, 1 BLUE", r'names "blue" twice'),
        ("0 yellow, 0 blue", r"is empty: at least one count must be above 0"),
        ("1000000001 yellow, 1 blue", r"1000000001 is too many: use at most 1,000,000,000\."),
        ("99999999999999999999 yellow, 1 blue", r"is too many"),
        ("9 " + "y" * 21 + ", 1 blue", r"is no name: use up to 20 letters"),
        ("9 <b>yellow</b>, 1 blue", r'"<b>yellow</b>" is no name'),
        ("9 $x$, 1 blue", r"is no name"),
        ("9 --, 1 blue", r'"--" is no name: .* at least one letter'),
        ("9 yellow\n1 blue", r"names 1 kind"),
    ],
)
def test_jars_that_cannot(text, message):
    with pytest.raises(ValueError, match=message):
        parse_jar(text)


@given(st.text(max_size=80))
@example("0" * 20 + "\x1b" * 8 + "\U0001089f" * 12)  # each of these is named by nine signs
def test_any_text_gives_a_jar_or_a_short_complaint(text):
    try:
        outcome = parse_jar(text)
    except ValueError as complaint:
        outcome = str(complaint)
    if isinstance(outcome, Jar):
        assert 0 <= outcome.share <= 0.5
    else:
        assert 20 < len(outcome) < 250


names = st.sampled_from(["blue", "yellow", "dark red", "off-white", "x"])


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    names,
    names,
    st.sampled_from([", ", ";", " and "]),
)
def test_what_is_written_is_read(one, other, first, second, between):
    if first == second or one + other == 0:
        return
    jar = parse_jar(f"{one} {first}{between}{other} {second}")
    assert {(jar.common, jar.common_count), (jar.rare, jar.rare_count)} == {
        (first, one),
        (second, other),
    }
    assert jar.rare_count <= jar.common_count
    assert jar.share == jar.rare_count / (one + other)
