"""The page on vanishing tails: its sentences, presets, lists and views say what the theory says."""

import json
import re
import tomllib

import numpy as np
import pytest
from first_always import first_always
from opened import ROOT, charts, clocks, entry_named, open_page, said, sent, told_of_guess

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import tails_law
from collapse_core.topics.vanishing_tails.starts import EXAMPLE
from ui.topics.vanishing_tails.own_list import fits_a_link

PAGE = entry_named("vanishing_tails")
LESSON = read_lesson("vanishing_tails")
SMALL = {"sample_size": "50", "generations": "5", "runs": "20"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn


def click(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def typed(at, text):
    at.text_area(key="vanishing_tails/own/counts/typed").set_value(text)
    return at.run()


def own_list(text):
    return typed(open_page(PAGE, {**SMALL, "start": "own"}), text)


# --------------------------------------------------------------------------------- numbers


def test_the_sentences_state_the_exact_numbers():
    at = open_page(PAGE, {"generation": "10"}, state=MORE)
    caption = clocks(at)["vanishing_tails"]["captions"][10]
    law = tails_law(VanishingTails().loop())
    assert f"exact: **{law.survivors[10]:.1f}**" in caption
    assert f"exact number is **{law.survivors[10]:.1f}**" in said(at)
    left, error = re.search(r"10 generations \*\*([\d.]+)\*\* .*?± ([\d.]+)", said(at)).groups()
    assert f"**{left}** of 1,000 kinds" in caption
    assert f"exact: **{100 * law.gini[10]:.3g} %**" in caption
    assert abs(float(left) - law.survivors[10]) < 4 * float(error)
    assert f"**{law.ancestors[100]:.1f}** (exact)" in said(at)
    assert "Early collapse** from generation 1" in said(at)
    assert "statistical approximation error" in said(at)


def test_the_guess_is_hidden_and_then_set_beside_the_exact_share():
    at = open_page(PAGE)
    assert "Draw how many of the 1,000 kinds are left" in told_of_guess(at)["text"]
    assert not any("are left" in text for text in clocks(at)["vanishing_tails"]["captions"])
    at = open_page(PAGE, {"guess": "500_200_100_50"})
    law, drawn = tails_law(VanishingTails().loop()), np.array([500, 200, 100, 50])
    off = round(100 * np.abs(drawn - law.survivors[[10, 30, 60, 100]]).mean() / 1000)
    told = told_of_guess(at)["text"]
    assert f"You drew **50** at the end; **{law.survivors[100]:.1f}** are left (exact)." in told
    assert f"off by **{off} %**" in told


def test_little_is_sent_at_the_defaults():
    at = open_page(PAGE, {"guess": "skip"})
    assert sent(at) < 300_000
    assert sent(open_page(PAGE, {"view": "density"})) < 300_000


@pytest.mark.parametrize(
    "link",
    [
        {"sample_size": "2", "generations": "1", "runs": "1", "kinds": "2"},
        {"sample_size": "2", "anchors": "100", "policy": "fraction"},
        {"sample_size": "10", "anchors": "100", "fresh": "false"},
        {"sample_size": "50", "policy": "accumulate", "exponent": "0.0"},
        {"finite": "false", "generations": "5"},
        {"exponent": "3.0", "sample_size": "20", "minimum_count": "20", "too_simple": "true"},
        {"start": "letters", "log_axes": "true", "generations": "5"},
        {"view": "density", "sample_size": "2", "generations": "1", "runs": "1"},
        {"view": "density", "model": "kernel", "bandwidth": "0.0", "density": "heavy"},
        {"view": "density", "sample_size": "1000000", "tail_level": "0.995"},
    ],
    ids=lambda link: " ".join(f"{key}={value}" for key, value in link.items()),
)
def test_extremes_are_told_in_plain_numbers(link):
    at = open_page(PAGE, link)
    assert not at.exception
    assert not at.error
    assert not at.warning
    (given,) = clocks(at).values()
    assert len(given["frames"]) == len(given["captions"])
    words = said(at) + " ".join(given["captions"])
    assert not re.search(r"\bnan\b|\binf\b|\{|\}|e[+-]\d\d", words)


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


def test_the_comments_of_the_presets_state_what_the_theory_says():
    law = tails_law(VanishingTails().loop())
    assert int(law.survivors[10]) == 96
    assert 1 - law.gini[10] == pytest.approx(0.01, abs=0.001)
    assert "96 of 1000" in preset("A language").comment
    anchored = tails_law(VanishingTails(anchors=50).loop())
    assert f"{anchored.survivors[100]:.0f} of 1000" in preset("50 real points").comment
    assert anchored.survivors[100] / law.survivors[100] == pytest.approx(8, abs=0.5)
    big = tails_law(VanishingTails(sample_size=100_000).loop())
    assert round(big.survivors[100], -1) == 490
    assert f"{law.survivors[1]:.0f}" in preset("Too simple").comment
    assert pytest.approx(0.5, abs=0.03) == (1 - 0.00074) ** 1000
    assert (1 - 1 / 30) ** 30 > 1 / 3


@pytest.mark.parametrize("item", first_always(LESSON.presets, 3), ids=lambda item: item.name)
def test_a_preset_shows_its_comment_and_its_numbers(item):
    at = click(open_page(PAGE, {"guess": "skip"}), item.name)
    assert not at.exception
    assert item.comment in [caption.value for caption in at.caption]
    captions = clocks(at)["vanishing_tails"]["captions"]
    found = {t: re.search(r"\*\*([\d.,]+)\*\* of", text) for t, text in enumerate(captions)}
    left = {t: match[1] for t, match in found.items() if t}
    if item.name == "Too simple":
        assert float(left[1]) == pytest.approx(125, abs=1.5)
    if item.name in ("All three", "Favour common"):
        assert float(left[30]) == pytest.approx(1, abs=0.05)


# ----------------------------------------------------------------------------- a list of one's own


def test_names_are_told_as_they_vanish():
    at = own_list("cat 500\nlynx 1\nokapi 1")
    captions = " ".join(clocks(at)["vanishing_tails"]["captions"])
    assert "lynx" in captions
    assert "Lost now in this run: " in captions


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("apples -3\npears 2", "out of range"),
        ("apples 3", "one category cannot lose"),
        ("apples 0\npears 0", "All counts are 0"),
        ("", "The list is empty"),
        ("apples many\npears 2", "is not a number|name or a count only"),
        ("\n".join(f"kind{i} 1" for i in range(10_001)), "10,001 rows"),
        ("**bold** <b>x</b> $y$ {rare}", "name or a count only|not a number"),
    ],
)
def test_a_bad_list_is_said_and_the_rest_of_the_page_stays(text, complaint):
    at = own_list(text)
    assert not at.exception
    assert len(at.error) == 1
    assert re.search(complaint, at.error[0].value.replace("\\", ""))
    assert charts(at)
    assert "of 18 kinds" in clocks(at)["vanishing_tails"]["captions"][1], "the example stays"


