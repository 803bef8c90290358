"""The page about language: presets, sentences, lists, own texts."""

import os
import subprocess
import sys

import numpy as np
import pytest
from first_always import first_always
from opened import (
    ROOT,
    bound,
    charts,
    clocks,
    entry_named,
    open_page,
    said,
    sent,
    set_control,
    told_of_guess,
)

from collapse_core.data.corpora import story
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.language.figure import language_python
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language

ENTRY = entry_named("language")
LESSON = read_lesson("language")
SHOWN = {"seed": "2"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn
OWN = "The tiger sat. The walrus ran away. A bird sang to <b>Zyx</b> & co. Who knows? I do. " * 8


def reports(count, **values):
    model = values.pop("model", "words3")
    asked = [
        Language(unit=model[:-1], order=int(model[-1]), seed=seed, **values)
        for seed in range(1, count + 1)
    ]
    return [report_language(one, one.run()) for one in asked]


def report(**values):
    return reports(1, **values)[0]


@pytest.mark.parametrize(
    ("name", "told", "left", "tolerance"),
    first_always(
        [
            ("Pure loop", "128 after twenty", 128, 12),
            ("One real sentence", "146 words", 146, 12),
            ("Ten real sentences", "229 words", 229, 12),
            ("Keep all texts", "429 words", 429, 12),
            ("All real (control)", "468 different words", 468, 12),
            ("Temperature 0.8", "18 words", 18, 10),
            ("Letters", "26 of 29", 26, 1),
            ("Word by word", "133 on average", 133, 8),
        ],
        2,
    ),
)
def test_comments_of_presets_are_true(name, told, left, tolerance):
    preset = next(item for item in LESSON.presets if item.name == name)
    assert told in preset.comment
    measured = np.mean([item.vocabulary[-1] for item in reports(4, **preset.values)])
    assert measured == pytest.approx(left, abs=tolerance)


def test_the_other_numbers_of_the_comments():
    runs = reports(6, generations=5)
    left = np.mean([item.vocabulary for item in runs], axis=0)
    assert left[[0, 1, 5]] == pytest.approx([612, 471, 280], abs=8)
    starts = [asked.experiment.start() for asked in reports(4, model="words1", generations=1)]
    law = [Language(order=1).law(start).mean[-1] for start in starts]
    assert np.mean(law) == pytest.approx(133, abs=1)
    repeated = [item.repeated[-1] for item in reports(2, model="letters4")]
    assert np.mean(repeated) == pytest.approx(0.88, abs=0.03)
    fresh = 10 * story().sentence_length
    assert 0.04 < fresh / (3000 + fresh) < 0.05


def test_about_half_of_the_unseen_words_get_only_the_floor():
    asked = Language(generations=1)
    loop = asked.loop()
    fitted = loop.following(loop.first(asked.seed), asked.seed).fitted
    never = [
        fitted.probabilities(row[:place])[row[place]] == 0.0
        for row in asked.source().held_out
        for place in range(len(row))
    ]
    assert np.mean(never) == pytest.approx(0.5, abs=0.03)


# ------------------------------------------------------------------------------------- sentences


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    shown = report()
    captions = clocks(at)["language"]["captions"]
    told = said(at) + "".join(captions[1:])
    assert f"**{shown.vocabulary[10]}**" not in told
    assert "Just lost" not in told
    assert all("appears after your guess" in caption for caption in captions[1:])
    assert not [trace for trace in charts(at)[0]["data"] if trace.get("name") == "words left"]


def test_a_drawn_curve_is_set_beside_that_of_this_run():
    shown, drawn = report(), [600, 600, 550, 500]
    told = told_of_guess(open_page(ENTRY, {"guess": "_".join(map(str, drawn))}))["text"]
    assert f"You drew **500** words at the end; this run has **{shown.vocabulary[20]}**." in told
    apart = np.array(drawn) - shown.vocabulary[[2, 6, 12, 20]]
    off = round(100 * np.abs(apart).mean() / shown.vocabulary[0])
    assert f"off by **{off} %**" in told
    assert "Less than you thought" in told


def test_sentences_hold_the_numbers_of_the_run():
    at = open_page(ENTRY, {"model": "words1"}, state=MORE)
    shown = report(model="words1")
    captions = clocks(at)["language"]["captions"]
    assert f"**{shown.vocabulary[7]}** of {shown.vocabulary[0]} different words" in captions[7]
    assert f"exact: **{shown.law.mean[7]:.0f}**" in captions[7]
    rests = 10
    told = f"exact mean is **{shown.law.mean[rests]:.0f}** over all runs; a single run differs"
    assert f"{told} from it by about {shown.law.spread[rests]:.0f}" in said(at)
    assert f"by generation **{shown.half_gone}**" in said(at)
    assert f"perplexity is **{shown.text_perplexity[-1]:.0f}** at generation 20" in said(at)
    assert f"to **{shown.real_perplexity[-1]:.0f}**" in said(at)


def test_a_longer_context_has_no_exact_law_and_says_so():
    at = open_page(ENTRY, SHOWN, state=MORE)
    assert "exact" not in clocks(at)["language"]["captions"][5]
    assert "this is a guide" in said(at)
    for link in ({"policy": "accumulate"}, {"temperature": "0.8"}, {"model": "letters2"}):
        at = open_page(ENTRY, link, state=MORE)
        assert "exact" not in clocks(at)["language"]["captions"][5]
        assert "no exact value is known: what is left is measured" in said(at)


def test_the_followed_word():
    at = open_page(ENTRY, SHOWN)
    assert [option.split(" ")[0] for option in bound(at)["follow"].options][:2] == [
        "averil",
        "petronel",
    ]
    asked = Language(seed=2)
    shown = report_language(asked, asked.run())
    counts = shown.followed("averil").tolist()
    lost = counts.index(0)
    captions = clocks(at)["language"]["captions"]
    assert f"“averil” was lost in generation **{lost}**" in captions[lost]
    assert "“averil” is written once" in captions[0]
    set_control(at, "follow", 1)
    at.run()
    assert "“petronel”" in clocks(at)["language"]["captions"][0]
    assert at.query_params["follow"] == ["w2"] or at.query_params["follow"] == "w2"


def test_lists_of_words_are_those_of_the_generation_where_the_clock_rests():
    shown = report(real_sentences=10)
    at = open_page(ENTRY, {"real_sentences": "10", "generation": "6"})
    words = said(at)
    assert f"Just lost ({len(shown.lost(6))}): {', '.join(shown.lost(6)[:5])}" in words
    assert f"Back with real text ({len(shown.returned(6))}): {shown.returned(6)[0]}" in words
    html = "".join(str(item.body) for item in at.get("html") if "line-height:1.6" in str(item.body))
    first = shown.sentences(6, 1)[0][0].text
    assert first in html[:200]
    at = open_page(ENTRY, {"generation": "6"})
    assert "Back with real text" not in said(at)


def test_a_run_that_is_not_over_says_so(monkeypatch):
    from ui import long_run

    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    monkeypatch.setattr(long_run, "FIRST_WATCH", 0.0)
    monkeypatch.setattr(long_run, "LATER_WATCH", 60.0)
    link = {"sample_size": "8000", "generations": "50", "seed": "77", "generation": "40"}
    at = open_page(ENTRY, link, state=MORE)
    done = len(clocks(at)["language"]["frames"]) - 1
    assert 1 <= done < 50
    assert not at.exception
    assert f"(so far: {done} of 50)" in said(at) or "Half of the vocabulary" in said(at)
    assert at.query_params["generation"] in ("40", ["40"]), "the link still knows where to go"
    assert charts(at)[0]["layout"]["xaxis2"]["range"] == [0, 50]


def test_notes_on_unusual_settings():
    at = open_page(ENTRY, {"smoothing": "interpolation"})
    assert any("word salad" in item.value for item in at.info)
    at = open_page(ENTRY, {"sample_size": "8000", "generations": "2", "model": "words1"})
    assert any("approximation" in item.value for item in at.info)
    assert any("repeats its sentences" in item.value for item in at.info)
    assert not open_page(ENTRY, SHOWN).info


# ------------------------------------------------------------------------------------- own texts


TYPED = "language/own/own_text/typed"


def with_text(text, **link):
    return open_page(ENTRY, {"corpus": "own", **link}, state={TYPED: text})


def test_a_text_of_the_readers_own():
    at = with_text(OWN)
    assert not at.exception
    assert not at.error
    assert any("All 152 words of your text are used" in item.value for item in at.info)
    assert "Your text is not in the link." in said(at)
    assert "zyx" in "".join(clocks(at)["language"]["captions"]) + str(bound(at)["follow"].options)
    html = "".join(str(item.body) for item in at.get("html"))
    assert "<b>zyx" not in html


def test_only_a_part_of_a_long_text_is_said():
    at = with_text(OWN * 60)
    assert any("the first 5,000 of 9,120 words" in item.value for item in at.info)


def test_a_text_without_spaces_is_told_of_letters_and_they_work():
    chinese = "你好世界。今天天气很好！我们去公园吧？" * 20
    at = with_text(chinese)
    assert "no spaces between its words" in at.error[0].value.replace("\\", "")
    assert "model of letters" in at.error[0].value
    at = with_text(chinese, model="letters2", generations="2")
    assert not at.exception
    assert not at.error
    assert any("All 320 signs of your text are used" in item.value for item in at.info)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("   ", "The text is empty"),
        ("hello", "The text has 1 word, and at least 50"),
        ("x" * 5_000_000, "5,000,000 bytes: at most 200,000"),
        ("a b c. \0 d e f." * 30, "binary files"),
        ("123. " * 200, "no letters"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_and_the_page_goes_on(text, complaint):
    at = with_text(text)
    assert not at.exception
    assert complaint in at.error[0].value.replace("\\", "")
    assert "averil" in "".join(clocks(at)["language"]["captions"]), "the story stands in for it"
    at = with_text(OWN)
    at.text_area(key=TYPED).set_value(text).run()
    assert not at.exception
    assert complaint in at.error[0].value.replace("\\", "")
    assert "averil" not in "".join(clocks(at)["language"]["captions"]), "the last good text stays"


class Uploaded:
    """What the uploader of files returns."""

    def __init__(self, content):
        self.content = content

    def getvalue(self):
        return self.content


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (OWN.encode(), None),
        (b"", "The text is empty"),
        (b"\x89PNG\r\n\x1a\n\xff" * 40, "byte 0 is not UTF-8"),
        (b"a\0b\0" * 40, "binary files"),
        (b"word. " * 1_000_000, "6,000,000 bytes"),
    ],
)
def test_an_uploaded_file(content, complaint, monkeypatch):
    monkeypatch.setattr(
        "streamlit.delta_generator.DeltaGenerator.file_uploader",
        lambda *args, **options: Uploaded(content),
    )
    at = open_page(ENTRY, {"corpus": "own"})
    assert not at.exception
    captions = "".join(clocks(at)["language"]["captions"])
    if complaint is None:
        assert not at.error
        assert "averil" not in captions
    else:
        assert complaint in at.error[0].value.replace("\\", "")
        assert "averil" in captions


