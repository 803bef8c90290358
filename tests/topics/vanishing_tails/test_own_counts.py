"""Counts typed or pasted as text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core import families
from collapse_core.reading.written_number import without_unseen
from collapse_core.topics.vanishing_tails.own_counts import Counts, parse_counts


def pairs(text):
    counts = parse_counts(text)
    return dict(zip(counts.names, counts.counts, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apples, 12\npears, 3", {"apples": 12, "pears": 3}),
        ("apples 12\npears 3", {"apples": 12, "pears": 3}),
        ("12 apples\n3 pears", {"apples": 12, "pears": 3}),
        ("12,apples\n3,pears", {"apples": 12, "pears": 3}),
        ("apples\t12\r\npears\t3\r\n", {"apples": 12, "pears": 3}),
        ("apples;12\npears;3", {"apples": 12, "pears": 3}),
        ("apples: 12\npears = 3", {"apples": 12, "pears": 3}),
        ("\ufeffname,count\napples,12\npears,3", {"apples": 12, "pears": 3}),
        ("count;name\n12;apples\n3;pears", {"apples": 12, "pears": 3}),
        ("# fruit\n\n  apples ,  12  \n\npears,3,\n", {"apples": 12, "pears": 3}),
        ("apples 12\n3 pears", {"apples": 12, "pears": 3}),
        ("apples,1.5\npears,1e3", {"apples": 1.5, "pears": 1000}),
        ("grass snake 2\nbarn owl 5", {"grass snake": 2, "barn owl": 5}),
        ("Area 51, 7\nroute 66 3", {"Area 51": 7, "route 66": 3}),
        ("item 99,100\nitem 100,200", {"item 99": 100, "item 100": 200}),
        ("Area 51, 100\nroute 66, 200", {"Area 51": 100, "route 66": 200}),
        ("item 99,100\nitem 1000,2000", {"item 99": 100, "item 1000": 2000}),
        ("Smith, Jane,300\nDoe, Jo,2", {"Smith, Jane": 300, "Doe, Jo": 2}),
        ("0,12\n1,30\n2,5", {"0": 12, "1": 30, "2": 5}),
        ('"Smith, Jane",4\n"the ""best""",2', {"Smith, Jane": 4, 'the "best"': 2}),
        ("Smith, Jane; 4\nDoe, Jo; 2", {"Smith, Jane": 4, "Doe, Jo": 2}),
        ("Smith, Jane 4\nDoe, Jo 2", {"Smith, Jane": 4, "Doe, Jo": 2}),
        ('6" pipe, 4\n"half a quote, 2', {'6" pipe': 4, '"half a quote': 2}),
        ("🦊 12\n👩‍👩‍👧,3", {"🦊": 12, "👩‍👩‍👧": 3}),
        ("שלום, 4\nمرحبا, 3", {"שלום": 4, "مرحبا": 3}),
        ("مرحبا ١٢\nشكرا ٣", {"مرحبا": 12, "شكرا": 3}),
        ("שלום, \u200f4\u200f\nb, 1", {"שלום": 4, "b": 1}),
        ("nan, 4\ninf, 3\n1_000, 2", {"nan": 4, "inf": 3, "1_000": 2}),
        ("O'Neil 4\n<b>bold</b>, 3\n$x^2$, 1", {"O'Neil": 4, "<b>bold</b>": 3, "$x^2$": 1}),
        ("http://a.b/c 5\nhttp://d 2", {"http://a.b/c": 5, "http://d": 2}),
        ("apples;1.234,5\npears;2", {"apples": 1234.5, "pears": 2}),
        ("apples;1,234.5\npears;2", {"apples": 1234.5, "pears": 2}),
        ("apples;1 200\npears;3", {"apples": 1200, "pears": 3}),
        ("apples;1\u00a0200\npears;3", {"apples": 1200, "pears": 3}),
        ("apples 1\u202f200\npears 3", {"apples": 1200, "pears": 3}),
        ("apples\t1'200\npears\t3", {"apples": 1200, "pears": 3}),
        ("Anna\nBen Müller\nAnna", {"Anna": 2, "Ben Müller": 1}),
        ("Name\nAnna\nBen", {"Anna": 1, "Ben": 1}),
        ("apples;1,5\npears;2,25", {"apples": 1.5, "pears": 2.25}),
        ("apples;1,200\npears;2,5", {"apples": 1.2, "pears": 2.5}),
        ("apples;1,200\npears;2.5", {"apples": 1200, "pears": 2.5}),
        ("apples;1.200\npears;1.234.567", {"apples": 1200, "pears": 1234567}),
        ("apples,1.234\npears,2", {"apples": 1.234, "pears": 2}),
        ('"apples","1,200"\n"pears","2"', {"apples": 1200, "pears": 2}),
        ("sep=;\napples, red;12\npears;3", {"apples, red": 12, "pears": 3}),
        ('"sep=,"\napples,12\npears,3', {"apples": 12, "pears": 3}),
        ("caf\u00e9,2\ncafe\u0301,3\ntea,1", {"caf\u00e9": 5, "tea": 1}),
        ("green\u00a0tea,2\ngreen tea,3\n\u200btea,1", {"green tea": 5, "tea": 1}),
        ('"two\nlines",4\nb,2', {"two lines": 4, "b": 2}),
        ('"name",2024\nb,2', {"name": 2024, "b": 2}),
        ('"# tag",4\nb,2', {"# tag": 4, "b": 2}),
        ("name;1\u200b2\u2060\nb;2".replace("name", "a"), {"a": 12, "b": 2}),
        ("a,1000000000000\nb,0.000001", {"a": 1e12, "b": 1e-6}),
    ],
)
def test_lists_that_can_be_read(text, expected):
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'The list is empty. Write a name and a count on each line, for example "apples, 12"'),
        (" \n\n# nothing\n", "The list is empty"),
        ("apples,12\npears,-3", "Line 2: the count -3 is out of range. Write a number from 0"),
        ("apples,12\npears,three", 'Line 2: "three" is not a number. Write the count in digits'),
        ("apples,12\n\npears", 'Line 3: "pears" has a name or a count only'),
        ("Anna", 'Line 1: "Anna" has a name or a count only'),
        ("Anna, Ben, Cem\nDora, Emil, Fay", "Line 1: .* has a name or a count only"),
        ("Anna\nBen, two", 'Line 1: "Anna" has a name or a count only'),
        ("apples,12\n7", 'Line 2: "7" has a name or a count only'),
        ("apples,12\n,7", 'Line 2: ",7" has no name'),
        ("apples,12\npears,1e400", "Line 2: the count 1e400 is out of range"),
        ("apples,12\npears,1e13", "out of range. Write a number from 0 to 1,000,000,000,000"),
        ("apples,12\npears,1,200", 'Line 2: "pears,1,200" can be read in two ways. Write the co'),
        ("apples 1,200\npears 3", "Line 1: .* can be read in two ways"),
        ("apples 1,5\npears 2,5", r'Line 1: .* in two ways. .* "apples; 1.5"'),
        ("apples: 1,5\npears: 2,5", "Line 1: .* can be read in two ways"),
        ("Area 51,100\nroute 66,200", "Line 1: .* can be read in two ways"),
        ("apples\t1,200\npears\t2", "Line 1: .* in two ways. Write the count as 1200 or 1.2000."),
        ("apples;1.200\npears;2", "Line 1: .* in two ways. Write the count as 1200 or 1.2000."),
        ("apples,1,5\npears,3", 'Line 1: "apples,1,5" can be read in two ways. Write the count'),
        ("apples 1 200\npears 3", "Line 1: .* in two ways. Write a semicolon"),
        ("1 200 apples\n3 pears", "Line 1: .* in two ways. Write a semicolon"),
        ("1,apples,5\n2,pears,3", "Line 1: .* has 3 columns instead of 2. Leave only a name"),
        ("apples;red;4;5\npears;3", "Line 1: .* has 4 columns instead of 2"),
        ("Name,2024\napples,4\npears,3", "Line 1: .* as a header, or as a name and its count"),
        ("a;nan\nb;2\nc;3", 'Line 1: "nan" is not a number'),
        ("a;inf\nb;2\nc;3", 'Line 1: "inf" is not a number'),
        ("a;N/A\nb;2\nc;3", 'Line 1: "N/A" is not a number'),
        ("a;1.101,5x\nb;2", r'Line 1: "1\.101,5x" is not a number'),
        ("a;\u200d0\nb;2", r'Line 1: "\u200d0" is not a number'),
        ("a;\x070\nb;2", r'Line 1: "\[U\+0007\]0" is not a number'),
        ("apples,12", 'Only "apples" has a count above 0, and one category cannot lose its tail'),
        ("apples,12\napples,3", 'Only "apples" .* the counts were added'),
        ("apples,twelve\npears,3", 'Only "pears" .* Line 1, "apples,twelve", was read as a header'),
        ("apples,12\npears,0", 'Only "apples" has a count above 0'),
        ("apples,0\npears,0", "All counts are 0. Give at least two names a count above 0"),
        ("a 1\n" + "b " * 200 + "1", 'Line 2: "b b .* longer than 300 signs. Write one name'),
        ("x" * 90 + ",1\nb,1", "Line 1: the name .* is longer than 80 signs. Shorten it"),
    ],
)
def test_lists_that_are_refused(text, message):
    with pytest.raises(ValueError, match=message):
        parse_counts(text)