def test_a_bad_list_keeps_the_last_good_one():
    at = own_list("a 5\nb 4\nc 3")
    at = typed(at, "a 5\nb x")
    assert at.error
    assert "of 3 kinds" in clocks(at)["vanishing_tails"]["captions"][1]


@pytest.mark.parametrize(
    "text",
    [
        "apples 3\npears 0\napples 4\nplums 2",
        "🫐 5\n🍋 90\n👩‍👩‍👧 1",
        "أصفر 90\nאדום 3\nكحول 1",
        "<script>alert(1)</script>, 50\n<b>x</b>, 1\n**y**, 1\n$z^2$, 1\n%{y}, 1\n{rare}, 1",
    ],
)
def test_any_writing_is_shown_as_it_is(text):
    at = own_list(text)
    assert not at.exception
    assert not at.error
    figure = json.dumps(charts(at)[0], ensure_ascii=False)
    assert "<script" not in figure
    assert "<b>x" not in figure
    assert not any("<script" in str(item.value) for item in at.markdown)
    for caption in clocks(at)["vanishing_tails"]["captions"]:
        assert caption.count("**") % 2 == 0


def test_notes_about_the_list_are_escaped():
    at = own_list("**a** 3\n**a** 4\nb 2\n[c](d) 0")
    notes = " ".join(item.value for item in at.caption)
    assert "\\[c\\]\\(d\\)" in notes
    assert LESSON.numbers.typed("<a> & *b*") == "\\<a\\> \\& \\*b\\*"


def test_a_long_list_is_not_in_the_link_and_that_is_said():
    long = "\n".join(f"a kind with a long name {i}, {i + 1}" for i in range(100))
    assert not fits_a_link(long)
    at = own_list(long)
    assert "counts" not in at.query_params
    assert any("not part of the link" in item.value for item in at.caption)
    at = typed(at, "a 5\nb 4")
    assert at.query_params["counts"] in (["a,5\nb,4"], "a,5\nb,4")
    assert not any("not part of the link" in item.value for item in at.caption)


def test_a_list_in_the_link_is_read():
    at = open_page(PAGE, {**SMALL, "start": "own", "counts": "a,5\nb,4\nc,1"})
    assert not at.warning
    assert "of 3 kinds" in clocks(at)["vanishing_tails"]["captions"][1]


def test_the_example_fits_a_link():
    assert fits_a_link(EXAMPLE)


# ----------------------------------------------------------------------------------- the rest


def test_the_other_view_has_its_own_clock_and_words():
    at = open_page(PAGE, {"view": "density", "generations": "20"}, state=MORE)
    assert list(clocks(at)) == ["density_tails"]
    caption = clocks(at)["density_tails"]["captions"][5]
    assert "exact: **100 %**" in caption
    folder = ROOT / "assets" / "lessons" / "en"
    words = tomllib.loads((folder / "density_tails.toml").read_text(encoding="utf-8"))
    assert words["sentences"]["histogram"] in said(at)


def test_the_neighbours_are_computed_only_when_open():
    assert len(charts(open_page(PAGE, SMALL))) == 1
    at = open_page(PAGE, SMALL, state={"neighbours": True})
    assert not at.exception
    assert len(charts(at)) == 2
    for name in ("Model collapse", "Catastrophic forgetting", "Data drift", "Overfitting"):
        assert f"**{name}**" in said(at)


def test_both_views_share_what_they_show():
    for link in ({**SMALL, "start": "letters"}, {"view": "density", "generations": "5"}):
        at = open_page(PAGE, link, state={"share_popover": True})
        assert not at.exception
        shown = at.code[0].value
        assert "generation=" in shown
        for key, value in link.items():
            assert f"{key}={value}" in shown


def test_an_embedded_page_takes_an_own_list_too():
    link = {"embed": "true", "start": "own", "counts": "5 apples, 3 pears", "generations": "3"}
    at = open_page(PAGE, link, context={"is_embedded": True})
    assert not at.exception
    assert clocks(at)