def test_without_a_text_the_story_is_shown():
    at = open_page(ENTRY, {"corpus": "own"})
    assert not at.error
    assert any("Until there is one, the story is shown" in item.value for item in at.info)
    assert "averil" in "".join(clocks(at)["language"]["captions"])


# --------------------------------------------------------------------------------- sizes, Python


def test_the_page_is_light():
    assert sent(open_page(ENTRY, SHOWN)) < 300_000
    at = open_page(ENTRY, {"generations": "50", "model": "words1", "sample_size": "1000"})
    assert sent(at) < 600_000


def test_the_python_lines_of_a_text_of_the_readers_own_run(tmp_path):
    (tmp_path / "your_text.txt").write_text(OWN, encoding="utf-8")
    asked = Language(corpus="own", text=OWN, generations=2, sample_size=200)
    code = language_python(asked, "tiger", 1).replace(".show()", "")
    assert "Zyx" not in code
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(report_language(asked, asked.run()).vocabulary)


def test_another_text_has_words_of_its_own_to_follow():
    at = open_page(ENTRY, {"follow": "w3"})
    assert bound(at)["follow"].value == "w3"
    set_control(at, "corpus", 1)
    at.run()
    assert bound(at)["follow"].value == "w1", "not the third word of another text"
    assert "averil" not in "".join(bound(at)["follow"].options)
    at = open_page(ENTRY, {"follow": "w3", "corpus": "reference"})
    assert bound(at)["follow"].value == "w3", "a link knows its text"