def test_ten_thousand_rows_are_read_and_one_more_is_not():
    rows = [f"item {number},{number + 1}" for number in range(10_001)]
    assert len(parse_counts("\n".join(rows[:-1])).names) == 10_000
    assert len(parse_counts("\n".join(["name,count", *rows[:-1]])).names) == 10_000
    with pytest.raises(ValueError, match=r"has 10,001 rows: at most 10,000 .* from line 10,001 on"):
        parse_counts("\n".join(rows))


def test_names_without_counts_are_counted_and_it_is_said():
    counts = parse_counts("Anna\nBen\nAnna")
    assert counts.notes == (
        "No line has a count: each name counts as often as it is in the list.",
        "1 line repeats a name: the counts were added.",
    )
    assert parse_counts(counts.to_text()).counts == counts.counts


def test_what_was_changed_is_said():
    counts = parse_counts("fruit,number\napples,2\npears,0\napples , 3\nplums,1\nfigs,0")
    assert counts.names == ("apples", "plums")
    assert counts.counts == (5, 1)
    assert counts.notes == (
        'Line 1, "fruit,number", was read as a header.',
        "1 line repeats a name: the counts were added.",
        "Left out because the count is 0: pears, figs (2 in all).",
    )
    assert parse_counts("a,1\nb,2").notes == ()


