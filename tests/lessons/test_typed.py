"""What a reader typed is shown as it is, wherever words are read as more than words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.typed import in_a_caption, in_a_chart, in_code, in_markdown

JOINER = "\u2060"
# What Streamlit's own page program looks for in text, as it is written there.
BEGINNINGS = (
    r"(https?:\/\/|www(?=\.))([-.\w]+)",
    r"(?:^|(?<=\s|[^\w\s]))([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
    r":material/",
    r":[\w+-][\w_+-]*:",
    r":streamlit:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    r"::+\w",
    r":[a-zA-Z]",
    r"^\s*([-+*]|\d+[.)])(\s|$)",
)
ODD = (
    "http://x.y",
    "HTTPS://x.y",
    "www.x.y",
    "Www.x.y",
    "a@b.cd",
    "mailto:a@b.cd",
    ":material/home:",
    ":streamlit:",
    ":smile:",
    ":+1:",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    ":red[x]",
    ":red-background[x]",
    "::name[x]{a=b}",
    "- a",
    "1. a",
    "1) a",
    "-",
    "7.",
)


def as_it_is_left(text):
    """Return what is left of Markdown once its backslashes are read."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", text)


@pytest.mark.parametrize("text", ODD)
def test_nothing_begins_in_what_is_left_after_the_markup_is_read(text):
    assert any(re.search(rule, text, re.IGNORECASE) for rule in BEGINNINGS), "a control"
    left = as_it_is_left(in_markdown(text))
    assert not [rule for rule in BEGINNINGS[:-1] if re.search(rule, left, re.IGNORECASE)]
    assert not re.search(BEGINNINGS[-1], in_markdown(text))
    assert left.replace(JOINER, "") == text, "every sign is there"


@given(some.text())
def test_every_sign_that_can_be_seen_is_kept_on_one_line(text):
    left = as_it_is_left(in_markdown(text)).replace(JOINER, "")
    seen = " ".join(text.replace(JOINER, "").split())
    assert set(left) <= set(seen)
    assert [sign for sign in left if sign.isprintable()] == [
        sign for sign in seen if sign.isprintable()
    ]


@given(some.text(some.sampled_from("`:material/ a"), max_size=40))
def test_code_holds_any_backtick(text):
    made = in_code(f"a={text}")
    fence = re.match("`+", made)[0]
    assert made.endswith(fence)
    assert fence not in made[len(fence) : -len(fence)]
    assert ":material/" not in made


def test_a_program_is_not_too_long():
    assert in_code("x" * 100) == "`" + "x" * 59 + "…`"


def test_a_chart_and_a_caption_have_their_own_markup():
    assert in_a_chart("<b>%{x}$x^2$") == "&lt;b&gt;%\u200b{x}\u200b$x^2\u200b$"
    assert in_a_chart("x" * 50) == "x" * 29 + "…"
    assert "**" not in in_a_caption("a **b**")


def test_a_gap_of_a_lesson_is_filled_in_the_same_way():
    assert read_lesson("shell").numbers.typed("a@b.cd") == in_markdown("a@b.cd")