def test_a_comment_is_said():
    one = parse_counts("#plums 4\napples 2\npears 3").notes
    assert one == (
        'Line 1: "#plums 4" begins with # and was taken as a comment. Put quotes around a name '
        'that begins with "#".',
    )
    (two,) = parse_counts("apples 2\n# a\n#b\npears 3").notes
    assert two.startswith("2 lines begin with # and were taken as comments, the first is line 2:")


def test_a_year_in_the_first_line_is_said():
    notes = parse_counts("Obst;2023\nApfel;4\nBirne;3").notes
    assert notes == (
        'Line 1: "Obst;2023" was read as a name and its count. Leave it out if it is a header.',
    )
    assert parse_counts("Obst;2023\nApfel;2024\nBirne;3").notes == ()


def test_names_that_differ_in_case_are_different():
    assert pairs("may, 3\nMay, 2") == {"may": 3, "May": 2}


def test_sorted_and_probabilities():
    counts = parse_counts("a,1\nb,5\nc,2\nd,2")
    assert counts.sorted().names == ("b", "c", "d", "a")
    assert counts.total == 10
    assert families.Categorical(counts.probabilities).truth.tolist() == [0.1, 0.5, 0.2, 0.2]


signs = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Nd"))
names = (
    st.text(signs, min_size=1, max_size=20)
    .map(lambda name: " ".join(unicodedata.normalize("NFC", without_unseen(name)).split()))
    .filter(bool)
)


@given(st.dictionaries(names, st.integers(1, 10**9), min_size=2, max_size=8))
@settings(max_examples=150, deadline=None)
def test_what_is_written_can_be_read_again(table):
    counts = Counts(tuple(table), tuple(float(count) for count in table.values()))
    again = parse_counts(counts.to_text())
    assert dict(zip(again.names, again.counts, strict=True)) == table


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        counts = parse_counts(text)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = "Read."
        assert len(counts.names) == len(set(counts.names)) >= 2
        assert min(counts.counts) > 0
    assert refusal[0].isupper()
    assert len(refusal) < 600
